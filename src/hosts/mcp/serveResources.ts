import {
  ListResourcesRequestSchema,
  ListResourceTemplatesRequestSchema,
  ReadResourceRequestSchema,
  SubscribeRequestSchema,
  UnsubscribeRequestSchema,
} from '@modelcontextprotocol/sdk/types.js';
import type { ProtocolServer } from './createServer.ts';
import type { McpWorkspace } from './mcpWorkspace.ts';
import { ProtocolProblem } from './protocolProblem.ts';
import { readPage } from './readPage.ts';
import { parseResourceUri, resourceUri } from './resourceUri.ts';
import { ToolProblem } from '../../core/pipeline/toolCalls/toolProblem.ts';
import { watchFiles } from './watchFiles.ts';

const mimeType = 'application/yaml';

/** Every prompt and skill as a resource that clients can subscribe to; tells them when the list or a file changes. */
export function serveResources(server: ProtocolServer, openWorkspace: () => Promise<McpWorkspace>): void {
  const subscribed = new Set<string>();
  server.setRequestHandler(ListResourcesRequestSchema, async ({ params }) => {
    const workspace = await openWorkspace();
    const { items, nextCursor } = readPage(await workspace.list(['prompt', 'skill']), params?.cursor);
    const resources = items.map(({ kind, name, description }) => ({
      uri: resourceUri(kind, name),
      name,
      mimeType,
      ...(description !== undefined && { description }),
    }));
    return { resources, ...(nextCursor !== undefined && { nextCursor }) };
  });
  server.setRequestHandler(ListResourceTemplatesRequestSchema, () => ({
    resourceTemplates: [
      { name: 'prompt', uriTemplate: 'promptly://prompt/{name}', description: 'A prompt file', mimeType },
      { name: 'skill', uriTemplate: 'promptly://skill/{name}', description: 'A skill file', mimeType },
    ],
  }));
  server.setRequestHandler(ReadResourceRequestSchema, async ({ params: { uri } }) => {
    const text = await readResource(await openWorkspace(), uri);
    return { contents: [{ uri, mimeType, text }] };
  });
  server.setRequestHandler(SubscribeRequestSchema, async ({ params: { uri } }) => {
    await readResource(await openWorkspace(), uri);
    subscribed.add(uri);
    return {};
  });
  server.setRequestHandler(UnsubscribeRequestSchema, ({ params: { uri } }) => {
    subscribed.delete(uri);
    return {};
  });
  server.oninitialized = () => {
    void tellChanges(server, openWorkspace, subscribed);
  };
}

async function readResource(workspace: McpWorkspace, uri: string): Promise<string> {
  const reference = parseResourceUri(uri);
  if (reference === null) {
    throw new ProtocolProblem(
      `"${uri}" is no resource of this server: promptly://prompt/{name} or promptly://skill/{name}.`,
    );
  }
  try {
    return (await workspace.find(reference.name, [reference.kind])).file.text;
  } catch (error) {
    if (error instanceof ToolProblem) throw new ProtocolProblem(error.message);
    throw error;
  }
}

/** Compares the headers after each change on the disk: most edits change no list. */
async function tellChanges(
  server: ProtocolServer,
  openWorkspace: () => Promise<McpWorkspace>,
  subscribed: ReadonlySet<string>,
): Promise<void> {
  // The folder may be wrong: then every call says so, and there is nothing to watch.
  const workspace = await openWorkspace().catch(() => undefined);
  if (workspace === undefined) return;
  const listed = () => workspace.list(['prompt', 'skill']);
  let before = await listed();
  const watcher = watchFiles(workspace.host.folder, (changed) => {
    const tell = async (): Promise<void> => {
      const now = await listed();
      const isSame = JSON.stringify(now) === JSON.stringify(before);
      const byUri = new Map(
        [...before, ...now].map(({ kind, name, path }) => [resourceUri(kind, name), path]),
      );
      before = now;
      if (!isSame) await Promise.all([server.sendPromptListChanged(), server.sendResourceListChanged()]);
      for (const uri of subscribed) {
        if (changed.has(byUri.get(uri) ?? '')) await server.sendResourceUpdated({ uri });
      }
    };
    // A client that is gone wants no news.
    void tell().catch(() => undefined);
  });
  server.onclose = () => watcher.close();
}
