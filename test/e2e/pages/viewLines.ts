import type { Locator } from 'playwright-core';

/**
 * The text an editor shows, top to bottom. Monaco keeps only visible lines in the page, in no particular order, places
 * them by style, and writes blanks as no-break spaces.
 */
export async function readViewLines(editor: Locator): Promise<string> {
  const lines = await editor.locator('.view-lines > .view-line').evaluateAll((elements) =>
    elements.map((element) => ({
      top: Number.parseFloat((element as HTMLElement).style.top),
      text: element.textContent,
    })),
  );
  const inOrder = lines.sort((a, b) => a.top - b.top).map(({ text }) => text);
  return inOrder.join('\n').replaceAll('\u00a0', ' ');
}
