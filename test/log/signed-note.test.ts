import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fromHex, toHex } from '../../src/codec/hex.js';
import { ed25519PublicKey } from '../../src/crypto/ed25519.js';
import {
  formatNote,
  isNoteFault,
  MAX_NOTE_LENGTH,
  MAX_NOTE_SIGNATURES,
  type NoteFault,
  noteSignature,
  noteSignerKeyId,
  parseNote,
  type SignedNote,
  signNote,
} from '../../src/log/signed-note.js';
import { parseVerifierKey, type VerifierKey } from '../../src/log/verifier-key.js';
import { lineId, verifyNoteLines } from '../../src/log/verify-note.js';

interface OpenCase {
  name: string;
  note?: string;
  noteHex?: string;
  keys: string[];
  verified?: string[];
  unknown?: string[];
  failed?: string[];
  malformed?: boolean;
}

const go = JSON.parse(readFileSync('fixtures/vectors/golang-sumdb/note.json', 'utf8')) as {
  signer: { name: string; skey: string };
  sign: { text: string; want: string; badText: string };
  open: OpenCase[];
};

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

const peter = {
  name: go.signer.name,
  seed: Uint8Array.from(Buffer.from(go.signer.skey.split('+').slice(4).join('+'), 'base64').subarray(1)),
};

describe('golang.org/x/mod/sumdb/note', () => {
  test.each(go.open)('open: $name', ({ note, noteHex, keys, verified, unknown, failed, malformed }) => {
    const bytes = noteHex === undefined ? utf8(note ?? '') : fromHex(noteHex);
    const read = parseNote(bytes);
    expect(isNoteFault(read)).toBe(malformed === true);
    if (isNoteFault(read)) return;
    const known = keys.map(readKey);
    const answers = verifyNoteLines(read, known);
    const lines = (status: string): string[] =>
      answers.filter((one) => one.status === status).map(({ key }) => lineId(key));
    expect(lines('failed')).toEqual(failed ?? []);
    expect(lines('verified')).toEqual(verified ?? []);
    if (unknown !== undefined) {
      const ids = new Set(known.map(lineId));
      const others = read.signatures.map(lineId).filter((id) => !ids.has(id));
      expect([...new Set(others)]).toEqual(unknown);
    }
  });

  test('sign: the exact bytes', () => {
    expect(new TextDecoder().decode(signNote(go.sign.text, peter))).toBe(go.sign.want);
    expect(lineId(noteSignature(go.sign.text, peter))).toBe(`PeterNeumann+${noteSignerKeyId(peter)}`);
  });

  test('sign: a text without its last newline is refused', () => {
    expect(() => signNote(go.sign.badText, peter)).toThrow(RangeError);
    expect(() => signNote('a\n', { ...peter, name: 'bad name' })).toThrow(RangeError);
  });
});

const text = 'origin\n1\nroot\n';
const line = go.sign.want.split('\n').at(-2) as string;

