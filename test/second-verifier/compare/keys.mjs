/** Keys from the public seeds of docs/spec/example.md, to sign what a mutation changed. */
import { createECDH, createHash, createPrivateKey, createPublicKey, sign as signBytes } from 'node:crypto';
import { concat, encode, object } from './cbor.mjs';

export function sha256(...parts) {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return new Uint8Array(hash.digest());
}

const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');
const hex = (bytes) => Buffer.from(bytes).toString('hex');

export function testKey(name) {
  const seed = sha256(`goodorder/test/${name}`);
  const secret = createPrivateKey({ key: Buffer.concat([PKCS8, seed]), format: 'der', type: 'pkcs8' });
  const x = new Uint8Array(Buffer.from(createPublicKey(secret).export({ format: 'jwk' }).x, 'base64url'));
  const element = encode({
    map: [
      [1, 1],
      [-1, 6],
      [-2, x],
    ],
  });
  const kid = sha256(element);
  return {
    name,
    x,
    element,
    kid,
    kidHex: hex(kid),
    sign: (bytes) => new Uint8Array(signBytes(null, bytes, secret)),
  };
}

const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
const number = (bytes) => BigInt(`0x${hex(bytes)}`);

function pointOf(scalar) {
  const ecdh = createECDH('prime256v1');
  ecdh.setPrivateKey(scalar);
  return new Uint8Array(ecdh.getPublicKey());
}

function inverse(value) {
  let [result, base] = [1n, value % ORDER];
  for (let power = ORDER - 2n; power > 0n; power >>= 1n) {
    if (power & 1n) result = (result * base) % ORDER;
    base = (base * base) % ORDER;
  }
  return result;
}

/** With a nonce from the message, so that a story is the same each time; of test keys nothing else is asked. */
function phoneSign(secret, bytes) {
  const nonce = sha256('nonce', secret, bytes);
  const r = number(pointOf(nonce).slice(1, 33)) % ORDER;
  let s = (inverse(number(nonce)) * (number(sha256(bytes)) + r * number(secret))) % ORDER;
  if (s > ORDER / 2n) s = ORDER - s;
  return Uint8Array.from(
    Buffer.from([r, s].map((part) => part.toString(16).padStart(64, '0')).join(''), 'hex'),
  );
}

/** A P-256 key. */
export function phoneKey(name) {
  const secret = sha256(`goodorder/test/${name}`);
  const point = pointOf(secret);
  const [x, y] = [point.slice(1, 33), point.slice(33)];
  const element = encode({
    map: [
      [1, 2],
      [-1, 1],
      [-2, x],
      [-3, y],
    ],
  });
  const kid = sha256(element);
  return { name, alg: -9, x, element, kid, kidHex: hex(kid), sign: (bytes) => phoneSign(secret, bytes) };
}

const NAMES = [
  'authority',
  'seller',
  'carrier',
  'producer',
  'buyer',
  'other',
  'stranger',
  'consumer',
  'inspector',
  'laboratory',
  'platform',
  'importer',
  'repairer',
  'recycler',
  'warehouse',
];

export const KEYS = [...NAMES.map(testKey), phoneKey('phone')];
export const KEY_OF = new Map(KEYS.map((key) => [key.kidHex, key]));

export const RECORD_TYP = 'application/vnd.goodorder.record+cose';
export const CREDENTIAL_TYP = 'application/vnd.goodorder.credential+cose';

/** A COSE_Sign1 of a header and a payload, both as bytes. */
export function seal(key, header, payload) {
  const signed = encode(['Signature1', header, new Uint8Array(0), payload]);
  const body = encode([header, { map: [] }, payload, key.sign(signed)]);
  return { bytes: concat([Uint8Array.of(0xd2), body]), statement: sha256(signed) };
}

export function credential(issuer, fields) {
  const header = encode({
    map: [
      [1, issuer.alg ?? -19],
      [4, issuer.kid],
      [16, CREDENTIAL_TYP],
    ],
  });
  return seal(issuer, header, encode(object(fields))).bytes;
}
