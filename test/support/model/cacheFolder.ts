import os from 'node:os';
import path from 'node:path';

/** Weights and runtime for tests and `npm start`: outside the repository, kept between clones. */
export const cacheFolder = path.join(
  process.env['XDG_CACHE_HOME'] ?? path.join(os.homedir(), '.cache'),
  'promptly',
);