describe('grammar', () => {
  test.each<[string, string, number, string]>([
    ['carriage return', `a\r\n\n${line}\n`, 1, 'a control character other than newline'],
    ['tab', `a\n\tb\n\n${line}\n`, 2, 'a control character other than newline'],
    ['NUL', `a\n\n${line}\n\0`, 4, 'a control character other than newline'],
    ['no empty line', `a\n${line}\n`, 3, 'no empty line between text and signatures'],
    ['no signature', 'a\n\n', 3, 'the signatures do not end in a newline'],
    ['no last newline', `a\n\n${line}`, 3, 'the signatures do not end in a newline'],
    ['hyphen for em dash', `a\n\n- ${line.slice(2)}\n`, 3, 'not a signature line'],
    ['en dash for em dash', `a\n\n– ${line.slice(2)}\n`, 3, 'not a signature line'],
    ['two spaces', `a\n\n${line.replace('— ', '—  ')}\n`, 3, 'not a signature line'],
    ['no-break space', `a\n\n${line.replace('— ', '—\u00a0')}\n`, 3, 'not a signature line'],
    ['space at the end', `a\n\n${line} \n`, 3, 'not a signature line'],
    ['empty name', `a\n\n—  ${line.split(' ')[2]}\n`, 3, 'not a signature line'],
    ['plus in the name', `a\n\n— a+b ${line.split(' ')[2]}\n`, 3, 'not a signature line'],
    ['ideographic space in the name', `a\n\n— a\u3000b ${line.split(' ')[2]}\n`, 3, 'not a signature line'],
    ['a key id and nothing behind it', 'a\n\n— a AAAAAA==\n', 3, 'not a signature line'],
    ['base64 without padding', `a\n\n${line.slice(0, -1)}\n`, 3, 'not a signature line'],
    ['base64 with leftover bits', `a\n\n${line.slice(0, -2)}N=\n`, 3, 'not a signature line'],
    ['base64url', `a\n\n${line.replaceAll('/', '_')}\n`, 3, 'not a signature line'],
    ['a second line that is none', `a\n\n${line}\nb\n`, 4, 'not a signature line'],
    ['the last empty line separates', `a\n\n${line}\n\nb\n`, 5, 'not a signature line'],
  ])('%s', (_, note, lineNumber, reason) => {
    const fault = parseNote(utf8(note)) as NoteFault;
    expect({ code: fault.code, line: fault.line, reason: fault.reason }).toEqual({
      code: 'note.malformed',
      line: lineNumber,
      reason,
    });
  });

  test('the offset is that of the first wrong byte or line', () => {
    expect((parseNote(utf8(`ab\rc\n\n${line}\n`)) as NoteFault).offset).toBe(2);
    expect((parseNote(utf8(`é\n\n${line}\nno\n`)) as NoteFault).offset).toBe(4 + utf8(line).length + 1);
  });

  test('ill-formed UTF-8 anywhere', () => {
    const good = utf8(`a\n\n${line}\n`);
    for (const bad of [0xff, 0xc0, 0x80, 0xed]) {
      const bytes = good.slice();
      bytes[0] = bad;
      expect((parseNote(bytes) as NoteFault).reason).toBe('not UTF-8');
    }
  });

  test('empty lines inside the text belong to it, a byte order mark too', () => {
    const note = readNote(utf8(`\ufeffa\n\n\nb\n\n${line}\n`));
    expect(note.text).toBe('\ufeffa\n\n\nb\n');
    expect(toHex(note.textBytes)).toBe(toHex(utf8('\ufeffa\n\n\nb\n')));
  });

  test('100 lines are read, 101 are not; nothing above a million bytes', () => {
    const lines = (count: number): Uint8Array => utf8(`a\n\n${`${line}\n`.repeat(count)}`);
    expect(readNote(lines(MAX_NOTE_SIGNATURES)).signatures).toHaveLength(100);
    expect((parseNote(lines(MAX_NOTE_SIGNATURES + 1)) as NoteFault).reason).toBe('more than 100 signatures');
    const long = (length: number): Uint8Array => {
      const tail = `\n\n${line}\n`;
      return utf8('a'.repeat(length - utf8(tail).length) + tail);
    };
    expect(isNoteFault(parseNote(long(MAX_NOTE_LENGTH)))).toBe(false);
    expect((parseNote(long(MAX_NOTE_LENGTH + 1)) as NoteFault).reason).toBe('longer than 1000000 bytes');
  });

  test('a fault is told whole', () => {
    expect(parseNote(utf8(`é\n\n${`${line}\n`.repeat(101)}`))).toEqual({
      code: 'note.malformed',
      offset: 4,
      line: 3,
      reason: 'more than 100 signatures',
    });
    const long = new Uint8Array(1_000_001).fill(0x61);
    long[9] = 0x0a;
    long[1_000_000] = 0x0a;
    expect(parseNote(long)).toEqual({
      code: 'note.malformed',
      offset: 1_000_000,
      line: 2,
      reason: 'longer than 1000000 bytes',
    });
    const longest = new Uint8Array(1_000_000).fill(0x61);
    expect(parseNote(longest)).toMatchObject({ reason: 'no empty line between text and signatures' });
  });

  test('a name without anything behind it is no line', () => {
    expect(parseNote(utf8('a\n\n— name\n'))).toEqual({
      code: 'note.malformed',
      offset: 3,
      line: 3,
      reason: 'not a signature line',
    });
  });

  test('what would not be read back is not written', () => {
    expect(() => formatNote(`a\n\n${line}`, [])).toThrow(
      new RangeError('no signed note: the text ends in an empty line'),
    );
    expect(() => formatNote('a', [])).toThrow(
      new RangeError('no signed note: no empty line between text and signatures'),
    );
  });

  test('a signer cannot be led into another text by an empty line at the end', () => {
    // "a\n\n" + "\n" + lines: the last empty line is the third newline, so this is a note over "a\n\n".
    expect(readNote(signNote('a\n\n', peter)).text).toBe('a\n\n');
  });
});

