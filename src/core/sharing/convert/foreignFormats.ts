/** What can be imported besides packages and folders of skills. */
export type ForeignFormat = 'agent-skill' | 'prompty' | 'prompt-md' | 'dotprompt';

/** By the file's name; null: none of them. Takes both kinds of slashes. */
export function foreignFormatOf(path: string): ForeignFormat | null {
  const name = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
  if (/^skill\.md$/i.test(name)) return 'agent-skill';
  if (/\.prompty$/i.test(name)) return 'prompty';
  if (/\.prompt\.md$/i.test(name)) return 'prompt-md';
  return /.\.prompt$/i.test(name) ? 'dotprompt' : null;
}

/** `prompts/greet.formal.prompt` → `greet.formal`; of a skill, the name of its folder. */
export function foreignNameOf(path: string): string {
  const parts = path.replaceAll('\\', '/').split('/').filter(Boolean);
  const name = parts.at(-1) ?? '';
  if (foreignFormatOf(name) === 'agent-skill') return parts.at(-2) ?? 'skill';
  return name.replace(/\.(?:prompty|prompt\.md|prompt)$/i, '') || 'prompt';
}
