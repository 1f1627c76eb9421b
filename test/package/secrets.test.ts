import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { repositoryRoot } from '../support/editor/partsFolder.ts';

const notOurs = new Set(['node_modules', '.git', '.vscode-test', 'artifacts', 'coverage', '.promptly']);
const binary = /\.(png|gguf|vsix|ttf|ico|wasm)$/;

/** What must be in no file. The patterns are written so that they do not match themselves. */
const forbidden: Readonly<Record<string, RegExp>> = {
  'a key of Anthropic': /sk-ant-api\d\d-[\w-]{20,}/,
  'a key of OpenAI': /\bsk-(?:proj-)?[A-Za-z0-9]{32,}/,
  'a token of GitHub': /\bgh[pousr]_[A-Za-z0-9]{36}/,
  'a key of AWS': /\bAKIA[0-9A-Z]{16}\b/,
  'a private key': /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
  'the address of a package registry': /"resolved": *"https?:/,
};

function textFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) return notOurs.has(entry.name) ? [] : textFiles(file);
    return entry.isFile() && !binary.test(entry.name) ? [file] : [];
  });
}

const files = textFiles(repositoryRoot);

describe('no file of the repository or of its bundles', () => {
  it('is missed by the search', () => {
    expect(files.length).toBeGreaterThan(30);
  });

  it.each(Object.entries(forbidden))('holds %s', (_, pattern) => {
    const hits = files.filter((file) => pattern.test(readFileSync(file, 'utf8')));
    expect(hits.map((file) => path.relative(repositoryRoot, file))).toEqual([]);
  });

  it('holds the folder it was built in', () => {
    const hits = files.filter((file) => readFileSync(file, 'utf8').includes(repositoryRoot + path.sep));
    expect(hits.map((file) => path.relative(repositoryRoot, file))).toEqual([]);
  });
});
