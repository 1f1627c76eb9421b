// The prompt language as hosts see it; an entry point of its own in esbuild.mjs, loaded on first use.
export { parsePromptFile, maxFileBytes } from '../formats/parsePromptFile.ts';
export { readPromptFile } from './readPromptFile.ts';
export { scanHeader } from '../formats/scanHeader.ts';
export { checkReferences, findReferenced } from '../formats/checkReferences.ts';
export type { KnownFile, ResolvePath } from '../formats/checkReferences.ts';
export { checkPatterns } from './checkPatterns.ts';
export { checkNamedFiles } from './checkNamedFiles.ts';
export { checkPromptFiles, mapBounded } from './checkPromptFiles.ts';
export { readTestData, testDataFormatOf } from '../formats/testData/readTestData.ts';
export { firstTestCases } from './firstTestCases.ts';
export type { TestDataFormat, TestDataItem } from '../formats/testData/readTestData.ts';
export { editPromptFile } from '../formats/edit/editPromptFile.ts';
export type { EditedPromptFile } from '../formats/edit/editPromptFile.ts';
export { createPromptFile } from '../formats/edit/createPromptFile.ts';
export {
  addSkillFile,
  addTestCases,
  setMessageContent,
  setModelParameters,
  setVariants,
} from '../formats/edit/promptEdit.ts';
export type { PromptEdit } from '../formats/edit/promptEdit.ts';
export { placeTemplate } from './installTemplate.ts';
export type { PlacedFiles } from './installTemplate.ts';
export { completePromptFile } from '../formats/assist/completePromptFile.ts';
export type { Completion, KnownPrompt } from '../formats/assist/completePromptFile.ts';
export { hoverPromptFile } from '../formats/assist/hoverPromptFile.ts';
export { outlinePromptFile } from '../formats/assist/outlinePromptFile.ts';
export type { OutlineEntry, OutlineType } from '../formats/assist/outlinePromptFile.ts';
export { advisePrompt } from '../formats/advice/advisePrompt.ts';
export { appendTestData, withoutKnown } from '../formats/testData/appendTestData.ts';
export type { AppendedTestData } from '../formats/testData/appendTestData.ts';
export { promoteInto } from '../formats/promote/promoteInto.ts';
export { testedText } from '../formats/promote/testedText.ts';
export type { TestedText } from '../formats/promote/testedText.ts';
export { rewriteRequest } from './rewrite/rewriteRequest.ts';
export type { RewriteRequest } from './rewrite/rewriteRequest.ts';
export { readRewrite } from './rewrite/readRewrite.ts';
export type { RewriteRead } from './rewrite/readRewrite.ts';
export { readYaml } from '../formats/yaml/readYaml.ts';
export { applyToValue } from '../formats/edit/applyToValue.ts';
