import { describe, expect, test } from 'vitest';
import { concatBytes } from '../../src/codec/hex.js';
import { signCredential } from '../../src/credential/credential.js';
import { encodeSign1, isSign1Fault, splitSign1 } from '../../src/crypto/cose-sign1.js';
import { sha256, sha256Hex } from '../../src/crypto/hash.js';
import { type ElementMember, looseElement } from '../../src/passport/element.js';
import { gatherPassport, type Passport } from '../../src/passport/passport.js';
import { checkSignatures, SignatureCache } from '../../src/passport/signatures.js';
import { Hand, ITEM } from './hand.js';

/** Records (1), keys (2) and credentials (3). */
function passportOf(members: Partial<Record<ElementMember, readonly Uint8Array[]>>): Passport {
  const elements = Object.entries(members).flatMap(([member, list]) =>
    list.map((bytes) => looseElement(Number(member) as ElementMember, bytes)),
  );
  return gatherPassport(ITEM, elements);
}

/** The record with another signature. */
function resigned(record: Uint8Array, change: (signature: Uint8Array) => Uint8Array): Uint8Array {
  const parts = splitSign1(record);
  if (isSign1Fault(parts)) throw new Error(parts.code);
  return encodeSign1(parts.protected, parts.payload, change(parts.signature.slice()));
}

async function outcome(passport: Passport, oneThread = false): Promise<unknown> {
  const results = await checkSignatures(passport, { oneThread });
  return {
    records: [...results.records.values()],
    credentials: [...results.credentials.values()],
    codes: results.diagnostics.kept.map(({ code }) => code),
    failures: [...results.failures.values()],
  };
}

const seller = new Hand('seller');
const buyer = new Hand('buyer');
const ORDER_L = Uint8Array.from(
  Buffer.from('edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010', 'hex'),
);
/** COSE_Key of a type from the future; its kid is the hash of its bytes as given. */
const FUTURE_KEY = Uint8Array.of(0xa2, 0x01, 0x18, 0x63, 0x20, 0x01);

describe.each([
  ['on the thread pool', false],
  ['on one thread', true],
])('checkSignatures %s', (_, oneThread) => {
  test('verifies records and credentials', async () => {
    const record = await seller.say(ITEM, 'one');
    const credential = await buyer.credentialFor(seller);
    const passport = passportOf({ 1: [record.record], 2: [seller.key, buyer.key], 3: [credential] });
    expect(await outcome(passport, oneThread)).toEqual({
      records: ['verified'],
      credentials: ['verified'],
      codes: [],
      failures: [],
    });
  });

  test.each<[string, (signature: Uint8Array) => Uint8Array, string]>([
    ['a short signature', (signature) => signature.subarray(0, 63), 'sig.length'],
    ['no signature', () => new Uint8Array(), 'sig.length'],
    ['64 zero bytes', () => new Uint8Array(64), 'sig.r-point'],
    ['S = L', (signature) => concatBytes(signature.subarray(0, 32), ORDER_L), 'sig.s-range'],
    [
      'R of small order',
      (signature) => concatBytes(Uint8Array.of(1), new Uint8Array(31), signature.subarray(32)),
      'sig.r-point',
    ],
    [
      'a changed S',
      (signature) => signature.map((byte, index) => (index === 40 ? byte ^ 1 : byte)),
      'sig.invalid',
    ],
  ])('tells %s', async (_name, change, code) => {
    const record = await seller.say(ITEM, 'one');
    const bad = resigned(record.record, change);
    expect(await outcome(passportOf({ 1: [bad], 2: [seller.key] }), oneThread)).toEqual({
      records: ['failed'],
      credentials: [],
      codes: [code],
      failures: [code],
    });
  });

  test('tells an absent key from a malformed one', async () => {
    const record = await seller.say(ITEM, 'one');
    expect(await outcome(passportOf({ 1: [record.record] }), oneThread)).toMatchObject({
      codes: ['key.absent'],
    });
    const smallOrder = concatBytes(seller.key.subarray(0, 8), Uint8Array.of(1), new Uint8Array(31));
    const kid = sha256(smallOrder);
    const forged = resigned(record.record, (signature) => signature);
    const at = Buffer.from(forged).indexOf(Buffer.from(seller.kid, 'hex'));
    forged.set(kid, at);
    const passport = passportOf({ 1: [forged], 2: [smallOrder] });
    expect(passport.diagnostics.kept.map(({ code }) => code)).toEqual(['key.malformed']);
    // Self-bound under another kid's name: the header is sound, the key is none.
    expect(await outcome(passport, oneThread)).toMatchObject({
      codes: ['key.malformed'],
      failures: ['key.malformed'],
    });
  });

  test('a key fixes its one algorithm', async () => {
    const record = await seller.say(ITEM, 'one');
    const at = Buffer.from(record.record).indexOf(Buffer.from([0x01, 0x32, 0x03]));
    const other = record.record.slice();
    other[at + 1] = 0x28;
    expect(await outcome(passportOf({ 1: [other], 2: [seller.key] }), oneThread)).toMatchObject({
      codes: ['alg.key-mismatch'],
    });
  });

  test('a key type of the future leaves the record unchecked', async () => {
    const record = await seller.say(ITEM, 'one');
    const other = record.record.slice();
    other.set(sha256(FUTURE_KEY), Buffer.from(other).indexOf(Buffer.from(seller.kid, 'hex')));
    expect(await outcome(passportOf({ 1: [other], 2: [FUTURE_KEY] }), oneThread)).toEqual({
      records: ['unchecked'],
      credentials: [],
      codes: ['record.unsupported'],
      failures: [],
    });
  });

  test('credentials have their own codes', async () => {
    const credential = await buyer.credentialFor(seller);
    const bad = resigned(credential, (signature) =>
      signature.map((byte, index) => (index === 40 ? byte ^ 1 : byte)),
    );
    expect(await outcome(passportOf({ 3: [credential] }), oneThread)).toMatchObject({
      credentials: ['failed'],
      codes: ['credential.issuer-absent'],
    });
    expect(await outcome(passportOf({ 2: [buyer.key], 3: [bad] }), oneThread)).toMatchObject({
      credentials: ['failed'],
      codes: ['credential.sig-invalid'],
    });
  });
});

