import { describe, expect, test } from 'vitest';
import { startFaultServer } from '../../support/faultServer/startFaultServer.ts';
import { runCli } from '../cli/runCli.ts';
import { folderOf, openMcp } from './openMcp.ts';

describe('skill templates', () => {
  test('an agent lists, installs and runs one under a name of its own', async () => {
    const server = await startFaultServer({ answer: () => 'Verdict: approve' });
    const { call } = await openMcp({}, { environment: { OLLAMA_HOST: server.url } });
    const listed = (await call('promptly_template_list')).data['templates'] as { name: string }[];
    expect(listed).toHaveLength(8);
    const installed = await call('promptly_template_install', {
      template_name: 'code_reviewer',
      skill_name: 'our reviewer',
    });
    expect(installed.data).toEqual({
      skill_name: 'our reviewer',
      files: [
        'skills/our-reviewer/our-reviewer.prompt.yaml',
        'skills/our-reviewer/checklist.md',
        'skills/our-reviewer/severity.md',
      ],
    });
    const ran = await call('promptly_execute_skill_real', {
      skill_name: 'our reviewer',
      user_input: 'let x;',
      backend: 'ollama',
    });
    expect(ran).toMatchObject({ isError: false, data: { output: 'Verdict: approve' } });
    expect(JSON.stringify(server.calls()[0]?.body)).toContain('Review checklist');
    const again = await call('promptly_template_install', {
      template_name: 'code_reviewer',
      skill_name: 'our reviewer',
    });
    expect(again).toMatchObject({ isError: true });
    expect(again.text).toContain('nothing was written');
    const unknown = await call('promptly_template_install', { template_name: 'code-review' });
    expect(unknown.text).toContain('Did you mean "code_reviewer"');
    await server.close();
  });

  test('the command line installs one and writes over nothing without --yes', async () => {
    const cwd = await folderOf({});
    const listed = await runCli(['template', 'list', '--json'], { cwd });
    expect((JSON.parse(listed.stdout) as { templates: unknown[] }).templates).toHaveLength(8);
    const install = ['template', 'install', 'sql_designer', '--name', 'db'];
    expect(await runCli(install, { cwd })).toMatchObject({
      code: 0,
      stdout: 'skills/db/db.prompt.yaml\nskills/db/modelling.md\nskills/db/queries.md\n',
    });
    const again = await runCli(install, { cwd });
    expect(again.code).toBe(2);
    expect(again.stderr).toContain('--yes');
    expect((await runCli([...install, '--yes'], { cwd })).code).toBe(0);
    expect((await runCli(['check'], { cwd })).code).toBe(0);
  });

  test('all of them install side by side and pass the check', async () => {
    const { call, folder } = await openMcp({});
    const listed = (await call('promptly_template_list')).data['templates'] as { name: string }[];
    for (const { name } of listed) {
      expect(await call('promptly_template_install', { template_name: name })).toMatchObject({
        isError: false,
      });
    }
    expect(await runCli(['check'], { cwd: folder })).toMatchObject({ code: 0 });
    const composed = await call('promptly_execute_skill', {
      skill_name: 'sql_designer',
      user_input: 'Members book places.',
    });
    expect(composed.text).toContain('Members book places.');
  });
});
