import type { PanelPlanFacts } from '../../../src/protocol/panelPlan.ts';
import type { PanelSetup } from '../../../src/protocol/setup.ts';

export const sampleFacts: PanelPlanFacts = {
  variants: [
    { id: 'current', label: 'Current', detail: 'prompts/summarise.prompt.yaml · ollama · llama3.2:3b' },
    { id: 'careful', label: 'Careful', detail: 'prompts/careful.prompt.yaml · ollama · llama3.2:3b' },
  ],
  cases: 60,
  repetitions: 3,
  metric: 'quality',
  confidenceLevel: 0.95,
  minEffect: 0.05,
  stopEarly: true,
  estimate: {
    calls: 360,
    judgeCalls: 360,
    inputTokens: 43_200,
    outputTokens: 10_800,
    costUsd: null,
    minutes: 12.4,
  },
  notices: ['The price of llama3.2:3b on ollama is not known, so no cost is given.'],
};

/** A file with something in every part of the form. */
export const sampleSetup: PanelSetup = {
  source: 'file:///work/prompts/which-summary.prompt.yaml',
  file: 'prompts/which-summary.prompt.yaml',
  title: 'which-summary',
  value: {
    kind: 'abtest',
    name: 'which-summary',
    description: 'Whether the careful prompt is worth its length.',
    variants: [
      { prompt: 'summarise', label: 'Current', ref: '1a2b3c4d5e' },
      { prompt: 'careful', label: 'Careful', modelParameters: { temperature: 0.2 } },
      { prompt: 'careful', backend: 'claude', model: 'claude-sonnet-5-5' },
    ],
    testData: [
      { text: 'The meeting moved from Monday to Wednesday.', expected: 'The meeting is on Wednesday.' },
      { text: 'Two lines\nof text, "quoted".', expected: 'Both lines.' },
      { text: 'A third one.', words: 12 },
    ],
    testDataFile: './cases.csv',
    evaluators: [
      { name: 'names the day', string: { contains: '{{expected}}' }, weight: 2 },
      { uses: 'promptly/judge', with: { criteria: 'Is it short and true?' } },
    ],
    metric: 'quality',
    confidence: 0.95,
    stopEarly: true,
    budget: { maxCalls: 500 },
  },
  acknowledged: 0,
  lock: null,
  refused: null,
  problems: [],
  facts: sampleFacts,
  planning: false,
  variables: ['text'],
  inherited: null,
  dataFile: {
    from: './cases.csv',
    columns: ['text', 'expected'],
    rows: [
      ['The train is late because of the snow.', 'The train is late.'],
      ['The shop closes at six.', 'It closes at six.'],
    ],
    count: 57,
    more: false,
  },
};

/** One variant and nothing else: what a lens on a prompt opens. */
export const sampleDraft: PanelSetup = {
  ...sampleSetup,
  source: 'file:///work/prompts/ab-test.prompt.yaml',
  file: null,
  title: 'summarise-ab-test',
  value: { kind: 'abtest', name: 'summarise-ab-test', variants: ['summarise'] },
  facts: null,
  problems: [
    {
      path: ['variants'],
      severity: 'error',
      message: 'An A/B test compares two or more variants. Add another under `variants`.',
      place: '',
    },
  ],
  dataFile: null,
  inherited: {
    from: 'prompts/summarise.prompt.yaml',
    columns: ['text', 'expected'],
    rows: [['The meeting moved from Monday to Wednesday.', 'The meeting is on Wednesday.']],
    count: 1,
    more: false,
  },
};
