import type * as vscode from 'vscode';
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

export interface InputRequest {
  readonly file: PromptFile;
  readonly uri: vscode.Uri;
  /** Values that are known already and not asked for. */
  readonly given: Readonly<Inputs>;
  readonly remembered: RememberedInputs;
  /** Where the prompt's data file is read from, for the cases it offers. */
  readonly disk: () => Promise<FileSystem>;
  /** Something was asked before: the first question has a way back too. */
  readonly follows: boolean;
}

interface Asking {
  readonly file: PromptFile;
  readonly uri: vscode.Uri;
  readonly last: Readonly<Record<string, string>>;
  readonly dataFileCases: readonly TestCase[];
  readonly follows: boolean;
}

/**
 * Asks for what a run needs, one step a variable, with a way back; `'back'` from the first. undefined: the user dismissed
 * it, which ends the run without a word.
 */
export async function askInputs(request: InputRequest): Promise<Inputs | 'back' | undefined> {
  const { file, uri, given, remembered, disk, follows } = request;
  const questions = inputQuestions(file).filter(({ name }) => !Object.hasOwn(given, name));
  const key = uri.toString();
  const dataFileCases = questions.length === 0 ? [] : await readDataFileCases(file, uri, disk);
  const asking = { file, uri, last: remembered.of(key), dataFileCases, follows };
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
      if (before === undefined) return 'back';
      ({ at, inputs } = before);
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

/** Asks until there is a value: a source that gives none says so, and the same question stands there again. */
async function ask(
  asking: Asking,
  questions: readonly InputQuestion[],
  at: number,
  before: JsonValue | undefined,
): Promise<Inputs | 'back' | undefined> {
  const question = questions[at];
  if (question === undefined) return undefined;
  const cases = at === 0 ? offeredCases(asking.file, questions, asking.dataFileCases) : [];
  const names = questions.map(({ name }) => name);
  const items = question.choices === undefined ? inputSources(asking.uri, cases, names) : [];
  for (let problem = ''; ;) {
    const frame = {
      title: t('Run {0}', asking.file.name),
      prompt: [problem, promptOf(question)].filter(Boolean).join(' · '),
      step: at + 1,
      totalSteps: questions.length,
      canGoBack: at > 0 || asking.follows,
    };
    const last = before === undefined ? asking.last[question.name] : renderValue(before);
    const picked = await pickStep<InputSource>(stepOf(frame, question, items, last));
    if (picked === undefined || picked === 'back') return picked;
    const source = picked.value;
    if (source.type === 'case') return { ...source.testCase.variables };
    if (source.type === 'value') return { [question.name]: source.value };
    const read = await source.read();
    if (read !== undefined && 'text' in read) return { [question.name]: read.text };
    problem = read?.problem ?? '';
  }
}

type Step = Parameters<typeof pickStep<InputSource>>[0];
type Frame = Pick<Step, 'title' | 'prompt' | 'step' | 'totalSteps' | 'canGoBack'>;

function stepOf(
  frame: Frame,
  question: InputQuestion,
  items: readonly StepItem<InputSource>[],
  last: string | undefined,
): Step {
  if (question.choices !== undefined) return choiceStep(frame, question.choices, last ?? question.preset);
  const isNews = last !== undefined && last !== '' && last !== question.preset;
  // Enter takes the first item: the last value, where there is one.
  const emptyAlone = question.optional && !isNews ? emptyItem() : undefined;
  return {
    ...frame,
    placeholder: t('Type a value, or choose where it comes from'),
    text: question.preset ?? '',
    fromText: (text) => (text === '' ? emptyAlone : typedItem(text, question.preset)),
    items: [
      ...(isNews ? [lastItem(last)] : []),
      ...items,
      ...(question.optional && isNews ? [emptyItem()] : []),
    ],
  };
}

const promptOf = ({ name, description }: InputQuestion): string =>
  description === undefined ? t('Value for {0}', name) : `${name}: ${description}`;

const lastItem = (text: string): StepItem<InputSource> =>
  textItem(`$(history) ${glimpse(text)}`, t('last value'), () => Promise.resolve({ text }));

const typedItem = (text: string, preset: string | undefined): StepItem<InputSource> => ({
  label: `$(edit) ${glimpse(text)}`,
  description: text === preset ? t('default') : t('as typed'),
  alwaysShow: true,
  value: { type: 'value', value: text },
});

const emptyItem = (): StepItem<InputSource> => ({
  label: `$(dash) ${t('Empty')}`,
  alwaysShow: true,
  value: { type: 'value', value: '' },
});

function choiceStep(frame: Frame, choices: readonly JsonValue[], current: string | undefined): Step {
  const items = choices.map((choice): StepItem<InputSource> => ({
    label: renderValue(choice),
    ...(renderValue(choice) === current ? { description: t('current') } : {}),
    value: { type: 'value', value: choice },
  }));
  const activeItem = items.find(({ label }) => label === current);
  return { ...frame, placeholder: t('Choose one of the values it may have'), items, activeItem };
}
