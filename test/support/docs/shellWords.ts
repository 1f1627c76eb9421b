/**
 * The words of one simple command as a shell splits it: blanks, both kinds of quotes, a comment at the end. Anything more
 * (pipes, substitutions) is refused, so that no command of a page is misread.
 */
export function shellWords(line: string): string[] {
  const words: string[] = [];
  let rest = line.trimStart();
  while (rest !== '' && !rest.startsWith('#')) {
    const word = /^(?:[^\s"'\\|&;<>$`()]|"[^"$`\\]*"|'[^']*')+/.exec(rest)?.[0];
    if (word === undefined) throw new Error(`not a simple command: ${line}`);
    words.push(word.replaceAll(/"([^"]*)"|'([^']*)'/g, '$1$2'));
    rest = rest.slice(word.length).trimStart();
  }
  return words;
}
