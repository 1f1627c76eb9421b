import * as vscode from 'vscode';
import type { Engine } from '../../../../composition.ts';
import type { ExperimentPlan } from '../../../../core/domain/experimentPlan.ts';
import type { JsonObject, JsonValue } from '../../../../core/domain/json.ts';
import type { Report } from '../../../../core/domain/report.ts';
import { shownPath } from '../../../../core/domain/shownPath.ts';
import { oneLine } from '../../../../core/reporting/plainText.ts';
import { loadLanguage } from '../../language.ts';
import { t } from '../../l10n.ts';
import { valueText } from '../toPanelReport.ts';
import { failingCases } from './toRunFacts.ts';
import { pathOfVariant, workingCopy } from './variantText.ts';

/** Where cases may go: the list in a prompt file, or its data file. */
interface Destination {
  readonly uri: vscode.Uri;
  readonly shown: string;
  readonly isData: boolean;
  /** The cases it does not have yet. */
  readonly fresh: readonly JsonObject[];
}

/** Adds the cases that failed to a prompt's test data, so that they are tested from now on. */
export async function keepFailingCases(engine: Engine, plan: ExperimentPlan, report: Report): Promise<void> {
  const cases = failingCases(report).map(({ vars, expected }): JsonObject => ({
    ...vars,
    ...(expected !== null && { expected }),
  }));
  const all = await destinations(engine, plan, cases);
  const useful = all.filter(({ fresh }) => fresh.length > 0);
  if (useful.length === 0) {
    const message = t('All cases that failed are in the test data already.');
    void vscode.window.showInformationMessage(message);
    return;
  }
  const destination = await chooseDestination(useful);
  if (destination === undefined) return;
  const chosen = await chooseCases(destination);
  if (chosen === undefined || chosen.length === 0) return;
  await add(destination, chosen);
}

async function destinations(
  { world }: Engine,
  plan: ExperimentPlan,
  cases: readonly JsonObject[],
): Promise<readonly Destination[]> {
  const { parsePromptFile, withoutKnown, readTestData, testDataFormatOf } = await loadLanguage();
  const own = plan.variants.filter(({ commit }) => commit === null).map(pathOfVariant);
  const found: Destination[] = [];
  for (const path of new Set([...own, ...plan.suites.map((suite) => suite.path)])) {
    const text = await workingCopy(path);
    const file = text === null ? null : parsePromptFile(text, path).file;
    if (file === null) continue;
    const { testDataFile } = file;
    const inline = (file.testData ?? []).map(({ variables, expected }): JsonValue => ({
      ...variables,
      ...(expected !== undefined && { expected }),
    }));
    const dataPath = testDataFile === undefined ? undefined : world.files.resolve(path, testDataFile);
    const data = dataPath === undefined ? null : await workingCopy(dataPath);
    const known = [...inline];
    const format = testDataFormatOf(dataPath ?? '');
    if (data !== null && format !== null) {
      for await (const item of readTestData(inOnePiece(data), format)) {
        if ('case' in item) known.push({ ...item.case.variables, expected: item.case.expected ?? null });
      }
    }
    // An A/B test without data of its own runs on its variants': adding some would take those away.
    if (file.kind === 'abtest' && file.testData === null) continue;
    const isData = dataPath !== undefined && data !== null && inline.length === 0;
    const target = isData ? dataPath : path;
    found.push({
      uri: vscode.Uri.file(target),
      shown: shownPath(plan.workspaceFolder, target),
      isData,
      fresh: withoutKnown(known, cases),
    });
  }
  return found;
}

// eslint-disable-next-line @typescript-eslint/require-await -- readers take their text in pieces
async function* inOnePiece(text: string): AsyncGenerator<string> {
  yield text;
}

async function chooseDestination(all: readonly Destination[]): Promise<Destination | undefined> {
  const [only] = all;
  if (all.length === 1) return only;
  const items = all.map((destination) => ({
    label: destination.shown,
    description: t('{0} new', destination.fresh.length),
    destination,
  }));
  const title = t('Add the failing cases to which test data?');
  return (await vscode.window.showQuickPick(items, { title }))?.destination;
}

async function chooseCases({ fresh, shown }: Destination): Promise<readonly JsonObject[] | undefined> {
  const items = fresh.map((item) => ({
    label: oneLine(
      Object.values(item)
        .map((value) => valueText(value, 80))
        .join(' · '),
      80,
    ),
    picked: true,
    item,
  }));
  const title = t('Add these failing cases to {0}', shown);
  const chosen = await vscode.window.showQuickPick(items, { title, canPickMany: true });
  return chosen?.map(({ item }) => item);
}

async function add({ uri, shown, isData }: Destination, cases: readonly JsonObject[]): Promise<void> {
  const { addTestCases, appendTestData, editPromptFile, testDataFormatOf } = await loadLanguage();
  const document = await vscode.workspace.openTextDocument(uri);
  const before = document.getText();
  let after: string;
  if (isData) {
    const added = await appendTestData(before, testDataFormatOf(uri.path) ?? 'csv', cases);
    if (added.status === 'refused') {
      tell(added.message);
      return;
    }
    after = added.text;
  } else {
    const edited = editPromptFile(before, [addTestCases(cases)]);
    if (edited.status === 'refused') {
      tell(edited.diagnostics.map(({ message }) => message).join(' '));
      return;
    }
    after = edited.text;
  }
  const edit = new vscode.WorkspaceEdit();
  edit.replace(uri, new vscode.Range(0, 0, document.lineCount, 0), after);
  if (!(await vscode.workspace.applyEdit(edit, { isRefactoring: true }))) return;
  await vscode.window.showTextDocument(uri, { viewColumn: vscode.ViewColumn.One });
  vscode.window.setStatusBarMessage(t('Promptly: {0} added to {1}', cases.length, shown), 5_000);
}

function tell(message: string): void {
  void vscode.window.showErrorMessage(message);
}
