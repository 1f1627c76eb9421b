import * as z from 'zod/v4';
import { defineTool } from '../tool.ts';

export const templateListTool = defineTool({
  name: 'promptly_template_list',
  title: 'List skill templates',
  description: 'Lists the ready-made skills that promptly_template_install can put into the workspace.',
  input: z.strictObject({}),
  output: z.object({
    templates: z.array(z.object({ name: z.string(), description: z.string(), files: z.array(z.string()) })),
  }),
  annotations: { readOnly: true, idempotent: true },
  async run(_args, { workspace }) {
    const { scanHeader } = await import('../../../core/pipeline/language.ts');
    const templates = (await workspace.host.templates()).map(({ name, text, files }) => ({
      name,
      description: scanHeader(text, `${name}.prompt.yaml`).description ?? '',
      files: files.map((file) => file.name),
    }));
    const lines = templates.map(({ name, description }) => `- ${name}: ${description}`);
    return { text: [lines.join('\n')], data: { templates } };
  },
});
