import { describe, expect, test } from 'vitest';
import { type CheckCode, CODES } from '../../src/codes.js';
import type { VerifiedPassport } from '../../src/verify/verified-passport.js';
import { verifyPassport } from '../../src/verify/verify-passport.js';
import { CASES, ELSEWHERE } from './cases/all-cases.js';
import type { Case } from './cases/case.js';
import { AT } from './story.js';

async function verify({ make }: Case): Promise<VerifiedPassport> {
  const { bytes, story, trust, at, options } = await make();
  return verifyPassport(bytes, {
    trust: trust === undefined ? (story?.trust() ?? null) : trust,
    at: at ?? AT,
    ...options,
  });
}

const list = (cases: Case | readonly Case[]): readonly Case[] =>
  Array.isArray(cases) ? cases : [cases as Case];

describe.each(Object.entries(CASES))('%s', (code, cases) => {
  test.each(list(cases).map((one, index) => [index, one] as const))('case %i', async (_, one) => {
    const passport = await verify(one);
    const lowering = passport.diagnostics.filter(
      ({ severity }) => severity === 'failure' || severity === 'indeterminate',
    );
    expect([...new Set(lowering.map((found) => found.code))].sort()).toEqual(one.lowering);
    expect(passport.verdict).toBe(one.verdict);
    expect(passport.counts[code]).toBeGreaterThan(0);
    const found = passport.diagnostics.find((each) => each.code === (code as CheckCode))!;
    expect([found.axis, found.severity]).toEqual([
      CODES[code as CheckCode].axis,
      CODES[code as CheckCode].severity,
    ]);
  });
});

test('every code has a case or a reason to have none', () => {
  const without = (Object.keys(CODES) as CheckCode[]).filter(
    (code) => CASES[code] === undefined && ELSEWHERE[code] === undefined,
  );
  expect(without).toEqual([]);
});
