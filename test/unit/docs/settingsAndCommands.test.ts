import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const read = (file: string): string => readFileSync(file, 'utf8');
const manifest = JSON.parse(read('package.json')) as {
  contributes: {
    commands: { title: string }[];
    configuration: { properties: Readonly<Record<string, { default: unknown }>> };
  };
};
const words = JSON.parse(read('package.nls.json')) as Readonly<Record<string, string>>;
const settings = manifest.contributes.configuration.properties;
const pages = [
  'README.md',
  ...['docs', path.join('media', 'walkthrough')].flatMap((folder) =>
    readdirSync(folder)
      .filter((file) => file.endsWith('.md'))
      .map((file) => path.join(folder, file)),
  ),
];

/** The rows of the README's table: a setting's name without `promptly.` → the default as it is written there. */
function settingsTable(): ReadonlyMap<string, string> {
  const rows = read('README.md').matchAll(/^\| (`[^|]*) \|([^|]*)\|[^|]*\|$/gm);
  const inTable = [...rows].flatMap(([, names = '', values = '']): [string, string][] => {
    const defaults = values.split(',').map((value) => value.trim());
    return [...names.matchAll(/`([\w.]+)`/g)].map(([, name = ''], index) => [
      name,
      defaults[index] ?? defaults[0] ?? '',
    ]);
  });
  return new Map(inTable);
}

function written(value: unknown): string {
  if (value === '') return 'empty';
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  return typeof value === 'number'
    ? JSON.stringify(value)
    : `\`${typeof value === 'string' ? value : '{}'}\``;
}

test('the README’s table has every setting, with its default', () => {
  const table = settingsTable();
  const shown = Object.keys(settings).map((id) => [id, table.get(id.slice('promptly.'.length))]);
  const wanted = Object.entries(settings).map(([id, setting]) => [id, written(setting.default)]);
  expect(shown).toEqual(wanted);
});

test.each(pages)('%s names no setting and no command that is not there', (page) => {
  const text = read(page);
  const titles = manifest.contributes.commands.map(({ title }) => words[title.slice(1, -1)] ?? title);
  const named = [...text.matchAll(/promptly\.[a-z]+(?:\.?[A-Za-z]+)*/g)].map(([id]) => id);
  const unknown = named.filter(
    (id) => !Object.hasOwn(settings, id) && !/\.(zip|vsix|yaml|yml)$/.test(id) && !text.includes(`${id}:`),
  );
  expect(unknown).toEqual([]);
  for (const [, command = ''] of text.matchAll(/Promptly: ([A-Z][\w/ ]*…?)/g)) {
    expect(titles.some((title) => command.trim().startsWith(title))).toBe(true);
  }
});
