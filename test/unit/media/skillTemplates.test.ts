import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { parsePromptFile } from '../../../src/core/pipeline/language.ts';

const folder = path.resolve('media', 'skill-templates');
const names = [
  'api_designer',
  'code_reviewer',
  'data_analyzer',
  'documentation_writer',
  'error_handler',
  'prompt_engineer',
  'sql_designer',
  'test_generator',
];

describe('skill templates', () => {
  test('are those that are promised', async () => {
    expect((await readdir(folder)).sort()).toEqual(names);
  });

  test.each(names)('%s is valid and complete', async (name) => {
    const file = path.join(folder, name, `${name}.prompt.yaml`);
    const parsed = parsePromptFile(await readFile(file, 'utf8'), file);
    expect(parsed.diagnostics).toEqual([]);
    if (parsed.file?.kind !== 'skill') throw new Error(`${name} is no skill`);
    const skill = parsed.file;
    expect(skill.name).toBe(name);
    expect(skill.description).toBeTruthy();
    expect(skill.testData.length).toBeGreaterThanOrEqual(2);
    expect(skill.evaluators.length).toBeGreaterThanOrEqual(3);
    // Nothing but the input need be given.
    expect(skill.instructions).not.toContain('{{');
    expect(skill.messages).toEqual([{ role: 'user', content: '{{input}}' }]);
    const present = (await readdir(path.join(folder, name))).filter(
      (entry) => !entry.endsWith('.prompt.yaml'),
    );
    expect(present.sort()).toEqual([...skill.files].sort());
    expect(present.length).toBeGreaterThanOrEqual(2);
    for (const attached of present) {
      expect((await stat(path.join(folder, name, attached))).size).toBeGreaterThan(800);
      expect(skill.instructions).toContain(attached);
    }
  });
});
