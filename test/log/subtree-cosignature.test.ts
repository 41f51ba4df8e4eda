import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { fromHex, toHex, utf8Bytes } from '../../src/codec/hex.js';
import { ed25519PublicKey } from '../../src/crypto/ed25519.js';
import { mlDsa44Signer, verifyMlDsa44 } from '../../src/crypto/ml-dsa.js';
import { buildLog, logVerifierKey, witnessVerifierKey } from '../../src/log/build-log.js';
import { type Checkpoint, formatCheckpoint } from '../../src/log/checkpoint.js';
import { cosign } from '../../src/log/cosignature.js';
import { evaluateNotes } from '../../src/log/evaluate-notes.js';
import { type LogPolicy, needsMlDsa, parseLogPolicy } from '../../src/log/log-policy.js';
import { type EvaluatedNote, evaluateNote } from '../../src/log/note-time.js';
import {
  isNoteFault,
  type NoteSignature,
  parseNote,
  type SignedNote,
  signNote,
} from '../../src/log/signed-note.js';
import { formatSubjectAnswer } from '../../src/log/subject-answer.js';
import {
  cosignedTreeMessage,
  cosignSubtree,
  subtreeCosignature,
  treeCosignatureVerifier,
  verifySubtreeCosignature,
} from '../../src/log/subtree-cosignature.js';
import {
  formatVerifierKey,
  NOTE_COSIGNATURE,
  NOTE_ML_DSA_COSIGNATURE,
  parseVerifierKey,
  verifierKey,
} from '../../src/log/verifier-key.js';
import { verifyNoteLines } from '../../src/log/verify-note.js';
import { leafHash } from '../../src/merkle/tree.js';
import { at, ids, LOG, policyOf, testSigner, WITNESSES } from './test-log.js';

const torchwood = JSON.parse(readFileSync('fixtures/vectors/torchwood/ml-dsa.json', 'utf8')) as {
  seed: string;
  origin: string;
  keyId: string;
  size: number;
  leaf: string;
  note: string;
};

const log = buildLog(LOG, ids(5));
const P = { name: 'pq.example', signer: mlDsa44Signer(testSigner('pq').seed) };
const keyP = verifierKey(P.name, NOTE_ML_DSA_COSIGNATURE, P.signer.publicKey);
const verifyTree = treeCosignatureVerifier();

function policy(quorum: string): LogPolicy {
  const [w0] = WITNESSES as [(typeof WITNESSES)[0]];
  return parseLogPolicy(
    `log ${logVerifierKey(LOG)}\nwitness P ${formatVerifierKey(keyP)}\nwitness W ${witnessVerifierKey(w0)}\ngroup g 2 P W\nquorum ${quorum}\n`,
  );
}

function readNote(bytes: Uint8Array): SignedNote {
  const note = parseNote(bytes);
  if (isNoteFault(note)) throw new Error(note.reason);
  return note;
}

function outcome({ status, time, witnesses, diagnostics }: EvaluatedNote): unknown {
  return { status, time, witnesses: witnesses.length, codes: diagnostics.map(({ code }) => code) };
}

function appended(note: Uint8Array, line: NoteSignature): Uint8Array {
  const base64 = Buffer.from([...fromHex(line.keyId), ...line.signature]).toString('base64');
  return Uint8Array.of(...note, ...utf8Bytes(`— ${line.name} ${base64}\n`));
}

