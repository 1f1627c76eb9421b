import type { BackendId } from './backendId.ts';
import type { ModelParameters, ResponseFormat, Role } from './chat.ts';
import type { Range } from './diagnostic.ts';
import type { JsonObject, JsonValue } from './json.ts';
import type { TestCase } from './testCase.ts';

export const promptKinds = ['prompt', 'skill', 'chain', 'abtest'] as const;
export type PromptKind = (typeof promptKinds)[number];

/** A `.prompt.yaml` file as the product thinks of it: defaults filled in, spellings unified. Immutable. */
export type PromptFile = Prompt | Skill | Chain | AbTest;
/** What can be run on its own inputs. */
export type Runnable = Prompt | Skill | Chain;

interface Common {
  /** The file's own `name`, else its base name without `.prompt.yaml`. */
  readonly name: string;
  readonly description?: string;
  readonly tags: readonly string[];
  /** For people and other tools; kept, never read. */
  readonly metadata?: JsonObject;
}

/** Where and how a model answers; each part may be left to the settings. */
export interface ModelChoice {
  readonly backend?: BackendId;
  readonly model?: string;
  readonly modelParameters: ModelParameters;
}

interface Testable {
  readonly testData: readonly TestCase[];
  /** Relative to the file. */
  readonly testDataFile?: string;
  readonly evaluators: readonly EvaluatorSpec[];
}

export interface VariableSpec {
  readonly description?: string;
  readonly default?: JsonValue;
  readonly required: boolean;
  readonly enum?: readonly JsonValue[];
  /** The value is the text of this file, relative to the prompt file. */
  readonly file?: string;
}

export interface MessageTemplate {
  readonly role: Role;
  /** A template: `{{name}}` is replaced once. */
  readonly content: string;
}

export interface Prompt extends Common, ModelChoice, Testable {
  readonly kind: 'prompt';
  readonly messages: readonly MessageTemplate[];
  readonly variables: Readonly<Record<string, VariableSpec>>;
  readonly responseFormat: ResponseFormat;
}

export interface Skill extends Common, ModelChoice, Testable {
  readonly kind: 'skill';
  /** Becomes the system message, followed by the attached files. A template. */
  readonly instructions: string;
  /** Relative to the file, attached in this order. */
  readonly files: readonly string[];
  /** Default: one user message `{{input}}`. */
  readonly messages: readonly MessageTemplate[];
  readonly variables: Readonly<Record<string, VariableSpec>>;
  readonly responseFormat: ResponseFormat;
}

export interface ChainStep extends ModelChoice {
  /** The step's own `name`, else `step-1`, `step-2` … */
  readonly name: string;
  /** A prompt's, skill's or chain's name, or a path relative to this file. */
  readonly use: string;
  /** Variable → template over `input`, `previous` and `steps.<name>.output`. */
  readonly with: Readonly<Record<string, string>>;
}

export interface Chain extends Common, ModelChoice, Testable {
  readonly kind: 'chain';
  readonly steps: readonly ChainStep[];
}

export interface VariantSpec extends ModelChoice {
  /** Shown for the variant and unique within the test. */
  readonly label: string;
  /** A prompt's name or path. */
  readonly prompt: string;
  /** Any git revision; that version of the file is tested. */
  readonly ref?: string;
}

export interface Budget {
  readonly maxCostUsd?: number;
  readonly maxCalls?: number;
  readonly maxMinutes?: number;
}

export interface AbTest extends Common {
  readonly kind: 'abtest';
  readonly variants: readonly VariantSpec[];
  /** null: those of the first variant. */
  readonly testData: readonly TestCase[] | null;
  readonly testDataFile?: string;
  readonly evaluators: readonly EvaluatorSpec[] | null;
  /** A key of the cases: those with the same value count as one. */
  readonly groupBy?: string;
  /** undefined: `quality` where there is an evaluator or `expected`, else `successRate`. */
  readonly metric?: string;
  /** undefined: 1, or 3 where sampling is random and the metric is yes/no. */
  readonly repetitions?: number;
  readonly confidence: number;
  readonly minEffect: number;
  readonly stopEarly: boolean;
  readonly concurrency?: number;
  readonly budget: Budget;
}

interface EvaluatorCommon {
  readonly name: string;
  /** ≥ 0 */
  readonly weight: number;
  /** undefined: 1 for yes/no evaluators, 0.5 for graded ones. */
  readonly threshold?: number;
  readonly not: boolean;
  readonly compat?: 'gh-models';
}

/** An evaluator as written; `core/evaluation` knows what each means. */
export type EvaluatorSpec = EvaluatorCommon &
  (
    | { readonly type: 'string'; readonly rules: StringRules }
    | {
        readonly type: 'llm';
        readonly modelId?: string;
        readonly prompt: string;
        readonly systemPrompt?: string;
        readonly choices: readonly { readonly choice: string; readonly score: number }[];
      }
    | { readonly type: 'uses'; readonly uses: string; readonly with: JsonObject }
  );

export interface StringRules {
  readonly equals?: string;
  readonly contains?: string;
  readonly startsWith?: string;
  readonly endsWith?: string;
  readonly matches?: string;
  readonly flags?: string;
}

/** Where a part of a file stands: `['messages', 0, 'content']`, `['steps', 1, 'use']`. The nearest known ancestor's place when it is absent. */
export type Locate = (path: readonly (string | number)[], part?: 'key' | 'value') => Range;
