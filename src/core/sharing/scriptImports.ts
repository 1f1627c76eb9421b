const statement = /\b(?:from|import)\s*\(?\s*(["'])([^"'\n]+)\1/g;

export interface ScriptImports {
  /** Files beside it, relative to it: `./score.mjs`. */
  readonly files: readonly string[];
  /** Packages that must be installed where it runs. Those of Node itself are left out. */
  readonly packages: readonly string[];
}

/** What an evaluator script imports by a fixed name. Read from its text; names put together at run time are not seen. */
export function scriptImports(text: string): ScriptImports {
  const names = [...text.matchAll(statement)].map(([, , name]) => name ?? '');
  const files = names.filter((name) => /^\.{1,2}\//.test(name));
  const packages = names.filter((name) => !name.startsWith('.') && !/^(?:node|data|https?|file):/.test(name));
  return { files: [...new Set(files)], packages: [...new Set(packages)] };
}
