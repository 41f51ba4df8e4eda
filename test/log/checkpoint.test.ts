import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { fromBase64 } from '../../src/codec/base64url.js';
import { toHex } from '../../src/codec/hex.js';
import { type Checkpoint, formatCheckpoint, isTextFault, parseCheckpoint } from '../../src/log/checkpoint.js';
import { isNoteFault, noteSignature, parseNote, signNote } from '../../src/log/signed-note.js';
import { formatSubjectAnswer, isSubjectAnswer, parseSubjectAnswer } from '../../src/log/subject-answer.js';
import { parseVerifierKey, type VerifierKey } from '../../src/log/verifier-key.js';
import { verifyNoteLines } from '../../src/log/verify-note.js';
import { leafHash } from '../../src/merkle/tree.js';

const go = JSON.parse(readFileSync('fixtures/vectors/golang-sumdb/tree.json', 'utf8')) as {
  good: { text: string; size: number; rootBase64: string; rootIsLeafHashOf: string };
  bad: string[];
  goodInGoOnly: string[];
  goodTail: string[];
};
const formats = JSON.parse(readFileSync('fixtures/vectors/c2sp-formats/checkpoint.json', 'utf8')) as {
  unmarshal: {
    name: string;
    text: string;
    want?: { origin: string; size: number; rootBase64: string; rest: string };
  }[];
  sumdb: { vkey: string; note: string; origin: string; size: number };
  keys: Record<string, { vkey: string; skey: string }>;
  signers: { name: string; sigs: string[]; want?: string[]; malformed?: boolean; untrusted?: boolean }[];
};

const HASH = '00'.repeat(32);
const ROOT = `${'A'.repeat(43)}=`;

describe('golang.org/x/mod/sumdb/tlog', () => {
  test('the golden tree', () => {
    const { text, size, rootBase64, rootIsLeafHashOf } = go.good;
    const expected = {
      origin: 'go.sum database tree',
      size,
      root: toHex(fromBase64(rootBase64)),
      extensions: [],
    };
    expect(parseCheckpoint(text)).toEqual(expected);
    expect(formatCheckpoint(expected)).toBe(text);
    expect(expected.root).toBe(toHex(leafHash(new TextEncoder().encode(rootIsLeafHashOf))));
  });

  test.each(go.bad)('bad tree %#', (text) => {
    expect(parseCheckpoint(text)).toHaveProperty('code', 'note.malformed');
  });

  test('further lines are extensions; Go also takes one without a newline, C2SP does not', () => {
    expect(
      go.goodTail
        .map((text) => parseCheckpoint(text))
        .map((read) => (isTextFault(read) ? -1 : read.extensions.length)),
    ).toEqual([1, 1000]);
    for (const text of go.goodInGoOnly)
      expect(parseCheckpoint(text)).toHaveProperty('reason', 'no newline at the end');
  });
});

describe('transparency-dev/formats', () => {
  // Its reader takes roots of any length and empty extension lines; tlog-checkpoint has 32 bytes and non-empty lines.
  test.each(formats.unmarshal)('$name', ({ text, want }) => {
    const read = parseCheckpoint(text);
    if (want === undefined) {
      expect(isTextFault(read)).toBe(true);
      return;
    }
    expect(read).toEqual({ code: 'note.malformed', line: 3, reason: 'the root is not base64 of 32 bytes' });
    const whole = parseCheckpoint(text.replace(want.rootBase64, ROOT));
    const lines = want.rest === '' ? [] : want.rest.slice(0, -1).split('\n');
    if (lines.includes('')) expect(whole).toHaveProperty('reason', 'an extension line is empty');
    else expect(whole).toEqual({ origin: want.origin, size: want.size, root: HASH, extensions: lines });
  });

  test('a checkpoint of sum.golang.org', () => {
    const { vkey, note, origin, size } = formats.sumdb;
    const read = parseNote(new TextEncoder().encode(note));
    if (isNoteFault(read)) throw new Error(read.reason);
    expect(verifyNoteLines(read, [keyOf(vkey)]).map(({ status }) => status)).toEqual(['verified']);
    expect(parseCheckpoint(read.text)).toMatchObject({ origin, size });
  });

  test.each(formats.signers.filter(({ malformed }) => !malformed))('$name', ({ sigs, want }) => {
    const text = `TestParseCheckpoint\n42\n${ROOT}\n`;
    const signers = sigs.map((name) => {
      const { vkey, skey } = formats.keys[name] as { vkey: string; skey: string };
      const seed = Uint8Array.from(Buffer.from(skey.split('+').slice(4).join('+'), 'base64').subarray(1));
      return { name: vkey.slice(0, vkey.indexOf('+')), seed };
    });
    const [first, ...others] = signers as [(typeof signers)[number], ...(typeof signers)[number][]];
    const bytes = signNote(
      text,
      first,
      others.map((signer) => noteSignature(text, signer)),
    );
    const read = parseNote(bytes);
    if (isNoteFault(read)) throw new Error(read.reason);
    const known = ['log', 'known1', 'known2'].map((name) => keyOf(formats.keys[name]?.vkey ?? ''));
    const verified = verifyNoteLines(read, known).filter(({ status }) => status === 'verified');
    expect(verified.map(({ key }) => key.name)).toEqual(
      (want ?? []).map((name) => keyOf(formats.keys[name]?.vkey ?? '').name),
    );
  });
});

function keyOf(text: string): VerifierKey {
  const key = parseVerifierKey(text);
  if ('reason' in key) throw new Error(key.reason);
  return key;
}

