import path from 'node:path';
import type { Comparison } from '../../core/domain/comparison.ts';
import type { ExperimentPlan, ExperimentPlanned } from '../../core/domain/experimentPlan.ts';
import type { Report } from '../../core/domain/report.ts';
import type { RunEvent, RunState } from '../../core/domain/runEvent.ts';
import { counted } from '../../core/reporting/numberWords.ts';
import type { NodeHost } from '../../nodeHost.ts';
import type { CommandContext } from './commandContext.ts';
import { consentToExperiment } from './consentToExperiment.ts';
import { describeProgress } from './describeProgress.ts';
import { exitCodeOf, exitCodes, type ExitCode } from './exitCodes.ts';
import { isFolder } from './isFolder.ts';
import type { ParsedOptions } from './parseArguments.ts';
import { buildDiagnosticsDocument, renderDiagnostic } from './printDiagnostics.ts';
import { readCacheUse } from './readCacheUse.ts';
import { TerminalProgress } from './terminalProgress.ts';
import { writeReport } from './writeReport.ts';
import { UsageError } from './usageError.ts';
import { writeResult } from './writeResult.ts';

/**
 * A planned experiment from its notices to its exit code, or why there is no plan. `after`: the run it extends, whose
 * results it begins with.
 */
export async function runPlanned(
  host: NodeHost,
  planned: ExperimentPlanned,
  options: ParsedOptions,
  context: CommandContext,
  after?: string,
): Promise<ExitCode> {
  if (planned.status === 'invalid') {
    for (const diagnostic of planned.diagnostics)
      await context.stderr.write(renderDiagnostic(host.folder, diagnostic));
    if (wantsJson(options)) {
      const document = buildDiagnosticsDocument(host.folder, planned.diagnostics);
      await writeResult(options, context, `${JSON.stringify(document, null, 2)}\n`);
    }
    return exitCodes.usage;
  }
  if (planned.status === 'failed') {
    const { message, hint, code } = planned.failure;
    await context.stderr.write(`promptly: ${message} ${hint} (${code})\n`);
    return exitCodeOf(code);
  }
  const { plan } = planned;
  await refuseFolderAsOutput(options, context);
  await consentToExperiment(host, plan, options, context);
  for (const warning of planned.warnings) await context.stderr.write(renderDiagnostic(host.folder, warning));
  if (!options.flag('quiet')) {
    for (const notice of planned.notices) await context.stderr.write(`${notice}\n`);
    await context.stderr.write(`${describePlan(plan)}\n`);
  }
  const events = host.engine.pipeline.experiments.run(plan, context.signal, {
    ...readCacheUse(options),
    ...(after !== undefined && { after }),
  });
  return followRun(events, options, context);
}

/** Before the first call is paid for; what else may be wrong with the file shows when it is written. */
async function refuseFolderAsOutput(options: ParsedOptions, { cwd }: CommandContext): Promise<void> {
  const output = options.text('output');
  if (output !== undefined && (await isFolder(path.resolve(cwd, output)))) {
    throw new UsageError(`--output: ${output} is a folder; name a file`);
  }
}

const wantsJson = (options: ParsedOptions): boolean =>
  options.flag('json') || options.text('format') === 'json';

function describePlan({ variants, cases, repetitions, estimate, kind }: ExperimentPlan): string {
  const what =
    kind === 'test'
      ? counted(cases.length, 'case')
      : `${variants.length} variants × ${counted(cases.length, 'case')}`;
  const repeated = repetitions > 1 ? ` × ${repetitions} repetitions` : '';
  const judges = estimate.judgeCalls > 0 ? ` and about ${estimate.judgeCalls} to judges` : '';
  const cost = estimate.costUsd === null ? 'cost unknown' : `about $${estimate.costUsd.toPrecision(2)}`;
  const tokens = `${estimate.inputTokens} + ${estimate.outputTokens} tokens`;
  return `${what}${repeated}: ${counted(estimate.calls, 'call')}${judges}, roughly ${tokens}, ${estimate.costUsd === 0 ? 'no cost' : cost}, ${estimate.minutes < 0.1 ? 'under 0.1' : estimate.minutes} min.`;
}

interface Outcome {
  readonly report: Report;
  readonly comparison: Comparison | null;
  readonly state: RunState;
}

/** Shows a run's progress, writes its report, and says how it ended. */
export async function followRun(
  events: AsyncIterable<RunEvent>,
  options: ParsedOptions,
  context: CommandContext,
): Promise<ExitCode> {
  const progress = options.flag('quiet') ? null : new TerminalProgress(context.stderr);
  let built: Extract<RunEvent, { type: 'report-built' }> | null = null;
  let state: RunState | null = null;
  let runId: string | null = null;
  for await (const event of events) {
    if (event.type === 'run-started') runId = event.stored === false ? null : event.runId;
    else if (event.type === 'verdict-updated') await progress?.update(describeProgress(event));
    else if (event.type === 'notice-raised' && event.cellId === null) {
      await progress?.clear();
      await context.stderr.write(`${event.message}\n`);
    } else if (event.type === 'report-built') built = event;
    else if (event.type === 'run-finished') ({ state } = event);
  }
  await progress?.clear();
  if (built === null || state === null) throw new Error('a run ended without a report');
  try {
    await writeReport(built.report, options, context);
  } catch (error) {
    if (!(error instanceof UsageError) || runId === null) throw error;
    throw new UsageError(
      `${error.message}. Nothing is lost: \`promptly report ${runId}\` writes the report again`,
    );
  }
  if (runId !== null) await context.stderr.write(howToGoOn(runId, built.report, state));
  return exitCodeOfReport({ ...built, state }, options.flag('fail-if-worse'));
}

function howToGoOn(runId: string, report: Report, state: RunState): string {
  if (state === 'cancelled' || state === 'budget' || state === 'failed') {
    const limits = ', with higher limits where calls or cost are used up (--max-calls, --max-cost)';
    return `What is missing can be run with --resume ${runId}${state === 'budget' ? limits : ''}\n`;
  }
  const failures =
    report.kind === 'test'
      ? report.summary.errors
      : report.variants.reduce((sum, variant) => sum + variant.failures, 0);
  return failures === 0 ? '' : `What failed can be run again with --retry-errors ${runId}\n`;
}

/** 0 when there is an answer; otherwise the first thing that went wrong. */
export function exitCodeOfReport({ report, comparison, state }: Outcome, failIfWorse: boolean): ExitCode {
  if (state === 'cancelled') return exitCodes.cancelled;
  if (state === 'failed') return exitCodes.backendFailure;
  if (report.kind === 'test') {
    if (report.summary.failed > 0) return exitCodes.testFailed;
    if (report.summary.errors > 0) return exitCodes.backendFailure;
    return state === 'budget' ? exitCodes.budgetReached : exitCodes.ok;
  }
  if (failIfWorse && comparison !== null && isAnyWorse(comparison)) return exitCodes.testFailed;
  if (state === 'budget') return exitCodes.budgetReached;
  return report.verdict.outcome === 'not_enough_data' ? exitCodes.backendFailure : exitCodes.ok;
}

/** The first variant is the base. The strict rule: one bad case or missing data must not overturn it. */
function isAnyWorse({ comparisons, variants }: Comparison): boolean {
  const base = variants[0]?.id;
  return comparisons.some(({ a, b, surelyBetter }) => (a === base || b === base) && surelyBetter === base);
}
