/** Every command of the extension; a test compares them with package.json. */
export const commandIds = {
  runPrompt: 'promptly.runPrompt',
  runPromptWith: 'promptly.runPromptWith',
  runOnSelection: 'promptly.runOnSelection',
  runAgain: 'promptly.runAgain',
  cancelRun: 'promptly.cancelRun',
  showOutput: 'promptly.showOutput',
  openOutputAsDocument: 'promptly.openOutputAsDocument',
  copyOutput: 'promptly.copyOutput',
  showLog: 'promptly.showLog',
  selectBackend: 'promptly.selectBackend',
  selectModel: 'promptly.selectModel',
  installModel: 'promptly.installModel',
  setApiKey: 'promptly.setApiKey',
  testApiKey: 'promptly.testApiKey',
  clearApiKey: 'promptly.clearApiKey',
  newPromptFile: 'promptly.newPromptFile',
  openPrompt: 'promptly.openPrompt',
  runAbTest: 'promptly.runAbTest',
  compareWithHead: 'promptly.compareWithHead',
  openReport: 'promptly.openReport',
} as const;

export type CommandId = (typeof commandIds)[keyof typeof commandIds];
