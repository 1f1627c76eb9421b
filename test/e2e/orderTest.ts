import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { WireRequest } from '../support/faultServer/wire.ts';

export const orderCases = 30;
const days = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday'];
const dayOf = (number: number): string => days[number % days.length] ?? '';

const vague = `# The answer that customers get now.
name: order-answer
description: Tells a customer when an order comes.
modelParameters:
  temperature: 0.2 # calm
messages:
  # who speaks
  - role: system
    content: You answer customers kindly.
  - role: user
    content: '{{question}}'
testDataFile: ./orders.csv
evaluators:
  - name: names the day
    uses: promptly/contains
`;
const exact = `name: order-answer-exact
messages:
  - role: system
    content: You answer customers in one sentence and name the day.
  - role: user
    content: '{{question}}'
testData:
  - question: When does order 900 come? It is due on Monday.
    expected: Monday
`;
const test = `kind: abtest
name: which-answer
description: Does naming the day help?
variants:
  - prompt: order-answer
    label: Kind
  - prompt: order-answer-exact
    label: Exact
repetitions: 1
`;

export const promptFile = path.join('prompts', 'order-answer.prompt.yaml');
export const dataFile = path.join('prompts', 'orders.csv');
export const testFile = 'which-answer.prompt.yaml';

/** A test with a clear end, put into a workspace. */
export async function writeOrderTest(workspace: string): Promise<void> {
  const rows = Array.from(
    { length: orderCases },
    (_, at) => `order-${at + 1},When does order ${at + 1} come? It is due on ${dayOf(at)}.,${dayOf(at)}`,
  );
  const write = (name: string, text: string): Promise<void> => writeFile(path.join(workspace, name), text);
  await write(promptFile, vague);
  await write(path.join('prompts', 'order-answer-exact.prompt.yaml'), exact);
  await write(dataFile, `id,question,expected\n${rows.join('\n')}\n`);
  await write(path.join('prompts', testFile), test);
}

/** Stands in for a model: names the day when it is told to, every third time otherwise, and never for order 13. */
export function answerOrder({ body }: WireRequest): string {
  const said = JSON.stringify(body?.['messages'] ?? '');
  const [, number = '0', day = ''] = /order (\d+) come\? It is due on (\w+)/.exec(said) ?? [];
  const names = said.includes('name the day') ? number !== '13' : Number(number) % 3 === 0;
  return names
    ? `Order ${number} comes on ${day}.`
    : 'Thank you for asking! Your order is on its way and will be with you soon.';
}
