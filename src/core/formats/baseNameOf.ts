/** `src/prompts/summarise.prompt.yaml` → `summarise`. Takes both kinds of slashes. */
export function baseNameOf(path: string): string {
  const file = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
  return file.replace(/(?:\.prompt)?\.ya?ml$/i, '') || file || 'prompt';
}
