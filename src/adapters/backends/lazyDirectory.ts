import { BackendError } from '../../core/domain/backendError.ts';
import type { BackendDescription, BackendDirectory } from '../../core/ports/backendDirectory.ts';
import type { ModelBackend } from '../../core/ports/modelBackend.ts';

export interface DirectoryEntry extends BackendDescription {
  /** What the backend was made with, as text without secrets; when it changes, the backend is made anew. */
  readonly configuration: string;
  create(): Promise<ModelBackend>;
}

export interface DisposableDirectory extends BackendDirectory {
  dispose(): Promise<void>;
}

/** Backends made on first use and kept as long as their configuration holds. `entries` is asked anew each time. */
export function createLazyDirectory(entries: () => readonly DirectoryEntry[]): DisposableDirectory {
  const opened = new Map<string, { configuration: string; backend: Promise<ModelBackend> }>();
  const drop = async (id: string): Promise<void> => {
    const known = opened.get(id);
    opened.delete(id);
    const backend = await known?.backend.catch(() => undefined);
    await backend?.dispose?.();
  };
  return {
    list: () => entries().map(({ id, label, local, address = '' }) => ({ id, label, local, address })),
    async open(id) {
      const entry = entries().find((candidate) => candidate.id === id);
      if (entry === undefined) throw unknownBackend(id);
      const { configuration } = entry;
      const known = opened.get(id);
      if (known?.configuration === configuration) return known.backend;
      if (known !== undefined) void drop(id).catch(() => undefined);
      const backend = entry.create();
      opened.set(id, { configuration, backend });
      try {
        return await backend;
      } catch (error) {
        // The next call tries again: what failed to load may load then.
        if (opened.get(id)?.backend === backend) opened.delete(id);
        throw error;
      }
    },
    async dispose() {
      await Promise.all([...opened.keys()].map(drop));
    },
  };
}

function unknownBackend(id: string): BackendError {
  if (!id.startsWith('custom:')) {
    return new BackendError('backend-not-running', `The backend "${id}" is not available here.`, {
      hint:
        id === 'copilot'
          ? 'It works inside VS Code only; choose another backend.'
          : 'Choose another backend.',
    });
  }
  return new BackendError(
    'executor-failed',
    `No executor named "${id.slice('custom:'.length)}" is configured.`,
    {
      hint: 'Add it to promptly.executors in your user settings, or choose another backend.',
    },
  );
}
