import { shorten } from './askJudge.ts';
import { againstExpected, yesNo } from './evaluator.ts';

/** 1 when the reference answer occurs in the output, case ignored. */
export const contains = againstExpected('yes-no', (output, expected) =>
  yesNo(
    output.toLowerCase().includes(expected.toLowerCase()),
    `The output does not contain "${shorten(expected, 80)}".`,
  ),
);
