import { expect, test } from 'vitest';
import type { PanelExperiment } from '../../../../src/protocol/panelReport.ts';
import { effectOf } from '../../../../webview-ui/views/effectOf.ts';
import { abReport } from '../../../support/reports.ts';
import { sampleReport } from '../../../support/panel/sampleReport.ts';

const withLeader = (leader: string | null, part: Partial<PanelExperiment> = {}): PanelExperiment => ({
  ...abReport,
  ...part,
  verdict: { ...abReport.verdict, leader },
});

test('the effect is told from the leader', () => {
  expect(effectOf(withLeader('b'))).toMatchObject({
    rival: 'a',
    difference: 0.122,
    low: 0.03,
    high: 0.2,
    better: 21,
    worse: 7,
  });
  expect(effectOf(withLeader('a'))).toMatchObject({
    rival: 'b',
    difference: -0.122,
    low: -0.2,
    high: -0.03,
    better: 7,
    worse: 21,
  });
  expect(effectOf(withLeader(null))).toBeNull();
});

test('a relative change is turned as a ratio: 25% more one way is 20% less the other', () => {
  const [pair] = abReport.comparisons;
  const turned = effectOf(
    withLeader('a', {
      metric: { name: 'latency', direction: 'lower' },
      comparisons: [{ ...pair!, difference: 0.25, interval: { low: 0.1, high: 0.5 } }],
    }),
  );
  expect(turned!.difference).toBeCloseTo(-0.2, 10);
  expect(turned!.low).toBeCloseTo(1 / 1.5 - 1, 10);
});

test('among several, the rival is the closest one', () => {
  const report = sampleReport({ labels: ['Low', 'Middle', 'High'], advantages: [0.05, 0.25, 0.3] });
  expect(report.verdict.leader).toBe('high');
  expect(effectOf(report)!.rival).toBe('middle');
});
