// Writes schemas/prompt.schema.json from the one schema of prompt files: npm run schemas
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { toJsonSchema } from '../../src/core/formats/schema/toJsonSchema.ts';

writeFileSync(
  path.join(import.meta.dirname, '../../schemas/prompt.schema.json'),
  `${JSON.stringify(toJsonSchema(), null, 2)}\n`,
);
