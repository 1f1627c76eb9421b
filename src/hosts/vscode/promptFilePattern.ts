import type * as vscode from 'vscode';

export const promptFileGlob = '**/*.prompt.{yaml,yml}';
/** Nobody's own prompts live there, and there may be very many files. */
export const excludedGlob = '**/{node_modules,.git,.promptly}/**';

/** For providers: by pattern alone, since the language may be `yaml`, `dockercompose` or whatever the user associated. */
export const promptFileSelector: vscode.DocumentSelector = [
  { scheme: 'file', pattern: promptFileGlob },
  { scheme: 'untitled', pattern: promptFileGlob },
  { scheme: 'vscode-remote', pattern: promptFileGlob },
  { scheme: 'vscode-vfs', pattern: promptFileGlob },
];

const excludedFolder = /\/(node_modules|\.git|\.promptly)\//;

export function isPromptFile(uri: vscode.Uri): boolean {
  return /\.prompt\.ya?ml$/i.test(uri.path) && !excludedFolder.test(uri.path);
}
