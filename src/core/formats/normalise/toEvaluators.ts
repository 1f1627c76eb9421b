import { builtInEvaluatorNames, isBuiltInEvaluator, isEvaluatorScript } from '../../domain/evaluatorName.ts';
import type { EvaluatorSpec, StringRules } from '../../domain/promptFile.ts';
import type { JsonObject } from '../../domain/json.ts';
import type { RawEvaluator } from '../schema/fileSchemas.ts';
import { changeTo, didYouMean } from '../suggest.ts';
import { defined } from './context.ts';
import type { ReadingContext } from './context.ts';

export function toEvaluators(raw: readonly RawEvaluator[], context: ReadingContext): EvaluatorSpec[] {
  const names = new Set<string>();
  return raw.flatMap((item, index) => {
    const spec = toEvaluator(item, index, context);
    if (spec === null) return [];
    let { name } = spec;
    if (names.has(name)) {
      const message = `Another evaluator is called \`${name}\` too: give each a name of its own to tell their scores apart.`;
      const hasName = item.name !== undefined;
      context.note({
        code: 'duplicate-evaluator',
        severity: 'warning',
        message,
        path: ['evaluators', index, ...(hasName ? ['name'] : [])],
      });
      for (let count = 2; names.has(name); count++) name = `${spec.name}-${count}`;
    }
    names.add(name);
    return [{ ...spec, name }];
  });
}

function toEvaluator(raw: RawEvaluator, index: number, context: ReadingContext): EvaluatorSpec | null {
  const path = ['evaluators', index] as const;
  const given = (['string', 'llm', 'uses'] as const).filter((key) => raw[key] !== undefined);
  if (given.length !== 1) {
    const message =
      given.length === 0
        ? 'An evaluator needs one of `string`, `llm` and `uses`. Add one.'
        : `An evaluator has one of \`string\`, \`llm\` and \`uses\`, this one has ${given.map((key) => `\`${key}\``).join(' and ')}. Make an item of each.`;
    context.refuse({
      code: 'invalid-evaluator',
      message,
      path: given[1] ? [...path, given[1]] : path,
      part: given[1] ? 'key' : 'value',
    });
    return null;
  }
  if (raw.with !== undefined && raw.uses === undefined) {
    const message = '`with` has an effect only beside `uses`.';
    context.note({ code: 'no-effect', severity: 'warning', message, path: [...path, 'with'], part: 'key' });
  }
  const common = {
    name: raw.name?.trim() || defaultName(raw),
    weight: raw.weight ?? 1,
    not: raw.not ?? false,
    ...defined({ threshold: raw.threshold, compat: raw.compat }),
  };
  if (raw.string !== undefined)
    return { ...common, type: 'string', rules: toRules(raw.string, index, context) };
  if (raw.llm !== undefined) return { ...common, type: 'llm', ...toJudge(raw.llm, index, context) };
  const uses = raw.uses?.trim() ?? '';
  if (!isBuiltInEvaluator(uses) && !isEvaluatorScript(uses)) {
    const message = `There is no evaluator \`${uses}\`.${didYouMean(uses, builtInEvaluatorNames)} A script of your own is written \`./name.mjs\`. Its score will be missing.`;
    const finding = { code: 'unknown-uses', severity: 'error', message } as const;
    context.note({ ...finding, path: [...path, 'uses'], ...changeTo(uses, builtInEvaluatorNames) });
  }
  return { ...common, type: 'uses', uses, with: (raw.with ?? {}) as JsonObject };
}

function defaultName(raw: RawEvaluator): string {
  if (raw.uses !== undefined)
    return (
      raw.uses
        .replace(/^.*\//, '')
        .replace(/\.mjs$/, '')
        .trim() || 'evaluator'
    );
  if (raw.llm !== undefined) return 'judge';
  return Object.keys(raw.string ?? {}).find((key) => key !== 'flags') ?? 'string';
}

const ruleOrder = ['equals', 'contains', 'startsWith', 'endsWith', 'matches'] as const;

function toRules(
  raw: NonNullable<RawEvaluator['string']>,
  index: number,
  context: ReadingContext,
): StringRules {
  const path = ['evaluators', index, 'string'] as const;
  const given = ruleOrder.filter((rule) => raw[rule] !== undefined);
  const [first, second] = given;
  // What is empty GitHub passed over.
  const used = given.find((rule) => raw[rule] !== '') ?? first;
  if (first === undefined) {
    const message =
      '`string` needs at least one of `equals`, `contains`, `startsWith`, `endsWith` and `matches`.';
    context.refuse({ code: 'missing-key', message, path, part: 'key' });
  } else if (second !== undefined && second !== 'matches') {
    const message = `All of ${given.map((rule) => `\`${rule}\``).join(', ')} must hold here; GitHub Models looked only at \`${used}\`.`;
    context.note({
      code: 'several-rules',
      severity: 'warning',
      message,
      path: [...path, second],
      part: 'key',
    });
  }
  for (const rule of given) {
    if (rule === 'equals' || raw[rule]?.trim() !== '') continue;
    const message = `An empty \`${rule}\` holds for every answer. Give it a value, or remove it.`;
    context.note({ code: 'no-effect', severity: 'warning', message, path: [...path, rule] });
  }
  const unknownFlag = raw.flags?.replaceAll(/[imsug]/g, '').charAt(0) ?? '';
  if (unknownFlag !== '') {
    const message = `\`${unknownFlag}\` is no flag. The flags are \`i\`, \`m\` and \`s\`.`;
    context.note({ code: 'invalid-pattern', severity: 'error', message, path: [...path, 'flags'] });
  }
  return defined(raw);
}

function toJudge(raw: NonNullable<RawEvaluator['llm']>, index: number, context: ReadingContext) {
  const path = ['evaluators', index, 'llm', 'choices'] as const;
  if (raw.choices.length === 0) {
    context.refuse({ code: 'missing-key', message: 'A judge needs at least one choice.', path });
  }
  const seen = new Set<string>();
  raw.choices.forEach(({ choice, score }, at) => {
    if (!(score >= 0 && score <= 1)) {
      const message = `A score lies between 0 and 1; ${score} will count as a missing score.`;
      context.note({
        code: 'score-out-of-range',
        severity: 'warning',
        message,
        path: [...path, at, 'score'],
      });
    }
    const word = choice.trim().toLowerCase();
    if (seen.has(word)) {
      const message = `The choice \`${choice}\` is there already (case does not count).`;
      context.note({ code: 'duplicate-choice', severity: 'warning', message, path: [...path, at, 'choice'] });
    }
    seen.add(word);
  });
  return {
    prompt: raw.prompt,
    choices: raw.choices,
    ...defined({ modelId: raw.modelId?.trim() || undefined, systemPrompt: raw.systemPrompt }),
  };
}
