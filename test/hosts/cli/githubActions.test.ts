import { execFileSync, spawnSync } from 'node:child_process';
import { chmod, cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { commandTable, optionsOf } from '../../../src/hosts/cli/commandTable.ts';
import { parseArguments } from '../../../src/hosts/cli/parseArguments.ts';
import { fencedBlocks } from '../../support/docs/fencedBlocks.ts';
import { shellWords } from '../../support/docs/shellWords.ts';
import type { StepRunner, Workflow, WorkflowStep } from '../../support/docs/workflowSteps.ts';
import {
  fillExpressions,
  parseSteps,
  parseWorkflow,
  promptlyCommands,
  runStep,
} from '../../support/docs/workflowSteps.ts';
import { duelServer, promptFile, textOf } from './duel.ts';
import { runCli, workspaceOf } from './runCli.ts';

const blocks = await fencedBlocks('github-actions.md');
const yaml = blocks.filter(({ language }) => language === 'yaml').map(({ text }) => text);
const workflow: Workflow = parseWorkflow(yaml[0] ?? '');
const job = workflow.jobs['prompts'];
if (job === undefined) throw new Error('the page has no workflow');
const furtherSteps = yaml.slice(1).flatMap(parseSteps);

/** What `ubuntu-latest` has. Info-ZIP's programs know `-v`, not `--version`. */
const isLikeRunner =
  process.platform === 'linux' &&
  ['bash --version', 'git --version', 'xargs --version', 'zip -v', 'unzip -v'].every((line) => {
    const [program = '', ...args] = line.split(' ');
    return spawnSync(program, args, { stdio: 'ignore' }).status === 0;
  });

describe('the workflow of the page', () => {
  test('uses standard actions alone, reads no more than it must, and runs on pull requests', () => {
    expect(Object.keys(workflow.on)).toEqual(['pull_request']);
    expect(workflow.permissions).toEqual({ contents: 'read', 'pull-requests': 'write' });
    const actions = job.steps.flatMap(({ uses }) => (uses === undefined ? [] : [uses]));
    expect(actions).toEqual(['actions/checkout@v4', 'actions/setup-node@v4']);
    expect(job.steps[0]?.with).toMatchObject({ 'fetch-depth': 2, 'persist-credentials': false });
    // Nothing that a pull request decides is pasted into a shell text.
    for (const { run = '' } of [...job.steps, ...furtherSteps]) expect(run).not.toContain('${{');
  });

  test('every promptly command of the page is one that the command line takes', () => {
    const commands = [...job.steps, ...furtherSteps].flatMap(promptlyCommands);
    expect(commands.length).toBeGreaterThanOrEqual(6);
    for (const command of commands) {
      const line = command
        .replaceAll(/<\s*"[^"]*"/g, '')
        .replaceAll('$REPLAY', '--replay')
        .replaceAll(/"\$\w+(\/[\w.-]+)?"/g, 'some.prompt.yaml');
      const [name = '', ...args] = shellWords(line);
      const spec = commandTable[name];
      expect(spec, command).toBeDefined();
      if (spec !== undefined) expect(() => parseArguments(args, optionsOf(spec)), command).not.toThrow();
    }
  });
});

/** Stands for GitHub: a release to download, and a pull request that takes comments. */
const gh = `#!/usr/bin/env bash
set -e
echo "$@" >> "$FAKE_GITHUB/calls"
case "$1 $2" in
  'release download') while [ "$1" != --output ]; do shift; done; cp "$FAKE_GITHUB/promptly.vsix" "$2" ;;
  'api --paginate') if [ -f "$FAKE_GITHUB/comment.md" ]; then echo 4711; fi ;;
  'api --method') for field in "$@"; do case "$field" in body=@*) cp "\${field#body=@}" "$FAKE_GITHUB/comment.md" ;; esac; done ;;
  'pr comment') while [ "$1" != --body-file ]; do shift; done; cp "$2" "$FAKE_GITHUB/comment.md" ;;
  *) exit 1 ;;
esac
`;

const tested = (name: string, words: string): string =>
  `${promptFile(name, words)}testData:\n${Array.from({ length: 12 }, (_, i) => `  - {text: case ${i}}\n`).join('')}evaluators:\n  - {name: good, string: {contains: good}}\n`;

/** A repository with a pull request, and the shallow clone of its merge that `actions/checkout` makes. */
async function pullRequest(
  before: Record<string, string>,
  changed: Record<string, string>,
  recordings?: string,
): Promise<string> {
  const origin = await workspaceOf(before);
  if (recordings !== undefined) await cp(recordings, path.join(origin, '.promptly'), { recursive: true });
  const git = (...args: string[]): void =>
    void execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@t.invalid', ...args], {
      cwd: origin,
      stdio: 'pipe',
    });
  git('init', '-q', '-b', 'main');
  git('add', '.');
  git('commit', '-qm', 'base');
  git('checkout', '-qb', 'topic');
  for (const [name, text] of Object.entries(changed)) await writeFile(path.join(origin, name), text);
  git('add', '.');
  git('commit', '-qm', 'change');
  git('checkout', '-q', 'main');
  git('commit', '-q', '--allow-empty', '-m', 'meanwhile');
  git('merge', '-q', '--no-ff', '-m', 'merge', 'topic');
  const clone = await mkdtemp(path.join(tmpdir(), 'promptly-pr-'));
  execFileSync('git', ['clone', '-q', '--depth', '2', `file://${origin}`, clone], { stdio: 'pipe' });
  return clone;
}

