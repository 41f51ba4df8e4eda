import type { CheckCode } from '../../../src/codes.js';
import { BYTE_CASES } from './bytes.js';
import type { Cases } from './case.js';
import { LINK_CASES } from './links.js';
import { MANIFEST_CASES } from './manifests.js';
import { CHAIN_CASES, PROOF_CASES } from './proofs.js';
import { RECORD_CASES } from './records.js';
import { SIGNER_CASES } from './signers.js';

/** By code, files that really have the defect. */
export const CASES: Cases = {
  ...BYTE_CASES,
  ...RECORD_CASES,
  ...LINK_CASES,
  ...SIGNER_CASES,
  ...PROOF_CASES,
  ...CHAIN_CASES,
  ...MANIFEST_CASES,
};

/** Codes that this verifier does not say about a passport, each for its reason. */
export const ELSEWHERE: Partial<Record<CheckCode, string>> = {
  'merge.item': 'a merge takes several files',
  'trust.malformed': 'reading the trust file refuses it',
  'token.malformed': 'tokens are not read yet',
  'token.untrusted': 'tokens are not read yet',
  'token.imprint': 'tokens are not read yet',
  'media.reused': 'a ledger sees several items',
  'media.absent': 'files beside the passport are compared by their holder',
  'media.mismatch': 'files beside the passport are compared by their holder',
};
