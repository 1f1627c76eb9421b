/** Control characters, escape sequences and direction marks of a model must not reach a terminal or a log as such. */
export function plainText(text: string): string {
  return text
    .replace(/\p{Surrogate}/gu, '\ufffd')
    .replace(/\r\n?/g, '\n')
    .replace(
      // eslint-disable-next-line no-control-regex -- finding them is the point
      /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffe\uffff]/g,
      (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
    );
}

/** The same on one line, cut at `length` characters. */
export function oneLine(text: string, length = 100): string {
  const characters = Array.from(
    plainText(text.slice(0, length * 8))
      .replace(/\s+/g, ' ')
      .trim(),
  );
  return characters.length > length ? `${characters.slice(0, length - 1).join('')}…` : characters.join('');
}
