import { mcpClientIds } from '../../core/domain/mcpClientId.ts';
import type { CommandContext } from './commandContext.ts';
import type { ExitCode } from './exitCodes.ts';
import type { OptionSpec } from './optionTable.ts';
import { callOptions, comparisonOptions, globalOptions, runOptions } from './optionTable.ts';
import type { ParsedOptions } from './parseArguments.ts';

export type CommandRun = (options: ParsedOptions, context: CommandContext) => Promise<ExitCode>;

export interface CommandSpec {
  readonly summary: string;
  /** Positional arguments as shown in the usage line. */
  readonly usage: string;
  /** How many of them there may be; default: any number, or the command counts them itself. */
  readonly positionals?: number;
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
  test: {
    summary: 'run the test cases of prompts; exit code 1 when one fails',
    usage: '<name|file|folder>…',
    details: [
      'Of a folder, every prompt that has test data.',
      'A case that fails is exit code 1; one that could not run or be scored is 3.',
    ],
    options: {
      compat: {
        value: 'gh-models',
        choices: ['gh-models'],
        summary: "print the JSON of GitHub's retired tool",
      },
      ...callOptions,
      ...runOptions,
    },
    load: () => import('./commands/test.ts'),
  },
  ab: {
    summary: 'run an A/B test and print its report',
    usage: '<name|file> | --variant A --variant B --cases FILE',
    details: [
      'The verdict is valid whenever you look at it; --resume goes on with a run that was interrupted.',
    ],
    options: {
      variant: {
        value: 'PROMPT[@REV]',
        multiple: true,
        summary: "a variant: a prompt's name or file, at a git revision if you like; give two or more",
      },
      cases: { value: 'FILE', summary: 'test data for --variant: csv, tsv, jsonl, json or yaml' },
      extend: {
        value: 'RUN',
        summary: 'declare the cases that the test has got since this finished run, and run only them',
      },
      ...callOptions,
      ...runOptions,
      ...comparisonOptions,
    },
    load: () => import('./commands/ab.ts'),
  },
  compare: {
    summary: 'compare the working copy of a prompt with a git revision of it',
    usage: '<name|file>',
    details: ["The working copy's test data and evaluators are used for both."],
    options: {
      base: { value: 'REV', summary: 'the revision to compare with (default HEAD)' },
      ...callOptions,
      ...runOptions,
      ...comparisonOptions,
    },
    load: () => import('./commands/compare.ts'),
  },
  score: {
    summary: 'evaluate the outputs of a stored run again, without asking the models',
    usage: '[run]',
    positionals: 1,
    details: ['The evaluators are those the file has now. Without a run: the latest.'],
    options: { format: runOptions.format, yes: callOptions.yes },
    load: () => import('./commands/score.ts'),
  },
  report: {
    summary: 'print or export the report of a stored run',
    usage: '[run]',
    positionals: 1,
    details: ['Without a run: the latest.'],
    options: {
      format: runOptions.format,
      against: { value: 'RUN', summary: 'what got better and worse since this earlier run, case by case' },
    },
    load: () => import('./commands/report.ts'),
  },
  runs: {
    summary: 'list the stored runs',
    usage: '',
    positionals: 0,
    details: [],
    options: {},
    load: () => import('./commands/runs.ts'),
  },
  list: {
    summary: 'list the prompts, skills, chains and tests of the workspace',
    usage: '',
    positionals: 0,
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
    positionals: 0,
    details: [],
    options: { backend: { value: 'B', summary: 'only this backend' } },
    load: () => import('./commands/models.ts'),
  },
  doctor: {
    summary: 'which backends answer, what is missing and how to get it',
    usage: '',
    positionals: 0,
    details: ['Exit code 3 when no backend is ready.'],
    options: {},
    load: () => import('./commands/doctor.ts'),
  },
  template: {
    summary: 'the skill templates: list them, or install one in the workspace',
    usage: '<list|install> [name]',
    details: ['install writes skills/<name>/ and writes over nothing unless --yes is given.'],
    options: {
      name: { value: 'NAME', summary: 'the name it gets in the workspace (default: its own)' },
      yes: { short: 'y', summary: 'write over files that are there' },
    },
    load: () => import('./commands/template.ts'),
  },
  export: {
    summary: 'pack prompts with all they refer to into one file, or a skill into a SKILL.md folder',
    usage: '<name|file|folder>…',
    details: [
      'The package (*.promptly.zip) holds the files and a manifest with checksums; see docs/sharing.md.',
      'Lines that look like keys are warned about. Exit code 2 when something refers outside the workspace.',
    ],
    options: {
      as: {
        value: 'FORM',
        choices: ['package', 'skill'],
        summary:
          'package (default), or skill: an Agent Skills folder; --output then names the folder around it',
      },
      name: { value: 'NAME', summary: 'the name of the package (default: that of the prompt or folder)' },
      overwrite: { summary: 'write over a file that is there and differs' },
    },
    load: () => import('./commands/export.ts'),
  },
  import: {
    summary: 'bring a package, Agent Skills, .prompty, .prompt.md or dotprompt files into the workspace',
    usage: '<file|folder>…',
    details: [
      'Nothing is written unless everything is sound. Files that are there and differ are shown as a diff and',
      'asked about on a terminal; elsewhere say --overwrite or --rename. Exit code 2 when nothing was written.',
    ],
    options: {
      to: { value: 'DIR', summary: 'a folder of the workspace to put everything in' },
      overwrite: { summary: 'take the versions of the import' },
      rename: { summary: 'write files that differ under other names' },
      'dry-run': { summary: 'say what would be done, with diffs, and write nothing' },
    },
    load: () => import('./commands/import.ts'),
  },
  mcp: {
    summary: 'serve the prompts to agents: an MCP server on stdin and stdout',
    usage: '',
    positionals: 0,
    details: [
      'The same as dist/mcp.js. For clients to start; see docs/mcp.md.',
      'With --print-config it serves nothing: stdout gets what belongs into the configuration of a client.',
    ],
    options: {
      'print-config': {
        value: 'CLIENT',
        choices: mcpClientIds,
        summary: `print the configuration for ${mcpClientIds.join(', ')}`,
      },
      workspace: { value: 'DIR', summary: 'the folder with the prompt files (default: the current one)' },
      yes: { short: 'y', summary: "let the workspace's own programs run" },
    },
    load: () => import('./commands/mcp.ts'),
  },
  completion: {
    summary: 'print a completion script for your shell',
    usage: '<bash|zsh|fish|powershell>',
    positionals: 1,
    details: ['bash: source <(promptly completion bash)', 'fish: promptly completion fish | source'],
    options: {},
    load: () => import('./commands/completion.ts'),
  },
};

export const optionsOf = (command: CommandSpec): Readonly<Record<string, OptionSpec>> => ({
  ...command.options,
  ...globalOptions,
});
