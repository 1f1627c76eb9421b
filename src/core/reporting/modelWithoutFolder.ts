/** A model as reports name it: of a file of this machine only its name, so that reports can be shared. */
export function modelWithoutFolder(model: string): string {
  return /^(?:[\\/]|[A-Za-z]:[\\/]).*[\\/]([^\\/]+)$/.exec(model)?.[1] ?? model;
}
