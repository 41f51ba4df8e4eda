import { createPublicKey, type KeyObject } from 'node:crypto';
import { Algorithms, Sign1 } from '@auth0/cose';
import { Ed25519Key } from '@ldclabs/cose-ts/ed25519';
import { Sign1Message } from '@ldclabs/cose-ts/sign1';
import { describe, expect, test } from 'vitest';
import { toBase64url } from '../../src/codec/base64url.js';
import { type CborValue, decodeCbor, encodeCbor } from '../../src/codec/cbor.js';
import { fromHex, utf8Bytes } from '../../src/codec/hex.js';
import { HEADER_LABEL } from '../../src/crypto/cose-header.js';
import { encodeSign1, sigStructure } from '../../src/crypto/cose-sign1.js';
import { ed25519PublicKey } from '../../src/crypto/ed25519.js';
import { ed25519Signer } from '../../src/crypto/signer.js';

/**
 * A record is a COSE_Sign1 that libraries knowing nothing of us can read and verify. Both decode the message, build
 * the Sig_structure and check the signature themselves. Both were written before RFC 9864 gave Ed25519 the number
 * −19: they know the same signature as EdDSA, −8, and have to be told that −19 means it. That is all they are told.
 */
const seed = new Uint8Array(32).fill(3);
const publicKey = ed25519PublicKey(seed);
const signer = ed25519Signer(seed);

async function makeRecord() {
  const kid = fromHex(signer.kid);
  const protectedHeader = encodeCbor(
    new Map<number, CborValue>([
      [HEADER_LABEL.alg, signer.alg],
      [HEADER_LABEL.contentType, 'application/vnd.goodorder.handover+cbor'],
      [HEADER_LABEL.kid, kid],
      [
        HEADER_LABEL.cwtClaims,
        new Map<number, CborValue>([
          [1, 'urn:goodorder:gln:9506000134352'],
          [2, 'urn:goodorder:lot:1'],
          [6, 1_787_879_100],
        ]),
      ],
      [HEADER_LABEL.typ, 'application/vnd.goodorder.record+cose'],
      [HEADER_LABEL.link, [1, 0, null, [], null, []]],
    ]),
  );
  const payload = encodeCbor(
    new Map<number | string, CborValue>([
      [0, 1],
      ['massG', 5_000_000_000],
      ['remark', 'Kiste beschädigt — 箱子'],
    ]),
  );
  const signature = await signer.sign(sigStructure(protectedHeader, payload));
  return { kid, payload, bytes: encodeSign1(protectedHeader, payload, signature) };
}

function changed(bytes: Uint8Array, text: string): Uint8Array {
  const at = Buffer.from(bytes).indexOf(utf8Bytes(text));
  expect(at).toBeGreaterThan(0);
  const copy = bytes.slice();
  copy[at]! ^= 1;
  return copy;
}

describe('@ldclabs/cose-ts', () => {
  /** Its own type for a key leaves `alg` out, which its class has. */
  function keyOf(x: Uint8Array): Ed25519Key {
    return Object.assign(Ed25519Key.fromPublic(x), { alg: signer.alg });
  }
  const key = keyOf(publicKey);

  test('verifies a record of ours and reads header and payload', async () => {
    const { bytes, kid, payload } = await makeRecord();
    const message = Sign1Message.fromBytes(key, bytes);
    expect(message.protected?.getInt(HEADER_LABEL.alg)).toBe(-19);
    expect(message.protected?.getBytes(HEADER_LABEL.kid)).toEqual(kid);
    expect(message.protected?.getText(HEADER_LABEL.typ)).toBe('application/vnd.goodorder.record+cose');
    expect(message.payload).toEqual(payload);
    expect(decodeCbor(message.payload)).toEqual(
      new Map<unknown, unknown>([
        [0, 1],
        ['massG', 5_000_000_000],
        ['remark', 'Kiste beschädigt — 箱子'],
      ]),
    );
  });

  test('refuses it with a byte changed, or under another key', async () => {
    const { bytes } = await makeRecord();
    expect(() => Sign1Message.fromBytes(key, changed(bytes, 'remark'))).toThrow('signature mismatch');
    expect(() => Sign1Message.fromBytes(key, changed(bytes, 'handover'))).toThrow('signature mismatch');
    const other = keyOf(ed25519PublicKey(new Uint8Array(32)));
    expect(() => Sign1Message.fromBytes(other, bytes)).toThrow('signature mismatch');
  });
});

describe('@auth0/cose', () => {
  const jwk = (x: Uint8Array): KeyObject =>
    createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: toBase64url(x) }, format: 'jwk' });

  function read(bytes: Uint8Array): Sign1 {
    const message = Sign1.decode(bytes);
    // The name of the algorithm is looked up by this; the bytes that are verified keep their −19.
    if ((message.alg as number) === signer.alg)
      Object.defineProperty(message, 'alg', { value: Algorithms.EdDSA });
    return message;
  }

  test('knows no −19 by itself', async () => {
    const { bytes } = await makeRecord();
    await expect(Sign1.decode(bytes).verify(jwk(publicKey))).rejects.toThrow('Unsupported algorithm -19');
  });

  test('verifies a record of ours and reads header and payload', async () => {
    const { bytes, kid, payload } = await makeRecord();
    const message = read(bytes);
    await expect(message.verify(jwk(publicKey))).resolves.toBeUndefined();
    expect(new Uint8Array(message.protectedHeaders.get(HEADER_LABEL.kid) as Uint8Array)).toEqual(kid);
    expect(new Uint8Array(message.payload)).toEqual(payload);
  });

  test('refuses it with a byte changed, or under another key', async () => {
    const { bytes } = await makeRecord();
    await expect(read(changed(bytes, 'remark')).verify(jwk(publicKey))).rejects.toThrow();
    await expect(read(changed(bytes, 'handover')).verify(jwk(publicKey))).rejects.toThrow();
    await expect(read(bytes).verify(jwk(ed25519PublicKey(new Uint8Array(32))))).rejects.toThrow();
  });
});
