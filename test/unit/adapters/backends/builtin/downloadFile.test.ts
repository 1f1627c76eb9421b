import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, readdir, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { downloadFile } from '../../../../../src/adapters/backends/builtin/downloadFile.ts';
import { closed, startLockHolder } from '../../../../support/locks/startLockHolder.ts';

const content = Buffer.concat([gguf(), Buffer.alloc(300_000, 'weights ')]);
const sha256 = createHash('sha256').update(content).digest('hex');
const never = new AbortController().signal;

let server: Server;
let handle: (request: IncomingMessage, response: ServerResponse) => void;
let ranges: (string | undefined)[];
let target: string;

function gguf(): Buffer {
  const bytes = Buffer.alloc(24);
  bytes.write('GGUF', 'latin1');
  bytes.writeUInt32LE(3, 4);
  bytes.writeBigUInt64LE(2n, 8);
  bytes.writeBigUInt64LE(2n, 16);
  return bytes;
}

function serve(request: IncomingMessage, response: ServerResponse): void {
  const start = Number(/bytes=(\d+)-/.exec(request.headers.range ?? '')?.[1] ?? 0);
  response.writeHead(start > 0 ? 206 : 200, { etag: '"v1"', 'content-length': content.length - start });
  response.end(content.subarray(start));
}

beforeEach(async () => {
  ranges = [];
  handle = serve;
  server = createServer((request, response) => {
    ranges.push(request.headers.range);
    handle(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  target = path.join(await mkdtemp(path.join(os.tmpdir(), 'promptly-download-')), 'models', 'm.gguf');
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

const source = (checksum: string | null = sha256) => ({
  url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/m.gguf`,
  sizeBytes: null,
  sha256: checksum,
  licence: null,
});
const download = (checksum?: string | null, signal = never) =>
  downloadFile(source(checksum), target, () => undefined, signal);

test('the file gets its name when it is complete; nothing else stays behind', async () => {
  const fractions: number[] = [];
  await downloadFile(
    source(),
    target,
    ({ receivedBytes, totalBytes }) => fractions.push(receivedBytes / (totalBytes ?? 0)),
    never,
  );
  expect((await readFile(target)).equals(content)).toBe(true);
  expect(await readdir(path.dirname(target))).toEqual(['m.gguf']);
  expect(fractions.at(-1)).toBe(1);
});

test('a cut download is continued where it stopped', async () => {
  handle = (_, response) => {
    response.writeHead(200, { etag: '"v1"', 'content-length': content.length });
    response.write(content.subarray(0, 100_000), () => response.destroy());
  };
  await expect(download()).rejects.toMatchObject({ name: 'BackendError', code: 'unreachable' });
  expect(await readdir(path.dirname(target))).not.toContain('m.gguf');
  handle = serve;
  await download();
  expect(ranges[1]).toMatch(/^bytes=[1-9]\d*-$/);
  expect((await readFile(target)).equals(content)).toBe(true);
});

test('a server that begins anew is followed, and so is one that says the part is stale', async () => {
  await mkdir(path.dirname(target), { recursive: true });
  await writeFile(`${target}.part`, 'something older');
  handle = (_, response) => response.writeHead(200, { 'content-length': content.length }).end(content);
  await download();
  expect((await readFile(target)).equals(content)).toBe(true);
});

test('a wrong checksum deletes what came, and says so', async () => {
  await expect(download('0'.repeat(64))).rejects.toMatchObject({
    code: 'bad-response',
    message: expect.stringContaining('checksum') as string,
  });
  expect(await readdir(path.dirname(target))).toEqual([]);
});

test('a sign-in page is no model', async () => {
  handle = (_, response) => response.end('<html>Sign in to the guest network</html>');
  await expect(download(null)).rejects.toMatchObject({
    code: 'bad-response',
    message: expect.stringContaining('does not begin with "GGUF"') as string,
  });
});

test.each([
  [404, 'unreachable'],
  [403, 'unauthorized'],
])('status %i is told', async (status, code) => {
  handle = (_, response) => response.writeHead(status).end();
  await expect(download()).rejects.toMatchObject({
    code,
    message: expect.stringContaining(String(status)) as string,
  });
});

test('cancel stops it and keeps the part', async () => {
  const controller = new AbortController();
  handle = (_, response) => {
    response.writeHead(200, { etag: '"v1"', 'content-length': content.length });
    response.write(content.subarray(0, 50_000), () =>
      setTimeout(() => controller.abort(new Error('enough')), 50),
    );
  };
  await expect(download(sha256, controller.signal)).rejects.toThrow('enough');
  expect(await readdir(path.dirname(target))).toContain('m.gguf.part');
});

test('a folder that cannot be made is a reason in words', async () => {
  await writeFile(path.dirname(target), 'a file where the folder should be');
  await expect(download()).rejects.toMatchObject({
    code: 'rejected',
    message: expect.stringContaining('a part of its path is a file') as string,
  });
});

test('a second window waits for the first; the lock of a dead process is taken over', async () => {
  await mkdir(path.dirname(target), { recursive: true });
  const other = await startLockHolder('download', `${target}.lock`);
  const end = closed(other);
  await expect(download()).rejects.toThrow('Another window or terminal');
  other.kill('SIGKILL');
  await end;
  await download();
  expect((await readFile(target)).equals(content)).toBe(true);
});
