/** How the editor is started for a group of suites. */
export interface Launch {
  readonly name: string;
  /** Suites whose file name ends so belong to this launch. */
  readonly suiteEnding: string;
  /** Below test/fixtures/workspaces; a copy of it is opened. */
  readonly workspace: string;
  /** Whether the workspace is trusted; where it is not, the trust dialog is answered with "No". */
  readonly trusted: boolean;
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Folders of test/fixtures/extensions to install besides. */
  readonly extensions?: readonly string[];
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** The first launch whose ending fits a suite's file name runs it, so the plain ending comes last. */
export const launches: readonly Launch[] = [
  { name: 'untrusted', suiteEnding: '.untrusted.test.ts', workspace: 'single', trusted: false },
  {
    name: 'multi-root',
    suiteEnding: '.multiRoot.test.ts',
    workspace: 'multiRoot/both.code-workspace',
    trusted: true,
  },
  {
    name: 'single folder',
    suiteEnding: '.test.ts',
    workspace: 'single',
    trusted: true,
    extensions: ['fakeModels'],
  },
];

/**
 * Nothing of the machine's own may answer: no Ollama at the default address, no key from the environment. A test that
 * wants a backend starts a loopback server and points the settings at it.
 */
export const closedEnvironment: Readonly<Record<string, string | undefined>> = {
  OLLAMA_HOST: 'http://127.0.0.1:9',
  ANTHROPIC_API_KEY: undefined,
  ANTHROPIC_AUTH_TOKEN: undefined,
  ANTHROPIC_BASE_URL: undefined,
  OPENAI_API_KEY: undefined,
  OPENAI_BASE_URL: undefined,
};
