import { render } from 'lit-html';
import { openBridge } from './bridge.ts';
import { registerComponents } from './components.ts';
import { readKeptState, toKeptState } from './state/keptState.ts';
import { initialState } from './state/panelState.ts';
import { createEditPosting } from './editPosting.ts';
import { reducePanel, type PanelAction } from './state/reducePanel.ts';
import styles from './styles.css';
import { pageView } from './views/pageView.ts';

registerComponents();

// A constructed sheet needs no leave from the content security policy beyond the script's own.
const sheet = new CSSStyleSheet();
sheet.replaceSync(styles);
document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];

const bridge = openBridge((message) => {
  send(message);
  // After a restart the case that was open is asked for again.
  if (message.type === 'report-shown' && state.reading.openCase !== null && state.detail === null) {
    bridge.post({ type: 'case-requested', caseId: state.reading.openCase });
  }
  // It stands below the table that asked for it, or above: the reader is taken there.
  if (message.type === 'run-comparison-shown') focus('#changes-heading');
});
const posting = createEditPosting(bridge.post);
const kept = readKeptState(bridge.kept);
let state = kept === null ? initialState : { ...initialState, reading: kept.reading };
let keptOf = state;
let drawing = false;
let focusOn: string | null = null;
let toTop = false;

const fromTheTop: ReadonlySet<PanelAction['type']> = new Set([
  'filter-chosen',
  'search-changed',
  'sort-chosen',
]);

function send(action: PanelAction): void {
  const before = state;
  state = reducePanel(state, action);
  if (fromTheTop.has(action.type)) toTop = true;
  if (state !== before && action.type === 'setup-acted') posting.add(action.act);
  if (state === before || drawing) return;
  // However many things happen, the page is drawn once a frame.
  drawing = true;
  requestAnimationFrame(draw);
}

function focus(selector: string): void {
  focusOn = selector;
  if (drawing) return;
  drawing = true;
  requestAnimationFrame(draw);
}

function draw(): void {
  drawing = false;
  render(pageView(state, { now: () => state, send, post: posting.post, focus }), document.body);
  keepReading();
  if (toTop) document.querySelector('.case-scroll')?.scrollTo({ top: 0 });
  if (focusOn !== null) document.querySelector<HTMLElement>(focusOn)?.focus();
  toTop = false;
  focusOn = null;
}

/** A scroll changes nothing worth keeping. */
function keepReading(): void {
  const { screen, reading, setup } = keptOf;
  if (state.screen === screen && state.reading === reading && state.setup?.value === setup?.value) return;
  keptOf = state;
  const keep = toKeptState(state);
  if (keep !== null) bridge.keep(keep);
}

draw();
bridge.post({ type: 'webview-ready', source: kept?.source ?? '' });
