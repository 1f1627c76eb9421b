import type { ExperimentOverrides } from '../../core/pipeline/experiments/experimentRequests.ts';
import type { ParsedOptions } from './parseArguments.ts';
import { UsageError } from './usageError.ts';

/** What the flags say over the file. */
export function readOverrides(options: ParsedOptions): ExperimentOverrides {
  const confidence = options.number('confidence');
  if (confidence !== undefined && !(confidence >= 0.5 && confidence <= 0.9999)) {
    throw new UsageError(`--confidence takes a number from 0.5 to 0.9999; not '${confidence}'`);
  }
  if (options.flag('fixed') && options.flag('live')) {
    throw new UsageError('--fixed judges once, at the end, and --live all along: choose one');
  }
  const metric = options.text('metric');
  const groupBy = options.text('group-by');
  const budget = readBudget(options);
  return {
    ...budget,
    ...(metric !== undefined && { metric }),
    ...(groupBy !== undefined && { groupBy }),
    ...(confidence !== undefined && { confidence }),
    ...numberAs(options, 'repetitions', 'repetitions'),
    ...numberAs(options, 'min-effect', 'minEffect'),
    ...numberAs(options, 'concurrency', 'concurrency'),
    ...numberAs(options, 'seed', 'seed'),
    ...(options.flag('stop-early') && { stopEarly: true }),
    ...(options.flag('fixed') && { mode: 'fixed' as const }),
    ...(options.flag('live') && { mode: 'live' as const }),
  };
}

export function readBudget(options: ParsedOptions): Pick<ExperimentOverrides, 'budget'> {
  const budget = {
    ...numberAs(options, 'max-cost', 'maxCostUsd'),
    ...numberAs(options, 'max-calls', 'maxCalls'),
    ...numberAs(options, 'max-minutes', 'maxMinutes'),
  };
  return Object.keys(budget).length === 0 ? {} : { budget };
}

function numberAs<Name extends string>(
  options: ParsedOptions,
  option: string,
  name: Name,
): Partial<Record<Name, number>> {
  const value = options.number(option);
  return value === undefined ? {} : ({ [name]: value } as Record<Name, number>);
}
