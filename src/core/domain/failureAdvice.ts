import type { FailureCode } from './failure.ts';

/** What to do about each failure when the backend knows nothing better. One sentence each; hosts may add a button. */
export const failureAdvice = {
  cancelled: 'Run it again when you are ready.',
  'timed-out': 'Raise promptly.timeoutSeconds, ask for less output, or use a faster model.',
  'rate-limited': 'Wait a little, lower promptly.concurrency, or use another backend.',
  'key-missing': 'Set the API key for this backend.',
  unauthorized: 'Check the API key and what it is allowed to use.',
  'backend-not-running': 'Start the backend, or choose another one.',
  'model-not-found': 'Choose a model the backend has, or install this one.',
  unreachable: 'Check the network, the address and any proxy between.',
  rejected: 'Read what the backend said and change the request.',
  'context-too-long': 'Shorten the input, or use a model with a larger context.',
  'bad-response': 'Try again; if it stays, check that the address really is this kind of server.',
  interrupted: 'Run it again; what had arrived is kept.',
  'not-recorded': 'Run once without replay to record the answer.',
  'executor-failed': 'Run the executor by itself and mend what it reports.',
  untrusted: 'Trust this workspace to let it run prompts and programs.',
  'over-budget': 'Raise the budget or plan fewer calls.',
  internal: 'Open the log and report this as a bug.',
} as const satisfies Record<FailureCode, string>;
