/**
 * A model as it stands in a line of text. A model that is a file goes by the file's name: where it lies is for tooltips,
 * and a home folder is nobody's business in a screenshot.
 */
export function shownModel(model: string): string {
  return /\.gguf$/i.test(model)
    ? model.slice(Math.max(model.lastIndexOf('/'), model.lastIndexOf('\\')) + 1)
    : model;
}
