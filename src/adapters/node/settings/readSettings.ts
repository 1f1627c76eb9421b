import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parse, printParseErrorCode, type ParseError } from 'jsonc-parser';
import { environmentName } from '../../../core/domain/environmentName.ts';
import { defaultSettings, type Settings } from '../../../core/ports/settings.ts';
import { settingTable, withSetting, type SettingRow } from './settingTable.ts';

export interface SettingsReading {
  readonly settings: Settings;
  /** What was wrong or left out, one sentence each. */
  readonly warnings: readonly string[];
  /** Programs named by the workspace itself: they may run only after consent. */
  readonly workspaceExecutors: readonly string[];
}

/**
 * Settings outside the editor: the environment, then `promptly.*` of the workspace's `.vscode/settings.json` without
 * those that send data elsewhere, then the defaults.
 */
export async function readSettings(
  workspaceFolder: string,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<SettingsReading> {
  const warnings: string[] = [];
  const workspace = await readWorkspaceSettings(
    path.join(workspaceFolder, '.vscode', 'settings.json'),
    warnings,
  );
  let settings = defaultSettings;
  let workspaceExecutors: string[] = [];
  for (const row of settingTable) {
    const fromWorkspace = workspaceValue(row, workspace, warnings);
    const fromEnvironment = environmentValue(row, environment, warnings);
    if (row.startsPrograms && fromEnvironment === undefined && fromWorkspace !== undefined) {
      workspaceExecutors = Object.keys(fromWorkspace);
    }
    const value = fromEnvironment ?? fromWorkspace;
    if (value !== undefined) settings = withSetting(settings, row.key, value);
  }
  return { settings, warnings, workspaceExecutors };
}

async function readWorkspaceSettings(file: string, warnings: string[]): Promise<Record<string, unknown>> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch {
    return {}; // Most workspaces have none.
  }
  const errors: ParseError[] = [];
  const value: unknown = parse(text.replace(/^\uFEFF/, ''), errors, { allowTrailingComma: true });
  const first = errors[0];
  if (first !== undefined) {
    const line = text.slice(0, first.offset).split('\n').length;
    warnings.push(`${file}:${line}: ${printParseErrorCode(first.error)}; what could be read of it is used.`);
  }
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function workspaceValue(
  row: SettingRow,
  workspace: Record<string, unknown>,
  warnings: string[],
): object | undefined {
  const name = `promptly.${row.key}`;
  if (!(name in workspace)) return undefined;
  if (row.machineScoped) {
    warnings.push(`${name} in the workspace's settings is ignored: set ${environmentName(row.key)} instead.`);
    return undefined;
  }
  const value = row.read(workspace[name]);
  if (value === undefined)
    warnings.push(`${name} in the workspace's settings must be ${row.expects}; it is ignored.`);
  return value as object | undefined;
}

function environmentValue(
  row: SettingRow,
  environment: Readonly<Record<string, string | undefined>>,
  warnings: string[],
): unknown {
  const [name, text] = environmentEntry(row.key, environment);
  if (text === undefined || text === '') return undefined;
  const value = row.read(row.key === 'ollama.url' ? ollamaUrl(text) : text);
  if (value === undefined) warnings.push(`${name} must be ${row.expects}; it is ignored.`);
  return value;
}

/** Names other tools use already come second to our own. */
const sharedNames: Readonly<Record<string, string>> = {
  'ollama.url': 'OLLAMA_HOST',
  'claude.baseUrl': 'ANTHROPIC_BASE_URL',
  'openai.baseUrl': 'OPENAI_BASE_URL',
};

function environmentEntry(
  key: string,
  environment: Readonly<Record<string, string | undefined>>,
): readonly [string, string | undefined] {
  const own = environmentName(key);
  const shared = sharedNames[key];
  if (environment[own] !== undefined || shared === undefined) return [own, environment[own]];
  return [shared, environment[shared]];
}

/**
 * `OLLAMA_HOST` as Ollama itself reads it: scheme and port may be missing, and a server's listening address
 * (0.0.0.0, or only `:port`) means this machine.
 */
export function ollamaUrl(host: string): string {
  const trimmed = host.trim().replace(/\/+$/, '');
  const scheme = /^(https?):\/\//.exec(trimmed)?.[1];
  const rest = trimmed.replace(/^https?:\/\//, '');
  const [authority = '', ...pathParts] = rest.split('/');
  const match = /^(\[[^\]]*\]|[^:]*)(?::(\d+))?$/.exec(authority);
  const name =
    match?.[1] === '' || match?.[1] === '0.0.0.0' || match?.[1] === '[::]'
      ? '127.0.0.1'
      : (match?.[1] ?? authority);
  const port = match?.[2] ?? (scheme === 'https' ? '443' : scheme === 'http' ? '80' : '11434');
  return [`${scheme ?? 'http'}://${name}:${port}`, ...pathParts].join('/');
}
