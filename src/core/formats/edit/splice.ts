/** A part of the text and what is to stand there instead. */
export interface Splice {
  readonly start: number;
  readonly end: number;
  readonly newText: string;
}
