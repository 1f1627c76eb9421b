import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const folder = path.join('src', 'hosts', 'vscode');

/** The first argument of every `t('…')`. */
function textsOf(source: string): readonly string[] {
  return [...source.matchAll(/\bt\(\s*'((?:[^'\\]|\\.)*)'/g)].map(([, text = '']) =>
    text.replaceAll("\\'", "'"),
  );
}

test('l10n/bundle.l10n.json holds exactly the texts of the sources, so that a translator sees them all', () => {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.ts'),
  );
  const texts = new Set(files.flatMap((file) => textsOf(readFileSync(path.join(folder, file), 'utf8'))));
  const bundle = JSON.parse(readFileSync('l10n/bundle.l10n.json', 'utf8')) as Record<string, string>;
  expect(texts.size).toBeGreaterThan(50);
  expect(Object.keys(bundle).sort()).toEqual([...texts].sort());
  for (const [key, text] of Object.entries(bundle)) expect(text).toBe(key);
});
