import { describe, expect, test } from 'vitest';
import { type CheckCode, CODES } from '../../src/codes.js';
import type { VerifiedPassport } from '../../src/verify/verified-passport.js';
import { verifyPassport } from '../../src/verify/verify-passport.js';
import { BYTE_CASES } from './cases/bytes.js';
import type { Case, Cases } from './cases/case.js';
import { LINK_CASES } from './cases/links.js';
import { MANIFEST_CASES } from './cases/manifests.js';
import { CHAIN_CASES, PROOF_CASES } from './cases/proofs.js';
import { RECORD_CASES } from './cases/records.js';
import { SIGNER_CASES } from './cases/signers.js';
import { AT } from './story.js';

const CASES: Cases = {
  ...BYTE_CASES,
  ...RECORD_CASES,
  ...LINK_CASES,
  ...SIGNER_CASES,
  ...PROOF_CASES,
  ...CHAIN_CASES,
  ...MANIFEST_CASES,
};

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

/** Codes that this verifier does not say about a passport, each for its reason. */
const ELSEWHERE: Partial<Record<CheckCode, string>> = {
  'merge.item': 'a merge takes several files',
  'trust.malformed': 'reading the trust file refuses it',
  'token.malformed': 'tokens are not read yet',
  'token.untrusted': 'tokens are not read yet',
  'token.imprint': 'tokens are not read yet',
  'media.reused': 'a ledger sees several items',
  'media.absent': 'files beside the passport are compared by their holder',
  'media.mismatch': 'files beside the passport are compared by their holder',
};

test('every code has a case or a reason to have none', () => {
  const without = (Object.keys(CODES) as CheckCode[]).filter(
    (code) => CASES[code] === undefined && ELSEWHERE[code] === undefined,
  );
  expect(without).toEqual([]);
});
