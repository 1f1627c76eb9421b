#!/usr/bin/env node
import { runMcpServer } from './runMcpServer.ts';

export { runMcpServer };

// `promptly mcp` loads this file and calls the function itself.
if (require.main === module) {
  void runMcpServer(process.argv.slice(2), process.cwd()).then((exitCode) => process.exit(exitCode));
}
