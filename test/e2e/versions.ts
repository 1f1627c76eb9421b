import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { WireRequest } from '../support/faultServer/wire.ts';

const towns = ['Bern', 'Oslo', 'Rome', 'Lima', 'Riga'];
const townOf = (number: number): string => towns[number % towns.length] ?? '';

export const summarise = path.join('prompts', 'summarise.prompt.yaml');

const shared = `testDataFile: ./towns.csv
evaluators:
  - name: names the town
    uses: promptly/contains
repetitions: 1
`;

/** The prompt as it is against what it was; against itself on another model. */
export async function writeVersionTests(workspace: string): Promise<void> {
  const write = (name: string, text: string): Promise<void> =>
    writeFile(path.join(workspace, 'prompts', name), text);
  const rows = Array.from({ length: 30 }, (_, at) => `Text ${at + 1} is about ${townOf(at)}.,${townOf(at)}`);
  await write('towns.csv', `text,expected\n${rows.join('\n')}\n`);
  await write(
    'which-version.prompt.yaml',
    `kind: abtest\nname: which-version\nvariants:
  - {prompt: summarise, label: Now}
  - {prompt: summarise, ref: HEAD~1, label: Before}
${shared}`,
  );
  await write(
    'which-model.prompt.yaml',
    `kind: abtest\nname: which-model\nvariants:
  - {prompt: summarise, label: Now}
  - {prompt: summarise, label: Bigger, model: 'qwen3:4b', modelParameters: {temperature: 0.05}}
${shared}`,
  );
}

/** Stands in for models: names the town when it is told to be helpful, and when it is the bigger one. */
export function answerTown({ body }: WireRequest): string {
  const said = JSON.stringify(body?.['messages'] ?? '');
  const [, town = ''] = /Text \d+ is about (\w+)/.exec(said) ?? [];
  const names = said.includes('helpful assistant') || body?.['model'] === 'qwen3:4b';
  return names ? `It is about ${town}.` : 'It is about some town.';
}
