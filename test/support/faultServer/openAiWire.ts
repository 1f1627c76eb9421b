import { sse, type ErrorKind, type Wire } from './wire.ts';

const errorTypes: Record<ErrorKind, [type: string, code: string | null]> = {
  invalid: ['invalid_request_error', null],
  context: ['invalid_request_error', 'context_length_exceeded'],
  key: ['invalid_request_error', 'invalid_api_key'],
  billing: ['billing_error', null],
  forbidden: ['permission_error', null],
  model: ['invalid_request_error', 'model_not_found'],
  path: ['invalid_request_error', null],
  'too-large': ['invalid_request_error', null],
  rate: ['requests', 'rate_limit_exceeded'],
  quota: ['insufficient_quota', 'insufficient_quota'],
  server: ['server_error', null],
  overloaded: ['server_error', 'overloaded'],
};

const errorBody = (kind: ErrorKind, message: string) => {
  const [type, code] = errorTypes[kind];
  return { error: { message, type, param: null, code } };
};

const usageOf = (input: number | null, output: number) => ({
  prompt_tokens: input ?? 0,
  completion_tokens: output,
  total_tokens: (input ?? 0) + output,
  prompt_tokens_details: { cached_tokens: 7 },
  completion_tokens_details: { reasoning_tokens: 3 },
});

/** As `/v1/chat/completions` speaks it at OpenAI, vLLM, llama.cpp and their like. */
export const openAiWire: Wire = {
  name: 'openai',
  streamType: 'text/event-stream; charset=utf-8',
  frames(request, answer) {
    const chunk = (delta: Record<string, unknown>, finish_reason: string | null = null) =>
      sse({
        id: 'chatcmpl-test',
        object: 'chat.completion.chunk',
        created: 1_763_632_800,
        model: `${String(request.body?.['model'])}-2026-08-07`,
        choices: [{ index: 0, delta, finish_reason }],
      });
    const streamOptions = request.body?.['stream_options'] as { include_usage?: boolean } | undefined;
    const usage = sse({
      id: 'chatcmpl-test',
      object: 'chat.completion.chunk',
      created: 1_763_632_800,
      model: `${String(request.body?.['model'])}-2026-08-07`,
      choices: [],
      usage: usageOf(answer.inputTokens, answer.outputTokens),
    });
    const wantsUsage = streamOptions?.include_usage === true && answer.inputTokens !== null;
    return {
      head: [
        chunk({ role: 'assistant', content: '' }),
        ...answer.reasoning.map((part) => chunk({ reasoning_content: part })),
      ],
      text: answer.text.map((content) => chunk({ content })),
      tail: [chunk({}, answer.stopReason ?? 'stop'), ...(wantsUsage ? [usage] : []), sse('[DONE]')],
    };
  },
  whole(request, answer) {
    const message = { role: 'assistant', content: answer.text.join('') };
    return {
      id: 'chatcmpl-test',
      object: 'chat.completion',
      created: 1_763_632_800,
      model: request.body?.['model'],
      choices: [{ index: 0, message, finish_reason: answer.stopReason ?? 'stop' }],
      usage: usageOf(answer.inputTokens, answer.outputTokens),
    };
  },
  errorBody,
  errorFrame: (kind, message) => sse(errorBody(kind, message)),
  brokenFrame: 'data: {"id":"chatcmpl-test","choices":[{"index":0,"del\n\n',
};
