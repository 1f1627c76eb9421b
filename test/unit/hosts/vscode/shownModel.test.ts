import { expect, test } from 'vitest';
import { shownModel } from '../../../../src/hosts/vscode/shownModel.ts';

test.each([
  ['/home/ada/models/gemma-3-270m.gguf', 'gemma-3-270m.gguf'],
  ['C:\\models\\gemma.GGUF', 'gemma.GGUF'],
  ['hf:owner/repository/file.gguf', 'file.gguf'],
  ['owner/model', 'owner/model'],
  ['llama3.2:3b', 'llama3.2:3b'],
])('%s is shown as %s', (model, shown) => {
  expect(shownModel(model)).toBe(shown);
});
