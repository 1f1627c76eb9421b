import type { StringRules } from '../domain/promptFile.ts';
import { withoutScore, yesNo, type EvaluatorCall, type Finding } from './evaluator.ts';
import { renderForCase } from './renderValues.ts';

type Comparison = 'equals' | 'contains' | 'startsWith' | 'endsWith';

/** The order in which the GitHub tool looked for the one rule it used. */
export const comparisons: readonly Comparison[] = ['equals', 'contains', 'startsWith', 'endsWith'];

const shown: Readonly<Record<Comparison, string>> = {
  equals: 'equal',
  contains: 'contain',
  startsWith: 'start with',
  endsWith: 'end with',
};

/** 1 when all rules hold. Both sides are trimmed; only `equals` minds case. */
export async function evaluateStringRules(rules: StringRules, call: EvaluatorCall): Promise<Finding> {
  if (call.compat === 'gh-models') return evaluateLikeGitHub(rules, call.input.output);
  const present = comparisons.filter((rule) => rules[rule] !== undefined);
  if (present.length === 0 && rules.matches === undefined) return withoutScore(noRule);
  const output = call.input.output.trim();
  const broken: string[] = [];
  for (const rule of present) {
    const rendered = renderForCase(rules[rule] ?? '', call.input);
    if (!rendered.ok) return withoutScore(rendered.reason);
    if (!holds(rule, output, rendered.text.trim())) broken.push(describe(rule, rendered.text.trim()));
  }
  if (rules.matches !== undefined) {
    const found = await findPattern(rules.matches, rules.flags ?? '', output, call);
    if (found.score.status === 'missing') return found;
    if (found.reason !== undefined) broken.push(found.reason);
  }
  return yesNo(broken.length === 0, broken.join(' '));
}

const noRule =
  'The `string` evaluator has no rule. Add `equals`, `contains`, `startsWith`, `endsWith` or `matches`.';

function holds(rule: Comparison, output: string, value: string): boolean {
  if (rule === 'equals') return output === value;
  const [text, wanted] = [output.toLowerCase(), value.toLowerCase()];
  if (rule === 'contains') return text.includes(wanted);
  return rule === 'startsWith' ? text.startsWith(wanted) : text.endsWith(wanted);
}

async function findPattern(
  template: string,
  flags: string,
  output: string,
  { input }: EvaluatorCall,
): Promise<Finding> {
  const rendered = renderForCase(template, input);
  if (!rendered.ok) return withoutScore(rendered.reason);
  const { compilePattern } = await import('./compilePattern.ts');
  const pattern = compilePattern(rendered.text, flags);
  if (typeof pattern === 'string') {
    return withoutScore(`\`matches\` is no regular expression that RE2 reads: ${pattern}.`);
  }
  return yesNo(pattern.test(output), `The output does not match /${rendered.text.slice(0, 80)}/${flags}.`);
}

/** The retired tool's literal rule: the first of the four that is not empty, its value as written. */
function evaluateLikeGitHub(rules: StringRules, output: string): Finding {
  const rule = comparisons.find((candidate) => (rules[candidate] ?? '') !== '');
  if (rule === undefined) return withoutScore(noRule);
  const value = rules[rule] ?? '';
  return yesNo(holds(rule, output.trim(), value), describe(rule, value));
}

function describe(rule: Comparison, value: string): string {
  const start = value.length > 80 ? `${value.slice(0, 80)}…` : value;
  return `The output does not ${shown[rule]} "${start}".`;
}
