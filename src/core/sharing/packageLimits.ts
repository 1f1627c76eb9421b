import type { ArchiveLimits } from '../ports/archive.ts';

const mib = 1024 * 1024;

/** Prompts and what belongs to them are small; these leave room and end what is not a package of them. */
export const packageLimits: ArchiveLimits = {
  archiveBytes: 32 * mib,
  entries: 2_000,
  fileBytes: 16 * mib,
  totalBytes: 64 * mib,
  ratio: 100,
};
