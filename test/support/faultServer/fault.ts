/** How a server can misbehave. `docs/failures.md` says what each becomes. */
export const faultNames = [
  'hang-before-headers',
  'hang-before-text',
  'hang-midway',
  'close-before-headers',
  'cut-before-text',
  'cut-midway',
  'reset-midway',
  'end-midway',
  'broken-line',
  'error-at-start',
  'error-midway',
  'overloaded-midway',
  'empty-answer',
  'html-page',
  'error-with-200',
  'not-http',
  'redirect',
  'status-400',
  'context-too-long',
  'status-401',
  'echo-key',
  'status-402',
  'status-403',
  'model-not-found',
  'wrong-path',
  'status-405',
  'status-409',
  'status-413',
  'status-429',
  'status-429-retry-after',
  'no-quota',
  'status-500',
  'status-503',
  'status-529',
  'slow-drip',
  'huge-output',
  'split-characters',
  'compressed',
  'held-open',
] as const;

export type FaultName = (typeof faultNames)[number];

export function isFaultName(text: string): text is FaultName {
  return (faultNames as readonly string[]).includes(text);
}
