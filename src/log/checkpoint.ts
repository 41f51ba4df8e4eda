import { toBase64 } from '../codec/base64url.js';
import { fromHex, toHex } from '../codec/hex.js';
import { HASH_LENGTH, isTreeCount } from '../merkle/tree.js';
import { base64OrNull } from './verifier-key.js';

/** The text of a C2SP tlog-checkpoint: which log, how many leaves, which root. */
export interface Checkpoint {
  readonly origin: string;
  readonly size: number;
  /** 64 hex digits. */
  readonly root: string;
  /** Further signed lines; no rule reads them. */
  readonly extensions: readonly string[];
}

/** Why a signed text is not what it should be. Line counts from 1. */
export interface TextFault {
  readonly code: 'note.malformed';
  readonly line: number;
  readonly reason: string;
}

/**
 * Reads a checkpoint's note text (C2SP tlog-checkpoint); what is none comes back as the line at fault and why. Stricter than the format in one point: sizes beyond 2^53 − 1 are refused, so that
 * no arithmetic on them can round.
 */
export function parseCheckpoint(text: string): Checkpoint | TextFault {
  if (!text.endsWith('\n')) {
    return textFault(1, 'no newline at the end');
  }
  const lines = text.slice(0, -1).split('\n');
  if (lines.length < 3) {
    return textFault(lines.length, 'a checkpoint has three lines: origin, size, root');
  }
  const [origin, sizeText, rootText, ...extensions] = lines as [string, string, string, ...string[]];
  if (origin.length === 0) {
    return textFault(1, 'the origin is empty');
  }
  const size = parseTreeSize(sizeText);
  if (size === null) {
    return textFault(2, 'the size is not a decimal number below 2^53 without leading zeros');
  }
  const root = parseHashLine(rootText);
  if (root === null) {
    return textFault(3, 'the root is not base64 of 32 bytes');
  }
  const empty = extensions.indexOf('');
  if (empty >= 0) {
    return textFault(4 + empty, 'an extension line is empty');
  }
  return { origin, size, root, extensions };
}

export function isTextFault(result: object): result is TextFault {
  return 'code' in result;
}

/** The text to sign, with its last newline. Throws RangeError for values that no checkpoint holds. */
export function formatCheckpoint({ origin, size, root, extensions }: Checkpoint): string {
  const text = `${[origin, String(size), toBase64(fromHex(root)), ...extensions].join('\n')}\n`;
  const read = parseCheckpoint(text);
  // A newline in the origin or in a line makes more lines.
  if (isTextFault(read) || read.extensions.length !== extensions.length) {
    throw new RangeError(`no checkpoint: ${isTextFault(read) ? read.reason : 'a line holds a newline'}`);
  }
  return text;
}

/** A decimal count as C2SP writes it, or null. */
export function parseTreeSize(text: string): number | null {
  if (!/^(?:0|[1-9][0-9]{0,15})$/.test(text)) {
    return null;
  }
  const size = Number(text);
  return isTreeCount(size) ? size : null;
}

/** A line that is base64 of 32 bytes, as hex, or null. */
export function parseHashLine(text: string): string | null {
  const bytes = base64OrNull(text);
  return bytes === null || bytes.length !== HASH_LENGTH ? null : toHex(bytes);
}

export function textFault(line: number, reason: string): TextFault {
  return { code: 'note.malformed', line, reason };
}
