import { createTwoFilesPatch } from 'diff';

/** A unified diff from what the workspace has to what would come; a sentence for what is no text. */
export function renderDiff(path: string, before: Uint8Array, after: Uint8Array): string {
  const [old, fresh] = [before, after].map(toLines);
  if (old === null || fresh === null || old === undefined || fresh === undefined) {
    return `${path}: ${before.length} bytes here, ${after.length} bytes in the import; they are no text.\n`;
  }
  const patch = createTwoFilesPatch(`${path} (here)`, `${path} (import)`, old, fresh, undefined, undefined, {
    context: 3,
  });
  return patch.replace(/^=+\n/, '');
}

function toLines(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
