import type { JsonObject } from '../../../core/domain/json.ts';
import { ToolProblem } from '../../../core/pipeline/toolCalls/toolProblem.ts';

/** A tool's input as a model wrote it: the editor checks it against the schema only for some callers. */
export class ToolInput {
  private readonly values: Readonly<Record<string, unknown>>;

  constructor(input: unknown) {
    if (typeof input !== 'object' || input === null || Array.isArray(input)) {
      throw new ToolProblem('The input must be an object.');
    }
    this.values = input as Record<string, unknown>;
  }

  text(name: string): string {
    const value = this.optionalText(name);
    if (value === undefined) throw new ToolProblem(`\`${name}\` is missing: give a text.`);
    return value;
  }

  optionalText(name: string): string | undefined {
    const value = this.values[name];
    if (value === undefined || value === null) return undefined;
    if (typeof value === 'string' && value.trim() !== '') return value;
    throw new ToolProblem(`\`${name}\` must be a text that is not empty.`);
  }

  /** For a sentence; the tool itself says what is wrong with it. */
  shown(name: string): string {
    const value = this.values[name];
    return typeof value === 'string' ? value : '?';
  }

  optionalTextOrTexts(name: string): string | string[] | undefined {
    const value = this.values[name];
    if (value === undefined || value === null || typeof value === 'string') return value ?? undefined;
    if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value;
    throw new ToolProblem(`\`${name}\` must be a text, or a list of texts.`);
  }

  optionalNumber(name: string, from: number, to: number): number | undefined {
    const value = this.values[name];
    if (value === undefined || value === null) return undefined;
    if (typeof value === 'number' && value >= from && value <= to) return value;
    throw new ToolProblem(`\`${name}\` must be a number from ${from} to ${to}.`);
  }

  /** Values by variable; a text is the variable `input`. */
  inputs(name: string): JsonObject {
    const value = this.values[name];
    if (value === undefined || value === null) return {};
    if (typeof value === 'string') return { input: value };
    if (typeof value === 'object' && !Array.isArray(value)) return value as JsonObject;
    throw new ToolProblem(`\`${name}\` must be a text, or a map of variable to value.`);
  }

  optionalList(name: string): (string | Record<string, unknown>)[] | undefined {
    const value = this.values[name];
    if (value === undefined || value === null) return undefined;
    if (Array.isArray(value) && value.every(isTextOrMap)) return value;
    throw new ToolProblem(`\`${name}\` must be a list of texts or maps.`);
  }

  list(name: string, atLeast: number): (string | Record<string, unknown>)[] {
    const value = this.optionalList(name) ?? [];
    if (value.length >= atLeast) return value;
    throw new ToolProblem(`\`${name}\` must be a list of at least ${atLeast}.`);
  }
}

const isTextOrMap = (item: unknown): item is string | Record<string, unknown> =>
  typeof item === 'string' || (typeof item === 'object' && item !== null && !Array.isArray(item));
