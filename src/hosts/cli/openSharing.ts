import { plainText } from '../../core/reporting/plainText.ts';
import type { SharingNotice } from '../../core/domain/sharing.ts';
import type { PromptLookup } from '../../core/ports/promptLookup.ts';
import type { NodeHost } from '../../nodeHost.ts';
import type { Sharing } from '../../sharing.ts';
import type { CommandContext } from './commandContext.ts';

/** Loaded when somebody shares something. */
export async function openWorkspaceSharing(host: NodeHost): Promise<Sharing> {
  const { openSharing } = await import('../../sharing.ts');
  return openSharing({
    folder: host.folder,
    prompts: lookUpOnce(host),
    skillFileLimitBytes: host.reading.settings.skillFileLimitBytes,
  });
}

/** By name, as the folder is now: hundreds of files are shared without reading all headers for each of them. */
function lookUpOnce(host: NodeHost): PromptLookup {
  let listed: ReturnType<NodeHost['list']> | undefined;
  return {
    async find(name) {
      listed ??= host.list();
      const paths = (await listed).filter((prompt) => prompt.name === name).map(({ path }) => path);
      const [only, second] = paths;
      if (only === undefined) return { status: 'not-found' };
      if (second !== undefined) return { status: 'ambiguous', paths };
      return { status: 'found', file: await host.parse(only) };
    },
  };
}

export type NoticeWeight = 'error' | 'warning' | 'note';

/** `file:line weight message`, one line each. */
export async function printNotices(
  notices: readonly SharingNotice[],
  weight: NoticeWeight,
  context: CommandContext,
): Promise<void> {
  for (const { file, line, message } of notices) {
    const place = line === null ? file : `${file}:${line}`;
    await context.stderr.write(`${plainText(`${place} ${weight} ${message}`).replaceAll(/\s+/g, ' ')}\n`);
  }
}
