import { html, type TemplateResult } from 'lit-html';
import { wordDiff, type DiffPart } from '../wordDiff.ts';

/** Text of a model or a user: only ever a text node, in a direction of its own. */
export function outputText(text: string): TemplateResult {
  return html`<pre class="text"><bdi>${text}</bdi></pre>`;
}

const known = new Map<string, readonly DiffPart[] | null>();

/** The text with what it has and the other has not marked; `asBase`: marked as removed, else as added. */
export function markedText(text: string, other: string, asBase: boolean): TemplateResult {
  const parts = asBase ? rememberDiff(text, other) : rememberDiff(other, text);
  if (parts === null) {
    return html`${outputText(text)}
      <p class="dim">Too different to mark single words; the diff editor shows them side by side.</p>`;
  }
  const own = asBase ? 'removed' : 'added';
  const shown = parts.filter(({ kind }) => kind === 'same' || kind === own);
  return html`<pre class="text"><bdi>${shown.map(({ kind, text: piece }) =>
    kind === 'same' ? piece : asBase ? html`<del>${piece}</del>` : html`<ins>${piece}</ins>`,
  )}</bdi></pre>`;
}

/** Both sides, and every redraw, ask for the same few diffs. */
function rememberDiff(before: string, after: string): readonly DiffPart[] | null {
  const key = `${before.length}:${before}${after}`;
  const found = known.get(key);
  if (found !== undefined) return found;
  const parts = wordDiff(before, after);
  if (known.size >= 8) known.clear();
  known.set(key, parts);
  return parts;
}
