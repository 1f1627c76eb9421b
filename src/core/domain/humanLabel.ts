/** A person's word on one output of a run. */
export interface HumanLabel {
  readonly caseId: string;
  /** The variant's id; of a test run `result`, its only column. */
  readonly variant: string;
  /** From 0. */
  readonly repetition: number;
  readonly label: 'good' | 'bad';
}

/** What makes two labels speak of the same output. */
const sameOutput = (a: Omit<HumanLabel, 'label'>, b: Omit<HumanLabel, 'label'>): boolean =>
  a.caseId === b.caseId && a.variant === b.variant && a.repetition === b.repetition;

/** The labels with one given, changed, or (null) taken back. */
export function withLabel(
  labels: readonly HumanLabel[],
  output: Omit<HumanLabel, 'label'>,
  label: HumanLabel['label'] | null,
): readonly HumanLabel[] {
  const others = labels.filter((one) => !sameOutput(one, output));
  const { caseId, variant, repetition } = output;
  return label === null ? others : [...others, { caseId, variant, repetition, label }];
}

/** As it was read from a file. */
export function isHumanLabel(value: unknown): value is HumanLabel {
  if (typeof value !== 'object' || value === null) return false;
  const { caseId, variant, repetition, label } = value as Record<string, unknown>;
  const names = typeof caseId === 'string' && typeof variant === 'string';
  return names && Number.isInteger(repetition) && (label === 'good' || label === 'bad');
}
