import type { PromptFile } from '../../domain/promptFile.ts';
import { parseTemplate, variableNamePattern } from '../../domain/template.ts';
import type { ParsedTemplate } from '../../domain/template.ts';
import type { ReadingContext } from '../normalise/context.ts';
import type { TemplateInFile } from '../templatesIn.ts';

/** In one template. More help nobody, and finding their places takes time. */
const maxFindings = 20;

const singleBraces = /(?<!\{)\{\s*([A-Za-z_][A-Za-z0-9_.-]*)\s*\}(?!\})/g;

/** Templates that cannot be read, and variables in single braces, as older prompts wrote them. */
export function checkTemplates(
  templates: readonly TemplateInFile[],
  file: PromptFile,
  context: ReadingContext,
): void {
  const known = knownNames(file);
  for (const template of templates) {
    const parsed = parseTemplate(template.text);
    for (const problem of parsed.problems.slice(0, maxFindings)) {
      const { code, message } = problem;
      const range = context.tree.locatePiece(template.path, template.text, problem);
      const finding = { code, message, path: template.path, range };
      if (template.use === 'run') context.refuse(finding);
      else context.note({ ...finding, severity: 'error' });
    }
    checkSingleBraces(template, parsed, known, context);
    if (template.path.at(-1) === 'prompt' && !usesCompletion(parsed)) {
      const message = 'The judge never sees the answer: put `{{completion}}` where it belongs.';
      context.note({
        code: 'judge-without-completion',
        severity: 'warning',
        message,
        path: template.path,
        part: 'key',
      });
    }
  }
}

const usesCompletion = ({ parts }: ParsedTemplate): boolean =>
  parts.some((part) => part.type === 'variable' && part.name === 'completion');

function checkSingleBraces(
  { path, text }: TemplateInFile,
  { parts }: ParsedTemplate,
  known: ReadonlySet<string>,
  context: ReadingContext,
): void {
  let findings = 0;
  for (const part of parts) {
    if (part.type !== 'text' || findings >= maxFindings) continue;
    const source = text.slice(part.start, part.end);
    for (const match of source.matchAll(singleBraces)) {
      const name = match[1] ?? '';
      const start = part.start + match.index;
      const end = start + match[0].length;
      // Braces on both sides of the part belong to a variable: `{{{x}}}`.
      if (!known.has(name) || text[start - 1] === '{' || text[end] === '}') continue;
      if (++findings > maxFindings) return;
      const range = context.tree.locatePiece(path, text, { start, end });
      // Written with escapes, the place is the whole text, which is not what the fix replaces.
      const isThere = context.tree.textAt(range) === match[0];
      context.note({
        code: 'single-braces',
        severity: 'warning',
        message: `\`{${name}}\` is sent as it is. The variable is written \`{{${name}}}\`.`,
        path,
        range,
        ...(isThere && { fix: { title: `Change to {{${name}}}`, newText: `{{${name}}}` } }),
      });
    }
  }
}

function knownNames(file: PromptFile): Set<string> {
  const names = new Set<string>();
  if (file.kind === 'prompt' || file.kind === 'skill') {
    for (const name of Object.keys(file.variables)) names.add(name);
  }
  for (const { variables } of (file.testData ?? []).slice(0, 50)) {
    for (const name of Object.keys(variables)) if (variableNamePattern.test(name)) names.add(name);
  }
  return names;
}
