import { isBackendId, type BackendId } from '../../../core/domain/backendId.ts';
import type { Failure } from '../../../core/domain/failure.ts';
import type { Planned } from '../../../core/domain/runPlan.ts';
import { applyRunEvent, type RunRecord } from '../../../core/domain/runRecord.ts';
import { buildFailedRunResult, buildRunResult, type RunResult } from '../../../core/reporting/runResult.ts';
import type { NodeHost } from '../../../nodeHost.ts';
import type { CommandContext } from '../commandContext.ts';
import type { CommandRun } from '../commandTable.ts';
import { consentToPrograms } from '../consentToPrograms.ts';
import { exitCodeOf, exitCodes, type ExitCode } from '../exitCodes.ts';
import { findPrompt } from '../findPrompt.ts';
import { forTerminal } from '../forTerminal.ts';
import { openWorkspace } from '../openWorkspace.ts';
import type { ParsedOptions } from '../parseArguments.ts';
import { buildDiagnosticsDocument, renderDiagnostic } from '../printDiagnostics.ts';
import { readCacheUse } from '../readCacheUse.ts';
import { readInputs } from '../readInputs.ts';
import { RunNarrator } from '../runNarrator.ts';
import { UsageError } from '../usageError.ts';
import { writeResult } from '../writeResult.ts';

export const run: CommandRun = async (options, context) => {
  const choice = readChoice(options);
  readCacheUse(options);
  const inputs = await readInputs(options, context);
  const host = await openWorkspace(options, context);
  try {
    const file = await findPrompt(host, options.positionals[0]);
    if (options.positionals.length > 1)
      throw new UsageError('one prompt at a time; give variables with --var NAME=VALUE');
    const request = { file, workspaceFolder: host.folder, inputs, choice };
    const planned = await host.engine.pipeline.plan(request, context.signal);
    if (planned.status === 'invalid') return await refuse(host, planned, options, context);
    if (planned.status === 'failed') {
      const kind = file.kind;
      const document = buildFailedRunResult(kind, file.name, planned.route, planned.failure);
      return await finish(document, planned.failure, options, context, false);
    }
    await consentToPrograms(host, planned.plan, options, context);
    return await execute(host, planned, options, context);
  } finally {
    await host.dispose();
  }
};

export function readChoice(options: ParsedOptions): { backend?: BackendId; model?: string } {
  const backend = options.text('backend');
  const model = options.text('model');
  if (backend !== undefined && !isBackendId(backend)) {
    throw new UsageError(
      `--backend takes ollama, claude, openai, builtin or custom:<name>; not '${backend}'`,
    );
  }
  if (model?.trim() === '')
    throw new UsageError('--model takes the id of a model; `promptly models` lists them');
  return { ...(backend !== undefined && { backend }), ...(model !== undefined && { model }) };
}

async function refuse(
  host: NodeHost,
  planned: Extract<Planned, { status: 'invalid' }>,
  options: ParsedOptions,
  context: CommandContext,
): Promise<ExitCode> {
  for (const diagnostic of planned.diagnostics)
    await context.stderr.write(renderDiagnostic(host.folder, diagnostic));
  if (options.flag('json')) {
    const document = buildDiagnosticsDocument(host.folder, planned.diagnostics);
    await writeResult(options, context, `${JSON.stringify(document, null, 2)}\n`);
  }
  return exitCodes.usage;
}

async function execute(
  host: NodeHost,
  planned: Extract<Planned, { status: 'ready' }>,
  options: ParsedOptions,
  context: CommandContext,
): Promise<ExitCode> {
  for (const warning of planned.warnings) await context.stderr.write(renderDiagnostic(host.folder, warning));
  const toStdout = !options.flag('json') && !options.has('output');
  const streams =
    toStdout && (options.flag('stream') || context.stdout.isTerminal) && planned.plan.kind !== 'chain';
  const narrator = new RunNarrator(context, { quiet: options.flag('quiet'), streams });
  let record: RunRecord | null = null;
  for await (const event of host.engine.pipeline.execute(planned.plan, context.signal, {
    record: true,
    ...readCacheUse(options),
  })) {
    record = applyRunEvent(record, event);
    await narrator.tell(event);
  }
  if (record === null) throw new Error('a run ended without having begun');
  const document = buildRunResult(record);
  return finish(document, document.failure, options, context, streams);
}

async function finish(
  document: RunResult,
  failure: Failure | null,
  options: ParsedOptions,
  context: CommandContext,
  streamed: boolean,
): Promise<ExitCode> {
  if (options.flag('json')) await writeResult(options, context, `${JSON.stringify(document, null, 2)}\n`);
  else if (!streamed && document.output !== '') {
    const text = `${document.output.replace(/\n$/, '')}\n`;
    const isShown = context.stdout.isTerminal && !options.has('output');
    await writeResult(options, context, isShown ? forTerminal(text) : text);
  }
  if (failure === null) return exitCodes.ok;
  await context.stderr.write(`promptly: ${failure.message} ${failure.hint} (${failure.code})\n`);
  return exitCodeOf(failure.code);
}
