import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { toBase64 } from '../../src/codec/base64url.js';
import { fromHex } from '../../src/codec/hex.js';
import { ed25519PublicKey } from '../../src/crypto/ed25519.js';
import {
  formatVerifierKey,
  isKeyName,
  NOTE_COSIGNATURE,
  NOTE_ED25519,
  NOTE_ML_DSA_COSIGNATURE,
  noteKeyId,
  parseVerifierKey,
  verifierKey,
} from '../../src/log/verifier-key.js';

const go = JSON.parse(readFileSync('fixtures/vectors/golang-sumdb/note.json', 'utf8')) as {
  verifierKey: string;
  badVerifierKeys: string[];
  exampleKeys: Record<string, string>;
  signer: { name: string; keyId: string; skey: string };
};
const c2sp = JSON.parse(readFileSync('fixtures/vectors/c2sp-formats/cosignature.json', 'utf8')) as {
  vkeys: { name: string; vkey: string; type?: number }[];
};
const sigstore = JSON.parse(
  readFileSync('fixtures/vectors/sigstore-conformance/checkpoints.json', 'utf8'),
) as {
  logs: { name: string; publicKeyDer: string; keyId: string }[];
}[];
const tessera = 'example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx';

describe('golang.org/x/mod/sumdb/note', () => {
  test('its keys read and write back', () => {
    for (const text of [go.verifierKey, ...Object.values(go.exampleKeys), tessera]) {
      const key = parseVerifierKey(text);
      expect('reason' in key).toBe(false);
      if (!('reason' in key)) expect(formatVerifierKey(key)).toBe(text);
    }
  });

  test('no proper part of a key is a key', () => {
    for (let start = 0; start < go.verifierKey.length; start += 1) {
      for (let end = start; end <= go.verifierKey.length; end += 1) {
        const part = go.verifierKey.slice(start, end);
        if (part !== go.verifierKey) expect(parseVerifierKey(part)).toHaveProperty('reason');
      }
    }
  });

  test('no key with one character raised is a key', () => {
    for (let index = 0; index < go.verifierKey.length; index += 1) {
      const raised = String.fromCharCode(go.verifierKey.charCodeAt(index) + 1);
      const mangled = go.verifierKey.slice(0, index) + raised + go.verifierKey.slice(index + 1);
      expect(parseVerifierKey(mangled)).toHaveProperty('reason');
    }
  });

  test.each(go.badVerifierKeys)('%s is refused', (text) => {
    expect(parseVerifierKey(text)).toHaveProperty('reason');
  });

  test('the signer of the sign test has the key id stated', () => {
    const secret = Buffer.from(go.signer.skey.split('+').slice(4).join('+'), 'base64');
    const publicKey = ed25519PublicKey(Uint8Array.from(secret.subarray(1)));
    expect(noteKeyId(go.signer.name, NOTE_ED25519, publicKey)).toBe(go.signer.keyId);
    expect(formatVerifierKey(verifierKey(go.signer.name, NOTE_ED25519, publicKey))).toBe(go.verifierKey);
  });
});

describe('transparency-dev/formats', () => {
  test.each(c2sp.vkeys.filter(({ type }) => type !== 6))('$name', ({ vkey, type }) => {
    const key = parseVerifierKey(vkey);
    expect('reason' in key ? undefined : key.type).toBe(type);
  });

  test('its ML-DSA-44 key, under the id that tlog-cosignature asks for', () => {
    // The id in that table is not SHA-256(name ‖ 0A ‖ 06 ‖ key), which the format says it MUST be.
    const [{ vkey }] = c2sp.vkeys.filter(({ type }) => type === 6) as unknown as [{ vkey: string }];
    const refused = parseVerifierKey(vkey);
    expect(refused).toHaveProperty('reason');
    const [name, , ...rest] = vkey.split('+') as [string, string, ...string[]];
    const publicKey = Uint8Array.from(Buffer.from(rest.join('+'), 'base64')).slice(1);
    const key = verifierKey(name, NOTE_ML_DSA_COSIGNATURE, publicKey);
    expect(parseVerifierKey(formatVerifierKey(key))).toEqual(key);
  });
});

