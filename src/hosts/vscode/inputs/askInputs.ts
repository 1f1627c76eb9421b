import * as vscode from 'vscode';
import type { JsonValue } from '../../../core/domain/json.ts';
import type { PromptFile } from '../../../core/domain/promptFile.ts';
import type { TestCase } from '../../../core/domain/testCase.ts';
import type { FileSystem } from '../../../core/ports/fileSystem.ts';
import { renderValue } from '../../../core/domain/template.ts';
import { t } from '../l10n.ts';
import type { InputQuestion } from './inputQuestions.ts';
import { inputQuestions, offeredCases } from './inputQuestions.ts';
import type { InputSource } from './inputSources.ts';
import { glimpse, inputSources, textItem } from './inputSources.ts';
import type { StepItem } from './pickStep.ts';
import { pickStep } from './pickStep.ts';
import { readDataFileCases } from './readDataFileCases.ts';
import type { RememberedInputs } from './rememberedInputs.ts';

export type Inputs = Record<string, JsonValue>;

interface Asking {
  readonly file: PromptFile;
  readonly uri: vscode.Uri;
  readonly last: Readonly<Record<string, string>>;
  readonly editor: vscode.TextEditor | undefined;
  readonly dataFileCases: readonly TestCase[];
}

/**
 * Asks for what a run needs, one step a variable, with a way back. undefined: the user dismissed it, which ends the run
 * without a word.
 *
 * @param given Values that are known already and not asked for.
 * @param disk Where the prompt's data file is read from, for the cases it offers.
 */
export async function askInputs(
  file: PromptFile,
  uri: vscode.Uri,
  remembered: RememberedInputs,
  given: Readonly<Inputs>,
  disk: () => Promise<FileSystem>,
): Promise<Inputs | undefined> {
  const questions = inputQuestions(file).filter(({ name }) => !Object.hasOwn(given, name));
  const key = uri.toString();
  const editor = vscode.window.activeTextEditor;
  const dataFileCases = questions.length === 0 ? [] : await readDataFileCases(file, uri, disk);
  const asking = { file, uri, last: remembered.of(key), editor, dataFileCases };
  const said: Inputs = {};
  const trail: { at: number; inputs: Inputs }[] = [];
  let inputs: Inputs = { ...given };
  for (let at = 0; at < questions.length;) {
    const name = questions[at]?.name ?? '';
    if (Object.hasOwn(inputs, name)) {
      at += 1; // A test case has answered it.
      continue;
    }
    const answer = await ask(asking, questions, at, said[name]);
    if (answer === undefined) return undefined;
    if (answer === 'back') {
      const before = trail.pop();
      if (before !== undefined) ({ at, inputs } = before);
      continue;
    }
    Object.assign(said, answer);
    trail.push({ at, inputs });
    inputs = { ...inputs, ...answer };
    at += 1;
  }
  await remembered.keep(key, inputs);
  return inputs;
}

async function ask(
  asking: Asking,
  questions: readonly InputQuestion[],
  at: number,
  before: JsonValue | undefined,
): Promise<Inputs | 'back' | undefined> {
  const question = questions[at];
  if (question === undefined) return undefined;
  const { name } = question;
  const frame = {
    title: t('Run {0}', asking.file.name),
    placeholder: placeholderOf(question),
    step: at + 1,
    totalSteps: questions.length,
  };
  const cases = at === 0 ? offeredCases(asking.file, questions, asking.dataFileCases) : [];
  const last = before === undefined ? asking.last[name] : renderValue(before);
  const picked =
    question.choices === undefined
      ? await pickStep<InputSource>({
          ...frame,
          text: question.preset ?? '',
          fromText: (text) => typedItem(text, question, last),
          items: [
            ...(last === undefined || last === '' || last === question.preset
              ? []
              : [textItem(`$(history) ${glimpse(last)}`, t('last value'), () => Promise.resolve(last))]),
            ...inputSources(
              asking.editor,
              asking.uri,
              cases,
              questions.map(({ name }) => name),
            ),
          ],
        })
      : await pickStep<InputSource>(choiceStep(frame, question.choices, last ?? question.preset));
  if (picked === undefined || picked === 'back') return picked;
  if (picked.value.type === 'case') return { ...picked.value.testCase.variables };
  const value = await picked.value.read();
  return value === undefined ? undefined : { [name]: value };
}

function placeholderOf({ name, description, choices }: InputQuestion): string {
  if (choices !== undefined) return description === undefined ? name : `${name}: ${description}`;
  return description === undefined
    ? t('Value for {0}: type it, or choose where it comes from', name)
    : t('{0}: {1} (type it, or choose where it comes from)', name, description);
}

function typedItem(
  text: string,
  { optional }: InputQuestion,
  last: string | undefined,
): StepItem<InputSource> | undefined {
  const value: InputSource = { type: 'value', read: () => Promise.resolve(text) };
  if (text !== '')
    return { label: `$(edit) ${glimpse(text)}`, description: t('as typed'), alwaysShow: true, value };
  if (!optional || (last !== undefined && last !== '')) return undefined;
  return { label: `$(dash) ${t('Empty')}`, alwaysShow: true, value };
}

function choiceStep(
  frame: { title: string; placeholder: string; step: number; totalSteps: number },
  choices: readonly JsonValue[],
  current: string | undefined,
): Parameters<typeof pickStep<InputSource>>[0] {
  const items = choices.map((choice): StepItem<InputSource> => ({
    label: renderValue(choice),
    ...(renderValue(choice) === current ? { description: t('current') } : {}),
    value: { type: 'value', read: () => Promise.resolve(choice) },
  }));
  return { ...frame, items, activeItem: items.find(({ label }) => label === current) };
}
