import { ToolProblem } from '../../core/pipeline/toolCalls/toolProblem.ts';

/** Names Windows keeps for devices, with or without an ending. */
const reserved = /^(con|prn|aux|nul|com\d|lpt\d)(\..*)?$/i;

const endings: Readonly<Record<string, string>> = {
  markdown: 'md',
  text: 'txt',
  plain: 'txt',
  javascript: 'js',
  typescript: 'ts',
  python: 'py',
  yml: 'yaml',
};

/**
 * A path below a skill's own folder. Throws `ToolProblem` for one that could lead elsewhere or is no name on some
 * system. `filetype` gives the ending to a name that has none.
 */
export function attachedPath(filename: string, filetype: string | undefined): string {
  const parts = filename.replaceAll('\\', '/').split('/');
  for (const part of parts) {
    const isUsable =
      /^[\p{L}\p{N}_][\p{L}\p{N}_. ()+-]*$/u.test(part) && !/[. ]$/.test(part) && !reserved.test(part);
    if (!isUsable) {
      throw new ToolProblem(
        `"${filename}" cannot name an attached file. Give a name such as checklist.md, or a path below the skill's folder such as docs/checklist.md.`,
      );
    }
  }
  if (/\.prompt\.ya?ml$/i.test(filename)) {
    throw new ToolProblem(
      'An attached file cannot end in .prompt.yaml: it would become a prompt of the workspace.',
    );
  }
  const path = parts.join('/');
  const ending = (filetype ?? '').toLowerCase().replace(/^.*\//, '').replace(/^\./, '');
  if (/\.[^./]+$/.test(path) || ending === '') return path;
  if (!/^[a-z0-9]{1,12}$/.test(ending)) {
    throw new ToolProblem(`"${filetype ?? ''}" is no file type. Give an ending such as md, json or txt.`);
  }
  return `${path}.${endings[ending] ?? ending}`;
}
