import { measured, missing } from '../domain/score.ts';
import { withoutScore, type Evaluator, type EvaluatorCall, type Finding } from './evaluator.ts';

const defaultTimeoutSeconds = 30;
/** The longest that a timer can wait. */
const maxTimeoutSeconds = 2_147_483;

/** `uses: ./my-evaluator.mjs`: the user's own function, in a process of its own. */
export function scriptEvaluator(script: string): Evaluator {
  return { scale: 'graded', evaluate: (call) => runScript(script, call) };
}

async function runScript(
  script: string,
  { input, settings, ports, signal }: EvaluatorCall,
): Promise<Finding> {
  const seconds = settings['timeoutSeconds'] ?? defaultTimeoutSeconds;
  if (typeof seconds !== 'number' || !(seconds > 0) || seconds > maxTimeoutSeconds) {
    return withoutScore('`with: {timeoutSeconds}` must be a number above 0.');
  }
  if (ports.scripts === undefined || input.promptFile === undefined) {
    return withoutScore(`${script} cannot run here: there is no workspace that holds it.`);
  }
  const result = await ports.scripts.run(
    {
      script,
      promptPath: input.promptFile.path,
      workspaceFolder: input.promptFile.workspaceFolder,
      input: {
        output: input.output,
        expected: input.expected ?? null,
        vars: input.variables,
        metadata: input.metadata ?? {},
      },
      timeoutMs: seconds * 1000,
    },
    signal,
  );
  if (result.status === 'returned') return readReturned(script, result.value);
  return {
    score: missing(result.reason),
    ...(result.status === 'untrusted' && { failureCode: 'untrusted' as const }),
  };
}

function readReturned(script: string, value: unknown): Finding {
  const { score, reason } =
    typeof value === 'object' && value !== null
      ? (value as { score?: unknown; reason?: unknown })
      : { score: value, reason: undefined };
  if (typeof score !== 'number') {
    return withoutScore(
      `${script} returned no number: it must return a score from 0 to 1, or {score, reason}.`,
    );
  }
  const shown = typeof reason === 'string' && reason !== '' ? { reason: reason.slice(0, 4000) } : {};
  return { score: measured(score), ...shown };
}
