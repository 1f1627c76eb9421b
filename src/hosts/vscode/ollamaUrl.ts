/**
 * `OLLAMA_HOST` as Ollama itself reads it: scheme and port may be missing, and a server's listening address (0.0.0.0,
 * or only `:port`) means this machine.
 */
export function ollamaUrl(host: string): string {
  const trimmed = host.trim().replace(/\/+$/, '');
  const scheme = /^(https?):\/\//.exec(trimmed)?.[1];
  const [authority = '', ...pathParts] = trimmed.replace(/^https?:\/\//, '').split('/');
  const match = /^(\[[^\]]*\]|[^:]*)(?::(\d+))?$/.exec(authority);
  const written = match?.[1] ?? authority;
  const name = ['', '0.0.0.0', '[::]'].includes(written) ? '127.0.0.1' : written;
  const usualPort = scheme === 'https' ? '443' : scheme === 'http' ? '80' : '11434';
  return [`${scheme ?? 'http'}://${name}:${match?.[2] ?? usualPort}`, ...pathParts].join('/');
}
