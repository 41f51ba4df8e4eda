import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { applicationIdentifier } from '../../src/subject/application-identifiers.js';
import { type AiElement, parseDigitalLink } from '../../src/subject/digital-link.js';

interface Vector {
  readonly ok: boolean;
  readonly uri: string;
  /** Element string; `^` is the separator FNC1. */
  readonly ai: string;
  readonly flags: Readonly<Record<string, boolean>>;
}

const VECTORS = JSON.parse(
  readFileSync('fixtures/vectors/gs1/dl-parse-vectors.json', 'utf8'),
) as readonly Vector[];

/** The same elements as a bar code would carry them. */
function elementString(elements: readonly AiElement[]): string {
  let text = '';
  let separate = true;
  for (const { ai, value } of elements) {
    text += `${separate ? '^' : ''}${ai}${value}`;
    separate = applicationIdentifier(ai)?.predefinedLength !== true;
  }
  return text;
}

const plain = VECTORS.filter(({ flags }) => Object.keys(flags).length === 0);
const shortGtin = VECTORS.filter(
  ({ flags }) => Object.keys(flags).join() === 'PermitZeroSuppressedGTINinDLuris',
);
const others = VECTORS.filter((vector) => !plain.includes(vector) && !shortGtin.includes(vector));

test('the vectors are all there', () => {
  expect([VECTORS.length, plain.length, shortGtin.length, others.length]).toEqual([118, 100, 11, 7]);
});

describe('vectors of the GS1 syntax engine', () => {
  test.each(plain)('$uri', ({ ok, uri, ai }) => {
    const link = parseDigitalLink(uri);
    expect(link.ok ? elementString(link.elements) : '').toBe(ai);
    expect(link.ok).toBe(ok);
  });

  test.each(shortGtin)('with short GTINs: $uri', ({ ok, uri, ai }) => {
    const link = parseDigitalLink(uri, { shortGtin: true });
    expect(link.ok ? elementString(link.elements) : '').toBe(ai);
    expect(link.ok).toBe(ok);
    expect(parseDigitalLink(uri).ok).toBe(uri.includes('/01/0952') || uri.includes('=0952'));
  });

  // The other seven ask for words in place of numbers (`/gtin/…`) or for identifiers outside the dictionary, which the
  // engine allows by an option only. Both would let two spellings name one thing; here both are refused always.
  test.each(others)('refused: $uri', ({ uri }) => {
    expect(parseDigitalLink(uri).ok).toBe(false);
  });
});

describe('the table of identifiers', () => {
  const lines = readFileSync('fixtures/vectors/gs1/gs1-syntax-dictionary.txt', 'utf8')
    .split('\n')
    .filter((line) => /^[0-9]/.test(line))
    .map((line) => line.split('#')[0]!.trim());

  test('has a row for each line of the dictionary', () => {
    expect(lines).toHaveLength(224);
  });

  test.each(lines)('%s', (line) => {
    const [ais = '', ...rest] = line.split(/\s+/);
    const [first = '', last = first] = ais.split('-');
    const flags = /^[*?!]/.test(rest[0] ?? '') ? (rest.shift() ?? '') : '';
    const components = rest.filter((word) => /^\[?[NXYZ](\.\.)?\d/.test(word));
    const key = rest.find((word) => /^dlpkey/.test(word));
    for (let ai = Number(first); ai <= Number(last); ai += 1) {
      const identifier = applicationIdentifier(String(ai).padStart(first.length, '0'));
      expect(identifier?.predefinedLength).toBe(flags.includes('*'));
      expect(identifier?.attribute).toBe(flags.includes('?'));
      expect(identifier?.qualifiers?.map((sequence) => sequence.join()).join('|') ?? null).toBe(
        key === undefined ? null : key.replace(/^dlpkey=?/, ''),
      );
      expect(
        identifier?.components.map(({ kind, min, max, optional, checkDigit }) => {
          const size = min === max ? `${kind}${max}` : `${kind}..${max}`;
          return `${optional ? `[${size}]` : size}${checkDigit ? ',csum' : ''}`;
        }),
      ).toEqual(components.map((word) => word.replace(/,.*/, '') + (/,csum(,|$)/.test(word) ? ',csum' : '')));
    }
  });

  test('no identifier begins another', () => {
    const known: string[] = [];
    for (let number = 0; number < 10_000; number += 1) {
      for (const width of [2, 3, 4]) {
        const ai = String(number).padStart(width, '0');
        if (ai.length === width && applicationIdentifier(ai) !== undefined) known.push(ai);
      }
    }
    const unique = new Set(known);
    for (const ai of unique) {
      for (let length = 2; length < ai.length; length += 1)
        expect(unique.has(ai.slice(0, length))).toBe(false);
    }
    expect(applicationIdentifier('__proto__')).toBeUndefined();
  });
});
