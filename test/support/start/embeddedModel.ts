import { existsSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { repositoryRoot } from '../editor/partsFolder.ts';

const modelFolder = path.join(repositoryRoot, 'test', 'support', 'model');

async function ensure(name: 'ensureTestModel' | 'ensureTestRuntime'): Promise<string> {
  const file = path.join(modelFolder, `${name}.ts`);
  if (!existsSync(file)) throw new Error('this version has no embedded model');
  const module = (await import(pathToFileURL(file).href)) as Record<typeof name, () => Promise<string>>;
  return module[name]();
}

/** Fetches the small embedded model and what runs it (once), and returns the settings that name them. */
export async function embeddedModelSettings(): Promise<Readonly<Record<string, string>>> {
  return {
    'promptly.builtin.model': await ensure('ensureTestModel'),
    'promptly.builtin.runtimePath': await ensure('ensureTestRuntime'),
  };
}
