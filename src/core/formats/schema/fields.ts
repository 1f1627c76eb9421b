import * as z from 'zod/mini';
import type { JsonObject } from '../../domain/json.ts';

/** One node of the schema, of any kind. */
export type SchemaNode = z.core.$ZodType;

/** What a key means, in words for people: hover, completion and the JSON Schema show it. */
export const meanings = new WeakMap<SchemaNode, string>();

/** Schemas whose value is the scalar's source text, so that `contains: 5` and `choice: no` are what they look like. */
export const textNodes = new WeakSet<SchemaNode>();
/** Of those, the ones for which `null` written out is text too. */
export const verbatimNodes = new WeakSet<SchemaNode>();

/** Known values of a text that other values may replace too. */
export const suggestions = new WeakMap<SchemaNode, readonly string[]>();

/** The type of a value as a message names it. */
export const expectations = new WeakMap<SchemaNode, string>();

/** What checks after the schema ask of a value, in the words of JSON Schema; their messages say it better than zod would. */
export const laterRules = new WeakMap<SchemaNode, JsonObject>();

/** `rules` replace what the node's own form says under the same keyword. */
export function checkedLater<S extends SchemaNode>(rules: JsonObject, node: S): S {
  laterRules.set(node, rules);
  return node;
}

export function meaning<S extends SchemaNode>(description: string, node: S): S {
  meanings.set(node, description);
  return node;
}

/** Any scalar, read as its source text. */
export function text(): z.ZodMiniType<string, string> {
  const node = z.custom<string>((value) => ['string', 'number', 'boolean'].includes(typeof value), 'text');
  textNodes.add(node);
  return node;
}

/** As `text`, and `null` or `~` written out is that text. */
export function verbatim(): z.ZodMiniType<string, string> {
  const node = text();
  verbatimNodes.add(node);
  return node;
}

/** Text with values worth offering. */
export function textOf(values: readonly string[]): z.ZodMiniType<string, string> {
  const node = text();
  suggestions.set(node, values);
  return node;
}

/** May be left out; a key with nothing after it counts as left out. */
export function optional<S extends SchemaNode>(description: string, node: S): z.ZodMiniOptional<S> {
  return meaning(description, z.optional(z.nullable(node))) as unknown as z.ZodMiniOptional<S>;
}

export const list = <S extends SchemaNode>(item: S): z.ZodMiniArray<S> => z.array(item);

/** A mapping with these keys; others are warned about. */
export const mapping = <S extends Readonly<Record<string, SchemaNode>>>(shape: S) => z.strictObject(shape);

/** A mapping with keys of the user's own. */
export const mapOf = <S extends SchemaNode>(value: S) => z.record(z.string(), value);

/** Any value. */
export const anything = () => z.unknown();

/** A mapping of anything. */
export const anyMapping = () => z.record(z.string(), z.unknown());

export function between(low: number, high: number): z.ZodMiniNumber {
  const node = z.number().check(z.gte(low), z.lte(high));
  expectations.set(node, `a number from ${low} to ${high}`);
  return node;
}

export function atLeast(low: number): z.ZodMiniNumber {
  const node = z.number().check(z.gte(low));
  expectations.set(node, `a number of ${low} or more`);
  return node;
}

export function above(low: number): z.ZodMiniNumber {
  const node = z.number().check(z.gt(low));
  expectations.set(node, `a number above ${low}`);
  return node;
}

export function whole(low: number): z.ZodMiniNumber {
  const node = z.number().check(z.int(), z.gte(low));
  expectations.set(node, `a whole number of ${low} or more`);
  return node;
}

export const integer = (): z.ZodMiniNumber => {
  const node = z.number().check(z.int());
  expectations.set(node, 'a whole number');
  return node;
};
