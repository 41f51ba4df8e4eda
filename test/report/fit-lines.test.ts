import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lineColumns } from '../../src/report/columns.js';
import { fitLines } from '../../src/report/fit-lines.js';
import { type Segment, type StyledLine, styled } from '../../src/report/styled-line.js';

const text = (lines: readonly StyledLine[]): string[] =>
  lines.map((line) =>
    line.map((one) => (typeof one === 'string' ? one : 'mark' in one ? '*' : one.text)).join(''),
  );
const fitted = (line: StyledLine, width: number): string[] => text(fitLines([line], width));

describe('fitLines', () => {
  test('a line that fits is left alone', () => {
    const line = [styled('strong', 'a'), '   ', 'b'];
    expect(fitLines([line], 5)).toEqual([line]);
  });

  test('the gap before a part at the right edge gives way first', () => {
    expect(fitted(['0123456789', '     ', 'name'], 18)).toEqual(['0123456789    name']);
    expect(fitted(['0123456789', '     ', 'name'], 16)).toEqual(['0123456789  name']);
  });

  test('gaps that keep columns in line stay', () => {
    expect(fitted(['a      ', '0123456789 0123456789 x'], 28)).toEqual([
      'a      0123456789 0123456789',
      '       x',
    ]);
  });

  test('what follows a break stands under where the text began', () => {
    expect(fitted(['    ', 'written  ', 'one two three four'], 26)).toEqual([
      '    written  one two three',
      '             four',
    ]);
    expect(fitted(['  one two three'], 10)).toEqual(['  one two', '    three']);
  });

  test('a word longer than a line is cut, also one of wide characters', () => {
    expect(fitted(['x'.repeat(25)], 10)).toEqual(['xxxxxxxx', '  xxxxxxxx', '  xxxxxxxx', '  x']);
    expect(fitted(['瓷'.repeat(9)], 10)).toEqual(['瓷瓷瓷瓷', '  瓷瓷瓷瓷', '  瓷']);
  });

  test('styles and marks go along', () => {
    const lines = fitLines([[{ mark: 'failed' }, ' ', styled('bad', 'aaaa bbbb')]], 8);
    expect(lines.flat()).toContainEqual(styled('bad', 'bbbb'));
    expect(lines[0]).toContainEqual({ mark: 'failed' });
  });

  test('nothing is wider than it may be, and nothing but blanks is lost', () => {
    const segment = fc.oneof(
      fc.string({ unit: fc.constantFrom('a', 'b', ' ', '  ', '中', 'é', '-'), maxLength: 60 }),
      fc.constant<Segment>({ mark: 'passed' }),
      fc.string({ maxLength: 30, unit: fc.constantFrom('x', ' ', '文') }).map((one) => styled('faint', one)),
    );
    fc.assert(
      fc.property(fc.array(segment, { maxLength: 6 }), fc.integer({ min: 8, max: 90 }), (line, width) => {
        const lines = fitLines([line], width);
        for (const one of lines) expect(lineColumns(one)).toBeLessThanOrEqual(Math.max(width, 0));
        const squeeze = (all: readonly StyledLine[]): string => text(all).join('').replaceAll(' ', '');
        expect(squeeze(lines)).toBe(squeeze([line]));
      }),
    );
  });
});
