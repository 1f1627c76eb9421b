import type { PromptFile } from '../domain/promptFile.ts';
import type { SharedKind } from '../domain/sharing.ts';

type Path = readonly (string | number)[];

export interface NamedFile {
  /** As the prompt file writes it, relative to it. */
  readonly relative: string;
  readonly kind: Exclude<SharedKind, PromptFile['kind']>;
  /** Where it is named. */
  readonly at: Path;
}

/** The files a prompt file names that are no prompt files. */
export function namedFilesOf(file: PromptFile): NamedFile[] {
  const named: NamedFile[] = [];
  if (file.kind === 'skill') {
    file.files.forEach((relative, index) =>
      named.push({ relative, kind: 'attachment', at: ['files', index] }),
    );
  }
  if (file.kind === 'prompt' || file.kind === 'skill') {
    for (const [name, spec] of Object.entries(file.variables)) {
      if (spec.file !== undefined) {
        named.push({ relative: spec.file, kind: 'attachment', at: ['variables', name, 'file'] });
      }
    }
  }
  if (file.testDataFile !== undefined) {
    named.push({ relative: file.testDataFile, kind: 'data', at: ['testDataFile'] });
  }
  (file.evaluators ?? []).forEach((spec, index) => {
    if (spec.type === 'uses' && /^\.{1,2}\//.test(spec.uses)) {
      named.push({ relative: spec.uses, kind: 'script', at: ['evaluators', index, 'uses'] });
    }
  });
  return named;
}

export interface PromptReference {
  /** A name, or a path relative to the file. */
  readonly reference: string;
  readonly at: Path;
  /** A git revision of it. */
  readonly ref?: string;
}

/** The prompt files that a chain or test refers to. */
export function promptReferencesOf(file: PromptFile): PromptReference[] {
  if (file.kind === 'chain') {
    return file.steps.map(({ use }, index) => ({ reference: use, at: ['steps', index, 'use'] }));
  }
  if (file.kind !== 'abtest') return [];
  return file.variants.map(({ prompt, ref }, index) => ({
    reference: prompt,
    at: ['variants', index],
    ...(ref !== undefined && { ref }),
  }));
}

/** The executors that a file asks for; they stand in the settings, not in files. */
export function executorsOf(file: PromptFile): string[] {
  const choices = [
    ...('modelParameters' in file ? [file] : []),
    ...(file.kind === 'chain' ? file.steps : []),
    ...(file.kind === 'abtest' ? file.variants : []),
  ];
  const judges = (file.evaluators ?? []).map((spec) => (spec.type === 'llm' ? spec.modelId : undefined));
  const models = [...choices.map(({ model }) => model), ...judges];
  const inModels = models.map((model) => /^custom:[^/]+/.exec(model ?? '')?.[0]);
  const names = [...choices.map(({ backend }) => backend), ...inModels];
  return [...new Set(names.filter((name) => name?.startsWith('custom:') === true))] as string[];
}

export const looksLikePath = (reference: string): boolean => /^\.{1,2}[/\\]|\.ya?ml$/i.test(reference);
