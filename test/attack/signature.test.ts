import { describe, expect, test } from 'vitest';
import { type CborKey, type CborValue, encodeCbor } from '../../src/codec/cbor.js';
import { encodeByteString } from '../../src/codec/cbor-head.js';
import { concatBytes, fromHex, toHex, utf8Bytes } from '../../src/codec/hex.js';
import { readCredential } from '../../src/credential/credential.js';
import { readCoseKey } from '../../src/crypto/cose-key.js';
import { encodeSign1, sigStructure, toBeSigned } from '../../src/crypto/cose-sign1.js';
import { sha256 } from '../../src/crypto/hash.js';
import { readReceipt } from '../../src/log/receipt.js';
import { isNoteFault, parseNote } from '../../src/log/signed-note.js';
import { mergePassports } from '../../src/passport/merge.js';
import { SignatureCache } from '../../src/passport/signatures.js';
import { readRecord } from '../../src/record/read-record.js';
import { RECORD_TYPES } from '../../src/record/types/index.js';
import { isVerifiedPassport } from '../../src/verify/sealed.js';
import { verifyPassport } from '../../src/verify/verify-passport.js';
import { makeSample } from '../verify/sample.js';
import { Actor, AT, flipped, idOf, instant, OTHER_ITEM, T0 } from '../verify/story.js';
import {
  answer,
  headerMap,
  nextLink,
  partsOf,
  sealed,
  secondRecord,
  sellerStory,
  statementMap,
  withSignature,
} from './forge.js';
import { found, told, troubles, verdictOn } from './verdict.js';

type Members = readonly (readonly [CborKey, CborValue | undefined])[];

