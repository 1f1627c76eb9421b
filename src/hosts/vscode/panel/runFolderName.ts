/** A run's folder is named `2026-11-23T01-55-10-123-name`: its name, and when it began (ISO 8601; null for none). */
export function readRunFolderName(folder: string): {
  readonly name: string;
  readonly startedAt: string | null;
} {
  const match = /^(\d{4}-\d\d-\d\d)T(\d\d)-(\d\d)-(\d\d)(?:-\d+)?-(.+)$/.exec(folder);
  const [, day = '', hour = '', minute = '', second = '', name = folder] = match ?? [];
  return { name, startedAt: match === null ? null : `${day}T${hour}:${minute}:${second}Z` };
}