/** The parts of the package that the command line needs, as the zip file that a `.vsix` is. */
async function packageFile(folder: string): Promise<void> {
  const extension = path.join(folder, 'extension');
  await mkdir(extension, { recursive: true });
  await cp('dist', path.join(extension, 'dist'), {
    recursive: true,
    filter: (source) => !source.endsWith('.map'),
  });
  await cp('package.json', path.join(extension, 'package.json'));
  execFileSync('zip', ['-qr', 'promptly.vsix', 'extension'], { cwd: folder });
  await rm(extension, { recursive: true });
}

async function runnerFor(clone: string, url: string, fork: boolean): Promise<StepRunner> {
  const temp = await mkdtemp(path.join(tmpdir(), 'promptly-runner-'));
  const github = path.join(temp, 'github');
  const programs = path.join(temp, 'programs');
  await Promise.all([mkdir(github), mkdir(programs)]);
  await packageFile(github);
  await writeFile(path.join(programs, 'gh'), gh);
  await chmod(path.join(programs, 'gh'), 0o755);
  onTestFinished(() => rm(temp, { recursive: true, force: true }));
  const head = 'github.event.pull_request.head.repo.full_name';
  const expressions = {
    'github.token': 'token',
    'vars.PROMPTLY_REPOSITORY': 'somebody/promptly',
    'github.event.pull_request.number': '12',
    'secrets.ANTHROPIC_API_KEY': '',
    'secrets.OPENAI_API_KEY': '',
    [`${head} != github.repository && '--replay' || ''`]: fork ? '--replay' : '',
    [`${head} == github.repository`]: String(!fork),
  };
  const ofJob = Object.entries(job?.env ?? {}).map(([name, value]) => [
    name,
    fillExpressions(value, expressions),
  ]);
  const environment = {
    ...(Object.fromEntries(ofJob) as Record<string, string>),
    FAKE_GITHUB: github,
    GITHUB_REPOSITORY: 'somebody/prompts',
    OLLAMA_HOST: url,
    HOME: temp,
  };
  return { cwd: clone, temp, programs, environment, expressions };
}

/** Runs the job's shell steps to the first that fails; returns the last code and the whole log. */
async function runJob(runner: StepRunner, steps: readonly WorkflowStep[] = job?.steps ?? []) {
  let log = '';
  for (const step of steps) {
    if (step.run === undefined) continue;
    if (step.if !== undefined && runner.expressions[step.if] !== 'true') continue;
    const { code, output } = await runStep(step, runner);
    log += `## ${step.name ?? ''}\n${output}`;
    if (code !== 0) return { code, log };
  }
  return { code: 0, log };
}

const read = (runner: StepRunner, name: string): Promise<string> =>
  readFile(path.join(runner.temp, name), 'utf8').catch(() => '');

