/** The programs that can be told of our MCP server. */
export const mcpClientIds = ['claude-desktop', 'claude-code', 'cursor', 'vscode'] as const;
export type McpClientId = (typeof mcpClientIds)[number];
