import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout this file lies in. */
export const repositoryRoot = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..', '..');

/** Where fetched parts live: `PROMPTLY_TEST_CACHE` (to share them between checkouts), else `.vscode-test/`. */
export function partsFolder(): string {
  const shared = process.env['PROMPTLY_TEST_CACHE'];
  return shared === undefined || shared === ''
    ? path.join(repositoryRoot, '.vscode-test')
    : path.resolve(shared);
}