describe('what a signature covers', () => {
  test('cose-header-in-unprotected: the unprotected map is empty, and nothing is read from it', async () => {
    const victim = new Actor('victim');
    const claims = new Map<CborKey, CborValue>([
      [1, victim.iss],
      [2, OTHER_ITEM],
      [6, 0],
    ]);
    const maps: Uint8Array[] = [
      encodeCbor(new Map([[4, fromHex(victim.kid)]])),
      encodeCbor(new Map([[1, -8]])),
      encodeCbor(new Map([[15, claims]])),
      encodeCbor(new Map([[16, 'application/vnd.goodorder.record+cose']])),
      encodeCbor(new Map<CborKey, CborValue>([[33, victim.signer.coseKey]])),
      fromHex('b800'),
      fromHex('bfff'),
      fromHex('80'),
      fromHex('40'),
      fromHex('f6'),
    ];
    for (const map of maps) {
      const { story } = await secondRecord([], (record) => {
        const { protected: header, payload, signature } = partsOf(record);
        return concatBytes(
          fromHex('d284'),
          encodeByteString(header),
          map,
          encodeByteString(payload),
          encodeByteString(signature),
        );
      });
      const [verdict, codes] = await answer(story);
      const expected =
        { b800: 'cbor.not-shortest', bfff: 'cbor.indefinite' }[toHex(map)] ?? 'cose.unprotected';
      expect([toHex(map), verdict, codes]).toEqual([toHex(map), 'TOTAL-FAILED', [expected]]);
    }
  });

  test('cose-key-embedded-in-message: a key counts by its thumbprint and its credential, not by who brings it', async () => {
    const thief = new Actor('thief');
    // In the header: as COSE_Key, x5chain, x5bag, or under our own names.
    for (const label of [33, 32, 34, 35, -65537, 'jwk', 'key'] as const) {
      const { story } = await secondRecord([[label, thief.signer.coseKey]]);
      expect([label, ...(await answer(story))]).toEqual([label, 'TOTAL-FAILED', ['record.header-label']]);
    }
    // Signed by the thief under the victim's kid, with the thief's key beside it.
    const { story, actor } = await sellerStory();
    const forged = await sealed(thief.signer, headerMap(actor, [nextLink(actor)]), statementMap());
    story.records.push(forged);
    story.keys.add(thief.signer);
    expect(await answer(story)).toEqual(['TOTAL-FAILED', ['passport.unreferenced', 'sig.invalid']]);
    // The victim's own key left out: the thief's does not take its place.
    const keys = [story.authority.signer.coseKey, thief.signer.coseKey];
    const without = await verdictOn(story, { bytes: story.file({ keys }) });
    expect(without.verdict).toBe('TOTAL-FAILED');
    expect(troubles(without)).toEqual(expect.arrayContaining(['key.absent', 'passport.unreferenced']));
    expect(without.records.map(({ state }) => state)).toEqual(['invalid', 'invalid']);
    // A COSE_Key that states the victim's kid as its own has a member too many.
    const named = new Map<CborKey, CborValue>([
      [1, 1],
      [2, fromHex(actor.kid)],
      [-1, 6],
      [-2, (readCoseKey(thief.signer.coseKey) as { x: Uint8Array }).x],
    ]);
    expect(readCoseKey(encodeCbor(named))).toEqual({ code: 'key.malformed', offset: 0 });
    // Under the own kid and the victim's name: nobody vouches for it, so it is nobody's word.
    const fresh = await sellerStory();
    await fresh.story.say(thief, 'it was whole', { iss: fresh.actor.iss });
    const passport = await verdictOn(fresh.story);
    expect([passport.verdict, troubles(passport)]).toEqual(['TOTAL-PASSED', ['trust.no-path']]);
    const record = passport.records.find(({ kid }) => kid === thief.kid)!;
    expect([record.state, record.binding, record.roles]).toEqual(['valid', 'none', []]);
  });

  test('cose-context-confusion: one kind of signature never passes for another', async () => {
    const { story, actor } = await sellerStory();
    const record = story.records[0]!;
    const credential = story.credentials[0]!;
    // A credential among records, a record among credentials: typ is compared first.
    const crossed = await verdictOn(story, {
      bytes: story.file({ records: [record, credential], credentials: [credential, record] }),
    });
    expect([crossed.verdict, troubles(crossed)]).toEqual([
      'TOTAL-FAILED',
      ['credential.header', 'record.typ'],
    ]);
    expect(readRecord(credential)).toMatchObject({ ok: false, diagnostics: [{ code: 'record.typ' }] });
    expect(readCredential(record)).toMatchObject({ ok: false, diagnostics: [{ code: 'credential.header' }] });
    const typs: (CborValue | undefined)[] = [
      undefined,
      null,
      16,
      -70001,
      'application/vnd.goodorder.credential+cose',
    ];
    typs.push('Application/vnd.goodorder.record+cose', 'APPLICATION/VND.GOODORDER.RECORD+COSE');
    typs.push('application/vnd.goodorder.record+cose ', 'application/vnd.goodorder.record+cose;v=1');
    typs.push('vnd.goodorder.record+cose', utf8Bytes('application/vnd.goodorder.record+cose'), ['x']);
    for (const typ of typs) {
      const other = await secondRecord([[16, typ]]);
      expect([typ, ...(await answer(other.story))]).toEqual([typ, 'TOTAL-FAILED', ['record.typ']]);
    }
    // Signatures over the same bytes in the other contexts of RFC 9052 §4.4, and without one.
    const { protected: header, payload } = partsOf(record);
    const contexts: CborValue[] = [
      'Signature',
      'CounterSignature',
      'CounterSignature0',
      'MAC',
      'MAC0',
      'signature1',
    ].map((context) => [context, header, new Uint8Array(), payload]);
    contexts.push(['Signature1', header, payload], ['Signature1', header, header, payload]);
    contexts.push(['Signature1', header, new Uint8Array(), payload, new Uint8Array()], payload);
    for (const context of contexts) {
      const signature = await actor.signer.sign(encodeCbor(context));
      const bytes = story.file({ records: [withSignature(record, () => signature)] });
      const passport = await verdictOn(story, { bytes });
      expect([passport.verdict, passport.counts['sig.invalid']]).toEqual(['TOTAL-FAILED', 1]);
    }
    // Other COSE messages, whose tags this reader does not take.
    for (const tag of ['d1', 'd0', 'd862', 'd861', 'd83d']) {
      expect(readRecord(concatBytes(fromHex(tag), record.subarray(1))).diagnostics).toMatchObject([
        { code: 'cose.start', offset: 0 },
      ]);
    }
    // What a log or witness signs is text; no Sig_structure is.
    expect(
      isNoteFault(parseNote(concatBytes(sigStructure(header, payload), utf8Bytes('\n\n— x AAAAAAAA\n')))),
    ).toBe(true);
  });

  test('cose-context-confusion: no record passes for one of another type', async () => {
    const { story, actor } = await sellerStory();
    const types = [...RECORD_TYPES.keys()];
    const record = story.records[0]!;
    const { payload, signature } = partsOf(record);
    for (const type of types.filter((one) => one !== 'statement')) {
      const renamed = encodeSign1(encodeCbor(headerMap(actor, [], type)), payload, signature);
      const passport = await verdictOn(story, { bytes: story.file({ records: [renamed] }) });
      expect([type, passport.verdict, passport.counts['sig.invalid']]).toEqual([type, 'TOTAL-FAILED', 1]);
    }
    const types2 = [
      'application/cbor',
      'application/vnd.goodorder.Statement+cbor',
      'application/vnd.goodorder.+cbor',
    ];
    types2.push('application/vnd.goodorder.statement+cbor ', 'application/vnd.goodorder.statement+cose');
    for (const contentType of [...types2, 0, null, undefined]) {
      const other = await secondRecord([[3, contentType]]);
      expect([contentType, ...(await answer(other.story))]).toEqual([
        contentType,
        'TOTAL-FAILED',
        ['record.content-type'],
      ]);
    }
  });

  test('cose-detached-payload: the payload is there and is a map', async () => {
    const { story, actor } = await sellerStory();
    const { protected: header, payload } = partsOf(story.records[0]!);
    const over = async (bytes: Uint8Array): Promise<Uint8Array> =>
      actor.signer.sign(sigStructure(header, bytes));
    const cose = (item: Uint8Array, signature: Uint8Array): Uint8Array =>
      concatBytes(
        fromHex('d284'),
        encodeByteString(header),
        fromHex('a0'),
        item,
        encodeByteString(signature),
      );
    const nil = cose(fromHex('f6'), await over(payload));
    const empty = cose(fromHex('40'), await over(new Uint8Array()));
    const list = cose(encodeByteString(fromHex('80')), await over(fromHex('80')));
    const bare = cose(payload, await over(payload));
    for (const record of [nil, empty, list, bare]) {
      const passport = await verdictOn(story, {
        // The real payload beside it, as a detached one would travel.
        bytes: story.file({ records: [record], attachments: [payload] }),
      });
      expect(passport.verdict).toBe('TOTAL-FAILED');
      expect(found(passport, 'cose.payload')).toHaveLength(1);
      expect(passport.records).toEqual([]);
    }
    const hollow = await secondRecord([], (record) => record);
    hollow.story.records[1] = await sealed(
      hollow.actor.signer,
      headerMap(hollow.actor, [nextLink(hollow.actor)]),
      fromHex('a0'),
    );
    expect(await answer(hollow.story)).toEqual(['TOTAL-FAILED', ['schema.missing']]);
  });
});

