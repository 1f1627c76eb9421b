import path from 'node:path';
import type { EvaluatorSpec } from '../../../core/domain/promptFile.ts';
import type { NodeHost } from '../../../nodeHost.ts';
import type { CommandRun } from '../commandTable.ts';
import { consentToExperiment } from '../consentToExperiment.ts';
import { openWorkspace } from '../openWorkspace.ts';
import { openStoredRun, whileAlone } from '../resumeCommand.ts';
import { exitCodeOfReport } from '../runExperimentCommand.ts';
import { writeReport } from '../writeReport.ts';

export const run: CommandRun = async (options, context) => {
  const host = await openWorkspace(options, context);
  try {
    const opened = await openStoredRun(host, options.positionals[0] ?? 'latest');
    const evaluatorsOf = await currentEvaluators(host, opened.plan.path, (shown) =>
      context.stderr.write(
        `${shown} has errors: scored by the evaluators that the run has. promptly check says more.\n`,
      ),
    );
    await whileAlone(opened, () => consentToExperiment(host, opened.plan, options, context));
    const { experiments } = host.engine.pipeline;
    const stored = await whileAlone(opened, () => experiments.score(opened, evaluatorsOf, context.signal));
    if (!options.flag('quiet') && stored.report.kind === 'abtest') {
      await context.stderr.write(
        'Scored anew after the results were seen: the confidence of a verdict holds for rules made before the run.\n',
      );
    }
    await writeReport(stored.report, options, context);
    return exitCodeOfReport({ ...stored, state: opened.ended ?? 'cancelled' }, false);
  } finally {
    await host.dispose();
  }
};

/**
 * An A/B test's own evaluators come first, those of the file that brought them else. Broken files change nothing, and
 * that is said.
 */
async function currentEvaluators(
  host: NodeHost,
  testPath: string,
  tell: (shownPath: string) => Promise<unknown>,
): Promise<(path: string) => Promise<readonly EvaluatorSpec[] | null>> {
  const evaluatorsIn = async (file: string): Promise<readonly EvaluatorSpec[] | null> => {
    const parsed = await host.parse(file).catch(() => null);
    // Variants named on the command line have no file of a test.
    if (parsed?.file === null) await tell(path.relative(host.folder, file));
    return parsed?.file?.evaluators ?? null;
  };
  const own = await evaluatorsIn(testPath);
  return async (file) => (file === testPath ? own : evaluatorsIn(file));
}
