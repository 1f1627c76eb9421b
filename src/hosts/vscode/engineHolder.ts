import * as vscode from 'vscode';
import type { Engine, HostParts } from '../../composition.ts';
import type { Log } from '../../core/ports/log.ts';
import type { PromptLookup } from '../../core/ports/promptLookup.ts';
import type { SecretReader } from '../../core/ports/secretReader.ts';
import { readEditorSettings } from './editorSettings.ts';
import { languageModelEntry } from './languageModelBackend.ts';

/** The engine, a bundle of its own: loaded when the first run, picker or check needs it. */
export class EngineHolder {
  private readonly parts: HostParts;
  private engine: Promise<Engine> | undefined;

  constructor(context: vscode.ExtensionContext, secrets: SecretReader, log: Log, prompts: PromptLookup) {
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
    this.parts = {
      settings: readEditorSettings,
      secrets,
      log,
      prompts,
      workspaceFolderOf,
      environment: process.env,
      storageFolder: context.globalStorageUri.fsPath,
      // Nothing runs at all in a workspace that is not trusted.
      mayRunPrograms: () => vscode.workspace.isTrusted,
      ...(folder?.scheme === 'file' ? { workingFolder: folder.fsPath } : {}),
      statisticsThread: true,
      ownBackends: [languageModelEntry(context.languageModelAccessInformation)],
    };
  }

  get(): Promise<Engine> {
    this.engine ??= import('../../composition.ts').then(({ createEngine }) => createEngine(this.parts));
    return this.engine;
  }

  async dispose(): Promise<void> {
    const engine = await this.engine;
    await engine?.dispose();
  }
}

/** Runs and recorded answers are kept on disks only: a virtual workspace keeps none. */
function workspaceFolderOf(file: string): string | undefined {
  const folder = vscode.workspace.getWorkspaceFolder(vscode.Uri.file(file))?.uri;
  return folder?.scheme === 'file' ? folder.fsPath : undefined;
}