describe('what was verified is what is used', () => {
  test('verify-one-use-another: the bytes are taken in once; whoever holds them changes nothing afterwards', async () => {
    const { bytes, trust, at } = await makeSample();
    const usual = await verifyPassport(bytes, { trust, at });
    const given = bytes.slice();
    const pending = verifyPassport(given, { trust, at });
    given.fill(0);
    const passport = await pending;
    expect(told(passport)).toEqual(told(usual));
    expect([passport.digest, passport.byteLength]).toEqual([idOf(bytes), bytes.length]);
    // Payloads are opened when they are read, and not from those bytes.
    given.fill(0xff);
    for (const attachment of passport.attachments.values()) new Uint8Array(attachment.buffer).fill(0);
    expect(passport.records.map(({ payload }) => payload)).toEqual(
      usual.records.map(({ payload }) => payload),
    );
    // One record too: nothing that was read is a view of what was given.
    const record = (await sellerStory()).story.records[0]!;
    const own = record.slice();
    const read = readRecord(own);
    own.fill(0);
    expect(read.ok && [read.record.id, toHex(read.record.bytes)]).toEqual([idOf(record), toHex(record)]);
    expect(read.ok && toHex(sha256(toBeSigned(read.record.bytes)))).toBe(
      read.ok && read.record.statementHash,
    );
  });

  test('verify-one-use-another: the digest is of the very bytes that were verified', async () => {
    const { bytes, trust, at } = await makeSample();
    // Memory that another thread writes to: at each look at its length one more byte is another.
    class Shifting extends Uint8Array {
      looks = 0;
      override get length(): number {
        this.looks += 1;
        super.fill(this.looks, bytes.length - 1);
        return bytes.length;
      }
    }
    const shifting = new Shifting(bytes);
    const { digest, verdict, counts } = await verifyPassport(shifting, { trust, at });
    expect(counts['internal']).toBeUndefined();
    expect(verdict).toBe('TOTAL-FAILED');
    expect(digest).not.toBe(idOf(bytes));
  });

  test('verify-one-use-another: what verification returns is known by identity and cannot be edited', async () => {
    const { bytes, trust, at } = await makeSample();
    const passport = await verifyPassport(bytes, { trust, at });
    const record = passport.records[0]!;
    const open = (value: unknown): Record<string, unknown> => value as Record<string, unknown>;
    for (const edit of [
      () => Object.assign(open(passport), { verdict: 'TOTAL-PASSED' }),
      () => Object.assign(open(record), { iss: 'https://id.gs1.org/417/9521234567899' }),
      () => Object.assign(open(record), { payload: {} }),
      () => Object.assign(open(record.payload), { text: 'x' }),
      () => void (passport.records as unknown[]).pop(),
      () => void (passport.diagnostics as unknown[]).splice(0),
    ]) {
      expect(edit).toThrow(TypeError);
    }
    expect(isVerifiedPassport(passport)).toBe(true);
    for (const copy of [{ ...passport }, Object.create(passport), structuredClone({ item: passport.item })]) {
      expect(isVerifiedPassport(copy)).toBe(false);
    }
  });

  test('verification-cache-poisoning: a bad copy neither enters the cache nor is helped by the good one', async () => {
    const { story, actor } = await sellerStory();
    const good = story.records[0]!;
    const bad = withSignature(good, (signature) => flipped(signature, 3));
    const otherText = encodeSign1(
      partsOf(good).protected,
      encodeCbor(statementMap([['text', 'second']])),
      partsOf(good).signature,
    );
    const cache = new SignatureCache();
    const trust = story.trust();
    const check = async (records: readonly Uint8Array[], oneThread: boolean): Promise<unknown[]> => {
      const passport = await verifyPassport(story.file({ records }), { trust, at: AT, cache, oneThread });
      const failing = passport.records.filter(({ state }) => state === 'invalid').map(({ id }) => id);
      return [passport.verdict, failing.sort()];
    };
    for (const oneThread of [false, true, false]) {
      expect(await check([bad], oneThread)).toEqual(['TOTAL-FAILED', [idOf(bad)]]);
      expect(await check([bad, good, otherText], oneThread)).toEqual([
        'TOTAL-FAILED',
        [idOf(bad), idOf(otherText)].sort(),
      ]);
      expect(await check([good], oneThread)).toEqual(['TOTAL-PASSED', []]);
      expect(await check([bad], oneThread)).toEqual(['TOTAL-FAILED', [idOf(bad)]]);
    }
    // The one record and the one credential that verified.
    expect([cache.size, cache.has(idOf(good)), cache.has(idOf(bad))]).toEqual([2, true, false]);
    // Nor is a key exchanged under a cached signature.
    const thief = new Actor('thief');
    const keys = [story.authority.signer.coseKey, thief.signer.coseKey];
    const passport = await verifyPassport(story.file({ keys }), { trust, at: AT, cache });
    expect(passport.records.map(({ kid, state }) => [kid, state])).toEqual([[actor.kid, 'invalid']]);
    // Merging takes the same cache.
    const merged = await mergePassports([story.file({ records: [bad, good] })], { cache });
    expect(merged.leftOut.map(({ code, sha256: hash }) => [code, hash])).toEqual([
      ['sig.invalid', idOf(bad)],
    ]);
  });
});

