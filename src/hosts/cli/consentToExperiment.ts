import type { ExperimentPlan } from '../../core/domain/experimentPlan.ts';
import type { NodeHost } from '../../nodeHost.ts';
import type { CommandContext } from './commandContext.ts';
import type { ParsedOptions } from './parseArguments.ts';
import { UsageError } from './usageError.ts';

/**
 * Programs that the workspace itself brings (its executors, its evaluator scripts) run only when somebody agreed: asked
 * on a terminal, --yes elsewhere. Throws `UsageError` without consent.
 */
export async function consentToExperiment(
  host: NodeHost,
  { programs }: Pick<ExperimentPlan, 'programs'>,
  options: ParsedOptions,
  context: CommandContext,
): Promise<void> {
  const executors = programs.executors.filter((name) => host.reading.workspaceExecutors.includes(name));
  const names = [
    ...executors.map((name) => {
      const executor = host.reading.settings.executors[name];
      return [executor?.command, ...(executor?.args ?? [])].join(' ');
    }),
    ...programs.scripts,
  ];
  if (names.length === 0) return;
  if (!options.flag('yes')) {
    const shown = names.map((name) => `\`${name}\``).join(', ');
    if (context.confirm === null) {
      throw new UsageError(`this workspace would start programs of its own: ${shown}; allow it with --yes`);
    }
    if (!(await context.confirm(`This workspace wants to start ${shown}. Allow it?`))) {
      throw new UsageError('the programs were not allowed to start');
    }
  }
  host.allowPrograms();
}
