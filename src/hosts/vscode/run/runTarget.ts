import * as vscode from 'vscode';
import type { BackendId } from '../../../core/domain/backendId.ts';
import { isBackendId } from '../../../core/domain/backendId.ts';
import type { JsonValue } from '../../../core/domain/json.ts';

/** What a run is asked for. Everything may be left open and is asked or chosen then. */
export interface RunTarget {
  readonly uri?: vscode.Uri;
  readonly inputs?: Readonly<Record<string, JsonValue>>;
  readonly choice?: { readonly backend?: BackendId; readonly model?: string };
  /** A text for the first variable that is asked. */
  readonly selection?: string;
  /** Ask the model even where its answer is on record. */
  readonly anew?: boolean;
}

/**
 * The argument of the run commands: nothing (palette), a file (lens, menus), a node of the Promptly view, or for
 * keybindings and tasks `{"file": "file:///…", "inputs": {…}, "backend": "…", "model": "…"}`.
 */
export function toRunTarget(argument: unknown): RunTarget {
  if (argument instanceof vscode.Uri) return { uri: argument };
  if (typeof argument !== 'object' || argument === null) return {};
  const { file, uri, inputs, backend, model } = argument as Record<string, unknown>;
  const choice = {
    ...(typeof backend === 'string' && isBackendId(backend) ? { backend } : {}),
    ...(typeof model === 'string' ? { model } : {}),
  };
  return {
    ...(typeof file === 'string' ? { uri: vscode.Uri.parse(file, true) } : {}),
    ...(uri instanceof vscode.Uri ? { uri } : {}),
    ...(typeof inputs === 'object' && inputs !== null ? { inputs: inputs as Record<string, JsonValue> } : {}),
    ...(Object.keys(choice).length > 0 ? { choice } : {}),
  };
}
