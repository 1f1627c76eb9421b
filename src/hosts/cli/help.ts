import type { CommandSpec } from './commandTable.ts';
import { commandTable, optionsOf } from './commandTable.ts';
import { exitCodes } from './exitCodes.ts';
import type { OptionSpec } from './optionTable.ts';

const column = (rows: readonly (readonly [string, string])[]): string => {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`.trimEnd()).join('\n');
};

const optionRow = ([name, spec]: readonly [string, OptionSpec]): readonly [string, string] => [
  `${spec.short === undefined ? '    ' : `-${spec.short}, `}--${name}${spec.value === undefined ? '' : ` ${spec.value}`}`,
  spec.summary,
];

export function renderHelp(): string {
  return [
    'Promptly: prompts as code. Runs, checks and compares the .prompt.yaml files of a workspace.',
    '',
    'Usage: promptly <command> [options]',
    '',
    'Commands:',
    column(
      Object.entries(commandTable).map(([name, command]) => [
        `${name} ${command.usage}`.trim(),
        command.summary,
      ]),
    ),
    '',
    "`promptly <command> --help` shows a command's options. `promptly --version` prints the version.",
    '',
    'Exit codes:',
    column([
      [`${exitCodes.ok}`, 'ok'],
      [`${exitCodes.testFailed}`, 'a test failed, or with --fail-if-worse a candidate is worse'],
      [`${exitCodes.usage}`, 'wrong usage or an invalid file'],
      [`${exitCodes.backendFailure}`, 'a backend could not answer'],
      [`${exitCodes.budgetReached}`, 'the budget is reached'],
      [`${exitCodes.cancelled}`, 'cancelled'],
    ]),
    '',
    'Environment: OLLAMA_HOST, ANTHROPIC_API_KEY, ANTHROPIC_BASE_URL, OPENAI_API_KEY, OPENAI_BASE_URL, PROMPTLY_*, NO_COLOR.',
    '',
  ].join('\n');
}

export function renderCommandHelp(name: string, command: CommandSpec): string {
  return [
    `promptly ${name}: ${command.summary}`,
    '',
    `Usage: promptly ${name} ${command.usage}`.trimEnd() + ' [options]',
    ...(command.details.length > 0 ? ['', ...command.details] : []),
    '',
    'Options:',
    column(Object.entries(optionsOf(command)).map(optionRow)),
    '',
  ].join('\n');
}
