import http, { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { nodeFetch } from '../../../../src/adapters/backends/nodeFetch.ts';
import { createOllamaBackend } from '../../../../src/adapters/backends/ollama/ollamaBackend.ts';
import { RateLimiter, type Slot } from '../../../../src/core/engine/resilience/rateLimiter.ts';
import type { SendGate } from '../../../../src/core/ports/sendGate.ts';
import { FakeClock } from '../../../support/fakeClock.ts';

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

describe('through a gate', () => {
  const never = new AbortController().signal;

  /** A gate with so many places. */
  function gateOf(places: number): { open: () => SendGate; waiting: () => number } {
    const limiter = new RateLimiter(places, new FakeClock());
    let waiting = 0;
    const open = (): SendGate => {
      let slot: Slot | null = null;
      return {
        enter(signal, send) {
          waiting++;
          limiter.acquire(signal, (admitted) => {
            waiting--;
            slot = admitted;
            send();
          });
        },
        leave: () => slot?.release(),
      };
    };
    return { open, waiting: () => waiting };
  }

  it('each goes out on the connection of the one before, and no more at once than there is room for', async () => {
    let running = 0;
    let most = 0;
    const { url, connections } = await serve((request, response) => {
      most = Math.max(most, ++running);
      request.resume().on('end', () =>
        setTimeout(() => {
          running--;
          response.end('ok');
        }, 5),
      );
    });
    const gate = gateOf(2);
    const texts = await Promise.all(
      Array.from({ length: 20 }, async () => {
        const response = await nodeFetch(
          url,
          { method: 'POST', body: 'x', signal: new AbortController().signal },
          gate.open(),
        );
        return response.text();
      }),
    );
    expect({
      answers: texts.filter((text) => text === 'ok').length,
      most,
      connections: connections(),
    }).toEqual({ answers: 20, most: 2, connections: 2 });
  });

  it('who gives up waiting is told, and nothing is sent', async () => {
    let requests = 0;
    const { url } = await serve((_request, response) => {
      requests++;
      response.end('ok');
    });
    const gate = gateOf(1);
    gate.open().enter(never, () => undefined);
    const user = new AbortController();
    const call = nodeFetch(url, { signal: user.signal }, gate.open());
    expect(gate.waiting()).toBe(1);
    user.abort(new Error('enough'));
    await expect(call).rejects.toThrow('enough');
    expect(requests).toBe(0);
  });

  it('a refusal keeps its place until its reader has seen what it says', async () => {
    const { url } = await serve((_request, response) => {
      response.writeHead(429).end('slow down');
    });
    let left = 0;
    const gate: SendGate = { enter: (_signal, send) => send(), leave: () => left++ };
    const response = await nodeFetch(url, { signal: never }, gate);
    expect(await response.text()).toBe('slow down');
    await new Promise(setImmediate);
    expect(left).toBe(0);
  });

  it('waits with all of its request built: what cannot be is told at once', async () => {
    const { url } = await serve((_request, response) => void response.end('ok'));
    await nodeFetch(url, { signal: never }, gateOf(1).open());
    const gate = gateOf(1);
    gate.open().enter(never, () => undefined);
    const call = nodeFetch(url, { signal: never, headers: { 'x-key': 'two\nlines' } }, gate.open());
    await expect(call).rejects.toThrow('Invalid character');
    expect(gate.waiting()).toBe(0);
  });

  /** As editors with proxies do it: their agent is asked first. */
  class ForeignAgent extends http.Agent {
    addRequest(request: http.ClientRequest, options: object): void {
      const { ours } = options as { readonly ours?: { addRequest: (...args: unknown[]) => void } };
      setImmediate(() => ours?.addRequest(request, options));
    }
  }

  it.each([
    ['in the place of ours', () => new http.Agent({ keepAlive: true })],
    ['before ours', () => new ForeignAgent()],
  ])('keeps its place in the row, too, where another agent is asked %s', async (_, create) => {
    let running = 0;
    let most = 0;
    const { url } = await serve((_request, response) => {
      most = Math.max(most, ++running);
      setTimeout(() => {
        running--;
        response.end('ok');
      }, 5);
    });
    const own = http.request;
    const agent = create();
    const theirs = (options: http.RequestOptions) =>
      own({ ...options, ours: options.agent, agent } as object);
    const gate = gateOf(2);
    const call = async () =>
      (await nodeFetch(url, { signal: new AbortController().signal }, gate.open())).text();
    await call();
    http.request = theirs as typeof http.request;
    try {
      // The first finds out.
      await call();
      const texts = await Promise.all(Array.from({ length: 10 }, call));
      expect({ answers: texts.filter((text) => text === 'ok').length, most }).toEqual({
        answers: 10,
        most: 2,
      });
    } finally {
      http.request = own;
      agent.destroy();
    }
  });

  it('what cannot be sent is an error of the call', async () => {
    const gate = gateOf(1);
    const call = nodeFetch('ftp://127.0.0.1/', { signal: new AbortController().signal }, gate.open());
    await expect(call).rejects.toThrow('unknown scheme ftp:');
  });
});
