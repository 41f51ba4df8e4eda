import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { verifyPassport } from '../../src/verify/verify-passport.js';
import { CASES } from './cases/all-cases.js';
import type { Case } from './cases/case.js';
import { AT } from './story.js';
import { told } from './told.js';

const FILE = new URL('../../fixtures/verify-answers/answers.txt', import.meta.url);
/** A phone signs with fresh randomness: no two runs make the same file. */
const RANDOM = ['sig.high-s', 'record.twin'];

// Every defect of the case book with the whole answer, not only the code that the case is about. After an intended
// change: WRITE_ANSWERS=1 npx vitest run test/verify/whole-answers.test.ts, and read the difference.
const writing = process.env.WRITE_ANSWERS === '1';
const expected = new Map(
  (writing ? '' : readFileSync(FILE, 'utf8'))
    .split('\n\n## ')
    .map((part) => [part.slice(0, part.indexOf('\n')), part.slice(part.indexOf('\n') + 1).trimEnd()]),
);
const found: string[] = [];

describe('the whole answer', () => {
  const named = Object.entries(CASES)
    .filter(([code]) => !RANDOM.includes(code))
    .flatMap(([code, cases]) =>
      (Array.isArray(cases) ? (cases as readonly Case[]) : [cases as Case]).map(
        (one, index): [string, Case] => [`${code} ${index}`, one],
      ),
    );
  test.each(named)('%s', async (name, { make }) => {
    const { bytes, story, trust, at, options } = await make();
    const passport = await verifyPassport(bytes, {
      trust: trust === undefined ? (story?.trust() ?? null) : trust,
      at: at ?? AT,
      ...options,
    });
    const answer = told(passport);
    if (writing) found.push(`## ${name}\n${answer}`);
    else expect(answer).toBe(expected.get(name));
  });

  test('is written down for every case', () => {
    if (writing) writeFileSync(FILE, `Generated; see whole-answers.test.ts\n\n${found.join('\n\n')}\n`);
    else expect([...expected.keys()].slice(1)).toEqual(named.map(([name]) => name));
  });
});