const nameArb = fc.stringMatching(/^[^\s+\p{C}]{1,12}$/u);
const textArb = fc
  .string({ unit: 'grapheme', maxLength: 60 })
  .map((value) => `${Array.from(value.replaceAll(/\p{Cc}/gu, '\n')).join('')}\n`);
const signatureArb = fc.record({
  name: nameArb,
  keyId: fc.uint8Array({ minLength: 4, maxLength: 4 }).map(toHex),
  signature: fc.uint8Array({ minLength: 1, maxLength: 90 }),
});

describe('properties', () => {
  test('what is written is read, and has one spelling', () => {
    fc.assert(
      fc.property(textArb, fc.array(signatureArb, { minLength: 1, maxLength: 5 }), (body, signatures) => {
        const bytes = formatNote(body, signatures);
        const read = readNote(bytes);
        expect(read.text).toBe(body);
        expect(read.signatures).toEqual(signatures);
        expect(toHex(formatNote(read.text, read.signatures))).toBe(toHex(bytes));
      }),
    );
  });

  test('every accepted note writes back to its own bytes: no byte is outside the grammar', () => {
    const start = signNote(text, peter);
    fc.assert(
      fc.property(
        fc.nat({ max: start.length - 1 }),
        fc.nat({ max: 255 }),
        fc.constantFrom(0, 1, 2),
        (at, byte, how) => {
          const bytes = Array.from(start);
          if (how === 0) bytes[at] = byte;
          else bytes.splice(at, how === 1 ? 1 : 0, ...(how === 1 ? [] : [byte]));
          const read = parseNote(Uint8Array.from(bytes));
          if (!isNoteFault(read)) {
            expect(toHex(formatNote(read.text, read.signatures))).toBe(toHex(Uint8Array.from(bytes)));
          }
        },
      ),
      { numRuns: 2000 },
    );
  });

  test('any bytes are a note or a fault, never an exception', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const read = parseNote(bytes);
        expect(isNoteFault(read) ? read.code : 'note').toMatch(/^note/);
      }),
    );
  });

  test('a line verifies under its own name, text and key only', () => {
    const key = readKey(`PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW`);
    fc.assert(
      fc.property(fc.nat({ max: text.length - 2 }), (at) => {
        const other = `${text.slice(0, at)}x${text.slice(at + 1)}`;
        const note = readNote(formatNote(other, [noteSignature(text, peter)]));
        const expected = other === text ? 'verified' : 'failed';
        expect(verifyNoteLines(note, [key]).map(({ status }) => status)).toEqual([expected]);
      }),
    );
    expect(toHex(key.publicKey)).toBe(toHex(ed25519PublicKey(peter.seed)));
  });
});
