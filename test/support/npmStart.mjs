// `npm start`: from a fresh clone to a real VS Code with the extension in it. Node built-ins only; the rest of the work
// is in start/main.ts, once the packages it needs are installed.
import { spawn } from 'node:child_process';
import { ensureDependencies, root, run } from './ensureDependencies.mjs';

/** Ctrl-C reaches the child by itself; it stops the server, and this process ends after it. */
function runToTheEnd(args) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, { cwd: root, stdio: 'inherit' });
    process.on('SIGINT', () => undefined);
    for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
    child.once('close', (code) => resolve(code ?? 1));
  });
}

try {
  await ensureDependencies();
  console.log('Building …');
  if ((await run(process.execPath, ['esbuild.mjs', '--quiet'])) !== 0) throw new Error('The build failed.');
  const main = ['--import', 'tsx', 'test/support/start/main.ts', ...process.argv.slice(2)];
  process.exitCode = await runToTheEnd(main);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
