import { BackendError } from '../../../core/domain/backendError.ts';

const longestLine = 16 * 1024 * 1024;

/**
 * The client skips a line that is no JSON with a console warning: lost tokens in a "successful" answer. This lets only
 * whole, valid lines through and fails on the first broken one. An unfinished last line is a cut stream and is left
 * out, so that the client sees the end is missing.
 */
export function createNdjsonGuard(label: string): TransformStream<Uint8Array, Uint8Array> {
  const decoder = new TextDecoder('utf-8');
  const encoder = new TextEncoder();
  let rest = '';
  const pass = (line: string, controller: TransformStreamDefaultController<Uint8Array>) => {
    if (line.trim() === '') return;
    try {
      JSON.parse(line);
    } catch {
      throw new BackendError('bad-response', `${label} sent a line that is not JSON.`);
    }
    controller.enqueue(encoder.encode(`${line}\n`));
  };
  return new TransformStream({
    transform(chunk, controller) {
      rest += decoder.decode(chunk, { stream: true });
      const lines = rest.split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) pass(line, controller);
      if (rest.length > longestLine)
        throw new BackendError('bad-response', `${label} sent a line without end.`);
    },
    flush(controller) {
      try {
        JSON.parse(rest);
      } catch {
        return;
      }
      pass(rest, controller);
    },
  });
}
