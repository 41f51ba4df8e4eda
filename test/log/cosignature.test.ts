import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fromBase64 } from '../../src/codec/base64url.js';
import { fromHex, toHex } from '../../src/codec/hex.js';
import { ed25519PublicKey, signEd25519 } from '../../src/crypto/ed25519.js';
import { parseCheckpoint } from '../../src/log/checkpoint.js';
import {
  cosign,
  cosignature,
  cosignatureKeyId,
  readCosignatureTime,
  verifyCosignature,
} from '../../src/log/cosignature.js';
import { isNoteFault, parseNote, type SignedNote, signNote } from '../../src/log/signed-note.js';
import {
  NOTE_COSIGNATURE,
  NOTE_ED25519,
  noteKeyId,
  parseVerifierKey,
  type VerifierKey,
  verifierKey,
} from '../../src/log/verifier-key.js';
import { lineId, verifyNoteLines } from '../../src/log/verify-note.js';
import { verifyInclusion } from '../../src/merkle/inclusion.js';
import { leafHash } from '../../src/merkle/tree.js';
import { LOG, testSigner } from './test-log.js';

const torchwood = JSON.parse(readFileSync('fixtures/vectors/torchwood/witness.json', 'utf8')) as {
  log: { origin: string; vkey: string; size: number; note: string };
  cosigner: { name: string; seed: string; publicKey: string };
  message: string;
};
const formats = JSON.parse(readFileSync('fixtures/vectors/c2sp-formats/cosignature.json', 'utf8')) as {
  timestamps: { name: string; line: string; time?: number }[];
  message: string;
  extended: string;
};
const sigstore = JSON.parse(
  readFileSync('fixtures/vectors/sigstore-conformance/checkpoints.json', 'utf8'),
) as {
  name: string;
  note: string;
  index: number;
  size: number;
  root: string;
  path: string[];
  entry: string;
  logs: { name: string; publicKeyDer: string }[];
}[];

function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function readNote(bytes: Uint8Array): SignedNote {
  const note = parseNote(bytes);
  if (isNoteFault(note)) throw new Error(note.reason);
  return note;
}

function readKey(text: string): VerifierKey {
  const key = parseVerifierKey(text);
  if ('reason' in key) throw new Error(key.reason);
  return key;
}

describe('torchwood', () => {
  const seed = fromHex(torchwood.cosigner.seed);
  const witness = { name: torchwood.cosigner.name, seed };
  const key = verifierKey(witness.name, NOTE_COSIGNATURE, ed25519PublicKey(seed));

  test('the witness key is the one of the seed', () => {
    expect(toHex(key.publicKey)).toBe(torchwood.cosigner.publicKey);
    expect(cosignatureKeyId(witness.name, key.publicKey)).toBe(key.keyId);
  });

  test('the checkpoint of sum.golang.org that litewitness takes, cosigned', () => {
    const { note, vkey, origin, size } = torchwood.log;
    const cosigned = readNote(cosign(utf8(note), { ...witness, time: 1_727_964_367 }));
    expect(parseCheckpoint(cosigned.text)).toMatchObject({ origin, size });
    expect(new TextDecoder().decode(cosigned.bytes).startsWith(note)).toBe(true);
    expect(verifyNoteLines(cosigned, [readKey(vkey), key])).toEqual([
      { status: 'verified', key: readKey(vkey), time: null },
      { status: 'verified', key, time: 1_727_964_367 },
    ]);
  });

  test('signer round trip', () => {
    const note = readNote(cosign(signNote(torchwood.message, LOG), { ...witness, time: 7 }));
    expect(verifyNoteLines(note, [key]).map(({ status }) => status)).toEqual(['verified']);
  });
});

describe('transparency-dev/formats', () => {
  test.each(formats.timestamps)('timestamp: $name', ({ line, time }) => {
    let blob: Uint8Array | null = null;
    try {
      blob = fromBase64(line);
    } catch {
      expect(time).toBeUndefined();
    }
    // Its reader gives the time without a key: type 04 is 4 bytes of id, 8 of time, 64 of signature.
    const stated = blob?.length === 76 ? Number(new DataView(blob.buffer, 4).getBigUint64(0)) : undefined;
    expect(stated).toBe(time);
  });

  test('the signature covers extension lines', () => {
    const witness = testSigner('w');
    const bytes = cosign(signNote(formats.extended, LOG), { ...witness, time: 1 });
    const changed = bytes.slice();
    changed[utf8(formats.extended).length - 2] = 0x40;
    const key = verifierKey('w', NOTE_COSIGNATURE, ed25519PublicKey(witness.seed));
    expect(verifyNoteLines(readNote(bytes), [key]).map(({ status }) => status)).toEqual(['verified']);
    expect(verifyNoteLines(readNote(changed), [key]).map(({ status }) => status)).toEqual(['failed']);
  });

  test('a plain key neither opens a cosignature nor the other way round', () => {
    const witness = testSigner('w');
    const publicKey = ed25519PublicKey(witness.seed);
    const plain = verifierKey('w', NOTE_ED25519, publicKey);
    const cosigner = verifierKey('w', NOTE_COSIGNATURE, publicKey);
    const { text } = readNote(signNote(formats.message, LOG));
    const line = cosignature(text, { ...witness, time: 5 });
    const note = readNote(cosign(signNote(formats.message, witness), { ...witness, time: 5 }));
    expect(verifyNoteLines(note, [plain, cosigner]).map(({ status, key }) => [status, key.type])).toEqual([
      ['verified', 1],
      ['verified', 4],
    ]);
    // Under the other's key id the very same bytes fail.
    const swapped = readNote(
      new Uint8Array([
        ...utf8(`${formats.message}\n`),
        ...utf8(
          `— w ${Buffer.from([...fromHex(noteKeyId('w', 1, publicKey)), ...line.signature]).toString('base64')}\n`,
        ),
      ]),
    );
    expect(verifyNoteLines(swapped, [plain, cosigner]).map(({ status }) => status)).toEqual(['failed']);
  });
});

