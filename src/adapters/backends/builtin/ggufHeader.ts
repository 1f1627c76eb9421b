import { open } from 'node:fs/promises';
import { BackendError } from '../../../core/domain/backendError.ts';

const magic = 'GGUF';
/** Fixed part of the header: magic, version (u32), tensor count (u64), metadata count (u64). */
const headerBytes = 24;
const mostPlausible = 1_000_000n;

/**
 * Refuses what is not a model file before the native library sees it: it would end in an obscure message or a crash.
 * Format: the GGUF specification of the ggml project. Throws `BackendError`.
 */
export async function checkGgufHeader(path: string): Promise<void> {
  const header = Buffer.alloc(headerBytes);
  let read: number;
  try {
    const file = await open(path, 'r');
    try {
      read = (await file.read(header, 0, headerBytes, 0)).bytesRead;
    } finally {
      await file.close();
    }
  } catch (cause) {
    throw unreadable(path, cause);
  }
  const problem = describeProblem(header.subarray(0, read));
  if (problem) {
    throw new BackendError('model-not-found', `${path} is not a usable model file: ${problem}.`, {
      hint: 'Point promptly.builtin.model at a complete .gguf file, or delete the file and download it again.',
    });
  }
}

/** null when the bytes begin a GGUF file that llama.cpp can be asked to load. */
export function describeProblem(header: Buffer): string | null {
  if (header.length === 0) return 'it is empty';
  const found = header.subarray(0, 4).toString('latin1');
  if (found !== magic) return 'it does not begin with "GGUF", so it is no model in the GGUF format';
  if (header.length < headerBytes) return 'it ends within its header, so the download was cut short';
  const version = header.readUInt32LE(4);
  if (version > 0xffff) return 'it was written for big-endian machines';
  if (version < 2 || version > 3) return `it has GGUF version ${version}; versions 2 and 3 can be read`;
  if (header.readBigUInt64LE(8) === 0n) return 'it holds no tensors (a vocabulary-only file)';
  if (header.readBigUInt64LE(8) > mostPlausible || header.readBigUInt64LE(16) > mostPlausible) {
    return 'its header is damaged';
  }
  return null;
}

function unreadable(path: string, cause: unknown): BackendError {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  const reason =
    code === 'ENOENT' ? 'there is no such file' : code === 'EISDIR' ? 'it is a folder' : 'it cannot be read';
  return new BackendError('model-not-found', `The model file ${path} cannot be opened: ${reason}.`, {
    cause,
    hint: 'Check promptly.builtin.model: the absolute path of a .gguf file.',
  });
}
