import { stat } from 'node:fs/promises';
import path from 'node:path';
import { hasErrors } from '../../../core/domain/diagnostic.ts';
import type { FileDiagnostic } from '../../../core/domain/runPlan.ts';
import { counted } from '../../../core/reporting/numberWords.ts';
import type { NodeHost } from '../../../nodeHost.ts';
import type { CommandRun } from '../commandTable.ts';
import { exitCodes } from '../exitCodes.ts';
import { openWorkspace } from '../openWorkspace.ts';
import { buildDiagnosticsDocument, renderDiagnostic } from '../printDiagnostics.ts';
import { UsageError } from '../usageError.ts';
import { writeResult } from '../writeResult.ts';

export const run: CommandRun = async (options, context) => {
  const host = await openWorkspace(options, context);
  const files = await selectFiles(host, options.positionals);
  const diagnostics = (await host.check()).filter((diagnostic) => files === null || files(diagnostic.path));
  if (options.flag('json')) {
    const document = buildDiagnosticsDocument(host.folder, diagnostics);
    await writeResult(options, context, `${JSON.stringify(document, null, 2)}\n`);
  } else {
    const text = diagnostics
      .map((diagnostic: FileDiagnostic) => renderDiagnostic(host.folder, diagnostic))
      .join('');
    await writeResult(options, context, text);
    await context.stderr.write(summaryOf(diagnostics));
  }
  return hasErrors(diagnostics) ? exitCodes.usage : exitCodes.ok;
};

/** null: every file. Names that two files share are found over the whole workspace, whatever is asked for. */
async function selectFiles(
  host: NodeHost,
  targets: readonly string[],
): Promise<((file: string) => boolean) | null> {
  if (targets.length === 0) return null;
  const wanted = await Promise.all(
    targets.map(async (target) => {
      const full = path.resolve(host.folder, target);
      await stat(full).catch(() => {
        throw new UsageError(`there is no file or folder ${target}`);
      });
      return full;
    }),
  );
  return (file) => wanted.some((full) => file === full || file.startsWith(full + path.sep));
}

function summaryOf(diagnostics: readonly FileDiagnostic[]): string {
  const count = (severity: string): number => diagnostics.filter((it) => it.severity === severity).length;
  if (diagnostics.length === 0) return 'No problems found.\n';
  return `${counted(count('error'), 'error')}, ${counted(count('warning'), 'warning')}.\n`;
}
