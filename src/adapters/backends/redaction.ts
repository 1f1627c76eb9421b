import type { ModelRequest } from '../../core/domain/chat.ts';

/** Removes from a foreign text what must not be shown or stored. */
export type Redact = (text: string) => string;

const longestShown = 400;
/** Shorter pieces of a prompt are ordinary words that a server's message may well hold by itself. */
const shortestEcho = 12;

/**
 * Servers and proxies echo what they were sent: the key in "incorrect API key provided: …", the prompt in validation
 * errors. The result is one line of bounded length without either.
 */
export function createRedact(secrets: readonly (string | undefined)[], request: ModelRequest | null): Redact {
  const keys = secrets.filter((secret) => secret !== undefined && secret.length >= 4) as string[];
  const echoes = (request?.messages ?? [])
    .flatMap((message) => [message.content, ...message.content.split(/\r?\n/)])
    .map((piece) => piece.trim())
    .filter((piece) => piece.length >= shortestEcho)
    .flatMap((piece) => [piece, JSON.stringify(piece).slice(1, -1)]);
  return (text) => {
    let clean = text;
    for (const key of keys) clean = clean.replaceAll(key, '[key]');
    for (const echo of echoes) clean = clean.replaceAll(echo, '[prompt text]');
    clean = clean
      .replace(/\b(Bearer|Basic)\s+[\w.~+/=-]+/gi, '$1 [key]')
      .replace(/\b(sk|pk|rk|key)-[\w*.-]{8,}/g, '[key]')
      .replace(/\s+/g, ' ')
      .trim();
    return clean.length > longestShown ? `${clean.slice(0, longestShown)}…` : clean;
  };
}
