import path from 'node:path';
import * as z from 'zod/v4';
import type { ExperimentPlan } from '../../../core/domain/experimentPlan.ts';
import { planAbTestCall, runAbTestCall } from '../../../core/pipeline/toolCalls/abTestCall.ts';
import { readChoice } from '../../../core/pipeline/toolCalls/readChoice.ts';
import { ToolProblem } from '../../../core/pipeline/toolCalls/toolProblem.ts';
import { abTestResult } from '../abTestResult.ts';
import { callWorldOf } from '../callWorldOf.ts';
import { createExperimentReporter } from '../experimentReporter.ts';
import type { McpWorkspace } from '../mcpWorkspace.ts';
import { defineTool } from '../tool.ts';
import { backendArgument, modelArgument, newNameArgument } from '../toolArguments.ts';

const textOrMap = z.union([z.string().min(1), z.record(z.string(), z.unknown())]);

export const abTestTool = defineTool({
  name: 'promptly_ab_test',
  title: 'A/B test prompts',
  description:
    'Runs two or more prompts on the same inputs and gives the statistical verdict: which is better, by how much, how sure, and how many more cases would settle it. Without evaluators, answers are scored against `expected`, else by success alone.',
  input: z.strictObject({
    test_name: newNameArgument,
    variants: z
      .array(textOrMap)
      .min(2)
      .max(20)
      .describe(
        'Names of prompts (name@revision for an earlier version), texts of prompts with {{input}}, or maps: {prompt | content, label?, ref?, backend?, model?, modelParameters?}.',
      ),
    test_inputs: z
      .array(textOrMap)
      .min(1)
      .describe('One a case: a text for the variable `input`, or a map of variable to value.'),
    expected: z
      .union([z.string(), z.array(z.string())])
      .optional()
      .describe('The reference answers, one for each input.'),
    evaluators: z
      .array(textOrMap)
      .optional()
      .describe(
        'Names (exact-match, contains, word-overlap, rouge-l, judge …) or maps as prompt files write them. Default: those of the first variant.',
      ),
    backend: backendArgument,
    model: modelArgument,
    repetitions: z.int().min(1).max(100).optional(),
    confidence: z
      .number()
      .min(0.5)
      .max(0.9999)
      .optional()
      .describe('How sure a verdict must be. Default 0.95.'),
  }),
  output: abTestResult,
  annotations: { readOnly: false, callsModel: true },
  async run(args, { workspace, signal, report }) {
    const { host } = workspace;
    const world = callWorldOf(workspace);
    const place = {
      workspaceFolder: host.folder,
      path: path.join(host.folder, 'ab.prompt.yaml'),
      listed: await workspace.list(['prompt', 'skill', 'chain']),
      choice: readChoice(args.backend, args.model),
    };
    const planned = await planAbTestCall(world, place, args, signal);
    allowPrograms(workspace, planned.plan);
    return runAbTestCall(world, planned, createExperimentReporter(planned.plan, report), signal);
  },
});

function allowPrograms({ host, allowPrograms: allowed }: McpWorkspace, { programs }: ExperimentPlan): void {
  const own = programs.executors.filter((name) => host.reading.workspaceExecutors.includes(name));
  const names = [...own.map((name) => `custom:${name}`), ...programs.scripts];
  if (names.length === 0) return;
  if (!allowed) {
    throw new ToolProblem(
      `untrusted: ${names.join(', ')} would start a program of this workspace. That happens only when the server was started with --yes by somebody who trusts the workspace.`,
    );
  }
  host.allowPrograms();
}
