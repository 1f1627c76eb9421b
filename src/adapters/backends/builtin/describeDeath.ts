import { BackendError } from '../../../core/domain/backendError.ts';

const memoryHint =
  'If it was out of memory: close other programs, set a smaller model in promptly.builtin.model, or shorten the input. The next run starts it anew.';

/** Why the worker's process ended, in words. */
export function describeDeath(code: number | null, signal: NodeJS.Signals | null): BackendError {
  const outOfMemory = signal === 'SIGKILL' || code === 137 || code === 134;
  const how = signal ? `was ended by ${signal}` : `ended with exit code ${code ?? 'unknown'}`;
  const guess = outOfMemory ? ', as the system does when memory runs out' : '';
  return new BackendError('interrupted', `The process of the embedded model ${how}${guess}.`, {
    hint: memoryHint,
    retryable: false,
  });
}
