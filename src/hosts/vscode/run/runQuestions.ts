import * as vscode from 'vscode';
import type { PromptFile } from '../../../core/domain/promptFile.ts';
import type { FileSystem } from '../../../core/ports/fileSystem.ts';
import { choosePrompt } from '../choosePrompt.ts';
import type { EngineHolder } from '../engineHolder.ts';
import { askInputs } from '../inputs/askInputs.ts';
import { inputQuestions } from '../inputs/inputQuestions.ts';
import type { RememberedInputs } from '../inputs/rememberedInputs.ts';
import { t } from '../l10n.ts';
import { pickModel } from '../models/pickModel.ts';
import { isPromptFile } from '../promptFilePattern.ts';
import type { PromptIndex } from '../promptIndex.ts';
import type { RunTarget } from './runTarget.ts';

type Lacking = Pick<RunTarget, 'choice'> & { readonly inputs: NonNullable<RunTarget['inputs']> };

/** What is asked before a run: which prompt, which model, which inputs. undefined: dismissed. */
export class RunQuestions {
  private readonly engine: EngineHolder;
  private readonly index: PromptIndex;
  private readonly remembered: RememberedInputs;

  constructor(engine: EngineHolder, index: PromptIndex, remembered: RememberedInputs) {
    this.engine = engine;
    this.index = index;
    this.remembered = remembered;
  }

  /** What the run still lacks: with `chooseModel` the model, then inputs; from the first of these there is a way back. */
  async lacking(
    target: RunTarget,
    file: PromptFile,
    uri: vscode.Uri,
    chooseModel: boolean,
  ): Promise<Lacking | undefined> {
    const given = { ...fromSelection(file, target.selection), ...target.inputs };
    const disk = async (): Promise<FileSystem> => (await this.engine.get()).world.files;
    const request = { file, uri, given, remembered: this.remembered, disk, follows: chooseModel };
    for (;;) {
      const choice = chooseModel ? await this.chooseModel() : target.choice;
      if (chooseModel && choice === undefined) return undefined;
      const chosen = choice === undefined ? {} : { choice };
      const inputs = target.inputs === undefined ? await askInputs(request) : given;
      if (inputs === undefined) return undefined;
      if (inputs !== 'back') return { inputs, ...chosen };
    }
  }

  /** The file in front, where it is a prompt; else one that is picked. */
  async file(target: RunTarget): Promise<vscode.Uri | undefined> {
    const active = vscode.window.activeTextEditor?.document.uri;
    if (target.selection === undefined && active !== undefined && isPromptFile(active)) return active;
    return this.prompt();
  }

  prompt(): Promise<vscode.Uri | undefined> {
    return choosePrompt(this.index, t('Run which prompt?'), ['prompt', 'skill', 'chain']);
  }

  private async chooseModel(): Promise<RunTarget['choice']> {
    const engine = await this.engine.get();
    const picked = await pickModel(engine, t('Backend and model for this run'));
    if (picked === undefined) return undefined;
    const { backend, model } = picked;
    return { backend, ...(model === undefined ? {} : { model }) };
  }
}

function fromSelection(file: PromptFile, selection: string | undefined): Record<string, string> {
  const [first] = inputQuestions(file);
  return selection === undefined || first === undefined ? {} : { [first.name]: selection };
}
