import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRedact } from '../../../../src/adapters/backends/redaction.ts';
import type { ModelRequest } from '../../../../src/core/domain/chat.ts';

const request = (content: string): ModelRequest => ({
  model: 'm',
  messages: [{ role: 'user', content }],
  parameters: {},
  responseFormat: { type: 'text' },
  variables: {},
});

describe('redaction', () => {
  it('takes out the key, the prompt, its lines, and both as JSON', () => {
    const redact = createRedact(['s3cret"key'], request('first line of it\nsecond "quoted" line'));
    expect(redact('bad s3cret"key for first line of it')).toBe('bad [key] for [prompt text]');
    expect(redact('input: "second \\"quoted\\" line"')).toBe('input: "[prompt text]"');
    expect(redact('Bearer abc.def-123 and sk-proj-1234567890')).toBe('Bearer [key] and [key]');
  });

  it('is one short line', () => {
    expect(createRedact([], null)('a\n\n  b')).toBe('a b');
    expect(createRedact([], null)('x'.repeat(5000)).length).toBeLessThan(500);
  });

  it('never lets a key through, wherever it stands', () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 8, maxLength: 60 }).filter((key) => key.trim() === key && !/\s/.test(key)),
        fc.string(),
        fc.string(),
        (key, before, after) => {
          const text = createRedact([key], null)(`${before}${key}${after}`);
          if (!'[key]'.includes(key)) expect(text).not.toContain(key);
        },
      ),
    );
  });
});
