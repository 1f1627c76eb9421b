import net from 'node:net';

/** Fixed where possible: a browser keeps the editor's settings and layout by address. */
const usualPort = 8127;

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = net.createServer();
    probe.once('error', () => {
      resolve(false);
    });
    probe.listen(port, '127.0.0.1', () => {
      probe.close(() => {
        resolve(true);
      });
    });
  });
}

/** The port to serve on: the one asked for, which must be free; else the usual one, or 0 (any) where that is taken. */
export async function choosePort(asked: number | undefined): Promise<number> {
  if (asked === undefined) return (await isFree(usualPort)) ? usualPort : 0;
  if (asked !== 0 && !(await isFree(asked))) {
    throw new Error(`Port ${asked} is in use. Choose another with --port, or leave it out.`);
  }
  return asked;
}
