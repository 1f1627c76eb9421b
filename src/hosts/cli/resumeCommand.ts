import type { ExperimentPlan } from '../../core/domain/experimentPlan.ts';
import { FileError } from '../../core/ports/fileSystem.ts';
import { RunInUse } from '../../core/ports/runStore.ts';
import type { NodeHost } from '../../nodeHost.ts';
import type { CommandContext } from './commandContext.ts';
import { consentToExperiment } from './consentToExperiment.ts';
import type { ExitCode } from './exitCodes.ts';
import { readBudget } from './experimentOptions.ts';
import type { ParsedOptions } from './parseArguments.ts';
import { readCacheUse } from './readCacheUse.ts';
import { refuseOtherPlan } from './refuseOtherPlan.ts';
import { followRun } from './runExperimentCommand.ts';
import { UsageError } from './usageError.ts';

type Opened = Awaited<ReturnType<NodeHost['engine']['pipeline']['experiments']['open']>>;

/** A stored run by the name of its folder, or `latest`. Throws `UsageError` in words. */
export async function openStoredRun(host: NodeHost, id: string): Promise<Opened> {
  try {
    return await host.engine.pipeline.experiments.open(host.folder, id);
  } catch (error) {
    if (!FileError.is(error)) throw error;
    const why = error.reason === 'not-found' ? `there is no run '${id}'` : error.message.replace(/\.$/, '');
    throw new UsageError(`${why}. \`promptly runs\` lists them`);
  }
}

/** One process at a time is at a run. Throws `UsageError` in words, also where another begins at this very moment. */
export async function whileAlone<Result>(
  { runId, isRunning }: Opened,
  work: () => Promise<Result>,
): Promise<Result> {
  const refusal = (): UsageError =>
    new UsageError(`${runId} is still running, in another process: wait for its end, or stop it there`);
  if (isRunning) throw refusal();
  try {
    return await work();
  } catch (error) {
    throw RunInUse.is(error) ? refusal() : error;
  }
}

/**
 * Goes on with a run when --resume or --retry-errors asks for it; null when neither does. `kind` and
 * `about`: the run that a bare --resume means, by what it did and for which file.
 */
export async function resumeIfAsked(
  host: NodeHost,
  options: ParsedOptions,
  context: CommandContext,
  kind: 'test' | 'abtest',
  about: () => Promise<string | null>,
): Promise<ExitCode | null> {
  const retried = options.text('retry-errors');
  if (retried === undefined && !options.has('resume')) return null;
  if (retried !== undefined && options.has('resume')) {
    throw new UsageError('--retry-errors goes on with a run as --resume does, and more: give it alone');
  }
  const { experiments } = host.engine.pipeline;
  const named = retried ?? options.text('resume') ?? '';
  const id = named === '' ? await experiments.lastUnfinished(host.folder, await about(), kind) : named;
  if (id === null)
    throw new UsageError('there is no unfinished run of this to resume. `promptly runs` lists all');
  const opened = await openStoredRun(host, id);
  refuseOtherKind(opened, kind);
  const path = await about();
  if (path !== null && !isAbout(opened.plan, path)) {
    throw new UsageError(
      `${opened.runId} is a run of ${opened.plan.name}, not of ${options.positionals[0] ?? ''}: leave the name out, or choose another run. \`promptly runs\` lists them`,
    );
  }
  refuseOtherPlan(opened.runId, opened.plan, options, host.reading.settings.modelAliases);
  return whileAlone(opened, async () => {
    await consentToExperiment(host, opened.plan, options, context);
    const concurrency = options.number('concurrency');
    const events = experiments.resume(opened, context.signal, {
      ...readCacheUse(options),
      ...readBudget(options),
      ...(concurrency !== undefined && { concurrency }),
      retryErrors: retried !== undefined,
    });
    return followRun(events, options, context);
  });
}

function refuseOtherKind({ runId, plan }: Opened, kind: ExperimentPlan['kind']): void {
  if (plan.kind === kind) return;
  const [what, command] = plan.kind === 'test' ? ['a test', 'test'] : ['an A/B test', 'ab'];
  throw new UsageError(
    `${runId} is a run of ${what}: \`promptly ${command} --resume ${runId}\` goes on with it`,
  );
}

const isAbout = ({ path, suites, kind }: ExperimentPlan, wanted: string): boolean =>
  path === wanted || (kind === 'test' && suites.some((suite) => suite.path === wanted));
