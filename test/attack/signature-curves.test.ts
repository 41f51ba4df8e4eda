import { createPrivateKey, sign as nodeSign } from 'node:crypto';
import { chmod } from 'node:fs/promises';
import { Point } from '@noble/ed25519';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readKeyFile } from '../../src/capture/node/key-file.js';
import { toBase64url } from '../../src/codec/base64url.js';
import { type CborKey, type CborValue, encodeCbor } from '../../src/codec/cbor.js';
import { concatBytes, fromHex, toHex, utf8Bytes } from '../../src/codec/hex.js';
import { readTrustFile } from '../../src/credential/trust-file.js';
import { encodeOkpKey, readCoseKey } from '../../src/crypto/cose-key.js';
import { encodeSign1, toBeSigned } from '../../src/crypto/cose-sign1.js';
import { ed25519PublicKey, signEd25519 } from '../../src/crypto/ed25519.js';
import { verifyEsp256, verifyEsp256WebCrypto } from '../../src/crypto/esp256.js';
import { ed25519Signer, type Signer } from '../../src/crypto/signer.js';
import { deriveFacts } from '../../src/facts/derive-facts.js';
import { mergePassports } from '../../src/passport/merge.js';
import { verifyPassport } from '../../src/verify/verify-passport.js';
import { Workplace } from '../cli/workplace.js';
import { phoneSigner } from '../verify/cases/records.js';
import { Actor, AT, flipped, ITEM, idOf, type Story, seedOf, T0 } from '../verify/story.js';
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
import { challenge, everywhere, L, littleEndian, SMALL, scalarSigner } from './small-points.js';
import { accusations, found, troubles, verdictOn } from './verdict.js';

/** A company whose key or signatures are crafted says one thing about the item. */
async function crafted(signer: Signer): Promise<(string | string[])[]> {
  const { story } = await sellerStory();
  const company = new Actor('crafty company', undefined, signer);
  await story.vouch(company, ['seller']);
  story.keys.add(signer);
  story.records.push(await sealed(signer, headerMap(company), statementMap()));
  return answer(story);
}

