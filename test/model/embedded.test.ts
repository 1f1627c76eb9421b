import { truncate, copyFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import type { createBuiltinBackend } from '../../src/adapters/backends/builtin/builtinBackend.ts';
import type { ModelBackend } from '../../src/core/ports/modelBackend.ts';
import { workerPids } from './workerPids.ts';
import { answerOf, ask, built, emptyFolder, noteLog, openSubject } from './openSubject.ts';

const subject = inject('subject');

// What only the embedded backend has: a process of ours, and files of the user's. Nothing of it applies to Ollama.
if (subject.backend === 'builtin') {
  describe('the process of the model', () => {
    let backend: ModelBackend;
    beforeAll(async () => {
      backend = await openSubject();
    });
    afterAll(() => backend.dispose?.());

    test('killed in the middle of an answer: a failure in words, and the next run works', async () => {
      const run = async () => {
        const request = ask('Write a long story.', { parameters: { maxTokens: 2000 } });
        for await (const event of backend.stream(request, new AbortController().signal)) {
          if (event.type !== 'text-delta') continue;
          for (const pid of await workerPids()) process.kill(pid, 'SIGKILL');
        }
      };
      await expect(run()).rejects.toMatchObject({
        name: 'BackendError',
        code: 'interrupted',
        message: expect.stringContaining('SIGKILL') as string,
        hint: expect.stringContaining('memory') as string,
      });
      const answer = await answerOf(backend, ask('What is the capital of France?'));
      expect(answer.text).toContain('Paris');
      expect(answer.finish?.loadMs).toBeGreaterThan(0);
    });

    test('the second answer needs no loading', async () => {
      await answerOf(backend, ask('Hello'));
      expect((await answerOf(backend, ask('Hello'))).finish).not.toHaveProperty('loadMs');
    });

    test('dispose ends the process', async () => {
      expect(await workerPids()).toHaveLength(1);
      await backend.dispose?.();
      expect(await workerPids()).toHaveLength(0);
    });
  });

  describe('files that are no model', () => {
    const { createBuiltinBackend: create } = built('builtin') as {
      createBuiltinBackend: typeof createBuiltinBackend;
    };
    const failureOf = async (model: string) => {
      const backend = create({ ...subject, model, storageFolder: await emptyFolder(), log: noteLog });
      const error = await answerOf(backend, { ...ask('Hello'), model }).catch((thrown: unknown) => thrown);
      await backend.dispose?.();
      return error;
    };

    test('a file cut short', async () => {
      const file = path.join(await emptyFolder(), 'cut.gguf');
      await copyFile(subject.model, file);
      await truncate(file, 20_000_000);
      expect(await failureOf(file)).toMatchObject({
        code: 'model-not-found',
        message: expect.stringMatching(/damaged or was not downloaded completely/) as string,
      });
    });

    test('something else under the name', async () => {
      const file = path.join(await emptyFolder(), 'page.gguf');
      await writeFile(file, '<html>Please sign in</html>');
      expect(await failureOf(file)).toMatchObject({
        code: 'model-not-found',
        message: expect.stringMatching(/does not begin with "GGUF"/) as string,
      });
    });
  });
}
