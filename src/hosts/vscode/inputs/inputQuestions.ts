import type { JsonValue } from '../../../core/domain/json.ts';
import type { Chain, PromptFile } from '../../../core/domain/promptFile.ts';
import { renderValue, variablesOf } from '../../../core/domain/template.ts';
import type { TestCase } from '../../../core/domain/testCase.ts';

/** One variable that somebody has to give a value. */
export interface InputQuestion {
  readonly name: string;
  readonly description?: string;
  /** As text; what the answer starts with. */
  readonly preset?: string;
  /** The only values allowed. */
  readonly choices?: readonly JsonValue[];
  /** An empty answer is one. */
  readonly optional: boolean;
}

/** What a run has to ask, in order of first use; variables that are read from a file are not asked for. */
export function inputQuestions(file: PromptFile): readonly InputQuestion[] {
  if (file.kind === 'abtest') return [];
  if (file.kind === 'chain') return chainQuestions(file);
  const templates = [
    ...(file.kind === 'skill' ? [file.instructions] : []),
    ...file.messages.map(({ content }) => content),
  ];
  const required = Object.keys(file.variables).filter((name) => file.variables[name]?.required === true);
  const names = new Set([...templates.flatMap((text) => [...variablesOf(text)]), ...required]);
  return [...names].flatMap((name) => {
    const spec = file.variables[name];
    if (spec === undefined) return [{ name, optional: false }];
    if (spec.file !== undefined) return [];
    return [
      {
        name,
        ...(spec.description === undefined ? {} : { description: spec.description }),
        ...(spec.default === undefined ? {} : { preset: renderValue(spec.default) }),
        ...(spec.enum === undefined ? {} : { choices: spec.enum }),
        optional: !spec.required,
      },
    ];
  });
}

/** Test cases that give at least one of the values asked for. */
export function offeredCases(
  file: PromptFile,
  questions: readonly InputQuestion[],
  fromDataFile: readonly TestCase[] = [],
): readonly TestCase[] {
  const asked = new Set(questions.map(({ name }) => name));
  return [...(file.testData ?? []), ...fromDataFile].filter((testCase) =>
    Object.keys(testCase.variables).some((name) => asked.has(name)),
  );
}

/** The first step takes the chain's input unless its `with` says otherwise; `with` may name values of its own. */
function chainQuestions({ steps }: Chain): readonly InputQuestion[] {
  const used = steps.flatMap((step) => Object.values(step.with).flatMap((text) => [...variablesOf(text)]));
  const given = used.filter((name) => name !== 'previous' && !name.startsWith('steps.'));
  const first = steps[0];
  const takesInput = first !== undefined && !Object.hasOwn(first.with, 'input');
  return [...new Set([...(takesInput ? ['input'] : []), ...given])].map((name) => ({
    name,
    optional: false,
  }));
}
