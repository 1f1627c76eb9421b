import { describe, expect, it } from 'vitest';
import type { CallTemplate } from '../../../../../src/core/domain/runPlan.ts';
import type { ModelChoice, Prompt, Skill } from '../../../../../src/core/domain/promptFile.ts';
import { parsePromptFile } from '../../../../../src/core/formats/parsePromptFile.ts';
import { promoteInto } from '../../../../../src/core/formats/promote/promoteInto.ts';
import { rebasePath } from '../../../../../src/core/formats/promote/rebasePath.ts';
import { testedText } from '../../../../../src/core/formats/promote/testedText.ts';

const base = `# Our summaries.
name: summarise
model: llama3.2:3b # small and quick
modelParameters:
  temperature: 0.2 # calm
messages:
  # who it is
  - role: system
    content: You summarise texts.
  - role: user
    content: |
      Summarise:
      {{text}}
testData:
  - text: A meeting. # short
    expected: meeting
`;
const careful = `name: careful
messages:
  - role: system
    content: You summarise texts with care.
  - role: user
    content: |
      Summarise:
      {{text}}
evaluators: []
`;

function promoted(
  target: string,
  winner: string,
  places = { from: 'b.prompt.yaml', to: 'a.prompt.yaml' },
): string {
  const result = promoteInto(target, winner, places);
  if (result.status === 'refused') throw new Error(result.diagnostics.map(({ message }) => message).join());
  return result.text;
}

function tested(source: string | null, file: string, choice: Partial<ModelChoice> = {}) {
  const parsed = parsePromptFile(file, 'a.prompt.yaml');
  const call: CallTemplate = {
    path: 'a.prompt.yaml',
    file: parsed.file as Prompt | Skill,
    attachments: [],
    fileTexts: {},
    route: { backend: 'ollama', model: 'x', reason: '' },
    parameters: {},
    defaulted: [],
  };
  const result = testedText(source, { target: { type: 'call', call }, choice });
  if (result.status === 'refused') throw new Error(result.diagnostics.map(({ message }) => message).join());
  return result;
}

describe('promoteInto', () => {
  it('takes text, model and parameters; name, test data and all comments of the rest stay', () => {
    expect(promoted(base, careful)).toBe(`# Our summaries.
name: summarise
messages:
  # who it is
  - role: system
    content: You summarise texts with care.
  - role: user
    content: |
      Summarise:
      {{text}}
testData:
  - text: A meeting. # short
    expected: meeting
`);
  });

  it('changes nothing where the winner says the same', () => {
    expect(promoted(base, base)).toBe(base);
  });

  it('turns relative paths to the new place', () => {
    const skill = (name: string, files: string): string =>
      `kind: skill\nname: ${name}\ninstructions: Do.\n${files}variables:\n  style:\n    file: ./style.md\n`;
    const text = promoted(skill('old', ''), skill('new', 'files:\n  - notes/a.md\n'), {
      from: 'prompts/deep/new.prompt.yaml',
      to: 'prompts/old.prompt.yaml',
    });
    expect(text).toContain('- deep/notes/a.md');
    expect(text).toContain('file: deep/style.md');
  });

  it('refuses to write one kind into another', () => {
    const result = promoteInto(base, 'kind: chain\nsteps:\n  - use: x\n', { from: 'b', to: 'a' });
    expect(result.status).toBe('refused');
  });
});

describe('rebasePath', () => {
  it.each([
    ['x.md', 'a/b.yaml', 'a/c.yaml', 'x.md'],
    ['x.md', 'b.yaml', 'a/c.yaml', '../x.md'],
    ['../x.md', 'a/b.yaml', 'c.yaml', 'x.md'],
    ['./x/y.md', 'a/b/c.yaml', 'a/d/c.yaml', '../b/x/y.md'],
    ['/abs/x.md', 'a/b.yaml', 'c.yaml', '/abs/x.md'],
  ])('%s of %s seen from %s is %s', (path, from, to, wanted) =>
    expect(rebasePath(path, from, to)).toBe(wanted),
  );
});

describe('testedText', () => {
  it('is the file itself where it still says what was tested', () => {
    expect(tested(base, base)).toEqual({ status: 'ready', text: base, changedSince: false });
  });

  it('writes in what the variant says over its file', () => {
    const { text } = tested(base, base, {
      model: 'qwen3:4b',
      modelParameters: { temperature: 0, maxTokens: 90 },
    });
    expect(text).toContain('model: qwen3:4b # small and quick');
    expect(text).toContain('temperature: 0 # calm\n  maxTokens: 90\n');
    expect(text).toContain('# who it is');
  });

  it('a backend of the variant’s own takes the model of the other away', () => {
    const { text } = tested(base, base, { backend: 'claude' });
    expect(text).toContain('backend: claude');
    expect(text).not.toContain('llama3.2');
  });

  it('says what was tested when the file has changed since', () => {
    const changed = base
      .replace('You summarise texts.', 'You do things.')
      .replace('temperature: 0.2', 'temperature: 0.9');
    expect(tested(changed, base)).toEqual({ status: 'ready', text: base, changedSince: true });
  });

  it('makes a file of a text that has none', () => {
    const { text } = tested(null, base, { model: 'other' });
    const { file } = parsePromptFile(text, 'a.prompt.yaml');
    const before = parsePromptFile(base, 'a.prompt.yaml').file as Prompt;
    expect(file).toMatchObject({
      messages: before.messages,
      model: 'other',
      modelParameters: { temperature: 0.2 },
    });
  });
});
