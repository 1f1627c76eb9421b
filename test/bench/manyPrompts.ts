import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

const filesPerFolder = 100;

function prompt(index: number): string {
  return `name: prompt-${index}
description: Number ${index} of many.
tags: [generated, group-${index % 17}]
modelParameters:
  temperature: 0.${index % 10}
messages:
  - role: system
    content: You answer in one short sentence.
  - role: user
    content: |
      Say something about {{topic}} that takes {{count}} words.
variables:
  topic:
    description: What it is about
  count:
    default: ${5 + (index % 20)}
testData:
  - topic: the number ${index}
    expected: A number.
`;
}

/** Fills a folder with prompt files, a hundred to a subfolder. */
export async function writeManyPrompts(folder: string, count: number): Promise<void> {
  for (let start = 0; start < count; start += filesPerFolder) {
    const subfolder = path.join(folder, `group-${start / filesPerFolder}`);
    await mkdir(subfolder, { recursive: true });
    const indexes = Array.from({ length: Math.min(filesPerFolder, count - start) }, (_, i) => start + i);
    await Promise.all(
      indexes.map((index) => writeFile(path.join(subfolder, `prompt-${index}.prompt.yaml`), prompt(index))),
    );
  }
}
