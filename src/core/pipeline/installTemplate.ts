import { editPromptFile } from '../formats/edit/editPromptFile.ts';

interface Template {
  readonly text: string;
  readonly files: readonly { readonly name: string; readonly text: string }[];
}

/** Files to write, by their path below the workspace folder; the skill file comes first. */
export type PlacedFiles = readonly { readonly path: string; readonly text: string }[];

/** Where a template's files go under a chosen name. `folderName`: the name as a folder may be called. */
export function placeTemplate(template: Template, name: string, folderName: string): PlacedFiles {
  const renamed = editPromptFile(template.text, [{ type: 'set', path: ['name'], value: name }]);
  if (renamed.status === 'refused') throw new Error('a template of the product cannot be renamed');
  const folder = `skills/${folderName}`;
  return [
    { path: `${folder}/${folderName}.prompt.yaml`, text: renamed.text },
    ...template.files.map((file) => ({ path: `${folder}/${file.name}`, text: file.text })),
  ];
}
