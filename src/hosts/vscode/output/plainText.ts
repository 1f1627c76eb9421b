// Escape sequences (colours, links, cursor moves) as terminals read them, then every other control character.
// eslint-disable-next-line no-control-regex -- finding them is the point
const escapes = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[@-Z\\-_])/g;
// eslint-disable-next-line no-control-regex -- finding them is the point
const controls = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;

/** A model's text as it may be shown: nothing in it can move the cursor, hide or reorder what stands around it. */
export function plainText(text: string): string {
  return text
    .replaceAll(escapes, '')
    .replaceAll('\r\n', '\n')
    .replaceAll('\r', '\n')
    .replaceAll(controls, '\uFFFD');
}