describe.skipIf(!isLikeRunner)('its steps in a real repository', () => {
  const base = {
    'good.prompt.yaml': tested('good', 'Improve'),
    'same.prompt.yaml': tested('same', 'Improve'),
    'src/nothing.txt': 'no prompt',
  };
  /** "Improve" gives good answers, anything else does not. */
  const improves = ({ body }: { readonly body: unknown }): string =>
    textOf(body).includes('Improve') ? 'good' : 'bad';

  test('what a pull request changed is tested and compared; its comment is written, then kept up to date', async () => {
    const backend = await duelServer();
    backend.setAnswer(improves);
    const clone = await pullRequest(base, {
      'good.prompt.yaml': tested('good', 'Improve quickly'),
      'new one.prompt.yml': tested('new', 'Improve'),
      'untested.prompt.yaml': promptFile('untested', 'Improve'),
      'duel.prompt.yaml': `kind: abtest\nname: duel\nvariants: [good, same]\n`,
      'src/nothing.txt': 'still no prompt',
    });
    const runner = await runnerFor(clone, backend.url, false);
    const first = await runJob(runner);
    expect(first, first.log).toMatchObject({ code: 0 });
    const comment = await read(runner, 'github/comment.md');
    expect(comment).toMatch(/^<!-- promptly -->\n/);
    expect(comment.match(/^### .*$/gm)?.sort()).toEqual([
      '### `duel.prompt.yaml`',
      '### `good.prompt.yaml`',
      '### `new one.prompt.yml`',
      '### `untested.prompt.yaml`',
    ]);
    expect(comment.match(/12 passed, 0 failed, 0 errors/g)).toHaveLength(2);
    expect(comment).toContain('working copy vs HEAD^1');
    expect(comment).toContain('It has no test data');
    expect(await read(runner, 'summary.md')).toBe(comment);
    // Two wordings, 12 cases, 3 repetitions: everything else came from the cache.
    expect(backend.calls()).toHaveLength(2 * 12 * 3);

    await rm(path.join(runner.temp, 'promptly'), { recursive: true });
    await rm(path.join(runner.temp, 'bin'), { recursive: true });
    const again = await runJob(runner);
    expect(again, again.log).toMatchObject({ code: 0 });
    const calls = await read(runner, 'github/calls');
    expect(calls.match(/^pr comment/gm)).toHaveLength(1);
    expect(
      calls.match(/^api --method PATCH repos\/somebody\/prompts\/issues\/comments\/4711/gm),
    ).toHaveLength(1);

    const further = await runJob(
      runner,
      furtherSteps.filter(({ name }) => name !== 'Install Promptly'),
    );
    expect(further, further.log).toMatchObject({ code: 0 });
    expect(JSON.parse(await read(runner, 'gh-models.json'))).toHaveLength(3);
    expect(await read(runner, 'prompts.xml')).toContain('<testsuites name="promptly" tests="');
  }, 120_000);

  test('a prompt whose old version cannot be run on the cases there are now is tested, and fails nothing', async () => {
    const backend = await duelServer();
    backend.setAnswer(improves);
    const other = tested('good', 'Improve').replaceAll('text', 'topic');
    const broken = `${tested('same', 'Improve')}variables: [`;
    const before = { ...base, 'good.prompt.yaml': other, 'same.prompt.yaml': broken };
    const clone = await pullRequest(before, base);
    const runner = await runnerFor(clone, backend.url, false);
    const run = await runJob(runner);
    expect(run, run.log).toMatchObject({ code: 0 });
    const comment = await read(runner, 'github/comment.md');
    expect(comment.match(/12 passed, 0 failed, 0 errors/g)).toHaveLength(2);
    expect(comment.match(/could not be run \(exit code 2\)/g)).toHaveLength(2);
    expect(run.log).toContain('The variable "topic" has no value.');
    expect(run.log).toMatch(/At HEAD\^1: "same\.prompt\.yaml" has an error in line /);
  }, 60_000);

  test('a prompt that got worse fails the job, after the comment', async () => {
    const backend = await duelServer();
    backend.setAnswer(improves);
    const clone = await pullRequest(base, { 'good.prompt.yaml': tested('good', 'Worsen') });
    const runner = await runnerFor(clone, backend.url, false);
    const run = await runJob(runner);
    expect(run, run.log).toMatchObject({ code: 1 });
    expect(await read(runner, 'github/comment.md')).toMatch(/HEAD\\?\^1 wins\./);
  }, 60_000);

  test('a broken file fails the job before any call', async () => {
    const backend = await duelServer();
    const clone = await pullRequest(base, { 'good.prompt.yaml': 'messages: 5\n' });
    const runner = await runnerFor(clone, backend.url, false);
    const run = await runJob(runner);
    expect(run.log).toMatch(/good\.prompt\.yaml:1:\d+ error/);
    expect(run.code).not.toBe(0);
    expect(backend.calls()).toHaveLength(0);
  }, 60_000);

  test('a fork is answered from the recordings of the repository, and never comments', async () => {
    const backend = await duelServer();
    backend.setAnswer(improves);
    const settings = { '.vscode/settings.json': '{ "promptly.commitRecordings": true }\n' };
    const recorded = await workspaceOf({ ...base, ...settings });
    const environment = { OLLAMA_HOST: backend.url };
    await runCli(['test', '.'], { cwd: recorded, environment });
    // The comparison's three repetitions of each case; the wording is the same on both sides.
    await runCli(['ab', '--variant', 'good', '--variant', 'same', '--repetitions', '3'], {
      cwd: recorded,
      environment,
    });
    const calls = backend.calls().length;
    // Only a test case is taken away: all else was recorded.
    const clone = await pullRequest(
      { ...base, ...settings },
      { 'good.prompt.yaml': base['good.prompt.yaml'].replace('  - {text: case 11}\n', '') },
      path.join(recorded, '.promptly'),
    );
    const runner = await runnerFor(clone, backend.url, true);
    const run = await runJob(runner);
    expect(run, run.log).toMatchObject({ code: 0 });
    expect(await read(runner, 'summary.md')).toContain('11 passed, 0 failed, 0 errors');
    expect(await read(runner, 'github/calls')).not.toContain('comment');
    expect(backend.calls()).toHaveLength(calls);
  }, 60_000);
});
