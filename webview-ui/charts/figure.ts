import { html, type TemplateResult } from 'lit-html';

export interface FigureOptions {
  readonly title: string;
  /** What the drawing shows, in words: its accessible name, and printed below it. */
  readonly summary: string;
  readonly drawing: TemplateResult;
  readonly headers: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** A chart with its words and its numbers: nothing is told by the drawing alone. */
export function figure({ title, summary, drawing, headers, rows }: FigureOptions): TemplateResult {
  return html`<figure class="card">
    <h3>${title}</h3>
    <div class="drawing" role="img" aria-label=${`${title}. ${summary}`}>${drawing}</div>
    <figcaption>${summary}</figcaption>
    <details>
      <summary>As a table<span class="hidden">: ${title}</span></summary>
      ${plainTable(title, headers, rows)}
    </details>
  </figure>`;
}

export function plainTable(
  caption: string,
  headers: readonly string[],
  rows: readonly (readonly string[])[],
): TemplateResult {
  return html`<div class="table-scroll" tabindex="0" role="region" aria-label=${caption}>
    <table class="plain">
      <thead>
        <tr>
          ${headers.map((header) => html`<th scope="col">${header}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          ([first, ...others]) =>
            html`<tr>
              <th scope="row">${first}</th>
              ${others.map((cell) => html`<td>${cell}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}
