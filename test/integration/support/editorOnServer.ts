import type { ExtensionApi } from '../../../src/hosts/vscode/extensionApi.ts';
import {
  startFaultServer,
  type FaultServer,
  type FaultServerOptions,
} from '../../support/faultServer/startFaultServer.ts';
import { EditorUser } from './editorUser.ts';
import { activated, set } from './workbench.ts';

/** What a suite of runs needs: the extension, a server that stands in for Ollama, and somebody in front of the editor. */
export interface EditorOnServer {
  readonly api: ExtensionApi;
  readonly server: FaultServer;
  readonly user: EditorUser;
  /** Before each test: nothing said, no button pressed, no fault. */
  reset(): void;
  /** Puts the settings and the editor's messages back. */
  end(): Promise<void>;
}

/** Every test means to reach the server; recorded answers have their own suite. */
export async function editorOnServer(
  options: FaultServerOptions,
  more: Readonly<Record<string, unknown>> = {},
): Promise<EditorOnServer> {
  const api = await activated();
  const server = await startFaultServer(options);
  const user = new EditorUser();
  const settings = {
    'ollama.url': server.url,
    defaultBackend: 'ollama',
    'cache.enabled': false,
    ...more,
  };
  for (const [name, value] of Object.entries(settings)) await set(name, value);
  return {
    api,
    server,
    user,
    reset() {
      user.notices.length = 0;
      user.press = () => undefined;
      server.setFault(null);
    },
    async end() {
      user.leave();
      for (const name of Object.keys(settings)) await set(name, undefined);
      await server.close();
    },
  };
}
