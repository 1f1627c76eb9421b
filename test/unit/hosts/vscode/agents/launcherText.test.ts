import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { launcherText } from '../../../../../src/hosts/vscode/agents/launcherText.ts';
import { runCommand } from '../../../../support/process/runCommand.ts';

test('the launcher starts the newest version that is there, and says when none is left', async () => {
  const folder = await mkdtemp(path.join(os.tmpdir(), "promptly launcher's-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const launcher = path.join(folder, 'promptly-mcp.cjs');
  await writeFile(launcher, launcherText(folder, 'promptly.promptly'));
  const start = () => runCommand(process.execPath, [launcher, '--workspace', 'x y']);
  expect(await start()).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('no longer installed') as string,
  });
  for (const version of ['0.9.0', '0.10.0', '0.2.1-linux-x64', '0.11.0']) {
    const dist = path.join(folder, `promptly.promptly-${version}`, 'dist');
    await mkdir(dist, { recursive: true });
    // 0.11.0 was left behind half deleted.
    if (version === '0.11.0') continue;
    const text = `exports.runMcpServer = async (args) => { console.log('${version}', args.join('|')); return 7; };`;
    await writeFile(path.join(dist, 'mcp.js'), text);
  }
  expect(await start()).toMatchObject({ code: 7, stdout: '0.10.0 --workspace|x y\n' });
});
