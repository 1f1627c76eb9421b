import { writeFile } from 'node:fs/promises';
import path from 'node:path';

const skill = (name: string, instructions: string): string =>
  [
    `name: ${name}`,
    'kind: skill',
    'instructions: |',
    `  ${instructions}`,
    'modelParameters:',
    '  temperature: 0',
    '  maxTokens: 60',
    '',
  ].join('\n');

const files: Readonly<Record<string, string>> = {
  'answer.prompt.yaml': skill('answer', 'Answer the question in one short sentence.'),
  'shorten.prompt.yaml': skill('shorten', 'Say the same in at most five words.'),
  'shout.prompt.yaml': skill('shout', 'Repeat the text in capital letters.'),
  'three.prompt.yaml': [
    'name: three',
    'kind: chain',
    'steps:',
    '  - name: answer',
    '    use: answer',
    '  - name: shorten',
    '    use: shorten',
    '  - name: shout',
    '    use: shout',
    '',
  ].join('\n'),
};

/** Puts three skills and the chain `three` of them into a folder. */
export async function writeThreeSkillChain(folder: string): Promise<void> {
  for (const [name, text] of Object.entries(files)) await writeFile(path.join(folder, name), text);
}
