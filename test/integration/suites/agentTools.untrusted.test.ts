import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { activated } from '../support/workbench.ts';

describe('the tools of agents in an untrusted workspace', () => {
  it('list prompts and run none', async () => {
    const api = await activated();
    assert.deepEqual(api.mcpServers(), []);
    const names = vscode.lm.tools.map(({ name }) => name).filter((name) => name.startsWith('promptly_'));
    assert.ok(names.includes('promptly_list_prompts'), names.join());
    const call = async (name: string, input: object) =>
      vscode.lm.invokeTool(name, { input, toolInvocationToken: undefined });
    const { content } = await call('promptly_list_prompts', {});
    assert.match(JSON.stringify(content), /greeting\.prompt\.yaml/);
    await assert.rejects(
      call('promptly_run_prompt', { prompt_name: 'greeting', inputs: { name: 'Ada' } }),
      /not trusted|disabled|unknown|not available|was not contributed/i,
    );
  });
});
