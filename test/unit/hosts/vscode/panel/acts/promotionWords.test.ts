import { describe, expect, test } from 'vitest';
import type { PlannedVariant } from '../../../../../../src/core/domain/experimentPlan.ts';
import {
  promotionTargets,
  promotionWords,
  warningWords,
} from '../../../../../../src/hosts/vscode/panel/acts/promotionWords.ts';
import { sampleReport } from '../../../../../support/panel/sampleReport.ts';

const won = sampleReport();
const undecided = sampleReport({
  cases: 30,
  labels: ['Current', 'Careful', 'Short'],
  advantages: [0.2, 0.21, 0.205],
});
const [currentId, carefulId] = won.variants.map(({ id }) => id) as [string, string];

function variant(
  id: string,
  path: string,
  part: Partial<PlannedVariant> = {},
  kind = 'prompt',
): PlannedVariant {
  const call = { path, file: { kind } };
  return {
    id,
    label: id,
    prompt: path,
    ref: null,
    commit: null,
    target: { type: 'call', call } as unknown as PlannedVariant['target'],
    route: { backend: 'ollama', model: 'm', reason: '' },
    callsPerCell: 1,
    notApplied: [],
    choice: {},
    ...part,
  };
}
const words = (part: Partial<Parameters<typeof promotionWords>[0]>): string =>
  promotionWords({
    variant: variant(carefulId, 'b.prompt.yaml'),
    report: won,
    target: 'a.prompt.yaml',
    source: 'b.prompt.yaml',
    changedSince: false,
    ...part,
  });

describe('what promoting means', () => {
  test('another file', () => {
    expect(words({})).toContain('Text, model and parameters become those of b.prompt.yaml.');
    expect(words({})).toContain('Name, test data and evaluators stay as they are.');
    expect(words({ changedSince: true })).toContain('b.prompt.yaml has changed since this run');
  });

  test('a text without a file', () => {
    expect(words({ source: null })).toContain('those that the test was given');
  });

  test('an earlier version of the file itself', () => {
    const old = variant(carefulId, 'a.prompt.yaml', { ref: 'HEAD~1', commit: '0123456789abcdef' });
    expect(words({ variant: old, source: 'a.prompt.yaml' })).toContain(
      'go back to what they were at HEAD~1 (0123456)',
    );
  });

  test('a model and parameters of its own', () => {
    const own = variant(carefulId, 'a.prompt.yaml', {
      choice: { model: 'qwen3:4b', modelParameters: { temperature: 0 } },
    });
    const said = words({ variant: own, source: 'a.prompt.yaml' });
    expect(said).toContain('It brings model: qwen3:4b, temperature: 0.');
    expect(said).toContain('The model and the parameters that won become those of the file.');
  });
});

describe('what speaks against it', () => {
  test('nothing where the verdict speaks for it', () => {
    expect(won.verdict.winner).toBe(carefulId);
    expect(warningWords({ variant: variant(carefulId, 'b'), report: won })).toBeNull();
    expect(
      warningWords({
        variant: variant(carefulId, 'b'),
        report: { ...won, verdict: { ...won.verdict, survivesOneBadCase: false } },
      }),
    ).toContain('one bad case');
  });

  test('another one wins, or leads, or nobody is shown to be better', () => {
    expect(warningWords({ variant: variant(currentId, 'a'), report: won })).toBe(
      'Not the winner: Careful wins this test.',
    );
    const { leader } = undecided.verdict;
    const behind = leader === carefulId ? currentId : carefulId;
    expect(warningWords({ variant: variant(behind, 'a'), report: undecided })).toMatch(/leads this test/);
    expect(warningWords({ variant: variant(leader ?? '', 'a'), report: undecided })).toMatch(
      /Not shown to be better/,
    );
    const sure = { ...undecided.verdict, confidence: 0.98, leader: carefulId };
    const warned = (verdict: typeof sure): string | null =>
      warningWords({ variant: variant(carefulId, 'b'), report: { ...undecided, verdict } });
    // The confidence is there: what is missing is something else.
    expect(warned({ ...sure, reason: 'missing_data' })).toContain('could overturn its lead');
    expect(warned({ ...sure, reason: 'inconclusive' })).toContain('ended before its lead was safe');
    expect(warned({ ...sure, reason: 'inconclusive', confidence: 0.9499 })).toContain(
      'the confidence is 94.9%, a winner needs 95%',
    );
    const equal = { ...won, verdict: { ...won.verdict, winner: null, outcome: 'equivalent' as const } };
    expect(warningWords({ variant: variant(carefulId, 'b'), report: equal })).toContain('equivalent');
  });
});

describe('where it may be written', () => {
  const a = variant('A', 'a');
  const b = variant('B', 'b');
  const targets = (variants: readonly PlannedVariant[], winner: PlannedVariant): string[] =>
    promotionTargets({ variants }, winner).map(({ path }) => path);

  test('another variant’s file, never its own where that says it already', () => {
    expect(targets([a, b], b)).toEqual(['a']);
    expect(targets([a, variant('A2', 'a')], a)).toEqual([]);
  });

  test('its own file first, for an earlier version or a model of its own', () => {
    const old = variant('old', 'a', { ref: 'HEAD', commit: 'c0ffee' });
    expect(targets([old, a], old)).toEqual(['a']);
    expect(targets([old, a], a)).toEqual([]);
    const other = variant('B2', 'b', { choice: { model: 'm2' } });
    expect(targets([a, b, other], other)).toEqual(['b', 'a']);
  });

  test('not a file of another kind', () => {
    expect(targets([variant('S', 's', {}, 'skill'), b], b)).toEqual([]);
  });
});
