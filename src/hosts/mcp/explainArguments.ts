import type * as z from 'zod/v4';
import { didYouMean } from '../../core/pipeline/toolCalls/didYouMean.ts';

/** What is wrong with a call's arguments, each on a line, and what the tool takes. */
export function explainArguments(tool: string, schema: z.ZodObject, error: z.ZodError): string {
  const names = Object.keys(schema.shape);
  const lines = error.issues.map((issue) => {
    if (issue.code === 'unrecognized_keys' && issue.path.length === 0) {
      return issue.keys
        .map((key) => `- \`${key}\` is no argument of ${tool}.${didYouMean(key, names)}`)
        .join('\n');
    }
    const where = issue.path.map(String).join('.');
    return `- ${where === '' ? 'The arguments' : `\`${where}\``}: ${lowerFirst(messageOf(issue))}`;
  });
  const empty = schema.safeParse({});
  const required = names.filter((name) => empty.error?.issues.some(({ path }) => path[0] === name) === true);
  const optional = names.filter((name) => !required.includes(name));
  const takes = [
    required.length > 0 ? required.map((name) => `\`${name}\``).join(', ') : '',
    optional.length > 0 ? `optionally ${optional.map((name) => `\`${name}\``).join(', ')}` : '',
  ].filter((part) => part !== '');
  return [
    `The arguments of ${tool} do not fit:`,
    ...lines,
    takes.length === 0 ? 'It takes none.' : `It takes ${takes.join(' and ')}.`,
  ].join('\n');
}

/** Of several forms a value may have, the library only says that it has none of them. */
function messageOf(issue: z.core.$ZodIssue): string {
  if (issue.code !== 'invalid_union') return issue.message;
  const forms = issue.errors.flatMap(([first]) => (first?.code === 'invalid_type' ? [first.expected] : []));
  const words = forms.map((form) => formWords[form] ?? form);
  return words.length < 2 ? issue.message : `expected ${words.join(' or ')}`;
}

const formWords: Readonly<Record<string, string>> = { string: 'a text', record: 'a map', array: 'a list' };

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
