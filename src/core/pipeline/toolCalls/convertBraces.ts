import { variableNamePattern } from '../../domain/template.ts';

const single = /(?<![\\${])\{([^{}\s]+)\}(?!\})/g;

/** The old notation `{name}` as `{{name}}`, in a text that has no double braces; and the names that were turned. */
export function convertBraces(text: string): { readonly text: string; readonly names: readonly string[] } {
  if (text.includes('{{')) return { text, names: [] };
  const names = new Set<string>();
  const converted = text.replaceAll(single, (whole, name: string) => {
    if (!variableNamePattern.test(name)) return whole;
    names.add(name);
    return `{{${name}}}`;
  });
  return { text: converted, names: [...names] };
}

/** A sentence for the result, none when nothing was turned. */
export function bracesNote(names: readonly string[]): string[] {
  if (names.length === 0) return [];
  const pairs = names.map((name) => `{${name}} became {{${name}}}`).join(', ');
  return [`Variables are written in double braces here: ${pairs}.`];
}
