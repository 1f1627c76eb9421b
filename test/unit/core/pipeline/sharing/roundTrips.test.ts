import fc from 'fast-check';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../../../src/core/domain/json.ts';
import type { Skill } from '../../../../../src/core/domain/promptFile.ts';
import { createPromptFile } from '../../../../../src/core/formats/edit/createPromptFile.ts';
import { parsePromptFile } from '../../../../../src/core/formats/parsePromptFile.ts';
import { readYaml } from '../../../../../src/core/formats/yaml/readYaml.ts';
import { without } from '../../../../../src/core/sharing/convert/conversion.ts';
import { splitFrontMatter } from '../../../../../src/core/sharing/convert/splitFrontMatter.ts';
import { sharingFolder, type SharingFolder } from '../../../../support/sharingFolder.ts';

const decode = (bytes: Uint8Array | undefined): string => new TextDecoder().decode(bytes);
const word = fc.stringMatching(/^[a-z][a-z0-9]{0,7}$/);
/** Text as people write it, and worse; line ends as a file that was read has them. */
const prose = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        'Check ',
        '{{input}}',
        '{{lang}}',
        '{{{{',
        '---\n',
        '\n\n',
        '# Head\n',
        ': ',
        '- ',
        "'",
        '"',
        'é',
        '日本',
        '\t',
        '#',
        '{',
        '}}',
      ),
      fc
        .string({ maxLength: 8 })
        .map((each) => each.replaceAll(/[\r\u2028\u2029\u0085\p{Cc}\p{Cs}\uFEFF\uFFFE\uFFFF]/gu, ' ')),
    ),
    { minLength: 1, maxLength: 12 },
  )
  .map((parts) => `A${parts.join('')}z`);

