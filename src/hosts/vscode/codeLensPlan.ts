import type { PromptKind } from '../../core/domain/promptFile.ts';
import { type CommandId, commandIds } from './commandIds.ts';
import { t } from './l10n.ts';

/** One lens: what it says and what a click does. Arguments are the file's address, then `extra`. */
export interface PlannedLens {
  readonly title: string;
  readonly tooltip: string;
  readonly command: CommandId;
}

export interface LensSubject {
  readonly kind: PromptKind;
  readonly name: string;
  readonly running: boolean;
}

/** The lenses above a prompt file, by what it is and whether it runs. */
export function codeLensPlan({ kind, name, running }: LensSubject): readonly PlannedLens[] {
  if (running) {
    return [
      {
        title: `$(stop-circle) ${t('Cancel')}`,
        tooltip: t('Stop the run of {0}', name),
        command: commandIds.cancelRun,
      },
    ];
  }
  return lensesOfKind[kind](name);
}

const runLenses = (name: string): readonly PlannedLens[] => [
  { title: `$(play) ${t('Run')}`, tooltip: t('Run {0}', name), command: commandIds.runPrompt },
  {
    title: t('Run with…'),
    tooltip: t('Choose backend and model for this run of {0}', name),
    command: commandIds.runPromptWith,
  },
];

const compareLens = (name: string): PlannedLens => ({
  title: t('Compare with HEAD'),
  tooltip: t('Test {0} against its last committed version, on its test cases', name),
  command: commandIds.compareWithHead,
});

const testLens = (name: string): PlannedLens => ({
  title: t('A/B Test…'),
  tooltip: t('Set up a test of {0} against other prompts, models or versions', name),
  command: commandIds.runAbTest,
});

const lensesOfKind: Record<PromptKind, (name: string) => readonly PlannedLens[]> = {
  prompt: (name) => [...runLenses(name), testLens(name), compareLens(name)],
  skill: (name) => [...runLenses(name), testLens(name), compareLens(name)],
  chain: (name) => [...runLenses(name), testLens(name), compareLens(name)],
  abtest: (name) => [
    {
      title: `$(beaker) ${t('A/B Test…')}`,
      tooltip: t('See what {0} would run and cost, and start it', name),
      command: commandIds.runAbTest,
    },
  ],
};
