import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { encodeCbor } from '../../src/codec/cbor.js';
import { concatBytes, fromHex, toHex } from '../../src/codec/hex.js';
import {
  ALG_ED25519,
  ALG_ESP256,
  type CoseKey,
  encodeEc2Key,
  encodeOkpKey,
  isCoseKeyFault,
  keyThumbprint,
  readCoseKey,
} from '../../src/crypto/cose-key.js';
import { ed25519PublicKey } from '../../src/crypto/ed25519.js';
import { ed25519Signer } from '../../src/crypto/signer.js';

const x = fromHex('d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a');

// RFC 9679 §6: the example EC2 key and its SHA-256 thumbprint.
const RFC_9679_X = fromHex('65eda5a12577c2bae829437fe338701a10aaa375e1bb5b5de108de439c08551d');
const RFC_9679_Y = fromHex('1e52ed75701163f7f9e40ddf9f341b3dc9ba860af7e0ca7ca7e9eecd0084d19c');
const RFC_9679_THUMBPRINT = '496bd8afadf307e5b08c64b0421bf9dc01528a344a43bda88fadd1669da253ec';

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

describe('thumbprint', () => {
  test('is that of RFC 9679’s example', () => {
    const bytes = encodeEc2Key(RFC_9679_X, RFC_9679_Y);
    expect(toHex(bytes)).toBe(`a401022001215820${toHex(RFC_9679_X)}225820${toHex(RFC_9679_Y)}`);
    expect(keyThumbprint(bytes)).toBe(RFC_9679_THUMBPRINT);
    expect(readCoseKey(bytes)).toEqual({
      kty: 'EC2',
      kid: RFC_9679_THUMBPRINT,
      bytes,
      x: RFC_9679_X,
      y: RFC_9679_Y,
    });
  });

  test('of an Ed25519 key is over kty, crv and x', () => {
    const bytes = encodeOkpKey(x);
    expect(toHex(bytes)).toBe(`a301012006215820${toHex(x)}`);
    expect(bytes).toEqual(
      encodeCbor(
        new Map<number, number | Uint8Array>([
          [1, 1],
          [-1, 6],
          [-2, x],
        ]),
      ),
    );
    expect(readCoseKey(bytes)).toEqual({ kty: 'OKP', kid: sha256(bytes), bytes, x });
  });

  test('the key keeps bytes of its own', () => {
    const given = encodeOkpKey(x);
    const key = readCoseKey(given) as CoseKey;
    given.fill(0);
    expect(key.bytes).toEqual(encodeOkpKey(x));
  });
});

test('a fault is told from a key', () => {
  expect(isCoseKeyFault(readCoseKey(encodeOkpKey(x)))).toBe(false);
  expect(isCoseKeyFault(readCoseKey(new Uint8Array(1)))).toBe(true);
  expect([ALG_ED25519, ALG_ESP256]).toEqual([-19, -9]);
});