describe('hashes', () => {
  test('hash-truncated-or-weak: a digest is SHA-256 whole, wherever one stands', async () => {
    const { story, actor } = await sellerStory();
    const payload = (sha: CborValue): ReadonlyMap<CborKey, CborValue> =>
      new Map<CborKey, CborValue>([
        [0, 1],
        ['from', new Map<CborKey, CborValue>(Object.entries(instant(T0)))],
        ['to', new Map<CborKey, CborValue>(Object.entries(instant(T0)))],
        ['purpose', 'packing'],
        [
          'files',
          [
            new Map<CborKey, CborValue>([
              ['sha256', sha],
              ['bytes', 3],
              ['mediaType', 'image/jpeg'],
              ['chunkBytes', 1_048_576],
              ['chunkRoot', sha256()],
            ]),
          ],
        ],
        ['device', new Map([['model', 'bench']])],
        ['continuity', 'still'],
        ['coverage', []],
        ['identified', []],
      ]);
    const read = async (sha: CborValue): Promise<string[]> => {
      const record = await sealed(actor.signer, headerMap(actor, [], 'media'), new Map(payload(sha)));
      const places = readRecord(record).diagnostics.map(({ code, path }) => `${code} ${path}`);
      return [...new Set(places.map((place) => place.replace(/\[[01]\]$/, '')))];
    };
    const hash = sha256();
    expect(await read([-16, hash])).toEqual([]);
    // SHA-1, SHA-256/64, SHA-512/256, SHA-512, MD5 has no number; and SHA-256 cut or drawn out.
    const weak: CborValue[] = [
      [-14, hash.slice(0, 20)],
      [-15, hash.slice(0, 8)],
      [-17, hash],
      [-44, concatBytes(hash, hash)],
      ['MD5', hash.slice(0, 16)],
      [-16, hash.slice(0, 16)],
      [-16, hash.slice(0, 31)],
      [-16, concatBytes(hash, Uint8Array.of(0))],
      [-16, new Uint8Array()],
      [-16, toHex(hash)],
      [-16, hash, hash],
      [-16],
      hash,
    ];
    for (const sha of weak) expect([sha, await read(sha)]).toEqual([sha, ['schema.value files[0].sha256']]);
    // Ids, links, kids and roots are bare and as strict.
    for (const length of [0, 16, 20, 31, 33, 64]) {
      const short = new Uint8Array(length).fill(7);
      const header = async (members: Members): Promise<string[]> =>
        readRecord(await sealed(actor.signer, headerMap(actor, members), statementMap())).diagnostics.map(
          ({ code }) => code,
        );
      expect(await header([[4, short]])).toEqual(['record.kid']);
      expect(await header([[-70001, [1, 0, null, [short], null, []]]])).toEqual(['link.shape']);
      expect(await header([[-70001, [1, 1, short, [], sha256(), []]]])).toEqual(['link.shape']);
      expect(await header([[-70001, [1, 1, sha256(), [], short, []]]])).toEqual(['link.shape']);
      expect(await header([[-70001, [1, 0, null, [], null, [short]]]])).toEqual(['link.shape']);
      const opening = encodeCbor([short, ['text'], new Uint8Array(16), 'x']);
      const passport = await verdictOn(story, { bytes: story.file({ openings: [opening] }) });
      expect([passport.verdict, troubles(passport)]).toEqual(['TOTAL-FAILED', ['field.opening-mismatch']]);
      for (const receipt of [
        [short, 0, [], hash, []],
        [hash, 0, [], short, []],
        [hash, 0, [short], hash, []],
        [hash, 0, [], hash, [short]],
      ]) {
        expect(readReceipt(encodeCbor(receipt))).toMatchObject({ code: 'receipt.malformed' });
      }
    }
  });
});
