import type * as vscode from 'vscode';
import type { BackendId } from '../../core/domain/backendId.ts';
import type { SecretReader } from '../../core/ports/secretReader.ts';

/** Backends that take an API key, and the environment variable that other tools use for it. */
export const keyedBackends = {
  claude: { label: 'Claude', variable: 'ANTHROPIC_API_KEY' },
  openai: { label: 'OpenAI-compatible', variable: 'OPENAI_API_KEY' },
} as const;
export type KeyedBackend = keyof typeof keyedBackends;

export const isKeyedBackend = (id: string): id is KeyedBackend => Object.hasOwn(keyedBackends, id);

/** API keys in the editor's secret storage; what the user stored there beats the environment. */
export class SecretKeys implements SecretReader {
  private readonly storage: vscode.SecretStorage;
  private readonly environment: Readonly<Record<string, string | undefined>>;

  constructor(storage: vscode.SecretStorage, environment: Readonly<Record<string, string | undefined>>) {
    this.storage = storage;
    this.environment = environment;
  }

  async readKey(backend: BackendId): Promise<string | undefined> {
    if (!isKeyedBackend(backend)) return undefined;
    const stored = await this.storage.get(secretName(backend));
    const key = stored ?? this.environment[keyedBackends[backend].variable]?.trim();
    return key === '' ? undefined : key;
  }

  async isStored(backend: KeyedBackend): Promise<boolean> {
    return (await this.storage.get(secretName(backend))) !== undefined;
  }

  async store(backend: KeyedBackend, key: string): Promise<void> {
    await this.storage.store(secretName(backend), key);
  }

  async clear(backend: KeyedBackend): Promise<void> {
    await this.storage.delete(secretName(backend));
  }
}

const secretName = (backend: KeyedBackend): string => `promptly.${backend}.apiKey`;
