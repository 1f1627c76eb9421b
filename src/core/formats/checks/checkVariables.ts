import type { JsonValue } from '../../domain/json.ts';
import type { Prompt, Skill, VariableSpec } from '../../domain/promptFile.ts';
import { parseTemplate, renderValue, variableNamePattern } from '../../domain/template.ts';
import type { Finding, ReadingContext } from '../normalise/context.ts';
import { nearest } from '../suggest.ts';
import type { TemplateInFile } from '../templatesIn.ts';

/** More findings of one sort help nobody. */
const maxCaseFindings = 20;

/** Declarations against themselves, against their use, and against the test data. */
export function checkVariables(
  file: Prompt | Skill,
  used: readonly string[],
  templates: readonly TemplateInFile[],
  context: ReadingContext,
): void {
  for (const [name, spec] of Object.entries(file.variables)) checkDeclaration(name, spec, used, context);
  const declared = Object.keys(file.variables);
  const given = new Set(file.testData.flatMap(({ variables }) => Object.keys(variables)));
  for (const name of used) {
    if (declared.length === 0 || declared.includes(name) || given.has(name) || name === 'input') continue;
    const meant = nearest(name, declared);
    if (meant === null) continue;
    context.note({
      code: 'undeclared-variable',
      severity: 'warning',
      message: `The templates use \`{{${name}}}\`, which is not declared here. Did you mean \`${meant}\`?`,
      ...placeOfUse(name, meant, templates, context),
    });
  }
  checkCases(file, used, context);
}

/** Where it is used first, with the word to put there instead. */
function placeOfUse(
  name: string,
  meant: string,
  templates: readonly TemplateInFile[],
  { tree }: ReadingContext,
): Pick<Finding, 'path' | 'range' | 'fix' | 'part'> {
  for (const { path, text, use } of templates) {
    if (use !== 'run') continue;
    const part = parseTemplate(text).parts.find((each) => each.type === 'variable' && each.name === name);
    if (part === undefined) continue;
    const range = tree.locatePiece(path, text, part);
    // Where escapes hide the exact place, the range is the whole text.
    const isExact = range.end.column - range.start.column === part.end - part.start;
    const fix = { title: `Change to {{${meant}}}`, newText: `{{${meant}}}` };
    return { path, range, ...(isExact && { fix }) };
  }
  return { path: ['variables'], part: 'key' };
}

function checkDeclaration(
  name: string,
  spec: VariableSpec,
  used: readonly string[],
  context: ReadingContext,
): void {
  const path = ['variables', name];
  if (!variableNamePattern.test(name)) {
    const message = `\`${name}\` cannot be the name of a variable: it begins with a letter or \`_\`, then come letters, digits, \`_\`, \`.\` and \`-\`.`;
    context.refuse({ code: 'invalid-name', message, path, part: 'key' });
  } else if (!used.includes(name)) {
    const message = `No template uses \`{{${name}}}\`.`;
    context.note({ code: 'unused-variable', severity: 'information', message, path, part: 'key' });
  }
  if (spec.enum !== undefined && spec.default !== undefined && !allows(spec, spec.default)) {
    const message = `The default of \`${name}\` is not one of its \`enum\` values.`;
    context.refuse({ code: 'enum-violation', message, path: [...path, 'default'] });
  }
}

function checkCases(file: Prompt | Skill, used: readonly string[], context: ReadingContext): void {
  let findings = 0;
  file.testData.forEach(({ variables }, index) => {
    for (const name of used) {
      if (Object.hasOwn(variables, name) || findings >= maxCaseFindings) continue;
      const spec = Object.hasOwn(file.variables, name) ? file.variables[name] : undefined;
      if (spec !== undefined && (spec.default !== undefined || spec.file !== undefined || !spec.required))
        continue;
      findings++;
      const message =
        name === 'expected'
          ? 'The templates use `{{expected}}`, but the reference answer is not shown to the model: give what it is to see another name.'
          : `This case gives no value for \`${name}\`, which the templates use. Add it, or a default under \`variables\`.`;
      context.note({
        code: 'unset-variable',
        severity: 'warning',
        message,
        path: ['testData', index],
        range: firstLine(index, context),
      });
    }
    for (const [name, spec] of Object.entries(file.variables)) {
      const value = Object.hasOwn(variables, name) ? variables[name] : undefined;
      if (value === undefined || allows(spec, value) || findings >= maxCaseFindings) continue;
      findings++;
      const allowed = (spec.enum ?? []).map(renderValue).join(', ');
      const message = `\`${name}\` must be one of ${allowed}.`;
      context.note({ code: 'enum-violation', severity: 'warning', message, path: ['testData', index, name] });
    }
  });
}

function firstLine(index: number, { tree }: ReadingContext) {
  const range = tree.locate(['testData', index]);
  if (range.start.line === range.end.line) return range;
  const start = tree.positions.offsetAt(range.start);
  const nextLine = tree.positions.offsetAt({ line: range.start.line + 1, column: 0 });
  return tree.positions.range(start, Math.max(start, nextLine - 1));
}

/** Compared as text: a number in the list allows the same number written as text. */
const allows = (spec: VariableSpec, value: JsonValue): boolean =>
  spec.enum === undefined || spec.enum.some((item) => renderValue(item) === renderValue(value));
