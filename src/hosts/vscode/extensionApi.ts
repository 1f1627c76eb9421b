import type { PromptIndex } from './promptIndex.ts';

/**
 * What `activate` returns. For tests, and for extensions that want to wait for the index: the editor lets nobody read an
 * output channel or a status-bar item back.
 */
export interface ExtensionApi {
  /** Everything the `Promptly` output channel shows. */
  outputText(): string;
  /** The prompt files known now, by name; resolves when searches begun so far are done. */
  prompts(): Promise<readonly { readonly name: string; readonly kind: string; readonly file: string }[]>;
  statusText(): string;
  /** The MCP servers offered to the editor's agents now, without keys. */
  mcpServers(): readonly {
    readonly label: string;
    readonly command: string;
    readonly args: readonly string[];
    readonly env: Readonly<Record<string, string | number | null>>;
  }[];
  /** Milliseconds that `activate` itself took. */
  readonly activationMs: number;
}

/** What the API looks into. */
interface Rooms {
  readonly output: { text(): string };
  readonly status: { readonly text: string };
  readonly mcp: { servers(): ReturnType<ExtensionApi['mcpServers']> };
  readonly index: PromptIndex;
}

/** The last thing `activate`, which began at `startedMs`, does. */
export function createExtensionApi({ output, status, mcp, index }: Rooms, startedMs: number): ExtensionApi {
  return {
    outputText: () => output.text(),
    prompts: async () => {
      await index.ready();
      return index
        .all()
        .map(({ header, place }) => ({ name: header.name, kind: header.kind, file: place.fsPath }));
    },
    statusText: () => status.text,
    mcpServers: () => mcp.servers(),
    activationMs: performance.now() - startedMs,
  };
}
