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
  const decoder = new TextDecoder('utf-8');
  const encoder = new TextEncoder();
  let rest = '';
  const isJson = (line: string): boolean => {
    try {
      JSON.parse(line);
      return true;
    } catch {
      return false;
    }
  };
  return {
    take(chunk) {
      rest += decoder.decode(chunk, { stream: true });
      const end = rest.lastIndexOf('\n') + 1;
      const lines = rest.slice(0, end).split('\n').filter(hasText);
      rest = rest.slice(end);
      if (!lines.every(isJson)) throw brokenLine(label);
      if (rest.length > longestLine)
        throw new BackendError('bad-response', `${label} sent a line without end.`);
      return lines.length === 0 ? null : encoder.encode(`${lines.join('\n')}\n`);
    },
    end() {
      const line = rest + decoder.decode();
      return isJson(line) ? encoder.encode(`${line}\n`) : null;
    },
  };
}

const hasText = (line: string): boolean => line.trim() !== '';
