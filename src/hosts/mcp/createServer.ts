import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import {
  CallToolRequestSchema,
  ListToolsRequestSchema,
  type CallToolResult,
} from '@modelcontextprotocol/sdk/types.js';
import { CfWorkerJsonSchemaValidator } from '@modelcontextprotocol/sdk/validation/cfworker';
import { version } from '../../../package.json';
import { didYouMean } from '../../core/pipeline/toolCalls/didYouMean.ts';
import type { McpWorkspace } from './mcpWorkspace.ts';
import { sendable } from './messageSize.ts';
import { createProgress } from './progress.ts';
import { servePrompts } from './servePrompts.ts';
import { serveResources } from './serveResources.ts';
import type { Tool } from './tool.ts';
import { toToolResult } from './toToolResult.ts';

// The SDK's class for advanced uses: what we serve changes with the files, so the handlers are our own.
// eslint-disable-next-line @typescript-eslint/no-deprecated
const ProtocolClass = Server;
export type ProtocolServer = InstanceType<typeof ProtocolClass>;

const instructions =
  "Promptly keeps a workspace's prompts and skills as .prompt.yaml files. List before you guess a name. promptly_execute_skill composes a skill for you to follow; promptly_execute_skill_real and promptly_execute_prompt ask a model, which may cost money. Versions are git revisions.";

/** A server without a transport. `openWorkspace` is called once, when something is first asked of it. */
export function createServer(openWorkspace: () => Promise<McpWorkspace>): ProtocolServer {
  const server = new ProtocolClass(
    { name: 'promptly', title: 'Promptly', version },
    {
      instructions,
      jsonSchemaValidator: new CfWorkerJsonSchemaValidator(),
      capabilities: {
        tools: {},
        prompts: { listChanged: true },
        resources: { listChanged: true, subscribe: true },
        completions: {},
        logging: {},
      },
    },
  );
  serveTools(server, openWorkspace);
  servePrompts(server, openWorkspace);
  serveResources(server, openWorkspace);
  return server;
}

function serveTools(server: ProtocolServer, openWorkspace: () => Promise<McpWorkspace>): void {
  // The schemas of the tools take longer to make than the first answer, which needs none of them.
  const load = async (): Promise<readonly Tool[]> => (await import('./toolTable.ts')).toolTable;
  let described: ReturnType<Tool['describe']>[] | undefined;
  server.setRequestHandler(ListToolsRequestSchema, async () => ({
    tools: (described ??= (await load()).map((tool) => tool.describe())),
  }));
  server.setRequestHandler(CallToolRequestSchema, async ({ params }, extra): Promise<CallToolResult> => {
    const toolTable = await load();
    const tool = toolTable.find(({ name }) => name === params.name);
    if (tool === undefined) {
      const names = toolTable.map(({ name }) => name);
      const text = `There is no tool "${params.name}".${didYouMean(params.name, names)} Tools: ${names.join(', ')}.`;
      return { content: [{ type: 'text', text }], isError: true };
    }
    try {
      const workspace = await openWorkspace();
      const context = { workspace, signal: extra.signal, report: createProgress(extra) };
      return sendable(await tool.call(params.arguments, context));
    } catch (error) {
      return toToolResult(error, extra.signal, (message) => {
        void server.sendLoggingMessage({ level: 'error', logger: 'promptly', data: message });
      });
    }
  });
}
