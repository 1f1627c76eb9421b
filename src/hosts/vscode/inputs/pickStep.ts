import * as vscode from 'vscode';

export interface StepItem<Value> extends vscode.QuickPickItem {
  readonly value: Value;
}

export interface StepOptions<Value> {
  readonly title: string;
  /** What is asked; stays while one types. */
  readonly prompt: string;
  readonly placeholder: string;
  readonly step: number;
  readonly totalSteps: number;
  readonly canGoBack: boolean;
  readonly items: readonly StepItem<Value>[];
  /** Starts in the text field. */
  readonly text?: string;
  /** An item for what is typed; absent where only the items may be chosen. */
  readonly fromText?: (text: string) => StepItem<Value> | undefined;
  readonly activeItem?: StepItem<Value> | undefined;
}

/** One step of a series: a choice, `'back'`, or undefined when it was dismissed. */
export function pickStep<Value>(options: StepOptions<Value>): Promise<{ value: Value } | 'back' | undefined> {
  return new Promise((resolve) => {
    const picker = vscode.window.createQuickPick<StepItem<Value>>();
    picker.title = options.title;
    picker.prompt = options.prompt;
    picker.placeholder = options.placeholder;
    if (options.totalSteps > 1) {
      picker.step = options.step;
      picker.totalSteps = options.totalSteps;
    }
    picker.ignoreFocusOut = true;
    picker.matchOnDescription = true;
    if (options.canGoBack) picker.buttons = [vscode.QuickInputButtons.Back];
    const { fromText } = options;
    const show = (): void => {
      const typed = fromText?.(picker.value);
      picker.items = typed === undefined ? options.items : [typed, ...options.items];
    };
    picker.value = options.text ?? '';
    show();
    if (options.activeItem !== undefined) picker.activeItems = [options.activeItem];
    const done = (result: { value: Value } | 'back' | undefined): void => {
      resolve(result);
      picker.dispose();
    };
    if (fromText !== undefined) picker.onDidChangeValue(show);
    picker.onDidTriggerButton(() => done('back'));
    picker.onDidAccept(() => {
      const chosen = picker.selectedItems[0] ?? picker.activeItems[0];
      if (chosen !== undefined) done({ value: chosen.value });
    });
    picker.onDidHide(() => done(undefined));
    picker.show();
  });
}
