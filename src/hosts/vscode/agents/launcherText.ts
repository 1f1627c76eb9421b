/**
 * A program that starts the MCP server of the newest version of an extension. `extensions`: the folder that holds a folder
 * for each version, `<id>-<version>`.
 */
export const launcherText = (
  extensions: string,
  id: string,
): string => `// Starts the MCP server of the newest installed Promptly. Written by "Promptly: Configure MCP Client".
const { existsSync, readdirSync } = require('node:fs');
const path = require('node:path');

const extensions = ${JSON.stringify(extensions)};
const prefix = ${JSON.stringify(`${id}-`)};
const version = (name) => name.slice(prefix.length).split(/[.-]/).slice(0, 3).map(Number);
const newer = (a, b) => {
  const [left, right] = [version(a), version(b)];
  const at = left.findIndex((part, index) => part !== right[index]);
  return at < 0 ? 0 : right[at] - left[at];
};
const found = readdirSync(extensions)
  .filter((name) => name.startsWith(prefix) && existsSync(path.join(extensions, name, 'dist', 'mcp.js')))
  .sort(newer)[0];
if (found === undefined) {
  process.stderr.write('Promptly is no longer installed in ' + extensions + '.\\n');
  process.exit(2);
}
const { runMcpServer } = require(path.join(extensions, found, 'dist', 'mcp.js'));
void runMcpServer(process.argv.slice(2), process.cwd()).then((code) => process.exit(code));
`;
