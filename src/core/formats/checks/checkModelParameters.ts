import { splitModel } from '../../domain/backendId.ts';
import { parametersNotTaken } from '../../domain/modelTakes.ts';
import type { ModelChoice, PromptFile } from '../../domain/promptFile.ts';
import type { ReadingContext } from '../normalise/context.ts';
import type { Path } from '../yaml/locate.ts';

/** What the model that a file itself names does not take. Models chosen elsewhere are checked when a run is planned. */
export function checkModelParameters(file: PromptFile, context: ReadingContext): void {
  if (file.kind === 'abtest') {
    file.variants.forEach((variant, index) => checkChoice(variant, ['variants', index], context));
    return;
  }
  checkChoice(file, [], context);
  if (file.kind === 'chain')
    file.steps.forEach((step, index) => checkChoice(step, ['steps', index], context));
}

function checkChoice(choice: ModelChoice, path: Path, context: ReadingContext): void {
  if (choice.model === undefined) return;
  const split = splitModel(choice.model);
  if (choice.backend !== undefined && split.backend !== null && split.backend !== choice.backend) {
    const message = `\`backend\` says ${choice.backend}, the model's prefix says ${split.backend}; \`backend\` counts. Remove one of them.`;
    context.note({ code: 'two-backends', severity: 'warning', message, path: [...path, 'model'] });
  }
  const backend = choice.backend ?? split.backend;
  const notTaken = parametersNotTaken(backend ?? null, split.model);
  for (const name of notTaken) {
    if (choice.modelParameters[name] === undefined) continue;
    const instead = notTaken.includes('effort') ? '' : ', or use `effort`';
    const message = `${split.model} does not take \`${name}\`: it will not be sent. Remove it${instead}.`;
    context.note({
      code: 'not-applied',
      severity: 'warning',
      message,
      path: [...path, 'modelParameters', name],
      part: 'key',
    });
  }
}
