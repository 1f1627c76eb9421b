import type { PanelPlan } from '../../../src/protocol/panelPlan.ts';

export const samplePlan: PanelPlan = {
  title: 'Summaries: current or careful?',
  file: 'prompts/which-summary.prompt.yaml',
  facts: {
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
  },
  problems: [],
};
