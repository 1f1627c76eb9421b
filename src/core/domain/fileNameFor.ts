/** Names Windows keeps for devices, with or without an ending. */
const reserved = /^(con|prn|aux|nul|com\d|lpt\d)(\..*)?$/i;

/** Letters that have no accent to take away, and are no plain letters either. */
const spelledOut: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
};

/**
 * A name as part of a path, on every system: `My prompt: v2` → `My-prompt-v2`. A name without any plain letter keeps its
 * own (`日本語`); null when nothing is left of it.
 */
export function fileNameFor(name: string): string | null {
  const spelled = name.replaceAll(/[ßæœøłđðþı]/giu, (letter) => spelledOut[letter.toLowerCase()] ?? letter);
  const plain = spelled.normalize('NFKD').replaceAll(/\p{M}/gu, '');
  const found = trimmed(plain.replaceAll(/[^A-Za-z0-9._-]+/g, '-'), 80);
  if (/[A-Za-z0-9]/.test(found)) return reserved.test(found) ? `${found}-prompt` : found;
  // Half the length: other scripts take up to four bytes a letter, and a file's name may have 255 of them.
  const own = trimmed(name.normalize('NFC').replaceAll(/[^\p{L}\p{M}\p{N}._-]+/gu, '-'), 40);
  return /[\p{L}\p{N}]/u.test(own) ? own : null;
}

const trimmed = (text: string, most: number): string =>
  Array.from(text.replaceAll(/\.{2,}/g, '.').replaceAll(/^[.-]+|[.-]+$/g, ''))
    .slice(0, most)
    .join('')
    .replaceAll(/[.-]+$/g, '');
