import { existsSync } from 'node:fs';
import { runCommand, runCommandOrThrow } from '../process/runCommand.ts';

const outsideThePath = [
  '/Applications/Visual Studio Code.app/Contents/Resources/app/bin/code',
  `${process.env['LOCALAPPDATA'] ?? ''}\\Programs\\Microsoft VS Code\\bin\\code.cmd`,
];
const shell = process.platform === 'win32';

async function findCode(): Promise<string> {
  const inPath = await runCommand('code', ['--version'], { shell }).catch(() => ({ code: 1 }));
  if (inPath.code === 0) return 'code';
  const found = outsideThePath.find((file) => existsSync(file));
  if (found === undefined) {
    throw new Error(
      'There is no VS Code to be found: its "code" command is not in the PATH (in VS Code: "Shell Command: ' +
        "Install 'code' command in PATH\"). Without --desktop, npm start brings a VS Code of its own.",
    );
  }
  return shell ? `"${found}"` : found;
}

/** Installs the package into the VS Code of this machine and opens the workspace there. */
export async function openDesktop(vsix: string, workspace: string): Promise<void> {
  const code = await findCode();
  const quoted = (file: string) => (shell ? `"${file}"` : file);
  console.log('Installing into the VS Code of this machine …');
  await runCommandOrThrow(code, ['--install-extension', quoted(vsix), '--force'], { shell });
  await runCommandOrThrow(code, [quoted(workspace)], { shell });
}