describe('checkpoints of Sigstore', () => {
  test.each(sigstore)('$name', ({ note, index, size, root, path, entry, logs }) => {
    const read = readNote(utf8(note));
    const keys = logs.map(({ name, publicKeyDer }) =>
      verifierKey(name, NOTE_ED25519, Uint8Array.from(Buffer.from(publicKeyDer, 'base64')).slice(-32)),
    );
    const answers = verifyNoteLines(read, keys);
    expect(answers.map(({ status }) => status)).toEqual(['verified']);
    const checkpoint = parseCheckpoint(read.text);
    const expected = { origin: answers[0]?.key.name, size, root: toHex(fromBase64(root)), extensions: [] };
    expect(checkpoint).toEqual(expected);
    const proof = {
      index,
      size,
      leafHash: leafHash(fromBase64(entry)),
      path: path.map(fromBase64),
      root: fromBase64(root),
    };
    expect(verifyInclusion(proof)).toBe(true);
    expect(verifyInclusion({ ...proof, index: index - 1 })).toBe(false);
  });

  test('lines of unknown keys stay with the note', () => {
    const lines = Object.fromEntries(
      sigstore.map(({ name, note }) => [name, readNote(utf8(note)).signatures.map(lineId).length]),
    );
    expect(lines['rekor2-checkpoint-multiple-cosigs']).toBe(3);
    expect(lines['rekor2-dsse-happy-path']).toBe(4);
    expect(lines['rekor2-happy-path']).toBe(1);
  });
});

describe('times', () => {
  const seed = new Uint8Array(32).fill(3);
  const publicKey = ed25519PublicKey(seed);
  const text = 'o\n0\nr\n';

  function stamped(time: bigint, signedTime = `${time}`): Uint8Array {
    const stamp = new Uint8Array(8);
    new DataView(stamp.buffer).setBigUint64(0, time);
    return new Uint8Array([
      ...stamp,
      ...signEd25519(utf8(`cosignature/v1\ntime ${signedTime}\n${text}`), seed),
    ]);
  }

  test('the signed time is the one that is read', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 2n ** 63n - 1n }), (time) => {
        expect(verifyCosignature(stamped(time), utf8(text), publicKey)).toEqual({ time: Number(time) });
        expect(verifyCosignature(stamped(time, `${time + 1n}`), utf8(text), publicKey)).toBeNull();
        expect(verifyCosignature(stamped(time, `0${time}`), utf8(text), publicKey)).toBeNull();
      }),
      { numRuns: 50 },
    );
  });

  test('beyond 2^63 − 1 there is none, however well signed', () => {
    expect(verifyCosignature(stamped(2n ** 63n), utf8(text), publicKey)).toBeNull();
    expect(verifyCosignature(stamped(2n ** 64n - 1n), utf8(text), publicKey)).toBeNull();
  });

  test('other lengths fail', () => {
    const good = stamped(9n);
    expect(verifyCosignature(good.slice(0, 71), utf8(text), publicKey)).toBeNull();
    expect(verifyCosignature(Uint8Array.of(...good, 0), utf8(text), publicKey)).toBeNull();
    expect(verifyCosignature(new Uint8Array(), utf8(text), publicKey)).toBeNull();
  });

  test('a time that cannot be read is not the word null, however well signed', () => {
    expect(verifyCosignature(stamped(2n ** 63n, 'null'), utf8(text), publicKey)).toBeNull();
  });

  test('is read of eight bytes and more, up to 2^63 − 1', () => {
    expect(readCosignatureTime(fromHex('0000000000000007'))).toBe(7n);
    expect(readCosignatureTime(fromHex('ff000000000000000701').subarray(1))).toBe(7n);
    expect(readCosignatureTime(fromHex('00000000000007'))).toBeNull();
    expect(readCosignatureTime(new Uint8Array())).toBeNull();
    expect(readCosignatureTime(fromHex('7fffffffffffffff'))).toBe(2n ** 63n - 1n);
    expect(readCosignatureTime(fromHex('8000000000000000'))).toBeNull();
  });

  test.each([-1, 0.5, 2 ** 53, Number.NaN])('%d cannot be stated', (time) => {
    expect(() => cosignature(text, { name: 'w', seed, time })).toThrow(
      new RangeError(`a cosignature's time is whole seconds since 1970, got ${time}`),
    );
  });

  test('0 can be stated, and what is no note is not cosigned', () => {
    expect(
      verifyCosignature(cosignature(text, { name: 'w', seed, time: 0 }).signature, utf8(text), publicKey),
    ).toEqual({ time: 0 });
    expect(() => cosign(utf8('no note'), { name: 'w', seed, time: 1 })).toThrow(
      new RangeError('no signed note: no empty line between text and signatures'),
    );
  });
});
