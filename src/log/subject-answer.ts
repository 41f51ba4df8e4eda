import { toBase64 } from '../codec/base64url.js';
import { fromHex } from '../codec/hex.js';
import { parseHashLine, parseTreeSize, type TextFault, textFault } from './checkpoint.js';

const FIRST_LINE = 'goodorder-subject/1';

/**
 * A log's signed answer to "which records have you about this subject": at a tree size, how many, and the Merkle root
 * of their ids, ascending. It commits to ids only; which ones is shown by whoever holds them.
 */
export interface SubjectAnswer {
  readonly origin: string;
  readonly size: number;
  /** SHA-256 of the subject's URI, 64 hex digits. */
  readonly subject: string;
  readonly count: number;
  /** RFC 9162 MTH over the ids as leaf data, ascending. */
  readonly root: string;
}

/** No checkpoint reads as an answer, nor the other way round: the second line of a checkpoint is a number, its third a hash. */
export function isSubjectAnswer(text: string): boolean {
  return text.startsWith(`${FIRST_LINE}\n`);
}

export function parseSubjectAnswer(text: string): SubjectAnswer | TextFault {
  if (!text.endsWith('\n')) {
    return textFault(1, 'no newline at the end');
  }
  const lines = text.slice(0, -1).split('\n');
  const [first, origin, sizeText, subjectText, countText, rootText] = lines;
  if (first !== FIRST_LINE || lines.length !== 6) {
    return textFault(1, `an answer has six lines, the first \`${FIRST_LINE}\``);
  }
  if (origin === undefined || origin.length === 0) {
    return textFault(2, 'the origin is empty');
  }
  const size = parseTreeSize(sizeText ?? '');
  if (size === null) {
    return textFault(3, 'the size is not a decimal number below 2^53 without leading zeros');
  }
  const subject = parseHashLine(subjectText ?? '');
  if (subject === null) {
    return textFault(4, 'the subject is not base64 of 32 bytes');
  }
  const count = parseTreeSize(countText ?? '');
  if (count === null || count > size) {
    return textFault(5, 'the count is not a decimal number up to the size');
  }
  const root = parseHashLine(rootText ?? '');
  if (root === null) {
    return textFault(6, 'the root is not base64 of 32 bytes');
  }
  return { origin, size, subject, count, root };
}

/** The text to sign, with its last newline. Throws RangeError for values that no answer holds. */
export function formatSubjectAnswer({ origin, size, subject, count, root }: SubjectAnswer): string {
  const lines = [
    FIRST_LINE,
    origin,
    String(size),
    toBase64(fromHex(subject)),
    String(count),
    toBase64(fromHex(root)),
  ];
  const text = `${lines.join('\n')}\n`;
  const read = parseSubjectAnswer(text);
  if ('code' in read) {
    throw new RangeError(`no subject answer: ${read.reason}`);
  }
  return text;
}
