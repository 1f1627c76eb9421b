import { html, type TemplateResult } from 'lit-html';
import type { Acts } from '../acts.ts';
import { button, progressRing } from '../components.ts';
import type { PanelState } from '../state/panelState.ts';
import { reportView } from './reportView.ts';
import { runView } from './runView.ts';
import { setupView } from './setupView.ts';

export function pageView(state: PanelState, acts: Acts): TemplateResult {
  const { screen } = state;
  switch (screen.type) {
    case 'waiting':
      return html`<main class="center">${progressRing('Loading the report')}</main>`;
    case 'problem':
      return html`<main class="center">
        <h1>${screen.message}</h1>
        <p>${screen.hint}</p>
        ${button({ label: 'Open a Report…', primary: true, onClick: () => acts.post({ type: 'open-requested' }) })}
      </main>`;
    case 'report':
      return html`<main>${reportView(screen.report, state, acts)}</main>`;
    case 'setup':
      return html`<main>
        ${state.setup === null ? progressRing('Loading the test') : setupView(state.setup, acts)}
      </main>`;
    case 'run':
      return html`<main>${runView(screen.run, acts)}</main>`;
  }
}
