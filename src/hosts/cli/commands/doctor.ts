import type { BackendHealth } from '../../../core/ports/modelBackend.ts';
import type { CommandRun } from '../commandTable.ts';
import { exitCodes } from '../exitCodes.ts';
import { openWorkspace } from '../openWorkspace.ts';
import { writeResult } from '../writeResult.ts';
import type { NodeHost } from '../../../nodeHost.ts';
import { version } from '../../../../package.json';

export const run: CommandRun = async (options, context) => {
  const host = await openWorkspace(options, context);
  try {
    const backends = await Promise.all(
      host.engine.world.backends
        .list()
        .map(async ({ id, label }) => ({ id, label, ...(await healthOf(host, id, context.signal)) })),
    );
    const settings = host.reading.warnings;
    if (options.flag('json')) {
      const document = {
        schemaVersion: 1,
        version,
        node: process.version,
        folder: host.folder,
        backends,
        settings,
      };
      await writeResult(options, context, `${JSON.stringify(document, null, 2)}\n`);
    } else {
      const lines = backends.map((it) => {
        const hint = 'hint' in it ? `\n    → ${it.hint}` : '';
        return `${marks[it.status]} ${it.label}: ${it.detail}${hint}\n`;
      });
      const prompts = (await host.list()).length;
      const head = `Promptly ${version}, Node ${process.version}, ${prompts} prompt files in ${host.folder}\n`;
      await writeResult(options, context, head + lines.join(''));
    }
    return backends.some((it) => it.status === 'ready') ? exitCodes.ok : exitCodes.backendFailure;
  } finally {
    await host.dispose();
  }
};

const marks: Record<BackendHealth['status'], string> = { ready: '✓', 'needs-setup': '○', unavailable: '✗' };

async function healthOf(
  host: NodeHost,
  id: Parameters<NodeHost['engine']['world']['backends']['open']>[0],
  signal: AbortSignal,
): Promise<BackendHealth> {
  try {
    return await (await host.engine.world.backends.open(id)).checkHealth(signal);
  } catch (error) {
    const failure = host.engine.pipeline.toFailure(error, signal);
    return { status: 'unavailable', detail: failure.message, hint: failure.hint };
  }
}
