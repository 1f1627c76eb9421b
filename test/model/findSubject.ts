import type { TestProject } from 'vitest/node';
import { ensureTestModel } from '../support/model/ensureTestModel.ts';
import { ensureTestRuntime } from '../support/model/ensureTestRuntime.ts';

/** What the suite runs on; plain data, because it crosses into the test processes. */
export type Subject =
  | { readonly backend: 'ollama'; readonly url: string; readonly model: string }
  | { readonly backend: 'builtin'; readonly model: string; readonly runtimePath: string };

declare module 'vitest' {
  export interface ProvidedContext {
    subject: Subject;
  }
}

export default async function setup(project: TestProject): Promise<void> {
  const host = process.env['OLLAMA_HOST'];
  const subject =
    host === undefined || host === ''
      ? {
          backend: 'builtin' as const,
          model: await ensureTestModel(),
          runtimePath: await ensureTestRuntime(),
        }
      : await ollamaSubject(host);
  console.log(`Testing on ${subject.backend}, model ${subject.model}`);
  project.provide('subject', subject);
}

async function ollamaSubject(host: string): Promise<Subject> {
  const url = /^https?:/.test(host) ? host : `http://${host}`;
  const response = await fetch(new URL('/api/tags', url));
  const { models } = (await response.json()) as { models: { name: string }[] };
  const model = process.env['OLLAMA_MODEL'] ?? models[0]?.name;
  if (model === undefined) throw new Error(`The Ollama at ${url} has no model.`);
  return { backend: 'ollama', url, model };
}
