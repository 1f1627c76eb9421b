import { diffWordsWithSpace } from 'diff';

export interface DiffPart {
  readonly text: string;
  readonly kind: 'same' | 'added' | 'removed';
}

/** Long texts and very different ones take a time that grows with their product: there a diff says little anyway. */
const limits = { maxEditLength: 3000, timeout: 150 };

/** Words of `after` compared with `before`; null where they differ too much to tell in a moment. */
export function wordDiff(before: string, after: string): readonly DiffPart[] | null {
  // The typings know that a diff with limits may come to nothing.
  const changes = diffWordsWithSpace(before, after, limits);
  return (
    changes?.map(({ value, added, removed }) => ({
      text: value,
      kind: added ? 'added' : removed ? 'removed' : 'same',
    })) ?? null
  );
}
