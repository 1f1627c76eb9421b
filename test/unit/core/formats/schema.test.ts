import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { toJsonSchema } from '../../../../src/core/formats/schema/toJsonSchema.ts';

it('schemas/prompt.schema.json is up to date (npm run schemas)', () => {
  const file = path.join(import.meta.dirname, '../../../../schemas/prompt.schema.json');
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(toJsonSchema());
});
