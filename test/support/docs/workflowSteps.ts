import { spawn } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parse } from 'yaml';

export interface WorkflowStep {
  readonly name?: string;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, string | number | boolean>>;
  readonly if?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly run?: string;
}

export interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions: Readonly<Record<string, string>>;
  readonly jobs: Readonly<
    Record<
      string,
      { readonly env: Readonly<Record<string, string>>; readonly steps: readonly WorkflowStep[] }
    >
  >;
}

/** A whole workflow, or the list of steps that a page shows by itself. */
export const parseWorkflow = (text: string): Workflow => parse(text) as Workflow;
export const parseSteps = (text: string): WorkflowStep[] => parse(text) as WorkflowStep[];

/** Replaces `${{ … }}` by the values of a table. Throws for an expression that is not in it. */
export function fillExpressions(text: string, values: Readonly<Record<string, string>>): string {
  return text.replaceAll(/\$\{\{\s*(.+?)\s*\}\}/g, (_, expression: string) => {
    const value = values[expression];
    if (value === undefined) throw new Error(`no value for the expression ${expression}`);
    return value;
  });
}

export interface StepRunner {
  readonly cwd: string;
  /** `RUNNER_TEMP` */
  readonly temp: string;
  /** Programs that come before all others. */
  readonly programs: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly expressions: Readonly<Record<string, string>>;
}

export interface StepRun {
  readonly code: number | null;
  readonly output: string;
}

/** Runs a step's shell text as GitHub's runner does: `bash -e`, and the folders that earlier steps put in the path. */
export async function runStep(step: WorkflowStep, runner: StepRunner): Promise<StepRun> {
  const { cwd, temp, programs, environment, expressions } = runner;
  const script = path.join(temp, 'step.sh');
  await writeFile(script, fillExpressions(step.run ?? '', expressions));
  const added = await readFile(path.join(temp, 'path'), 'utf8').catch(() => '');
  const own = Object.entries(step.env ?? {}).map(([name, value]) => [
    name,
    fillExpressions(value, expressions),
  ]);
  const folders = [programs, ...added.split('\n').filter((line) => line !== ''), process.env['PATH'] ?? ''];
  const env = {
    ...process.env,
    ...environment,
    ...(Object.fromEntries(own) as Record<string, string>),
    PATH: folders.join(path.delimiter),
    RUNNER_TEMP: temp,
    GITHUB_PATH: path.join(temp, 'path'),
    GITHUB_STEP_SUMMARY: path.join(temp, 'summary.md'),
  };
  return new Promise((resolve, reject) => {
    const child = spawn('bash', ['-e', script], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => (output += text));
    }
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, output }));
  });
}

/** The `promptly` commands in a step's shell text, line ends with a backslash joined. */
export function promptlyCommands(step: WorkflowStep): string[] {
  const lines = (step.run ?? '').replaceAll('\\\n', ' ').split('\n');
  return lines.flatMap((line) => {
    const found = /(?:^|[\s;])promptly ((?:test|ab|compare|score|report|runs|check|list|run)\b[^;|&]*)/.exec(
      line,
    );
    return found === null || /^\s*#/.test(line) ? [] : [(found[1] ?? '').trim()];
  });
}