describe('FiloSottile/torchwood', () => {
  const { origin, seed } = torchwood;
  const signer = mlDsa44Signer(fromHex(seed));

  test('its key from its seed has its key id', () => {
    expect(verifierKey(origin, NOTE_ML_DSA_COSIGNATURE, signer.publicKey).keyId).toBe(torchwood.keyId);
  });

  test('its cosignature verifies, and states no time', () => {
    const note = readNote(utf8Bytes(torchwood.note));
    const key = verifierKey(origin, NOTE_ML_DSA_COSIGNATURE, signer.publicKey);
    expect(verifyNoteLines(note, [key], verifyTree)).toEqual([{ status: 'verified', key, time: 0 }]);
    // Its tree is one leaf.
    const root = toHex(leafHash(utf8Bytes(torchwood.leaf)));
    expect(note.text).toBe(formatCheckpoint({ origin, size: torchwood.size, root, extensions: [] }));
  });

  test('of another size, root, origin or time it does not', () => {
    const note = readNote(utf8Bytes(torchwood.note));
    const [{ signature }] = note.signatures as [NoteSignature];
    const key = { name: origin, publicKey: signer.publicKey };
    const verified = (text: string, bytes = signature, name = origin): boolean =>
      verifySubtreeCosignature(bytes, text, { ...key, name }, verifyMlDsa44) !== null;
    const timed = signature.slice();
    timed[7] = 1;
    expect(verified(note.text)).toBe(true);
    expect(verified(note.text.replace('\n1\n', '\n2\n'))).toBe(false);
    expect(verified(note.text.replace('zoErtsZ', 'zoErtsY'))).toBe(false);
    expect(verified(note.text.replace('mldsa-log', 'mldsa-lob'))).toBe(false);
    expect(verified(note.text, timed)).toBe(false);
    expect(verified(note.text, signature, `${origin}x`)).toBe(false);
  });
});

describe('the signed message', () => {
  const checkpoint: Checkpoint = { origin: 'ö.example', size: 0x0102, root: 'ab'.repeat(32), extensions: [] };

  test('byte for byte', () => {
    const message = cosignedTreeMessage({ cosigner: 'w.example', time: 0x0708n, checkpoint });
    expect(toHex(message ?? new Uint8Array())).toBe(
      [
        Buffer.from('subtree/v1\n\0', 'latin1').toString('hex'),
        '09',
        Buffer.from('w.example').toString('hex'),
        '0000000000000708',
        // ö is two bytes.
        '0a',
        Buffer.from('ö.example', 'utf8').toString('hex'),
        '0000000000000000',
        '0000000000000102',
        'ab'.repeat(32),
      ].join(''),
    );
  });

  test('names of up to 255 bytes', () => {
    const of = (cosigner: string, origin: string): number | undefined =>
      cosignedTreeMessage({ cosigner, time: 1n, checkpoint: { ...checkpoint, origin } })?.length;
    expect(of('w'.repeat(255), 'o'.repeat(255))).toBe(12 + 256 + 8 + 256 + 8 + 8 + 32);
    expect(of('w'.repeat(256), 'o')).toBeUndefined();
    expect(of('ö'.repeat(128), 'o')).toBeUndefined();
    expect(of('w', 'o'.repeat(256))).toBeUndefined();
    expect(of('', 'o')).toBeUndefined();
  });

  test('extension lines are not covered, as the format says; the log signs them', () => {
    const text = 'log.example\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n';
    const line = subtreeCosignature(text, { ...P, time: 5 });
    const extended = verifySubtreeCosignature(line.signature, `${text}more\n`, keyP, verifyMlDsa44);
    expect(extended).toEqual({ time: 5 });
  });
});

