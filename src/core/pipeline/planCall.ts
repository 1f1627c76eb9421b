import type { ModelParameters, ModelRequest } from '../domain/chat.ts';
import type { JsonValue } from '../domain/json.ts';
import type { ParsedFile } from '../domain/parsedFile.ts';
import type { Prompt, Skill } from '../domain/promptFile.ts';
import type { Failure } from '../domain/failure.ts';
import type { NotApplied, Route } from '../domain/runEvent.ts';
import type { FileDiagnostic, PlannedCall } from '../domain/runPlan.ts';
import type { RouteLayer } from '../planning/chooseRoute.ts';
import { fileLayer } from '../planning/chooseRoute.ts';
import type { Attachment } from '../planning/composeMessages.ts';
import { composeMessages } from '../planning/composeMessages.ts';
import { mergeParameters } from '../planning/mergeParameters.ts';
import { problemIn } from '../planning/planningProblem.ts';
import { resolveValues } from '../planning/resolveValues.ts';
import { templatesOf } from '../planning/templatesOf.ts';
import { parseTemplate } from '../domain/template.ts';
import type { ModelBackend } from '../ports/modelBackend.ts';
import type { Settings } from '../ports/settings.ts';
import { defaultSettings } from '../ports/settings.ts';
import type { World } from './pipeline.ts';
import { readWorkspaceFile } from './readWorkspaceFile.ts';
import type { Router } from './routeRun.ts';

/** A prompt or skill with everything it needs from the disk. */
export interface LoadedFile {
  readonly parsed: ParsedFile;
  readonly file: Prompt | Skill;
  readonly attachments: readonly Attachment[];
  readonly fileTexts: Readonly<Record<string, string>>;
}

export type Loaded = { readonly loaded: LoadedFile | null; readonly problems: readonly FileDiagnostic[] };

/** Reads what a prompt or skill names: attached files and variables that are files. Every problem is on its line. */
export async function loadFile(
  world: World,
  settings: Settings,
  workspaceFolder: string,
  parsed: ParsedFile,
  file: Prompt | Skill,
): Promise<Loaded> {
  const problems = templateProblems(parsed, file);
  const read = async (relative: string, at: readonly (string | number)[]): Promise<string> => {
    const found = await readWorkspaceFile(world.files, {
      promptPath: parsed.path,
      workspaceFolder,
      relative,
      maxBytes: settings.skillFileLimitBytes,
    });
    if (found.status === 'read') return found.text;
    const { code, message } = found.problem;
    problems.push(problemIn(parsed, code, message, parsed.locate(at, 'value')));
    return '';
  };
  const attachments: Attachment[] = [];
  for (const [index, path] of (file.kind === 'skill' ? file.files : []).entries()) {
    attachments.push({ path, text: await read(path, ['files', index]) });
  }
  const fileTexts: Record<string, string> = {};
  for (const [name, spec] of Object.entries(file.variables)) {
    if (spec.file === undefined) continue;
    fileTexts[name] = await read(spec.file, ['variables', name, 'file']);
  }
  const loaded = problems.length === 0 ? { parsed, file, attachments, fileTexts } : null;
  return { loaded, problems };
}

function templateProblems(parsed: ParsedFile, file: Prompt | Skill): FileDiagnostic[] {
  return templatesOf(file).flatMap(({ path, text }) =>
    parseTemplate(text).problems.map((problem) =>
      problemIn(parsed, problem.code, problem.message, parsed.locate(path, 'value')),
    ),
  );
}

export interface CallRequest {
  readonly cellId: string;
  readonly inputs: Readonly<Record<string, JsonValue>>;
  /** Who may choose the backend before the file: the run, a step, a variant. */
  readonly layers: readonly RouteLayer[];
  /** Parameters that win over the file's. */
  readonly parameters: readonly ModelParameters[];
}

export type CallPlanned =
  | { readonly status: 'ready'; readonly call: PlannedCall; readonly backend: ModelBackend }
  | { readonly status: 'invalid'; readonly diagnostics: readonly FileDiagnostic[] }
  | { readonly status: 'failed'; readonly failure: Failure; readonly route: Route | null };

/** One call of a loaded file: values, backend, messages, parameters. */
export async function planCall(
  settings: Settings,
  route: Router,
  { parsed, file, attachments, fileTexts }: LoadedFile,
  request: CallRequest,
): Promise<CallPlanned> {
  const { values, problems } = resolveValues(parsed, file, request.inputs, fileTexts);
  if (problems.length > 0) return { status: 'invalid', diagnostics: problems };
  const own = { backend: file.backend, model: file.model, who: fileLayer };
  const routed = await route([...request.layers, own]);
  if (routed.status === 'failed') return routed;
  const defaults = { temperature: settings.temperature, maxTokens: settings.maxTokens };
  const asked = mergeParameters(file.modelParameters, ...request.parameters);
  const modelRequest: ModelRequest = {
    model: routed.route.model,
    messages: composeMessages(file, values, attachments),
    parameters: mergeParameters(defaults, asked),
    responseFormat: file.responseFormat,
    variables: values,
  };
  const notApplied = routed.backend
    .notApplied(modelRequest)
    .filter(({ parameter }) => wasAsked(parameter, asked, settings));
  const { cellId } = request;
  return {
    status: 'ready',
    backend: routed.backend,
    call: { cellId, route: routed.route, request: modelRequest, notApplied },
  };
}

/** A default that nobody chose is not worth a word when the model does not take it. */
function wasAsked(parameter: NotApplied['parameter'], asked: ModelParameters, settings: Settings): boolean {
  if (parameter !== 'temperature' && parameter !== 'maxTokens') return true;
  return asked[parameter] !== undefined || settings[parameter] !== defaultSettings[parameter];
}
