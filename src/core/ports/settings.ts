import type { BackendId } from '../domain/backendId.ts';
import type { PriceOverrides } from '../domain/price.ts';

/** `promptly.*` as one value; hosts fill it from the editor's settings, or flags, environment and `.vscode/settings.json`. */
export interface Settings {
  readonly defaultBackend: 'auto' | BackendId;
  readonly ollama: { readonly url: string; readonly model: string; readonly keepAlive: string };
  readonly claude: { readonly baseUrl: string; readonly model: string };
  readonly openai: { readonly baseUrl: string; readonly model: string };
  readonly builtin: { readonly model: string; readonly runtimePath: string };
  /** > 0 */
  readonly maxTokens: number;
  /** 0..2 */
  readonly temperature: number;
  /** Bounds one attempt. */
  readonly timeoutSeconds: number;
  readonly retries: number;
  readonly retryDelaySeconds: number;
  /** 0: the backend's own default. */
  readonly concurrency: number;
  /** A file's `model`, exactly → `<backend>/<id>`. */
  readonly modelAliases: Readonly<Record<string, string>>;
  readonly executors: Readonly<Record<string, CustomExecutor>>;
  readonly cache: { readonly enabled: boolean };
  readonly judge: { readonly model: string };
  /** `<backend>/<model>` or a model's id → US dollars for a million tokens; goes before the built-in table. */
  readonly pricing: PriceOverrides;
  /** US dollars that agents may spend through one MCP server; 0: no limit. */
  readonly mcp: { readonly maxCostUsd: number };
  readonly commitRecordings: boolean;
  readonly skillFileLimitBytes: number;
}

export interface CustomExecutor {
  readonly command: string;
  readonly args: readonly string[];
  readonly timeoutSeconds: number;
}

export const defaultSettings: Settings = {
  defaultBackend: 'auto',
  ollama: { url: 'http://127.0.0.1:11434', model: 'llama3.2:3b', keepAlive: '' },
  claude: { baseUrl: '', model: 'claude-sonnet-5-5' },
  openai: { baseUrl: '', model: '' },
  builtin: { model: '', runtimePath: '' },
  maxTokens: 4096,
  temperature: 0.7,
  timeoutSeconds: 120,
  retries: 3,
  retryDelaySeconds: 2,
  concurrency: 0,
  modelAliases: {},
  executors: {},
  cache: { enabled: true },
  judge: { model: '' },
  pricing: {},
  mcp: { maxCostUsd: 0 },
  commitRecordings: false,
  skillFileLimitBytes: 256 * 1024,
};
