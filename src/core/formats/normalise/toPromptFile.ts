import type {
  AbTest,
  Chain,
  ChainStep,
  Prompt,
  PromptFile,
  PromptKind,
  Skill,
  VariantSpec,
} from '../../domain/promptFile.ts';
import { readTyped } from '../readTyped.ts';
import { schemaOf } from '../schema/fileSchemas.ts';
import type { RawAbTest, RawChain, RawPrompt, RawSkill } from '../schema/fileSchemas.ts';
import { defined } from './context.ts';
import type { ReadingContext } from './context.ts';
import { toHead, toModelChoice, toTestCases, toVariables } from './parts.ts';
import { toEvaluators } from './toEvaluators.ts';
import { toResponseFormat } from './toResponseFormat.ts';

/** A tree that its schema accepts → the domain's words, defaults filled in. */
export function toPromptFile(kind: PromptKind, context: ReadingContext): PromptFile {
  const { value, texts } = context.tree;
  switch (kind) {
    case 'prompt':
      return toPrompt(readTyped(schemaOf.prompt, value, texts), context);
    case 'skill':
      return toSkill(readTyped(schemaOf.skill, value, texts), context);
    case 'chain':
      return toChain(readTyped(schemaOf.chain, value, texts), context);
    case 'abtest':
      return toAbTest(readTyped(schemaOf.abtest, value, texts), context);
  }
}

function toPrompt(raw: RawPrompt, context: ReadingContext): Prompt {
  return { kind: 'prompt', ...conversation(raw, context), messages: raw.messages };
}

function toSkill(raw: RawSkill, context: ReadingContext): Skill {
  const messages = raw.messages === undefined || raw.messages.length === 0 ? defaultMessages : raw.messages;
  return {
    kind: 'skill',
    ...conversation(raw, context),
    instructions: raw.instructions,
    files: raw.files ?? [],
    messages,
  };
}

const defaultMessages = [{ role: 'user', content: '{{input}}' }] as const;

function conversation(raw: RawPrompt | RawSkill, context: ReadingContext) {
  return {
    ...toHead(raw, context),
    ...toModelChoice(raw, [], context),
    ...tests(raw, context),
    variables: toVariables(raw.variables),
    responseFormat: toResponseFormat(raw, context),
  };
}

function tests(raw: RawPrompt | RawSkill | RawChain, context: ReadingContext) {
  return {
    testData: toTestCases(raw, context),
    ...defined({ testDataFile: raw.testDataFile }),
    evaluators: toEvaluators(raw.evaluators ?? [], context),
  };
}

function toChain(raw: RawChain, context: ReadingContext): Chain {
  const steps = raw.steps.map((step, index): ChainStep => ({
    name: step.name?.trim() || `step-${index + 1}`,
    use: step.use.trim(),
    with: Object.fromEntries(
      Object.entries(step.with ?? {}).map(([name, template]) => [name, template ?? '']),
    ),
    ...toModelChoice(step, ['steps', index], context),
  }));
  return {
    kind: 'chain',
    ...toHead(raw, context),
    ...toModelChoice(raw, [], context),
    ...tests(raw, context),
    steps,
  };
}

function toAbTest(raw: RawAbTest, context: ReadingContext): AbTest {
  const hasData = raw.testData !== undefined || raw.testDataFile !== undefined;
  return {
    kind: 'abtest',
    ...toHead(raw, context),
    variants: toVariants(raw.variants, context),
    testData: hasData ? toTestCases(raw, context) : null,
    evaluators: raw.evaluators === undefined ? null : toEvaluators(raw.evaluators, context),
    confidence: raw.confidence ?? 0.95,
    minEffect: raw.minEffect ?? 0.05,
    stopEarly: raw.stopEarly ?? false,
    budget: defined(raw.budget ?? {}),
    ...defined({
      testDataFile: raw.testDataFile,
      groupBy: raw.groupBy?.trim() || undefined,
      metric: raw.metric?.trim() || undefined,
      repetitions: raw.repetitions,
      concurrency: raw.concurrency,
    }),
  };
}

/** Labels are unique: an explicit one twice is an error, a derived one says what sets it apart. */
function toVariants(raw: RawAbTest['variants'], context: ReadingContext): VariantSpec[] {
  const labels = new Set<string>();
  return raw.map((item, index): VariantSpec => {
    const spec = typeof item === 'string' ? { prompt: item } : item;
    const path = ['variants', index];
    const prompt = spec.prompt.trim();
    const given = 'label' in spec ? spec.label?.trim() : undefined;
    const choice = typeof item === 'string' ? { modelParameters: {} } : toModelChoice(item, path, context);
    const ref = typeof item === 'string' ? undefined : item.ref?.trim() || undefined;
    const backend = 'backend' in choice ? choice.backend : undefined;
    const model = 'model' in choice ? choice.model : undefined;
    const derived = [`${prompt}${ref ? `@${ref}` : ''}`, model ?? backend].filter(Boolean).join(' · ');
    let label = given || derived;
    if (given && labels.has(given)) {
      const message = `Another variant has the label \`${given}\`. Each needs a label of its own.`;
      context.refuse({ code: 'duplicate-label', message, path: [...path, 'label'] });
    }
    for (let count = 2; labels.has(label); count++) label = `${given || derived} (${count})`;
    labels.add(label);
    return { label, prompt, ...defined({ ref }), ...choice };
  });
}
