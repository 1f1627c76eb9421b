import type * as vscode from 'vscode';
import type { Engine } from '../../../composition.ts';
import type { Route } from '../../../core/domain/runEvent.ts';
import { ToolProblem } from '../../../core/pipeline/toolCalls/toolProblem.ts';
import { confirmOnline } from '../run/confirmOnline.ts';

/** Asks what every run asks once before it sends anything away. Throws `ToolProblem` when the user says no. */
export async function confirmRoutes(
  engine: Engine,
  routes: readonly Route[],
  memory: vscode.Memento,
): Promise<void> {
  for (const route of routes) {
    if (!(await confirmOnline(engine, route, memory))) {
      throw new ToolProblem(`The user did not agree to send this to ${route.backend}. Nothing was sent.`);
    }
  }
}
