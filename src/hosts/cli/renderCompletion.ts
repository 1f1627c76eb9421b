import { commandTable, optionsOf } from './commandTable.ts';

export const shells = ['bash', 'zsh', 'fish', 'powershell'] as const;
export type Shell = (typeof shells)[number];

const commands = (): string[] => Object.keys(commandTable);
const flags = (name: string): string[] =>
  Object.keys(optionsOf(commandTable[name] ?? never(name))).map((option) => `--${option}`);
const never = (name: string): never => {
  throw new Error(`no command ${name}`);
};

/** A script for the shell to source. Words come from the command table, so that it can never be out of date. */
export function renderCompletion(shell: Shell): string {
  switch (shell) {
    case 'bash':
      return bash();
    case 'zsh':
      return `autoload -U +X bashcompinit && bashcompinit\n${bash()}`;
    case 'fish':
      return fish();
    case 'powershell':
      return powershell();
  }
}

function bash(): string {
  const cases = commands().map((name) => `    ${name}) words="${flags(name).join(' ')}" ;;`);
  return [
    '_promptly() {',
    '  local current="${COMP_WORDS[COMP_CWORD]}" words',
    '  if [ "$COMP_CWORD" -eq 1 ]; then',
    `    COMPREPLY=($(compgen -W "${commands().join(' ')} --help --version" -- "$current")); return`,
    '  fi',
    '  case "${COMP_WORDS[1]}" in',
    ...cases,
    '    *) words="" ;;',
    '  esac',
    '  if [[ "$current" == -* ]]; then COMPREPLY=($(compgen -W "$words" -- "$current"))',
    '  else COMPREPLY=($(compgen -f -- "$current")); fi',
    '}',
    'complete -o filenames -F _promptly promptly',
    '',
  ].join('\n');
}

const quoted = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

function fish(): string {
  const lines = Object.entries(commandTable).flatMap(([name, command]) => [
    `complete -c promptly -n __fish_use_subcommand -a ${name} -d ${quoted(command.summary)}`,
    ...Object.entries(optionsOf(command)).map(
      ([option, spec]) =>
        `complete -c promptly -n '__fish_seen_subcommand_from ${name}' -l ${option}${spec.value === undefined ? '' : ' -r'} -d ${quoted(spec.summary)}`,
    ),
  ]);
  return `${lines.join('\n')}\n`;
}

function powershell(): string {
  const table = commands().map(
    (name) =>
      `    '${name}' = @(${flags(name)
        .map((flag) => `'${flag}'`)
        .join(', ')})`,
  );
  return [
    'Register-ArgumentCompleter -Native -CommandName promptly -ScriptBlock {',
    '  param($wordToComplete, $commandAst, $cursorPosition)',
    '  $options = @{',
    ...table,
    '  }',
    '  $words = $commandAst.CommandElements | ForEach-Object { $_.ToString() }',
    '  $candidates = if ($words.Count -gt 1 -and $options.ContainsKey($words[1])) { $options[$words[1]] } else { $options.Keys }',
    '  $candidates | Where-Object { $_ -like "$wordToComplete*" } | ForEach-Object { [System.Management.Automation.CompletionResult]::new($_) }',
    '}',
    '',
  ].join('\n');
}
