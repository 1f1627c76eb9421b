import { z } from 'zod';
import { failureCodes } from '../domain/failure.ts';
import { comparisonSchema, outcomeSchema, stateSchema } from './reportSchema.ts';
import { sharedKinds } from '../domain/sharing.ts';

const text = z.string();
const count = z.int().min(0);
const ms = z.number().min(0);
const tokens = z.number().min(0).nullable();
const schemaVersion = z.literal(1);
const kind = z.enum(['prompt', 'skill', 'chain']);
const severity = z.enum(['error', 'warning', 'information']);

const failure = z
  .object({ code: z.enum(failureCodes), message: text, hint: text, retryable: z.boolean() })
  .nullable();

const call = {
  name: text,
  backend: text,
  model: text,
  success: z.boolean(),
  output: text,
  failure,
  timing: z.object({ totalMs: ms, firstTextMs: ms.nullable() }),
  usage: z.object({ inputTokens: tokens, outputTokens: tokens, cachedInputTokens: tokens }),
  costUsd: z.number().min(0).nullable(),
  attempts: count,
  cached: z.boolean(),
  finishReason: z.enum(['stop', 'length', 'refusal', 'content-filter', 'tool-use', 'other']).nullable(),
};

const diagnostic = z.object({
  file: text,
  line: z.int().min(1),
  column: z.int().min(1),
  severity,
  code: text,
  message: text,
});

const model = z.object({
  id: text,
  label: text.optional(),
  sizeBytes: z.number().min(0).optional(),
  contextTokens: z.number().min(0).optional(),
});

const health = z.object({
  id: text,
  label: text,
  status: z.enum(['ready', 'needs-setup', 'unavailable']),
  detail: text,
  hint: text.optional(),
});

const changeKind = z.enum(['better', 'worse', 'same', 'added', 'removed', 'unscored']);

const ghModels = z.object({
  name: text,
  description: text,
  model: text,
  testResults: z.array(
    z.object({
      testCase: z.record(text, z.json()),
      modelResponse: text,
      evaluationResults: z.array(
        z.object({
          evaluatorName: text,
          score: z.number(),
          passed: z.boolean(),
          details: text.optional(),
        }),
      ),
      error: text.optional(),
    }),
  ),
  summary: z.object({
    totalTests: count,
    passedTests: count,
    failedTests: count,
    passRate: z.number().min(0).max(100),
  }),
});
const notice = z.object({ file: text, line: z.int().min(1).nullable(), message: text });
const notices = { warnings: z.array(notice), notes: z.array(notice), problems: z.array(notice) };
const sharedKind = z.enum(sharedKinds);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const packageFile = z.object({ path: text, kind: sharedKind, size: count, sha256 });

/** What each command prints under `--json`, by the name of its file `schemas/<name>.schema.json`. */
export const documentSchemas = {
  /** `run --json`, and the `report.json` of a prompt's, skill's or chain's run. */
  run: z.object({
    schemaVersion,
    kind,
    ...call,
    /** Of a chain: every step that was begun, in order, with the last user message it was sent. */
    steps: z.array(z.object({ ...call, input: text })).optional(),
  }),
  /** `check --json`, and every command on an invalid file. Lines and columns count from 1. */
  diagnostics: z.object({ schemaVersion, diagnostics: z.array(diagnostic) }),
  /** `runs --json`, newest first. `state` is null where the process was ended. */
  runs: z.object({
    schemaVersion,
    runs: z.array(
      z.object({
        id: text,
        name: text,
        kind: z.enum(['prompt', 'skill', 'chain', 'abtest', 'test']),
        startedAt: z.iso.datetime({ offset: true }).nullable(),
        state: z.enum([...stateSchema.options, 'running']).nullable(),
        outcome: outcomeSchema.nullable(),
      }),
    ),
  }),
  /** `report --against RUN --json`. */
  changes: z.object({
    schemaVersion,
    kind: z.literal('changes'),
    name: text,
    before: text,
    after: text,
    metric: z.object({ name: text, direction: z.enum(['higher', 'lower']) }),
    variants: z.array(
      z.object({
        id: text,
        sentence: text,
        counts: z.record(changeKind, count),
        changes: z.array(
          z.object({
            caseId: text,
            kind: changeKind,
            before: z.number().nullable(),
            after: z.number().nullable(),
          }),
        ),
        comparison: comparisonSchema.nullable(),
      }),
    ),
    onlyBefore: z.array(text),
    onlyAfter: z.array(text),
  }),
  /** `test --compat gh-models`: the shape of the retired tool; a list of them for several prompts. */
  'gh-models': z.union([ghModels, z.array(ghModels)]),
  /** `template list --json`. */
  templates: z.object({
    schemaVersion,
    templates: z.array(z.object({ name: text, description: text, files: z.array(text) })),
  }),
  /** `template install --json`: what was written, relative to the workspace. */
  'template-installed': z.object({ schemaVersion, name: text, files: z.array(text) }),
  /** `list --json`. */
  list: z.object({
    schemaVersion,
    prompts: z.array(
      z.object({
        name: text,
        kind: z.enum(['prompt', 'skill', 'chain', 'abtest']),
        file: text,
        description: text.nullable(),
        tags: z.array(text),
      }),
    ),
  }),
  /** `models --json`. */
  models: z.object({
    schemaVersion,
    backends: z.array(z.object({ backend: text, models: z.array(model), failure })),
  }),
  /** `doctor --json`. */
  doctor: z.object({
    schemaVersion,
    version: text,
    node: text,
    folder: text,
    backends: z.array(health),
    settings: z.array(text),
  }),
  /** `export --json`. `output`: what was written; null when there are problems. Of a skill, files have neither kind nor checksum. */
  export: z.object({
    schemaVersion,
    output: text.nullable(),
    as: z.enum(['package', 'skill']),
    name: text,
    files: z.array(z.union([packageFile, z.object({ path: text, size: count })])),
    ...notices,
  }),
  /** `import --json`. `wanted`: the path a renamed file would have had; `conflict`: it differs and nobody said what to do. */
  import: z.object({
    schemaVersion,
    written: z.boolean(),
    files: z.array(
      z.object({
        path: text,
        kind: sharedKind,
        from: text,
        action: z.enum(['written', 'unchanged', 'kept', 'replaced', 'renamed', 'conflict']),
        wanted: text,
      }),
    ),
    ...notices,
  }),
  /** `promptly-package.json`, the first entry of a package. */
  package: z.object({
    format: z.literal('promptly-package'),
    schemaVersion,
    name: text,
    created: z.iso.datetime(),
    files: z.array(packageFile).min(1),
  }),
} as const;

export type DocumentName = keyof typeof documentSchemas;

/** The published JSON Schema of a document; it refuses fields it does not know. */
export function documentJsonSchema(name: DocumentName): object {
  return { title: `Promptly ${name}`, ...z.toJSONSchema(documentSchemas[name]) };
}
