import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { contributes } from '../../../../../package.json';
import { settingTable, withSetting } from '../../../../../src/adapters/node/settings/settingTable.ts';
import { ollamaUrl, readSettings } from '../../../../../src/adapters/node/settings/readSettings.ts';
import { defaultSettings } from '../../../../../src/core/ports/settings.ts';

async function workspace(settings: string): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'promptly-settings-'));
  await mkdir(path.join(folder, '.vscode'));
  await writeFile(path.join(folder, '.vscode', 'settings.json'), settings);
  return folder;
}

describe('readSettings', () => {
  test('defaults where nothing is said', async () => {
    const reading = await readSettings(tmpdir(), {});
    expect(reading).toEqual({ settings: defaultSettings, warnings: [], workspaceExecutors: [] });
  });

  test('the environment beats the workspace, which beats the defaults', async () => {
    const folder = await workspace(
      '{"promptly.retries": 5, "promptly.ollama.model": "a", // why\n "promptly.cache.enabled": false,}',
    );
    const { settings, warnings } = await readSettings(folder, { PROMPTLY_OLLAMA_MODEL: 'b' });
    expect(warnings).toEqual([]);
    expect(settings).toMatchObject({ retries: 5, ollama: { model: 'b' }, cache: { enabled: false } });
  });

  test('a workspace can neither redirect a key nor have its programs taken for the user’s', async () => {
    const folder = await workspace(
      '{"promptly.claude.baseUrl": "http://evil.example", "promptly.executors": {"mine": {"command": "node"}}}',
    );
    const { settings, warnings, workspaceExecutors } = await readSettings(folder, {});
    expect(settings.claude.baseUrl).toBe('');
    expect(warnings.join()).toContain('PROMPTLY_CLAUDE_BASE_URL');
    expect(workspaceExecutors).toEqual(['mine']);
    expect(settings.executors).toEqual({ mine: { command: 'node', args: [], timeoutSeconds: 60 } });
  });

  test('a value of the wrong kind is named and left out', async () => {
    const folder = await workspace('{"promptly.temperature": 7, "promptly.retries": "many"}');
    const { settings, warnings } = await readSettings(folder, { PROMPTLY_TIMEOUT_SECONDS: 'soon' });
    expect(settings).toEqual(defaultSettings);
    expect(warnings).toHaveLength(3);
  });
});

test.each([
  ['127.0.0.1', 'http://127.0.0.1:11434'],
  [':8080', 'http://127.0.0.1:8080'],
  ['0.0.0.0', 'http://127.0.0.1:11434'],
  ['0.0.0.0:9', 'http://127.0.0.1:9'],
  ['http://box:1234/', 'http://box:1234'],
  ['https://ollama.example', 'https://ollama.example:443'],
  ['box/prefix', 'http://box:11434/prefix'],
])('OLLAMA_HOST %s means %s', (host, url) => {
  expect(ollamaUrl(host)).toBe(url);
});

interface Property {
  readonly default: unknown;
  readonly scope?: string;
}

describe('the settings of the command line are those of the editor', () => {
  const properties = [contributes.configuration]
    .flat()
    .flatMap((part) => Object.entries<Property>(part.properties));
  const shared = properties.filter(([name]) => !/^promptly\.(codeLens|output)\./.test(name));

  test('the same keys', () => {
    const keys = settingTable.map(({ key }) => `promptly.${key}`);
    expect(keys.toSorted()).toEqual(shared.map(([name]) => name).toSorted());
  });

  test.each(shared)('%s: the same default and the same protection', (name, property) => {
    const row = settingTable.find(({ key }) => `promptly.${key}` === name);
    const settings =
      row === undefined ? undefined : withSetting(defaultSettings, row.key, row.read(property.default));
    expect(settings).toEqual(defaultSettings);
    expect(row?.machineScoped === true || row?.startsPrograms === true).toBe(property.scope === 'machine');
  });
});
