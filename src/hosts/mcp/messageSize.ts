import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';

/**
 * What this server reads in one message: far more than a prompt file or a set of test inputs needs. The SDK copies what it
 * has with every piece that arrives, so much more would take long.
 */
export const readLimitBytes = 16 * 1024 * 1024;

/** The official clients drop the connection, and every other call with it, at a message of more than 10 MiB. */
const sentLimitBytes = 8 * 1024 * 1024;

/** The result, or in its place words that say it is too large to be sent. */
export function sendable(result: CallToolResult): CallToolResult {
  const bytes = Buffer.byteLength(JSON.stringify(result));
  if (bytes <= sentLimitBytes) return result;
  const mebi = (bytes / 1024 / 1024).toFixed(1);
  const text = `The answer would be a message of ${mebi} MiB, and clients take ${sentLimitBytes / 1024 / 1024}: it was not sent. Ask with shorter inputs, or with fewer at once; what the call wrote or stored is there.`;
  return { content: [{ type: 'text', text }], isError: true };
}
