import { toBase64 } from '../../../src/codec/base64url.js';
import { concatBytes, fromHex, utf8Bytes } from '../../../src/codec/hex.js';
import { mlDsa44Signer } from '../../../src/crypto/ml-dsa.js';
import { type BuiltLog, buildLog, logVerifierKey, witnessVerifierKey } from '../../../src/log/build-log.js';
import { parseNote, type SignedNote, signNote } from '../../../src/log/signed-note.js';
import { formatSubjectAnswer } from '../../../src/log/subject-answer.js';
import { cosignSubtree, subtreeCosignature } from '../../../src/log/subtree-cosignature.js';
import { formatVerifierKey, NOTE_ML_DSA_COSIGNATURE, verifierKey } from '../../../src/log/verifier-key.js';
import { type CaseInput, input, seller } from '../../verify/cases/case.js';
import { DAY, hashOf, idOf, LOG, type Story, seedOf, T0, WITNESSES } from '../../verify/story.js';

type Make = () => Promise<CaseInput & { readonly story: Story }>;

const WITNESS = { name: 'witness.example/pq', signer: mlDsa44Signer(seedOf('pq witness')) };
const KEY = verifierKey(WITNESS.name, NOTE_ML_DSA_COSIGNATURE, WITNESS.signer.publicKey);
const LOGS = `log ${logVerifierKey(LOG)}\nwitness P ${formatVerifierKey(KEY)}\nwitness W ${witnessVerifierKey(WITNESSES[0])}\n`;
const FIRST = { ...WITNESSES[0], time: T0 + DAY };

/** A seller's record with a receipt under the note that `make` gives, against the policy's quorum. */
function logged(quorum: string, make: (log: BuiltLog) => Uint8Array): Make {
  return async () => {
    const { story } = await seller();
    const log = buildLog(LOG, [hashOf('genesis'), ...story.ids]);
    const note = make(log);
    story.notes.push(note);
    story.receipts.push(log.receipt(story.ids[0]!, note));
    return input(story, { trust: story.trust({ logs: `${LOGS}${quorum}\n` }) });
  };
}

const cosigned = (note: Uint8Array, time: number): Uint8Array => cosignSubtree(note, { ...WITNESS, time });

function withLine(note: Uint8Array, signature: Uint8Array): Uint8Array {
  return concatBytes(
    note,
    utf8Bytes(`— ${KEY.name} ${toBase64(concatBytes(fromHex(KEY.keyId), signature))}\n`),
  );
}

/** The witness's line over the log's newest tree, with its bytes changed. */
function spoiled(change: (signature: Uint8Array) => Uint8Array): (log: BuiltLog) => Uint8Array {
  return (log) => {
    const note = log.checkpoint([FIRST]);
    const { signature } = subtreeCosignature((parseNote(note) as SignedNote).text, {
      ...WITNESS,
      time: T0 + 2 * DAY,
    });
    return withLine(note, change(signature.slice()));
  };
}

function flipped(offset: number): (signature: Uint8Array) => Uint8Array {
  return (signature) => {
    signature[offset] = (signature[offset] as number) ^ 1;
    return signature;
  };
}

/** Where the hint begins, and the four bytes that say where each polynomial's part of it ends. */
const HINT = 8 + 32 + 4 * 576;
const ENDS = HINT + 80;

/** Passports that only a verifier of type 06 answers right. */
export const TREE_COSIGNATURE_PASSPORTS: Readonly<Record<string, Make>> = {
  'a witness of type 06 alone': logged('quorum P', (log) => cosigned(log.checkpoint(), T0 + 2 * DAY)),
  'one of each kind, both asked for': logged('group g all P W\nquorum g', (log) =>
    cosigned(log.checkpoint([FIRST]), T0 + 2 * DAY),
  ),
  'two lines of the witness: the earliest counts': logged('quorum P', (log) =>
    cosigned(cosigned(log.checkpoint(), T0 + 3 * DAY), T0 + 2 * DAY),
  ),
  'time 0 states none': logged('quorum P', (log) => cosigned(log.checkpoint(), 0)),
  'a line under extension lines it does not cover': logged('quorum P', (log) => {
    const { text } = parseNote(log.checkpoint()) as SignedNote;
    const { signature } = subtreeCosignature(text, { ...WITNESS, time: T0 + 2 * DAY });
    return withLine(signNote(`${text}more\n`, LOG), signature);
  }),
  'a line of another tree': logged('quorum W', (log) => {
    const other = buildLog(LOG, [hashOf('another genesis'), hashOf('another')]);
    const { text } = parseNote(other.checkpoint()) as SignedNote;
    return withLine(
      log.checkpoint([FIRST]),
      subtreeCosignature(text, { ...WITNESS, time: T0 + 2 * DAY }).signature,
    );
  }),
  'one bit of its time': logged('quorum W', spoiled(flipped(7))),
  'one bit of its challenge': logged('quorum W', spoiled(flipped(8))),
  'one bit of its response': logged('quorum W', spoiled(flipped(1000))),
  'one bit of its hint': logged('quorum W', spoiled(flipped(HINT))),
  'a hint with something after its last position': logged('quorum W', spoiled(flipped(ENDS - 1))),
  'a hint that ends beyond its room': logged(
    'quorum W',
    spoiled((signature) => {
      signature[ENDS + 3] = 81;
      return signature;
    }),
  ),
  'a line that is cut': logged(
    'quorum W',
    spoiled((signature) => signature.slice(0, -1)),
  ),
  'a time beyond 2^63 − 1': logged(
    'quorum W',
    spoiled((signature) => {
      signature[0] = 0x80;
      return signature;
    }),
  ),
  'a line on a subject answer': async () => {
    const { story, actor } = await seller();
    const log = buildLog(LOG, [hashOf('genesis'), ...story.ids]);
    const { signature } = subtreeCosignature((parseNote(log.checkpoint()) as SignedNote).text, {
      ...WITNESS,
      time: T0 + 2 * DAY,
    });
    const answer = formatSubjectAnswer({
      origin: LOG.name,
      size: 2,
      subject: hashOf('subject'),
      count: 1,
      root: hashOf('root'),
    });
    const note = withLine(signNote(answer, LOG), signature);
    story.notes.push(note);
    await story.say(actor, 'second', { anchors: [idOf(note)] });
    return input(story, { trust: story.trust({ logs: `${LOGS}quorum P\n` }) });
  },
};
