import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { nodeFetch } from '../../../../src/adapters/backends/nodeFetch.ts';
import { createOllamaBackend } from '../../../../src/adapters/backends/ollama/ollamaBackend.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

async function serve(handler: Parameters<typeof createServer>[1]) {
  const server = createServer(handler);
  servers.push(server);
  let connections = 0;
  server.on('connection', () => connections++);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, connections: () => connections };
}

it('sends method, headers and text, and reads status, headers and text', async () => {
  const { url } = await serve((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (part: string) => (body += part));
    request.on('end', () => {
      response.writeHead(418, { 'x-a': '1' });
      response.end(JSON.stringify({ method: request.method, key: request.headers['x-key'], body }));
    });
  });
  const response = await nodeFetch(url, {
    method: 'POST',
    headers: new Headers({ 'X-Key': 'k' }),
    body: 'größe',
  });
  expect([response.status, response.ok, response.headers.get('X-A')]).toEqual([418, false, '1']);
  expect(await response.json()).toEqual({ method: 'POST', key: 'k', body: 'größe' });
});

it('holds the sender back while nobody reads, and loses nothing', async () => {
  const block = Buffer.alloc(64 * 1024, 'x');
  const blocks = 200;
  let sent = 0;
  const { url } = await serve((_request, response) => {
    const send = (): void => {
      if (sent++ === blocks) response.end();
      else response.write(block, send);
    };
    send();
  });
  const response = await nodeFetch(url);
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(sent).toBeLessThan(blocks);
  expect((await response.text()).length).toBe(block.length * blocks);
});

it('says why there was no answer, or no end of one', async () => {
  const { url } = await serve((_request, response) => {
    response.write('half');
    setTimeout(() => response.destroy(), 20);
  });
  const response = await nodeFetch(url);
  await expect(response.text()).rejects.toMatchObject({ cause: { code: 'ECONNRESET' } });
  const closed = createServer();
  await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve));
  const { port } = closed.address() as AddressInfo;
  await new Promise((resolve) => closed.close(resolve));
  await expect(nodeFetch(`http://127.0.0.1:${port}`)).rejects.toMatchObject({
    cause: { code: 'ECONNREFUSED' },
  });
});

it('ends the request when it is aborted, before the answer and in the middle', async () => {
  let closed = 0;
  const { url } = await serve((request, response) => {
    response.on('close', () => closed++);
    if (request.url === '/half') response.write('half');
  });
  const early = new AbortController();
  const waiting = nodeFetch(url, { signal: early.signal });
  setTimeout(() => early.abort(), 50);
  await expect(waiting).rejects.toThrow();
  const late = new AbortController();
  const response = await nodeFetch(`${url}/half`, { signal: late.signal });
  const reading = response.text();
  late.abort();
  await expect(reading).rejects.toThrow();
  await expect.poll(() => closed).toBe(2);
});

it('one connection serves call after call, also of a server that ends its body after the last line', async () => {
  const line = (data: object): string => `${JSON.stringify(data)}\n`;
  const { url, connections } = await serve((request, response) => {
    request.resume().on('end', () => {
      response.writeHead(200, { 'content-type': 'application/x-ndjson' });
      if (request.url !== '/api/chat') return response.end('{"models":[]}');
      response.write(line({ message: { content: 'Hi' }, done: false }));
      response.write(line({ message: { content: '' }, done: true, done_reason: 'stop' }));
      return setTimeout(() => response.end(), 10);
    });
  });
  const backend = createOllamaBackend({ baseUrl: url, defaultModel: 'm' });
  for (let call = 0; call < 5; call++) {
    const events = backend.stream(
      {
        model: 'm',
        messages: [{ role: 'user', content: 'Hi' }],
        parameters: {},
        responseFormat: { type: 'text' },
        variables: {},
      },
      new AbortController().signal,
    );
    let last: string | undefined;
    for await (const { type } of events) last = type;
    expect(last).toBe('finish');
    await new Promise((resolve) => setTimeout(resolve, 40));
  }
  // The first call asks for the list of models beside the answer.
  expect(connections()).toBe(2);
});
