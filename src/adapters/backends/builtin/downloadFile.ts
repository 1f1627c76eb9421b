import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readFile, rename, rm, stat, statfs, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { BackendError } from '../../../core/domain/backendError.ts';
import { describeProblem } from './ggufHeader.ts';
import { toDownloadError } from './downloadError.ts';
import { withFileLock } from './fileLock.ts';
import type { ModelDownload } from './modelSource.ts';

export interface DownloadProgress {
  readonly receivedBytes: number;
  /** null when the server did not say. */
  readonly totalBytes: number | null;
}

interface Part {
  readonly file: string;
  readonly etagFile: string;
}

const userAgent = { 'user-agent': 'promptly' };
/** A server that sends nothing for this long is taken for gone. */
const silenceMs = 60_000;

/**
 * Fetches a model file. What had arrived before an interruption is kept beside it as `.part` and continued; the file
 * gets its name only when it is complete and its checksum (where known) is right. Throws `BackendError`, or the
 * signal's reason when it aborts.
 */
export async function downloadFile(
  source: ModelDownload,
  target: string,
  onProgress: (progress: DownloadProgress) => void,
  signal: AbortSignal,
): Promise<void> {
  signal.throwIfAborted();
  const part: Part = { file: `${target}.part`, etagFile: `${target}.part.etag` };
  try {
    await mkdir(path.dirname(target), { recursive: true });
    await withFileLock(`${target}.lock`, async () => {
      await fetchPart(source, part, onProgress, signal);
      await verify(source, part, signal);
      await rename(part.file, target);
      await rm(part.etagFile, { force: true });
    });
  } catch (error) {
    signal.throwIfAborted();
    throw toDownloadError(error, source.url, target);
  }
}

async function fetchPart(
  source: ModelDownload,
  part: Part,
  onProgress: (progress: DownloadProgress) => void,
  signal: AbortSignal,
): Promise<void> {
  const have = await sizeOf(part.file);
  if (have > 0 && have === source.sizeBytes) return;
  const etag = await readFile(part.etagFile, 'utf8').catch(() => '');
  // Without a checksum or a tag nobody could tell whether the rest belongs to the same file.
  const resume = have > 0 && (etag !== '' || source.sha256 !== null);
  const silence = new AbortController();
  const response = await fetch(source.url, {
    headers: resume
      ? { ...userAgent, range: `bytes=${have}-`, ...(etag === '' ? {} : { 'if-range': etag }) }
      : userAgent,
    signal: AbortSignal.any([signal, silence.signal]),
  });
  if (response.status === 416) {
    await discard(part);
    throw new BackendError(
      'unreachable',
      'The part that was kept does not fit the file on the server any more.',
      {
        hint: 'Start the download again: it begins anew.',
      },
    );
  }
  if (!response.ok || !response.body) {
    await response.body?.cancel();
    throw new BackendError(
      response.status === 401 || response.status === 403 ? 'unauthorized' : 'unreachable',
      `${new URL(source.url).host} answered ${response.status} for the model file.`,
      {
        hint: 'Check the address, or download the file yourself and set its path as promptly.builtin.model.',
      },
    );
  }
  const continues = response.status === 206;
  await writeFile(part.etagFile, strongTag(response.headers.get('etag')));
  const start = continues ? have : 0;
  const rest = Number(response.headers.get('content-length') ?? Number.NaN);
  const totalBytes = Number.isFinite(rest) ? start + rest : source.sizeBytes;
  await checkSpace(part.file, totalBytes === null ? 0 : totalBytes - start);
  await writeBody(response.body, part.file, start, silence, (receivedBytes) =>
    onProgress({ receivedBytes, totalBytes }),
  );
  const size = await sizeOf(part.file);
  if (totalBytes !== null && size !== totalBytes) {
    throw new BackendError('unreachable', `The connection ended after ${size} of ${totalBytes} bytes.`, {
      hint: 'Start the download again: it continues where it stopped.',
    });
  }
}

async function writeBody(
  body: ReadableStream<Uint8Array>,
  file: string,
  start: number,
  silence: AbortController,
  onReceived: (bytes: number) => void,
): Promise<void> {
  const handle = await open(file, start > 0 ? 'a' : 'w');
  let received = start;
  const wake = () =>
    setTimeout(() => silence.abort(new Error('the server sent nothing for a minute')), silenceMs);
  let timer = wake();
  try {
    for await (const chunk of body) {
      clearTimeout(timer);
      await handle.writeFile(chunk);
      received += chunk.byteLength;
      onReceived(received);
      timer = wake();
    }
    await handle.sync();
  } finally {
    clearTimeout(timer);
    await handle.close();
  }
}

async function verify(source: ModelDownload, part: Part, signal: AbortSignal): Promise<void> {
  const problem = await headerProblem(part.file);
  if (problem) {
    await discard(part);
    throw new BackendError(
      'bad-response',
      `What came from ${new URL(source.url).host} is no model: ${problem}.`,
      {
        hint: 'A proxy or a sign-in page may stand between: open the address in a browser.',
      },
    );
  }
  if (source.sha256 === null) return;
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(part.file, { signal })) hash.update(chunk as Buffer);
  if (hash.digest('hex') === source.sha256) return;
  await discard(part);
  throw new BackendError(
    'bad-response',
    'The downloaded model does not have the expected checksum; it was deleted.',
    {
      hint: 'Start the download again. If it stays, a proxy may change what it passes on.',
    },
  );
}

async function headerProblem(file: string): Promise<string | null> {
  const handle = await open(file, 'r');
  try {
    const header = Buffer.alloc(24);
    const { bytesRead } = await handle.read(header, 0, header.length, 0);
    return describeProblem(header.subarray(0, bytesRead));
  } finally {
    await handle.close();
  }
}

async function checkSpace(file: string, neededBytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(path.dirname(file));
  if (neededBytes <= bavail * bsize) return;
  const gigabytes = (bytes: number) => `${(bytes / 1e9).toFixed(1)} GB`;
  throw new BackendError(
    'rejected',
    `The download needs ${gigabytes(neededBytes)} of disk space, and ${gigabytes(bavail * bsize)} are free in ${path.dirname(file)}.`,
    { hint: 'Free some space and start the download again.' },
  );
}

/** A weak tag does not promise the same bytes. */
const strongTag = (etag: string | null) => (etag === null || etag.startsWith('W/') ? '' : etag);

async function sizeOf(file: string): Promise<number> {
  return stat(file).then(
    (found) => found.size,
    () => 0,
  );
}

async function discard(part: Part): Promise<void> {
  await rm(part.file, { force: true });
  await rm(part.etagFile, { force: true });
}
