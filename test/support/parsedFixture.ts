import type { Range } from '../../src/core/domain/diagnostic.ts';
import { startOfFile } from '../../src/core/domain/diagnostic.ts';
import type { ParsedFile } from '../../src/core/domain/parsedFile.ts';
import type { Chain, Prompt, PromptFile, Skill } from '../../src/core/domain/promptFile.ts';

const common = { tags: [], modelParameters: {}, testData: [], evaluators: [] };

export const prompt = (parts: Partial<Prompt> = {}): Prompt => ({
  kind: 'prompt',
  name: 'greet',
  ...common,
  messages: [{ role: 'user', content: 'Hello {{name}}' }],
  variables: {},
  responseFormat: { type: 'text' },
  backend: 'scripted',
  ...parts,
});

export const skill = (parts: Partial<Skill> = {}): Skill => ({
  kind: 'skill',
  name: 'review',
  ...common,
  instructions: 'Review.',
  files: [],
  messages: [{ role: 'user', content: '{{input}}' }],
  variables: {},
  responseFormat: { type: 'text' },
  backend: 'scripted',
  ...parts,
});

export const chain = (parts: Partial<Chain> = {}): Chain => ({
  kind: 'chain',
  name: 'pipeline',
  ...common,
  steps: [],
  ...parts,
});

/** A parsed file without going through the parser: the engine's tests do not depend on the format's spelling. */
export function parsedFixture(
  file: PromptFile,
  path: string,
  text = '',
  places: Readonly<Record<string, Range>> = {},
): ParsedFile {
  return {
    path,
    text,
    kind: file.kind,
    name: file.name,
    file,
    diagnostics: [],
    variablesUsed: [],
    locate: (at) => places[at.join('.')] ?? startOfFile,
  };
}
