/** A run's folder is named `2026-11-23T01-55-10-123-name`; its name and its time as people write it ('' for none). */
export function readRunFolderName(folder: string): { readonly name: string; readonly time: string } {
  const match = /^(\d{4}-\d\d-\d\d)T(\d\d)-(\d\d)-\d\d(?:-\d+)?-(.+)$/.exec(folder);
  const [, day = '', hour = '', minute = '', name = folder] = match ?? [];
  return { name, time: match === null ? '' : `${day} ${hour}:${minute} UTC` };
}
