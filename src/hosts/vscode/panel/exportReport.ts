import * as vscode from 'vscode';
import type { Report } from '../../../core/domain/report.ts';
import type { ReportFormat } from '../../../core/reporting/renderReport.ts';
import { t } from '../l10n.ts';

interface FormatChoice extends vscode.QuickPickItem {
  readonly format: ReportFormat;
  readonly extension: string;
}

const formats = (): readonly FormatChoice[] => [
  { label: 'Markdown', description: t('for a pull request'), format: 'markdown', extension: 'md' },
  { label: 'HTML', description: t('one page with its charts'), format: 'html', extension: 'html' },
  { label: 'CSV', description: t('one line a result, for spreadsheets'), format: 'csv', extension: 'csv' },
  { label: 'JUnit XML', description: t('for continuous integration'), format: 'junit', extension: 'xml' },
  { label: 'JSON', description: t('everything, for programs'), format: 'json', extension: 'json' },
  { label: t('Plain text'), description: t('as a terminal shows it'), format: 'text', extension: 'txt' },
];

/** Loaded when somebody asks for a rendering. */
async function render(report: Report, format: ReportFormat): Promise<string> {
  const { renderReport } = await import('../../../core/reporting/renderReport.ts');
  return renderReport(report, format);
}

export async function copyAsMarkdown(report: Report): Promise<void> {
  await vscode.env.clipboard.writeText(await render(report, 'markdown'));
  vscode.window.setStatusBarMessage(t('Promptly: report copied as Markdown'), 3_000);
}

/** Asks for a format and a place, and writes the report there. */
export async function exportReport(report: Report, name: string): Promise<void> {
  const choice = await vscode.window.showQuickPick(formats(), { title: t('Export the report as') });
  if (choice === undefined) return;
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const fileName = `${name.replace(/[^\p{L}\p{N}-]+/gu, '-').replace(/^-+|-+$/g, '') || 'report'}.${choice.extension}`;
  const target = await vscode.window.showSaveDialog({
    title: t('Export the report'),
    filters: { [choice.label]: [choice.extension] },
    ...(folder === undefined ? {} : { defaultUri: vscode.Uri.joinPath(folder, fileName) }),
  });
  if (target === undefined) return;
  await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(await render(report, choice.format)));
  const open = t('Open');
  const message = t('The report is in {0}.', vscode.workspace.asRelativePath(target));
  if ((await vscode.window.showInformationMessage(message, open)) === open) {
    await vscode.commands.executeCommand('vscode.open', target);
  }
}
