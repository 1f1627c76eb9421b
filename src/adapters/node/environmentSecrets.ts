import type { BackendId } from '../../core/domain/backendId.ts';
import type { SecretReader } from '../../core/ports/secretReader.ts';

const variableOf: Partial<Record<BackendId, string>> = {
  claude: 'ANTHROPIC_API_KEY',
  openai: 'OPENAI_API_KEY',
};

/** API keys from the environment; an empty one is none. */
export function createEnvironmentSecrets(
  environment: Readonly<Record<string, string | undefined>>,
): SecretReader {
  return {
    readKey(backend) {
      const variable = variableOf[backend];
      const key = variable === undefined ? undefined : environment[variable]?.trim();
      return Promise.resolve(key === '' ? undefined : key);
    },
  };
}
