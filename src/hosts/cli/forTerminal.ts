/**
 * A model's text as a terminal may show it: an answer must not move the cursor, set colours or titles, or write to the
 * clipboard. Lines and tabs stay, a carriage return goes without a trace, every other control character is shown as a
 * replacement. Pieces come out as the whole would, wherever it is cut.
 */
export const forTerminal = (text: string): string =>
  text
    .replaceAll('\r', '')
    // eslint-disable-next-line no-control-regex -- these are what a terminal would obey
    .replaceAll(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, '\ufffd');
