import type { JsonObject } from '../../domain/json.ts';
import { promptKinds } from '../../domain/promptFile.ts';
import { schemaOf } from '../schema/fileSchemas.ts';
import { formOf, nodeAt } from '../schema/schemaShape.ts';
import type { Path } from '../yaml/locate.ts';
import { toLines } from './yamlStyle.ts';

/** The text of a new prompt file: keys in their usual order, blocks, texts of several lines after `|`. */
export function createPromptFile(value: JsonObject): string {
  const order = keyOrder(value, []);
  const rank = (key: string): number => (order.includes(key) ? order.indexOf(key) : order.length);
  const sorted = Object.entries(value).toSorted(([a], [b]) => rank(a) - rank(b));
  const lines = toLines(Object.fromEntries(sorted), { lineEnd: '\n', indent: 2, indentsLists: true });
  return `${lines.join('\n')}\n`;
}

/** The usual order of the keys at a path of a file with this value. */
export function keyOrder(value: JsonObject, path: Path): readonly string[] {
  const kind = promptKinds.find((each) => each === value['kind']) ?? 'prompt';
  const node = nodeAt(schemaOf[kind], path, value);
  const form = node === null ? null : formOf(node);
  if (form?.form === 'mapping') return Object.keys(form.keys);
  if (form?.form !== 'either') return [];
  const option = form.options.map(formOf).find((each) => each.form === 'mapping');
  return option === undefined ? [] : Object.keys(option.keys);
}
