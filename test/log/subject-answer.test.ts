import { describe, expect, test } from 'vitest';
import { formatSubjectAnswer, isSubjectAnswer, parseSubjectAnswer } from '../../src/log/subject-answer.js';

const HASH = 'AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=';
const HEX = '000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f';
const ANSWER = { origin: 'log.example', size: 7, subject: HEX, count: 7, root: HEX };
const LINES = ['goodorder-subject/1', 'log.example', '7', HASH, '7', HASH];

function withLine(line: number, text: string): string {
  return `${LINES.map((own, index) => (index === line - 1 ? text : own)).join('\n')}\n`;
}

test('six lines, and as many as all entries may be about one subject', () => {
  const text = `${LINES.join('\n')}\n`;
  expect(parseSubjectAnswer(text)).toEqual(ANSWER);
  expect(formatSubjectAnswer(ANSWER)).toBe(text);
  expect(isSubjectAnswer(text)).toBe(true);
  expect(isSubjectAnswer('goodorder-subject/1')).toBe(false);
});

describe('what is none comes back with line and reason', () => {
  const shape = 'an answer has six lines, the first `goodorder-subject/1`';
  const size = 'the size is not a decimal number below 2^53 without leading zeros';
  const count = 'the count is not a decimal number up to the size';
  test.each<[string, number, string]>([
    ['', 1, 'no newline at the end'],
    [LINES.join('\n'), 1, 'no newline at the end'],
    [withLine(1, 'goodorder-subject/2'), 1, shape],
    [`${LINES.slice(0, 5).join('\n')}\n`, 1, shape],
    [`${[...LINES, ''].join('\n')}\n`, 1, shape],
    ['goodorder-subject/1\n', 1, shape],
    [withLine(2, ''), 2, 'the origin is empty'],
    [withLine(3, ''), 3, size],
    [withLine(3, '07'), 3, size],
    [withLine(3, '9007199254740992'), 3, size],
    [withLine(4, ''), 4, 'the subject is not base64 of 32 bytes'],
    [withLine(4, 'AAAA'), 4, 'the subject is not base64 of 32 bytes'],
    [withLine(5, ''), 5, count],
    [withLine(5, '-1'), 5, count],
    [withLine(5, '8'), 5, count],
    [withLine(6, ''), 6, 'the root is not base64 of 32 bytes'],
    [withLine(6, `${HASH}=`), 6, 'the root is not base64 of 32 bytes'],
  ])('%j', (text, line, reason) => {
    expect(parseSubjectAnswer(text)).toEqual({ code: 'note.malformed', line, reason });
  });
});

describe('what would be none is not written', () => {
  test.each<[Partial<typeof ANSWER>, string]>([
    [{ origin: '' }, 'the origin is empty'],
    [{ origin: 'a\nb' }, 'an answer has six lines, the first `goodorder-subject/1`'],
    [{ size: 0.5 }, 'the size is not a decimal number below 2^53 without leading zeros'],
    [{ count: 8 }, 'the count is not a decimal number up to the size'],
    [{ subject: '00' }, 'the subject is not base64 of 32 bytes'],
    [{ root: '00' }, 'the root is not base64 of 32 bytes'],
  ])('%j', (change, reason) => {
    expect(() => formatSubjectAnswer({ ...ANSWER, ...change })).toThrow(
      new RangeError(`no subject answer: ${reason}`),
    );
  });
});
