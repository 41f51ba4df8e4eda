import { createPrivateKey, createPublicKey, generateKeyPairSync, sign as nodeSign } from 'node:crypto';
import { fromBase64url } from '../../../src/codec/base64url.js';
import type { CborKey, CborValue } from '../../../src/codec/cbor.js';
import { encodeCbor } from '../../../src/codec/cbor.js';
import { concatBytes, fromHex } from '../../../src/codec/hex.js';
import { ALG_ESP256, encodeEc2Key, encodeOkpKey } from '../../../src/crypto/cose-key.js';
import { toLowS } from '../../../src/crypto/esp256.js';
import type { Signer } from '../../../src/crypto/signer.js';
import { Actor, flipped, ITEM, idOf, OTHER_ITEM, Story, statement } from '../story.js';
import { type Case, type Cases, failed, input, limited, passed, seller } from './case.js';

/** The seller's record with other bytes in place of its signature. */
function signature(change: (signature: Uint8Array) => Uint8Array): Case['make'] {
  return async () => {
    const { story, actor } = await seller();
    const made = await story.say(actor, 'second', { present: false });
    const bytes = made.record;
    const head = bytes.subarray(0, bytes.length - 66);
    const other = change(bytes.subarray(bytes.length - 64));
    const length = other.length < 24 ? Uint8Array.of(0x40 + other.length) : Uint8Array.of(0x58, other.length);
    story.records.push(concatBytes(head, length, other));
    return input(story);
  };
}

/** A second record by the seller, signed whatever it says. */
function raw(parts: Parameters<Story['signRaw']>[1]): Case['make'] {
  return async () => {
    const { story, actor } = await seller();
    const { seq, prev, lane } = actor.position(ITEM);
    const link = [1, seq, prev === null ? null : fromHex(prev), [], lane === null ? null : fromHex(lane), []];
    await story.signRaw(actor, { link, ...parts });
    return input(story);
  };
}

const header = (
  ...members: readonly [CborKey, CborValue][]
): { header: ReadonlyMap<CborKey, CborValue> } => ({
  header: new Map(members),
});

// L, the order of the base point, little-endian.
const L = fromHex('edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010');

function plusL(signature: Uint8Array): Uint8Array {
  const sum = signature.slice();
  let carry = 0;
  for (let index = 0; index < 32; index += 1) {
    const digit = sum[32 + index]! + L[index]! + carry;
    sum[32 + index] = digit & 255;
    carry = digit >> 8;
  }
  return sum;
}

/** A phone's secure hardware: P-256, fresh randomness at every signature. */
export function phoneSigner(): Signer & { readonly key: Uint8Array } {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const key = createPrivateKey(privateKey.export({ format: 'pem', type: 'pkcs8' }));
  const { x, y } = createPublicKey(key).export({ format: 'jwk' });
  const coseKey = encodeEc2Key(fromBase64url(x!), fromBase64url(y!));
  return {
    alg: ALG_ESP256,
    coseKey,
    key: coseKey,
    kid: idOf(coseKey),
    sign: async (bytes) =>
      toLowS(new Uint8Array(nodeSign('sha256', bytes, { key, dsaEncoding: 'ieee-p1363' }))),
  };
}

/** A story told by one phone with a path. */
async function phoneStory(): Promise<{ story: Story; actor: Actor }> {
  const story = new Story();
  const actor = new Actor('phone company', undefined, phoneSigner());
  await story.vouch(actor, ['seller']);
  return { story, actor };
}

const highS = async (): ReturnType<Case['make']> => {
  const { story, actor } = await phoneStory();
  await story.say(actor, 'first');
  const record = story.records[0]!;
  const n = BigInt('0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551');
  const s = BigInt(`0x${Buffer.from(record.subarray(record.length - 32)).toString('hex')}`);
  const high = fromHex((n - s).toString(16).padStart(64, '0'));
  story.records.push(concatBytes(record.subarray(0, record.length - 32), high));
  return input(story);
};

const twin = async (): ReturnType<Case['make']> => {
  const { story, actor } = await phoneStory();
  const position = actor.position(ITEM);
  await story.say(actor, 'first', { position, iat: 1_787_880_000 });
  await story.say(actor, 'first', { position, iat: 1_787_880_000 });
  return input(story);
};

/** A key of a type that nobody here knows, and signatures that nobody here can check. */
export function futureSigner(): Signer {
  const members = new Map<CborKey, CborValue>([
    [1, 7],
    [-1, new Uint8Array(32)],
  ]);
  const coseKey = encodeCbor(members);
  return { alg: -19, coseKey, kid: idOf(coseKey), sign: async () => new Uint8Array(64) };
}

const unknownKey =
  (withPath: boolean): Case['make'] =>
  async () => {
    const { story } = await seller();
    const actor = new Actor('future company', undefined, futureSigner());
    if (withPath) await story.vouch(actor, ['seller']);
    await story.signRaw(actor, {});
    return input(story);
  };

