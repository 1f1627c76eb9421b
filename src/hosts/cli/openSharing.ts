import { plainText } from '../../core/reporting/plainText.ts';
import type { SharingNotice } from '../../core/domain/sharing.ts';
import type { NodeHost } from '../../nodeHost.ts';
import type { Sharing } from '../../sharing.ts';
import type { CommandContext } from './commandContext.ts';

/** Loaded when somebody shares something. */
export async function openWorkspaceSharing(host: NodeHost): Promise<Sharing> {
  const { openSharing } = await import('../../sharing.ts');
  return openSharing({
    folder: host.folder,
    prompts: host.prompts.snapshot(),
    skillFileLimitBytes: host.reading.settings.skillFileLimitBytes,
  });
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
