import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';

/**
 * Arguments that are no object never reach a tool: the SDK would answer with its own parser's words. Some clients send null
 * where a tool is called without arguments; of anything else the answer says what was expected. The transport is connected.
 */
export function receiveOddArguments(transport: Transport): void {
  const receive = transport.onmessage;
  transport.onmessage = (message, extra) => {
    const params = 'params' in message ? message.params : undefined;
    const { arguments: given, ...others } = params ?? {};
    const form = formOf(given);
    if (form === 'null') receive?.({ ...message, params: others }, extra);
    else if (form === null || !('id' in message) || !('method' in message) || message.method !== 'tools/call')
      receive?.(message, extra);
    else {
      const result = refusal(String(others['name']), form);
      // A client that is gone wants no answer.
      transport.send({ jsonrpc: '2.0', id: message.id, result }).catch(() => undefined);
    }
  };
}

/** null: an object, or none were given. */
function formOf(given: unknown): string | null {
  if (given === null) return 'null';
  if (Array.isArray(given)) return 'an array';
  if (given === undefined || typeof given === 'object') return null;
  return `a ${typeof given}`;
}

function refusal(tool: string, form: string): CallToolResult {
  const text = `The arguments of ${tool} do not fit: they are ${form}, and must be an object that holds them by name. The tool's inputSchema (tools/list) has the names.`;
  return { content: [{ type: 'text', text }], isError: true };
}
