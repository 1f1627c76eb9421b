import type { PlannedCase } from '../../domain/experimentPlan.ts';
import type { ParsedFile } from '../../domain/parsedFile.ts';
import type { EvaluatorSpec } from '../../domain/promptFile.ts';
import type { FileDiagnostic } from '../../domain/runPlan.ts';
import { variablesOf } from '../../domain/template.ts';
import { locateVariable, problemIn } from '../../planning/planningProblem.ts';

/** What an evaluator inserts, and where it stands below `evaluators[index]`. */
type Template = readonly [place: readonly [string, string], text: string];

/**
 * Variables of string rules and judges that no case sets: every output would be paid for, and none could be scored. One
 * that only some cases lack costs these cases their score and nothing else.
 */
export function checkEvaluatorVariables(
  parsed: ParsedFile,
  evaluators: readonly EvaluatorSpec[],
  cases: readonly PlannedCase[],
): FileDiagnostic[] {
  const isSet = (name: string): boolean =>
    cases.some(({ variables, expected }) =>
      name === 'expected' ? expected !== undefined : Object.hasOwn(variables, name),
    );
  return evaluators.flatMap((spec, index) =>
    templatesOf(spec).flatMap(([place, text]) =>
      variablesOf(text)
        .filter((name) => !(spec.type === 'llm' && name === 'completion') && !isSet(name))
        .map((name) => {
          const message = `The evaluator "${spec.name}" uses \`{{${name}}}\`, which no case sets: no answer could be scored. Add it to the test data, or mend the name.`;
          const range = locateVariable(parsed, ['evaluators', index, ...place], name);
          return problemIn(parsed, 'unset-variable', message, range);
        }),
    ),
  );
}

function templatesOf(spec: EvaluatorSpec): Template[] {
  if (spec.type === 'uses') return [];
  if (spec.type === 'llm') {
    const { prompt, systemPrompt = '' } = spec;
    return [
      [['llm', 'systemPrompt'], systemPrompt],
      [['llm', 'prompt'], prompt],
    ];
  }
  // The retired tool's literal rules take their values as written.
  if (spec.compat === 'gh-models') return [];
  const { rules } = spec;
  return (['equals', 'contains', 'startsWith', 'endsWith', 'matches'] as const).map((rule) => [
    ['string', rule],
    rules[rule] ?? '',
  ]);
}
