import path from 'node:path';

/** Code shows what a link looks like; it is none. */
const withoutCode = (text: string): string =>
  text.replace(/^ *```[\s\S]*?^ *```/gm, '').replace(/`[^`\n]*`/g, '');

function targetsOf(text: string): readonly string[] {
  const prose = withoutCode(text);
  const patterns = [/\]\(\s*<?([^)>\s]+)/g, /^ *\[[^\]]+\]:\s*(\S+)/gm, /\b(?:src|href)=["']([^"']+)["']/g];
  return patterns.flatMap((pattern) => [...prose.matchAll(pattern)].flatMap(([, target]) => target ?? []));
}

/** As GitHub and the editor name them. */
function anchorsOf(text: string): readonly string[] {
  return [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replace(/\s/g, '-'),
  );
}

/**
 * The relative links and pictures of Markdown files that lead nowhere within `files` (path → text; names as they are on a
 * disk that tells case apart): `page → target`.
 */
export function deadLinks(files: ReadonlyMap<string, string>): readonly string[] {
  const isThere = (file: string): boolean =>
    files.has(file) || [...files.keys()].some((name) => name.startsWith(`${file}/`));
  const pages = [...files].filter(([name]) => name.endsWith('.md'));
  return pages.flatMap(([page, text]) =>
    targetsOf(text)
      .filter((target) => !/^(?:[a-z][a-z0-9+.-]*:|\/\/)/i.test(target))
      .filter((target) => {
        const [place = '', anchor] = target.split('#');
        const file =
          place === '' ? page : path.posix.join(path.posix.dirname(page), decodeURIComponent(place));
        if (!isThere(file)) return true;
        return anchor !== undefined && !anchorsOf(files.get(file) ?? '').includes(anchor);
      })
      .map((target) => `${page} → ${target}`),
  );
}