describe('a witness of type 6 in a policy', () => {
  const both = cosignSubtree(log.checkpoint([at(0, 90)]), { ...P, time: 100 });
  const alone = cosignSubtree(log.checkpoint(), { ...P, time: 100 });

  test('its cosignature counts in the quorum, beside one of type 4', () => {
    const none = { status: 'ok', time: null, witnesses: 1, codes: ['note.quorum'] };
    expect(outcome(evaluateNote(both, policy('g'), { verifyTree }))).toEqual({
      status: 'ok',
      time: { lower: 90, upper: 100 },
      witnesses: 2,
      codes: [],
    });
    expect(outcome(evaluateNote(alone, policy('P'), { verifyTree }))).toEqual({
      status: 'ok',
      time: { lower: 100, upper: 100 },
      witnesses: 1,
      codes: [],
    });
    expect(outcome(evaluateNote(alone, policy('g'), { verifyTree }))).toEqual(none);
    expect(outcome(evaluateNote(cosign(log.checkpoint(), at(0, 9)), policy('g'), { verifyTree }))).toEqual(
      none,
    );
  });

  test('time 0 is no statement about time', () => {
    const silent = cosignSubtree(log.checkpoint([at(0, 90)]), { ...P, time: 0 });
    expect(outcome(evaluateNote(silent, policy('g'), { verifyTree }))).toEqual({
      status: 'ok',
      time: null,
      witnesses: 2,
      codes: ['note.quorum'],
    });
  });

  test('of several lines the earliest time counts, and one that fails voids the note', () => {
    const twice = cosignSubtree(both, { ...P, time: 95 });
    expect(outcome(evaluateNote(twice, policy('g'), { verifyTree }))).toMatchObject({
      time: { lower: 90, upper: 95 },
    });
    const line = subtreeCosignature(readNote(both).text, { ...P, time: 95 });
    const signature = line.signature.slice();
    signature[7] = 96;
    expect(
      outcome(evaluateNote(appended(both, { ...line, signature }), policy('g'), { verifyTree })),
    ).toEqual({
      status: 'void',
      time: null,
      witnesses: 1,
      codes: ['note.sig-invalid'],
    });
  });

  test.each([
    ['cut', (signature: Uint8Array) => signature.slice(0, -1)],
    ['longer', (signature: Uint8Array) => Uint8Array.of(...signature, 0)],
    ['of a time beyond 2^63 − 1', (signature: Uint8Array) => Uint8Array.of(0x80, ...signature.subarray(1))],
    ['of five bytes', (signature: Uint8Array) => signature.slice(0, 5)],
  ])('a line that is %s fails', (_, change) => {
    const line = subtreeCosignature(readNote(log.checkpoint()).text, { ...P, time: 95 });
    const bytes = appended(log.checkpoint(), { ...line, signature: change(line.signature) });
    expect(outcome(evaluateNote(bytes, policy('P'), { verifyTree }))).toEqual({
      status: 'void',
      time: null,
      witnesses: 0,
      codes: ['note.sig-invalid'],
    });
  });

  test('the same seed as an Ed25519 cosigner is another key: neither line verifies as the other', () => {
    const { seed } = testSigner('pq');
    const four = verifierKey(P.name, NOTE_COSIGNATURE, ed25519PublicKey(seed));
    const note = readNote(cosign(alone, { name: P.name, seed, time: 3 }));
    expect(verifyNoteLines(note, [keyP, four], verifyTree)).toEqual([
      { status: 'verified', key: keyP, time: 100 },
      { status: 'verified', key: four, time: 3 },
    ]);
    const swapped = note.signatures.map((line) => ({
      ...line,
      keyId: line.keyId === keyP.keyId ? four.keyId : line.keyId === four.keyId ? keyP.keyId : line.keyId,
    }));
    expect(verifyNoteLines({ ...note, signatures: swapped }, [keyP, four], verifyTree)).toEqual([
      { status: 'failed', key: keyP },
      { status: 'failed', key: four },
    ]);
  });

  test('a subject answer is no tree: nothing of type 6 can verify on it', () => {
    const text = formatSubjectAnswer({
      origin: LOG.name,
      size: 5,
      subject: 'ab'.repeat(32),
      count: 1,
      root: 'cd'.repeat(32),
    });
    const { signature } = subtreeCosignature(readNote(log.checkpoint()).text, { ...P, time: 95 });
    const bytes = appended(signNote(text, LOG), { name: P.name, keyId: keyP.keyId, signature });
    expect(outcome(evaluateNote(bytes, policy('P'), { verifyTree }))).toMatchObject({ status: 'void' });
    expect(() => subtreeCosignature(text, { ...P, time: 1 })).toThrow(RangeError);
  });

  test('signing two trees of one size is an equivocation that names the key, which then counts no longer', () => {
    const other = buildLog(LOG, ids(5, 'other '));
    const twoViews = [alone, cosignSubtree(other.checkpoint(), { ...P, time: 101 })].map((bytes) => ({
      bytes,
    }));
    const { contradictions, notes } = evaluateNotes(twoViews, [], policy('P'), { at: 200, verifyTree });
    expect(contradictions.map(({ code, publicKey }) => [code, publicKey.length])).toEqual([
      ['log.split-view', 64],
      ['witness.equivocation', 2624],
    ]);
    expect(contradictions[1]?.publicKey).toBe(toHex(P.signer.publicKey));
    expect(notes.map(({ time }) => time)).toEqual([null, null]);
  });

  test('without a verifier the question is misuse, never an answer', () => {
    expect(() => evaluateNote(alone, policy('P'))).toThrow(
      new TypeError('an ML-DSA-44 key of the policy needs its verifier'),
    );
    // Nobody is asked for what is not there.
    expect(outcome(evaluateNote(log.checkpoint([at(0, 90)]), policy('W')))).toMatchObject({ status: 'ok' });
    expect([policy('P'), policyOf(2)].map(needsMlDsa)).toEqual([true, false]);
  });
});