describe('key.malformed', () => {
  const okp = new Map<number | string, unknown>([
    [1, 1],
    [-1, 6],
    [-2, x],
  ]);
  const ec2 = new Map<number | string, unknown>([
    [1, 2],
    [-1, 1],
    [-2, RFC_9679_X],
    [-3, RFC_9679_Y],
  ]);
  const withMember = (base: typeof okp, label: number | string, value: unknown) =>
    new Map(base).set(label, value);
  const without = (base: typeof okp, label: number) => new Map([...base].filter(([key]) => key !== label));

  test.each<[string, unknown]>([
    ['no map', [1, 2]],
    ['the empty map', new Map()],
    ['no kty', without(okp, 1)],
    ['kty of bytes', withMember(okp, 1, Uint8Array.of(1))],
    ['no crv', without(okp, -1)],
    ['crv null', withMember(okp, -1, null)],
    ['no x', without(okp, -2)],
    ['x a text', withMember(okp, -2, 'x')],
    ['x of 31 bytes', withMember(okp, -2, x.subarray(1))],
    ['x of small order', withMember(okp, -2, new Uint8Array(32))],
    ['x not canonical', withMember(okp, -2, new Uint8Array(32).fill(255))],
    ['a kid', withMember(okp, 2, Uint8Array.of(1))],
    ['an alg', withMember(okp, 3, -19)],
    ['the private key', withMember(okp, -4, new Uint8Array(32))],
    ['an own member', withMember(okp, 'note', 'text')],
    ['a private key in place of x', withMember(without(okp, -2), -4, new Uint8Array(32))],
    ['EC2 without y', without(ec2, -3)],
    ['EC2 compressed', withMember(ec2, -3, true)],
    ['EC2 off the curve', withMember(ec2, -3, RFC_9679_X)],
    ['EC2 with a leading zero', withMember(ec2, -2, concatBytes(Uint8Array.of(0), RFC_9679_X))],
    ['EC2 at infinity', withMember(withMember(ec2, -2, new Uint8Array(32)), -3, new Uint8Array(32))],
    ['EC2 x above p', withMember(ec2, -2, new Uint8Array(32).fill(255))],
    ['EC2 with an alg', withMember(ec2, 3, -9)],
    ['EC2 with another label in place of y', withMember(without(ec2, -3), -5, RFC_9679_Y)],
    ['EC2 of another curve without y', withMember(withMember(without(ec2, -3), -5, RFC_9679_Y), -1, 2)],
  ])('%s', (_, value) => {
    expect(readCoseKey(encodeCbor(value as never))).toEqual({ code: 'key.malformed', offset: 0 });
  });
});

describe('other bytes and other keys', () => {
  test('bytes outside the profile have the scanner’s code', () => {
    expect(readCoseKey(fromHex('a3010120062158'))).toEqual({ code: 'cbor.truncated', offset: 6 });
    expect(readCoseKey(fromHex('a220060101'))).toEqual({ code: 'cbor.key-order', offset: 3 });
    expect(readCoseKey(new Uint8Array(0))).toEqual({ code: 'cbor.truncated', offset: 0 });
  });

  test.each<[string, unknown]>([
    [
      'kty 7 (AKP)',
      new Map<number, unknown>([
        [1, 7],
        [3, -48],
        [-1, new Uint8Array(5)],
      ]),
    ],
    ['a kty with a name', new Map<number, unknown>([[1, 'later']])],
    ['a kty beyond numbers', new Map<number, unknown>([[1, 2n ** 60n]])],
    [
      'a curve beyond numbers',
      new Map<number, unknown>([
        [1, 1],
        [-1, 2n ** 60n],
        [-2, x],
      ]),
    ],
    [
      'a curve with a name, and y of any kind',
      new Map<number, unknown>([
        [1, 2],
        [-1, 'later'],
        [-2, x],
        [-3, true],
      ]),
    ],
    [
      'Ed448',
      new Map<number, unknown>([
        [1, 1],
        [-1, 7],
        [-2, new Uint8Array(57)],
      ]),
    ],
    [
      'P-384',
      new Map<number, unknown>([
        [1, 2],
        [-1, 2],
        [-2, new Uint8Array(48)],
        [-3, new Uint8Array(48)],
      ]),
    ],
  ])('%s is unknown, its kid the hash of its bytes', (_, value) => {
    const bytes = encodeCbor(value as never);
    expect(readCoseKey(bytes)).toEqual({ kty: 'unknown', kid: sha256(bytes), bytes });
  });

  test('encoding refuses what reading would', () => {
    expect(() => encodeOkpKey(new Uint8Array(32))).toThrow(
      new RangeError('COSE_Key: not an Ed25519 public key'),
    );
    expect(() => encodeEc2Key(RFC_9679_Y, RFC_9679_X)).toThrow(
      new RangeError('COSE_Key: not a P-256 public key'),
    );
  });
});

describe('signer', () => {
  test('names its key and signs the same bytes the same way', async () => {
    const seed = fromHex('9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60');
    const signer = ed25519Signer(seed);
    seed.fill(0);
    const key = readCoseKey(signer.coseKey);
    expect(isCoseKeyFault(key) ? null : [key.kty, key.kid]).toEqual(['OKP', signer.kid]);
    expect([signer.alg, toHex(await signer.sign(new Uint8Array(0)))]).toEqual([
      -19,
      'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
    ]);
    expect(key).toMatchObject({
      x: ed25519PublicKey(fromHex('9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60')),
    });
  });
});