describe('Ed25519', () => {
  const SECRET = 123_456_789n;

  test('ed25519-small-order-key: the identity and its seven relatives are no keys, wherever they stand', async () => {
    // R = B and S = 1 verify every message under the identity.
    const universal = concatBytes(Point.BASE.toBytes(), littleEndian(1n));
    for (const point of SMALL) {
      const publicKey = point.toBytes();
      expect(await everywhere(universal, utf8Bytes('anything'), publicKey)).toBe(false);
      expect(() => encodeOkpKey(publicKey)).toThrow(RangeError);
      const coseKey = concatBytes(fromHex('a301012006215820'), publicKey);
      expect(readCoseKey(coseKey)).toEqual({ code: 'key.malformed', offset: 0 });
      // Even with a credential that vouches for its kid.
      const signer: Signer = { alg: -19, coseKey, kid: idOf(coseKey), sign: async () => universal };
      expect(await crafted(signer)).toEqual(['TOTAL-FAILED', ['key.malformed', 'passport.unreferenced']]);
      // As an authority's key the trust file is refused.
      const { story } = await sellerStory();
      const own = toBase64url(story.authority.signer.coseKey);
      expect(() => readTrustFile(story.trustText().replace(own, toBase64url(coseKey)))).toThrow(
        expect.objectContaining({
          code: 'trust.malformed',
          place: expect.objectContaining({ path: 'authorities[0].key' }),
        }),
      );
    }
  });

  test('ed25519-small-order-r: an R of small order is refused, whatever the equation says', async () => {
    for (const [index, point] of SMALL.entries()) {
      const signer = scalarSigner(SECRET, { r: index, rOnly: true });
      const message = utf8Bytes('message');
      const signature = await signer.sign(message);
      expect(toHex(signature.subarray(0, 32))).toBe(toHex(point.toBytes()));
      expect(await everywhere(signature, message, signer.publicKey)).toBe(false);
      expect(await crafted(signer)).toEqual(['TOTAL-FAILED', ['passport.unreferenced', 'sig.r-point']]);
    }
    expect(await crafted(scalarSigner(SECRET))).toEqual(['TOTAL-PASSED', []]);
  });

  test('ed25519-noncanonical-a-r: y ≥ p and a sign without an x are refused before any library sees them', async () => {
    const message = utf8Bytes('message');
    const honest = scalarSigner(SECRET);
    const signature = await honest.sign(message);
    // p + y for y = 0 … 18, with either sign bit, and the two points whose x is 0 with the sign bit set.
    const encodings: Uint8Array[] = Array.from({ length: 19 }, (_, y) => {
      const bytes = new Uint8Array(32).fill(0xff);
      bytes[0] = 0xed + y;
      return bytes;
    }).flatMap((bytes) => [Uint8Array.from(bytes, (byte, at) => (at === 31 ? 0x7f : byte)), bytes]);
    encodings.push(fromHex(`01${'00'.repeat(30)}80`), fromHex(`ec${'ff'.repeat(31)}`));
    for (const encoding of encodings) {
      expect(readCoseKey(concatBytes(fromHex('a301012006215820'), encoding))).toEqual({
        code: 'key.malformed',
        offset: 0,
      });
      expect(await everywhere(signature, message, encoding)).toBe(false);
      expect(await everywhere(concatBytes(encoding, signature.subarray(32)), message, honest.publicKey)).toBe(
        false,
      );
      const { story } = await secondRecord([], (record) =>
        withSignature(record, (own) => concatBytes(encoding, own.subarray(32))),
      );
      expect(await answer(story)).toEqual(['TOTAL-FAILED', ['sig.r-point']]);
    }
  });

  test('ed25519-s-plus-l: adding L makes no second record, and accuses nobody of a fork', async () => {
    const { story } = await sellerStory();
    const record = story.records[0]!;
    const plus = (times: bigint): Uint8Array =>
      withSignature(record, (signature) => {
        const s = BigInt(`0x${toHex(signature.slice(32).reverse())}`) + times * L;
        return concatBytes(signature.subarray(0, 32), littleEndian(s));
      });
    for (const times of [1n, 2n, 7n, 14n]) {
      const passport = await verdictOn(story, { bytes: story.file({ records: [record, plus(times)] }) });
      expect([passport.verdict, troubles(passport)]).toEqual(['TOTAL-FAILED', ['sig.s-range']]);
      expect(accusations(passport)).toEqual([]);
      expect(passport.records.map(({ id, state }) => [id, state])).toEqual([
        [idOf(record), 'trusted'],
        [idOf(plus(times)), 'invalid'],
      ]);
      // And a merge drops the twin that a stranger made.
      const merged = await mergePassports([story.file({ records: [record, plus(times)] })]);
      expect(merged.digest).toBe((await mergePassports([story.file()])).digest);
    }
  });

  test('ed25519-cofactor-split: one equation, the same answer on every machine', async () => {
    const message = utf8Bytes('message');
    let split = 0;
    for (let key = 0; key < 8; key += 1) {
      for (let r = 0; r < 8; r += 1) {
        const signer = scalarSigner(SECRET + BigInt(key), { key, r });
        for (const text of [message, utf8Bytes('another'), utf8Bytes('a third')]) {
          const signature = await signer.sign(text);
          const k = challenge(signature.subarray(0, 32), signer.publicKey, text);
          // [8]([S]B − R − [k]A) = 0 always; without the cofactor only where the small parts cancel.
          const cancels = (BigInt(r) + k * BigInt(key)) % 8n === 0n;
          expect(await everywhere(signature, text, signer.publicKey)).toBe(cancels);
          if (!cancels) split += 1;
        }
      }
    }
    expect(split).toBeGreaterThan(100);
    expect(await crafted(scalarSigner(SECRET, { r: 3 }))).toEqual([
      'TOTAL-FAILED',
      ['passport.unreferenced', 'sig.invalid'],
    ]);
  });

  test('ed25519-verify-not-called: a signature that has the right form is not yet a signature', async () => {
    const { story } = await sellerStory();
    const record = story.records[0]!;
    const other = signEd25519(utf8Bytes('something else'), seedOf('seller'));
    const strangers = signEd25519(partsOf(record).payload, seedOf('stranger'));
    for (const signature of [other, strangers]) {
      const bytes = story.file({ records: [withSignature(record, () => signature)] });
      for (const oneThread of [false, true]) {
        const passport = await verifyPassport(bytes, { trust: story.trust(), at: AT, oneThread });
        expect([passport.verdict, found(passport, 'sig.invalid').length]).toEqual(['TOTAL-FAILED', 1]);
        expect(passport.records.map(({ state, standing }) => [state, standing])).toEqual([
          ['invalid', 'none'],
        ]);
      }
      const merged = await mergePassports([bytes]);
      expect(merged.leftOut.map(({ code }) => code)).toContain('sig.invalid');
    }
    // Every answer is a boolean or a promise of one, and false is told as false.
    const message = utf8Bytes('message');
    const seed = seedOf('seller');
    const publicKey = ed25519PublicKey(seed);
    const signature = signEd25519(message, seed);
    expect(await everywhere(signature, message, publicKey)).toBe(true);
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: 511 }), async (bit) => {
        expect(await everywhere(flipped(signature, bit), message, publicKey)).toBe(false);
      }),
      { numRuns: 60 },
    );
    expect(await everywhere(signature, utf8Bytes('messagf'), publicKey)).toBe(false);
    expect(await everywhere(signature, message, ed25519PublicKey(seedOf('other')))).toBe(false);
  });

  test('ed25519-verify-not-called: the command fails what the library fails', async () => {
    const { story } = await sellerStory();
    const place = await Workplace.make();
    await place.write('court.trust.json', story.trustText());
    const line = ['verify', 'set.passport', '--trust', 'court.trust.json', '--format', 'json'];
    await place.write('set.passport', story.file());
    expect((await place.run(line)).exit).toBe(0);
    const bad = withSignature(story.records[0]!, (signature) => flipped(signature, 300));
    await place.write('set.passport', story.file({ records: [bad] }));
    const ran = await place.run(line);
    expect([ran.exit, ran.json().verdict]).toEqual([10, 'TOTAL-FAILED']);
  });

  test('signer-double-pubkey-oracle: the public key comes from the seed, never from the file', async () => {
    const seed = seedOf('honest');
    const swapped = ed25519PublicKey(seedOf('somebody else'));
    // RFC 5958 version 2: a PKCS #8 that states a public key beside the secret.
    const inner = concatBytes(fromHex('020101300506032b657004220420'), seed, fromHex('812100'), swapped);
    const der = concatBytes(Uint8Array.of(0x30, inner.length), inner);
    const place = await Workplace.make();
    const path = place.path('key');
    const pem = `-----BEGIN PRIVATE KEY-----\n${Buffer.from(der).toString('base64')}\n-----END PRIVATE KEY-----\n`;
    await place.write('key', pem);
    await chmod(path, 0o600);
    const read = await readKeyFile(path).catch((error: { code: string }) => error.code);
    if (typeof read === 'string') expect(read).toBe('key.file');
    else expect(toHex(ed25519Signer(read.seed).coseKey)).toBe(toHex(encodeOkpKey(ed25519PublicKey(seed))));
    // A signer is made of a seed alone, and its signatures hold under the key that follows from it.
    const signer = ed25519Signer(seed);
    const message = utf8Bytes('message');
    const signature = await signer.sign(message);
    expect(await everywhere(signature, message, ed25519PublicKey(seed))).toBe(true);
    expect(await everywhere(signature, message, swapped)).toBe(false);
    expect(toHex(signature)).toBe(
      toHex(
        new Uint8Array(
          nodeSign(
            null,
            message,
            createPrivateKey({
              key: Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]),
              format: 'der',
              type: 'pkcs8',
            }),
          ),
        ),
      ),
    );
  });

  test('dsks-key-substitution: another key for an existing record is another record', async () => {
    const { story, actor } = await sellerStory();
    const record = story.records[0]!;
    const thief = new Actor('thief');
    await story.vouch(thief, ['seller']);
    // The kid stands under the signature: exchanging it leaves a record that nobody signed.
    const { payload, signature } = partsOf(record);
    const header = encodeCbor(headerMap(actor, [[4, fromHex(thief.kid)]]));
    story.keys.add(thief.signer);
    const moved = await verdictOn(story, {
      bytes: story.file({ records: [record, encodeSign1(header, payload, signature)] }),
    });
    expect([moved.verdict, troubles(moved)]).toEqual([
      'TOTAL-FAILED',
      ['passport.unreferenced', 'sig.invalid'],
    ]);
    // A credential that binds the victim's kid to the thief's party gives the thief nothing: the record names its iss.
    const claimed = await sellerStory();
    await claimed.story.vouch(new Actor('thief', thief.iss, claimed.actor.signer), ['carrier']);
    const passport = await verdictOn(claimed.story);
    expect([passport.verdict, troubles(passport)]).toEqual(['TOTAL-PASSED', []]);
    expect(passport.records.map(({ iss, roles }) => [iss, roles])).toEqual([[claimed.actor.iss, ['seller']]]);
  });
});

