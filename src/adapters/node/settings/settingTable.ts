import type { Settings } from '../../../core/ports/settings.ts';

/** How a value from text or JSON becomes a setting's value; undefined: it is not one. */
export type ReadValue = (value: unknown) => unknown;

export interface SettingRow {
  /** Without the `promptly.` prefix, as in the editor's settings. */
  readonly key: string;
  readonly expects: string;
  readonly read: ReadValue;
  /** Sends data elsewhere: a cloned repository must not set it. */
  readonly machineScoped?: boolean;
  /** Starts programs: taken from a workspace only after consent. */
  readonly startsPrograms?: boolean;
}

const text: ReadValue = (value) => (typeof value === 'string' ? value : undefined);
const flag: ReadValue = (value) => {
  if (typeof value === 'boolean') return value;
  return value === 'true' || value === '1' ? true : value === 'false' || value === '0' ? false : undefined;
};
const atLeast =
  (minimum: number, maximum = Number.POSITIVE_INFINITY): ReadValue =>
  (value) => {
    const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
    return typeof number === 'number' && number >= minimum && number <= maximum ? number : undefined;
  };

/** Users say KiB, the port says bytes. */
const kibibytes: ReadValue = (value) => {
  const count = atLeast(1)(value);
  return typeof count === 'number' ? count * 1024 : undefined;
};

const fromJson = (value: unknown): unknown => {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return undefined;
  }
};

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const recordOf =
  (readEntry: ReadValue): ReadValue =>
  (value) => {
    const record = fromJson(value);
    if (!isRecord(record)) return undefined;
    const entries = Object.entries(record).map(([name, entry]) => [name, readEntry(entry)] as const);
    return entries.every(([, entry]) => entry !== undefined) ? Object.fromEntries(entries) : undefined;
  };

const executor: ReadValue = (value) => {
  if (!isRecord(value) || typeof value['command'] !== 'string' || value['command'] === '') return undefined;
  const args = value['args'] ?? [];
  const timeoutSeconds = atLeast(0.001)(value['timeoutSeconds'] ?? 60);
  if (!Array.isArray(args) || !args.every((arg) => typeof arg === 'string') || timeoutSeconds === undefined)
    return undefined;
  return { command: value['command'], args, timeoutSeconds };
};

const price: ReadValue = (value) =>
  isRecord(value) &&
  ['input', 'output'].every((name) => atLeast(0)(value[name]) !== undefined) &&
  Object.values(value).every((amount) => atLeast(0)(amount) !== undefined)
    ? value
    : undefined;

const aNumber = (minimum: number): string => `a number of at least ${minimum}`;

/** Every setting the command line reads. The same keys as `contributes.configuration` in package.json; a test compares them. */
export const settingTable: readonly SettingRow[] = [
  { key: 'defaultBackend', expects: 'a backend or auto', read: text },
  { key: 'ollama.url', expects: 'a URL', read: text, machineScoped: true },
  { key: 'ollama.model', expects: 'a text', read: text },
  { key: 'ollama.keepAlive', expects: 'a text', read: text },
  { key: 'claude.model', expects: 'a text', read: text },
  { key: 'claude.baseUrl', expects: 'a URL', read: text, machineScoped: true },
  { key: 'openai.baseUrl', expects: 'a URL', read: text, machineScoped: true },
  { key: 'openai.model', expects: 'a text', read: text },
  { key: 'builtin.model', expects: 'a path or URI', read: text },
  { key: 'builtin.runtimePath', expects: 'a path', read: text, machineScoped: true },
  { key: 'maxTokens', expects: aNumber(1), read: atLeast(1) },
  { key: 'temperature', expects: 'a number from 0 to 2', read: atLeast(0, 2) },
  { key: 'timeoutSeconds', expects: aNumber(0.001), read: atLeast(0.001) },
  { key: 'retries', expects: aNumber(0), read: atLeast(0) },
  { key: 'retryDelaySeconds', expects: aNumber(0), read: atLeast(0) },
  { key: 'concurrency', expects: aNumber(0), read: atLeast(0) },
  { key: 'modelAliases', expects: 'a map of model to <backend>/<id>', read: recordOf(text) },
  {
    key: 'executors',
    expects: 'a map of name to {command, args, timeoutSeconds}',
    read: recordOf(executor),
    startsPrograms: true,
  },
  { key: 'cache.enabled', expects: 'true or false', read: flag },
  { key: 'judge.model', expects: 'a text', read: text },
  {
    key: 'pricing',
    expects: 'a map of model to {input, output, cacheRead?, cacheWrite?} in US dollars for a million tokens',
    read: recordOf(price),
  },
  { key: 'mcp.maxCostUsd', expects: aNumber(0), read: atLeast(0) },
  { key: 'commitRecordings', expects: 'true or false', read: flag },
  { key: 'skillFileLimit', expects: `${aNumber(1)} (KiB)`, read: kibibytes },
];

/** A copy of `settings` with one value replaced. */
export function withSetting(settings: Settings, key: string, value: unknown): Settings {
  const [head = '', tail] = keyInPort(key).split('.');
  const group: unknown = settings[head as keyof Settings];
  return { ...settings, [head]: tail === undefined ? value : { ...(group as object), [tail]: value } };
}

/** The editor's name says what users set, the port's name says the unit. */
const keyInPort = (key: string): string => (key === 'skillFileLimit' ? 'skillFileLimitBytes' : key);