describe('the cache of signatures', () => {
  test('is keyed by all bytes and written on success only', async () => {
    const cache = new SignatureCache();
    const record = await seller.say(ITEM, 'cached');
    const bad = resigned(record.record, (signature) =>
      signature.map((byte, index) => (index === 40 ? byte ^ 1 : byte)),
    );
    const both = passportOf({ 1: [bad], 2: [seller.key] });
    expect([...(await checkSignatures(both, { cache })).records.values()]).toEqual(['failed']);
    expect(cache.size).toBe(0);
    await checkSignatures(passportOf({ 1: [record.record], 2: [seller.key] }), { cache });
    expect(cache.size).toBe(1);
    expect([...(await checkSignatures(both, { cache })).records.values()]).toEqual(['failed']);
    expect(cache.size).toBe(1);
  });

  test('spares the equation, and never the checks before it', async () => {
    const cache = new SignatureCache();
    const record = await seller.say(ITEM, 'cached');
    const wrong = resigned(record.record, (signature) =>
      signature.map((byte, index) => (index === 40 ? byte ^ 1 : byte)),
    );
    const short = resigned(record.record, (signature) => signature.subarray(1));
    for (const bytes of [wrong, short]) cache.addVerified(sha256Hex(bytes));
    const passport = passportOf({ 1: [wrong, short], 2: [seller.key] });
    const { records, diagnostics } = await checkSignatures(passport, { cache });
    expect([...records.values()]).toEqual(['verified', 'failed']);
    expect(diagnostics.kept.map(({ code }) => code)).toEqual(['sig.length']);
  });

  test('does not stand in for the key', async () => {
    const cache = new SignatureCache();
    const record = await seller.say(ITEM, 'cached');
    await checkSignatures(passportOf({ 1: [record.record], 2: [seller.key] }), { cache });
    const [state] = (await checkSignatures(passportOf({ 1: [record.record] }), { cache })).records.values();
    expect(state).toBe('failed');
  });
});

test('a credential is no record and a record no credential', async () => {
  const record = await seller.say(ITEM, 'one');
  const credential = await signCredential(buyer.signer, {
    party: seller.iss,
    key: seller.kid,
    roles: ['seller'],
    from: 0,
    until: 1,
  });
  const swapped = passportOf({ 1: [credential], 2: [seller.key, buyer.key], 3: [record.record] });
  expect(swapped.diagnostics.kept.map(({ code }) => code).sort()).toEqual([
    'credential.header',
    'record.typ',
  ]);
  expect(swapped.unreadable.map(({ element }) => element.member)).toEqual([1, 3]);
});
