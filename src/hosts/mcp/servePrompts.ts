import {
  CompleteRequestSchema,
  GetPromptRequestSchema,
  ListPromptsRequestSchema,
  type GetPromptResult,
} from '@modelcontextprotocol/sdk/types.js';
import type { ChatMessage } from '../../core/domain/chat.ts';
import { renderValue } from '../../core/domain/template.ts';
import { composePrompt } from '../../core/pipeline/composePrompt.ts';
import type { ProtocolServer } from './createServer.ts';
import { unusableFiles } from '../../core/pipeline/toolCalls/callWorld.ts';
import { variablesIn } from './describeFile.ts';
import type { McpWorkspace } from './mcpWorkspace.ts';
import { ProtocolProblem } from './protocolProblem.ts';
import { readPage } from './readPage.ts';
import { ToolProblem } from '../../core/pipeline/toolCalls/toolProblem.ts';

/** Every prompt and skill of the workspace as an MCP prompt; its arguments are the variables. */
export function servePrompts(server: ProtocolServer, openWorkspace: () => Promise<McpWorkspace>): void {
  server.setRequestHandler(ListPromptsRequestSchema, async ({ params }) => {
    const workspace = await openWorkspace();
    const { items, nextCursor } = readPage(await workspace.list(['prompt', 'skill']), params?.cursor);
    const prompts = await Promise.all(
      items.map(async ({ name, description, path }) => ({
        name,
        ...(description !== undefined && { description }),
        arguments: variablesIn(await workspace.host.parse(path)).map((variable) => ({
          name: variable.name,
          required: variable.required,
          ...(variable.description !== null && { description: variable.description }),
        })),
      })),
    );
    return { prompts, ...(nextCursor !== undefined && { nextCursor }) };
  });
  server.setRequestHandler(GetPromptRequestSchema, async ({ params }) =>
    getPrompt(await openWorkspace(), params.name, params.arguments ?? {}),
  );
  server.setRequestHandler(CompleteRequestSchema, async ({ params }) => {
    const { ref, argument } = params;
    if (ref.type !== 'ref/prompt') return { completion: { values: [] } };
    const workspace = await openWorkspace();
    const found = await workspace.find(ref.name, ['prompt', 'skill']).catch(asProtocolProblem);
    const allowed = variablesIn(found.file).find(({ name }) => name === argument.name)?.enum ?? [];
    const values = allowed.map(renderValue).filter((value) => value.startsWith(argument.value));
    return { completion: { values: values.slice(0, 100), total: values.length } };
  });
}

async function getPrompt(
  workspace: McpWorkspace,
  name: string,
  inputs: Readonly<Record<string, string>>,
): Promise<GetPromptResult> {
  try {
    const { file, files } = await workspace.find(name, ['prompt', 'skill']);
    const { host } = workspace;
    const composed = await composePrompt(
      { files, settings: host.engine.world.settings },
      { file, workspaceFolder: host.folder, inputs },
    );
    if (composed.status === 'invalid') throw unusableFiles(workspace, composed.diagnostics);
    const description = file.file?.description;
    return {
      ...(description !== undefined && { description }),
      messages: composed.messages.map(toPromptMessage),
    };
  } catch (error) {
    return asProtocolProblem(error);
  }
}

/** Prompts have no error results, only protocol errors. */
function asProtocolProblem(error: unknown): never {
  throw error instanceof ToolProblem ? new ProtocolProblem(error.message) : error;
}

/** MCP knows no system role: such a message becomes the user's, as clients expect of instructions. */
const toPromptMessage = ({ role, content }: ChatMessage): GetPromptResult['messages'][number] => ({
  role: role === 'assistant' ? 'assistant' : 'user',
  content: { type: 'text', text: content },
});
