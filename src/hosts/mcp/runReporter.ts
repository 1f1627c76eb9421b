import type { RunEvent } from '../../core/domain/runEvent.ts';

const everyMs = 250;

/** Turns the events of a run into progress in words; arriving text is counted, not repeated, and told a few times a second. */
export function createRunReporter(report: (message: string) => void): (event: RunEvent) => void {
  let characters = 0;
  let lastMs = 0;
  return (event) => {
    switch (event.type) {
      case 'cell-started': {
        characters = 0;
        const step = event.step === undefined ? '' : `step ${event.step}: `;
        report(`${step}asking ${event.route.backend}/${event.route.model}`);
        break;
      }
      case 'text-delta': {
        characters += event.text.length;
        const now = Date.now();
        if (now - lastMs < everyMs) break;
        lastMs = now;
        report(`${characters} characters received`);
        break;
      }
      case 'attempt-failed':
        report(
          event.retryInMs === null
            ? `attempt ${event.attempt} failed: ${event.failure.message}`
            : `attempt ${event.attempt} failed: ${event.failure.message} Trying again in ${(event.retryInMs / 1000).toFixed(1)} s`,
        );
        break;
      case 'notice-raised':
        report(event.message);
        break;
      default:
        break;
    }
  };
}
