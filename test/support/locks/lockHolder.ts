// Holds a run until it is killed or its input ends.
// Argument: the run's folder.
import { lockRun } from '../../src/adapters/node/runLock.ts';

const lock = await lockRun(process.argv[2] ?? '');
process.stdout.write('held\n');
process.stdin.on('end', () => void lock.release()).resume();
