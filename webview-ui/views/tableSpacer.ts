import { html, nothing, type TemplateResult } from 'lit-html';

/** Stands for the rows of a windowed table that are not drawn. */
export function tableSpacer(heightPx: number, columns: number): TemplateResult | typeof nothing {
  if (heightPx === 0) return nothing;
  return html`<tr aria-hidden="true" class="spacer">
    <td colspan=${columns} height=${heightPx}></td>
  </tr>`;
}
