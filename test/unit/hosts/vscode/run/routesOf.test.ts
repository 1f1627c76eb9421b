import { expect, test } from 'vitest';
import type { CallTemplate, PlannedStep, RunPlan } from '../../../../../src/core/domain/runPlan.ts';
import { parsePromptFile } from '../../../../../src/core/formats/parsePromptFile.ts';
import { routesOf } from '../../../../../src/hosts/vscode/run/routesOf.ts';

function call(backend: 'claude' | 'ollama'): CallTemplate {
  const { file } = parsePromptFile('name: p\nmessages:\n  - role: user\n    content: Hi\n', '/p.prompt.yaml');
  if (file?.kind !== 'prompt') throw new Error('not a prompt');
  const route = { backend, model: 'm', reason: '' };
  return { path: '/p', file, attachments: [], fileTexts: {}, route, parameters: {}, defaulted: [] };
}

test('the routes of a chain are those of its steps, and of the chains among them', () => {
  const step = (name: string, target: PlannedStep['target']): PlannedStep => ({
    name,
    cellId: name,
    with: {},
    target,
  });
  const inner = [step('b/c', { type: 'call', call: call('claude') })];
  const plan: RunPlan = {
    kind: 'chain',
    name: 'x',
    path: '/x',
    calls: [],
    chain: {
      inputs: {},
      steps: [step('a', { type: 'call', call: call('ollama') }), step('b', { type: 'chain', steps: inner })],
    },
  };
  expect(routesOf(plan).map(({ backend }) => backend)).toEqual(['ollama', 'claude']);
});
