/** Largest size of each bundle, minified, in KiB. What the editor loads at start is the tightest. */
export const limitsKiB: Readonly<Record<string, number>> = {
  'extension.js': 150,
  'agentTools.js': 100,
  'assistant.js': 100,
  'mcpClients.js': 50,
  'views.js': 60,
  'language.js': 300,
  'engine.js': 400,
  'ollama.js': 150,
  'anthropic.js': 150,
  'openai.js': 150,
  'builtin.js': 150,
  'builtinWorker.js': 150,
  'statistics.js': 60,
  'quantiles.js': 130,
  'patterns.js': 200,
  'jsonSchema.js': 100,
  'nodeHost.js': 150,
  'cli.js': 400,
  'mcp.js': 400,
  'sharing.js': 130,
  'sharingCommands.js': 40,
  'reports.js': 100,
  'abTestPanel.js': 220,
};

/** Largest size of the `.vsix`, in KiB. */
export const vsixLimitKiB = 1024;
