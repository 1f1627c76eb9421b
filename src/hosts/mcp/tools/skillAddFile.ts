import path from 'node:path';
import * as z from 'zod/v4';
import { usable } from '../describeFile.ts';
import { attachedPath } from '../attachedPath.ts';
import { written } from '../outputSchemas.ts';
import { defineTool } from '../tool.ts';
import { nameArgument } from '../toolArguments.ts';
import { ToolProblem } from '../../../core/pipeline/toolCalls/toolProblem.ts';
import { editFile, toWritten } from '../writeFile.ts';

export const skillAddFileTool = defineTool({
  name: 'promptly_skill_add_file',
  title: 'Attach a file to a skill',
  description:
    "Writes a file beside a skill and attaches it: its text is sent with the skill's instructions. A file that is attached already gets the new text.",
  input: z.strictObject({
    skill_name: nameArgument('The skill'),
    filename: z.string().min(1).max(200).describe('Such as checklist.md, below the folder of the skill.'),
    content: z.string(),
    filetype: z.string().optional().describe('The ending, for a filename that has none: md, json, txt …'),
  }),
  output: written,
  annotations: { readOnly: false, destructive: true, idempotent: true },
  run: ({ skill_name, filename, content, filetype }, { workspace }) =>
    workspace.exclusively(async () => {
      const { host } = workspace;
      const { file: parsed } = await workspace.find(skill_name, ['skill']);
      const skill = usable(workspace, parsed);
      if (skill.kind !== 'skill') throw new Error('a skill was asked for');
      const relative = attachedPath(filename, filetype);
      const limit = host.engine.world.settings(parsed.path).skillFileLimitBytes;
      const bytes = Buffer.byteLength(content);
      if (bytes > limit) {
        throw new ToolProblem(
          `${relative} has ${bytes} bytes; a skill's file may have ${limit} (promptly.skillFileLimit). Split it.`,
        );
      }
      const target = path.join(path.dirname(parsed.path), ...relative.split('/'));
      const isAttached = skill.files.some((name) => path.posix.normalize(name) === relative);
      if (!isAttached && (await isThere(host.engine.world.files.realPath(target)))) {
        throw new ToolProblem(
          `${workspace.shownPath(target)} is there already and belongs to something else; nothing was written. Choose another filename.`,
        );
      }
      await host.write(target, content);
      if (isAttached) {
        const notes = [`${relative} was attached already; it has the new text now.`];
        return toWritten(workspace, parsed, { created: false, notes });
      }
      const edited = await editFile(workspace, parsed, [
        { type: 'append', path: ['files'], values: [relative] },
      ]);
      return toWritten(workspace, edited, { created: false, notes: [`${relative} is attached.`] });
    }),
});

const isThere = (path: Promise<string>): Promise<boolean> =>
  path.then(
    () => true,
    () => false,
  );
