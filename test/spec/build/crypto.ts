import { readFileSync } from 'node:fs';
import { type CborKey, type CborValue, encodeCbor } from '../../../src/codec/cbor.js';
import { concatBytes, fromHex, toHex, utf8Bytes } from '../../../src/codec/hex.js';
import { encodeEc2Key, encodeOkpKey, isCoseKeyFault, readCoseKey } from '../../../src/crypto/cose-key.js';
import { publicKeyFault, signatureFault, verifyEd25519Sync } from '../../../src/crypto/ed25519.js';
import { esp256SignatureFault, verifyEsp256 } from '../../../src/crypto/esp256.js';
import { isP256Point } from '../../../src/crypto/p256-point.js';
import type { FieldPath } from '../../../src/record/field-path.js';
import { fieldDigest } from '../../../src/record/private-fields.js';
import { L, littleEndian, SMALL, scalarSigner } from '../../attack/small-points.js';
import { Actor, seedOf } from '../../verify/story.js';
import { numbered, type VectorCase, type VectorFile } from '../vector-file.js';
import { fixedEsp256Signer, highS } from './esp256.js';

const P = 2n ** 255n - 19n;

export function keysFile(): VectorFile {
  const name = numbered();
  const map = (...members: readonly (readonly [CborKey, CborValue])[]): string =>
    toHex(encodeCbor(new Map(members)));
  const x = fromHex('d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a');
  const { coseKey } = fixedEsp256Signer('phone');
  const [px, py] = [coseKey.slice(8, 40), coseKey.slice(43)];
  if (toHex(encodeEc2Key(px, py)) !== toHex(coseKey)) throw new Error('cut wrongly');
  const okp = (bytes: Uint8Array): string => map([1, 1], [-1, 6], [-2, bytes]);
  const ec2 = (one: CborValue, other: CborValue): string => map([1, 2], [-1, 1], [-2, one], [-3, other]);
  const high = (bytes: Uint8Array): Uint8Array => Uint8Array.of(...bytes.slice(0, 31), bytes[31]! | 0x80);
  const keys: readonly (readonly [string, string])[] = [
    ['Ed25519', toHex(encodeOkpKey(x))],
    ['P-256', toHex(coseKey)],
    ['another key type', map([1, 7], [-1, new Uint8Array(32)])],
    ['a key type in words', map([1, 'AKP'])],
    ['Ed448', map([1, 1], [-1, 7], [-2, new Uint8Array(57)])],
    ['P-384', map([1, 2], [-1, 2], [-2, new Uint8Array(48)], [-3, new Uint8Array(48)])],
    ['a curve in words', map([1, 1], [-1, 'Ed25519'], [-2, x])],
    ...SMALL.map((point) => ['of small order', okp(point.toBytes())] as const),
    ...SMALL.map((point) => ['of small order with the other sign', okp(high(point.toBytes()))] as const),
    ['y = p', okp(littleEndian(P))],
    ['y = p + 3', okp(littleEndian(P + 3n))],
    ['y = p + 1 with the sign', okp(high(littleEndian(P + 1n)))],
    ['y = 2^255 − 1', okp(new Uint8Array(32).fill(0xff))],
    ['a y without a point', okp(littleEndian(2n))],
    ['31 bytes', okp(x.slice(1))],
    ['33 bytes', okp(concatBytes(x, Uint8Array.of(0)))],
    ['with a kid', map([1, 1], [2, new Uint8Array(2)], [-1, 6], [-2, x])],
    ['with its secret', map([1, 1], [-1, 6], [-2, x], [-4, seedOf('x')])],
    ['without x', map([1, 1], [-1, 6])],
    ['without a curve', map([1, 1], [-2, x])],
    ['without a type', map([-1, 6], [-2, x])],
    ['type is null', map([1, null], [-1, 6], [-2, x])],
    ['x is text', map([1, 1], [-1, 6], [-2, 'x'])],
    ['compressed point', ec2(px, true)],
    ['point off the curve', ec2(px, px)],
    ['x ≥ p', ec2(new Uint8Array(32).fill(0xff), py)],
    ['coordinates of 31 bytes', ec2(px.slice(1), py)],
    ['without y', map([1, 2], [-1, 1], [-2, px])],
    ['no map', '80'],
    ['not shortest', `a31801012006215820${toHex(x)}`],
    ['members out of order', `a320060101215820${toHex(x)}`],
    ['trailing byte', `${toHex(encodeOkpKey(x))}00`],
    ['empty', ''],
  ];
  const cases = keys.map(([what, hex]): VectorCase => {
    const read = readCoseKey(fromHex(hex));
    const result = isCoseKeyFault(read)
      ? { ok: false, code: read.code, offset: read.offset }
      : { ok: true, kty: read.kty, kid: read.kid };
    return { name: name(what), hex, ...result };
  });
  return { name: 'keys', about: 'Key elements (record.md, Keys): type and kid, or code and offset.', cases };
}

