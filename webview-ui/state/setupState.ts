import type { JsonObject } from '../../src/core/domain/json.ts';
import type { PanelSetup, SetupEdit, SetupPath } from '../../src/protocol/setup.ts';

/** Edits made at the same moment, until the host has shown them back. */
export interface PendingEdit {
  readonly serial: number;
  readonly edits: readonly SetupEdit[];
}

export interface GridCell {
  readonly row: number;
  readonly column: number;
}

/** The grid of test cases: which cell has the focus, and what is being typed into it. */
export interface GridState {
  readonly active: GridCell;
  /** null: no cell is being edited. */
  readonly editing: string | null;
  readonly scrollTop: number;
}

/** The form as it is shown: what the host said, with the edits on top that it has not shown back yet. */
export interface SetupState {
  readonly setup: PanelSetup;
  readonly value: JsonObject;
  readonly pending: readonly PendingEdit[];
  /** What stands in the field typed into last, as it was typed: `0.` is on its way to 0.5. */
  readonly typed: { readonly path: SetupPath; readonly text: string } | null;
  readonly grid: GridState;
  /** What is to be pasted as cases; null while nobody does. */
  readonly paste: string | null;
}

export const initialGrid: GridState = {
  active: { row: 0, column: 0 },
  editing: null,
  scrollTop: 0,
};
