import { stat } from 'node:fs/promises';

/** Whether there is a folder at this path. Never rejects. */
export const isFolder = (path: string): Promise<boolean> =>
  stat(path).then(
    (entry) => entry.isDirectory(),
    () => false,
  );