type Given = readonly [name: string, key: Uint8Array, message: Uint8Array, signature: Uint8Array];

export async function signaturesFile(): Promise<VectorFile> {
  const name = numbered();
  const cases: VectorCase[] = [];
  for (const [what, key, message, signature] of await ed25519Given()) {
    const result = ed25519Result(key, message, signature);
    cases.push({
      name: name(what),
      alg: -19,
      x: toHex(key),
      message: toHex(message),
      signature: toHex(signature),
      result,
    });
  }
  for (const [what, x, y, message, signature] of await esp256Given()) {
    const result = await esp256Result(x, y, message, signature);
    const texts = { x: toHex(x), y: toHex(y), message: toHex(message), signature: toHex(signature) };
    cases.push({ name: name(what), alg: -9, ...texts, result });
  }
  return {
    name: 'signatures',
    about:
      'Signatures by the rules of record.md: `verified`, or the code. RFC 8032: Appendix tests; speccheck: novifinancial/ed25519-speccheck (Apache-2.0); wycheproof: C2SP/wycheproof (Apache-2.0).',
    cases,
  };
}

function ed25519Result(key: Uint8Array, message: Uint8Array, signature: Uint8Array): string {
  const fault = publicKeyFault(key) ?? signatureFault(signature);
  return fault ?? (verifyEd25519Sync(signature, message, key) ? 'verified' : 'sig.invalid');
}

async function esp256Result(
  x: Uint8Array,
  y: Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
): Promise<string> {
  const fault = isP256Point(x, y) ? esp256SignatureFault(signature) : 'key.malformed';
  return fault ?? ((await verifyEsp256(signature, message, x, y)) ? 'verified' : 'sig.invalid');
}

async function ed25519Given(): Promise<Given[]> {
  const given: Given[] = [];
  const rfc = JSON.parse(readFileSync('fixtures/vectors/rfc8032/ed25519.json', 'utf8')) as readonly {
    readonly name: string;
    readonly publicKey: string;
    readonly message: string;
    readonly signature: string;
  }[];
  for (const { name, publicKey, message, signature } of rfc) {
    given.push([`RFC 8032 ${name}`, fromHex(publicKey), fromHex(message), fromHex(signature)]);
  }
  const speccheck = JSON.parse(
    readFileSync('fixtures/vectors/ed25519-speccheck/cases.json', 'utf8'),
  ) as readonly {
    readonly message: string;
    readonly pub_key: string;
    readonly signature: string;
  }[];
  for (const [index, { message, pub_key, signature }] of speccheck.entries()) {
    given.push([`speccheck ${index}`, fromHex(pub_key), fromHex(message), fromHex(signature)]);
  }
  const message = utf8Bytes('a message');
  const { signer } = new Actor('seller');
  const key = signer.coseKey.slice(-32);
  const good = await signer.sign(message);
  const s = BigInt(`0x${toHex(good.slice(32).reverse())}`);
  const withS = (value: bigint): Uint8Array => concatBytes(good.subarray(0, 32), littleEndian(value));
  const withR = (r: Uint8Array): Uint8Array => concatBytes(r, good.subarray(32));
  given.push(
    ['good', key, message, good],
    ['another message', key, utf8Bytes('another message'), good],
    ['S + L', key, message, withS(s + L)],
    ['S = L', key, message, withS(L)],
    ['S = L − 1', key, message, withS(L - 1n)],
    ['S = 0', key, message, withS(0n)],
    ['S with its highest bits set', key, message, withS(s + 2n ** 253n)],
    ['63 bytes', key, message, good.subarray(1)],
    ['65 bytes', key, message, concatBytes(good, Uint8Array.of(0))],
    ['empty', key, message, new Uint8Array(0)],
    ['R is y = p', key, message, withR(littleEndian(P))],
    ['R is not on the curve', key, message, withR(littleEndian(2n))],
    ['R with the other sign', key, message, withR(Uint8Array.of(...good.slice(0, 31), good[31]! ^ 0x80))],
  );
  for (const point of SMALL) given.push(['R of small order', key, message, withR(point.toBytes())]);
  for (const torsion of [1, 2, 4]) {
    const mixedKey = scalarSigner(7n, { key: torsion });
    given.push([
      `key with a part of small order ${torsion}`,
      mixedKey.publicKey,
      message,
      await mixedKey.sign(message),
    ]);
    const mixedR = scalarSigner(7n, { r: torsion });
    given.push([
      `R with a part of small order ${torsion}`,
      mixedR.publicKey,
      message,
      await mixedR.sign(message),
    ]);
    const both = scalarSigner(7n, { key: torsion, r: torsion });
    given.push([
      `both with a part of small order ${torsion}`,
      both.publicKey,
      message,
      await both.sign(message),
    ]);
  }
  return given;
}

