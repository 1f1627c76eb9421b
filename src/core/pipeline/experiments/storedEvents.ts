import type { JsonValue } from '../../domain/json.ts';
import type { RunEvent } from '../../domain/runEvent.ts';
import type { StoredRun } from '../../ports/runStore.ts';
import { evaluatorShape } from './planShape.ts';
import {
  isAnyMap,
  isEither,
  isIfThere,
  isListOf,
  isMapWith,
  isNullOr,
  isNumber,
  isText,
  isTruth,
  type ShapeCheck,
} from './shapeChecks.ts';

const count = isNullOr(isNumber);
const usage = isMapWith({ inputTokens: count, outputTokens: count, cachedInputTokens: count });

const result = isMapWith({
  output: isText,
  failure: isNullOr(isMapWith({ code: isText, message: isText })),
  timing: isMapWith({ totalMs: isNumber, firstTextMs: count }),
  usage,
  costUsd: count,
  attempts: isNumber,
  cached: isTruth,
});

const score = isEither('status', {
  measured: isMapWith({ value: isNumber }),
  missing: isMapWith({ reason: isText }),
});
const judge = isMapWith({ calls: isNumber, usage, costUsd: count });
const verdict = { score, passed: isNullOr(isTruth) };
const evaluation = isMapWith({
  ...verdict,
  name: isText,
  reason: isNullOr(isText),
  judge: isIfThere(judge),
});
const evaluated = isMapWith({ ...verdict, evaluations: isListOf(evaluation) });
const reply = isMapWith({ text: isText, backend: isText, model: isText, usage, costUsd: count });

/** Of the events that an experiment is folded from, every field that is read without a guard. */
const shapes: Partial<Record<RunEvent['type'], ShapeCheck>> = {
  'run-started': isMapWith({ startedAt: isText }),
  'cell-finished': isMapWith({ cellId: isText, result }),
  'cell-scored': isMapWith({ cellId: isText, evaluated }),
  'judge-answered': isMapWith({ cellId: isText, reply, question: isIfThere(isText) }),
  'scores-replaced': isMapWith({
    scores: isListOf(isMapWith({ cellId: isText, evaluated })),
    evaluators: isListOf(isListOf(evaluatorShape)),
  }),
  'run-finished': isMapWith({ state: isText, finishedAt: isText }),
};

/**
 * The events of a run's journal, which is open to every hand and every accident. What is not as it was written is left out
 * like half a line of a killed process: that call is made, or that answer is scored, again.
 */
export const eventsOf = ({ events }: Pick<StoredRun, 'events'>): RunEvent[] =>
  events.filter((event) => (shapes[event.type] ?? isAnyMap)(event as unknown as JsonValue, '') === null);
