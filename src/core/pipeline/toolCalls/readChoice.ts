import { isBackendId } from '../../domain/backendId.ts';
import type { RunRequest } from '../pipeline.ts';
import { ToolProblem } from './toolProblem.ts';

/** Which backend and model a caller wants, beating the file. Throws `ToolProblem` for one that does not exist. */
export function readChoice(
  backend: string | undefined,
  model: string | undefined,
): NonNullable<RunRequest['choice']> {
  if (backend !== undefined && !isBackendId(backend)) {
    throw new ToolProblem(
      `"${backend}" is no backend. Backends: ollama, claude, openai, builtin, custom:<name>.`,
    );
  }
  return { ...(backend !== undefined && { backend }), ...(model !== undefined && { model }) };
}
