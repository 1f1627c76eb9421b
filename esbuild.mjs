// Builds dist/: one CommonJS file per entry point. Heavy parts are entry points of their own, loaded on first use:
// where a source says `await import('<path of an entry's source>')`, the bundle requires `./<entry>.js` there.
import { existsSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import * as esbuild from 'esbuild';

const root = path.dirname(fileURLToPath(import.meta.url));
const watch = process.argv.includes('--watch');
const development = watch || process.argv.includes('--dev');

/** dist name → source. Only entries whose source exists are built; the editor may only be imported by the first group. */
const editorEntries = {
  extension: 'src/extension.ts',
  // What the editor's agents can do with prompts.
  agentTools: 'src/hosts/vscode/agents/agentTools.ts',
  // Review, rewriting, configuration of MCP clients.
  assistant: 'src/hosts/vscode/agents/assistant.ts',
  // The Promptly view of the activity bar, loaded when it is first opened.
  views: 'src/hosts/vscode/views/loadedViews.ts',
  // Export and import, as the editor asks and shows.
  sharingCommands: 'src/hosts/vscode/sharing/sharingCommands.ts',
};
const plainEntries = {
  // The prompt language: parser, schema, diagnostics (yaml and zod).
  language: 'src/core/pipeline/language.ts',
  // Everything a run needs: planning, engine, evaluation, statistics.
  engine: 'src/composition.ts',
  // The numeric library behind the statistics.
  quantiles: 'src/core/statistics/quantiles.ts',
  // The statistics in a thread of their own, for the editor.
  statistics: 'src/statisticsThread.ts',
  // The linear-time regular expressions with their Unicode tables, and the JSON Schema validator.
  patterns: 'src/core/evaluation/compilePattern.ts',
  jsonSchema: 'src/core/evaluation/validateJson.ts',
  // Packages of prompts and the formats of others, with the zip library, when somebody shares or imports.
  sharing: 'src/sharing.ts',
  // Reports in every format, when somebody exports one.
  reports: 'src/core/reporting/renderReport.ts',
  // Configuration files of MCP clients, edited without losing comments.
  mcpClients: 'src/core/pipeline/mcpClients/mcpClients.ts',
  ollama: 'src/adapters/backends/ollama/ollamaBackend.ts',
  anthropic: 'src/adapters/backends/anthropic/anthropicBackend.ts',
  openai: 'src/adapters/backends/openAiCompatible/openAiCompatibleBackend.ts',
  builtin: 'src/adapters/backends/builtin/builtinBackend.ts',
  builtinWorker: 'src/adapters/backends/builtin/builtinWorker.ts',
  // Settings and files without an editor: command line and MCP server.
  nodeHost: 'src/nodeHost.ts',
  cli: 'src/hosts/cli/main.ts',
  mcp: 'src/hosts/mcp/main.ts',
};

const allEntries = { ...editorEntries, ...plainEntries };
const entryBySource = new Map(
  Object.entries(allEntries).map(([name, source]) => [path.join(root, source), name]),
);

const isEntry = (folder, source) => entryBySource.has(path.resolve(folder, source));

/**
 * `import()` of a CommonJS file would send it through Node's module lexer first, which reads every byte of it in
 * JavaScript to find its exports: half of the time a command takes to start. `require` does not, and is told to the
 * sources here, where what they import is known to be an entry.
 */
const lazyEntries = {
  name: 'lazy-entries',
  setup(build) {
    build.onLoad({ filter: /[\\/]src[\\/].*\.ts$/ }, async ({ path: file }) => {
      const source = await readFile(file, 'utf8');
      const contents = source.replace(/\bimport\(\s*'(\.[^']+)'\s*\)/g, (whole, target) =>
        isEntry(path.dirname(file), target) ? `Promise.resolve().then(() => require('${target}'))` : whole,
      );
      return contents === source ? undefined : { contents, loader: 'ts' };
    });
    build.onResolve({ filter: /^\./ }, (args) => {
      if (args.kind !== 'require-call' || !/[\\/]src[\\/]/.test(args.importer)) return undefined;
      const entry = entryBySource.get(path.resolve(args.resolveDir, args.path));
      return entry ? { path: `./${entry}.js`, external: true } : undefined;
    });
  },
};

/**
 * The numeric library builds hundreds of tables and functions when it is loaded, which takes as long as the rest of a
 * command's start, and weighs more than the statistics that use it. It has a bundle of its own, and what asks it for a
 * number loads that when the first one is asked: a run needs none before its first answers are in.
 */
const lateNumbers = {
  name: 'late-numbers',
  setup(build) {
    const source = plainEntries.quantiles;
    const bundle = './quantiles.js';
    build.onResolve({ filter: /quantiles\.ts$/ }, ({ path: file, resolveDir, kind }) =>
      kind === 'import-statement' && path.resolve(resolveDir, file) === path.join(root, source)
        ? { path: source, namespace: 'late-numbers', sideEffects: false }
        : undefined,
    );
    build.onResolve({ filter: /./, namespace: 'late-numbers' }, () => ({ path: bundle, external: true }));
    build.onLoad({ filter: /./, namespace: 'late-numbers' }, async () => {
      const names = [
        ...(await readFile(path.join(root, source), 'utf8')).matchAll(/^export function (\w+)/gm),
      ];
      const late = names.map(([, name]) => `export const ${name} = (...args) => load().${name}(...args);`);
      return { contents: `const load = () => require('${bundle}');\n${late.join('\n')}` };
    });
  },
};

