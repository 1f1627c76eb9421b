const defaultAddress = 'http://127.0.0.1:11434';
const answerTimeoutMs = 1_500;

/** The address of a running Ollama: `OLLAMA_HOST`, which may lack the scheme or the port, else the usual one. */
export function ollamaAddress(host: string | undefined): string {
  if (host === undefined || host === '') return defaultAddress;
  const url = new URL(/^https?:/.test(host) ? host : `http://${host}`);
  // A server may be told to listen on every address; one cannot call it there.
  if (url.hostname === '0.0.0.0') url.hostname = '127.0.0.1';
  if (url.port === '' && url.protocol === 'http:' && !/^https?:/.test(host)) url.port = '11434';
  return url.href.replace(/\/$/, '');
}

/** Names of the models of a running Ollama; undefined where none answers. */
export async function findOllama(address: string): Promise<readonly string[] | undefined> {
  try {
    const response = await fetch(`${address}/api/tags`, { signal: AbortSignal.timeout(answerTimeoutMs) });
    if (!response.ok) return undefined;
    const { models } = (await response.json()) as { models?: { name: string }[] };
    return (models ?? []).map(({ name }) => name);
  } catch {
    return undefined;
  }
}
