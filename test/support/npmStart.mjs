// `npm start`: from a fresh clone to a real VS Code with the extension in it. Node built-ins only; the rest of the work
// is in start/main.ts, once the packages it needs are installed.
import { ensureDependencies, run, wasStopped } from './ensureDependencies.mjs';

try {
  await ensureDependencies();
  console.log('Building …');
  if ((await run(process.execPath, ['esbuild.mjs', '--quiet'])) !== 0) throw new Error('The build failed.');
  const main = ['--import', 'tsx', 'test/support/start/main.ts', ...process.argv.slice(2)];
  const code = await run(process.execPath, main);
  process.exitCode = wasStopped() ? 0 : code;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
