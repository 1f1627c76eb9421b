type Translate = (message: string, ...values: (string | number)[]) => string;

const inEnglish: Translate = (message, ...values) =>
  message.replaceAll(/\{(\d+)\}/g, (whole, index: string) => String(values[Number(index)] ?? whole));

let translate = inEnglish;

/** Given the editor's own at start-up; parts that know no editor (and their tests) speak English. */
export function translateWith(editor: Translate): void {
  translate = editor;
}

export const t: Translate = (message, ...values) => translate(message, ...values);
