const freshForMs = 30_000;

/** Which weights a tag means right now; tags move, so the answer is only trusted for a while. */
export function createModelDigests(load: (signal: AbortSignal) => Promise<ReadonlyMap<string, string>>) {
  let known: ReadonlyMap<string, string> = new Map();
  let loadedAt = -Infinity;
  let loading: Promise<void> | null = null;
  const refresh = async (signal: AbortSignal): Promise<void> => {
    try {
      known = await load(signal);
      loadedAt = performance.now();
    } finally {
      loading = null;
    }
  };
  return {
    async find(model: string, signal: AbortSignal): Promise<string | undefined> {
      if (performance.now() - loadedAt > freshForMs) {
        try {
          await (loading ??= refresh(signal));
        } catch {
          // The answer itself matters more than knowing which build of the model gave it.
          return undefined;
        }
      }
      return known.get(model) ?? known.get(`${model}:latest`);
    },
  };
}
