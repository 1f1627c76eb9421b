/** Names Windows keeps for devices, with or without an ending. */
const reserved = /^(con|prn|aux|nul|com\d|lpt\d)(\..*)?$/i;

/** A name as part of a path, on every system: `My prompt: v2` → `My-prompt-v2`; null when nothing is left of it. */
export function fileNameFor(name: string): string | null {
  const plain = name
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^A-Za-z0-9._-]+/g, '-')
    .replaceAll(/\.{2,}/g, '.')
    .replaceAll(/^[.-]+|[.-]+$/g, '')
    .slice(0, 80);
  if (plain === '') return null;
  return reserved.test(plain) ? `${plain}-prompt` : plain;
}
