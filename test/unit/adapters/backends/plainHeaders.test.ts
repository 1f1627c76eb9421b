import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PlainHeaders } from '../../../../src/adapters/backends/plainHeaders.ts';

const name = fc.constantFrom('Accept', 'accept', 'X-One', 'x-one', 'authorization', 'x-two');
const value = fc.string({ unit: fc.constantFrom('a', 'B', '1', ' ', '\t', ',', 'é'), maxLength: 6 });
const step = fc.oneof(
  fc.tuple(fc.constantFrom('append' as const, 'set' as const), name, value),
  fc.tuple(fc.constant('delete' as const), name, fc.constant('')),
);

function apply(headers: Headers | PlainHeaders, steps: readonly [string, string, string][]): unknown {
  for (const [kind, key, text] of steps) {
    if (kind === 'append') headers.append(key, text);
    else if (kind === 'set') headers.set(key, text);
    else headers.delete(key);
  }
  const each: [string, string][] = [];
  headers.forEach((text, key) => each.push([key, text]));
  return {
    each,
    all: [...headers],
    entries: [...headers.entries()],
    keys: [...headers.keys()],
    values: [...headers.values()],
    got: ['Accept', 'X-ONE', 'missing'].map((key) => [headers.get(key), headers.has(key)]),
  };
}

test('does what the headers of fetch do', () => {
  fc.assert(
    fc.property(fc.array(step), fc.dictionary(name, value), (steps, first) => {
      expect(apply(new PlainHeaders(first), steps)).toEqual(apply(new Headers(first), steps));
      const pairs = Object.entries(first);
      expect([...new PlainHeaders(pairs)]).toEqual([...new Headers(pairs)]);
      expect([...new PlainHeaders(new PlainHeaders(first))]).toEqual([...new Headers(new Headers(first))]);
    }),
  );
});

test.each(['two\nlines', 'snow ☃', 'nul \0'])(
  'refuses %j, which no header can carry, without quoting it',
  (text) => {
    expect(() => new Headers({ authorization: text })).toThrow();
    expect(() => new PlainHeaders({ authorization: text })).toThrow(/authorization cannot be sent/);
  },
);
