// What lies in a run's folder.
export const planFile = 'plan.json';
export const eventsFile = 'events.jsonl';
export const reportFile = 'report.json';
export const labelsFile = 'labels.json';
/** While some process is at the run. */
export const lockFile = 'running.lock';
