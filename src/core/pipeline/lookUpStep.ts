import type { ParsedFile } from '../domain/parsedFile.ts';
import type { Runnable } from '../domain/promptFile.ts';
import type { World } from './pipeline.ts';

export type StepTarget =
  | { readonly status: 'found'; readonly parsed: ParsedFile; readonly file: Runnable }
  | { readonly status: 'problem'; readonly code: string; readonly message: string };

/** What a step uses. `trail` are the chains around it: using one of them again would never end. */
export async function lookUpStep(
  world: World,
  from: ParsedFile,
  use: string,
  trail: readonly ParsedFile[],
): Promise<StepTarget> {
  const problem = (code: string, message: string): StepTarget => ({ status: 'problem', code, message });
  const found = (await world.prompts?.find(use, from.path)) ?? { status: 'not-found' };
  switch (found.status) {
    case 'not-found':
      return problem(
        'unknown-prompt',
        `There is no prompt, skill or chain "${use}". Names and paths relative to this file are looked up in the workspace.`,
      );
    case 'ambiguous':
      return problem(
        'ambiguous-prompt',
        `"${use}" is the name of several files: ${found.paths.join(', ')}. Rename one, or use a path.`,
      );
    case 'refused':
      return problem('unreadable-prompt', found.message);
    case 'found':
      return usable(found.file, use, trail);
  }
}

function usable(parsed: ParsedFile, use: string, trail: readonly ParsedFile[]): StepTarget {
  const problem = (code: string, message: string): StepTarget => ({ status: 'problem', code, message });
  const again = trail.findIndex(({ path }) => path === parsed.path);
  if (again >= 0) {
    const names = [...trail.slice(again).map(({ name }) => name), parsed.name];
    return problem('chain-cycle', `This chain would contain itself: ${names.join(' → ')}.`);
  }
  const { file } = parsed;
  if (file === null) return problem('broken-prompt', `${nameOf(parsed, use)} ${whatIsWrong(parsed)}`);
  if (file.kind === 'abtest') return problem('not-runnable', `"${use}" is an A/B test and cannot be a step.`);
  return { status: 'found', parsed, file };
}

/** As the reference calls it, and where that is; once where it is called by its path. */
const nameOf = ({ path }: ParsedFile, use: string): string =>
  use === path ? `"${path.split(/[\\/]/).at(-1) ?? path}"` : `"${use}" (${path})`;

/** The file may be an earlier version that nobody sees: its first error is told here. */
function whatIsWrong({ diagnostics }: ParsedFile): string {
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  const [first] = errors;
  if (first === undefined) return 'cannot be used as a prompt.';
  const count = errors.length === 1 ? 'an error' : `${errors.length} errors, the first one`;
  return `has ${count} in line ${first.range.start.line + 1}: ${first.message}`;
}
