export interface SecretFound {
  /** From 1. */
  readonly line: number;
  /** What it looks like; never the secret itself. */
  readonly what: string;
}

/** Beginnings by which services mark their keys. Written so that they do not match themselves. */
const patterns: readonly (readonly [what: string, pattern: RegExp])[] = [
  ['a key of Anthropic', /\bsk-ant-[\w-]{16,}/],
  ['a key of OpenAI', /\bsk-(?!ant-)(?:proj-|svcacct-|admin-)?[\w-]{20,}/],
  ['a token of GitHub', /\b(?:gh[pousr]_[A-Za-z0-9]{30,}|github_pat_\w{30,})/],
  ['a token of GitLab', /\bglpat-[\w-]{16,}/],
  ['a key of AWS', /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/],
  ['a key of Google', /\bAIza[\w-]{30,}/],
  ['a token of Slack', /\bxox[abeprs]-[\w-]{10,}/],
  ['a token of Hugging Face', /\bhf_[A-Za-z0-9]{30,}/],
  ['a token of npm', /\bnpm_[A-Za-z0-9]{30,}/],
  ['a key of Stripe', /\b[rs]k_live_\w{16,}/],
  ['a private key', /-----BEGIN [A-Z ]*PRIVATE KEY-----/],
  ['a signed token (JWT)', /\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}/],
  ['an address with a password', /\b[a-z][a-z0-9+.-]*:\/\/[^\s:/@{}$<]+:[^\s:/@{}$<]{3,}@/i],
];
const assigned =
  /\b(?:api[_-]?key|secret(?:[_-]?key)?|access[_-]?token|auth[_-]?token|password)["']?\s*[:=]\s*["']?([\w./+=-]{12,})/i;

/** Lines that look as if they held a key. A guess from the text alone: for a warning, not for a verdict. */
export function findSecrets(text: string): SecretFound[] {
  const found: SecretFound[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    // Keys stand in short lines; a line of data of many megabytes must not hold up the search.
    const shown = line.slice(0, 20_000);
    const known = patterns.find(([, pattern]) => pattern.test(shown));
    if (known !== undefined) found.push({ line: index + 1, what: known[0] });
    else if (looksAssigned(shown)) found.push({ line: index + 1, what: 'a password or key' });
  }
  return found;
}

/** Words with digits among them; `password: required-here` is none. */
function looksAssigned(line: string): boolean {
  const value = assigned.exec(line)?.[1];
  return value !== undefined && /\d/.test(value) && /[A-Za-z]/.test(value);
}
