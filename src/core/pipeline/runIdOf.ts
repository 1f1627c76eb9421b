/** `2026-11-23T01-55-10-123-name`: sorts by time and is a folder name everywhere. */
export function runIdOf(startedAt: string, name: string): string {
  const slug = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, 60)
    .replaceAll(/^-|-$/g, '');
  return `${startedAt.replace(/Z$/, '').replaceAll(/[:.]/g, '-')}-${slug === '' ? 'run' : slug}`;
}
