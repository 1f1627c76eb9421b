const names = { ',': 'comma', ';': 'semicolon', '\t': 'tab' } as const;
const endings = { ',': '.csv', '\t': '.tsv' } as const;

/**
 * What to say of a table whose header is one column by its delimiter and several by another, as spreadsheets of many
 * countries write it; null otherwise. It is refused, not guessed: no template can use a column of such a name, while a
 * delimiter that depends on the header would change how a file is read when a column is added.
 */
export function wrongDelimiter(header: readonly string[], delimiter: ',' | '\t'): string | null {
  const [first = ''] = header;
  if (header.length !== 1) return null;
  const used = (['\t', ';', ','] as const).find((other) => other !== delimiter && first.includes(other));
  if (used === undefined) return null;
  const otherwise = used === ';' ? 'or with tabs as .tsv' : `or name the file ${endings[used]}`;
  return `A ${endings[delimiter]} file has a ${names[delimiter]} between two columns; the header of this one has a ${names[used]} instead. Save it with ${names[delimiter]}s, ${otherwise}.`;
}
