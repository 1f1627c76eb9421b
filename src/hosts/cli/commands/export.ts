import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileNameFor } from '../../../core/domain/fileNameFor.ts';
import type { SharingNotice } from '../../../core/domain/sharing.ts';
import type { NodeHost } from '../../../nodeHost.ts';
import type { CollectedFiles, Sharing } from '../../../sharing.ts';
import type { CommandContext } from '../commandContext.ts';
import type { CommandRun } from '../commandTable.ts';
import { exitCodes, type ExitCode } from '../exitCodes.ts';
import { openWorkspaceSharing, printNotices } from '../openSharing.ts';
import { openWorkspace } from '../openWorkspace.ts';
import type { ParsedOptions } from '../parseArguments.ts';
import { selectPrompts } from '../selectPrompts.ts';
import { shownPath } from '../shownPath.ts';
import { UsageError } from '../usageError.ts';

interface Exported {
  readonly output: string | null;
  readonly name: string;
  readonly files: readonly { readonly path: string; readonly size: number }[];
  readonly notes: readonly SharingNotice[];
}

export const run: CommandRun = async (options, context) => {
  if (options.positionals.length === 0) throw new UsageError('name the prompts, files or folders to export');
  const host = await openWorkspace(options, context);
  try {
    const sharing = await openWorkspaceSharing(host);
    const collected = await sharing.collect(await selectPrompts(host, options.positionals));
    const asSkill = options.text('as') === 'skill';
    const refused = collected.problems.length > 0;
    const exported = refused
      ? { output: null, name: '', files: [], notes: [] }
      : await (asSkill ? exportSkill : exportPackage)({ host, sharing, collected, options, context });
    return await tell(exported, collected, asSkill, options, context);
  } finally {
    await host.dispose();
  }
};

interface Job {
  readonly host: NodeHost;
  readonly sharing: Sharing;
  readonly collected: CollectedFiles;
  readonly options: ParsedOptions;
  readonly context: CommandContext;
}

async function exportPackage({ host, sharing, collected, options, context }: Job): Promise<Exported> {
  const { packageEnding } = await import('../../../sharing.ts');
  const only = options.positionals.length === 1 ? collected.prompts[0]?.name : undefined;
  const name = options.text('name') ?? only ?? path.basename(host.folder);
  const { manifest, bytes } = sharing.pack(collected, name, createdMs(collected, context));
  const output = options.text('output') ?? `${fileNameFor(name) ?? 'prompts'}${packageEnding}`;
  const file = path.resolve(context.cwd, output);
  const before = await readFile(file).catch(() => null);
  if (before?.equals(bytes) === false) await askToReplace([output], options, context);
  try {
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, bytes);
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    throw new UsageError(`--output: cannot write ${output}: ${words}`);
  }
  return { output, name: manifest.name, files: manifest.files, notes: [] };
}

/** The newest file's date, so that the same files make the same package; reproducible builds give theirs. */
function createdMs({ newestMs }: CollectedFiles, { environment }: CommandContext): number {
  const epoch = environment['SOURCE_DATE_EPOCH'];
  if (epoch === undefined || epoch === '') return newestMs;
  if (!/^\d{1,11}$/.test(epoch)) throw new UsageError('SOURCE_DATE_EPOCH takes a number of seconds');
  return Number(epoch) * 1000;
}

async function exportSkill({ sharing, collected, options, context }: Job): Promise<Exported> {
  const skill = collected.prompts[0];
  if (skill?.kind !== 'skill' || collected.prompts.length > 1) {
    throw new UsageError('--as skill takes one skill; export everything else as a package');
  }
  const { name, files, notes } = await sharing.toSkillFolder(collected);
  const parent = path.resolve(context.cwd, options.text('output') ?? '.');
  await mkdir(parent, { recursive: true }).catch((error: unknown) => {
    throw new UsageError(`--output: ${error instanceof Error ? error.message : String(error)}`);
  });
  const writes = [];
  const replaced: string[] = [];
  for (const { path: inner, bytes } of files) {
    const target = `${name}/${inner}`;
    const state = await sharing.inspect(parent, target);
    if (state.status === 'blocked') throw new UsageError(`${target} cannot be written: ${state.reason}`);
    const existing = state.status === 'file' ? Buffer.from(state.bytes) : null;
    if (existing?.equals(bytes) === true) continue;
    if (existing !== null) replaced.push(target);
    writes.push({ path: target, bytes, replaces: existing });
  }
  if (replaced.length > 0) await askToReplace(replaced, options, context);
  if (writes.length > 0) await sharing.writeInto(parent, writes);
  const output = shownPath(context.cwd, path.join(parent, name));
  const listed = files.map(({ path: inner, bytes }) => ({ path: `${name}/${inner}`, size: bytes.length }));
  return { output, name: skill.name, files: listed, notes };
}

async function askToReplace(
  files: readonly string[],
  options: ParsedOptions,
  { confirm }: CommandContext,
): Promise<void> {
  if (options.flag('overwrite')) return;
  const list = files.join(', ');
  if (confirm === null) throw new UsageError(`${list} is there already; --overwrite writes over it`);
  if (!(await confirm(`Write over ${list}?`))) throw new UsageError('nothing was written');
}

async function tell(
  { output, name, files, notes }: Exported,
  { warnings, problems }: CollectedFiles,
  asSkill: boolean,
  options: ParsedOptions,
  context: CommandContext,
): Promise<ExitCode> {
  await printNotices(problems, 'error', context);
  await printNotices(warnings, 'warning', context);
  await printNotices(notes, 'note', context);
  if (options.flag('json')) {
    const kind = asSkill ? 'skill' : 'package';
    const document = { schemaVersion: 1, output, as: kind, name, files, warnings, notes, problems };
    await context.stdout.write(`${JSON.stringify(document, null, 2)}\n`);
  } else if (output !== null) {
    await context.stdout.write(`${output}\n`);
    if (!options.flag('quiet')) {
      for (const file of files) await context.stderr.write(`  ${file.path} (${file.size} bytes)\n`);
    }
  }
  return problems.length > 0 ? exitCodes.usage : exitCodes.ok;
}
