import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { VerifiedPassport } from '../../src/verify/verified-passport.js';
import { verifyPassport } from '../../src/verify/verify-passport.js';
import { makeVerifyReport } from '../../src/verify/verify-report.js';
import { CASES } from './cases/all-cases.js';
import type { Case } from './cases/case.js';
import { FURTHER } from './cases/further.js';
import { AT } from './story.js';
import { told } from './told.js';

const FILE = new URL('../../fixtures/verify-answers/answers.txt', import.meta.url);
const REPORTS = new URL('../../fixtures/verify-answers/reports.json', import.meta.url);
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

async function verify(make: Case['make']): Promise<VerifiedPassport> {
  const { bytes, story, trust, at, options } = await make();
  return verifyPassport(bytes, {
    trust: trust === undefined ? (story?.trust() ?? null) : trust,
    at: at ?? AT,
    ...options,
  });
}

describe('the whole report', () => {
  const named: [string, Case['make']][] = [
    ['the sample', FURTHER['the sample']!],
    ['faults with path, index, detail and without', (CASES['link.ref-not-seen'] as Case).make],
    ['no trust file', (CASES['trust.none'] as Case).make],
    ['not readable', (CASES['passport.too-large'] as Case).make],
    ['a bug', (CASES.internal as Case).make],
  ];
  test.each(named)('%s', async (name, make) => {
    const report = makeVerifyReport(await verify(make), { version: '1.2.3' });
    const reports = writing && !existsSync(REPORTS) ? {} : JSON.parse(readFileSync(REPORTS, 'utf8'));
    if (writing) writeFileSync(REPORTS, `${JSON.stringify({ ...reports, [name]: report }, null, 1)}\n`);
    else expect(report).toStrictEqual(reports[name]);
  });
});

describe('the whole answer', () => {
  const named = Object.entries(CASES)
    .filter(([code]) => !RANDOM.includes(code))
    .flatMap(([code, cases]) =>
      (Array.isArray(cases) ? (cases as readonly Case[]) : [cases as Case]).map(
        (one, index): [string, Case['make']] => [`${code} ${index}`, one.make],
      ),
    );
  named.push(...Object.entries(FURTHER));
  test.each(named)('%s', async (name, make) => {
    const answer = told(await verify(make));
    if (writing) found.push(`## ${name}\n${answer}`);
    else expect(answer).toBe(expected.get(name));
  });

  test('is written down for every case', () => {
    if (writing) writeFileSync(FILE, `Generated; see whole-answers.test.ts\n\n${found.join('\n\n')}\n`);
    else expect([...expected.keys()].slice(1)).toEqual(named.map(([name]) => name));
  });
});
