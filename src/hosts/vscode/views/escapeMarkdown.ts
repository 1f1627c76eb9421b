/**
 * A text as Markdown that reads the same. The editor's own `appendText` makes every blank one that no line breaks at, so
 * that long tooltips are cut anywhere.
 */
export const escapeMarkdown = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll(/[\\`*_{}[\]()#+\-.!~|>$]/g, String.raw`\$&`)
    .replaceAll(/\s+/g, ' ');
