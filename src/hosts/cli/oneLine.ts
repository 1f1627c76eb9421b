/** A value as part of a line: control characters, which a terminal would obey, become spaces. */
export const oneLine = (text: string): string =>
  // eslint-disable-next-line no-control-regex -- these are what must not reach a terminal
  text.replaceAll(/[\u0000-\u001f\u007f-\u009f]+/g, ' ').trim();
