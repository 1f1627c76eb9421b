import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRepetitionGuard } from '../../../../../src/adapters/backends/builtin/repetitionGuard.ts';

/** What a reader gets of a text that arrives in pieces. */
function shown(pieces: readonly string[]): { text: string; repeats: boolean } {
  const guard = createRepetitionGuard();
  const text = pieces.map((piece) => guard.add(piece)).join('') + guard.rest();
  return { text, repeats: guard.repeats };
}

describe('the repetition guard', () => {
  it('ends a text where a sentence comes again, and shows nothing of the second', () => {
    const once = 'The lake was cold in November. ';
    expect(shown([once, once.repeat(20)])).toEqual({ text: once, repeats: true });
  });

  it('ends a text where a paragraph comes again', () => {
    const paragraph = 'The lake was very cold in winter, and hot in summer\n\n';
    expect(shown([paragraph, paragraph])).toEqual({ text: `${paragraph.trim()}\n`, repeats: true });
  });

  it('lets sentences that begin alike through, the held part as soon as they part ways', () => {
    const guard = createRepetitionGuard();
    expect(guard.add('The club plants trees. ')).toBe('The club plants trees. ');
    expect(guard.add('The club ')).toBe('');
    expect(guard.add('pays')).toBe('The club pays');
    expect(guard.repeats).toBe(false);
  });

  it('minds neither brackets nor short lines', () => {
    const code = 'if (a) {\n  b();\n}\nif (c) {\n  b();\n}\n';
    expect(shown(code.match(/[^]/gu) ?? [])).toEqual({ text: code, repeats: false });
  });

  it('shows a beginning of what it wrote, whatever the pieces; all of it when nothing repeats', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 30 })), (pieces) => {
        const { text, repeats } = shown(pieces);
        const whole = pieces.join('');
        expect(repeats ? whole.startsWith(text) : whole === text).toBe(true);
      }),
    );
  });
});
