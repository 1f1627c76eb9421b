import * as vscode from 'vscode';

/** A path of the disk as the editor writes it: below its workspace folder, where it lies in one. */
export const shownPath = (path: string): string => vscode.workspace.asRelativePath(path);
