/** One command-line option. `value` names its argument in the help; without it the option is a switch. */
export interface OptionSpec {
  readonly summary: string;
  readonly value?: string;
  readonly short?: string;
  readonly multiple?: boolean;
  /** The argument may be left out (then it is empty): what follows is one only when it matches. */
  readonly optional?: RegExp;
  readonly choices?: readonly string[];
  /** The argument is a number in this range; without a maximum, up to 2^53 − 1. */
  readonly number?: { readonly minimum: number; readonly maximum?: number; readonly integer: boolean };
}

const count = (minimum: number) => ({ minimum, integer: true });
const amount = { minimum: 0, integer: false };

export const formats = ['text', 'json', 'markdown', 'junit', 'csv', 'html'] as const;
export type Format = (typeof formats)[number];

/** Options every command takes. */
export const globalOptions = {
  cwd: { value: 'DIR', summary: 'work in this folder instead of the current one' },
  json: { summary: 'one JSON document on stdout' },
  output: { value: 'FILE', short: 'o', summary: 'write the result to FILE instead of stdout' },
  quiet: { short: 'q', summary: 'no progress on stderr' },
  help: { short: 'h', summary: 'show this help' },
} as const satisfies Record<string, OptionSpec>;

/** Options of commands that call models. */
export const callOptions = {
  backend: {
    value: 'B',
    summary: 'ollama, claude, openai, builtin or custom:<name>; beats what the file says',
  },
  model: { value: 'M', summary: 'the model id; <backend>/<id> also names the backend' },
  timeout: {
    value: 'SECONDS',
    number: { minimum: 0.001, integer: false },
    summary: 'bounds one attempt (default 120)',
  },
  retries: {
    value: 'N',
    number: count(0),
    summary: 'further attempts after a failure that may pass (default 3)',
  },
  'no-cache': { summary: 'neither read nor write the response cache' },
  replay: { summary: 'use recorded answers only; a missing one is an error' },
  yes: { short: 'y', summary: "let the workspace's own programs run without asking" },
} as const satisfies Record<string, OptionSpec>;

/** Options of commands that run many calls. */
export const runOptions = {
  format: { value: 'FORMAT', choices: formats, summary: `${formats.join(', ')} (default text)` },
  concurrency: {
    value: 'N',
    number: { minimum: 1, maximum: 1_000, integer: true },
    summary: 'calls at the same time',
  },
  repetitions: { value: 'N', number: count(1), summary: 'runs of each case' },
  'max-cost': { value: 'USD', number: amount, summary: 'stop cleanly when this much is spent' },
  'max-calls': { value: 'N', number: count(1), summary: 'stop cleanly after this many calls' },
  'max-minutes': { value: 'N', number: amount, summary: 'stop cleanly after this many minutes' },
  seed: {
    value: 'N',
    number: count(0),
    summary: 'seed of the execution order (default: from the clock, stored)',
  },
  resume: {
    value: '[RUN]',
    optional: /^(latest$|\d{4}-\d\d-\d\dT)/,
    summary: 'go on with a run; without RUN, the last unfinished one of this file',
  },
  'retry-errors': { value: 'RUN', summary: 'run the failed calls of a stored run again' },
} as const satisfies Record<string, OptionSpec>;

/** Options of commands that compare variants. */
export const comparisonOptions = {
  metric: {
    value: 'NAME',
    summary: "what decides: quality, passRate, successRate, latency, tokens, cost or an evaluator's name",
  },
  'group-by': {
    value: 'KEY',
    summary: 'cases with the same value of this key (one document, one conversation) count as one',
  },
  confidence: {
    value: 'C',
    number: { minimum: 0.5, integer: false },
    summary: 'confidence a winner needs, 0.5 to 0.9999 (default 0.95)',
  },
  'min-effect': {
    value: 'D',
    number: { minimum: 0.0001, integer: false },
    summary: 'smallest difference worth having (default 0.05)',
  },
  'stop-early': { summary: 'stop when the verdict is certain' },
  'fail-if-worse': { summary: 'exit code 1 when another variant is significantly worse than the first' },
  fixed: { summary: 'judge once, at the end (default of compare)' },
  live: { summary: 'may be watched from the first case on (default of ab up to 2,000 cases)' },
} as const satisfies Record<string, OptionSpec>;
