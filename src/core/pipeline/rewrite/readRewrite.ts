import { hasErrors, type Fix } from '../../domain/diagnostic.ts';
import type { ParsedFile } from '../../domain/parsedFile.ts';
import { editPromptFile } from '../../formats/edit/editPromptFile.ts';
import type { PromptEdit } from '../../formats/edit/promptEdit.ts';
import { parsePromptFile } from '../../formats/parsePromptFile.ts';
import { partTitle, rewritableParts, type RewritablePart } from './rewritableParts.ts';

export type RewriteRead =
  | {
      readonly status: 'rewritten';
      /** The whole file, comments and everything beside the texts as they were. */
      readonly text: string;
      /** The same as edits of the original. */
      readonly edits: Fix['edits'];
      /** What to look at before it is taken over, one sentence each. */
      readonly notes: readonly string[];
    }
  | { readonly status: 'unchanged' }
  /** The answer cannot be used; the message says why. */
  | { readonly status: 'unusable'; readonly message: string };

/**
 * Puts a model's answer to `rewriteRequest` into the prompt file. Never throws; the file itself is not touched.
 * `isCutOff`: the answer reached its limit, so a text in it may be half of one.
 */
export function readRewrite(parsed: ParsedFile, answer: string, isCutOff = false): RewriteRead {
  if (isCutOff) {
    const message =
      'The answer was cut off at its limit of tokens. Raise promptly.maxTokens, or try another model.';
    return { status: 'unusable', message };
  }
  const parts = rewritableParts(parsed);
  const texts = textsIn(answer, parts);
  if (!parts.some((_, index) => (texts.get(index + 1) ?? '').trim() !== '')) return nothingIn(answer);
  const wishes = parts.flatMap(({ path, text }, index): PromptEdit[] => {
    const written = texts.get(index + 1);
    if (written === undefined || written.trim() === '' || written.trim() === text.trim()) return [];
    // As the file ends its block: a line end more or less is no change worth showing.
    const value = text.endsWith('\n') ? `${written.trim()}\n` : written.trim();
    return [{ type: 'set', path, value }];
  });
  if (wishes.length === 0) return { status: 'unchanged' };
  const edited = editPromptFile(parsed.text, wishes);
  if (edited.status === 'refused') {
    return { status: 'unusable', message: edited.diagnostics[0]?.message ?? 'The file cannot be edited.' };
  }
  const after = parsePromptFile(edited.text, parsed.path);
  const problem = after.diagnostics.find(({ severity }) => severity === 'error');
  if (problem !== undefined && !hasErrors(parsed.diagnostics)) {
    return { status: 'unusable', message: `The answer would break the file: ${problem.message}` };
  }
  const lost = parsed.variablesUsed.filter((name) => !after.variablesUsed.includes(name));
  if (lost.length > 0) {
    const message = `It would use ${listOf(lost)} no more, and what is given for it would be lost. Try again, or with a larger model.`;
    return { status: 'unusable', message };
  }
  return { status: 'rewritten', text: edited.text, edits: edited.edits, notes: notesOn(parsed, after) };
}

function nothingIn(answer: string): RewriteRead {
  const why =
    answer.trim() === ''
      ? 'The model answered nothing.'
      : 'The answer holds no rewritten text in the form that was asked for.';
  return { status: 'unusable', message: `${why} Try again, or with a larger model.` };
}

const marked = /<part-(\d+)>[ \t]*\r?\n?([\s\S]*?)\r?\n?[ \t]*<\/part-\1>/gi;

/** By number. Small models forget the marks when there is one part only: then the whole answer is it. */
function textsIn(answer: string, parts: readonly RewritablePart[]): ReadonlyMap<number, string> {
  const texts = new Map<number, string>();
  for (const [, number, text = ''] of answer.matchAll(marked)) texts.set(Number(number), withoutFence(text));
  const [only, second] = parts;
  if (texts.size > 0 || only === undefined || second !== undefined || /<\/?part/i.test(answer)) return texts;
  texts.set(1, withoutProse(withoutFence(answer), only.text));
  return texts;
}

const marksOfMaterial = /^[ \t]*<\/?material(?:-[0-9a-f]{16})?>[ \t]*$\n?/gim;
const titlesOfParts = new RegExp(
  `^[ \\t]*Part \\d+ \\((?:${Object.values(partTitle).join('|')})\\):[ \\t]*$\\n?`,
  'gm',
);

/** The marks and titles of the material, or a block of code around the whole, are no part of it. */
function withoutFence(text: string): string {
  const bare = text.replaceAll(marksOfMaterial, '').replaceAll(titlesOfParts, '').trim();
  return /^```\w*\n([\s\S]*)\n```$/.exec(bare)?.[1] ?? bare;
}

/** "Here is the improved prompt:" and its like, around the one block of code of a prompt that has none itself. */
function withoutProse(answer: string, before: string): string {
  const blocks = [...answer.matchAll(/^```\w*\n([\s\S]*?)\n```$/gm)];
  return blocks.length === 1 && !before.includes('```') ? (blocks[0]?.[1] ?? answer) : answer;
}

const listOf = (names: readonly string[]): string => names.map((name) => `{{${name}}}`).join(', ');

function notesOn(before: ParsedFile, after: ParsedFile): string[] {
  const made = after.variablesUsed.filter((name) => !before.variablesUsed.includes(name));
  return made.length === 0 ? [] : [`${listOf(made)} is new: every caller must give it.`];
}
