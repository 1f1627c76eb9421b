import { stat } from 'node:fs/promises';
import path from 'node:path';
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
  const data = cases === undefined ? {} : { testDataFile: path.resolve(context.cwd, cases) };
  // A file of the folder to start relative paths from; it is never read.
  return { name: labels.join(' vs '), path: path.join(host.folder, 'ab.prompt.yaml'), variants, ...data };
}

/** `name`, `path`, and either with `@revision`; a file whose name has an `@` is taken as it is. */
async function readVariant(host: NodeHost, text: string): Promise<AdHocVariant> {
  const at = text.lastIndexOf('@');
  const exists = await stat(path.resolve(host.folder, text)).then(
    () => true,
    () => false,
  );
  const split = at > 0 && !exists;
  const reference = split ? text.slice(0, at) : text;
  const ref = split ? text.slice(at + 1) : undefined;
  const prompt = /\.ya?ml$/i.test(reference) ? path.resolve(host.folder, reference) : reference;
  return { label: text, prompt, ...(ref !== undefined && { ref }) };
}
