import type * as vscode from 'vscode';
import type { ExperimentPlanned } from '../../../../core/domain/experimentPlan.ts';
import type { JsonObject } from '../../../../core/domain/json.ts';
import type { ParsedFile } from '../../../../core/domain/parsedFile.ts';
import type { ExperimentRequest } from '../../../../core/pipeline/experiments/experimentRequests.ts';
import type { SetupPreview, SetupProblem } from '../../../../protocol/setup.ts';
import type { EngineHolder } from '../../engineHolder.ts';
import { loadLanguage } from '../../language.ts';
import { workspaceFolderOf } from '../../workspaceFolderOf.ts';
import { shownPath } from '../../shownPath.ts';
import { referenceOf } from './referenceOf.ts';
import { countedAtMost, inheritedPreview, toPreview } from './setupPreviews.ts';
import { problemsOfPlan } from './setupProblems.ts';

type World = Awaited<ReturnType<EngineHolder['get']>>['world'];

/** What planning found out, until the next plan. */
export interface PlannedSetup {
  readonly planned: ExperimentPlanned | null;
  readonly problems: readonly SetupProblem[];
  readonly variables: readonly string[];
  readonly inherited: SetupPreview | null;
  readonly dataFile: SetupPreview | null;
}

export const nothingPlanned: PlannedSetup = {
  planned: null,
  problems: [],
  variables: [],
  inherited: null,
  dataFile: null,
};

export interface SetupToPlan {
  readonly engine: EngineHolder;
  readonly uri: vscode.Uri;
  /** What is planned; `parsed`, unless texts that are in no file are tested. */
  readonly test: ExperimentRequest['test'];
  readonly parsed: ParsedFile;
  readonly value: JsonObject;
  readonly placeOf: Parameters<typeof problemsOfPlan>[3];
}

/** Plans what a form says. null when it was given up for a newer plan. */
export async function planSetup(setup: SetupToPlan, signal: AbortSignal): Promise<PlannedSetup | null> {
  const { uri, test, parsed, value, placeOf } = setup;
  const { pipeline, world } = await setup.engine.get();
  const workspaceFolder = workspaceFolderOf(uri).fsPath;
  try {
    const planned = await pipeline.experiments.plan({ test, workspaceFolder }, signal);
    const prompts = await promptsOf(parsed, value, world.prompts);
    const dataFile = await dataFileOf(parsed, value, world, workspaceFolder);
    if (signal.aborted) return null;
    const plan = planned.status === 'ready' ? planned.plan : undefined;
    return {
      planned,
      problems: problemsOfPlan(parsed, value, planned, placeOf),
      variables: [...new Set(prompts.flatMap(({ variablesUsed }) => variablesUsed))],
      inherited: inheritedPreview(value, plan, prompts[0], shownPath),
      dataFile,
    };
  } catch (error) {
    if (signal.aborted) return null;
    throw error;
  }
}

async function dataFileOf(
  { path: promptPath }: ParsedFile,
  { testDataFile: relative }: JsonObject,
  { files }: World,
  workspaceFolder: string,
): Promise<SetupPreview | null> {
  if (typeof relative !== 'string') return null;
  const { firstTestCases } = await loadLanguage();
  const place = { promptPath, workspaceFolder, casesBefore: 0, relative };
  return toPreview(await firstTestCases(files, place, countedAtMost + 1), relative);
}

/** The variants' prompts as they are now: at another revision they may use other variables, but hardly all others. */
async function promptsOf(
  { path }: ParsedFile,
  { variants }: JsonObject,
  lookup: World['prompts'],
): Promise<readonly ParsedFile[]> {
  const names = (Array.isArray(variants) ? variants : []).flatMap((variant) => referenceOf(variant) ?? []);
  if (lookup === undefined) return [];
  const found = await Promise.all([...new Set(names)].map((name) => lookup.find(name, path)));
  return found.flatMap((each) => (each.status === 'found' ? [each.file] : []));
}
