import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import type { JSONRPCMessage, RequestId } from '@modelcontextprotocol/sdk/types.js';

export interface HttpBridge {
  readonly url: string;
  close(): Promise<void>;
}

interface ServerStart {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/**
 * A server that speaks on stdin and stdout, reachable over HTTP: for checkers that know no other way. Each session is a
 * process of its own; messages pass through as they are.
 */
export async function startHttpBridge(start: ServerStart): Promise<HttpBridge> {
  const sessions = new Map<string, StreamableHTTPServerTransport>();
  const open = async (): Promise<StreamableHTTPServerTransport> => {
    const outside = new StreamableHTTPServerTransport({
      sessionIdGenerator: randomUUID,
      onsessioninitialized: (id) => void sessions.set(id, outside),
    });
    await connect(outside, start);
    return outside;
  };
  const http = createServer((request, response) => {
    const known = sessions.get(String(request.headers['mcp-session-id']));
    void (known === undefined ? open() : Promise.resolve(known)).then((transport) =>
      pass(transport, request, response),
    );
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}/mcp`,
    close: async () => {
      await Promise.all([...sessions.values()].map((transport) => transport.close()));
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
    },
  };
}

async function pass(
  transport: StreamableHTTPServerTransport,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) text += chunk as string;
  await transport.handleRequest(request, response, text === '' ? undefined : JSON.parse(text));
}

async function connect(outside: StreamableHTTPServerTransport, start: ServerStart): Promise<void> {
  const inside = new StdioClientTransport({ ...start, args: [...start.args], stderr: 'ignore' });
  /** Progress belongs to the answer of the call that asked for it. */
  const callOf = new Map<string | number, RequestId>();
  outside.onmessage = (message) => {
    const token = progressTokenOf(message);
    if (token !== undefined && 'id' in message && message.id !== undefined) callOf.set(token, message.id);
    void inside.send(message);
  };
  inside.onmessage = (message) => {
    const token = progressTokenOf(message);
    const relatedRequestId = token === undefined ? undefined : callOf.get(token);
    void outside.send(message, relatedRequestId === undefined ? {} : { relatedRequestId });
  };
  outside.onclose = () => void inside.close();
  await inside.start();
  await outside.start();
}

function progressTokenOf(message: JSONRPCMessage): string | number | undefined {
  const params = 'params' in message ? message.params : undefined;
  const token = params?._meta?.progressToken ?? params?.['progressToken'];
  return typeof token === 'string' || typeof token === 'number' ? token : undefined;
}
