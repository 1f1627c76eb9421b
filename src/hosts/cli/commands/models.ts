import type { BackendDescription } from '../../../core/ports/backendDirectory.ts';
import type { ModelInfo } from '../../../core/ports/modelBackend.ts';
import type { Failure } from '../../../core/domain/failure.ts';
import type { CommandRun } from '../commandTable.ts';
import { exitCodes } from '../exitCodes.ts';
import { openWorkspace } from '../openWorkspace.ts';
import { UsageError } from '../usageError.ts';
import { writeResult } from '../writeResult.ts';
import type { NodeHost } from '../../../nodeHost.ts';

interface BackendModels {
  readonly backend: string;
  readonly models: readonly ModelInfo[];
  readonly failure: Failure | null;
}

export const run: CommandRun = async (options, context) => {
  const host = await openWorkspace(options, context);
  try {
    const asked = options.text('backend');
    const backends = host.engine.world.backends
      .list()
      .filter(({ id }) => asked === undefined || id === asked);
    if (backends.length === 0) throw new UsageError(`--backend: there is no backend '${asked ?? ''}'`);
    const answers = await Promise.all(backends.map((backend) => modelsOf(host, backend, context.signal)));
    if (options.flag('json')) {
      await writeResult(
        options,
        context,
        `${JSON.stringify({ schemaVersion: 1, backends: answers }, null, 2)}\n`,
      );
    } else {
      await writeResult(options, context, answers.map(render).join(''));
    }
    const anyAnswer = answers.some((answer) => answer.failure === null);
    return anyAnswer ? exitCodes.ok : exitCodes.backendFailure;
  } finally {
    await host.dispose();
  }
};

async function modelsOf(
  host: NodeHost,
  { id }: BackendDescription,
  signal: AbortSignal,
): Promise<BackendModels> {
  const { pipeline, world } = host.engine;
  try {
    const backend = await world.backends.open(id);
    return { backend: id, models: await backend.listModels(signal), failure: null };
  } catch (error) {
    return { backend: id, models: [], failure: pipeline.toFailure(error, signal) };
  }
}

function render({ backend, models, failure }: BackendModels): string {
  if (failure !== null) return `${backend}: ${failure.message} ${failure.hint}\n`;
  if (models.length === 0) return `${backend}: no models\n`;
  return models.map((model) => `${backend}/${model.id}\n`).join('');
}
