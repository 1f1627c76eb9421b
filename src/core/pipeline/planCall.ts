import type { ModelParameters } from '../domain/chat.ts';
import type { Failure } from '../domain/failure.ts';
import type { JsonValue } from '../domain/json.ts';
import type { ParsedFile } from '../domain/parsedFile.ts';
import type { Route } from '../domain/runEvent.ts';
import type { CallTemplate, FileDiagnostic, PlannedCall } from '../domain/runPlan.ts';
import type { RouteLayer } from '../planning/chooseRoute.ts';
import { fileLayer } from '../planning/chooseRoute.ts';
import { locateVariable, problemIn } from '../planning/planningProblem.ts';
import { renderCall, settleParameters } from '../planning/renderCall.ts';
import type { ValueProblem } from '../planning/settleValues.ts';
import type { BackendDirectory } from '../ports/backendDirectory.ts';
import type { Settings } from '../ports/settings.ts';
import { defaultSettings } from '../ports/settings.ts';
import type { LoadedFile } from './loadFile.ts';
import type { Router } from './routeRun.ts';

/** Who may choose the backend and the parameters besides the file, in the order of their say. */
export interface CallChoices {
  readonly layers: readonly RouteLayer[];
  readonly parameters: readonly ModelParameters[];
}

export type TemplatePlanned =
  | { readonly status: 'ready'; readonly call: CallTemplate }
  | { readonly status: 'failed'; readonly failure: Failure; readonly route: Route | null };

/** A loaded file with its backend, model and parameters. */
export async function planTemplate(
  settings: Settings,
  route: Router,
  { parsed, file, attachments, fileTexts }: LoadedFile,
  choices: CallChoices,
): Promise<TemplatePlanned> {
  const own = { backend: file.backend, model: file.model, who: fileLayer };
  const routed = await route([...choices.layers, own]);
  if (routed.status === 'failed') return routed;
  const layers = [file.modelParameters, ...choices.parameters.toReversed()];
  const parameters = settleParameters(layers, pickDefaults(settings), pickDefaults(defaultSettings));
  const { path } = parsed;
  return {
    status: 'ready',
    call: { path, file, attachments, fileTexts, route: routed.route, ...parameters },
  };
}

const pickDefaults = ({ temperature, maxTokens }: Settings): Pick<Settings, 'temperature' | 'maxTokens'> => ({
  temperature,
  maxTokens,
});

/** One call, its values known. Throws `BackendError` when the backend cannot be opened. */
export async function toPlannedCall(
  backends: BackendDirectory,
  call: CallTemplate,
  values: Readonly<Record<string, JsonValue>>,
  place: { readonly cellId: string; readonly step?: string },
): Promise<PlannedCall> {
  const request = renderCall(call, values);
  const backend = await backends.open(call.route.backend);
  const notApplied = backend
    .notApplied(request)
    .filter(({ parameter }) => !call.defaulted.includes(parameter));
  return { ...place, route: call.route, request, notApplied };
}

export function toDiagnostic(
  parsed: ParsedFile,
  { code, variable, message, at }: ValueProblem,
): FileDiagnostic {
  const range =
    at[0] === 'variables'
      ? parsed.locate(at, code === 'unset-variable' ? 'key' : 'value')
      : locateVariable(parsed, at, variable);
  return problemIn(parsed, code, message, range);
}
