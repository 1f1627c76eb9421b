import { shorten } from './askJudge.ts';
import { againstExpected, yesNo } from './evaluator.ts';

/** 1 when the trimmed output is the trimmed reference answer. */
export const exactMatch = againstExpected('yes-no', (output, expected) =>
  yesNo(output.trim() === expected.trim(), `The output is not "${shorten(expected, 80)}".`),
);
