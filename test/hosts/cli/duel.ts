import { onTestFinished } from 'vitest';
import { parseReport } from '../../../src/core/reporting/reportSchema.ts';
import { startFaultServer, type FaultServer } from '../../support/faultServer/startFaultServer.ts';

/** Two prompts against each other, on a server of the test's own. */

export const casesCsv = (count: number, from = 0): string =>
  Array.from({ length: count }, (_, i) => `case ${from + i}`).join('\n');

export const promptFile = (name: string, words: string, model = 'llama3.2:3b'): string => `name: ${name}
backend: ${model.startsWith('claude') ? 'claude' : 'ollama'}
model: ${model}
messages:
  - role: user
    content: "${words} {{text}}"
`;

export const duelFiles = (count: number, more = '', model?: string): Record<string, string> => ({
  'short.prompt.yaml': promptFile('short', 'Shorten', model),
  'long.prompt.yaml': promptFile('long', 'Lengthen', model),
  'cases.csv': `text\n${casesCsv(count)}\n`,
  'ab.prompt.yaml': `kind: abtest
name: duel
variants: [{prompt: short, label: short}, {prompt: long, label: long}]
testDataFile: ./cases.csv
repetitions: 1
evaluators:
  - {name: good, string: {contains: good}}
${more}`,
});

/** A server that ends with the test. */
export async function duelServer(latencyMs = 0): Promise<FaultServer> {
  const started = await startFaultServer({ latencyMs });
  onTestFinished(() => started.close());
  return started;
}

export const at = ({ url }: FaultServer): Record<string, string> => ({ OLLAMA_HOST: url });
export const textOf = (body: unknown): string => JSON.stringify(body);

/** The long variant is good, the short one is not. */
export const longIsGood = ({ body }: { readonly body: unknown }): string =>
  textOf(body).includes('Lengthen') ? 'good' : 'bad';

export function abReportOf(stdout: string) {
  const report = parseReport(JSON.parse(stdout));
  if (report?.kind !== 'abtest') throw new Error('no report of an A/B test');
  return report;
}
