import type { CallToolResult, Tool as ToolDescription } from '@modelcontextprotocol/sdk/types.js';
import * as z from 'zod/v4';
import type { CallAnswer } from '../../core/pipeline/toolCalls/callWorld.ts';
import { explainArguments } from './explainArguments.ts';
import type { McpWorkspace } from './mcpWorkspace.ts';
import { ToolProblem } from '../../core/pipeline/toolCalls/toolProblem.ts';

export interface ToolContext {
  readonly workspace: McpWorkspace;
  readonly signal: AbortSignal;
  /** Tells the client how far a long call is; does nothing for clients that did not ask. */
  readonly report: (message: string) => void;
}

export interface ToolAnnotations {
  readonly readOnly: boolean;
  /** May overwrite what is there. */
  readonly destructive?: boolean;
  /** The same call twice leaves the same as once. */
  readonly idempotent?: boolean;
  /** Calls a model, which may cost money and sends the prompt to a backend. */
  readonly callsModel?: boolean;
}

interface ToolDefinition<Input extends z.ZodObject, Output extends z.ZodObject> {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly input: Input;
  readonly output: Output;
  readonly annotations: ToolAnnotations;
  run(args: z.output<Input>, context: ToolContext): Promise<CallAnswer<z.input<Output>>>;
}

/** A tool as the server sees it: its types have been checked and forgotten. */
export interface Tool {
  readonly name: string;
  describe(): ToolDescription;
  /** Throws `ToolProblem` for arguments that do not fit. */
  call(args: unknown, context: ToolContext): Promise<CallToolResult>;
}

export function defineTool<Input extends z.ZodObject, Output extends z.ZodObject>(
  tool: ToolDefinition<Input, Output>,
): Tool {
  return {
    name: tool.name,
    describe: () => describe(tool),
    async call(args, context) {
      const parsed = tool.input.safeParse(args ?? {});
      if (!parsed.success) throw new ToolProblem(explainArguments(tool.name, tool.input, parsed.error));
      const answer = await tool.run(parsed.data, context);
      return {
        content: answer.text.map((text) => ({ type: 'text', text })),
        structuredContent: answer.data,
        ...(answer.isError === true && { isError: true }),
      };
    },
  };
}

const costNote = ' Calls a model: with a hosted backend it costs money and sends the prompt there.';

function describe(tool: ToolDefinition<z.ZodObject, z.ZodObject>): ToolDescription {
  const { readOnly, destructive = false, idempotent = false, callsModel = false } = tool.annotations;
  return {
    name: tool.name,
    title: tool.title,
    description: `${tool.description}${callsModel ? costNote : ''}`,
    inputSchema: objectSchema(tool.input, 'input'),
    outputSchema: objectSchema(tool.output, 'output'),
    annotations: {
      title: tool.title,
      readOnlyHint: readOnly,
      destructiveHint: destructive,
      idempotentHint: idempotent,
      openWorldHint: callsModel,
    },
    ...(callsModel && { _meta: { 'promptly/costsMoney': true } }),
  };
}

/** Draft 7 is what all clients read. */
function objectSchema(schema: z.ZodObject, io: 'input' | 'output'): ToolDescription['inputSchema'] {
  const entries = Object.entries(z.toJSONSchema(schema, { target: 'draft-7', io }));
  return Object.fromEntries(entries.filter(([key]) => key !== '$schema')) as ToolDescription['inputSchema'];
}
