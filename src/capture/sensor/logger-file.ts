import { GoodOrderError } from '../../errors.js';
import { splitLine } from './csv-rows.js';
import { type FileEncoding, utf8Of } from './file-encoding.js';

/** What is looked at to tell what a file is. */
const HEAD_BYTES = 65_536;
const HEAD_LINES = 400;

/** A logger's file as a family meets it: its exact bytes, and the first lines where it is text. */
export interface LoggerFile {
  readonly bytes: Uint8Array;
  /** Null for a file that is no text. */
  readonly text: LoggerText | null;
}

export interface LoggerText {
  readonly encoding: FileEncoding;
  /** The first lines, without their ends. */
  readonly lines: readonly string[];
}

export function openLoggerFile(bytes: Uint8Array): LoggerFile {
  return { bytes, text: textHead(bytes) };
}

/** Bytes a text export has no use for: what holds one of them is no text. */
function isBinary(head: Uint8Array): boolean {
  return head.some((byte) => byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d && byte !== 0x1a);
}

function textHead(bytes: Uint8Array): LoggerText | null {
  const encoding = encodingOf(bytes);
  if (encoding === null) return null;
  const head = bytes.subarray(0, HEAD_BYTES);
  const whole = head.length === bytes.length;
  let cut = head;
  if (!whole && encoding === 'utf-8') {
    // Not in the middle of a character.
    let end = head.length;
    while (end > 0 && (head[end - 1]! & 0xc0) === 0x80) end -= 1;
    cut = head.subarray(0, Math.max(0, end - 1));
  }
  const decoded = new TextDecoder().decode(utf8Of(cut, encoding));
  const lines = decoded.split(/\r?\n/);
  if (!whole) lines.pop();
  return { encoding, lines: lines.slice(0, HEAD_LINES) };
}

function encodingOf(bytes: Uint8Array): FileEncoding | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (isBinary(bytes.subarray(0, HEAD_BYTES))) return null;
  try {
    utf8Of(bytes, 'utf-8');
    return 'utf-8';
  } catch {
    return fitsWindows1252(bytes) ? 'windows-1252' : 'iso-8859-1';
  }
}

function fitsWindows1252(bytes: Uint8Array): boolean {
  return !bytes.some(
    (byte) => byte === 0x81 || byte === 0x8d || byte === 0x8f || byte === 0x90 || byte === 0x9d,
  );
}

/** What fields of a logger's text are separated by; the comma last, since numbers and names hold it as well. */
export const DELIMITERS = ['\t', ';', ','] as const;

/** The separator that a line uses outside quotation marks; null where it uses none. */
export function delimiterOf(line: string): string | null {
  let best: string | null = null;
  let most = 0;
  for (const delimiter of DELIMITERS) {
    const fields = splitLine(line, { delimiter, quote: true })?.length ?? line.split(delimiter).length;
    if (fields > most + (best === null ? 1 : 0) && fields > 1) {
      best = delimiter;
      most = fields;
    }
  }
  return best;
}

/** Fields of a line, without blanks around them; the whole line as one where its quotation marks do not pair. */
export function cellsOf(line: string, delimiter: string): readonly string[] {
  return (splitLine(line, { delimiter, quote: true }) ?? [line]).map((cell) => cell.trim());
}

/** A decimal comma, where fields are not separated by commas and a number is written with one. */
export function decimalMarkOf(rows: readonly (readonly string[])[], delimiter: string): '.' | ',' {
  if (delimiter === ',') {
    return '.';
  }
  const numbers = rows.flat().filter((cell) => /^[-+]?\d+[.,]\d+$/.test(cell));
  return numbers.length > 0 && numbers.every((cell) => cell.includes(',')) ? ',' : '.';
}

export function asks(message: string, path: string): GoodOrderError {
  return new GoodOrderError('sensor-import.columns', message, { path });
}
