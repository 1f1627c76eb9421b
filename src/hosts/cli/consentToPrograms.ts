import type { RunPlan } from '../../core/domain/runPlan.ts';
import type { NodeHost } from '../../nodeHost.ts';
import type { CommandContext } from './commandContext.ts';
import type { ParsedOptions } from './parseArguments.ts';
import { UsageError } from './usageError.ts';

/**
 * A program that the workspace itself names runs only when somebody agreed: asked on a terminal, --yes elsewhere.
 * Throws `UsageError` without consent.
 */
export async function consentToPrograms(
  host: NodeHost,
  plan: RunPlan,
  options: ParsedOptions,
  context: CommandContext,
): Promise<void> {
  const used = plan.calls
    .map(({ route }) => (route.backend.startsWith('custom:') ? route.backend.slice('custom:'.length) : ''))
    .filter((name) => host.reading.workspaceExecutors.includes(name));
  const name = used[0];
  if (name === undefined || options.flag('yes')) return;
  const executor = host.reading.settings.executors[name];
  const program = [executor?.command, ...(executor?.args ?? [])].join(' ');
  if (context.confirm === null) {
    throw new UsageError(
      `this workspace's settings would start the program \`${program}\`; allow it with --yes`,
    );
  }
  if (!(await context.confirm(`This workspace's settings want to start \`${program}\`. Allow it?`))) {
    throw new UsageError('the program was not allowed to start');
  }
}
