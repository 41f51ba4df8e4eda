import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { type CborKey, type CborValue, encodeCbor } from '../../src/codec/cbor.js';
import { concatBytes, fromHex } from '../../src/codec/hex.js';
import { assembleCredential } from '../../src/credential/credential.js';
import { readCoseKey } from '../../src/crypto/cose-key.js';
import { sigStructure } from '../../src/crypto/cose-sign1.js';
import { ed25519Signer, type Signer } from '../../src/crypto/signer.js';
import { deriveFacts } from '../../src/facts/derive-facts.js';
import { phoneSigner } from '../verify/cases/records.js';
import { Actor, flipped, ITEM, idOf, seedOf } from '../verify/story.js';
import {
  answer,
  headerMap,
  partsOf,
  sealed,
  secondRecord,
  sellerStory,
  statementMap,
  withSignature,
} from './forge.js';
import { troubles, verdictOn } from './verdict.js';

const SCOPE = (...parties: readonly string[]) => ({
  parties,
  goods: [{ unit: 'set', sub: ITEM }],
  sellers: [],
});

describe('algorithms', () => {
  test('cose-alg-confusion: a known key has one algorithm, and another is a failure, never another way to verify', async () => {
    for (const alg of [5, 6, -7, -8, -9, 0, -35, -37, -257, 19]) {
      const { story } = await secondRecord([[1, alg]]);
      expect([alg, ...(await answer(story))]).toEqual([alg, 'TOTAL-FAILED', ['alg.key-mismatch']]);
    }
    for (const alg of [
      'none',
      'EdDSA',
      'Ed25519',
      null,
      true,
      2n ** 60n,
      fromHex('32'),
      undefined,
    ] as const) {
      const { story } = await secondRecord([[1, alg]]);
      expect([alg, ...(await answer(story))]).toEqual([alg, 'TOTAL-FAILED', ['record.alg']]);
    }
    // The public key as a key for HMAC: CVE-2015-9235.
    for (const length of [32, 64]) {
      const { actor } = await sellerStory();
      const { x } = readCoseKey(actor.signer.coseKey) as { x: Uint8Array };
      const mac = await secondRecord([[1, length === 32 ? 5 : 7]], (record) => {
        const parts = partsOf(record);
        const toBeMaced = sigStructure(parts.protected, parts.payload);
        return withSignature(
          record,
          () =>
            new Uint8Array(
              createHmac(length === 32 ? 'sha256' : 'sha512', x)
                .update(toBeMaced)
                .digest(),
            ),
        );
      });
      expect(await answer(mac.story)).toEqual(['TOTAL-FAILED', ['alg.key-mismatch']]);
    }
  });

  test('cose-alg-confusion: nor does a phone’s key take another, nor a credential', async () => {
    for (const alg of [-19, -7, -8, -47]) {
      const { story } = await sellerStory();
      const phone = new Actor('phone company', undefined, phoneSigner());
      await story.vouch(phone, ['seller']);
      story.keys.add(phone.signer);
      story.records.push(await sealed(phone.signer, headerMap(phone, [[1, alg]]), statementMap()));
      expect([alg, ...(await answer(story))]).toEqual([
        alg,
        'TOTAL-FAILED',
        ['alg.key-mismatch', 'passport.unreferenced'],
      ]);
    }
    const { story, actor } = await sellerStory();
    const content = new Map<CborKey, CborValue>([
      ['party', actor.iss],
      ['key', fromHex(actor.kid)],
      ['roles', ['seller']],
      ['from', 0],
      ['until', 1],
    ]);
    const forged = async (alg: CborValue): Promise<string[]> => {
      const bytes = await assembleCredential(story.authority.signer, content, new Map([[1, alg]]));
      return troubles(
        await verdictOn(story, { bytes: story.file({ credentials: [...story.credentials, bytes] }) }),
      );
    };
    expect(await forged(-9)).toEqual(['alg.key-mismatch']);
    for (const alg of [5, -8, 0, 'none', null]) expect(await forged(alg)).toEqual(['credential.header']);
    // Only where the key's type itself is unknown can nobody say.
    const coseKey = encodeCbor(
      new Map<CborKey, CborValue>([
        [1, 7],
        [-1, new Uint8Array(32)],
      ]),
    );
    const future: Signer = { ...ed25519Signer(seedOf('future')), coseKey, kid: idOf(coseKey) };
    const stranger = new Actor('future', undefined, future);
    story.keys.add(future);
    story.records.push(await sealed(future, headerMap(stranger, [[1, -50]]), statementMap()));
    const passport = await verdictOn(story);
    expect([passport.verdict, troubles(passport)]).toEqual(['TOTAL-PASSED', ['record.unsupported']]);
    expect(passport.records.map(({ state, standing }) => `${state} ${standing}`).sort()).toEqual([
      'trusted full',
      'unchecked none',
    ]);
  });

  test('cose-alg-none-empty-signature: 64 bytes exactly, and zeros are none', async () => {
    const lengths: [number, string][] = [
      [0, 'sig.length'],
      [1, 'sig.length'],
      [32, 'sig.length'],
      [63, 'sig.length'],
      [65, 'sig.length'],
      [128, 'sig.length'],
    ];
    for (const [length, code] of lengths) {
      const cut = await secondRecord([], (record) =>
        withSignature(record, (signature) => concatBytes(signature, signature).slice(0, length)),
      );
      expect([length, ...(await answer(cut.story))]).toEqual([length, 'TOTAL-FAILED', [code]]);
    }
    const zero = await secondRecord([], (record) => withSignature(record, () => new Uint8Array(64)));
    expect(await answer(zero.story)).toEqual(['TOTAL-FAILED', ['sig.r-point']]);
    const noR = await secondRecord([], (record) =>
      withSignature(record, (signature) => concatBytes(new Uint8Array(32), signature.subarray(32))),
    );
    expect(await answer(noR.story)).toEqual(['TOTAL-FAILED', ['sig.r-point']]);
    const noS = await secondRecord([], (record) =>
      withSignature(record, (signature) => concatBytes(signature.subarray(0, 32), new Uint8Array(32))),
    );
    expect(await answer(noS.story)).toEqual(['TOTAL-FAILED', ['sig.invalid']]);
  });

  test('cose-crit-ignored: what crit names and nobody here knows leaves the record without a word', async () => {
    const { story, actor, id } = await secondRecord([
      [2, [99]],
      [99, 'not valid before inspection 7'],
    ]);
    const passport = await verdictOn(story);
    expect([passport.verdict, troubles(passport)]).toEqual(['INDETERMINATE', ['record.unsupported']]);
    const record = passport.records.find((one) => one.id === id)!;
    expect([record.standing, Object.keys(record.payload), record.seq]).toEqual(['none', [], 1]);
    const facts = deriveFacts(passport, SCOPE(actor.iss));
    expect(facts.facts.flatMap(({ prov }) => prov.records)).not.toContain(id);
    // Its id still links: nothing is missing behind it.
    const { statementHash } = record;
    actor.advance(ITEM, 1, statementHash);
    await story.say(actor, 'third', { seen: [] });
    const longer = await verdictOn(story);
    expect([longer.verdict, troubles(longer)]).toEqual(['INDETERMINATE', ['record.unsupported']]);
    // A signature that fails is told before anything is called unsupported.
    const forged = await secondRecord(
      [
        [2, [99]],
        [99, 0],
      ],
      (record) => withSignature(record, (signature) => flipped(signature, 9)),
    );
    expect(await answer(forged.story)).toEqual(['TOTAL-FAILED', ['record.unsupported', 'sig.invalid']]);
  });

  test('cose-crit-ignored: a crit that is empty, unsorted, or names what is absent or standard is a failure', async () => {
    const bad: CborValue[] = [
      [],
      [100, 99],
      [99, 99],
      [98],
      [4, 99],
      [16],
      [2],
      99,
      [[99]],
      [null],
      'x',
      ['a', 99],
    ];
    for (const crit of bad) {
      const { story } = await secondRecord([
        [2, crit],
        [99, 0],
        [100, 0],
      ]);
      const [verdict, codes] = await answer(story);
      expect([crit, verdict]).toEqual([crit, 'TOTAL-FAILED']);
      expect(codes).toContain('record.crit');
    }
    const sorted = await secondRecord([
      [2, [99, 100, -1, 'a']],
      [99, 0],
      [100, 0],
      [-1, 0],
      ['a', 0],
    ]);
    expect(await answer(sorted.story)).toEqual(['INDETERMINATE', ['record.unsupported']]);
    // A label that no crit names is a failure, signed or not.
    const unnamed = await secondRecord([
      [2, [99]],
      [99, 0],
      [100, 0],
    ]);
    expect(await answer(unnamed.story)).toEqual([
      'TOTAL-FAILED',
      ['record.header-label', 'record.unsupported'],
    ]);
  });
});
