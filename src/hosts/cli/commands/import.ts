import path from 'node:path';
import { plainText } from '../../../core/reporting/plainText.ts';
import { FileError } from '../../../core/ports/fileSystem.ts';
import type { ConflictChoice, ImportDecision, ImportPlan, Sharing } from '../../../sharing.ts';
import type { CommandContext } from '../commandContext.ts';
import type { CommandRun } from '../commandTable.ts';
import { exitCodes, type ExitCode } from '../exitCodes.ts';
import { openWorkspaceSharing, printNotices } from '../openSharing.ts';
import { openWorkspace } from '../openWorkspace.ts';
import type { ParsedOptions } from '../parseArguments.ts';
import { shownPath } from '../shownPath.ts';
import { UsageError } from '../usageError.ts';

export const run: CommandRun = async (options, context) => {
  if (options.positionals.length === 0) {
    throw new UsageError('name a package, a skill folder, or .prompty, .prompt.md or .prompt files');
  }
  if (options.flag('overwrite') && options.flag('rename')) {
    throw new UsageError('--overwrite and --rename do not go together');
  }
  const host = await openWorkspace(options, context);
  try {
    const sharing = await openWorkspaceSharing(host);
    const sources = options.positionals.map((shown) => ({ path: path.resolve(context.cwd, shown), shown }));
    const plan = await sharing.plan({ sources, into: folderOf(host.folder, options) });
    await printNotices(plan.problems, 'error', context);
    await printNotices(plan.warnings, 'warning', context);
    await printNotices(plan.notes, 'note', context);
    const choices = plan.problems.length > 0 ? null : await settleConflicts(plan, options, context);
    const decision = await sharing.decide(plan, choices ?? new Map<string, ConflictChoice>());
    const isWritten = choices !== null && !options.flag('dry-run');
    if (isWritten) await write(sharing, decision);
    await tell({ plan, decision, isWritten, isRefused: choices === null }, options, context);
    return choices === null ? exitCodes.usage : exitCodes.ok;
  } finally {
    await host.dispose();
  }
};

function folderOf(folder: string, options: ParsedOptions): string | null {
  const into = options.text('to');
  if (into === undefined) return null;
  const shown = shownPath(folder, path.resolve(folder, into));
  if (path.isAbsolute(shown) || shown.startsWith('..')) {
    throw new UsageError(
      `--to: ${into} lies outside the workspace folder ${folder}; choose another folder with --cwd`,
    );
  }
  return shown;
}

/** What to do with each file that differs; null: somebody must say, and nobody can be asked. */
async function settleConflicts(
  plan: ImportPlan,
  options: ParsedOptions,
  context: CommandContext,
): Promise<Map<string, ConflictChoice> | null> {
  const conflicts = plan.files.filter(({ state }) => state === 'conflict');
  const all = options.flag('overwrite') ? 'replace' : options.flag('rename') ? 'rename' : null;
  const choices = new Map<string, ConflictChoice>();
  const { renderDiff } = await import('../../../sharing.ts');
  for (const { path: file, existing, bytes } of conflicts) {
    if (all === null || options.flag('dry-run')) {
      await context.stderr.write(`${file} is there already and differs:\n`);
      await context.stderr.write(plainText(renderDiff(file, existing ?? new Uint8Array(), bytes)));
    }
    if (all !== null) choices.set(file, all);
    else if (context.confirm !== null && !options.flag('dry-run')) {
      choices.set(file, await ask(file, context.confirm));
    }
  }
  if (choices.size === conflicts.length || options.flag('dry-run')) return choices;
  await context.stderr.write(
    'promptly: nothing was written. --overwrite takes the versions of the import, --rename writes them under other names.\n',
  );
  return null;
}

async function ask(file: string, confirm: NonNullable<CommandContext['confirm']>): Promise<ConflictChoice> {
  if (await confirm(`Replace ${file}?`)) return 'replace';
  return (await confirm('Write it under another name?')) ? 'rename' : 'keep';
}

async function write(sharing: Sharing, decision: ImportDecision): Promise<void> {
  try {
    await sharing.apply(decision);
  } catch (error) {
    if (FileError.is(error)) throw new UsageError(error.message);
    throw error;
  }
}

interface Outcome {
  readonly plan: ImportPlan;
  readonly decision: ImportDecision;
  readonly isWritten: boolean;
  readonly isRefused: boolean;
}

async function tell(outcome: Outcome, options: ParsedOptions, context: CommandContext): Promise<ExitCode> {
  const { plan, decision, isWritten, isRefused } = outcome;
  const { warnings, notes, problems } = plan;
  const states = new Map(plan.files.map((file) => [file.path, file.state]));
  const files = decision.results.map(({ path: file, kind, from, action, wanted }) => ({
    path: file,
    kind,
    from,
    action: isRefused && states.get(wanted) === 'conflict' ? ('conflict' as const) : action,
    wanted,
  }));
  if (options.flag('json')) {
    const document = { schemaVersion: 1, written: isWritten, files, warnings, notes, problems };
    await context.stdout.write(`${JSON.stringify(document, null, 2)}\n`);
  } else if (!isRefused) {
    const lines = files.map(({ path: file, action, wanted }) =>
      action === 'renamed' ? `${action} ${wanted} to ${file}` : `${action} ${file}`,
    );
    const head = isWritten ? '' : 'Would be (nothing was written):\n';
    await context.stdout.write(`${head}${lines.join('\n')}\n`);
  }
  return exitCodes.ok;
}
