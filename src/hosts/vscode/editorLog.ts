import type * as vscode from 'vscode';
import type { Log } from '../../core/ports/log.ts';
import type { PromptIndex } from './promptIndex.ts';

/** The engine's log in a channel whose level the user sets. */
export function createEditorLog(channel: vscode.LogOutputChannel): Log {
  return {
    debug: (message) => channel.debug(message),
    info: (message) => channel.info(message),
    warn: (message) => channel.warn(message),
    error: (message, error) => {
      if (error instanceof Error) channel.error(message, error.stack ?? error.message);
      else channel.error(message);
    },
  };
}

/** How long a large workspace takes is the first thing to know when it feels slow. */
export function logIndexed(log: vscode.LogOutputChannel, index: PromptIndex, startedMs: number): void {
  const known = (): string =>
    `${index.all().length} prompt files known after ${Math.round(performance.now() - startedMs)} ms.`;
  void index.ready().then(() => log.info(known()));
}
