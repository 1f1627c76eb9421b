import { parseArgs } from 'node:util';
import type { OptionSpec } from './optionTable.ts';
import { UsageError } from './usageError.ts';

type Value = string | number | boolean | string[] | undefined;

/** Parsed options by their long names; what was not given is absent. */
export class ParsedOptions {
  readonly positionals: readonly string[];
  private readonly values: Readonly<Record<string, Value>>;

  constructor(positionals: readonly string[], values: Readonly<Record<string, Value>>) {
    this.positionals = positionals;
    this.values = values;
  }

  text(name: string): string | undefined {
    const value = this.values[name];
    return typeof value === 'string' ? value : undefined;
  }

  number(name: string): number | undefined {
    const value = this.values[name];
    return typeof value === 'number' ? value : undefined;
  }

  flag(name: string): boolean {
    return this.values[name] === true;
  }

  list(name: string): readonly string[] {
    const value = this.values[name];
    return Array.isArray(value) ? value : [];
  }

  has(name: string): boolean {
    return this.values[name] !== undefined;
  }
}

/** Throws `UsageError` naming the option that is wrong and what it takes. */
export function parseArguments(
  args: readonly string[],
  specs: Readonly<Record<string, OptionSpec>>,
): ParsedOptions {
  const options = Object.fromEntries(
    Object.entries(specs).map(([name, spec]) => [
      name,
      {
        type: spec.value === undefined ? ('boolean' as const) : ('string' as const),
        multiple: spec.multiple === true,
        ...(spec.short === undefined ? {} : { short: spec.short }),
      },
    ]),
  );
  const parsed = parseOrExplain(args, options, specs);
  const values = Object.fromEntries(
    Object.entries(parsed.values).map(([name, value]) => [
      name,
      convert(name, value as string | boolean | string[], specs[name]),
    ]),
  );
  return new ParsedOptions(parsed.positionals, values);
}

function parseOrExplain(
  args: readonly string[],
  options: NonNullable<Parameters<typeof parseArgs>[0]>['options'],
  specs: Readonly<Record<string, OptionSpec>>,
): { values: Record<string, unknown>; positionals: string[] } {
  try {
    return parseArgs({
      args: withOptionalValues(args, specs),
      options: options ?? {},
      allowPositionals: true,
      strict: true,
    });
  } catch (error) {
    const unknown = /Unknown option '(--?[^']+)'/.exec(String(error))?.[1];
    if (unknown !== undefined) {
      const near = Object.keys(specs).find((name) => `--${name}`.slice(0, 5) === unknown.slice(0, 5));
      throw new UsageError(
        `unknown option ${unknown}${near === undefined ? '' : `; did you mean --${near}?`}`,
      );
    }
    const dashed = /Option '([^']+)' argument is ambiguous/.exec(String(error))?.[1];
    if (dashed !== undefined) {
      throw new UsageError(`${dashed} needs a value; one that begins with a dash is written ${dashed}=VALUE`);
    }
    throw new UsageError(
      error instanceof Error ? (error.message.split('\n')[0] ?? error.message) : String(error),
    );
  }
}

/** The platform's parser knows no argument that may be left out. */
function withOptionalValues(args: readonly string[], specs: Readonly<Record<string, OptionSpec>>): string[] {
  const end = args.indexOf('--');
  return args.map((arg, index) => {
    const optional = specs[arg.replace(/^--/, '')]?.optional;
    if (optional === undefined || !arg.startsWith('--') || (end >= 0 && index > end)) return arg;
    return optional.test(args[index + 1] ?? '') ? arg : `${arg}=`;
  });
}

function convert(name: string, value: string | boolean | string[], spec: OptionSpec | undefined): Value {
  if (typeof value !== 'string' || spec === undefined) return value;
  if (spec.choices !== undefined && !spec.choices.includes(value)) {
    throw new UsageError(`--${name} takes one of ${spec.choices.join(', ')}; not '${value}'`);
  }
  if (spec.number === undefined) return value;
  const number = Number(value);
  const { minimum, maximum = Number.MAX_SAFE_INTEGER, integer } = spec.number;
  const valid = value.trim() !== '' && number >= minimum && number <= maximum;
  if (!valid || (integer && !Number.isInteger(number))) {
    const kind = integer ? 'a whole number' : 'a number';
    const range = number > maximum ? `of at most ${maximum}` : `of at least ${minimum}`;
    throw new UsageError(`--${name} takes ${kind} ${range}; not '${value}'`);
  }
  return number;
}
