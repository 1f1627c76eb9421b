import { jsonPieces } from '../../core/domain/jsonPieces.ts';
import type { Report } from '../../core/domain/report.ts';
import { renderGhModels } from '../../core/reporting/renderGhModels.ts';
import { renderReport, type ReportFormat } from '../../core/reporting/renderReport.ts';
import type { CommandContext } from './commandContext.ts';
import type { ParsedOptions } from './parseArguments.ts';
import { writeResult } from './writeResult.ts';

/** The report in the format asked for, to stdout or the file that --output names. */
export async function writeReport(
  report: Report,
  options: ParsedOptions,
  context: CommandContext,
): Promise<void> {
  if (options.text('compat') === 'gh-models' && report.kind === 'test') {
    await writeResult(options, context, renderGhModels(report));
    return;
  }
  const format = options.flag('json') ? 'json' : ((options.text('format') ?? 'text') as ReportFormat);
  if (format === 'json') {
    await writeResult(options, context, jsonPieces(report));
    return;
  }
  const color =
    format === 'text' &&
    context.stdout.isTerminal &&
    !options.has('output') &&
    (context.environment['NO_COLOR'] ?? '') === '';
  await writeResult(options, context, renderReport(report, format, { color }));
}
