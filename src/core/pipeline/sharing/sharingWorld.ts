import type { Archive } from '../../ports/archive.ts';
import type { PromptLookup } from '../../ports/promptLookup.ts';
import type { SharingDisk } from '../../ports/sharingDisk.ts';

export interface SharingWorld {
  readonly disk: SharingDisk;
  readonly archive: Archive;
  readonly prompts: PromptLookup;
  /** Absolute, links resolved. */
  readonly folder: string;
  /** In bytes: longer files cannot be attached to a skill. */
  readonly skillFileLimitBytes: number;
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
