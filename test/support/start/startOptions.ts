import { parseArgs } from 'node:util';

export interface StartOptions {
  /** undefined: the usual port if it is free, else any. */
  readonly port: number | undefined;
  readonly open: boolean;
  /** Use the VS Code installed on this machine instead of a server and a browser. */
  readonly desktop: boolean;
}

export const usage = `npm start [-- options]

  --port N    serve on this port
  --no-open   print the address, do not open the browser
  --desktop   install into the VS Code of this machine and open it there
`;

/** Reads the command line; undefined asks for the usage text. */
export function readStartOptions(args: readonly string[]): StartOptions | undefined {
  const { values } = parseArgs({
    args: [...args],
    options: {
      port: { type: 'string' },
      'no-open': { type: 'boolean' },
      desktop: { type: 'boolean' },
      help: { type: 'boolean' },
    },
  });
  if (values.help === true) return undefined;
  const port = values.port === undefined ? undefined : Number(values.port);
  if (port !== undefined && !(Number.isInteger(port) && port >= 0 && port < 65_536)) {
    throw new Error(`--port wants a number from 0 to 65535, not "${values.port ?? ''}".`);
  }
  return { port, open: values['no-open'] !== true, desktop: values.desktop === true };
}
