import { expect, test } from 'vitest';
import type { RunListing } from '../../../../../src/core/pipeline/experiments/listRuns.ts';
import { canResume, runIcon, runTime, runWords } from '../../../../../src/hosts/vscode/views/runNodes.ts';

const abTest: RunListing = {
  id: '2026-10-01T10-00-00-000-a-or-b',
  name: 'A or B',
  kind: 'abtest',
  startedAt: '2026-10-01T10:00:00.000Z',
  state: 'finished',
  isRunning: false,
  outcome: 'winner',
  winner: 'Careful',
  sentence: null,
  summary: null,
  backend: null,
  model: null,
  path: '/w/a.prompt.yaml',
};
const words = (parts: Partial<RunListing>): string => runWords({ ...abTest, ...parts });

test('a run says in few words what became of it', () => {
  expect(words({})).toBe('Careful wins');
  expect(words({ outcome: 'no_clear_winner', winner: null })).toBe('no clear winner');
  expect(words({ state: 'cancelled' })).toBe('stopped');
  expect(words({ state: null })).toBe('not finished');
  expect(words({ state: null, isRunning: true })).toBe('running');
  const tests = { kind: 'test', outcome: null, winner: null } as const;
  expect(words({ ...tests, summary: { passed: 3, failed: 0, errors: 0, passRate: 1 } })).toBe('3 passed');
  expect(words({ ...tests, summary: { passed: 3, failed: 1, errors: 1, passRate: 0.75 } })).toBe(
    '3 passed, 2 failed',
  );
  expect(words({ ...tests, kind: 'prompt', backend: 'ollama', model: 'm:1b' })).toBe('ollama · m:1b');
  expect(words({ ...tests, kind: 'prompt', backend: 'builtin', model: '/home/a/m.gguf' })).toBe(
    'builtin · m.gguf',
  );
  // A later version may know more outcomes.
  expect(words({ outcome: 'toString' as 'winner', winner: null })).toBe('');
});

test('only an A/B test that nobody is at can go on', () => {
  const can = (parts: Partial<RunListing>): boolean => canResume({ ...abTest, ...parts });
  expect(can({ state: 'cancelled' })).toBe(true);
  expect(can({ state: 'budget' })).toBe(true);
  expect(can({ state: null })).toBe(true);
  expect(can({ state: null, isRunning: true })).toBe(false);
  expect(can({})).toBe(false);
  expect(can({ state: 'cancelled', kind: 'prompt' })).toBe(false);
});

test('each state has a shape of its own', () => {
  const states = ['finished', 'failed', 'cancelled', 'budget', null] as const;
  const shapes = states.map((state) => runIcon({ ...abTest, kind: 'test', state }).icon);
  expect(new Set(shapes).size).toBe(states.length);
});

test('today’s runs show the time, older ones the day, too', () => {
  const started = new Date(2026, 9, 1, 10, 5);
  expect(runTime(started.toISOString(), new Date(2026, 9, 1, 23, 0), 'en')).toMatch(/^10:05\sAM$/);
  expect(runTime(started.toISOString(), new Date(2026, 9, 2, 1, 0), 'en')).toMatch(
    /^Oct 1, 2026.* 10:05\sAM$/,
  );
  expect(runTime(null, new Date(), 'en')).toBe('');
  expect(runTime('not a time', new Date(), 'en')).toBe('');
});
