import { describe, expect, test } from 'vitest';
import { fromHex } from '../../src/codec/hex.js';
import { sha256Hex } from '../../src/crypto/hash.js';
import { buildLog, logVerifierKey } from '../../src/log/build-log.js';
import { formatCheckpoint } from '../../src/log/checkpoint.js';
import { cosign, cosignature } from '../../src/log/cosignature.js';
import { evaluateNotes } from '../../src/log/evaluate-notes.js';
import { NO_LOGS, parseLogPolicy } from '../../src/log/log-policy.js';
import { type EvaluatedNote, evaluateNote } from '../../src/log/note-time.js';
import {
  formatNote,
  isNoteFault,
  type NoteSignature,
  noteSignature,
  parseNote,
  signNote,
} from '../../src/log/signed-note.js';
import { at, idOf, ids, LOG, policyOf, publicKeyOf, testSigner, WITNESSES } from './test-log.js';

const log = buildLog(LOG, ids(5));
const TWO = policyOf(2);

function outcome({ status, time, diagnostics }: EvaluatedNote): unknown {
  return { status, time, codes: diagnostics.map(({ code }) => code) };
}

/** The note with its signature lines replaced. */
function withLines(
  bytes: Uint8Array,
  change: (lines: readonly NoteSignature[]) => NoteSignature[],
): Uint8Array {
  const note = parseNote(bytes);
  if (isNoteFault(note)) throw new Error(note.reason);
  return formatNote(note.text, change(note.signatures));
}

describe('time of a note', () => {
  test('everything that is known of a good one', () => {
    const bytes = log.checkpoint([at(0, 100), at(1, 90), at(2, 120)]);
    const { note, ...rest } = evaluateNote(bytes, TWO);
    expect(note?.signatures).toHaveLength(4);
    expect(rest).toEqual({
      hash: sha256Hex(bytes),
      textHash: sha256Hex(note?.textBytes as Uint8Array),
      status: 'ok',
      origin: 'log.example',
      statement: {
        kind: 'checkpoint',
        checkpoint: {
          origin: 'log.example',
          size: 5,
          root: expect.stringMatching(/^[0-9a-f]{64}$/),
          extensions: [],
        },
      },
      logKeys: [publicKeyOf(LOG)],
      witnesses: [100, 90, 120].map((time, index) => ({
        name: `W${index}`,
        publicKey: publicKeyOf(WITNESSES[index] as never),
        time,
      })),
      time: { lower: 100, upper: 100 },
      diagnostics: [],
    });
  });

  test.each<[string, number | 'none', [number, number][], unknown]>([
    [
      'one of three',
      1,
      [
        [0, 50],
        [1, 60],
        [2, 70],
      ],
      { lower: 70, upper: 50 },
    ],
    [
      'two of three',
      2,
      [
        [0, 50],
        [1, 60],
        [2, 70],
      ],
      { lower: 60, upper: 60 },
    ],
    [
      'three of three',
      3,
      [
        [0, 50],
        [1, 60],
        [2, 70],
      ],
      { lower: 50, upper: 70 },
    ],
    [
      'exactly the quorum',
      2,
      [
        [2, 50],
        [1, 60],
      ],
      { lower: 50, upper: 60 },
    ],
    ['none asked', 'none', [[0, 50]], null],
  ])('%s', (_, threshold, cosigned, time) => {
    const bytes = log.checkpoint(cosigned.map(([index, seconds]) => at(index, seconds)));
    expect(outcome(evaluateNote(bytes, policyOf(threshold)))).toEqual({ status: 'ok', time, codes: [] });
  });

  test('too few cosigners: inclusion, but no time', () => {
    expect(outcome(evaluateNote(log.checkpoint([at(0, 50)]), TWO))).toEqual({
      status: 'ok',
      time: null,
      codes: ['note.quorum'],
    });
    expect(outcome(evaluateNote(log.checkpoint(), TWO))).toEqual({
      status: 'ok',
      time: null,
      codes: ['note.quorum'],
    });
  });

  test('a key counts once, with its earliest time, however many lines it has', () => {
    const thrice = log.checkpoint([at(0, 80), at(0, 50), at(0, 60)]);
    expect(outcome(evaluateNote(thrice, TWO))).toEqual({ status: 'ok', time: null, codes: ['note.quorum'] });
    expect(evaluateNote(thrice, TWO).witnesses.map(({ time }) => time)).toEqual([50]);
    const doubled = withLines(log.checkpoint([at(0, 50)]), (lines) => [...lines, ...lines]);
    expect(outcome(evaluateNote(doubled, TWO))).toEqual({ status: 'ok', time: null, codes: ['note.quorum'] });
  });

  test('a witness that signs under another name is another, unknown one', () => {
    const renamed = log.checkpoint([at(0, 50), { ...at(0, 51), name: 'w9.example' }]);
    expect(outcome(evaluateNote(renamed, TWO))).toEqual({ status: 'ok', time: null, codes: ['note.quorum'] });
  });

  test('time 0 states no time', () => {
    expect(outcome(evaluateNote(log.checkpoint([at(0, 0), at(1, 50)]), TWO))).toEqual({
      status: 'ok',
      time: null,
      codes: ['note.quorum'],
    });
  });

  test('a time later than `at` is not used, and may leave too few', () => {
    const bytes = log.checkpoint([at(0, 50), at(1, 60), at(2, 999)]);
    expect(outcome(evaluateNote(bytes, TWO, { at: 100 }))).toEqual({
      status: 'ok',
      time: { lower: 50, upper: 60 },
      codes: ['time.after-at'],
    });
    expect(outcome(evaluateNote(bytes, TWO, { at: 60 }))).toEqual({
      status: 'ok',
      time: { lower: 50, upper: 60 },
      codes: ['time.after-at'],
    });
    expect(outcome(evaluateNote(bytes, TWO, { at: 59 }))).toEqual({
      status: 'ok',
      time: null,
      codes: ['time.after-at'],
    });
  });

  test('a time beyond the year 9999 is later than every `at`', () => {
    const bytes = log.checkpoint([at(0, 253_402_300_800), at(1, 253_402_300_799)]);
    expect(outcome(evaluateNote(bytes, policyOf(1)))).toEqual({
      status: 'ok',
      time: { lower: 253_402_300_799, upper: 253_402_300_799 },
      codes: ['time.after-at'],
    });
  });
});

