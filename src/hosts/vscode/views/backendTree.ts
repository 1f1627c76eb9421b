import * as vscode from 'vscode';
import type { BackendId } from '../../../core/domain/backendId.ts';
import type { BackendDescription } from '../../../core/ports/backendDirectory.ts';
import { readEditorSettings } from '../editorSettings.ts';
import type { EngineHolder } from '../engineHolder.ts';
import { t } from '../l10n.ts';
import { hasModelSetting, modelOf } from '../models/modelSetting.ts';
import { isKeyedBackend, keyedBackends, type SecretKeys } from '../secretStorage.ts';
import { shownModel } from '../shownModel.ts';
import {
  backendContext,
  backendIcon,
  backendWords,
  labelWords,
  sizeWords,
  type AutomaticNode,
  type BackendListNode,
  type BackendNode,
  type BackendState,
  type ModelNode,
  type NoModelsNode,
} from './backendNodes.ts';
import { markdownOf } from './markdownOf.ts';
import type { Tree } from './tree.ts';

const healthLimitMs = 4_000;
const modelsLimitMs = 10_000;

interface BackendTreeParts {
  readonly engine: EngineHolder;
  readonly keys: SecretKeys;
  readonly onDidChangeKeys: vscode.Event<unknown>;
}

/**
 * The backends, each asked how it is when the view is opened, when somebody wants it again, and when a setting or a key
 * changed; never in between. A backend that is ready has its models below it, asked for when it is opened.
 */
export class BackendTree implements Tree {
  private readonly parts: BackendTreeParts;
  private readonly changed = new vscode.EventEmitter<BackendListNode | undefined>();
  private readonly disposables: readonly { dispose(): unknown }[];
  private states = new Map<BackendId, BackendState>();
  private asked = new Set<BackendId>();
  readonly onDidChange = this.changed.event;

  constructor(parts: BackendTreeParts) {
    this.parts = parts;
    this.disposables = [
      this.changed,
      parts.onDidChangeKeys(() => this.refresh()),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('promptly')) this.refresh();
      }),
    ];
  }

  async children(node?: BackendListNode): Promise<readonly BackendListNode[]> {
    if (node === undefined) return this.backends();
    return node.type === 'backend' ? this.models(node) : [];
  }

  item(node: BackendListNode): vscode.TreeItem {
    switch (node.type) {
      case 'automatic':
        return automaticItem(node);
      case 'backend':
        return backendItem(node, this.states.get(node.backend));
      case 'model':
        return modelItem(node);
      case 'no-models':
        return noModelsItem(node);
    }
  }

  refresh(): void {
    // Answers that are still on their way belong to the old question.
    this.states = new Map();
    this.asked = new Set();
    this.changed.fire(undefined);
  }

  dispose(): void {
    for (const disposable of this.disposables) disposable.dispose();
  }

  private async backends(): Promise<readonly BackendListNode[]> {
    const { world } = await this.parts.engine.get();
    const { defaultBackend } = readEditorSettings('');
    const nodes = world.backends.list().map((description) => ({
      type: 'backend' as const,
      backend: description.id,
      description,
      isDefault: description.id === defaultBackend,
    }));
    for (const { backend } of nodes) void this.ask(backend);
    return [{ type: 'automatic', backend: 'auto', isDefault: defaultBackend === 'auto' }, ...nodes];
  }

  private async ask(backend: BackendId): Promise<void> {
    const { asked, states } = this;
    if (asked.has(backend)) return;
    asked.add(backend);
    states.set(backend, await this.stateOf(backend));
    // All of them: a line that can be opened now is another line to the editor.
    if (states === this.states) this.changed.fire(undefined);
  }

  private async stateOf(id: BackendId): Promise<BackendState> {
    const { world, pipeline } = await this.parts.engine.get();
    const signal = AbortSignal.timeout(healthLimitMs);
    try {
      const backend = await world.backends.open(id);
      return { health: await backend.checkHealth(signal), installs: backend.install !== undefined };
    } catch (error) {
      const { message, hint } = pipeline.toFailure(error, signal);
      return { health: { status: 'unavailable', detail: message, hint }, installs: false };
    }
  }

  private async models({ backend }: BackendNode): Promise<readonly BackendListNode[]> {
    const { world, pipeline } = await this.parts.engine.get();
    const signal = AbortSignal.timeout(modelsLimitMs);
    try {
      const opened = await world.backends.open(backend);
      const models = await opened.listModels(signal);
      const chosen = modelOf(backend).model ?? opened.defaultModel;
      const isChosen = (id: string): boolean => id === chosen || id === `${chosen ?? ''}:latest`;
      if (models.length === 0) return [{ type: 'no-models', backend, text: t('No models') }];
      return models.map((info) => ({
        type: 'model',
        backend,
        model: info.id,
        info,
        isDefault: isChosen(info.id),
      }));
    } catch (error) {
      return [{ type: 'no-models', backend, text: pipeline.toFailure(error, signal).message }];
    }
  }
}

