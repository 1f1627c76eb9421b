import type { CommandContext } from './commandContext.ts';
import type { ExitCode } from './exitCodes.ts';
import type { OptionSpec } from './optionTable.ts';
import { callOptions, globalOptions, runOptions } from './optionTable.ts';
import type { ParsedOptions } from './parseArguments.ts';

export type CommandRun = (options: ParsedOptions, context: CommandContext) => Promise<ExitCode>;

export interface CommandSpec {
  readonly summary: string;
  /** Positional arguments as shown in the usage line. */
  readonly usage: string;
  readonly details: readonly string[];
  readonly options: Readonly<Record<string, OptionSpec>>;
  /** Loaded only when the command runs, so that --version and --help stay quick. */
  readonly load: () => Promise<{ readonly run: CommandRun }>;
}

/** Every command, in the order the help shows them. */
export const commandTable: Readonly<Record<string, CommandSpec>> = {
  run: {
    summary: 'run a prompt, skill or chain; its output goes to stdout',
    usage: '<name|file>',
    details: ['Without --stream the output is printed when it is complete; on a terminal it streams anyway.'],
    options: {
      var: {
        value: 'NAME=VALUE',
        multiple: true,
        summary: 'a variable; repeat for more. NAME=@FILE reads the value from a file',
      },
      input: { value: 'TEXT', short: 'i', summary: 'the variable `input`; - reads it from stdin' },
      stream: { summary: 'print the text as it arrives' },
      ...callOptions,
    },
    load: () => import('./commands/run.ts'),
  },
  list: {
    summary: 'list the prompts, skills, chains and tests of the workspace',
    usage: '',
    details: [],
    options: {
      kind: { value: 'KIND', choices: ['prompt', 'skill', 'chain', 'abtest'], summary: 'only this kind' },
    },
    load: () => import('./commands/list.ts'),
  },
  check: {
    summary: 'diagnose prompt files: file:line:col severity code message',
    usage: '[path]…',
    details: ['Exit code 2 when a file has an error; warnings alone are 0.'],
    options: {},
    load: () => import('./commands/check.ts'),
  },
  models: {
    summary: 'the models the backends have',
    usage: '',
    details: [],
    options: { backend: { value: 'B', summary: 'only this backend' } },
    load: () => import('./commands/models.ts'),
  },
  doctor: {
    summary: 'which backends answer, what is missing and how to get it',
    usage: '',
    details: ['Exit code 3 when no backend is ready.'],
    options: {},
    load: () => import('./commands/doctor.ts'),
  },
  mcp: {
    summary: 'serve the prompts to agents: an MCP server on stdin and stdout',
    usage: '',
    details: ['The same as dist/mcp.js. For clients to start; see docs/mcp.md.'],
    options: {
      workspace: { value: 'DIR', summary: 'the folder with the prompt files (default: the current one)' },
      yes: { short: 'y', summary: "let the workspace's own programs run" },
    },
    load: () => import('./commands/mcp.ts'),
  },
  completion: {
    summary: 'print a completion script for your shell',
    usage: '<bash|zsh|fish|powershell>',
    details: ['bash: source <(promptly completion bash)', 'fish: promptly completion fish | source'],
    options: {},
    load: () => import('./commands/completion.ts'),
  },
};

export const optionsOf = (command: CommandSpec): Readonly<Record<string, OptionSpec>> => ({
  ...command.options,
  ...globalOptions,
});

export const testingOptions = { ...callOptions, ...runOptions };
