/** Words that each model takes its own way, and what to say instead. */
const vague: readonly (readonly [RegExp, string])[] = [
  [
    /\b(improve|enhance|optimi[sz]e|make (?:it|this|the [\w ]{1,30}) better)\b/i,
    'Say what counts: shorter, correct grammar, for which reader, what must stay.',
  ],
  [
    /\b(process|handle|deal with|work on|take care of) (?:the|this|it|these|\{\{)/i,
    'Name the action: summarise, extract, translate, sort, check.',
  ],
  [
    /\b(analy[sz]e|examine|look at|consider) (?:the|this|it|these|\{\{)/i,
    'Say what to look for and what to give back, e.g. "List the three largest risks".',
  ],
  [
    /\b(as needed|if appropriate|where appropriate|when necessary|etc\.|and so on)(?!\w)/i,
    'Say when, or list all of it.',
  ],
  [
    /\b(some|several|a few|many) (?:examples|points|ideas|sentences|words|suggestions|questions)\b/i,
    'Give a number.',
  ],
  [
    /\b(good|nice|great|high[- ]quality|appropriate|suitable|proper) (?:answer|response|summary|text|code|name|title|output)\b/i,
    'Say how one can tell, e.g. "names the person and the date".',
  ],
];

/** At most one finding for each kind of vagueness. */
export function vagueWords(text: string): { readonly words: string; readonly advice: string }[] {
  return vague.flatMap(([pattern, advice]) => {
    const words = pattern.exec(text)?.[0];
    return words === undefined ? [] : [{ words, advice }];
  });
}
