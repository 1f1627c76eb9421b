import type { Archive } from '../../ports/archive.ts';
import type { PromptLookup } from '../../ports/promptLookup.ts';
import type { SharingDisk } from '../../ports/sharingDisk.ts';

export interface SharingWorld {
  readonly disk: SharingDisk;
  readonly archive: Archive;
  /** Asked for names only. */
  readonly prompts: PromptLookup;
  /** Absolute, links resolved. */
  readonly folder: string;
  /** In bytes: longer files cannot be attached to a skill. */
  readonly skillFileLimitBytes: number;
}

/** Where a link leads into the workspace folder, the path in it; else the path as it is. */
export async function inWorkspace({ disk, folder }: SharingWorld, absolute: string): Promise<string> {
  if (disk.contains(folder, absolute)) return absolute;
  const real = await disk.realPath(absolute).catch(() => absolute);
  return disk.contains(folder, real) ? real : absolute;
}

/** Whether a skill can attach it: text, and not too long to be sent. */
export const isAttachable = (bytes: Uint8Array, limitBytes: number): boolean =>
  bytes.length <= limitBytes && toText(bytes) !== null;

/** UTF-8 text, or null. */
export function toText(bytes: Uint8Array): string | null {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return text.includes('\u0000') ? null : text;
  } catch {
    return null;
  }
}
