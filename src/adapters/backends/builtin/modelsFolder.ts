import path from 'node:path';

/** Where fetched models lie, below the folder the host gives the backend. */
export const modelsFolderOf = (storageFolder: string): string => path.join(storageFolder, 'models');
