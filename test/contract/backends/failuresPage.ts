import { failureAdvice } from '../../../src/core/domain/failureAdvice.ts';
import { failureCodes, retryableCodes, type FailureCode } from '../../../src/core/domain/failure.ts';
import { expectations, type ScenarioName } from './expectedFailure.ts';

export interface SeenFailure {
  readonly message: string;
  readonly hint: string;
}

const meanings: Record<FailureCode, string> = {
  cancelled: 'The user, or what the run is part of, stopped it.',
  'timed-out': 'No answer, no next piece of it, or no end of it within `promptly.timeoutSeconds`.',
  'rate-limited': 'The service limits requests or is overloaded.',
  'key-missing': 'The service wants an API key and there is none. Stops the whole run.',
  unauthorized: 'The key is wrong, may not do this, or its account has no money left. Stops the whole run.',
  'backend-not-running': 'Nothing listens at the address on this machine.',
  'model-not-found': 'The service has no such model. Stops the whole run.',
  unreachable: 'The network, the host name, TLS, or a service elsewhere that refuses connections.',
  rejected: 'The service understood the request and will not serve it.',
  'context-too-long': 'Prompt and answer do not fit into the model’s context.',
  'bad-response': 'What came is not an answer: a server error, a broken line, a web page, nothing at all.',
  interrupted: 'The answer broke off after its first text; what had come is kept.',
  'not-recorded': '`--replay` found no recorded answer.',
  'executor-failed': 'A custom executor could not be started, failed, or reported an error.',
  untrusted: 'The workspace is not trusted to run prompts or programs.',
  'over-budget': 'The run’s budget is used up.',
  internal: 'A bug in Promptly; the log has it.',
};

const textBefore = { none: 'none', some: 'kept', all: 'all of it' };

/** `docs/failures.md`: what goes wrong, what Promptly calls it, and what it says, as the tests have seen it. */
export function renderFailuresPage(seen: ReadonlyMap<ScenarioName, SeenFailure>): string {
  const codes = failureCodes.map((code) =>
    row([`\`${code}\``, meanings[code], failureAdvice[code], retryableCodes.has(code) ? 'yes' : 'no']),
  );
  const scenarios = (Object.keys(expectations) as ScenarioName[]).map((name) => {
    const { what, code, text, retryable, retryAfterMs } = expectations[name];
    if (code === 'answer') return row([what, 'an answer', textBefore[text], '', '']);
    const shown = code === 'wait' ? 'timed-out' : code;
    const again = text === 'none' && (retryable ?? retryableCodes.has(shown));
    const retried = again ? (retryAfterMs === undefined ? 'yes' : 'yes, when the server said') : 'no';
    const words = seen.get(name);
    const says = words ? `${words.message} *${words.hint}*` : `*${failureAdvice[shown]}*`;
    return row([what, `\`${shown}\``, textBefore[text], retried, says]);
  });
  return `<!-- Made by the fault matrix in test/contract/backends: UPDATE_DOCS=1 npx vitest run test/contract/backends/failuresPage.test.ts -->

# Failures

Every call that gives no result has one of these codes, in the editor, on the command line and over MCP alike, with a sentence on what happened and one on what to do.

| code | what it means | what to do | tried again |
| --- | --- | --- | --- |
${codes.join('\n')}

“Tried again”: up to \`promptly.retries\` times, with growing waits or as long as the server asks (at most a minute), and never after the first text of an answer. Each attempt and each wait is shown.

## What each fault becomes

Seen on every test run with the real clients of Ollama, Claude and OpenAI against a server that misbehaves on request. The codes are the same for all three; the words are Claude’s. In every case the connection is closed at the end, and within 200 ms of a cancel; no key and no prompt text is in any message.

| what happens | code | text before it | tried again | what you read |
| --- | --- | --- | --- | --- |
${scenarios.join('\n')}

A refused connection is \`backend-not-running\` for a service on this machine and \`unreachable\` for one elsewhere.

## Outcomes that are no failures

- A refusal, a full context and a reached \`maxTokens\` are answers with a finish reason, and a notice where the text alone would surprise.
- An empty answer that spent tokens is the model’s own; one without any token is \`bad-response\`.
- Ollama cuts prompts that are longer than its context without a word. Promptly asks for a context that holds prompt and answer (8,192 to 32,768 tokens; \`options.num_ctx\` goes first) and raises a notice when the count that comes back is too small for the prompt.

## Custom executors

| what happens | code |
| --- | --- |
| The program is not found or may not be run | \`executor-failed\` |
| It exits with another code than 0, or a signal ends it | \`executor-failed\`, with the last lines of its stderr |
| It writes \`{"error": {"code", "message"}}\` | that code when it is one of the above that a program can know, else \`executor-failed\` |
| It starts with JSON Lines, then writes something else | \`bad-response\` |
| It takes longer than its \`timeoutSeconds\` | \`timed-out\`; it is ended with its children |
`;
}

const row = (cells: readonly string[]): string =>
  `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