describe('exact grammar', () => {
  test.each<[string, string, number]>([
    ['empty origin', `\n1\n${ROOT}\n`, 1],
    ['leading zero', `o\n01\n${ROOT}\n`, 2],
    ['plus', `o\n+5\n${ROOT}\n`, 2],
    ['minus zero', `o\n-0\n${ROOT}\n`, 2],
    ['space', `o\n5 \n${ROOT}\n`, 2],
    ['empty size', `o\n\n${ROOT}\n`, 2],
    ['hex', `o\n0x5\n${ROOT}\n`, 2],
    ['exponent', `o\n1e3\n${ROOT}\n`, 2],
    ['Arabic digits', `o\n٥\n${ROOT}\n`, 2],
    ['2^53', `o\n9007199254740992\n${ROOT}\n`, 2],
    ['2^63', `o\n9223372036854775808\n${ROOT}\n`, 2],
    ['2^64 − 1', `o\n18446744073709551615\n${ROOT}\n`, 2],
    ['31 bytes', `o\n1\n${'A'.repeat(42)}==\n`, 3],
    ['33 bytes', `o\n1\n${'A'.repeat(44)}\n`, 3],
    ['leftover bits', `o\n1\n${'A'.repeat(42)}B=\n`, 3],
    ['no padding', `o\n1\n${'A'.repeat(43)}\n`, 3],
    ['empty extension', `o\n1\n${ROOT}\na\n\nb\n`, 5],
    ['two lines', 'o\n1\n', 2],
  ])('%s', (_, text, line) => {
    expect(parseCheckpoint(text)).toMatchObject({ code: 'note.malformed', line });
  });

  test('0 and 2^53 − 1 are sizes', () => {
    for (const size of [0, Number.MAX_SAFE_INTEGER]) {
      const checkpoint = { origin: 'o', size, root: HASH, extensions: ['x'] };
      expect(parseCheckpoint(formatCheckpoint(checkpoint))).toEqual(checkpoint);
    }
  });

  test.each<[string, number, string]>([
    ['o\n1\n', 2, 'a checkpoint has three lines: origin, size, root'],
    ['\n', 1, 'a checkpoint has three lines: origin, size, root'],
    ['o\n1', 1, 'no newline at the end'],
    [`\n1\n${ROOT}\n`, 1, 'the origin is empty'],
    [`o\n01\n${ROOT}\n`, 2, 'the size is not a decimal number below 2^53 without leading zeros'],
    ['o\n1\nAAAA\n', 3, 'the root is not base64 of 32 bytes'],
    [`o\n1\n${ROOT}\n\n`, 4, 'an extension line is empty'],
  ])('%j: the fault is named', (text, line, reason) => {
    expect(parseCheckpoint(text)).toEqual({ code: 'note.malformed', line, reason });
  });

  test.each<[Partial<Checkpoint>, string]>([
    [{ origin: '' }, 'the origin is empty'],
    [{ origin: 'a\nb' }, 'the size is not a decimal number below 2^53 without leading zeros'],
    [{ origin: `a\n1\n${ROOT}` }, 'a line holds a newline'],
    [{ size: 1.5 }, 'the size is not a decimal number below 2^53 without leading zeros'],
    [{ extensions: ['a\nb'] }, 'a line holds a newline'],
    [{ extensions: [''] }, 'an extension line is empty'],
    [{ root: '00' }, 'the root is not base64 of 32 bytes'],
  ])('what is no checkpoint is not written: %j', (change, reason) => {
    const good = { origin: 'o', size: 1, root: HASH, extensions: [] };
    expect(() => formatCheckpoint({ ...good, ...change })).toThrow(
      new RangeError(`no checkpoint: ${reason}`),
    );
  });
});

describe('subject answer', () => {
  const answer = {
    origin: 'log.example',
    size: 9,
    subject: 'ab'.repeat(32),
    count: 3,
    root: 'cd'.repeat(32),
  };

  test('reads what it writes', () => {
    const text = formatSubjectAnswer(answer);
    expect(text.split('\n').slice(0, 3)).toEqual(['goodorder-subject/1', 'log.example', '9']);
    expect(isSubjectAnswer(text)).toBe(true);
    expect(parseSubjectAnswer(text)).toEqual(answer);
  });

  test('no answer is a checkpoint, no checkpoint an answer, whatever the origin', () => {
    for (const origin of ['5', '0', 'goodorder-subject/1', ROOT]) {
      expect(isTextFault(parseCheckpoint(formatSubjectAnswer({ ...answer, origin })))).toBe(true);
      expect(
        isTextFault(
          parseSubjectAnswer(
            formatCheckpoint({ origin, size: 5, root: HASH, extensions: [ROOT, '1', ROOT] }),
          ),
        ),
      ).toBe(true);
    }
  });

  test.each<[string, string, number]>([
    ['seven lines', `${formatSubjectAnswer(answer)}x\n`, 1],
    ['another version', formatSubjectAnswer(answer).replace('/1', '/2'), 1],
    ['more than the log holds', formatSubjectAnswer(answer).replace('\n3\n', '\n10\n'), 5],
    ['leading zero', formatSubjectAnswer(answer).replace('\n9\n', '\n09\n'), 3],
    ['no last newline', formatSubjectAnswer(answer).slice(0, -1), 1],
  ])('%s', (_, text, line) => {
    expect(parseSubjectAnswer(text)).toMatchObject({ code: 'note.malformed', line });
  });
});