async function esp256Given(): Promise<(readonly [string, Uint8Array, Uint8Array, Uint8Array, Uint8Array])[]> {
  const { coseKey, sign } = fixedEsp256Signer('phone');
  const [x, y] = [coseKey.slice(8, 40), coseKey.slice(43)];
  const message = utf8Bytes('a message');
  const good = await sign(message);
  const zero = new Uint8Array(32);
  const given: (readonly [string, Uint8Array, Uint8Array, Uint8Array, Uint8Array])[] = [
    ['good', x, y, message, good],
    ['the other s', x, y, message, highS(good)],
    ['another message', x, y, utf8Bytes('another'), good],
    ['63 bytes', x, y, message, good.subarray(1)],
    ['r = 0', x, y, message, concatBytes(zero, good.subarray(32))],
    ['s = 0', x, y, message, concatBytes(good.subarray(0, 32), zero)],
    ['r beyond the order', x, y, message, concatBytes(zero.slice().fill(0xff), good.subarray(32))],
  ];
  const { testGroups } = JSON.parse(
    readFileSync('fixtures/vectors/wycheproof-ecdsa-p256/ecdsa_secp256r1_sha256_p1363_test.json', 'utf8'),
  ) as {
    readonly testGroups: readonly {
      readonly publicKey: { readonly uncompressed: string };
      readonly tests: readonly { readonly tcId: number; readonly msg: string; readonly sig: string }[];
    }[];
  };
  for (const { publicKey, tests } of testGroups) {
    const point = fromHex(publicKey.uncompressed);
    for (const { tcId, msg, sig } of tests) {
      given.push([`wycheproof ${tcId}`, point.slice(1, 33), point.slice(33), fromHex(msg), fromHex(sig)]);
    }
  }
  return given;
}

export function fieldDigestsFile(): VectorFile {
  const kid = new Actor('seller').kid;
  const salt = fromHex('000102030405060708090a0b0c0d0e0f');
  const fields: readonly (readonly [string, FieldPath, CborValue])[] = [
    ['a name', ['persons', 0, 'name'], '李雷'],
    ['an amount', ['amountMinor'], 129_900],
    ['a negative number', ['x'], -1],
    ['a subject', ['children', 23], 'https://id.gs1.org/01/09521234543213/21/A1'],
    [
      'a map',
      ['place', 'exact'],
      new Map<CborKey, CborValue>([
        ['longitudeMicroDeg', 121_473_701],
        ['latitudeMicroDeg', 31_230_416],
        ['address', 'gate 3'],
      ]),
    ],
  ];
  const sub = 'https://id.gs1.org/01/09521234543213/21/SN0007';
  return {
    name: 'field-digests',
    about: 'Field digests (encoding.md, Private fields). `value` is the encoding of the value in hex.',
    cases: fields.map(([name, path, value]) => ({
      name,
      kid,
      sub,
      salt: toHex(salt),
      path: [...path],
      value: toHex(encodeCbor(value)),
      digest: toHex(fieldDigest({ kid, sub, salt, path, value })),
    })),
  };
}