describe('what is said of a note, whole', () => {
  const place = { member: 5, index: 3 };
  const said = (bytes: Uint8Array, policy = TWO, at?: number): unknown =>
    evaluateNote(bytes, policy, { place, ...(at === undefined ? {} : { at }) }).diagnostics.map(
      ({ axis: _, severity: __, ...rest }) => rest,
    );

  test('the latest of the times that came too late', () => {
    const bytes = log.checkpoint([at(0, 300), at(1, 500), at(2, 400)]);
    expect(said(bytes, policyOf('none'), 100)).toEqual([
      { code: 'time.after-at', ...place, detail: { origin: 'log.example', time: 500, at: 100 } },
    ]);
  });

  test('how many cosigners there are where they are too few', () => {
    expect(said(log.checkpoint([at(1, 50)]))).toEqual([
      { code: 'note.quorum', ...place, detail: { origin: 'log.example', cosigners: 1 } },
    ]);
  });

  test('which log nobody here knows', () => {
    expect(said(log.checkpoint([at(1, 50)]), NO_LOGS)).toEqual([
      { code: 'note.untrusted', ...place, detail: { origin: 'log.example' } },
    ]);
  });

  test('which keys failed', () => {
    const bytes = withLines(log.checkpoint([at(0, 50)]), (lines) =>
      lines.map((line) => ({ ...line, signature: line.signature.slice().fill(0, 8) })),
    );
    const keys = [LOG, WITNESSES[0]].map((signer, index) => {
      const note = parseNote(bytes) as unknown as { signatures: NoteSignature[] };
      return `${signer?.name}+${note.signatures[index]?.keyId}`;
    });
    expect(said(bytes)).toEqual([
      { code: 'note.sig-invalid', ...place, detail: { origin: 'log.example', keys } },
    ]);
  });

  test('and nothing is known of what is no note', () => {
    const bytes = new TextEncoder().encode('nothing');
    expect(evaluateNote(bytes, TWO)).toEqual({
      hash: sha256Hex(bytes),
      status: 'malformed',
      note: null,
      textHash: null,
      statement: null,
      origin: null,
      logKeys: [],
      witnesses: [],
      time: null,
      diagnostics: [
        {
          code: 'note.malformed',
          axis: 'integrity',
          severity: 'failure',
          offset: 7,
          detail: { line: 1, reason: 'no empty line between text and signatures' },
        },
      ],
    });
  });
});

