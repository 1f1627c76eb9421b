import type { AbReport, ReportedResult, TestReport } from '../../src/core/domain/report.ts';

export function resultOf(part: Partial<ReportedResult> = {}): ReportedResult {
  return {
    output: 'A short summary.',
    score: 1,
    passed: true,
    evaluations: [{ name: 'word overlap', score: 1, passed: true, reason: null }],
    failure: null,
    timing: { totalMs: 1234, firstTextMs: 210 },
    usage: { inputTokens: 120, outputTokens: 30, cachedInputTokens: 0 },
    costUsd: 0.0012,
    cached: false,
    ...part,
  };
}

/** What a model, or a case, may hold to break a report. */
export const hostileText =
  '=HYPERLINK("http://evil.example","x") <script>alert(1)</script> | @everyone ![i](http://evil.example) \u001b[31m ]]> & \'"\ud800';

const failed = resultOf({
  output: hostileText,
  score: 0.25,
  passed: false,
  evaluations: [
    { name: 'overlap', score: 0.25, passed: false, reason: '1 of 4 words' },
    { name: '<b>bold</b>', score: 1, passed: true, reason: null },
  ],
});
const broken = resultOf({
  output: '',
  score: null,
  passed: null,
  evaluations: [],
  costUsd: null,
  failure: {
    code: 'timed-out',
    message: 'No answer within 120 s.',
    hint: 'Raise promptly.timeoutSeconds.',
    retryable: true,
  },
});
const unscored = resultOf({
  score: null,
  passed: null,
  evaluations: [{ name: 'judge', score: null, passed: null, reason: 'The judge gave no score from 1 to 5.' }],
});

export const testReport: TestReport = {
  schemaVersion: 1,
  kind: 'test',
  prompts: [
    {
      name: 'summarise',
      file: 'prompts/summarise.prompt.yaml',
      backend: 'ollama',
      model: 'llama3.2:3b',
      passed: 2,
      failed: 1,
      errors: 2,
      cases: [
        {
          id: 'case-1',
          vars: { text: 'Long text' },
          expected: 'short',
          results: [resultOf(), resultOf({ cached: true })],
        },
        { id: 'case-2', vars: { text: hostileText }, expected: null, results: [failed] },
        { id: '-case', vars: { n: 3 }, expected: '+1', results: [broken] },
        { id: 'case-4', vars: {}, expected: null, results: [unscored] },
      ],
    },
  ],
  summary: { passed: 2, failed: 1, errors: 2, passRate: 2 / 3 },
};

const ratio = { ratio: 0.8, low: 0.7, high: 0.91, pValue: 0.01 };

export const abReport: AbReport = {
  schemaVersion: 1,
  kind: 'abtest',
  name: 'Summaries: short or careful?',
  startedAt: '2026-10-01T10:00:00.000Z',
  finishedAt: '2026-10-01T10:05:00.000Z',
  state: 'finished',
  metric: { name: 'quality', direction: 'higher' },
  confidenceLevel: 0.95,
  minEffect: 0.05,
  variants: [
    {
      id: 'a',
      label: 'short | *plain*',
      prompt: 'summarise',
      ref: 'HEAD~1',
      backend: 'ollama',
      model: 'llama3.2:3b',
      cases: 40,
      failures: 1,
      mean: 0.712,
      interval: { low: 0.64, high: 0.78, level: 0.95 },
      passRate: 0.7,
      latencyMs: { median: 1200, p95: 2400 },
      tokens: { input: 4800, output: 1200 },
      costUsd: null,
      judgeCostUsd: 0.02,
    },
    {
      id: 'b',
      label: 'careful',
      prompt: './careful.prompt.yaml',
      ref: null,
      backend: 'claude',
      model: 'claude-sonnet-5-5',
      cases: 40,
      failures: 0,
      mean: 0.834,
      interval: { low: 0.77, high: 0.89, level: 0.95 },
      passRate: 0.85,
      latencyMs: { median: 960, p95: 1800 },
      tokens: { input: 4800, output: 1350 },
      costUsd: 0.0347,
      judgeCostUsd: 0.02,
    },
  ],
  comparisons: [
    {
      a: 'a',
      b: 'b',
      difference: 0.122,
      interval: { low: 0.03, high: 0.2 },
      pValue: 0.012,
      adjustedPValue: 0.012,
      confidence: 0.988,
      wins: 21,
      losses: 7,
      ties: 12,
      n: 40,
      ratios: { latency: ratio, tokens: { ...ratio, ratio: 1.03 }, cost: null },
    },
  ],
  verdict: {
    outcome: 'winner',
    winner: 'b',
    leader: 'b',
    confidence: 0.988,
    chanceBest: 0.985,
    survivesOneBadCase: true,
    reason: null,
    sentence:
      'careful wins. Confidence 98.8% (a false alarm this strong: at most 1.2 in 100 if the prompts were equal). Chance careful is truly best: 98.5%. +12.2 points (3 to 20).',
    moreCases: { forMinEffect: null, forCurrentEffect: null },
  },
  cases: [
    {
      id: 'case-1',
      vars: { text: 'Long text' },
      expected: 'short',
      results: { a: [resultOf()], b: [resultOf()] },
    },
    { id: 'case-2', vars: { text: hostileText }, expected: null, results: { a: [failed], b: [broken] } },
  ],
};
