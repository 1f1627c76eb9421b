import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { ExperimentPlanned } from '../../../core/domain/experimentPlan.ts';
import type { AdHocTest, AdHocVariant } from '../../../core/pipeline/experiments/experimentRequests.ts';
import type { NodeHost } from '../../../nodeHost.ts';
import type { CommandContext } from '../commandContext.ts';
import type { CommandRun } from '../commandTable.ts';
import { readOverrides } from '../experimentOptions.ts';
import { extendRun } from '../extendRun.ts';
import { findPrompt } from '../findPrompt.ts';
import { openWorkspace } from '../openWorkspace.ts';
import type { ParsedOptions } from '../parseArguments.ts';
import { resumeIfAsked } from '../resumeCommand.ts';
import { runPlanned } from '../runExperimentCommand.ts';
import { UsageError } from '../usageError.ts';
import { readChoice } from './run.ts';

export const run: CommandRun = async (options, context) => {
  const choice = readChoice(options);
  const overrides = readOverrides(options);
  const host = await openWorkspace(options, context);
  try {
    if (options.has('extend') && (options.has('resume') || options.has('retry-errors'))) {
      throw new UsageError(
        '--extend begins a run after a finished one; --resume and --retry-errors go on with one',
      );
    }
    const [target] = options.positionals;
    const about = async (): Promise<string | null> =>
      target === undefined ? null : (await findPrompt(host, target)).path;
    const resumed = await resumeIfAsked(host, options, context, 'abtest', about);
    if (resumed !== null) return resumed;
    const test =
      options.list('variant').length > 0 ? await adHoc(host, options, context) : await file(host, options);
    const request = { test, workspaceFolder: host.folder, choice, overrides };
    const planned = await host.engine.pipeline.experiments.plan(request, context.signal);
    refuseFlags(planned, test.path, options);
    const extended = options.text('extend');
    if (extended !== undefined) return await extendRun(host, extended, planned, options, context);
    return await runPlanned(host, planned, options, context);
  } finally {
    await host.dispose();
  }
};

function file(host: NodeHost, options: ParsedOptions): ReturnType<typeof findPrompt> {
  if (options.positionals.length > 1) throw new UsageError('one A/B test at a time');
  if (options.positionals.length === 0)
    throw new UsageError('name an A/B test, or give --variant twice or more, and --cases FILE');
  return findPrompt(host, options.positionals[0]);
}

async function adHoc(host: NodeHost, options: ParsedOptions, context: CommandContext): Promise<AdHocTest> {
  if (options.positionals.length > 0)
    throw new UsageError('give either the file of an A/B test, or --variant twice or more');
  const variants = await Promise.all(options.list('variant').map((text) => readVariant(host, text)));
  const labels = variants.map(({ label }) => label);
  const twice = labels.find((label, index) => labels.indexOf(label) !== index);
  if (twice !== undefined) throw new UsageError(`--variant ${twice} is given twice`);
  const cases = options.text('cases');
  const data = cases === undefined ? {} : { testDataFile: await dataFile(cases, context.cwd) };
  // A file of the folder to start relative paths from; it is never read.
  return { name: labels.join(' vs '), path: path.join(host.folder, 'ab.prompt.yaml'), variants, ...data };
}

/** Without a file of the test its problems are those of the command line: there is no line of a file to show. */
function refuseFlags(planned: ExperimentPlanned, testPath: string, options: ParsedOptions): void {
  if (planned.status !== 'invalid' || options.list('variant').length === 0) return;
  const own = planned.diagnostics.filter((diagnostic) => diagnostic.path === testPath);
  if (own.length < planned.diagnostics.length) return;
  throw new UsageError([...new Set(own.map(({ message }) => message))].join(' ').replace(/\.$/, ''));
}

async function dataFile(shown: string, cwd: string): Promise<string> {
  const file = path.resolve(cwd, shown);
  if (await isThere(file)) return file;
  throw new UsageError(`--cases: there is no file ${shown} in ${cwd}`);
}

const isThere = (file: string): Promise<boolean> =>
  stat(file).then(
    () => true,
    () => false,
  );

/** `main@{yesterday}` and `@{upstream}` are revisions with an `@` of their own. */
const revisionMark = /@(?!\{)(?!.*@(?!\{))/;

/** `name`, `path`, and either with `@revision`; a file or a prompt whose name has an `@` is taken as it is. */
async function readVariant(host: NodeHost, text: string): Promise<AdHocVariant> {
  const at = text.search(revisionMark);
  const split = at > 0 && !(await isThere(path.resolve(host.folder, text))) && !(await isName(host, text));
  const reference = split ? text.slice(0, at) : text;
  const ref = split ? text.slice(at + 1) : undefined;
  const prompt = /\.ya?ml$/i.test(reference) ? path.resolve(host.folder, reference) : reference;
  return { label: text, prompt, ...(ref !== undefined && { ref }) };
}

const isName = async (host: NodeHost, text: string): Promise<boolean> =>
  (await host.engine.world.prompts?.find(text, path.join(host.folder, 'ab.prompt.yaml')))?.status === 'found';
