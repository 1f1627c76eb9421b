import { parentPort } from 'node:worker_threads';
import { parts } from './parts.ts';
import type { Job } from './runJobs.ts';

// One thread of the calibration: does the jobs it is given, one after the other.
parentPort?.on('message', ({ part, job, runs }: Job) => {
  const found = parts[part];
  if (found === undefined) throw new Error(`no part ${part}`);
  parentPort?.postMessage(found.jobs.run(job, runs));
});