describe('a skill', () => {
  let source: SharingFolder;
  let target: SharingFolder;
  beforeAll(async () => {
    source = await sharingFolder({
      'skills/own/notes/a.md': 'A',
      'skills/own/b.txt': 'B',
      'shared/c.md': 'C',
    });
    target = await sharingFolder();
  });

  const skills = fc.record(
    {
      kind: fc.constant('skill'),
      name: fc.oneof(word, fc.constantFrom('Code Review', 'ÄÖ', 'a--b')),
      instructions: prose,
      description: fc.oneof(prose, fc.constant('x'.repeat(1_500))),
      tags: fc.array(word, { maxLength: 3 }),
      files: fc.subarray(['b.txt', 'notes/a.md', './b.txt', '../../shared/c.md'], { minLength: 0 }),
      model: word,
      modelParameters: fc.record({
        temperature: fc.double({ min: 0, max: 2, noNaN: true }),
        seed: fc.integer(),
      }),
      messages: fc.array(fc.record({ role: fc.constantFrom('user', 'assistant'), content: prose }), {
        minLength: 1,
        maxLength: 3,
      }),
      variables: fc.constant({ lang: { default: 'go', description: 'which' } }),
      testData: fc.array(fc.record({ input: prose, expected: prose }), { maxLength: 3 }),
      evaluators: fc.constant([{ name: 'short', string: { contains: 'ok' } }]),
      metadata: fc.record({
        owner: word,
        'agent-skills': fc.constant({ license: 'MIT', metadata: { author: 'me' } }),
      }),
    },
    { requiredKeys: ['kind', 'name', 'instructions'] },
  );

  it('is the same after it was a SKILL.md folder', async () => {
    await fc.assert(
      fc.asyncProperty(skills, async (drawn) => {
        const text = createPromptFile(drawn as unknown as JsonObject);
        const file = await source.write('skills/own/own.prompt.yaml', text);
        const before = parsePromptFile(text, file).file as Skill | null;
        fc.pre(before !== null && before.instructions.trim() === before.instructions);
        const collected = await source.collect([file]);
        expect(collected.problems).toEqual([]);
        const folder = await source.toSkillFolder(collected);
        const out = await sharingFolder();
        for (const each of folder.files) await out.write(`${folder.name}/${each.path}`, each.bytes);
        const shown = path.join(out.folder, folder.name);
        const plan = await target.plan({ sources: [{ path: shown, shown }], into: null });
        expect(plan.problems).toEqual([]);
        const after = parsePromptFile(decode(plan.files[0]?.bytes), 'x').file as Skill;
        const inFolder = (each: string): string =>
          each.replace(/^\.\//, '').replace('../../shared', 'references');
        const description = before.description?.trim() === '' ? undefined : before.description;
        expect(after).toEqual({
          ...before,
          files: before.files.map((each) => (each.startsWith('./') ? each : inFolder(each))),
          ...(description === undefined && { description: after.description }),
        });
        expect(after.description).not.toBe('');
        const copied = plan.files
          .slice(1)
          .map(({ path: each, bytes }) => [each.split('/').slice(2).join('/'), decode(bytes)]);
        expect(Object.fromEntries(copied)).toMatchObject({ 'b.txt': 'B', 'notes/a.md': 'A' });
      }),
      { numRuns: 60 },
    );
  }, 60_000);

  it('of other agents is the same after it was one of ours', async () => {
    const headers = fc.record(
      {
        name: fc.stringMatching(/^[a-z0-9]{1,10}(-[a-z0-9]{1,10}){0,2}$/),
        description: prose.map((each) => each.trim()),
        license: word,
        compatibility: prose,
        'allowed-tools': fc.oneof(
          fc.constant('Bash(git:*) Read'),
          fc.array(word, { minLength: 1, maxLength: 3 }),
        ),
        metadata: fc.dictionary(word, word, { minKeys: 1, maxKeys: 3 }),
      },
      { requiredKeys: ['name', 'description'] },
    );
    await fc.assert(
      fc.asyncProperty(headers, prose, async (header, body) => {
        const from = await sharingFolder();
        const text = `---\n${createPromptFile(header)}---\n\n${body}\n`;
        await from.write(`${header.name}/SKILL.md`, text);
        await from.write(`${header.name}/references/x.md`, 'X');
        const into = await sharingFolder();
        const shown = path.join(from.folder, header.name);
        const plan = await into.plan({ sources: [{ path: shown, shown }], into: null });
        expect(plan.problems).toEqual([]);
        await into.apply(await into.decide(plan, new Map()));
        const skill = path.join(into.folder, `skills/${header.name}/${header.name}.prompt.yaml`);
        const { name, files } = await into.toSkillFolder(await into.collect([skill]));
        expect(name).toBe(header.name);
        expect(files.map((each) => each.path).sort()).toEqual(['SKILL.md', 'references/x.md']);
        const split = splitFrontMatter(decode(files[0]?.bytes));
        const { metadata, ...rest } = readYaml(split?.header ?? '').value as JsonObject;
        const details = without((metadata ?? {}) as JsonObject, 'promptly');
        expect({ ...rest, ...(Object.keys(details).length > 0 && { metadata: details }) }).toEqual(
          readYaml(splitFrontMatter(text)?.header ?? '').value,
        );
        expect(split?.body.trim()).toBe(body.trim());
      }),
      { numRuns: 60 },
    );
  }, 60_000);
});

describe('a package', () => {
  const contents = fc.dictionary(
    fc.stringMatching(/^[a-z]{1,4}(\/[a-zé日 ]{0,3}[a-z]){0,2}\.(md|txt|bin)$/),
    fc.uint8Array({ maxLength: 300 }),
    { minKeys: 1, maxKeys: 8 },
  );

  it('brings back every byte, and the same files make the same package', async () => {
    await fc.assert(
      fc.asyncProperty(contents, async (drawn) => {
        const names = Object.keys(drawn).sort();
        const text = createPromptFile({ kind: 'skill', name: 'all', instructions: 'Do.', files: names });
        const from = await sharingFolder({ ...drawn, 'all.prompt.yaml': text });
        const collected = await from.collect([path.join(from.folder, 'all.prompt.yaml')]);
        expect(collected.problems).toEqual([]);
        const one = from.pack(collected, 'all', 0);
        const other = from.pack({ ...collected, files: collected.files.toReversed() }, 'all', 999);
        expect(Buffer.from(other.bytes).equals(Buffer.from(one.bytes))).toBe(true);
        const into = await sharingFolder();
        const shown = await from.write('all.promptly.zip', one.bytes);
        const plan = await into.plan({ sources: [{ path: shown, shown }], into: 'vendor' });
        expect(plan.problems).toEqual([]);
        await into.apply(await into.decide(plan, new Map()));
        const again = await into.plan({ sources: [{ path: shown, shown }], into: 'vendor' });
        expect(again.files.map(({ state }) => state)).toEqual(again.files.map(() => 'same'));
        expect(again.files.map(({ path: each }) => each).sort()).toEqual(
          [...names, 'all.prompt.yaml'].map((each) => `vendor/${each}`).sort(),
        );
      }),
      { numRuns: 40 },
    );
  }, 60_000);
});
