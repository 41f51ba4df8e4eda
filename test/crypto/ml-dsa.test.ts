import { describe, expect, test } from 'vitest';
import {
  ML_DSA_44_KEY_LENGTH,
  ML_DSA_44_SIGNATURE_LENGTH,
  mlDsa44Signer,
  rememberingMlDsa44Verifier,
  verifyMlDsa44,
} from '../../src/crypto/ml-dsa.js';

// Whether the implementation is ML-DSA-44 is shown on another implementation's key and signature, in
// test/log/subtree-cosignature.test.ts. Here: that there is one way to write a signature.

const signer = mlDsa44Signer(new Uint8Array(32).fill(7));
const message = new TextEncoder().encode('the goods are here');
const signature = signer.sign(message);
// c̃ (32 bytes), z (4 × 576), then the hint: 80 positions, and for each of 4 polynomials where its positions end.
const HINT = 32 + 4 * 576;
const ENDS = HINT + 80;

function changed(offset: number, change: (byte: number) => number): Uint8Array {
  const bytes = signature.slice();
  bytes[offset] = change(bytes[offset] as number);
  return bytes;
}

test('lengths of FIPS 204, and the same signature every time', () => {
  expect(signer.publicKey).toHaveLength(ML_DSA_44_KEY_LENGTH);
  expect(signature).toHaveLength(ML_DSA_44_SIGNATURE_LENGTH);
  expect(mlDsa44Signer(new Uint8Array(32).fill(7)).sign(message)).toEqual(signature);
  expect(verifyMlDsa44(signature, message, signer.publicKey)).toBe(true);
});

describe('refused', () => {
  test('another message or key', () => {
    const other = mlDsa44Signer(new Uint8Array(32).fill(8));
    expect(verifyMlDsa44(signature, message.slice(1), signer.publicKey)).toBe(false);
    expect(verifyMlDsa44(signature, message, other.publicKey)).toBe(false);
  });

  test('other lengths, without an exception', () => {
    const { publicKey } = signer;
    const longer = (bytes: Uint8Array): Uint8Array => Uint8Array.of(...bytes, 0);
    expect(verifyMlDsa44(signature.slice(1), message, publicKey)).toBe(false);
    expect(verifyMlDsa44(longer(signature), message, publicKey)).toBe(false);
    expect(verifyMlDsa44(new Uint8Array(), message, publicKey)).toBe(false);
    expect(verifyMlDsa44(signature, message, publicKey.slice(1))).toBe(false);
    expect(verifyMlDsa44(signature, message, longer(publicKey))).toBe(false);
  });

  test('any one bit flipped, in every part', () => {
    const offsets = [0, 31, 32, 33, 700, 1500, HINT - 1];
    for (let offset = HINT; offset < signature.length; offset += 1) offsets.push(offset);
    const accepted = offsets.filter((offset) =>
      verifyMlDsa44(
        changed(offset, (byte) => byte ^ (1 << (offset % 8))),
        message,
        signer.publicKey,
      ),
    );
    expect(accepted).toEqual([]);
  });

  test('a hint written another way: positions that descend, repeat, follow the last, or ends that go back', () => {
    const ends = Array.from(signature.subarray(ENDS));
    const count = ends[3] as number;
    expect(count).toBeLessThan(80);
    expect(ends[0]).toBeGreaterThan(1);
    const swapped = signature.slice();
    [swapped[HINT], swapped[HINT + 1]] = [signature[HINT + 1] as number, signature[HINT] as number];
    const forms = {
      descending: swapped,
      repeated: changed(HINT + 1, () => signature[HINT] as number),
      padded: changed(HINT + count, () => 1),
      'last end too far': changed(ENDS + 3, () => 81),
      'ends go back': changed(ENDS + 1, () => 0),
    };
    const accepted = Object.entries(forms).filter(([, form]) =>
      verifyMlDsa44(form, message, signer.publicKey),
    );
    expect(accepted.map(([name]) => name)).toEqual([]);
  });
});

test('a remembered answer is that of its own signature, message and key', () => {
  const verify = rememberingMlDsa44Verifier();
  const bad = changed(40, (byte) => byte ^ 1);
  for (let round = 0; round < 2; round += 1) {
    expect(verify(signature, message, signer.publicKey)).toBe(true);
    expect(verify(bad, message, signer.publicKey)).toBe(false);
    expect(verify(signature, message.slice(1), signer.publicKey)).toBe(false);
    // The same bytes, cut elsewhere between signature and message.
    expect(
      verify(signature.slice(0, -1), Uint8Array.of(signature.at(-1) ?? 0, ...message), signer.publicKey),
    ).toBe(false);
  }
});
