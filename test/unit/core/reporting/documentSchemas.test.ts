import path from 'node:path';
import { expect, test } from 'vitest';
import {
  documentJsonSchema,
  documentSchemas,
  type DocumentName,
} from '../../../../src/core/reporting/documentSchemas.ts';

const folder = path.resolve(import.meta.dirname, '../../../../schemas');

test.each(Object.keys(documentSchemas) as DocumentName[])(
  'the published schema of %s is the one in the code',
  async (name) => {
    const text = `${JSON.stringify(documentJsonSchema(name), null, 2)}\n`;
    await expect(text).toMatchFileSnapshot(path.join(folder, `${name}.schema.json`));
  },
);
