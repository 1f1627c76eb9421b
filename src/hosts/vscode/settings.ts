import { isBackendId } from '../../core/domain/backendId.ts';
import type { Price, PriceOverrides } from '../../core/domain/price.ts';
import type { CustomExecutor, Settings } from '../../core/ports/settings.ts';
import { defaultSettings } from '../../core/ports/settings.ts';
import { ollamaUrl } from './ollamaUrl.ts';

export interface SettingSource {
  /** The effective value of `promptly.<name>`. */
  read(name: string): unknown;
  /** Set by somebody, not the default. */
  isSet(name: string): boolean;
}

/** The editor's settings as the engine reads them. What has the wrong type counts as not set. */
export function toSettings(
  source: SettingSource,
  environment: Readonly<Record<string, string | undefined>>,
): Settings {
  const text = (name: string, fallback: string): string => {
    const value = source.read(name);
    return typeof value === 'string' ? value.trim() : fallback;
  };
  const number = (name: string, fallback: number, least: number): number => {
    const value = source.read(name);
    return typeof value === 'number' && value >= least ? value : fallback;
  };
  const flag = (name: string, fallback: boolean): boolean => {
    const value = source.read(name);
    return typeof value === 'boolean' ? value : fallback;
  };
  const address = (name: string, variable: string): string =>
    source.isSet(name) ? text(name, '') : (environment[variable]?.trim() ?? '');
  const d = defaultSettings;
  const host = source.isSet('ollama.url') ? '' : (environment['OLLAMA_HOST']?.trim() ?? '');
  const backend = text('defaultBackend', d.defaultBackend);
  return {
    defaultBackend: isBackendId(backend) ? backend : 'auto',
    ollama: {
      url: host === '' ? text('ollama.url', d.ollama.url) || d.ollama.url : ollamaUrl(host),
      model: text('ollama.model', d.ollama.model) || d.ollama.model,
      keepAlive: text('ollama.keepAlive', d.ollama.keepAlive),
    },
    claude: {
      baseUrl: address('claude.baseUrl', 'ANTHROPIC_BASE_URL'),
      model: text('claude.model', d.claude.model) || d.claude.model,
    },
    openai: { baseUrl: address('openai.baseUrl', 'OPENAI_BASE_URL'), model: text('openai.model', '') },
    builtin: { model: text('builtin.model', ''), runtimePath: text('builtin.runtimePath', '') },
    maxTokens: number('maxTokens', d.maxTokens, 1),
    temperature: number('temperature', d.temperature, 0),
    timeoutSeconds: number('timeoutSeconds', d.timeoutSeconds, 0.001),
    retries: number('retries', d.retries, 0),
    retryDelaySeconds: number('retryDelaySeconds', d.retryDelaySeconds, 0),
    concurrency: number('concurrency', d.concurrency, 0),
    modelAliases: textsOf(source.read('modelAliases')),
    executors: executorsOf(source.read('executors')),
    cache: { enabled: flag('cache.enabled', d.cache.enabled) },
    judge: { model: text('judge.model', '') },
    pricing: pricesOf(source.read('pricing')),
    mcp: { maxCostUsd: number('mcp.maxCostUsd', d.mcp.maxCostUsd, 0) },
    commitRecordings: flag('commitRecordings', d.commitRecordings),
    skillFileLimitBytes: number('skillFileLimit', d.skillFileLimitBytes / 1024, 1) * 1024,
  };
}

function entriesOf(value: unknown): readonly [string, unknown][] {
  return typeof value === 'object' && value !== null ? Object.entries(value) : [];
}

function textsOf(value: unknown): Readonly<Record<string, string>> {
  return Object.fromEntries(
    entriesOf(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

function executorsOf(value: unknown): Readonly<Record<string, CustomExecutor>> {
  return Object.fromEntries(
    entriesOf(value).flatMap(([name, item]) => {
      const { command, args, timeoutSeconds } = Object.fromEntries(entriesOf(item));
      if (typeof command !== 'string' || command === '') return [];
      return [
        [
          name,
          {
            command,
            args: Array.isArray(args) ? args.map(String) : [],
            timeoutSeconds: typeof timeoutSeconds === 'number' && timeoutSeconds > 0 ? timeoutSeconds : 120,
          },
        ],
      ];
    }),
  );
}

function pricesOf(value: unknown): PriceOverrides {
  return Object.fromEntries(
    entriesOf(value).flatMap(([name, item]): [string, Price][] => {
      const { input, output, cacheRead, cacheWrite } = Object.fromEntries(entriesOf(item));
      if (typeof input !== 'number' || typeof output !== 'number') return [];
      const rest = {
        ...(typeof cacheRead === 'number' ? { cacheRead } : {}),
        ...(typeof cacheWrite === 'number' ? { cacheWrite } : {}),
      };
      return [[name, { input, output, ...rest }]];
    }),
  );
}
