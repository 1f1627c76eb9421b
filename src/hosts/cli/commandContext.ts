/** What a command is given of the process it runs in; tests give their own. */
export interface CommandContext {
  /** The folder the command works in, absolute. */
  readonly cwd: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly stdout: TextSink;
  /** Progress and messages. */
  readonly stderr: TextSink;
  /** Reads all of stdin as text. */
  readonly readStdin: () => Promise<string>;
  /** Asks a yes/no question; null where nobody can answer. */
  readonly confirm: ((question: string) => Promise<boolean>) | null;
  /** Aborts on the first Ctrl-C. */
  readonly signal: AbortSignal;
}

export interface TextSink {
  readonly isTerminal: boolean;
  readonly columns: number;
  /** Resolves when more may be written, so that a slow reader holds us back. */
  write(text: string): Promise<void>;
}
