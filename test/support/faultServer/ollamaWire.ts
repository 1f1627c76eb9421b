import type { Wire } from './wire.ts';

const line = (value: unknown) => `${JSON.stringify(value)}\n`;
const createdAt = '2026-11-20T10:00:00.000Z';

/** As `ollama serve` 0.12 speaks it. */
export const ollamaWire: Wire = {
  name: 'ollama',
  streamType: 'application/x-ndjson',
  frames(request, answer) {
    const model = request.body?.['model'];
    const part = (message: Record<string, string>) =>
      line({ model, created_at: createdAt, message: { role: 'assistant', ...message }, done: false });
    return {
      head: answer.reasoning.map((thinking) => part({ content: '', thinking })),
      text: answer.text.map((content) => part({ content })),
      tail: [
        line({
          model,
          created_at: createdAt,
          message: { role: 'assistant', content: '' },
          done: true,
          done_reason: answer.stopReason ?? 'stop',
          total_duration: 900_000_000,
          load_duration: 250_000_000,
          ...(answer.inputTokens === null ? {} : { prompt_eval_count: answer.inputTokens }),
          prompt_eval_duration: 100_000_000,
          eval_count: answer.outputTokens,
          eval_duration: 500_000_000,
        }),
      ],
    };
  },
  whole(request, answer) {
    return {
      model: request.body?.['model'],
      created_at: createdAt,
      message: { role: 'assistant', content: answer.text.join('') },
      done: true,
      done_reason: answer.stopReason ?? 'stop',
      prompt_eval_count: answer.inputTokens,
      eval_count: answer.outputTokens,
    };
  },
  errorBody: (_kind, message) => ({ error: message }),
  errorFrame: (_kind, message) => line({ error: message }),
  brokenFrame: '{"model":"llama3.2:3b","message":{"role":"assist\n',
};
