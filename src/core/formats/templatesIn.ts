import type { EvaluatorSpec, PromptFile } from '../domain/promptFile.ts';
import type { Path } from './yaml/locate.ts';

/** A text of a file in which `{{name}}` is replaced. */
export interface TemplateInFile {
  readonly path: Path;
  readonly text: string;
  /** `run`: sent to the model under test. `score`: used for scoring, where `{{completion}}` and `{{expected}}` exist too. */
  readonly use: 'run' | 'score';
}

/** Every template of a file, in the order of use. A skill's default message, which stands nowhere, is left out. */
export function templatesIn(file: PromptFile, hasMessages: boolean): TemplateInFile[] {
  const evaluators = (file.evaluators ?? []).flatMap(templatesOfEvaluator);
  switch (file.kind) {
    case 'prompt':
    case 'skill': {
      const messages = hasMessages
        ? file.messages.map(({ content }, index) => runTemplate(['messages', index, 'content'], content))
        : [];
      const instructions = file.kind === 'skill' ? [runTemplate(['instructions'], file.instructions)] : [];
      return [...instructions, ...messages, ...evaluators];
    }
    case 'chain':
      return [
        ...file.steps.flatMap((step, index) =>
          Object.entries(step.with).map(([name, text]) => runTemplate(['steps', index, 'with', name], text)),
        ),
        ...evaluators,
      ];
    case 'abtest':
      return evaluators;
  }
}

const runTemplate = (path: Path, text: string): TemplateInFile => ({ path, text, use: 'run' });

function templatesOfEvaluator(spec: EvaluatorSpec, index: number): TemplateInFile[] {
  const score = (path: Path, text: string | undefined): TemplateInFile[] =>
    text === undefined ? [] : [{ path: ['evaluators', index, ...path], text, use: 'score' }];
  switch (spec.type) {
    case 'string':
      return (['equals', 'contains', 'startsWith', 'endsWith', 'matches'] as const).flatMap((rule) =>
        score(['string', rule], spec.rules[rule]),
      );
    case 'llm':
      return [...score(['llm', 'systemPrompt'], spec.systemPrompt), ...score(['llm', 'prompt'], spec.prompt)];
    case 'uses':
      return [];
  }
}
