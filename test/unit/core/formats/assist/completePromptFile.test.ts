import { describe, expect, it } from 'vitest';
import type { Position } from '../../../../../src/core/domain/diagnostic.ts';
import { completePromptFile } from '../../../../../src/core/formats/assist/completePromptFile.ts';
import { hoverPromptFile } from '../../../../../src/core/formats/assist/hoverPromptFile.ts';

/** `¦` marks the cursor. */
function at(marked: string): { text: string; position: Position } {
  const before = marked.slice(0, marked.indexOf('¦')).split('\n');
  return {
    text: marked.replace('¦', ''),
    position: { line: before.length - 1, column: before.at(-1)!.length },
  };
}
const prompts = [
  { name: 'summarise', kind: 'prompt', path: 'summarise.prompt.yaml' },
  { name: 'the test', kind: 'abtest', path: '../t.prompt.yaml' },
] as const;
const offered = (marked: string): string[] => {
  const { text, position } = at(marked);
  return completePromptFile(text, position, prompts).map(({ label }) => label);
};
/** The line of the cursor once a completion is taken. */
function taken(marked: string, label: string): string {
  const { text, position } = at(marked);
  const item = completePromptFile(text, position, prompts).find((each) => each.label === label);
  if (item === undefined) throw new Error(`no ${label}`);
  const line = text.split('\n')[position.line]!;
  return line.slice(0, item.range.start.column) + item.newText + line.slice(item.range.end.column);
}

