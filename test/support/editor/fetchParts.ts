// Fetches what the editor suites and `npm start` need, so that later steps find it there.
import { ensureBrowser } from './ensureBrowser.ts';
import { ensureNode24 } from './ensureNode24.ts';
import { ensureServer } from './ensureServer.ts';

await ensureNode24();
await ensureServer();
if (!process.argv.includes('--no-browser')) await ensureBrowser();
