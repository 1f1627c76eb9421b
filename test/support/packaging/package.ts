// `npm run package`, after a build.
import { statSync } from 'node:fs';
import path from 'node:path';
import { createPackage } from './createPackage.ts';

const file = await createPackage();
console.log(`${path.basename(file)}: ${Math.ceil(statSync(file).size / 1024)} KiB`);
