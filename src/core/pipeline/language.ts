// The prompt language as hosts see it; an entry point of its own in esbuild.mjs, loaded on first use.
export { parsePromptFile, maxFileBytes } from '../formats/parsePromptFile.ts';
export { scanHeader } from '../formats/scanHeader.ts';
