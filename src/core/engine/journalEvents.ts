import type { RunEvent } from '../domain/runEvent.ts';
import type { RunJournal } from '../ports/runStore.ts';

/**
 * Writes every event down before passing it on, so that nothing was shown that a killed process has lost. Pieces of
 * text are left out: the whole answer is in `cell-finished`, and a call in flight is repeated anyway. When the disk
 * fails, the run goes on and says so once.
 */
export async function* journalEvents(
  events: AsyncIterable<RunEvent>,
  journal: RunJournal,
  onError: (error: unknown) => void,
): AsyncGenerator<RunEvent> {
  let works = true;
  try {
    for await (const event of events) {
      if (works && event.type !== 'text-delta' && event.type !== 'reasoning-delta') {
        try {
          await journal.append(event);
        } catch (error) {
          works = false;
          onError(error);
          const message = 'This run can no longer be written to disk; it goes on, but cannot be resumed.';
          yield { type: 'notice-raised', cellId: null, message };
        }
      }
      yield event;
    }
  } finally {
    await journal.close().catch(onError);
  }
}
