import { expect, test } from 'vitest';
import { codeLensPlan } from '../../../../src/hosts/vscode/codeLensPlan.ts';
import { commandIds } from '../../../../src/hosts/vscode/commandIds.ts';

test.each(['prompt', 'skill', 'chain'] as const)('a %s can be run', (kind) => {
  const plan = codeLensPlan({ kind, name: 'x', running: false });
  expect(plan.map(({ title }) => title)).toEqual([
    '$(play) Run',
    'Run with…',
    'A/B Test…',
    'Compare with HEAD',
  ]);
  expect(plan.map(({ command }) => command)).toEqual([
    commandIds.runPrompt,
    commandIds.runPromptWith,
    commandIds.runAbTest,
    commandIds.compareWithHead,
  ]);
});

test('what runs can be cancelled', () => {
  const [lens, ...others] = codeLensPlan({ kind: 'prompt', name: 'x', running: true });
  expect(lens?.command).toBe(commandIds.cancelRun);
  expect(others).toEqual([]);
});

test('an A/B test opens in the side panel', () => {
  const [lens, ...others] = codeLensPlan({ kind: 'abtest', name: 'x', running: false });
  expect(lens?.command).toBe(commandIds.runAbTest);
  expect(others).toEqual([]);
});
