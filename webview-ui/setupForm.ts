import type { SetupAsk, SetupEdit, SetupPath } from '../src/protocol/setup.ts';
import type { Acts } from './acts.ts';
import { fieldEdit, type FieldCodec } from './state/setupFields.ts';
import type { GridState, SetupState } from './state/setupState.ts';

/** What the parts of the form see and may do. */
export interface SetupForm {
  readonly state: SetupState;
  /** The same on the state of this moment, for keys that come faster than the page is drawn. */
  readonly latest: () => SetupForm;
  /** Nothing can be edited now. */
  readonly locked: boolean;
  readonly edit: (...edits: readonly SetupEdit[]) => void;
  /** What was typed into a field; `around` puts the change where its part of the file is, if that takes more. */
  readonly type: (
    path: SetupPath,
    text: string,
    codec: FieldCodec,
    around?: (edit: SetupEdit) => readonly SetupEdit[],
  ) => void;
  readonly ask: (ask: SetupAsk, at?: number) => void;
  readonly grid: (grid: Partial<GridState>) => void;
  readonly paste: (text: string | null) => void;
  readonly acts: Acts;
}

let lastSerial = 0;

/** Grows over reloads of the page too. */
function nextSerial(): number {
  lastSerial = Math.max(Date.now(), lastSerial + 1);
  return lastSerial;
}

export function setupForm(state: SetupState, acts: Acts): SetupForm {
  return {
    state,
    latest: () => setupForm(acts.now().setup ?? state, acts),
    locked: state.setup.lock !== null,
    edit: (...edits) => {
      if (edits.length === 0) return;
      acts.send({ type: 'setup-acted', act: { type: 'edited', serial: nextSerial(), edits } });
    },
    type: (path, text, codec, around = (edit) => [edit]) => {
      const edits = around(fieldEdit(path, text, codec));
      const act = { type: 'edited', serial: nextSerial(), edits, typed: { path, text } } as const;
      acts.send({ type: 'setup-acted', act });
    },
    ask: (ask, at) => acts.post({ type: 'setup-asked', ask, at: at ?? null }),
    grid: (grid) => acts.send({ type: 'setup-acted', act: { type: 'grid-changed', grid } }),
    paste: (text) => acts.send({ type: 'setup-acted', act: { type: 'paste-changed', text } }),
    acts,
  };
}
