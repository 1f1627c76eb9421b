import { jsonPieces } from '../domain/jsonPieces.ts';
import type { Report } from '../domain/report.ts';
import { renderCsv } from './renderCsv.ts';
import { renderHtml } from './renderHtml.ts';
import { renderJunit } from './renderJunit.ts';
import { renderMarkdown } from './renderMarkdown.ts';
import { renderText, type TextOptions } from './renderText.ts';

export const reportFormats = ['text', 'json', 'markdown', 'junit', 'csv', 'html'] as const;
export type ReportFormat = (typeof reportFormats)[number];

const renderers: Readonly<Record<ReportFormat, (report: Report, options: TextOptions) => string>> = {
  text: renderText,
  json: (report) => [...jsonPieces(report)].join(''),
  markdown: renderMarkdown,
  junit: renderJunit,
  csv: renderCsv,
  html: renderHtml,
};

/** One report, any format; `color` matters to `text` alone. */
export function renderReport(
  report: Report,
  format: ReportFormat,
  options: TextOptions = { color: false },
): string {
  return renderers[format](report, options);
}
