import path from 'node:path';
import * as z from 'zod/v4';
import { didYouMean } from '../../../core/pipeline/toolCalls/didYouMean.ts';
import { placeFor } from '../placeFor.ts';
import { defineTool } from '../tool.ts';
import { newNameArgument } from '../toolArguments.ts';
import { ToolProblem } from '../../../core/pipeline/toolCalls/toolProblem.ts';

export const templateInstallTool = defineTool({
  name: 'promptly_template_install',
  title: 'Install a skill template',
  description:
    'Puts a ready-made skill with its files into the workspace, under its own or a chosen name. Writes over nothing.',
  input: z.strictObject({
    template_name: z.string().min(1).describe('As promptly_template_list names it.'),
    skill_name: newNameArgument
      .optional()
      .describe("The skill's name in the workspace; default: the template's."),
  }),
  output: z.object({ skill_name: z.string(), files: z.array(z.string()) }),
  annotations: { readOnly: false },
  run: ({ template_name, skill_name }, { workspace }) =>
    workspace.exclusively(async () => {
      const { host } = workspace;
      const templates = await host.templates();
      const template = templates.find(({ name }) => name === template_name);
      if (template === undefined) {
        const names = templates.map(({ name }) => name);
        throw new ToolProblem(
          `There is no template "${template_name}".${didYouMean(template_name, names)} Templates: ${names.join(', ')}.`,
        );
      }
      const name = skill_name ?? template.name;
      const present = await workspace.lookUp(name);
      if (present !== undefined) {
        throw new ToolProblem(
          `"${name}" is there already (${workspace.shownPath(present.path)}); nothing was written. Choose another skill_name.`,
        );
      }
      const { placeTemplate } = await import('../../../core/pipeline/language.ts');
      const placed = placeTemplate(template, name, placeFor(name));
      for (const file of placed) {
        const isThere = await host.engine.world.files.realPath(path.join(host.folder, file.path)).then(
          () => true,
          () => false,
        );
        if (isThere) {
          throw new ToolProblem(
            `${file.path} is there already; nothing was written. Choose another skill_name.`,
          );
        }
      }
      // The skill file last: it names the others.
      for (const file of placed.toReversed()) await host.write(path.join(host.folder, file.path), file.text);
      const files = placed.map((file) => file.path);
      return {
        text: [`Installed ${name}: ${files.join(', ')}. Run it with promptly_execute_skill_real.`],
        data: { skill_name: name, files },
      };
    }),
});