function automaticItem({ isDefault }: AutomaticNode): vscode.TreeItem {
  const item = new vscode.TreeItem(t('Automatic'), vscode.TreeItemCollapsibleState.None);
  item.id = 'auto';
  item.description = isDefault ? t('default') : '';
  item.iconPath = new vscode.ThemeIcon('sparkle');
  item.tooltip = t('The first that is ready: Ollama, Copilot, Claude, OpenAI, the embedded model');
  item.contextValue = `promptly.automatic${isDefault ? ';default' : ''}`;
  return item;
}

function backendItem(node: BackendNode, state: BackendState | undefined): vscode.TreeItem {
  const { description, isDefault, backend } = node;
  const { None, Collapsed } = vscode.TreeItemCollapsibleState;
  const isReady = state?.health.status === 'ready';
  const item = new vscode.TreeItem(description.label, isReady ? Collapsed : None);
  // The editor keeps what it knows of an id, whether it can be opened included.
  item.id = `${backend}${isReady ? '' : '?'}`;
  item.description = backendWords(state, isDefault);
  const { icon, color } = backendIcon(state);
  item.iconPath = new vscode.ThemeIcon(icon, color === null ? undefined : new vscode.ThemeColor(color));
  item.tooltip = backendTooltip(description, state);
  item.contextValue = backendContext(node, state);
  const words = state === undefined ? '' : state.health.detail;
  item.accessibilityInformation = {
    label: [description.label, backendWords(state, isDefault), words].filter(Boolean).join(', '),
  };
  return item;
}

function backendTooltip(
  { id, label, local }: BackendDescription,
  state: BackendState | undefined,
): vscode.MarkdownString {
  const { health } = state ?? {};
  return markdownOf([
    { bold: label },
    local ? t('On this machine') : t('Online: sends prompts and inputs to the service'),
    ...(health === undefined ? [] : [health.detail]),
    ...(health !== undefined && 'hint' in health ? [health.hint] : []),
    ...(isKeyedBackend(id)
      ? [t('Its key is in secret storage, or in {0}.', keyedBackends[id].variable)]
      : []),
    { code: id },
  ]);
}

function modelItem({ backend, model, info, isDefault }: ModelNode): vscode.TreeItem {
  const item = new vscode.TreeItem(shownModel(model), vscode.TreeItemCollapsibleState.None);
  item.id = `${backend}/${model}`;
  const label = labelWords(info);
  item.description = [isDefault ? t('default') : '', label, sizeWords(info)].filter(Boolean).join(' · ');
  item.iconPath = new vscode.ThemeIcon(isDefault ? 'check' : 'circle-outline');
  const context = info.contextTokens;
  item.tooltip = markdownOf([
    { bold: info.label ?? model },
    ...(context === undefined
      ? []
      : [t('{0} tokens of context', context.toLocaleString(vscode.env.language))]),
    { code: model },
  ]);
  const usable = hasModelSetting(backend) && !isDefault;
  item.contextValue = `promptly.model${usable ? ';usable' : ''}`;
  item.accessibilityInformation = {
    label: [model, isDefault ? t('default') : ''].filter(Boolean).join(', '),
  };
  return item;
}

function noModelsItem({ backend, text }: NoModelsNode): vscode.TreeItem {
  const item = new vscode.TreeItem('', vscode.TreeItemCollapsibleState.None);
  item.id = `${backend}/none`;
  item.description = text;
  item.tooltip = text;
  item.contextValue = 'promptly.note';
  item.accessibilityInformation = { label: text };
  return item;
}