describe('completePromptFile', () => {
  it.each<[string, string, string[], string[]]>([
    ['keys of an empty file', '¦', ['kind', 'messages', 'evaluators'], ['instructions', 'steps']],
    ['keys of a skill', 'kind: skill\n¦', ['instructions', 'files'], ['kind', 'steps']],
    ['keys not there yet', 'name: x\nm¦\nmessages: []\n', ['model', 'modelParameters'], ['name', 'messages']],
    ['keys of a broken file', 'name: "x\nmessages:\n  - role: user\n    ¦', ['content'], ['role', 'name']],
    [
      'keys of parameters',
      'modelParameters:\n  temperature: 1\n  ¦\nname: x\n',
      ['topP', 'options'],
      ['temperature', 'name'],
    ],
    ['items of a list', 'messages:\n  ¦', ['role'], ['name']],
    ['keys of an item', 'messages:\n  - ¦', ['role', 'content'], ['name']],
    ['keys of an item without indentation', 'messages:\n- role: user\n  c¦', ['content'], ['role']],
    [
      'keys of an evaluator',
      'evaluators:\n  - name: a\n    string:\n      equals: x\n      ¦',
      ['contains', 'matches'],
      ['equals', 'name'],
    ],
    [
      'keys of the second evaluator',
      'evaluators:\n  - name: a\n  - uses: promptly/contains\n    ¦',
      ['name', 'weight'],
      ['uses'],
    ],
    ['keys between braces', 'evaluators:\n  - { name: a, ¦ }\n', ['uses', 'llm'], ['name']],
    ['keys of a judge', 'evaluators:\n  - llm:\n      choices:\n        - ¦', ['choice', 'score'], []],
    ['keys of a step', 'kind: chain\nsteps:\n  - use: a\n    ¦', ['with', 'model'], ['use']],
    ['keys of a variant', 'kind: abtest\nvariants:\n  - prompt: a\n    ¦', ['ref', 'label'], ['prompt']],
    ['keys of a variable', 'variables:\n  topic:\n    ¦', ['description', 'enum'], []],
    [
      'undeclared variables',
      'messages:\n  - role: user\n    content: "{{topic}}"\nvariables:\n  ¦',
      ['topic'],
      [],
    ],
    [
      'keys of a case',
      'messages:\n  - role: user\n    content: "{{topic}}"\ntestData:\n  - ¦',
      ['topic', 'expected'],
      [],
    ],
    [
      'after a text block',
      'messages:\n  - role: user\n    content: |\n      a: b\n      - c\n¦',
      ['model', 'testData'],
      ['messages'],
    ],
    ['kinds', 'kind: ¦', ['prompt', 'skill', 'chain', 'abtest'], []],
    ['roles', 'messages:\n  - role: ¦', ['system', 'user', 'assistant'], []],
    ['roles between braces', 'messages: [{role: ¦', ['system', 'user'], []],
    ['backends', 'backend: ¦', ['ollama', 'claude'], ['scripted']],
    ['truths', 'evaluators:\n  - uses: x\n    not: ¦', ['true', 'false'], []],
    ['evaluators', 'evaluators:\n  - uses: ¦', ['github/similarity', 'promptly/judge'], []],
    ['metrics', 'kind: abtest\nmetric: q¦', ['quality', 'cost'], []],
    ['effort', 'modelParameters:\n  effort: ¦', ['low', 'max'], []],
    [
      'prompts of a step',
      'kind: chain\nsteps:\n  - use: ¦',
      ['summarise', './summarise.prompt.yaml'],
      ['the test'],
    ],
    ['prompts of a variant', 'kind: abtest\nvariants:\n  - prompt: ¦', ['summarise'], []],
    [
      'variables',
      'messages:\n  - role: user\n    content: "{{¦"\nvariables:\n  topic: {}\ntestData:\n  - x: 1\n',
      ['topic', 'x'],
      ['completion'],
    ],
    [
      'variables in a block',
      'kind: skill\ninstructions: |\n  Do {{ to¦\nvariables:\n  topic: {}\n',
      ['topic', 'input'],
      [],
    ],
    [
      'variables of a judge',
      'evaluators:\n  - llm:\n      prompt: |\n        {{¦',
      ['completion', 'expected'],
      [],
    ],
    [
      'outputs of steps',
      'kind: chain\nsteps:\n  - use: a\n    name: first\n  - use: b\n    with:\n      x: "{{¦"\n',
      ['input', 'previous', 'steps.first.output'],
      ['steps.step-2.output'],
    ],
  ])('%s', (_, marked, some, none) => {
    const labels = offered(marked);
    expect(labels).toEqual(expect.arrayContaining(some));
    for (const label of none) expect(labels).not.toContain(label);
  });

  it.each([
    ['messages:\n  - role: user\n    content: |\n      na¦', 'text'],
    ['messages:\n  - role: user\n    content: Say ¦', 'text'],
    ['messages:\n  - role: user\n    content: "{{{{¦"', 'a literal brace'],
    ['nothing:\n  ¦', 'an unknown key'],
  ])('offers nothing in %j (%s)', (marked) => {
    expect(offered(marked)).toEqual([]);
  });

  it('replaces what is typed and closes what is open', () => {
    expect(taken('modelParameters:\n  temp¦', 'temperature')).toBe('  temperature: ');
    expect(taken('messages:\n  ¦', 'role')).toBe('  - role: ');
    expect(taken('mod¦l: x', 'model')).toBe('model: x');
    expect(taken('evaluators:\n  - uses: promptly/con¦', 'promptly/contains')).toBe(
      '  - uses: promptly/contains',
    );
    const variables = '\nvariables:\n  topic: {}\n';
    expect(taken(`name: "{{to¦"${variables}`, 'topic')).toBe('name: "{{topic}}"');
    expect(taken(`name: "{{ to¦ }}"${variables}`, 'topic')).toBe('name: "{{ topic }}"');
    expect(taken(`name: "{{¦}}"${variables}`, 'topic')).toBe('name: "{{topic}}"');
  });

  it('survives every position of a file', () => {
    const text =
      'kind: chain\r\nsteps:\n  - {use: a, with: {x: "{{input}}"}}\n\t- |\n    {{\n  - - a: [b, {c: d\n"q\': x\n';
    text.split('\n').forEach((line, index) => {
      for (let column = 0; column <= line.length; column++) {
        completePromptFile(text, { line: index, column }, prompts);
        hoverPromptFile(text, { line: index, column });
      }
    });
  });
});

describe('hoverPromptFile', () => {
  it.each([
    ['modelParameters:\n  temper¦ature: 1\n', 'How freely', [2, 13]],
    ['messages:\n  - ro¦le: user\n', '`assistant`', [4, 8]],
    ['evaluators:\n  - uses: promptly/¦rouge-l\n', 'F1', [10, 26]],
    [
      'messages:\n  - content: "{{to¦pic}}"\nvariables:\n  topic: {description: What about}\n',
      'What about',
      [14, 23],
    ],
    ['kind: skill\ninstru¦ctions: x\n', 'system message', [0, 12]],
  ])('explains %j', (marked, words, [start, end]) => {
    const { text, position } = at(marked);
    const hover = hoverPromptFile(text, position);
    expect(hover?.text).toContain(words);
    expect([hover?.range.start.column, hover?.range.end.column]).toEqual([start, end]);
  });

  it('says nothing of what it does not know', () => {
    for (const marked of ['fo¦o: x\n', 'messages:\n  - content: he¦llo\n', '¦', '# na¦me: x\n']) {
      const { text, position } = at(marked);
      expect(hoverPromptFile(text, position)).toBeNull();
    }
  });
});
