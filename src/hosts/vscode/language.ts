import type * as Language from '../../core/pipeline/language.ts';

let loaded: Promise<typeof Language> | undefined;

/** The prompt language (parser, schema), a bundle of its own: loaded when the first prompt file is looked at. */
export function loadLanguage(): Promise<typeof Language> {
  loaded ??= import('../../core/pipeline/language.ts');
  return loaded;
}
