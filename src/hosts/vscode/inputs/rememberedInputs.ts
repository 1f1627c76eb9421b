import type { JsonValue } from '../../../core/domain/json.ts';
import { renderValue } from '../../../core/domain/template.ts';

/** The part of the editor's memento that is needed. */
export interface Memory {
  get(key: string): unknown;
  update(key: string, value: unknown): PromiseLike<void>;
}

/** Long texts come from files and selections: offering them again would only fill the store. */
const longestKept = 4_000;

/** The last values of each prompt, kept with the workspace. */
export class RememberedInputs {
  private readonly memory: Memory;

  constructor(memory: Memory) {
    this.memory = memory;
  }

  of(file: string): Readonly<Record<string, string>> {
    const stored = this.memory.get(keyOf(file));
    if (typeof stored !== 'object' || stored === null) return {};
    return Object.fromEntries(
      Object.entries(stored).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
    );
  }

  async keep(file: string, inputs: Readonly<Record<string, JsonValue>>): Promise<void> {
    // As text: of a list of choices, one that is a number is found again by how it is written.
    const texts = Object.entries(inputs)
      .map(([name, value]): [string, string] => [name, renderValue(value)])
      .filter(([, text]) => text.length <= longestKept);
    await this.memory.update(keyOf(file), { ...this.of(file), ...Object.fromEntries(texts) });
  }
}

const keyOf = (file: string): string => `promptly.inputs:${file}`;
