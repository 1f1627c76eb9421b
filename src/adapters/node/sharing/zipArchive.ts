// Reading: yauzl, which goes by the central directory and holds each entry to its declared size while it is unpacked.
// Writing: fflate, whose deflate is plain JavaScript, so that the bytes do not depend on the machine's zlib.
import { zipSync, type ZippableFile } from 'fflate';
import { fromBufferPromise, type Entry, type ZipFile } from 'yauzl';
import {
  ArchiveRefused,
  type Archive,
  type ArchiveEntry,
  type ArchiveLimits,
} from '../../../core/ports/archive.ts';

/** Zip cannot say an earlier day; read as local time, so it is the same text everywhere. */
const noTime = new Date(1980, 0, 1);
const encrypted = 'is encrypted. Packages are not: ask for one without a password.';
const again = 'Download or export the package again.';

export const zipArchive: Archive = {
  async read(bytes, limits) {
    if (bytes.length > limits.archiveBytes) {
      throw new ArchiveRefused(
        `The package is larger than the ${mebi(limits.archiveBytes)} allowed. Export fewer files at once.`,
      );
    }
    const zip = await open(bytes);
    const entries = await listEntries(zip, limits);
    const read: ArchiveEntry[] = [];
    for (const { entry, name } of entries) read.push({ name, bytes: await unpack(zip, entry, name) });
    return read;
  },
  write(entries) {
    const files: Record<string, ZippableFile> = {};
    for (const { name, bytes } of entries)
      files[name] = [bytes, { level: 9, mtime: noTime, os: 0, attrs: 0 }];
    return zipSync(files);
  },
};

async function open(bytes: Uint8Array): Promise<ZipFile> {
  if (bytes.length === 0) throw new ArchiveRefused(`The package is empty. ${again}`);
  try {
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    return await fromBufferPromise(buffer, { decodeStrings: false, validateEntrySizes: true });
  } catch (error) {
    throw new ArchiveRefused(`This is no whole .zip file: ${words(error)} ${again}`, { cause: error });
  }
}

interface NamedEntry {
  readonly entry: Entry;
  readonly name: string;
}

/** All that the directory says is checked before anything is unpacked. */
async function listEntries(zip: ZipFile, limits: ArchiveLimits): Promise<NamedEntry[]> {
  if (zip.entryCount > limits.entries) {
    throw new ArchiveRefused(
      `The package has ${zip.entryCount} entries; at most ${limits.entries} are allowed.`,
    );
  }
  const found: NamedEntry[] = [];
  let total = 0;
  try {
    for await (const entry of zip.eachEntry()) {
      const name = decodeName(entry);
      checkEntry(entry, name, limits);
      total += entry.uncompressedSize;
      if (total > limits.totalBytes) {
        throw new ArchiveRefused(
          `The package would unpack to more than the ${mebi(limits.totalBytes)} allowed.`,
        );
      }
      if (!name.endsWith('/')) found.push({ entry, name });
    }
  } catch (error) {
    if (ArchiveRefused.is(error)) throw error;
    if (/encryption/.test(words(error)))
      throw new ArchiveRefused(`The package ${encrypted}`, { cause: error });
    throw new ArchiveRefused(`The package is damaged: ${words(error)} ${again}`, { cause: error });
  }
  return found;
}

function decodeName(entry: Entry): string {
  const raw = entry.fileNameRaw;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(raw);
  } catch (cause) {
    const shown = plain(new TextDecoder().decode(raw));
    throw new ArchiveRefused(`The name of the entry ${shown} is not UTF-8. Make the package with Promptly.`, {
      cause,
    });
  }
}

const fileTypes: Readonly<Record<number, string>> = {
  0o120000: 'a symbolic link',
  0o060000: 'a device',
  0o020000: 'a device',
  0o010000: 'a pipe',
  0o140000: 'a socket',
};

function checkEntry(entry: Entry, name: string, limits: ArchiveLimits): void {
  const shown = plain(name);
  const refuse = (message: string): never => {
    throw new ArchiveRefused(`${shown} ${message}`);
  };
  if ((entry.generalPurposeBitFlag & 0x2041) !== 0) refuse(encrypted);
  if (entry.compressionMethod !== 0 && entry.compressionMethod !== 8) {
    refuse(
      `is packed in a way that is not supported (method ${entry.compressionMethod}). Make the package with Promptly.`,
    );
  }
  const type = fileTypes[(entry.externalFileAttributes >>> 16) & 0o170000];
  if (type !== undefined) refuse(`is ${type}; a package holds files alone. Make the package with Promptly.`);
  if (name.endsWith('/') && entry.uncompressedSize > 0)
    refuse('is a folder that holds data. Make the package with Promptly.');
  const { compressedSize, uncompressedSize } = entry;
  if (uncompressedSize > limits.fileBytes)
    refuse(`would unpack to more than the ${mebi(limits.fileBytes)} allowed for a file.`);
  const ratio = uncompressedSize / Math.max(1, compressedSize);
  if (uncompressedSize > 1024 * 1024 && ratio > limits.ratio) {
    refuse(`would unpack to ${Math.round(ratio)} times its size, as only archives made to do harm do.`);
  }
}

/** Ends with an error as soon as more comes than the directory said: yauzl counts while it unpacks. */
async function unpack(zip: ZipFile, entry: Entry, name: string): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  try {
    const stream = await zip.openReadStreamPromise(entry);
    for await (const chunk of stream) chunks.push(chunk as Buffer);
  } catch (error) {
    throw new ArchiveRefused(`${plain(name)} is damaged: ${words(error)} ${again}`, { cause: error });
  }
  return Buffer.concat(chunks);
}

/** A hostile name may hold orders for terminals. */
const plain = (name: string): string => name.replaceAll(/[\p{Cc}\p{Cf}]/gu, '\uFFFD').slice(0, 200);

const mebi = (bytes: number): string => `${Math.round(bytes / 1024 / 1024)} MiB`;

/** The library's own words, as a sentence. */
function words(error: unknown): string {
  const text = (error instanceof Error ? error.message : String(error)).replaceAll(/\s+/g, ' ').slice(0, 200);
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
