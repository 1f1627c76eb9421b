import { BackendError } from '../../../core/domain/backendError.ts';
import { brokenLine } from '../httpCall.ts';
import type { BodyInspector } from '../inspectBody.ts';

const longestLine = 16 * 1024 * 1024;

/**
 * The client skips a line that is no JSON with a console warning: lost tokens in a "successful" answer. This lets only
 * whole, valid lines through and fails on the first broken one. An unfinished last line is a cut stream and is left
 * out, so that the client sees the end is missing.
 */
export function createNdjsonGuard(label: string): BodyInspector {
  let held: Uint8Array[] = [];
  let heldLength = 0;
  const hold = (bytes: Uint8Array): void => {
    if (bytes.length === 0) return;
    held.push(bytes);
    heldLength += bytes.length;
    if (heldLength > longestLine) throw new BackendError('bad-response', `${label} sent a line without end.`);
  };
  const release = (last: Uint8Array): Uint8Array => {
    const bytes = held.length === 0 ? last : Buffer.concat([...held, last]);
    held = [];
    heldLength = 0;
    return bytes;
  };
  return {
    take(chunk) {
      // A byte of this value is never part of a longer character, so lines are whole characters.
      const end = chunk.lastIndexOf(newline) + 1;
      const lines = end === 0 ? null : withoutEmptyLines(release(chunk.subarray(0, end)), label);
      hold(chunk.subarray(end));
      return lines;
    },
    end() {
      const line = decoder.decode(release(new Uint8Array()));
      return isJson(line) ? encoder.encode(`${line}\n`) : null;
    },
  };
}

const newline = 10;
const decoder = new TextDecoder();
const encoder = new TextEncoder();

/** The same bytes where there is nothing to leave out; null where nothing is left. */
function withoutEmptyLines(bytes: Uint8Array, label: string): Uint8Array | null {
  const lines = decoder.decode(bytes).slice(0, -1).split('\n');
  const full = lines.filter(hasText);
  if (!full.every(isJson)) throw brokenLine(label);
  if (full.length === lines.length) return bytes;
  return full.length === 0 ? null : encoder.encode(`${full.join('\n')}\n`);
}

function isJson(line: string): boolean {
  try {
    JSON.parse(line);
    return true;
  } catch {
    return false;
  }
}

const hasText = (line: string): boolean => line.trim() !== '';
