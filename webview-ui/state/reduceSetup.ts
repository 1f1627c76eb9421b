import { applyToValue } from '../../src/core/formats/edit/applyToValue.ts';
import type { JsonObject, JsonValue } from '../../src/core/domain/json.ts';
import type { PanelSetup, SetupEdit, SetupPath } from '../../src/protocol/setup.ts';
import { initialGrid, type GridState, type SetupState } from './setupState.ts';

/** What the user does to the form. */
export type SetupAct =
  /** `typed`: the field's own text, where what was typed is more than the value. */
  | {
      readonly type: 'edited';
      readonly serial: number;
      readonly edits: readonly SetupEdit[];
      readonly typed?: SetupState['typed'];
    }
  | { readonly type: 'grid-changed'; readonly grid: Partial<GridState> }
  /** A key on a cell: begins to edit it, or goes on. */
  | { readonly type: 'cell-typed'; readonly text: string }
  | { readonly type: 'paste-changed'; readonly text: string | null };

/** The host showed the set-up: what it does not hold yet stays on top of it. */
export function showSetup(before: SetupState | null, setup: PanelSetup): SetupState {
  const same = before?.setup.source === setup.source ? before : null;
  const pending = same?.pending.filter(({ serial }) => serial > setup.acknowledged) ?? [];
  // An edit that was refused takes those on top of it along: what is shown is what will run.
  const kept = setup.refused === null ? pending : [];
  return {
    setup,
    value: applyEdits(
      setup.value,
      kept.flatMap(({ edits }) => edits),
    ),
    pending: kept,
    typed: setup.refused === null ? (same?.typed ?? null) : null,
    grid: same?.grid ?? initialGrid,
    paste: same?.paste ?? null,
  };
}

export function reduceSetup(state: SetupState, act: SetupAct): SetupState {
  switch (act.type) {
    case 'edited': {
      if (state.setup.lock !== null) return state;
      const { serial, edits, typed = null } = act;
      return {
        ...state,
        value: applyEdits(state.value, edits),
        pending: [...state.pending, { serial, edits }],
        typed,
      };
    }
    case 'grid-changed':
      return { ...state, grid: { ...state.grid, ...act.grid } };
    case 'cell-typed':
      return { ...state, grid: { ...state.grid, editing: (state.grid.editing ?? '') + act.text } };
    case 'paste-changed':
      return { ...state, paste: act.text };
  }
}

/** Edits that have no place any more are left out: the file changed under them. */
function applyEdits(value: JsonObject, edits: readonly SetupEdit[]): JsonObject {
  let current: JsonValue = value;
  for (const edit of edits) {
    const applied = applyToValue(current, edit);
    if ('value' in applied) current = applied.value;
  }
  return isObject(current) ? current : value;
}

export const isObject = (value: JsonValue | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The value at a path; undefined where there is none. */
export function valueAt(value: JsonValue, path: SetupPath): JsonValue | undefined {
  let at: JsonValue | undefined = value;
  for (const step of path) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, step)) return undefined;
    at = (at as Record<string | number, JsonValue>)[step];
  }
  return at;
}

/** Edits as they are sent: of what was typed key by key only the last counts. */
export function joinEdits(edits: readonly SetupEdit[]): readonly SetupEdit[] {
  return edits.filter((edit, index) => {
    const next = edits[index + 1];
    return next?.type !== 'set' || edit.type === 'append' || !samePath(edit.path, next.path);
  });
}

export const samePath = (a: SetupPath, b: SetupPath): boolean =>
  a.length === b.length && a.every((step, index) => step === b[index]);
