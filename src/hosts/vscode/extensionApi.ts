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
