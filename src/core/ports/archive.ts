export interface ArchiveEntry {
  /** As it stands in the archive: not checked, may be hostile. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** What an archive may hold; past any of these nothing more of it is read. */
export interface ArchiveLimits {
  readonly archiveBytes: number;
  readonly entries: number;
  /** Of one entry, unpacked. */
  readonly fileBytes: number;
  /** Of all entries, unpacked. */
  readonly totalBytes: number;
  /** Unpacked size for each packed byte, for entries above 1 MiB. */
  readonly ratio: number;
}

/** Packs and unpacks `.zip` archives in memory. */
export interface Archive {
  /** The entries in their order, without folders. Throws `ArchiveRefused`; nothing is written anywhere. */
  read(bytes: Uint8Array, limits: ArchiveLimits): Promise<readonly ArchiveEntry[]>;
  /** Equal entries make equal bytes, on every machine and at any time. */
  write(entries: readonly ArchiveEntry[]): Uint8Array;
}

/** The archive is broken, hostile or too large. The message is for people: what, where, how to mend it. */
export class ArchiveRefused extends Error {
  override readonly name = 'ArchiveRefused';

  static is(error: unknown): error is ArchiveRefused {
    return error instanceof Error && error.name === 'ArchiveRefused';
  }
}
