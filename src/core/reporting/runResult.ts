import type { FinishReason } from '../domain/chat.ts';
import { failureAdvice } from '../domain/failureAdvice.ts';
import type { Failure } from '../domain/failure.ts';
import type { CellRecord, RunRecord } from '../domain/runRecord.ts';

/** One step of a chain, in the document of a run. */
export interface StepResult {
  readonly name: string;
  readonly backend: string;
  readonly model: string;
  /** The last user message sent. */
  readonly input: string;
  readonly success: boolean;
  readonly output: string;
  readonly failure: Failure | null;
  readonly timing: { readonly totalMs: number; readonly firstTextMs: number | null };
  readonly usage: UsageDocument;
  readonly costUsd: number | null;
  readonly attempts: number;
  readonly cached: boolean;
  readonly finishReason: FinishReason | null;
}

export interface UsageDocument {
  readonly inputTokens: number | null;
  readonly outputTokens: number | null;
  readonly cachedInputTokens: number | null;
}

/** What `run --json` prints and the editor stores: the same for the same run. Times are milliseconds. */
export interface RunResult extends Omit<StepResult, 'input'> {
  readonly schemaVersion: 1;
  readonly kind: RunRecord['kind'];
  /** For chains: every step that was begun, in order. */
  readonly steps?: readonly StepResult[];
}

/** The document of a finished run. A run without a single call (stopped before it) has an empty output and a failure. */
export function buildRunResult(record: RunRecord): RunResult {
  const steps = record.cells.map(toStep);
  const result = withoutInput(steps.at(-1) ?? emptyStep(record));
  if (record.kind !== 'chain') return { schemaVersion: 1, kind: record.kind, ...result, name: record.name };
  return { schemaVersion: 1, kind: 'chain', ...result, ...sumOf(steps), name: record.name, steps };
}

/** A chain's own figures are those of all its steps; one unknown part makes the sum unknown. */
function sumOf(steps: readonly StepResult[]): Partial<RunResult> {
  const total = (values: readonly (number | null)[]): number | null =>
    values.includes(null) ? null : values.reduce<number>((sum, value) => sum + (value ?? 0), 0);
  const lastFirstText = steps.at(-1)?.timing.firstTextMs ?? null;
  const before = steps.slice(0, -1).reduce((sum, step) => sum + step.timing.totalMs, 0);
  return {
    timing: {
      totalMs: steps.reduce((sum, step) => sum + step.timing.totalMs, 0),
      firstTextMs: lastFirstText === null ? null : before + lastFirstText,
    },
    usage: {
      inputTokens: total(steps.map((step) => step.usage.inputTokens)),
      outputTokens: total(steps.map((step) => step.usage.outputTokens)),
      cachedInputTokens: total(steps.map((step) => step.usage.cachedInputTokens)),
    },
    costUsd: total(steps.map((step) => step.costUsd)),
    attempts: steps.reduce((sum, step) => sum + step.attempts, 0),
    cached: steps.length > 0 && steps.every((step) => step.cached),
  };
}

function toStep(cell: CellRecord): StepResult {
  const { result } = cell;
  const usage = result?.usage;
  return {
    name: cell.step ?? cell.cellId,
    backend: cell.route.backend,
    model: cell.route.model,
    input: cell.request.messages.findLast((message) => message.role === 'user')?.content ?? '',
    success: result?.failure === null,
    output: cell.output,
    failure: result === null ? unfinished : result.failure,
    timing: { totalMs: result?.timing.totalMs ?? 0, firstTextMs: result?.timing.firstTextMs ?? null },
    usage: {
      inputTokens: usage?.inputTokens ?? null,
      outputTokens: usage?.outputTokens ?? null,
      cachedInputTokens: usage?.cachedInputTokens ?? null,
    },
    costUsd: result?.costUsd ?? null,
    attempts: result?.attempts ?? cell.attempts.length,
    cached: result?.cached ?? false,
    finishReason: result?.finishReason ?? null,
  };
}

const unfinished: Failure = {
  code: 'interrupted',
  message: 'The run ended before this call did.',
  hint: failureAdvice.interrupted,
  retryable: true,
};

const emptyStep = (record: Pick<RunRecord, 'name'>): StepResult => ({
  name: record.name,
  backend: '',
  model: '',
  input: '',
  success: false,
  output: '',
  failure: unfinished,
  timing: { totalMs: 0, firstTextMs: null },
  usage: { inputTokens: null, outputTokens: null, cachedInputTokens: null },
  costUsd: null,
  attempts: 0,
  cached: false,
  finishReason: null,
});

const withoutInput = (step: StepResult): Omit<StepResult, 'input'> =>
  Object.fromEntries(Object.entries(step).filter(([key]) => key !== 'input')) as Omit<StepResult, 'input'>;

/** The document of a run that could not begin: no backend, no key, no model. */
export function buildFailedRunResult(
  kind: RunRecord['kind'],
  name: string,
  route: { readonly backend: string; readonly model: string } | null,
  failure: Failure,
): RunResult {
  const empty = withoutInput(emptyStep({ name }));
  return {
    schemaVersion: 1,
    kind,
    ...empty,
    backend: route?.backend ?? '',
    model: route?.model ?? '',
    failure,
  };
}
