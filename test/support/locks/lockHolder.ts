// Holds a lock until it is killed or its input ends; or, when a journal is given, waits for a line and takes the lock as
// soon as it is free, writes into the journal when it begins and ends, and dies without giving it back.
// Arguments: run, import or download; the folder or file; the journal.
import { appendFile } from 'node:fs/promises';
import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import { withFileLock } from '../../../src/adapters/backends/builtin/fileLock.ts';
import { lockRun } from '../../../src/adapters/node/runLock.ts';
import { withImportLock } from '../../../src/adapters/node/sharing/importLock.ts';

const [kind = '', place = '', journal] = process.argv.slice(2);

async function withLock(work: () => Promise<void>): Promise<void> {
  if (kind === 'import') return withImportLock(place, work);
  if (kind === 'download') return withFileLock(place, work);
  const lock = await lockRun(place);
  await work().finally(() => lock.release());
}

async function hold(): Promise<void> {
  process.stdout.write('held\n');
  await once(process.stdin.resume(), 'end');
}

async function takeAndDie(file: string): Promise<void> {
  process.stdout.write('ready\n');
  await once(process.stdin, 'data');
  for (;;) {
    await withLock(async () => {
      await appendFile(file, `begin ${process.pid}\n`);
      await setTimeout(30);
      await appendFile(file, `end ${process.pid}\n`);
      process.kill(process.pid, 'SIGKILL');
      await setTimeout(10_000);
    }).catch(() => undefined);
  }
}

await (journal === undefined ? withLock(hold) : takeAndDie(journal));
