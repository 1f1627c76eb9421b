import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { EditorUser } from '../support/editorUser.ts';
import { activated } from '../support/workbench.ts';

interface Manifest {
  readonly contributes: {
    readonly commands: readonly { readonly command: string }[];
    readonly menus: {
      readonly commandPalette: readonly { readonly command: string; readonly when: string }[];
    };
  };
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

describe('the command palette', () => {
  let user: EditorUser;

  before(async () => {
    await activated();
    user = new EditorUser();
  });
  after(() => {
    user.leave();
  });

  it('has no command that breaks with nothing open, whether it is gone through with or not', async function () {
    this.timeout(90_000);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    const { contributes } = vscode.extensions.getExtension('promptly.promptly')?.packageJSON as Manifest;
    const hidden = new Set(
      contributes.menus.commandPalette.filter(({ when }) => when === 'false').map(({ command }) => command),
    );
    const offered = contributes.commands.map(({ command }) => command).filter((id) => !hidden.has(id));
    assert.ok(offered.length > 20, `${offered.length} commands`);
    for (const command of offered) {
      user.notices.length = 0;
      const state = { ended: false };
      const running = Promise.resolve(vscode.commands.executeCommand(command)).finally(() => {
        state.ended = true;
      });
      // Whatever it asks is dismissed.
      for (let tries = 0; tries < 40 && !state.ended; tries += 1) {
        await pause(250);
        await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
      }
      assert.ok(state.ended, `${command} goes on though its questions are dismissed`);
      await running;
      const broken = user.notices.filter(({ message }) => message.startsWith('Something went wrong'));
      assert.deepEqual(broken, [], command);
    }
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });
});
