import type { SharingCommands, SharingParts } from './sharingCommands.ts';

/** Export and import, a bundle of its own: loaded when the first of them is used. */
export function lazySharing(parts: SharingParts): () => Promise<SharingCommands> {
  let loading: Promise<SharingCommands> | undefined;
  return () =>
    (loading ??= import('./sharingCommands.ts').then(({ createSharingCommands }) =>
      createSharingCommands(parts),
    ));
}
