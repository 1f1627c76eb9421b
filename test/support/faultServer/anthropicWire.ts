import { sse, type Answer, type ErrorKind, type Wire } from './wire.ts';

const errorTypes: Record<ErrorKind, string> = {
  invalid: 'invalid_request_error',
  context: 'invalid_request_error',
  key: 'authentication_error',
  billing: 'billing_error',
  forbidden: 'permission_error',
  model: 'not_found_error',
  path: 'not_found_error',
  'too-large': 'request_too_large',
  rate: 'rate_limit_error',
  quota: 'rate_limit_error',
  server: 'api_error',
  overloaded: 'overloaded_error',
};

const errorBody = (kind: ErrorKind, message: string) => ({
  type: 'error',
  error: { type: errorTypes[kind], message },
  request_id: 'req_011CQxTestServer',
});

const usageOf = (answer: Answer) => ({
  input_tokens: answer.inputTokens ?? 0,
  cache_creation_input_tokens: 5,
  cache_read_input_tokens: 7,
  cache_creation: { ephemeral_5m_input_tokens: 5, ephemeral_1h_input_tokens: 0 },
  service_tier: 'standard',
});

const messageOf = (
  model: unknown,
  answer: Answer,
  content: unknown[],
  outputTokens: number,
  stopReason: string | null,
) => ({
  id: 'msg_01TestServer',
  type: 'message',
  role: 'assistant',
  model,
  content,
  stop_reason: stopReason,
  stop_sequence: null,
  usage: { ...usageOf(answer), output_tokens: outputTokens },
});

/** As the Messages API speaks it. */
export const anthropicWire: Wire = {
  name: 'anthropic',
  streamType: 'text/event-stream; charset=utf-8',
  frames(request, answer) {
    const model = request.body?.['model'];
    const head = [
      sse({ type: 'message_start', message: messageOf(model, answer, [], 1, null) }, 'message_start'),
      sse({ type: 'ping' }, 'ping'),
    ];
    let index = 0;
    if (answer.reasoning.length > 0) {
      const block = { type: 'thinking', thinking: '', signature: '' };
      head.push(sse({ type: 'content_block_start', index, content_block: block }, 'content_block_start'));
      for (const thinking of answer.reasoning) {
        const delta = { type: 'thinking_delta', thinking };
        head.push(sse({ type: 'content_block_delta', index, delta }, 'content_block_delta'));
      }
      head.push(sse({ type: 'content_block_stop', index }, 'content_block_stop'));
      index += 1;
    }
    if (answer.text.length > 0) {
      const block = { type: 'text', text: '' };
      head.push(sse({ type: 'content_block_start', index, content_block: block }, 'content_block_start'));
    }
    const text = answer.text.map((part) =>
      sse(
        { type: 'content_block_delta', index, delta: { type: 'text_delta', text: part } },
        'content_block_delta',
      ),
    );
    const tail =
      answer.text.length > 0 ? [sse({ type: 'content_block_stop', index }, 'content_block_stop')] : [];
    const delta = { stop_reason: answer.stopReason ?? 'end_turn', stop_sequence: null };
    tail.push(
      sse(
        { type: 'message_delta', delta, usage: { ...usageOf(answer), output_tokens: answer.outputTokens } },
        'message_delta',
      ),
      sse({ type: 'message_stop' }, 'message_stop'),
    );
    return { head, text, tail };
  },
  whole(request, answer) {
    const content = [{ type: 'text', text: answer.text.join('') }];
    const stopReason = answer.stopReason ?? 'end_turn';
    return messageOf(request.body?.['model'], answer, content, answer.outputTokens, stopReason);
  },
  errorBody,
  errorFrame: (kind, message) => sse(errorBody(kind, message), 'error'),
  brokenFrame: 'event: content_block_delta\ndata: {"type":"content_block_delta","index":0,"delta":{"ty\n\n',
};
