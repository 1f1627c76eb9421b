// A process of its own, so that neither its time nor its memory counts as the engine's. Speaks the chat part of three
// protocols: one piece of text after a delay, then the end. The text is the moment it was sent, in milliseconds. A timer
// of 50 ms takes longer than that; `/served` says how long answers really took since it was last asked.
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

let delayMs = 0;
let served = { calls: 0, totalMs: 0 };
const nowMs = (): number => performance.timeOrigin + performance.now();
const event = (data: object): string => `data: ${JSON.stringify(data)}\n\n`;
const named = (data: { type: string }): string => `event: ${data.type}\n${event(data)}`;

function ollama(text: string): string {
  const line = (content: string, done: boolean, rest = {}): string =>
    `${JSON.stringify({ model: 'bench', message: { role: 'assistant', content }, done, ...rest })}\n`;
  return line(text, false) + line('', true, { done_reason: 'stop', prompt_eval_count: 5, eval_count: 2 });
}

function openai(text: string): string {
  const chunk = { id: 'c', object: 'chat.completion.chunk', created: 1, model: 'bench' };
  const choice = { index: 0, delta: { content: text }, finish_reason: null };
  const end = { index: 0, delta: {}, finish_reason: 'stop' };
  const usage = { prompt_tokens: 5, completion_tokens: 2, total_tokens: 7 };
  return `${event({ ...chunk, choices: [choice] })}${event({ ...chunk, choices: [end], usage })}data: [DONE]\n\n`;
}

function claude(text: string): string {
  const usage = { input_tokens: 5, output_tokens: 1 };
  const message = { id: 'm', type: 'message', role: 'assistant', model: 'bench', content: [], usage };
  return [
    { type: 'message_start', message: { ...message, stop_reason: null, stop_sequence: null } },
    { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
    { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text } },
    { type: 'content_block_stop', index: 0 },
    { type: 'message_delta', delta: { stop_reason: 'end_turn', stop_sequence: null }, usage },
    { type: 'message_stop' },
  ]
    .map(named)
    .join('');
}

const ndjson = 'application/x-ndjson';
const sse = 'text/event-stream';
const json = 'application/json';

/** What a client gets that does not ask for a stream. */
function openaiWhole(text: string): string {
  const choice = { index: 0, message: { role: 'assistant', content: text }, finish_reason: 'stop' };
  const usage = { prompt_tokens: 5, completion_tokens: 2, total_tokens: 7 };
  const head = { id: 'c', object: 'chat.completion', created: 1, model: 'bench' };
  return JSON.stringify({ ...head, choices: [choice], usage });
}

const answers: Readonly<Record<string, { type: string; write: (text: string) => string }>> = {
  '/api/chat': { type: ndjson, write: ollama },
  '/v1/chat/completions': { type: sse, write: openai },
  '/v1/messages': { type: sse, write: claude },
};

function respond(path: string, body: string, response: ServerResponse): void {
  const isWhole = path === '/v1/chat/completions' && !body.includes('"stream":true');
  const answer = isWhole ? { type: json, write: openaiWhole } : answers[path];
  const delay = /^\/delay\/(\d+)$/.exec(path)?.[1];
  if (delay !== undefined) delayMs = Number(delay);
  if (answer === undefined) {
    response.writeHead(200, { 'content-type': json }).end(JSON.stringify({ models: [], ...served }));
    if (path === '/served') served = { calls: 0, totalMs: 0 };
    return;
  }
  const beganMs = nowMs();
  const send = (): void => {
    response.writeHead(200, { 'content-type': answer.type }).end(answer.write(String(nowMs())));
    served.calls += 1;
    served.totalMs += nowMs() - beganMs;
  };
  if (delayMs === 0) send();
  else setTimeout(send, delayMs);
}

const server = createServer((request, response) => {
  const [path = ''] = (request.url ?? '').split('?');
  let body = '';
  request.setEncoding('utf8').on('data', (part: string) => (body += part));
  request.on('end', () => respond(path, body, response));
});
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`http://127.0.0.1:${(server.address() as AddressInfo).port}\n`);
});
