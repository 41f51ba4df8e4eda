import { expect, test } from 'vitest';
import { mlDsa44Signer } from '../../src/crypto/ml-dsa.js';
import { buildLog, logVerifierKey, witnessVerifierKey } from '../../src/log/build-log.js';
import { cosignSubtree } from '../../src/log/subtree-cosignature.js';
import { formatVerifierKey, NOTE_ML_DSA_COSIGNATURE, verifierKey } from '../../src/log/verifier-key.js';
import type { VerifiedPassport } from '../../src/verify/verified-passport.js';
import { verifyPassport } from '../../src/verify/verify-passport.js';
import { seller } from './cases/case.js';
import { AT, DAY, hashOf, LOG, seedOf, T0, WITNESSES } from './story.js';

const witness = { name: 'witness.example/pq', signer: mlDsa44Signer(seedOf('pq witness')) };
const vkey = formatVerifierKey(verifierKey(witness.name, NOTE_ML_DSA_COSIGNATURE, witness.signer.publicKey));
const logs = `log ${logVerifierKey(LOG)}\nwitness P ${vkey}\nwitness W ${witnessVerifierKey(WITNESSES[0])}\ngroup g all P W\nquorum g\n`;

/** A seller's record, logged under a note that a witness of each kind cosigned; `change` may spoil the note. */
async function verified(change: (note: Uint8Array) => Uint8Array): Promise<VerifiedPassport> {
  const { story } = await seller();
  const log = buildLog(LOG, [hashOf('genesis'), ...story.ids]);
  const note = change(
    cosignSubtree(log.checkpoint([{ ...WITNESSES[0], time: T0 + DAY }]), { ...witness, time: T0 + 2 * DAY }),
  );
  story.notes.push(note);
  story.receipts.push(log.receipt(story.ids[0]!, note));
  return verifyPassport(story.file(), { trust: story.trust({ logs }), at: AT });
}

test('a passport under a quorum of both kinds of witness has the later of their times', async () => {
  const { verdict, records, diagnostics } = await verified((note) => note);
  expect(diagnostics.filter(({ code }) => /^(note|receipt|internal)/.test(code))).toEqual([]);
  expect(verdict).toBe('TOTAL-PASSED');
  expect(records.map(({ time }) => time.upper)).toEqual([T0 + 2 * DAY]);
});

test('one changed byte of the ML-DSA-44 line voids the note, and its inclusion and time with it', async () => {
  const { records, diagnostics } = await verified((note) => {
    const text = new TextDecoder().decode(note);
    const at = text.length - 1000;
    const spoiled = text.slice(0, at) + (text[at] === 'A' ? 'B' : 'A') + text.slice(at + 1);
    return new TextEncoder().encode(spoiled);
  });
  expect(diagnostics.map(({ code }) => code).filter((code) => /^(note|receipt|internal)/.test(code))).toEqual(
    ['note.sig-invalid', 'receipt.origin'],
  );
  expect(records.map(({ time }) => time.upper)).toEqual([AT]);
});

test('the bytes are those that were given, though the verifier of such keys has to be fetched first', async () => {
  const { story } = await seller();
  const bytes = story.file();
  const running = verifyPassport(bytes, { trust: story.trust({ logs }), at: AT });
  bytes.fill(0);
  expect((await running).verdict).toBe('TOTAL-PASSED');
});
