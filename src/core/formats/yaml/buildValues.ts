import { isAlias, isMap, isNode, isScalar, isSeq } from 'yaml';
import type { Alias, Document, Node, Pair, Scalar, YAMLMap } from 'yaml';
import type { JsonObject, JsonValue } from '../../domain/json.ts';
import type { YamlProblem } from './composeYaml.ts';
import { unquotedVariableAt } from './unquotedVariable.ts';
import type { UnquotedVariable } from './unquotedVariable.ts';

/** More than this many uses of `*anchors` (those inside repeated parts counted each time) are refused. */
const maxAliases = 100;

export interface BuiltValues {
  readonly value: JsonValue;
  /** The same tree with every scalar as its source text; `null` where nothing is written. */
  readonly texts: JsonValue;
  readonly problems: readonly YamlProblem[];
  readonly unquoted: readonly UnquotedVariable[];
  /** What each `*alias` of the document stands for. */
  readonly aliases: ReadonlyMap<Alias, Node>;
}

interface Both {
  readonly value: JsonValue;
  readonly text: JsonValue;
}

const nothing: Both = { value: null, text: null };

/** Nodes → plain values. Aliases are followed within `maxAliases`; keys are text and unique; `<<` merges. */
export function buildValues(document: Document.Parsed, source: string): BuiltValues {
  const builder = new ValueBuilder(source);
  const { value, text } = builder.build(document.contents);
  return {
    value,
    texts: text,
    problems: builder.problems,
    unquoted: builder.unquoted,
    aliases: builder.aliases,
  };
}

class ValueBuilder {
  readonly problems: YamlProblem[] = [];
  readonly unquoted: UnquotedVariable[] = [];
  readonly aliases = new Map<Alias, Node>();
  private readonly anchors = new Map<string, Node>();
  private readonly open = new Set<Node>();
  private aliasesUsed = 0;
  private readonly source: string;

  constructor(source: string) {
    this.source = source;
  }

  build(node: unknown): Both {
    if (!isNode(node)) return nothing;
    if (isAlias(node)) return this.followAlias(node);
    if (node.anchor !== undefined && this.aliasesUsed === 0) this.anchors.set(node.anchor, node);
    else if (node.anchor !== undefined && !this.anchors.has(node.anchor)) this.anchors.set(node.anchor, node);
    if (isScalar(node)) return scalarValue(node);
    this.open.add(node);
    const both = isMap(node) ? this.buildMap(node) : isSeq(node) ? this.buildList(node.items) : nothing;
    this.open.delete(node);
    return both;
  }

  private buildList(items: readonly unknown[]): Both {
    const values: JsonValue[] = [];
    const texts: JsonValue[] = [];
    for (const item of items) {
      const { value, text } = this.build(item);
      values.push(value);
      texts.push(text);
    }
    return { value: values, text: texts };
  }

  private buildMap(node: YAMLMap): Both {
    const start = startOf(node);
    const meant = node.flow === true ? unquotedVariableAt(this.source, start) : null;
    if (meant !== null && isMap(node.items[0]?.key)) {
      this.unquoted.push(meant);
      return { value: meant.text, text: meant.text };
    }
    const value: JsonObject = {};
    const text: JsonObject = {};
    const merged: Both[] = [];
    for (const pair of node.items) {
      const key = this.keyOf(pair);
      if (key === null) continue;
      if (key === '<<' && isScalar(pair.key) && pair.key.type === 'PLAIN') {
        merged.push(this.build(pair.value));
      } else if (Object.hasOwn(value, key)) {
        const message = `\`${key}\` stands here twice: remove one of them.`;
        this.report('duplicate-key', message, pair.key);
      } else {
        const both = this.build(pair.value);
        define(value, key, both.value);
        define(text, key, both.text);
      }
    }
    for (const each of merged) mergeInto(value, text, each);
    return { value, text };
  }

  private keyOf(pair: Pair): string | null {
    let { key } = pair;
    if (isAlias(key)) key = this.anchors.get(key.source) ?? null;
    if (isScalar(key)) return scalarText(key) ?? '';
    this.report('bad-key', 'A key must be text. Put it in quotes.', pair.key);
    return null;
  }

  private followAlias(alias: Alias): Both {
    this.aliasesUsed++;
    if (this.aliasesUsed > maxAliases) {
      if (this.aliasesUsed === maxAliases + 1) {
        const message = `More than ${maxAliases} uses of anchors (\`*${alias.source}\`). Write the values out, or move data to \`testDataFile\`.`;
        this.report('too-many-aliases', message, alias);
      }
      return nothing;
    }
    const target = this.aliases.get(alias) ?? this.anchors.get(alias.source);
    if (target === undefined) {
      this.report('unknown-anchor', `Nothing above is marked \`&${alias.source}\`.`, alias);
      return nothing;
    }
    if (this.open.has(target)) {
      this.report('recursive-alias', `\`*${alias.source}\` stands inside what it refers to.`, alias);
      return nothing;
    }
    this.aliases.set(alias, target);
    return this.build(target);
  }

  private report(code: string, message: string, node: unknown): void {
    const range = isNode(node) ? node.range : undefined;
    const start = range?.[0] ?? 0;
    this.problems.push({ code, message, start, end: range?.[1] ?? start });
  }
}

const startOf = (node: Node): number => node.range?.[0] ?? 0;

/** As an own property, whatever the key is called. */
function define(target: JsonObject, key: string, value: JsonValue): void {
  Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
}

function mergeInto(value: JsonObject, text: JsonObject, from: Both): void {
  const values = Array.isArray(from.value) ? from.value : [from.value];
  const texts = Array.isArray(from.text) ? from.text : [from.text];
  values.forEach((each, index) => {
    const eachText = texts[index];
    if (!isObject(each) || !isObject(eachText)) return;
    for (const key of Object.keys(each)) {
      if (Object.hasOwn(value, key)) continue;
      define(value, key, each[key] ?? null);
      define(text, key, eachText[key] ?? null);
    }
  });
}

const isObject = (value: JsonValue | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function scalarText(node: Scalar): string | null {
  const source = node.source ?? (typeof node.value === 'string' ? node.value : '');
  return node.value === null && source === '' ? null : source;
}

/** Numbers that JSON cannot carry exactly (`.inf`, 20 digits) stay the text they were written as. */
function scalarValue(node: Scalar): Both {
  const text = scalarText(node);
  const { value } = node;
  if (typeof value === 'number') {
    const exact = Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value));
    return { value: exact ? value : text, text };
  }
  if (typeof value === 'string' || typeof value === 'boolean' || value === null) return { value, text };
  return { value: text, text };
}
