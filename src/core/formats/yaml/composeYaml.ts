import { Composer, isCollection, isScalar, Lexer, Parser, visit } from 'yaml';
import type { Document } from 'yaml';
import { maxNesting, NestingGuard } from './nestingLimit.ts';

/** Offsets into the text. */
export interface YamlProblem {
  readonly code: string;
  readonly message: string;
  readonly start: number;
  readonly end: number;
}

export interface ComposedYaml {
  /** null: no document, or none that could be built. */
  readonly document: Document.Parsed | null;
  readonly problems: readonly YamlProblem[];
}

const options = {
  prettyErrors: false,
  // Checked while values are built: the library compares every key with every other.
  uniqueKeys: false,
  // `!!binary` and the like have no meaning here.
  resolveKnownTags: false,
  logLevel: 'error',
} as const;

/** Text → YAML nodes with what is wrong. Never throws, whatever the text. */
export function composeYaml(text: string): ComposedYaml {
  const problems: YamlProblem[] = [];
  const parser = new Parser();
  const composer = new Composer(options);
  const guard = new NestingGuard();
  const documents: Document.Parsed[] = [];
  const take = (document: unknown): void => {
    documents.push(document as Document.Parsed);
  };
  try {
    for (const lexeme of new Lexer().lex(text)) {
      if (documents.length > 1) break;
      const tooDeep = guard.next(lexeme);
      if (tooDeep !== null) return { document: null, problems: [nestingProblem(tooDeep)] };
      for (const token of parser.next(lexeme)) for (const each of composer.next(token)) take(each);
    }
    for (const token of parser.end()) for (const each of composer.next(token)) take(each);
    for (const each of composer.end(true, text.length)) take(each);
  } catch (error) {
    const message = error instanceof Error ? error.message : 'unknown error';
    return { document: null, problems: [{ code: 'bad-yaml', message, start: 0, end: 0 }] };
  }
  const [first, second] = documents;
  if (first === undefined) return { document: null, problems };
  for (const { code, message, pos } of [...first.errors, ...first.warnings]) {
    // Each look goes over the whole document.
    const mayBeOpen = problems.length < 10 && (code === 'MISSING_CHAR' || code === 'BAD_INDENT');
    const open = mayBeOpen ? neverClosed(first, pos[0], text) : null;
    if (open !== null && problems.at(-1)?.start === open.start) continue;
    problems.push(open ?? yamlProblem(code, message, pos[0], pos[1], text));
  }
  if (second !== undefined) {
    const start = Math.max(0, text.lastIndexOf('---', second.range[0]));
    problems.push({
      code: 'several-documents',
      message:
        'One file holds one prompt: remove this `---` and what follows, or move it to a file of its own.',
      start,
      end: Math.min(text.length, start + 3),
    });
  }
  return { document: first, problems };
}

/** YAML tells of a quote or bracket that is never closed where the text ends; the mistake is where it opens. */
function neverClosed(document: Document.Parsed, end: number, text: string): YamlProblem | null {
  let start: number | undefined;
  visit(document, {
    Node(_, node) {
      const [from, to] = node.range ?? [0, 0];
      const isQuote = isScalar(node) && (node.type === 'QUOTE_DOUBLE' || node.type === 'QUOTE_SINGLE');
      if (isQuote && to === end) start = from;
      if (!isCollection(node) || node.flow !== true) return;
      const closing = text[from] === '[' ? ']' : '}';
      if (end >= to && text[to - 1] !== closing) start = from;
    },
  });
  if (start === undefined) return null;
  const message =
    text[start] === '[' || text[start] === '{'
      ? `This \`${text[start]}\` is never closed.`
      : 'This quote is never closed. Close it, or double a quote that belongs to the text.';
  return { code: 'bad-yaml', message, start, end: start + 1 };
}

function nestingProblem(start: number): YamlProblem {
  const message = `This is nested more than ${maxNesting} levels deep. Move deep data into a file of its own (\`testDataFile\`).`;
  return { code: 'nested-too-deeply', message, start, end: start + 1 };
}

/** How to mend what YAML's own message leaves open. */
const advice: Partial<Record<string, string>> = {
  TAB_AS_INDENT: 'Use spaces.',
  BAD_INDENT: 'Line it up with its neighbours.',
  BLOCK_AS_IMPLICIT_KEY: 'Put text that holds `: ` in quotes, or after `|` on a line of its own.',
  UNEXPECTED_TOKEN: 'Put the whole text in quotes, or after `|` on a line of its own.',
  BAD_SCALAR_START: 'Put the text in quotes.',
  BAD_DQ_ESCAPE: 'Write `\\\\` for a backslash, or use single quotes.',
  MULTILINE_IMPLICIT_KEY: 'A key stands on one line and ends with `:`.',
  MISSING_CHAR: '',
};

function yamlProblem(code: string, message: string, start: number, end: number, text: string): YamlProblem {
  if (code === 'TAG_RESOLVE_FAILED') {
    const tag = text.slice(start, end);
    return { code: 'unknown-tag', message: `The tag \`${tag}\` means nothing here: remove it.`, start, end };
  }
  if (message.includes('without - indicator')) {
    const words =
      'This line belongs neither to the item above nor to a new one. Line it up with its neighbours, or begin it with `- `.';
    return { code: 'bad-yaml', message: words, start, end };
  }
  const hint = advice[code];
  return { code: 'bad-yaml', message: hint ? `${message}. ${hint}` : message, start, end };
}
