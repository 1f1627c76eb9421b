// Writes the schemas of prompt files and of the command line's documents: npm run schemas
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { toJsonSchema } from '../../src/core/formats/schema/toJsonSchema.ts';
import {
  documentJsonSchema,
  documentSchemas,
  type DocumentName,
} from '../../src/core/reporting/documentSchemas.ts';
import { reportJsonSchema } from '../../src/core/reporting/reportSchema.ts';

const write = (name: string, schema: object): void =>
  writeFileSync(
    path.join(import.meta.dirname, `../../schemas/${name}.schema.json`),
    `${JSON.stringify(schema, null, 2)}\n`,
  );

write('prompt', toJsonSchema());
write('report', reportJsonSchema());
for (const name of Object.keys(documentSchemas) as DocumentName[]) write(name, documentJsonSchema(name));