describe('ESP256', () => {
  const N = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
  const big = (value: bigint): Uint8Array => fromHex(value.toString(16).padStart(64, '0'));

  async function phoneStory(): Promise<{ story: Story; phone: Actor }> {
    const { story } = await sellerStory();
    const phone = new Actor('phone company', undefined, phoneSigner());
    await story.vouch(phone, ['seller']);
    return { story, phone };
  }

  test('esp256-malleable-s: the other s is refused, and a phone that signs a text twice has made twins, no fork', async () => {
    const { story, phone } = await phoneStory();
    const position = phone.position(ITEM);
    const first = await story.say(phone, 'once', { position, iat: T0 });
    const high = withSignature(first.record, (signature) =>
      concatBytes(signature.subarray(0, 32), big(N - BigInt(`0x${toHex(signature.subarray(32))}`))),
    );
    const passport = await verdictOn(story, { bytes: story.file({ records: [...story.records, high] }) });
    expect([passport.verdict, troubles(passport), accusations(passport)]).toEqual([
      'TOTAL-FAILED',
      ['sig.high-s'],
      [],
    ]);
    const second = await story.say(phone, 'once', { position, iat: T0 });
    expect(second.id).not.toBe(first.id);
    expect(second.statementHash).toBe(first.statementHash);
    // A link to either is a link to both.
    await story.say(phone, 'next');
    const twins = await verdictOn(story);
    expect([twins.verdict, troubles(twins), accusations(twins)]).toEqual(['TOTAL-PASSED', [], []]);
    expect(twins.counts['record.twin']).toBe(2);
    // The text counts once.
    const speaking = deriveFacts(twins, {
      parties: [phone.iss],
      goods: [{ unit: 'set', sub: ITEM }],
      sellers: [],
    }).records;
    const ofPhone = [...speaking.values()].filter(({ iss }) => iss === phone.iss);
    expect(ofPhone).toHaveLength(2);
  });

  test('esp256-psychic-signature: zeros, values beyond the order, BER and points off the curve are refused', async () => {
    const { story, phone } = await phoneStory();
    await story.say(phone, 'once');
    const record = story.records[1]!;
    const signature = partsOf(record).signature;
    const r = signature.slice(0, 32);
    const s = signature.slice(32);
    const der = concatBytes(fromHex('3044'), fromHex('0220'), r, fromHex('0220'), s);
    const psychic: [string, Uint8Array, string][] = [
      ['r = s = 0', new Uint8Array(64), 'sig.invalid'],
      ['r = 0', concatBytes(new Uint8Array(32), s), 'sig.invalid'],
      ['s = 0', concatBytes(r, new Uint8Array(32)), 'sig.invalid'],
      ['r = n', concatBytes(big(N), s), 'sig.invalid'],
      ['r = n + r', concatBytes(new Uint8Array(32).fill(0xff), s), 'sig.invalid'],
      ['s = n', concatBytes(r, big(N)), 'sig.high-s'],
      ['s = n/2 + 1', concatBytes(r, big(N / 2n + 1n)), 'sig.high-s'],
      ['s of all ones', concatBytes(r, new Uint8Array(32).fill(0xff)), 'sig.high-s'],
      ['BER', der, 'sig.length'],
      ['BER cut to 64', der.subarray(0, 64), 'sig.invalid'],
      ['nothing', new Uint8Array(), 'sig.length'],
    ];
    for (const [name, forged, code] of psychic) {
      const bytes = story.file({ records: [story.records[0]!, withSignature(record, () => forged)] });
      const passport = await verdictOn(story, { bytes });
      expect([name, passport.verdict]).toEqual([name, 'TOTAL-FAILED']);
      // Half of all BER begins is a high s by chance.
      const codes = name === 'BER cut to 64' ? ['sig.invalid', 'sig.high-s'] : [code];
      codes.push('passport.unreferenced');
      expect(codes).toEqual(expect.arrayContaining(troubles(passport)));
      const key = readCoseKey(phone.signer.coseKey) as { x: Uint8Array; y: Uint8Array };
      const signed = toBeSigned(record);
      expect(await verifyEsp256(forged, signed, key.x, key.y)).toBe(false);
      expect(await verifyEsp256WebCrypto(forged, signed, key.x, key.y)).toBe(false);
    }
    const { x, y } = readCoseKey(phone.signer.coseKey) as { x: Uint8Array; y: Uint8Array };
    const keys: CborValue[][] = [
      [x, flipped(y, 7)],
      [new Uint8Array(32), new Uint8Array(32)],
      [new Uint8Array(32).fill(0xff), y],
      [x, true],
      [x, false],
      [concatBytes(Uint8Array.of(0), x), y],
      [x.slice(1), y],
      [y, x],
    ];
    for (const [kx, ky] of keys) {
      const members = new Map<CborKey, CborValue>([
        [1, 2],
        [-1, 1],
        [-2, kx!],
        [-3, ky!],
      ]);
      expect(readCoseKey(encodeCbor(members))).toEqual({ code: 'key.malformed', offset: 0 });
    }
  });
});
