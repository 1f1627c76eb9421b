import type { ModelParameters } from '../../domain/chat.ts';
import type { JsonObject, JsonValue } from '../../domain/json.ts';
import type { Path } from '../yaml/locate.ts';

/** One wish for a prompt file's content, as the file writes it (not as the domain reads it). */
export type PromptEdit =
  /** Puts a value at a path; what is missing on the way is made. */
  | { readonly type: 'set'; readonly path: Path; readonly value: JsonValue }
  /** Adds items to the end of a list, which is made when it is missing. */
  | { readonly type: 'append'; readonly path: Path; readonly values: readonly JsonValue[] }
  /** Takes a key or an item out; nothing happens when it is not there. */
  | { readonly type: 'remove'; readonly path: Path };

/** Attaches a file to a skill; `file` is relative to the prompt file. */
export const addSkillFile = (file: string): PromptEdit => ({
  type: 'append',
  path: ['files'],
  values: [file],
});

export const addTestCases = (cases: readonly JsonObject[]): PromptEdit => ({
  type: 'append',
  path: ['testData'],
  values: cases,
});

export const setMessageContent = (index: number, content: string): PromptEdit => ({
  type: 'set',
  path: ['messages', index, 'content'],
  value: content,
});

/** The variants of an A/B test, as the file writes them; those that stay as they are keep their comments. */
export const setVariants = (variants: readonly JsonValue[]): PromptEdit => ({
  type: 'set',
  path: ['variants'],
  value: [...variants],
});

/**
 * Sets the parameters given and takes out those given as null; others stay. `path` leads to what has them: nothing for
 * the file itself, `['variants', 1]` or `['steps', 0]` else.
 */
export function setModelParameters(
  parameters: { readonly [K in keyof ModelParameters]?: ModelParameters[K] | null },
  path: Path = [],
): PromptEdit[] {
  return Object.entries(parameters).map(([name, value]): PromptEdit => {
    const at = [...path, 'modelParameters', name];
    return value === null
      ? { type: 'remove', path: at }
      : { type: 'set', path: at, value: value as JsonValue };
  });
}
