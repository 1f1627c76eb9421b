// Runs the fault server by itself: `tsx test/support/faultServer/main.ts [port]`. Prints its address as the first line.
import { startFaultServer } from './startFaultServer.ts';

const server = await startFaultServer({ port: Number(process.argv[2] ?? 0) });
process.stdout.write(`${server.url}\n`);
