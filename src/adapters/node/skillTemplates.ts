import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

/** A skill that comes with the product, ready to be copied into a workspace. */
export interface SkillTemplate {
  readonly name: string;
  /** The skill file's text. */
  readonly text: string;
  readonly files: readonly { readonly name: string; readonly text: string }[];
}

/** All of a folder: one folder a template, each with `<name>.prompt.yaml` and the files it attaches. */
export async function readSkillTemplates(folder: string): Promise<readonly SkillTemplate[]> {
  const names = (await readdir(folder)).sort();
  return Promise.all(
    names.map(async (name) => {
      const own = `${name}.prompt.yaml`;
      const read = (file: string): Promise<string> => readFile(path.join(folder, name, file), 'utf8');
      const others = (await readdir(path.join(folder, name))).filter((file) => file !== own).sort();
      return {
        name,
        text: await read(own),
        files: await Promise.all(others.map(async (file) => ({ name: file, text: await read(file) }))),
      };
    }),
  );
}
