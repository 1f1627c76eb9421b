import { ProtocolProblem } from './protocolProblem.ts';

const pageSize = 500;

/** A page of a long list; the cursor is the place of its first item. */
export function readPage<Item>(
  items: readonly Item[],
  cursor: string | undefined,
): { items: readonly Item[]; nextCursor: string | undefined } {
  const start = cursor === undefined ? 0 : Number(cursor);
  if (!Number.isSafeInteger(start) || start < 0) {
    throw new ProtocolProblem('This cursor is not from this server. Ask for the first page, without one.');
  }
  const end = start + pageSize;
  return { items: items.slice(start, end), nextCursor: end < items.length ? String(end) : undefined };
}
