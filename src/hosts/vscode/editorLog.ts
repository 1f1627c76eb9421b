import type * as vscode from 'vscode';
import type { Log } from '../../core/ports/log.ts';

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