describe('whose note it is', () => {
  const good = log.checkpoint([at(0, 50), at(1, 60)]);

  test('no log known', () => {
    expect(outcome(evaluateNote(good, NO_LOGS))).toEqual({
      status: 'untrusted',
      time: null,
      codes: ['note.untrusted'],
    });
  });

  test('witnesses alone do not make a log', () => {
    const bytes = withLines(good, (lines) => lines.slice(1));
    expect(outcome(evaluateNote(bytes, TWO))).toEqual({
      status: 'untrusted',
      time: null,
      codes: ['note.untrusted'],
    });
  });

  test('a known key over the origin of another log', () => {
    const text = formatCheckpoint({
      origin: 'other.example',
      size: 0,
      root: sha256Hex(new Uint8Array()),
      extensions: [],
    });
    const bytes = formatNote(text, [
      noteSignature(text, LOG),
      cosignature(text, at(0, 50)),
      cosignature(text, at(1, 50)),
    ]);
    expect(outcome(evaluateNote(bytes, TWO))).toEqual({
      status: 'untrusted',
      time: null,
      codes: ['note.untrusted'],
    });
  });

  test('the order of the lines says nothing', () => {
    const bytes = withLines(good, (lines) => [...lines].reverse());
    expect(outcome(evaluateNote(bytes, TWO))).toEqual({
      status: 'ok',
      time: { lower: 50, upper: 60 },
      codes: [],
    });
  });

  test('unknown lines are ignored, whatever they hold', () => {
    const stranger: NoteSignature = { name: 'stranger', keyId: '00000000', signature: new Uint8Array(3) };
    const sameName: NoteSignature = { name: LOG.name, keyId: '00000000', signature: new Uint8Array(64) };
    const bytes = withLines(good, (lines) => [stranger, sameName, ...lines]);
    expect(outcome(evaluateNote(bytes, TWO))).toEqual({
      status: 'ok',
      time: { lower: 50, upper: 60 },
      codes: [],
    });
  });

  test('two keys of one log, while it changes them', () => {
    const next = { ...testSigner('next'), name: LOG.name };
    const policy = parseLogPolicy(`log ${logVerifierKey(LOG)}\nlog ${logVerifierKey(next)}\nquorum none\n`);
    const { text } = parseNote(good) as { text: string };
    const bytes = signNote(text, next, [noteSignature(text, LOG)]);
    expect(evaluateNote(bytes, policy).logKeys).toEqual([publicKeyOf(LOG), publicKeyOf(next)]);
    expect(outcome(evaluateNote(signNote(text, next), policy))).toEqual({
      status: 'ok',
      time: null,
      codes: [],
    });
  });
});

