import { describe, expect, it } from 'vitest';
import { withLabel, type HumanLabel } from '../../../../src/core/domain/humanLabel.ts';
import type { AbReport } from '../../../../src/core/domain/report.ts';
import { cohensKappa, labelAgreement } from '../../../../src/core/reporting/labelAgreement.ts';
import { abReport, resultOf, testReport } from '../../../support/reports.ts';

describe('cohensKappa', () => {
  it.each([
    // The textbook's two readers of 50 grant applications.
    [20, 5, 10, 15, 0.4],
    // The same share of agreement, judged by how much of it is chance.
    [45, 15, 25, 15, 0.1304],
    [25, 35, 5, 35, 0.2593],
    [10, 0, 0, 10, 1],
    [0, 10, 10, 0, -1],
  ])('%i %i %i %i: %f', (goodPassed, goodFailed, badPassed, badFailed, kappa) => {
    expect(cohensKappa({ goodPassed, goodFailed, badPassed, badFailed })).toBeCloseTo(kappa, 4);
  });

  it('says nothing without outputs, or where both always say the same', () => {
    expect(cohensKappa({ goodPassed: 0, goodFailed: 0, badPassed: 0, badFailed: 0 })).toBeNull();
    expect(cohensKappa({ goodPassed: 7, goodFailed: 0, badPassed: 0, badFailed: 0 })).toBeNull();
  });
});

const judged = (passed: boolean | null, byRule = true) =>
  resultOf({
    passed,
    evaluations: [
      { name: 'judge', score: null, passed, reason: null },
      { name: 'rule', score: 1, passed: byRule, reason: null },
    ],
  });
const report: AbReport = {
  ...abReport,
  cases: [
    { id: 'a', vars: {}, expected: null, results: { x: [judged(true), judged(false)] } },
    { id: 'b', vars: {}, expected: null, results: { x: [judged(null, false)] } },
  ],
};
const label = (caseId: string, repetition: number, word: HumanLabel['label']): HumanLabel => ({
  caseId,
  variant: 'x',
  repetition,
  label: word,
});

describe('labelAgreement', () => {
  it('counts, for each evaluator, the outputs it has a verdict on', () => {
    const labels = [
      label('a', 0, 'good'),
      label('a', 1, 'good'),
      label('b', 0, 'bad'),
      label('gone', 0, 'bad'),
    ];
    expect(labelAgreement(report, labels)).toEqual([
      { evaluator: null, n: 2, agreed: 1, kappa: 0 },
      { evaluator: 'judge', n: 2, agreed: 1, kappa: 0 },
      { evaluator: 'rule', n: 3, agreed: 3, kappa: 1 },
    ]);
  });

  it('knows the results of test runs', () => {
    const [prompt] = testReport.prompts;
    const several = testReport.prompts.length > 1;
    const id = prompt!.cases[0]!.id;
    const one = {
      caseId: several ? `${prompt!.name}/${id}` : id,
      variant: 'result',
      repetition: 0,
      label: 'good',
    } as const;
    expect(labelAgreement(testReport, [one])[0]).toMatchObject({ evaluator: null, n: 1 });
  });
});

describe('withLabel', () => {
  it('gives, changes and takes back the label of one output', () => {
    const first = withLabel([label('b', 0, 'bad')], label('a', 0, 'good'), 'good');
    expect(first).toEqual([label('b', 0, 'bad'), label('a', 0, 'good')]);
    expect(withLabel(first, label('a', 0, 'good'), 'bad')).toContainEqual(label('a', 0, 'bad'));
    expect(withLabel(first, label('a', 0, 'good'), null)).toEqual([label('b', 0, 'bad')]);
  });
});
