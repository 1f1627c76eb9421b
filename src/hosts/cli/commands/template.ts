import path from 'node:path';
import { fileNameFor } from '../../../core/domain/fileNameFor.ts';
import type { NodeHost } from '../../../nodeHost.ts';
import type { CommandContext } from '../commandContext.ts';
import type { CommandRun } from '../commandTable.ts';
import { exitCodes } from '../exitCodes.ts';
import { openWorkspace } from '../openWorkspace.ts';
import type { ParsedOptions } from '../parseArguments.ts';
import { renderColumns } from '../renderColumns.ts';
import { UsageError } from '../usageError.ts';
import { writeResult } from '../writeResult.ts';

export const run: CommandRun = async (options, context) => {
  const [action, name, ...more] = options.positionals;
  const host = await openWorkspace(options, context);
  try {
    if (action === 'list' && name === undefined) await list(host, options, context);
    else if (action === 'install' && name !== undefined && more.length === 0) {
      await install(host, name, options, context);
    } else throw new UsageError('say `template list`, or `template install NAME`');
    return exitCodes.ok;
  } finally {
    await host.dispose();
  }
};

async function list(host: NodeHost, options: ParsedOptions, context: CommandContext): Promise<void> {
  const { scanHeader } = await import('../../../core/pipeline/language.ts');
  const templates = (await host.templates()).map(({ name, text, files }) => ({
    name,
    description: scanHeader(text, `${name}.prompt.yaml`).description ?? '',
    files: files.map((file) => file.name),
  }));
  const json = `${JSON.stringify({ schemaVersion: 1, templates }, null, 2)}\n`;
  const rows = templates.map(({ name, description }) => [name, description]);
  const lines = renderColumns(['name', 'description'], rows, context.stdout);
  await writeResult(options, context, options.flag('json') ? json : lines);
}

async function install(
  host: NodeHost,
  wanted: string,
  options: ParsedOptions,
  context: CommandContext,
): Promise<void> {
  const templates = await host.templates();
  const template = templates.find(({ name }) => name === wanted);
  if (template === undefined) {
    const names = templates.map(({ name }) => name).join(', ');
    throw new UsageError(`no template is called '${wanted}'. Templates: ${names}`);
  }
  const name = options.text('name') ?? template.name;
  const place = fileNameFor(name);
  if (place === null || /[\p{Cc}/\\]/u.test(name)) {
    throw new UsageError(`--name: '${name}' cannot name a skill; use letters, digits and dashes`);
  }
  const { placeTemplate } = await import('../../../core/pipeline/language.ts');
  const files = placeTemplate(template, name, place);
  await refuseOverwriting(host, name, files, options);
  // The skill file last: it names the others.
  for (const file of files.toReversed()) await host.write(path.join(host.folder, file.path), file.text);
  const paths = files.map((file) => file.path);
  const json = `${JSON.stringify({ schemaVersion: 1, name, files: paths }, null, 2)}\n`;
  await writeResult(options, context, options.flag('json') ? json : `${paths.join('\n')}\n`);
}

async function refuseOverwriting(
  host: NodeHost,
  name: string,
  files: readonly { readonly path: string }[],
  options: ParsedOptions,
): Promise<void> {
  const own = path.join(host.folder, files[0]?.path ?? '');
  const other = (await host.list()).find((prompt) => prompt.name === name && prompt.path !== own);
  if (other !== undefined) {
    const where = path.relative(host.folder, other.path);
    throw new UsageError(`'${name}' is there already, in ${where}; choose another with --name`);
  }
  if (options.flag('yes')) return;
  for (const file of files) {
    const isThere = await host.engine.world.files.realPath(path.join(host.folder, file.path)).then(
      () => true,
      () => false,
    );
    if (isThere) {
      throw new UsageError(`${file.path} is there already; --yes writes over it, --name chooses another`);
    }
  }
}
