import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import { BackendError } from '../../core/domain/backendError.ts';
import { FileError } from '../../core/ports/fileSystem.ts';
import { RevisionError } from '../../core/ports/revisions.ts';
import { ToolProblem } from '../../core/pipeline/toolCalls/toolProblem.ts';

/** A call that could not be done, as a result in words. Never a protocol error; a bug is logged with its stack. */
export function toToolResult(
  error: unknown,
  signal: AbortSignal,
  log: (message: string) => void,
): CallToolResult {
  if (signal.aborted) return failed('cancelled: The call was cancelled.');
  if (error instanceof ToolProblem) return failed(error.message);
  if (BackendError.is(error)) return failed(`${error.code}: ${error.message}`);
  if (FileError.is(error) || RevisionError.is(error) || isRefusal(error)) return failed(error.message);
  const message = error instanceof Error ? error.message : String(error);
  log(error instanceof Error ? (error.stack ?? message) : message);
  return failed(`internal: Promptly failed unexpectedly: ${message}. The server's log has the details.`);
}

const isRefusal = (error: unknown): error is Error => error instanceof Error && error.name === 'WriteRefused';

const failed = (text: string): CallToolResult => ({ content: [{ type: 'text', text }], isError: true });
