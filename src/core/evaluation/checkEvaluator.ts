import { isBuiltInEvaluator, isEvaluatorScript } from '../domain/evaluatorName.ts';
import type { EvaluatorSpec, StringRules } from '../domain/promptFile.ts';
import { parseTemplate } from '../domain/template.ts';
import { unknownEvaluator } from './findEvaluator.ts';
import { comparisons } from './stringRules.ts';

/** Something wrong with an evaluator as written. The caller knows where in the file it stands. */
export interface EvaluatorProblem {
  readonly code: string;
  readonly severity: 'error' | 'warning';
  readonly message: string;
  /** Below the evaluator: `['string', 'matches']`. */
  readonly path: readonly (string | number)[];
}

/** What can be said of an evaluator without running it: unknown names, broken patterns, settings out of range. */
export async function checkEvaluator(spec: EvaluatorSpec): Promise<EvaluatorProblem[]> {
  if (spec.type === 'string') return checkRules(spec.rules, spec.compat);
  if (spec.type === 'uses') return checkUses(spec.uses, spec.with);
  return [];
}

async function checkRules(rules: StringRules, compat: 'gh-models' | undefined): Promise<EvaluatorProblem[]> {
  const problems: EvaluatorProblem[] = [];
  const used = comparisons.filter((rule) => rules[rule] !== undefined);
  if (used.length > 1 && compat === undefined) {
    const message = `All of ${used.join(', ')} must hold. GitHub Models used only \`${String(used[0])}\`.`;
    problems.push({ code: 'several-string-rules', severity: 'warning', message, path: ['string'] });
  }
  if (rules.matches === undefined) return problems;
  // A pattern that holds variables is complete only with a case's values.
  if (parseTemplate(rules.matches).parts.some((part) => part.type === 'variable')) return problems;
  const { compilePattern } = await import('./compilePattern.ts');
  const literal = parseTemplate(rules.matches).parts.map((part) => (part.type === 'text' ? part.text : ''));
  const pattern = compilePattern(literal.join(''), rules.flags ?? '');
  if (typeof pattern === 'string') {
    const message = `This is no regular expression that RE2 reads: ${pattern}.`;
    const key = pattern.startsWith('unknown flag') ? 'flags' : 'matches';
    problems.push({ code: 'broken-pattern', severity: 'error', message, path: ['string', key] });
  }
  return problems;
}

/** Numbers that a `with` must or may hold. */
const numericSettings: Readonly<Record<string, readonly { name: string; required: boolean }[]>> = {
  'promptly/numeric': [
    { name: 'tolerance', required: false },
    { name: 'relative', required: false },
  ],
  'promptly/latency': [{ name: 'maxMs', required: true }],
  'promptly/cost': [{ name: 'maxUsd', required: true }],
};

function checkUses(uses: string, settings: Readonly<Record<string, unknown>>): EvaluatorProblem[] {
  if (!isBuiltInEvaluator(uses) && !isEvaluatorScript(uses)) {
    return [
      { code: 'unknown-evaluator', severity: 'error', message: unknownEvaluator(uses), path: ['uses'] },
    ];
  }
  const rules = isEvaluatorScript(uses)
    ? [{ name: 'timeoutSeconds', required: false }]
    : (numericSettings[uses] ?? []);
  return rules.flatMap(({ name, required }) => {
    const value = settings[name];
    if (value === undefined && !required) return [];
    if (typeof value === 'number' && value >= 0) return [];
    const message = `\`${uses}\` ${required ? 'needs' : 'takes'} \`with: {${name}: <a number of 0 or more>}\`.`;
    const path = value === undefined ? ['uses'] : ['with', name];
    return [{ code: 'bad-evaluator-setting', severity: 'error' as const, message, path }];
  });
}
