import { createHash } from 'node:crypto';
import { mkdir, utimes } from 'node:fs/promises';
import path from 'node:path';
import type { Log } from '../../core/ports/log.ts';
import type { RecordedResponse, ResponseCache, ResponseKey } from '../../core/ports/responseCache.ts';
import { evictEntries } from './cacheEviction.ts';
import { canonicalJson } from './canonicalJson.ts';
import { hasCode } from './hasCode.ts';
import type { SmallFiles } from './smallFiles.ts';
import { waitingFiles } from './smallFiles.ts';

export interface DiskCacheOptions {
  readonly folder: string;
  readonly log: Log;
  /** Makes the folder before the first write, e.g. with a .gitignore beside it. */
  readonly prepare?: () => Promise<unknown>;
  readonly maxBytes?: number;
  readonly files?: SmallFiles;
}

const defaultMaxBytes = 256 * 1024 * 1024;

/** What an entry's file holds. Another version is a miss. */
const schemaVersion = 1;

/**
 * One file an answer, named by the hash of what it depends on. Files are written whole and never changed, so any number
 * of processes can share the folder without a lock.
 */
export class DiskResponseCache implements ResponseCache {
  readonly #options: DiskCacheOptions;
  readonly #maxBytes: number;
  readonly #files: SmallFiles;
  readonly #touched = new Set<string>();
  readonly #folders = new Set<string>();
  readonly #paths = new WeakMap<ResponseKey, string>();
  #prepared: Promise<unknown> | null = null;
  #writtenBytes = Infinity;
  #evicting: Promise<void> | null = null;

  constructor(options: DiskCacheOptions) {
    this.#options = options;
    this.#maxBytes = options.maxBytes ?? defaultMaxBytes;
    this.#files = options.files ?? waitingFiles;
  }

  async read(key: ResponseKey): Promise<RecordedResponse | null> {
    const file = this.#fileOf(key);
    let text: string | null;
    try {
      text = await this.#files.read(file);
    } catch (error) {
      this.#warn('cannot be read', file, error);
      return null;
    }
    if (text === null) return null;
    const response = parseEntry(text);
    if (response === null) {
      this.#warn('is damaged and is ignored', file);
      return null;
    }
    await this.#touch(file);
    return response;
  }

  async write(key: ResponseKey, response: RecordedResponse): Promise<void> {
    const file = this.#fileOf(key);
    try {
      await (this.#prepared ??= this.#options.prepare?.() ?? Promise.resolve());
      const { backend, model } = key;
      const text = JSON.stringify({ schemaVersion, backend, model, response });
      await this.#writeFile(file, text);
      await this.#keepSmall(text.length);
    } catch (error) {
      this.#prepared = null;
      this.#warn('cannot be written', file, error);
    }
  }

  /** Folders are made once; one that somebody has removed meanwhile is made again. */
  async #writeFile(file: string, text: string): Promise<void> {
    const folder = path.dirname(file);
    if (this.#folders.has(folder)) {
      try {
        await this.#files.write(file, text);
        return;
      } catch (error) {
        if (!hasCode(error, 'ENOENT')) throw error;
      }
    }
    await mkdir(folder, { recursive: true });
    this.#folders.add(folder);
    await this.#files.write(file, text);
  }

  #fileOf(key: ResponseKey): string {
    // A miss is looked up with the key that its answer is then kept under.
    const known = this.#paths.get(key);
    if (known !== undefined) return known;
    const name = createHash('sha256').update(canonicalJson(key)).digest('hex');
    // A few folders, because each has to be made in a first run; enough of them to keep each short.
    const file = path.join(this.#options.folder, name.slice(0, 1), `${name}.json`);
    this.#paths.set(key, file);
    return file;
  }

  /** Marks an entry as used, once a process: it is the last to be evicted. */
  async #touch(file: string): Promise<void> {
    if (this.#touched.has(file)) return;
    if (this.#touched.size > 50_000) this.#touched.clear();
    this.#touched.add(file);
    const now = new Date();
    await utimes(file, now, now).catch(() => undefined);
  }

  /** Looks at the whole folder now and then only: at the first write, then after each tenth of the limit. */
  async #keepSmall(bytes: number): Promise<void> {
    this.#writtenBytes += bytes;
    if (this.#writtenBytes < this.#maxBytes / 10) return;
    this.#evicting ??= evictEntries(this.#options.folder, this.#maxBytes, this.#maxBytes * 0.8)
      .then(() => undefined)
      .finally(() => {
        this.#evicting = null;
        this.#writtenBytes = 0;
      });
    await this.#evicting;
  }

  #warn(what: string, file: string, error?: unknown): void {
    const reason = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : '';
    this.#options.log.warn(`The recorded answer ${path.basename(file)} ${what}${reason}.`);
  }
}

function parseEntry(text: string): RecordedResponse | null {
  try {
    const entry = JSON.parse(text) as { schemaVersion?: unknown; response?: Partial<RecordedResponse> };
    const response = entry.response;
    const isWhole =
      entry.schemaVersion === schemaVersion &&
      typeof response?.text === 'string' &&
      typeof response.reasoning === 'string' &&
      typeof response.finishReason === 'string' &&
      typeof response.usage === 'object' &&
      typeof response.totalMs === 'number';
    return isWhole ? (response as RecordedResponse) : null;
  } catch {
    return null;
  }
}
