import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { repositoryRoot } from '../support/editor/partsFolder.ts';
import { bundledPackages } from '../support/packaging/bundledPackages.ts';
import { deadLinks } from '../support/packaging/deadLinks.ts';
import { readPackage } from '../support/packaging/readPackage.ts';

/** What may be in the package; anything else was let in by mistake. */
const allowed = [
  /^package(\.nls(\.[\w-]+)?)?\.json$/,
  /^(readme|changelog)\.md$/,
  /^docs\/[\w-]+\.md$/,
  /^docs\/examples\/[\w/-]+\.(md|html|json|jsonl|prompt\.yaml)$/,
  /^docs\/images\/small\/[\w-]+\.webp$/,
  /^LICENSE\.txt$/,
  /^THIRD_PARTY_NOTICES\.txt$/,
  /^dist\/\w+\.js$/,
  /^dist\/webview\/\w+\.(js|css)$/,
  /^schemas\/[\w.-]+\.json$/,
  /^syntaxes\/[\w.-]+\.json$/,
  /^l10n\/[\w.-]+\.json$/,
  /^media\/[\w./-]+\.(svg|png|md)$/,
  /^media\/skill-templates\/\w+\/[\w.-]+\.(prompt\.yaml|md|json|csv|txt|sql|mjs)$/,
];

const content = readPackage();
const files = [...content.keys()];
const textOf = (file: string): string => new TextDecoder().decode(content.get(file));

describe('the files of the package', () => {
  it('are all on the list', () => {
    expect(files.filter((file) => !allowed.some((pattern) => pattern.test(file)))).toEqual([]);
  });

  it('hold the extension and the licences', () => {
    for (const file of [
      'package.json',
      'dist/extension.js',
      'LICENSE.txt',
      'THIRD_PARTY_NOTICES.txt',
      'readme.md',
      'changelog.md',
    ]) {
      expect(files).toContain(file);
    }
  });

  it('hold every file the manifest names', () => {
    const manifest = readFileSync(path.join(repositoryRoot, 'package.json'), 'utf8');
    const named = [...manifest.matchAll(/"\.?\/?((?:dist|schemas|syntaxes|l10n|media)\/[^"*]+\.\w+)"/g)];
    expect(named.length).toBeGreaterThan(3);
    for (const [, file] of named) expect(files).toContain(file);
  });

  it('give the licence of every bundled package', () => {
    const notices = textOf('THIRD_PARTY_NOTICES.txt');
    for (const { name, version, texts } of bundledPackages()) {
      expect(notices).toContain(`${name} ${version} (`);
      for (const text of texts) expect(notices).toContain(text.replaceAll('\r\n', '\n'));
    }
  });
});

describe('the Markdown of the package', () => {
  const texts = new Map(files.map((file) => [file, textOf(file)]));

  it('has no link and no picture that leads nowhere', () => {
    expect(files.filter((file) => file.endsWith('.md')).length).toBeGreaterThan(15);
    expect(deadLinks(texts)).toEqual([]);
  });

  it('is linked as a whole from the page that Promptly: Open Documentation opens', () => {
    const pages = files.filter((file) => /^docs\/[\w-]+\.md$/.test(file) && file !== 'docs/README.md');
    const index = textOf('docs/README.md');
    expect(pages.filter((page) => !index.includes(`(${page.slice('docs/'.length)})`))).toEqual([]);
  });

  it('has a readme without what the page of an extension cannot show', () => {
    const readme = textOf('readme.md');
    expect(readme).not.toMatch(/!\[/);
    expect([...readme.matchAll(/\]\((?!https:)/g)]).toEqual([]);
    expect(readme).not.toMatch(/npm (start|test|run)/);
    expect(readme).toContain('Promptly: Open Documentation');
    expect(readme).toContain('## Two minutes');
    expect(readme).toContain('MIT licence.');
  });

  it('finds the dead links it looks for', () => {
    const pages = new Map([
      ['a/page.md', 'See [one](Two.md), ![p](../p.png), [up](#none), [x](two.md#part-two), `[code](no.md)`'],
      ['a/two.md', '# Part Two\n\n<img src="gone.png">\n\n[ref]: ../missing.md\n'],
    ]);
    expect(deadLinks(pages)).toEqual([
      'a/page.md → Two.md',
      'a/page.md → ../p.png',
      'a/page.md → #none',
      'a/two.md → ../missing.md',
      'a/two.md → gone.png',
    ]);
  });
});
