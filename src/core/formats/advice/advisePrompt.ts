import type { Diagnostic, Range } from '../../domain/diagnostic.ts';
import type { ParsedFile } from '../../domain/parsedFile.ts';
import type { Prompt, Skill } from '../../domain/promptFile.ts';
import { textPositions } from '../textPositions.ts';
import { contradictions } from './contradictions.ts';
import { vagueWords } from './vagueWords.ts';

interface PlacedText {
  readonly path: readonly (string | number)[];
  readonly role: 'system' | 'user' | 'assistant';
  readonly text: string;
}

type Rule = (file: Prompt | Skill, texts: readonly PlacedText[], parsed: ParsedFile) => Diagnostic[];

/**
 * What would make a prompt or skill better, by rules that know no model: each finding says what a model may do because
 * of it and how to mend it. All are of severity `information`; ranges lie in the file's text. None for files that
 * cannot be used, chains and A/B tests. Never throws.
 */
export function advisePrompt(parsed: ParsedFile): readonly Diagnostic[] {
  const { file } = parsed;
  if (file === null || file.kind === 'chain' || file.kind === 'abtest') return [];
  const messages = file.messages.map(({ role, content }, index): PlacedText => ({
    path: ['messages', index, 'content'],
    role,
    text: content,
  }));
  const own: PlacedText[] =
    file.kind === 'skill' ? [{ path: ['instructions'], role: 'system', text: file.instructions }] : [];
  return rules.flatMap((rule) => rule(file, [...own, ...messages], parsed));
}

const finding = (code: string, message: string, range: Range): Diagnostic => ({
  code,
  severity: 'information',
  message,
  range,
});

const whole = (texts: readonly PlacedText[]): string => texts.map(({ text }) => text).join('\n');

const noRole: Rule = (_file, texts, parsed) => {
  const said = texts.some(
    ({ role, text }) => role === 'system' || /\b(you are|your role|act as|as an?)\b/i.test(text),
  );
  if (said) return [];
  const range = parsed.locate(['messages'], 'key');
  return [
    finding(
      'advice-no-role',
      'Nobody is told who answers, and for whom: depth and tone change from answer to answer. Begin with a system message such as "You write release notes for people who do not program."',
      range,
    ),
  ];
};

const vague: Rule = (_file, texts, parsed) =>
  texts.flatMap(({ path, text, role }) =>
    role === 'assistant'
      ? []
      : vagueWords(text).map(({ words, advice }) =>
          finding('advice-vague', `"${words}" can mean many things. ${advice}`, placeOf(parsed, path, words)),
        ),
  );

const formWords =
  /\b(json|yaml|xml|csv|markdown|html|table|list|bullets?|headings?|columns?|sentences?|words?|paragraphs?|lines?|one of|only|format|template|code block|in the form|answer with|reply with|respond with|return|output)\b/i;

const noFormat: Rule = (file, texts, parsed) => {
  if (file.responseFormat.type !== 'text' || formWords.test(whole(texts))) return [];
  return [
    finding(
      'advice-no-format',
      'The form of the answer is left open: expect a preamble, Markdown or another order each time. Say it last, e.g. "Answer with three sentences and nothing else."',
      parsed.locate(texts.at(-1)?.path ?? []),
    ),
  ];
};

const noExample: Rule = (_file, texts, parsed) => {
  const text = whole(texts);
  const needsOne =
    /\b(classif\w+|extract\w*|categori[sz]e\w*|label\w*|same style|in the style|convert\w*|rewrite)\b/i;
  const match = needsOne.exec(text);
  if (match === null || /\b(example|e\.g\.|for instance|such as|input:|->|→)|```/i.test(text)) return [];
  if (texts.some(({ role }) => role === 'assistant')) return [];
  const holder = texts.find((each) => needsOne.test(each.text));
  return [
    finding(
      'advice-no-example',
      `There is no example. For "${match[0]}" two short ones, one of them awkward, say more than rules; write them as user and assistant messages or after "Example:".`,
      placeOf(parsed, holder?.path ?? [], match[0]),
    ),
  ];
};

const unusedVariable: Rule = (file, _texts, parsed) =>
  Object.keys(file.variables)
    .filter((name) => !parsed.variablesUsed.includes(name))
    .map((name) =>
      finding(
        'advice-unused-variable',
        `The variable "${name}" is declared and used nowhere: what is given for it changes nothing. Use it as {{${name}}}, or take it out.`,
        parsed.locate(['variables', name], 'key'),
      ),
    );

const mixedInput: Rule = (_file, texts, parsed) =>
  texts.flatMap(({ path, text, role }) => {
    if (role !== 'user') return [];
    const match = /^(.*\S.*)(\{\{\s*[\w.-]+\s*\}\})/m.exec(text);
    const isMarked = /<\w+>|"""|```|---|:\s*$/m.test(text);
    const longVariable = /\b(text|article|code|document|mail|e-?mail|input|content|transcript|diff)\b/i;
    if (match === null || isMarked || !longVariable.test(match[2] ?? '')) return [];
    return [
      finding(
        'advice-unmarked-input',
        `${match[2] ?? ''} stands in the middle of the orders: orders inside the input may be followed. Put it last, between marks such as <text> and </text>, and say that it is material.`,
        placeOf(parsed, path, match[2] ?? ''),
      ),
    ];
  });

const contradicting: Rule = (_file, texts, parsed) =>
  contradictions(whole(texts)).map(({ first, second, about }) => {
    const holder = texts.find(({ text }) => text.includes(second));
    return finding(
      'advice-contradiction',
      `"${first}" and "${second}" disagree about ${about}: the model picks one, not always the same. Keep one, with a number.`,
      placeOf(parsed, holder?.path ?? [], second),
    );
  });

const noTests: Rule = (file, _texts, parsed) =>
  file.testData.length > 0 || file.testDataFile !== undefined
    ? []
    : [
        finding(
          'advice-no-tests',
          'There are no test cases: nobody can see whether a change makes it better. Add `testData` with three to five inputs, two of them unpleasant.',
          parsed.locate(['name'], 'key'),
        ),
      ];

const onlyDont: Rule = (_file, texts, parsed) =>
  texts.flatMap(({ path, text }) => {
    const donts = text.match(/\b(do not|don't|never|avoid)\b/gi) ?? [];
    if (donts.length < 4) return [];
    return [
      finding(
        'advice-only-prohibitions',
        `${donts.length} prohibitions in one text: models follow what to do better than what not to do. Turn them round: "Write prices as 12.50 EUR" instead of "do not use the currency sign".`,
        placeOf(parsed, path, donts[0] ?? ''),
      ),
    ];
  });

/** The worst first: what is sent matters more than what is kept beside it. */
const rules: readonly Rule[] = [
  contradicting,
  vague,
  noFormat,
  mixedInput,
  noRole,
  noExample,
  onlyDont,
  unusedVariable,
  noTests,
];

/** Where words of a value stand in the file; the whole value when the source spells them otherwise. */
function placeOf(parsed: ParsedFile, path: readonly (string | number)[], words: string): Range {
  const value = parsed.locate(path, 'value');
  const lines = parsed.text.split('\n');
  const startOf = (line: number, column: number): number =>
    lines.slice(0, line).reduce((sum, each) => sum + each.length + 1, 0) + column;
  const from = startOf(value.start.line, value.start.column);
  const to = startOf(value.end.line, value.end.column);
  const at = parsed.text.slice(from, to).indexOf(words);
  return at < 0 ? value : textPositions(parsed.text).range(from + at, from + at + words.length);
}
