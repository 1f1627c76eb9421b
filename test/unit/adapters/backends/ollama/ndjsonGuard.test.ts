import fc from 'fast-check';
import { expect, it } from 'vitest';
import { inspectBody } from '../../../../../src/adapters/backends/inspectBody.ts';
import { createNdjsonGuard } from '../../../../../src/adapters/backends/ollama/ndjsonGuard.ts';

async function through(bytes: Uint8Array, sizes: readonly number[]): Promise<string> {
  const source = new ReadableStream<Uint8Array>({
    start(controller) {
      let from = 0;
      for (const size of [...sizes, bytes.length]) {
        controller.enqueue(bytes.slice(from, from + size));
        from += size;
      }
      controller.close();
    },
  });
  const { response } = inspectBody(new Response(), source, createNdjsonGuard('Ollama'));
  const chunks: Uint8Array[] = [];
  for await (const chunk of response.body ?? []) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

it('passes every line on whole, however the bytes are cut', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.json(), { minLength: 1 }),
      fc.array(fc.integer({ min: 1, max: 9 })),
      async (lines, sizes) => {
        const text = `${lines.join('\n')}\n`;
        expect(await through(new TextEncoder().encode(text), sizes)).toBe(text);
      },
    ),
  );
});

it('leaves out blank lines and an unfinished end, and refuses a broken line', async () => {
  const encode = (text: string) => new TextEncoder().encode(text);
  expect(await through(encode('{"a":1}\n\n{"b":2}\n{"c":'), [])).toBe('{"a":1}\n{"b":2}\n');
  expect(await through(encode('{"a":1}\n{"b":2}'), [])).toBe('{"a":1}\n{"b":2}\n');
  await expect(through(encode('{"a":1}\n{"b"\n{"c":3}\n'), [])).rejects.toMatchObject({
    code: 'bad-response',
  });
});