/**
 * The OpenAI client makes an object for every part of the service, of which chat and the list of models are used here. The
 * others become empty classes of the same names, which leaves out a third of the bundle.
 */
const leanOpenAi = {
  name: 'lean-openai',
  setup(build) {
    const used = /resources[\\/](chat[\\/].*|models\.mjs)$/;
    build.onLoad({ filter: /[\\/]openai[\\/]resources[\\/].*\.mjs$/ }, async ({ path: file }) => {
      if (used.test(file)) return undefined;
      const source = await readFile(file, 'utf8');
      const classes = [...source.matchAll(/^export class (\w+)/gm)].map(([, name]) => name);
      if (classes.length === 0) return undefined;
      return { contents: classes.map((name) => `export class ${name} {}`).join('\n'), loader: 'js' };
    });
  },
};

/**
 * Templates of HTML and CSS are text to the bundler, indentation and all. Without it they mean the same and are a good deal
 * smaller; to the code around them it makes no difference.
 */
const leanTemplates = {
  name: 'lean-templates',
  setup(build) {
    build.onLoad({ filter: /\.(ts|js|mjs)$/ }, async ({ path: file }) => {
      const source = (await readFile(file, 'utf8')).replaceAll(/\n[ \t]+/g, '\n');
      return { contents: leaner(source, file), loader: file.endsWith('.ts') ? 'ts' : 'js' };
    });
    build.onLoad({ filter: /\.css$/ }, async ({ path: file }) => {
      const { code } = await esbuild.transform(await readFile(file, 'utf8'), { loader: 'css', minify: true });
      return { contents: code, loader: 'text' };
    });
  },
};

/** Style sheets of the component library without blanks, and its table of key codes, which nothing uses. */
function leaner(source, file) {
  if (file.endsWith('.styles.js')) {
    // What follows a placeholder stays apart from it.
    return source.replaceAll(/`[^`]*`/g, (sheet) =>
      sheet.replaceAll(/([{;])\n+/g, '$1').replaceAll(/([a-z-]): /g, '$1:'),
    );
  }
  if (!file.endsWith('key-codes.js')) return source;
  return source.replace(/export var KeyCodes;\n\(function[\s\S]*?\}\)\(KeyCodes[^\n]*\n/, '');
}

const existing = (entries) =>
  Object.fromEntries(Object.entries(entries).filter(([, source]) => existsSync(path.join(root, source))));

const node = {
  absWorkingDir: root,
  outdir: 'dist',
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  minify: !development,
  sourcemap: 'linked',
  sourcesContent: false,
  mainFields: ['module', 'main'],
  legalComments: 'external',
  metafile: true,
  plugins: [lazyEntries, lateNumbers, leanOpenAi],
  alias: {
    // The ollama client brings a fetch polyfill that Node does not need.
    'whatwg-fetch': './src/adapters/backends/ollama/noPolyfill.ts',
    // The MCP SDK brings a validator of schemas that our server never asks: it is given a smaller one.
    ajv: './src/hosts/mcp/noAjv.ts',
    'ajv-formats': './src/hosts/mcp/noAjv.ts',
  },
  logLevel: process.argv.includes('--quiet') ? 'warning' : 'info',
};

const builds = [
  { ...node, entryPoints: existing(editorEntries), external: ['vscode'] },
  // Without `external: ['vscode']`: one leaked import of the editor fails this build.
  { ...node, entryPoints: existing(plainEntries), inject: ['src/adapters/backends/plainHeaders.ts'] },
  {
    ...node,
    outdir: 'dist/webview',
    entryPoints: existing({ abTestPanel: 'webview-ui/main.ts' }),
    platform: 'browser',
    format: 'iife',
    target: 'chrome120',
    alias: {},
    plugins: development ? [] : [leanTemplates],
    loader: { '.css': 'text' },
  },
].filter((options) => Object.keys(options.entryPoints).length > 0);

if (watch) {
  for (const options of builds) await (await esbuild.context(options)).watch();
} else {
  await rm(path.join(root, 'dist'), { recursive: true, force: true });
  const inputs = {};
  const outputs = {};
  for (const options of builds) {
    const { metafile } = await esbuild.build(options);
    Object.assign(inputs, metafile.inputs);
    Object.assign(outputs, metafile.outputs);
  }
  // Injected files are named by their whole path, which is nobody else's business.
  const here = JSON.stringify(path.join(root, path.sep)).slice(1, -1);
  const metafile = JSON.stringify({ inputs, outputs }).replaceAll(here, '');
  await writeFile(path.join(root, 'dist', 'metafile.json'), metafile);
}
