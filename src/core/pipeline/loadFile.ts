import type { ParsedFile } from '../domain/parsedFile.ts';
import type { Prompt, Skill } from '../domain/promptFile.ts';
import type { Attachment, FileDiagnostic } from '../domain/runPlan.ts';
import { parseTemplate } from '../domain/template.ts';
import { problemIn } from '../planning/planningProblem.ts';
import { templatesOf } from '../planning/templatesOf.ts';
import type { World } from './pipeline.ts';
import { readWorkspaceFile } from './readWorkspaceFile.ts';

/** A prompt or skill with everything it needs from the disk. */
export interface LoadedFile {
  readonly parsed: ParsedFile;
  readonly file: Prompt | Skill;
  readonly attachments: readonly Attachment[];
  readonly fileTexts: Readonly<Record<string, string>>;
}

export interface LoadResult {
  /** null when there are problems. */
  readonly loaded: LoadedFile | null;
  readonly problems: readonly FileDiagnostic[];
}

/** Reads what a prompt or skill names: attached files and variables that are files. Every problem is on its line. */
export async function loadFile(
  world: Pick<World, 'files' | 'settings'>,
  workspaceFolder: string,
  parsed: ParsedFile,
  file: Prompt | Skill,
): Promise<LoadResult> {
  const problems = templateProblems(parsed, file);
  const maxBytes = world.settings(parsed.path).skillFileLimitBytes;
  const read = async (relative: string, at: readonly (string | number)[]): Promise<string> => {
    const request = { promptPath: parsed.path, workspaceFolder, relative, maxBytes };
    const found = await readWorkspaceFile(world.files, request);
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
