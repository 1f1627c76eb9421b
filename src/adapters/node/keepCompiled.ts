import module from 'node:module';

/**
 * Lets Node keep what it compiles of the files loaded from now on, where it can (22.1 and later): the next start takes a
 * quarter less. Where it keeps it, and whether, is the user's to say as for every program: `NODE_COMPILE_CACHE`,
 * `NODE_DISABLE_COMPILE_CACHE`. Never fails.
 */
export function keepCompiled(): void {
  (module as { enableCompileCache?: () => unknown }).enableCompileCache?.();
}