describe('a known line that fails voids the note', () => {
  const good = log.checkpoint([at(0, 50), at(1, 60), at(2, 70)]);

  test.each([0, 1, 2, 3])('line %i with a bit flipped', (index) => {
    const bytes = withLines(good, (lines) =>
      lines.map((line, position) => {
        if (position !== index) return line;
        const signature = line.signature.slice();
        signature[20] = (signature[20] as number) ^ 1;
        return { ...line, signature };
      }),
    );
    const evaluated = evaluateNote(bytes, policyOf(1));
    expect(outcome(evaluated)).toEqual({ status: 'void', time: null, codes: ['note.sig-invalid'] });
    expect(evaluated.diagnostics[0]?.detail?.keys).toHaveLength(1);
  });

  test('a good line beside the bad one of the same key does not help', () => {
    const bytes = withLines(good, (lines) => [
      ...lines,
      { ...(lines[1] as NoteSignature), signature: new Uint8Array(72) },
    ]);
    expect(outcome(evaluateNote(bytes, policyOf(1)))).toEqual({
      status: 'void',
      time: null,
      codes: ['note.sig-invalid'],
    });
  });

  test('a witness cosigned another tree', () => {
    const other = buildLog(LOG, ids(5, 'other ')).checkpoint([at(0, 50)]);
    const stolen = (parseNote(other) as unknown as { signatures: NoteSignature[] })
      .signatures[1] as NoteSignature;
    const bytes = withLines(log.checkpoint([at(1, 60)]), (lines) => [...lines, stolen]);
    expect(outcome(evaluateNote(bytes, policyOf(1)))).toEqual({
      status: 'void',
      time: null,
      codes: ['note.sig-invalid'],
    });
  });
});

describe('malformed', () => {
  test.each<[string, string, number, number]>([
    ['no note', 'nothing', 1, 7],
    ['size with a leading zero', 'log.example\n05\nAAAA\n', 2, 12],
    ['empty origin', '\n5\nAAAA\n', 1, 0],
    ['a short root', 'log.example\n5\nAAAA\n', 3, 14],
    ['an answer with too few lines', 'goodorder-subject/1\nlog.example\n', 1, 0],
  ])('%s', (_, text, line, offset) => {
    const bytes = text === 'nothing' ? new TextEncoder().encode(text) : signNote(text, LOG);
    const evaluated = evaluateNote(bytes, TWO, { place: { member: 5, index: 2, offset: 1000 } });
    expect(outcome(evaluated)).toEqual({ status: 'malformed', time: null, codes: ['note.malformed'] });
    expect(evaluated.diagnostics).toEqual([
      {
        code: 'note.malformed',
        axis: 'integrity',
        severity: 'failure',
        member: 5,
        index: 2,
        offset: 1000 + offset,
        detail: { line, reason: expect.any(String) },
      },
    ]);
  });
});

test('a subject answer is read, trusted and dated like a checkpoint', () => {
  const sub = 'https://id.gs1.org/01/09521234543213/21/SN0007';
  const bytes = log.subjectAnswer(sub, [idOf(3), idOf(1)], [at(0, 50), at(1, 60)]);
  const evaluated = evaluateNote(bytes, TWO);
  expect(outcome(evaluated)).toEqual({ status: 'ok', time: { lower: 50, upper: 60 }, codes: [] });
  expect(evaluated.statement).toMatchObject({
    kind: 'subject-answer',
    answer: { size: 5, count: 2, subject: sha256Hex(new TextEncoder().encode(sub)) },
  });
});

test('cosigning one at a time or all at once gives the same bytes', () => {
  const stepwise = cosign(cosign(log.checkpoint(), at(0, 50)), at(1, 60));
  expect(stepwise).toEqual(log.checkpoint([at(0, 50), at(1, 60)]));
});

test('notes keep the order and place of the input', () => {
  const inputs = [log.checkpoint(), new Uint8Array(), log.checkpoint([at(0, 1)])].map((bytes, index) => ({
    bytes,
    place: { member: 5, index },
  }));
  const { notes, contradictions, diagnostics } = evaluateNotes(inputs, [], TWO, { at: 100 });
  expect(notes.map(({ status, diagnostics: found }) => [status, found[0]?.index])).toEqual([
    ['ok', 0],
    ['malformed', 1],
    ['ok', 2],
  ]);
  expect({ contradictions, diagnostics }).toEqual({ contradictions: [], diagnostics: [] });
  expect(fromHex(notes[0]?.hash ?? '')).toHaveLength(32);
});
