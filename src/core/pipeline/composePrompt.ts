import type { ChatMessage } from '../domain/chat.ts';
import type { JsonValue } from '../domain/json.ts';
import type { FileDiagnostic } from '../domain/runPlan.ts';
import { composeMessages } from '../planning/composeMessages.ts';
import { problemIn } from '../planning/planningProblem.ts';
import { settleValues } from '../planning/settleValues.ts';
import { loadFile } from './loadFile.ts';
import type { RunRequest, World } from './pipeline.ts';

export type Composed =
  | {
      readonly status: 'composed';
      readonly messages: readonly ChatMessage[];
      readonly values: Readonly<Record<string, JsonValue>>;
    }
  | { readonly status: 'invalid'; readonly diagnostics: readonly FileDiagnostic[] };

/** What a prompt or skill would send, files attached and variables in place, without choosing a backend or calling one. */
export async function composePrompt(
  world: Pick<World, 'files' | 'settings'>,
  request: Pick<RunRequest, 'file' | 'workspaceFolder' | 'inputs'>,
): Promise<Composed> {
  const { file: parsed } = request;
  const { file } = parsed;
  if (file === null) {
    return {
      status: 'invalid',
      diagnostics: parsed.diagnostics.map((diagnostic) => ({ ...diagnostic, path: parsed.path })),
    };
  }
  if (file.kind !== 'prompt' && file.kind !== 'skill') {
    const message = `${file.name} is ${file.kind === 'chain' ? 'a chain' : 'an A/B test'}: its messages are known only while it runs.`;
    return {
      status: 'invalid',
      diagnostics: [problemIn(parsed, 'not-composable', message, parsed.locate(['kind']))],
    };
  }
  const { loaded, problems } = await loadFile(world, request.workspaceFolder, parsed, file);
  if (loaded === null) return { status: 'invalid', diagnostics: problems };
  const settled = settleValues(file, request.inputs, loaded.fileTexts);
  if (settled.problems.length > 0) {
    const diagnostics = settled.problems.map(({ code, message, at }) =>
      problemIn(parsed, code, message, parsed.locate(at, 'value')),
    );
    return { status: 'invalid', diagnostics };
  }
  return {
    status: 'composed',
    messages: composeMessages(file, settled.values, loaded.attachments),
    values: settled.values,
  };
}
