import type { CalibrationJobs } from './calibrationReport.ts';
import { chanceBestCalibration } from './chanceBest.ts';
import { differenceCoverage, variantCoverage } from './coverage.ts';
import { falseWinners, marginRule, naiveRules } from './falseWinners.ts';
import { power } from './power.ts';
import { weakNulls } from './weakNulls.ts';

export interface Part {
  readonly jobs: CalibrationJobs;
  /** Share of the asked for number of runs that it takes. */
  readonly share: number;
}

const part = <Result>(jobs: CalibrationJobs<Result>, share = 1): Part => ({
  // Results are passed back to the part that they came from.
  jobs,
  share,
});

/** Everything that can be simulated, by name. */
export const parts: Readonly<Record<string, Part>> = {
  'variant-coverage': part(variantCoverage()),
  'chance-best': part(chanceBestCalibration(), 0.5),
  'margin-rule': part(marginRule()),
  'naive-rules': part(naiveRules()),
  'difference-coverage': part(differenceCoverage()),
  power: part(power(), 0.5),
  'weak-nulls': part(weakNulls()),
  'false-winners-two-equal': part(falseWinners('two-equal')),
  'false-winners-three-equal': part(falseWinners('three-equal')),
  'false-winners-two-tied-on-top': part(falseWinners('two-tied-on-top')),
};
