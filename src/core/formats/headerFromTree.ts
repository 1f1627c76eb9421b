import type { JsonValue } from '../domain/json.ts';
import type { FileHeader } from '../domain/parsedFile.ts';
import { promptKinds } from '../domain/promptFile.ts';
import { baseNameOf } from './baseNameOf.ts';
import type { YamlTree } from './yaml/readYaml.ts';

/** What the index keeps of a file, from its YAML; null when that is no mapping. */
export function headerFromTree(tree: Pick<YamlTree, 'value' | 'texts'>, path: string): FileHeader | null {
  const { value, texts } = tree;
  if (!isObject(value) || !isObject(texts)) return null;
  const textOf = (key: string): string | undefined => {
    const text = Object.hasOwn(texts, key) && value[key] !== null ? texts[key] : undefined;
    return typeof text === 'string' ? text : undefined;
  };
  const kind = promptKinds.find((each) => each === textOf('kind')) ?? 'prompt';
  const name = textOf('name')?.trim() ?? '';
  const description = textOf('description');
  const tags = Object.hasOwn(texts, 'tags') ? texts['tags'] : undefined;
  return {
    kind,
    name: name === '' ? baseNameOf(path) : name,
    ...(description !== undefined && { description }),
    tags: Array.isArray(tags) ? tags.filter((tag) => typeof tag === 'string') : [],
  };
}

const isObject = (value: JsonValue): value is Record<string, JsonValue> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
