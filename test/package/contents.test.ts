import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { repositoryRoot } from '../support/editor/partsFolder.ts';
import { bundledPackages } from '../support/packaging/bundledPackages.ts';
import { vsceProgram } from '../support/packaging/vsixFile.ts';
import { runCommandOrThrow } from '../support/process/runCommand.ts';

/** What may be in the package; anything else was let in by mistake. */
const allowed = [
  /^package(\.nls(\.[\w-]+)?)?\.json$/,
  /^(README|CHANGELOG)\.md$/,
  /^docs\/[\w-]+\.md$/,
  /^LICENSE$/,
  /^THIRD_PARTY_NOTICES\.txt$/,
  /^dist\/\w+\.js$/,
  /^dist\/webview\/\w+\.(js|css)$/,
  /^schemas\/[\w.-]+\.json$/,
  /^syntaxes\/[\w.-]+\.json$/,
  /^l10n\/[\w.-]+\.json$/,
  /^media\/[\w./-]+\.(svg|png|md)$/,
  /^media\/skill-templates\/\w+\/[\w.-]+\.(prompt\.yaml|md|json|csv|txt|sql|mjs)$/,
];

let files: readonly string[] = [];

beforeAll(async () => {
  const text = await runCommandOrThrow(process.execPath, [vsceProgram, 'ls', '--no-dependencies'], {
    cwd: repositoryRoot,
  });
  files = text.split(/\r?\n/).filter((line) => line !== '');
});

describe('the files of the package', () => {
  it('are all on the list', () => {
    expect(files.filter((file) => !allowed.some((pattern) => pattern.test(file)))).toEqual([]);
  });

  it('hold the extension and the licences', () => {
    for (const file of [
      'package.json',
      'dist/extension.js',
      'LICENSE',
      'THIRD_PARTY_NOTICES.txt',
      'README.md',
    ]) {
      expect(files).toContain(file);
    }
  });

  it('hold every file the manifest names', () => {
    const manifest = readFileSync(path.join(repositoryRoot, 'package.json'), 'utf8');
    const named = [...manifest.matchAll(/"\.?\/?((?:dist|schemas|syntaxes|l10n|media)\/[^"*]+\.\w+)"/g)];
    for (const [, file] of named) {
      if (file !== 'dist/cli.js' || existsSync(path.join(repositoryRoot, 'dist', 'cli.js')))
        expect(files).toContain(file);
    }
  });

  it('give the licence of every bundled package', () => {
    const notices = readFileSync(path.join(repositoryRoot, 'THIRD_PARTY_NOTICES.txt'), 'utf8');
    for (const { name, version, texts } of bundledPackages()) {
      expect(notices).toContain(`${name} ${version} (`);
      for (const text of texts) expect(notices).toContain(text.replaceAll('\r\n', '\n'));
    }
  });
});
