import { existsSync, realpathSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';

/** The script of an installed promptfoo: on the PATH, or where this repository would find a package. Else null. */
export function findPromptfoo(): string | null {
  for (const folder of (process.env['PATH'] ?? '').split(path.delimiter)) {
    const program = path.join(folder, 'promptfoo');
    if (folder !== '' && existsSync(program)) return realpathSync(program);
  }
  try {
    const require = createRequire(import.meta.url);
    const manifest = require.resolve('promptfoo/package.json');
    const { bin } = require(manifest) as { bin: Record<string, string> };
    return path.join(path.dirname(manifest), bin['promptfoo'] ?? '');
  } catch {
    return null;
  }
}

/** The same two prompts over the same cases, for promptfoo's own provider of OpenAI-compatible servers. */
export async function writePromptfooConfig(
  folder: string,
  serverUrl: string,
  concurrency: number,
): Promise<readonly string[]> {
  const config = {
    prompts: ['a {{text}}', 'b {{text}}'],
    providers: [
      {
        id: 'openai:chat:bench',
        config: { apiBaseUrl: `${serverUrl}/v1`, apiKey: 'bench', max_tokens: 100 },
      },
    ],
    defaultTest: { assert: [{ type: 'contains', value: '7' }] },
    tests: 'file://cases.csv',
  };
  const file = path.join(folder, 'promptfooconfig.json');
  await writeFile(file, JSON.stringify(config));
  const output = path.join(folder, 'promptfoo.json');
  return [
    'eval',
    ...['--config', file, '--output', output, '--max-concurrency', String(concurrency)],
    ...['--no-cache', '--no-progress-bar', '--no-table', '--no-write', '--no-share'],
  ];
}

export const promptfooEnvironment = (folder: string): Readonly<Record<string, string>> => ({
  PROMPTFOO_CONFIG_DIR: path.join(folder, '.promptfoo'),
  PROMPTFOO_DISABLE_TELEMETRY: '1',
  PROMPTFOO_DISABLE_UPDATE: '1',
  PROMPTFOO_DISABLE_REMOTE_GENERATION: '1',
  // It ends with another code than 0 when a case fails, and half of them do.
  PROMPTFOO_FAILED_TEST_EXIT_CODE: '0',
});
