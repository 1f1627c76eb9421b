import type { Chain } from '../../domain/promptFile.ts';
import { parseTemplate } from '../../domain/template.ts';
import type { ReadingContext } from '../normalise/context.ts';
import { didYouMean } from '../suggest.ts';

/** Steps have names of their own and refer only to steps before them. */
export function checkChain(chain: Chain, context: ReadingContext): void {
  if (chain.steps.length === 0) {
    context.refuse({
      code: 'missing-key',
      message: 'A chain needs at least one step.',
      path: ['steps'],
      part: 'key',
    });
  }
  const earlier: string[] = [];
  chain.steps.forEach((step, index) => {
    for (const [name, template] of Object.entries(step.with)) {
      const path = ['steps', index, 'with', name];
      for (const part of parseTemplate(template).parts) {
        if (part.type !== 'variable') continue;
        const message = referenceProblem(part.name, index, earlier);
        if (message === null) continue;
        const range = context.tree.locatePiece(path, template, part);
        context.refuse({ code: 'unknown-step', message, path, range });
      }
    }
    if (earlier.includes(step.name)) {
      const message = `Another step is called \`${step.name}\`. Give each step a name of its own.`;
      context.refuse({ code: 'duplicate-step', message, path: ['steps', index, 'name'] });
    }
    if (step.use === '') {
      context.refuse({
        code: 'missing-key',
        message: '`use` names no prompt.',
        path: ['steps', index, 'use'],
        part: 'key',
      });
    }
    earlier.push(step.name);
  });
}

function referenceProblem(name: string, index: number, earlier: readonly string[]): string | null {
  if (name === 'previous' && index === 0) {
    return "The first step has no previous output. The chain's input is `{{input}}`.";
  }
  if (!name.startsWith('steps.')) return null;
  const step = /^steps\.(.+)\.output$/.exec(name)?.[1];
  if (step === undefined) return `\`{{${name}}}\` is no output. Write \`{{steps.<name>.output}}\`.`;
  if (earlier.includes(step)) return null;
  const known =
    earlier.length === 0
      ? 'There is no step before this one.'
      : `Before this one are: ${earlier.join(', ')}.`;
  return `No step before this one is called \`${step}\`.${didYouMean(step, earlier)} ${known}`;
}
