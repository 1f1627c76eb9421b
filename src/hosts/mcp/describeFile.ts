import type { Diagnostic } from '../../core/domain/diagnostic.ts';
import type { ParsedFile } from '../../core/domain/parsedFile.ts';
import type { PromptFile } from '../../core/domain/promptFile.ts';
import type { ListedPrompt } from '../../nodeHost.ts';
import type { McpWorkspace } from './mcpWorkspace.ts';
import { unusableFiles } from '../../core/pipeline/toolCalls/callWorld.ts';

export const toHeader = (workspace: McpWorkspace, prompt: ListedPrompt) => ({
  name: prompt.name,
  kind: prompt.kind,
  description: prompt.description ?? null,
  tags: [...prompt.tags],
  file: workspace.shownPath(prompt.path),
});

/** Lines and columns count from 1, as people and other programs' messages do. */
export const toFinding = ({ code, severity, message, range }: Diagnostic) => ({
  code,
  severity,
  message,
  range: {
    start: { line: range.start.line + 1, column: range.start.column + 1 },
    end: { line: range.end.line + 1, column: range.end.column + 1 },
  },
});

export const renderFinding = (file: string, { code, severity, message, range }: Diagnostic): string =>
  `${file}:${range.start.line + 1}:${range.start.column + 1} ${severity} ${code}: ${message}`;

/** The file's meaning; throws `ToolProblem` with its findings when an error makes it unusable. */
export function usable(workspace: McpWorkspace, parsed: ParsedFile): PromptFile {
  if (parsed.file !== null) return parsed.file;
  throw unusableFiles(
    workspace,
    parsed.diagnostics.map((diagnostic) => ({ ...diagnostic, path: parsed.path })),
  );
}

/** The variables a caller may give, those the templates use and those that are declared. */
export function variablesIn(parsed: ParsedFile) {
  const { file } = parsed;
  const declared = file?.kind === 'prompt' || file?.kind === 'skill' ? file.variables : {};
  const names = [...new Set([...parsed.variablesUsed, ...Object.keys(declared)])];
  return names.map((name) => {
    const spec = Object.hasOwn(declared, name) ? declared[name] : undefined;
    const needed = spec === undefined || (spec.required && spec.default === undefined);
    return {
      name,
      description: spec?.description ?? null,
      required: needed && spec?.file === undefined,
      ...(spec?.default !== undefined && { default: spec.default }),
      ...(spec?.enum !== undefined && { enum: [...spec.enum] }),
    };
  });
}
