import { describe, expect, it } from 'vitest';
import { claudeNotApplied } from '../../../../src/adapters/backends/anthropic/toClaudeRequest.ts';
import { openAiNotApplied } from '../../../../src/adapters/backends/openAiCompatible/toOpenAiRequest.ts';
import type { ModelParameters, ModelRequest } from '../../../../src/core/domain/chat.ts';
import { parametersNotTaken } from '../../../../src/core/domain/modelTakes.ts';

const each: readonly ModelParameters[] = [
  ...[{ temperature: 0.5 }, { topP: 0.5 }, { seed: 1 }, { stop: ['a'] }, { effort: 'low' as const }],
];

const asked = (model: string, parameters: ModelParameters): ModelRequest => ({
  model,
  messages: [],
  parameters,
  responseFormat: { type: 'text' },
  variables: {},
});

describe('what a file is told of its parameters is what the backend leaves out', () => {
  it.each([
    ...['claude-sonnet-5-5', 'claude-opus-5-5', 'claude-opus-4-7', 'claude-opus-4-6', 'claude-opus-4-5'],
    ...[
      'claude-opus-4-1-20250805',
      'claude-sonnet-4-20250514',
      'claude-3-5-haiku-latest',
      'claude-2.1',
      'ours',
    ],
  ])('%s', (model) => {
    const left = each.flatMap((parameters) => claudeNotApplied(asked(model, parameters)));
    expect(new Set(parametersNotTaken('claude', model))).toEqual(
      new Set(left.map(({ parameter }) => parameter)),
    );
  });

  it.each(['gpt-5', 'gpt-5-chat-latest', 'gpt-4o', 'o3', 'o1-mini', 'openai/gpt-5', 'qwen3'])(
    '%s',
    (model) => {
      const left = each.flatMap((parameters) => openAiNotApplied(asked(model, parameters), false));
      expect(new Set(parametersNotTaken('openai', model))).toEqual(
        new Set(left.map(({ parameter }) => parameter)),
      );
    },
  );

  it('without a backend, only an id that is plainly one of Claude says anything', () => {
    expect(parametersNotTaken(null, 'claude-sonnet-5-5')).toContain('temperature');
    expect(parametersNotTaken(null, 'gpt-5')).toEqual([]);
    expect(parametersNotTaken('ollama', 'claude-sonnet-5-5')).toEqual([]);
  });
});