const malformedKey: Case['make'] = async () => {
  const { story, actor } = await seller();
  // The neutral element, a point of small order: under it one signature fits every message.
  const good = encodeOkpKey(fromHex('d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a'));
  const coseKey = concatBytes(good.subarray(0, good.length - 32), Uint8Array.of(1), new Uint8Array(31));
  const signer = { ...actor.signer, coseKey, kid: idOf(coseKey) };
  await story.signRaw(new Actor('weak', undefined, signer), {});
  return input(story);
};

const keyAbsent: Case['make'] = async () => {
  const { story, actor } = await seller();
  const kept = [...story.keys].filter(({ kid }) => kid !== actor.kid).map(({ coseKey }) => coseKey);
  return input(story, { bytes: story.file({ keys: kept }) });
};

export const RECORD_CASES: Cases = {
  'sig.length': [
    failed(
      signature((bytes) => bytes.subarray(0, 63)),
      'sig.length',
    ),
    failed(
      signature(() => new Uint8Array(0)),
      'sig.length',
    ),
  ],
  'sig.s-range': failed(signature(plusL), 'sig.s-range'),
  'sig.r-point': failed(
    signature((bytes) => concatBytes(Uint8Array.of(1), new Uint8Array(31), bytes.subarray(32))),
    'sig.r-point',
  ),
  'sig.high-s': failed(highS, 'sig.high-s'),
  'sig.invalid': [
    failed(
      signature((bytes) => flipped(bytes, 9)),
      'sig.invalid',
    ),
    // Signed by another key than the kid names.
    failed(async () => {
      const { story, actor } = await seller();
      const thief = new Actor('thief');
      await story.signRaw(
        new Actor('x', actor.iss, { ...thief.signer, kid: actor.kid, coseKey: actor.signer.coseKey }),
        {},
      );
      return input(story);
    }, 'sig.invalid'),
  ],
  'alg.key-mismatch': failed(raw(header([1, ALG_ESP256])), 'alg.key-mismatch'),
  'key.malformed': failed(malformedKey, 'key.malformed'),
  // What the absent key leaves behind has no reason to be here either.
  'key.absent': failed(keyAbsent, 'key.absent', 'passport.unreferenced', 'trust.no-path'),
  'record.typ': failed(raw(header([16, 'application/vnd.goodorder.credential+cose'])), 'record.typ'),
  'record.content-type': failed(raw(header([3, 'application/json'])), 'record.content-type'),
  'record.alg': failed(raw(header([1, 'EdDSA'])), 'record.alg'),
  'record.kid': failed(raw(header([4, new Uint8Array(31)])), 'record.kid'),
  'record.claims': [
    failed(raw({ iss: 7 }), 'record.claims'),
    failed(raw({ iat: -1 }), 'record.claims'),
    failed(raw({ iat: 253_402_300_800 }), 'record.claims'),
  ],
  'record.header-label': failed(raw(header([99, 1])), 'record.header-label'),
  'record.crit': [failed(raw(header([2, []])), 'record.crit'), failed(raw(header([2, [3]])), 'record.crit')],
  'record.unsupported': [
    limited(raw(header([2, [99]], [99, 1])), 'record.unsupported'),
    limited(raw({ link: [2, 'whatever the next version holds'] }), 'record.unsupported'),
    limited(unknownKey(true), 'record.unsupported'),
    passed(unknownKey(false), 'record.unsupported'),
  ],
  'record.type-unknown': limited(raw({ type: 'premonition' }), 'record.type-unknown'),
  'record.newer-revision': passed(raw({ revision: 9, fields: { ...statement('more'), omen: 'a raven' } })),
  'record.twin': passed(twin),
  'schema.unknown-key': failed(
    raw({ fields: { ...statement('more'), omen: 'a raven' } }),
    'schema.unknown-key',
  ),
  'schema.missing': failed(raw({ fields: { text: 'about nothing' } }), 'schema.missing'),
  'schema.value': failed(raw({ fields: { ...statement('x'), text: 7 } }), 'schema.value'),
  'subject.dot-segment': failed(
    raw({ sub: 'https://id.gs1.org/01/09521234543213/21/%2e%2e' }),
    'link.prev-mismatch',
    'passport.foreign-subject',
    'subject.dot-segment',
  ),
  'subject.not-canonical': failed(
    raw({ sub: 'https://id.gs1.org/01/9521234543213/21/SN0007' }),
    'link.prev-mismatch',
    'passport.foreign-subject',
    'subject.not-canonical',
  ),
  'subject.check-digit': failed(
    raw({ sub: 'https://id.gs1.org/01/09521234543214/21/SN0007' }),
    'link.prev-mismatch',
    'passport.foreign-subject',
    'subject.check-digit',
  ),
  'passport.foreign-subject': failed(async () => {
    const { story, actor } = await seller();
    await story.say(actor, 'about another plate', { sub: OTHER_ITEM });
    return input(story);
  }, 'passport.foreign-subject'),
};
