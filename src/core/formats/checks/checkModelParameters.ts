import { splitModel } from '../../domain/backendId.ts';
import type { ModelParameters } from '../../domain/chat.ts';
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
    const message = `${split.model} does not take \`${name}\`: it will not be sent. Remove it, or use \`effort\` and \`thinking\`.`;
    context.note({
      code: 'not-applied',
      severity: 'warning',
      message,
      path: [...path, 'modelParameters', name],
      part: 'key',
    });
  }
}

/**
 * Claude has no seed; from Opus 4.7 and generation 5 on it has no sampling parameters either. Only for ids that are
 * plainly Claude's own, on a backend that hands them to Claude.
 */
function parametersNotTaken(backend: string | null, model: string): readonly (keyof ModelParameters)[] {
  const match = /^claude-(?:[a-z]+-)?(\d+)(?:-(\d{1,2}))?(?!\d)/.exec(model);
  if (backend !== null && backend !== 'claude') return [];
  if (match === null) return backend === 'claude' ? ['seed'] : [];
  const [major, minor] = [Number(match[1]), Number(match[2] ?? 0)];
  const samples = major < 4 || (major === 4 && minor < 7);
  return samples ? ['seed'] : ['temperature', 'topP', 'seed'];
}
