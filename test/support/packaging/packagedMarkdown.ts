/** A paragraph that begins with a picture, its caption included, and the blank line after it. */
const picture = /^!\[([^\]]*)\]\(([^)\s]+)\).*(?:\n.+)*\n(?:\n|$)/gm;
/** A link to a file of the repository. */
const relativeLink = /(?<!!)\[([^\]]+)\]\((?![a-z]+:|#)[^)\s]+\)/g;

/** Sections of README.md for people who have the repository and not the extension. */
const repositorySections = ['Try it', 'Install', 'Working on Promptly'];

/**
 * README.md as the editor's page of an installed extension can show it: that page drops every picture and every link that
 * does not go to the network, and leaves empty frames and dead words where they were.
 */
export function readmeForPackage(text: string): string {
  return repositorySections
    .reduce(withoutSection, text.replace(picture, ''))
    .replace(relativeLink, (_, words: string) => `_${words}_`);
}

function withoutSection(text: string, title: string): string {
  const start = text.indexOf(`\n## ${title}\n`);
  if (start === -1) throw new Error(`README.md has no section "${title}": see packagedMarkdown.ts.`);
  const next = text.indexOf('\n## ', start + 1);
  // The last section ends with the licence of the whole.
  return text.slice(0, start) + text.slice(next === -1 ? text.lastIndexOf('\nMIT licence.') : next);
}

/** A page of the documentation, whose preview shows pictures of the package: the small ones, as there is room for no others. */
export function pageForPackage(text: string, smallPicture: (source: string) => string | undefined): string {
  return text.replace(picture, (paragraph, _words: string, source: string) => {
    const small = smallPicture(source);
    return small === undefined ? '' : paragraph.replace(source, small);
  });
}