describe('keys and signing', () => {
  const long = 'w'.repeat(256);

  test('a name that no type 6 message holds makes no key', () => {
    expect(() => verifierKey(long, NOTE_ML_DSA_COSIGNATURE, P.signer.publicKey)).toThrow(RangeError);
    const four = formatVerifierKey(verifierKey(long, NOTE_COSIGNATURE, ed25519PublicKey(LOG.seed)));
    expect(parseVerifierKey(four)).toMatchObject({ name: long, type: NOTE_COSIGNATURE });
    const vkey = formatVerifierKey({ ...keyP, name: long });
    expect(parseVerifierKey(vkey)).toEqual({ reason: "an ML-DSA-44 cosigner's name has at most 255 bytes" });
  });

  test('refuses what it cannot sign, and says why', () => {
    const { text } = readNote(log.checkpoint());
    for (const time of [-1, 0.5, 2 ** 53])
      expect(() => subtreeCosignature(text, { ...P, time })).toThrow(
        new RangeError(`a cosignature's time is whole seconds since 1970, got ${time}`),
      );
    expect(() => subtreeCosignature('x\n', { ...P, time: 1 })).toThrow(
      new RangeError('no checkpoint: a checkpoint has three lines: origin, size, root'),
    );
    expect(() => subtreeCosignature(text.replace(LOG.name, 'o'.repeat(256)), { ...P, time: 1 })).toThrow(
      new RangeError('an origin of more than 255 bytes cannot be cosigned'),
    );
    expect(() => cosignSubtree(utf8Bytes('x'), { ...P, time: 1 })).toThrow(
      new RangeError('no signed note: no empty line between text and signatures'),
    );
  });

  test('names of one byte and of 255 are signed', () => {
    const checkpoint: Checkpoint = { origin: 'o', size: 0, root: '00'.repeat(32), extensions: [] };
    expect(cosignedTreeMessage({ cosigner: 'c', time: 0n, checkpoint })).toHaveLength(
      12 + 2 + 8 + 2 + 8 + 8 + 32,
    );
    expect(cosignedTreeMessage({ cosigner: '', time: 0n, checkpoint })).toBeNull();
    expect(
      cosignedTreeMessage({ cosigner: 'c', time: 0n, checkpoint: { ...checkpoint, origin: '' } }),
    ).toBeNull();
    expect(verifierKey('n'.repeat(255), NOTE_ML_DSA_COSIGNATURE, P.signer.publicKey).name).toHaveLength(255);
  });

  test('no verifier is asked about what has no signed message', () => {
    const { text } = readNote(log.checkpoint());
    const any = (): boolean => true;
    const signature = new Uint8Array(2428);
    expect(verifySubtreeCosignature(signature, text, keyP, any)).toEqual({ time: 0 });
    expect(verifySubtreeCosignature(signature, text, { ...keyP, name: long }, any)).toBeNull();
    expect(verifySubtreeCosignature(signature, text.replace(LOG.name, long), keyP, any)).toBeNull();
    expect(verifySubtreeCosignature(signature, 'x\n', keyP, any)).toBeNull();
    expect(verifySubtreeCosignature(signature.subarray(0, 7), text, keyP, any)).toBeNull();
  });
});
