// A thread does not take over the loader of the process that started it.
import { register } from 'tsx/esm/api';

register();
await import('./worker.ts');
