/** The tools that the editor's agents may use; a test compares them with package.json. */
export const agentToolNames = {
  listPrompts: 'promptly_list_prompts',
  runPrompt: 'promptly_run_prompt',
  abTest: 'promptly_ab_test',
} as const;

export type AgentToolName = (typeof agentToolNames)[keyof typeof agentToolNames];
