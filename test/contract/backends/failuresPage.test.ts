import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { format } from 'prettier';
import { expect, it } from 'vitest';
import { BackendError } from '../../../src/core/domain/backendError.ts';
import { failureAdvice } from '../../../src/core/domain/failureAdvice.ts';
import { isFaultName } from '../../support/faultServer/fault.ts';
import { startFaultServer } from '../../support/faultServer/startFaultServer.ts';
import { expectations, type ScenarioName } from './expectedFailure.ts';
import { renderFailuresPage, type SeenFailure } from './failuresPage.ts';
import { collect, requestFor, subjects } from './subject.ts';

const page = path.resolve(import.meta.dirname, '../../../docs/failures.md');

it('docs/failures.md says what the backends do today', async () => {
  const server = await startFaultServer();
  const subject = subjects.find(({ name }) => name === 'claude')!;
  const seen = new Map<ScenarioName, SeenFailure>();
  for (const name of Object.keys(expectations) as ScenarioName[]) {
    if (!isFaultName(name) || ['wait', 'answer'].includes(expectations[name].code)) continue;
    server.setFault(name);
    const { error } = await collect(
      subject.create(server).stream(requestFor(subject), AbortSignal.timeout(10_000)),
    );
    if (!BackendError.is(error)) throw new Error(`${name} gave no BackendError`);
    const message = error.message.replaceAll(server.url, 'http://127.0.0.1:8080');
    seen.set(name, {
      message,
      hint: (error.hint ?? failureAdvice[error.code]).replaceAll(server.url, 'http://127.0.0.1:8080'),
    });
  }
  await server.close();
  const wanted = await format(renderFailuresPage(seen), { parser: 'markdown' });
  if (process.env['UPDATE_DOCS'] !== undefined) await writeFile(page, wanted);
  const onDisk = (await readFile(page, 'utf8')).replaceAll('\r\n', '\n');
  expect(onDisk, 'out of date: run with UPDATE_DOCS=1').toBe(wanted);
});
