import { arrayOf, isNumber, isString, messageOf, nullOr, oneOf, type Guard } from './guard.ts';
import { actFields, type ActMessage } from './panelActs.ts';
import { setupAsks, type SetupAsk, type SetupEdit } from './setup.ts';
import { isSetupEdit } from './setupGuards.ts';

/** From the panel to the extension. */
export type WebviewMessage =
  | ActMessage
  /** Its script runs and listens; also after the editor destroyed and rebuilt it. `source` as last shown, '' for none. */
  | { readonly type: 'webview-ready'; readonly source: string }
  | { readonly type: 'case-requested'; readonly caseId: string }
  /** Open one output whole, as a document. `repetition` counts from 0. */
  | {
      readonly type: 'output-requested';
      readonly caseId: string;
      readonly columnId: string;
      readonly repetition: number;
    }
  /** Open two variants' outputs in the editor's own diff. */
  | {
      readonly type: 'diff-requested';
      readonly caseId: string;
      readonly left: string;
      readonly right: string;
      readonly repetition: number;
    }
  /** Write the report to a file; the host asks for the format and the place. */
  | { readonly type: 'export-requested' }
  /** Put the report on the clipboard, as Markdown. */
  | { readonly type: 'markdown-requested' }
  /** Choose another stored run. */
  | { readonly type: 'open-requested' }
  /** Run what `setup-shown` showed, with all edits made. */
  | { readonly type: 'start-requested' }
  /** Open the file of the set-up in an editor, at a place where one is given: line and column from 0. */
  | { readonly type: 'file-requested'; readonly line: number | null; readonly column: number | null }
  /** Changes of the set-up, in order. `serial` grows from message to message, over reloads of the page too. */
  | { readonly type: 'setup-edited'; readonly serial: number; readonly edits: readonly SetupEdit[] }
  /** Let the user choose something; `at` is what it is about, null for the test as a whole. */
  | { readonly type: 'setup-asked'; readonly ask: SetupAsk; readonly at: number | null }
  /** Back from a report to the set-up it came from. */
  | { readonly type: 'setup-requested' }
  /** Go on with the stored run on show, which did not come to its end. */
  | { readonly type: 'resume-requested' }
  | { readonly type: 'run-control-requested'; readonly action: RunControl };

const runControls = ['pause', 'resume', 'stop'] as const;
export type RunControl = (typeof runControls)[number];

const isIndex: Guard<number> = (value): value is number =>
  isNumber(value) && Number.isInteger(value) && value >= 0;

export const isWebviewMessage = messageOf<WebviewMessage>({
  ...actFields,
  'webview-ready': { source: isString },
  'case-requested': { caseId: isString },
  'output-requested': { caseId: isString, columnId: isString, repetition: isIndex },
  'diff-requested': { caseId: isString, left: isString, right: isString, repetition: isIndex },
  'export-requested': {},
  'markdown-requested': {},
  'open-requested': {},
  'start-requested': {},
  'file-requested': { line: nullOr(isIndex), column: nullOr(isIndex) },
  'setup-edited': { serial: isNumber, edits: arrayOf(isSetupEdit) },
  'setup-asked': { ask: oneOf(setupAsks), at: nullOr(isIndex) },
  'setup-requested': {},
  'resume-requested': {},
  'run-control-requested': { action: oneOf(runControls) },
});
