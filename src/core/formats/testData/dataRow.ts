import type { JsonObject, JsonValue } from '../../domain/json.ts';

/** One case as a data file has it, or what is wrong at this place. Lines count from 0. */
export type DataRow =
  /** `expected`: its source text, where that is a scalar. */
  | { readonly line: number; readonly data: JsonObject; readonly expected?: string }
  /** A row that cannot be read. `column` (from 0): where on the line, if that is known. */
  | { readonly line: number; readonly problem: string; readonly column?: number }
  /** Something about the file rather than a row of it, as a sentence. */
  | { readonly line: number; readonly note: string; readonly column?: number };

/** Makes rows of a text as it comes. Only the pieces of the text are waited for: there may be very many rows. */
export interface RowReader {
  /** The rows that end in this piece, to be taken before the next. */
  take(piece: string): Iterable<DataRow>;
  /** What is left after the last piece. */
  end(): Iterable<DataRow>;
}

export const isObject = (value: JsonValue | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const noList = 'Nothing was read: the file must be a list of maps.';
