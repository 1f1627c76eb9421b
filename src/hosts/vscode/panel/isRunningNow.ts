import type * as vscode from 'vscode';
import type { EngineHolder } from '../engineHolder.ts';
import { runPlaceOf } from './acts/runPlace.ts';

/** Some process is at the run whose report this is, or will be. */
export async function isRunningNow(engine: EngineHolder, report: vscode.Uri): Promise<boolean> {
  const place = runPlaceOf(report.toString());
  if (place === undefined) return false;
  return (await engine.get()).pipeline.experiments.isRunning(place.path, place.runId);
}