test('log ids of Sigstore begin with the key id', () => {
  const seen = new Set<string>();
  for (const { name, publicKeyDer, keyId } of sigstore.flatMap(({ logs }) => logs)) {
    const publicKey = Uint8Array.from(Buffer.from(publicKeyDer, 'base64')).slice(-32);
    expect(noteKeyId(name, NOTE_ED25519, publicKey)).toBe(
      Buffer.from(keyId, 'base64').toString('hex').slice(0, 8),
    );
    seen.add(name);
  }
  expect(seen.size).toBe(3);
});

describe('keys of the rule', () => {
  const publicKey = ed25519PublicKey(new Uint8Array(32).fill(7));

  test('the type is part of the key id', () => {
    const ids = [0, 1, 2, 3, 4, 5, 6, 255].map((type) => noteKeyId('log.example', type, publicKey));
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('a point of small order is refused', () => {
    const identity = fromHex(`01${'00'.repeat(31)}`);
    const keyId = noteKeyId('log.example', NOTE_ED25519, identity);
    const text = `log.example+${keyId}+${toBase64(Uint8Array.of(NOTE_ED25519, ...identity))}`;
    expect(parseVerifierKey(text)).toEqual({
      reason: 'the Ed25519 point is not canonical or of small order',
    });
    expect(() => verifierKey('log.example', NOTE_COSIGNATURE, identity)).toThrow(RangeError);
  });

  test.each(['', 'a b', 'a+b', 'a\u00a0b', 'a\u2028b', 'a\u3000b', 'a\u0085b', 'a\tb'])(
    '%j is no name',
    (name) => {
      expect(isKeyName(name)).toBe(false);
      expect(() => verifierKey(name, NOTE_ED25519, publicKey)).toThrow(RangeError);
    },
  );

  test.each(['log.example/2026', 'Señor-1', '日志', '—', 'a\u200bb'])('%j is a name', (name) => {
    expect(isKeyName(name)).toBe(true);
    expect(parseVerifierKey(formatVerifierKey(verifierKey(name, NOTE_ED25519, publicKey)))).toEqual(
      verifierKey(name, NOTE_ED25519, publicKey),
    );
  });

  const vkey = (type: number, bytes: Uint8Array, name = 'log.example'): string =>
    `${name}+${noteKeyId(name, type, bytes)}+${toBase64(Uint8Array.of(type, ...bytes))}`;

  test.each<[string, string]>([
    ['log.example', 'a verifier key has the form name+id+key'],
    ['log.example+00000000', 'a verifier key has the form name+id+key'],
    ['', 'a verifier key has the form name+id+key'],
    [vkey(1, publicKey, ''), 'key name `` is empty or holds a space or plus'],
    [vkey(1, publicKey, 'a b'), 'key name `a b` is empty or holds a space or plus'],
    ['log.example+00000000+A', 'the key is not base64 of a type byte and a public key'],
    ['log.example+00000000+', 'the key is not base64 of a type byte and a public key'],
    ['log.example+00000000+AQ==', 'the key is not base64 of a type byte and a public key'],
    ['log.example+00000000+AQE=', 'an Ed25519 key has 32 bytes, not 1'],
    [vkey(1, publicKey.subarray(1)), 'an Ed25519 key has 32 bytes, not 31'],
    [vkey(4, new Uint8Array(33)), 'an Ed25519 key has 32 bytes, not 33'],
    [vkey(6, new Uint8Array(1311)), 'an ML-DSA-44 key has 1312 bytes, not 1311'],
    [vkey(2, publicKey), 'unknown signature type 2'],
    [
      vkey(1, publicKey).replace(noteKeyId('log.example', 1, publicKey), '00000000'),
      `key id \`00000000\` is not this key's, which is \`${noteKeyId('log.example', 1, publicKey)}\``,
    ],
  ])('%s: why it is refused', (text, reason) => {
    expect(parseVerifierKey(text)).toEqual({ reason });
  });
});
