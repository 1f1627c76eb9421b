import * as vscode from 'vscode';

export interface Notice {
  readonly severity: 'error' | 'warning' | 'information';
  readonly message: string;
  readonly buttons: readonly string[];
}

type Show = (message: string, ...rest: unknown[]) => Promise<string | undefined>;

/**
 * The person in front of the editor, as far as messages go: notes what is said and presses the button that `press`
 * names. The editor has no way to read or answer a notification from within.
 */
export class EditorUser {
  readonly notices: Notice[] = [];
  press: (notice: Notice) => string | undefined = () => undefined;
  private readonly originals = new Map<string, unknown>();

  constructor() {
    this.takeOver('showErrorMessage', 'error');
    this.takeOver('showWarningMessage', 'warning');
    this.takeOver('showInformationMessage', 'information');
  }

  leave(): void {
    for (const [name, original] of this.originals) Object.assign(vscode.window, { [name]: original });
  }

  private takeOver(name: string, severity: Notice['severity']): void {
    this.originals.set(name, Reflect.get(vscode.window, name));
    const show: Show = (message, ...rest) => {
      const buttons = rest.filter((item) => typeof item === 'string');
      const notice = { severity, message, buttons };
      this.notices.push(notice);
      return Promise.resolve(this.press(notice));
    };
    Object.assign(vscode.window, { [name]: show });
  }
}
