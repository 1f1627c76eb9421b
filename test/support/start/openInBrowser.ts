import { spawn } from 'node:child_process';

function opener(): readonly [string, ...string[]] | undefined {
  if (process.platform === 'darwin') return ['open'];
  if (process.platform === 'win32') return ['cmd', '/c', 'start', ''];
  const hasDesktop = process.env['DISPLAY'] !== undefined || process.env['WAYLAND_DISPLAY'] !== undefined;
  return hasDesktop ? ['xdg-open'] : undefined;
}

/** Opens an address in the desktop's browser, where there is a desktop. */
export function openInBrowser(url: string): void {
  const command = opener();
  if (command === undefined || process.env['CI'] !== undefined) return;
  const [program, ...args] = command;
  const child = spawn(program, [...args, url], { stdio: 'ignore', detached: true });
  // The address is on the screen anyhow.
  child.once('error', () => undefined);
  child.unref();
}
