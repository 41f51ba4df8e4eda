import { parse } from 'csv-parse/sync';
import { GoodOrderError } from '../../errors.js';
import { type FileEncoding, utf8Of } from './file-encoding.js';

export interface CsvDialect {
  readonly encoding: FileEncoding;
  readonly delimiter: string;
  /** Fields may stand in double quotation marks. */
  readonly quote: boolean;
  readonly headerLines: number;
}

export interface CsvVisitor {
  /** One row with the number of its first line, from 1. A blank line is a row of one empty field. */
  row(fields: readonly string[], line: number): void;
  /** A row whose quotation marks do not pair. */
  unpaired(line: number): void;
}

// Parsed a quarter of a megabyte at a time, csv-parse is faster than on the whole file and holds a few rows only.
const SEGMENT_BYTES = 262_144;
const MAX_BROKEN_LINES = 1000;
const NEWLINE = 0x0a;
const RETURN = 0x0d;
const QUOTE = 0x22;

export interface CsvFile {
  /** The header lines as they stand, fewer where the file ends before. */
  readonly header: readonly string[];
  forEachRow(visitor: CsvVisitor): void;
}

/**
 * Opens a CSV for reading row by row. Throws `sensor-import.columns` where the bytes are not in the declared encoding,
 * and `sensor-import.row` from `forEachRow` where quotation marks are hopeless. Memory: one segment of rows, and one
 * copy of a file that is not UTF-8.
 */
export function openCsv(bytes: Uint8Array, dialect: CsvDialect): CsvFile {
  const text = utf8Of(bytes, dialect.encoding);
  const header: string[] = [];
  let at = 0;
  while (header.length < dialect.headerLines && at < text.length) {
    const end = lineEnd(text, at);
    header.push(decode(text.subarray(at, trimReturn(text, at, end))));
    at = end + 1;
  }
  return {
    header,
    forEachRow: (visitor) => readRows(text.subarray(at), header.length + 1, dialect, visitor),
  };
}

/** Splits one line into its fields; null where its quotation marks do not pair. */
export function splitLine(
  line: string,
  dialect: Pick<CsvDialect, 'delimiter' | 'quote'>,
): readonly string[] | null {
  try {
    return (parse(line, options(dialect)) as string[][])[0] ?? [];
  } catch {
    return null;
  }
}

function readRows(text: Uint8Array, firstLine: number, dialect: CsvDialect, visitor: CsvVisitor): void {
  let line = firstLine;
  let at = 0;
  let broken = 0;
  while (at < text.length) {
    const segment = nextSegment(text, at, dialect.quote);
    const rows = segment === null ? null : parseSegment(segment.bytes, dialect);
    if (segment === null || rows === null) {
      if (broken > MAX_BROKEN_LINES) throw tooManyBroken(line);
      const lines = readLines(text, at, line, dialect, visitor);
      broken += lines.broken;
      at = lines.end;
      line = lines.nextLine;
    } else {
      for (const fields of rows) {
        visitor.row(fields, line);
        line += segment.quoted ? linesOf(fields) : 1;
      }
      at += segment.bytes.length;
    }
  }
}

interface Segment {
  readonly bytes: Uint8Array;
  readonly quoted: boolean;
}

/**
 * The next rows, ending behind a line end with an even number of quotation marks before it. If csv-parse then reads
 * them without an error, the marks paired, and the line end was the end of a row. Null where none ends for long.
 */
function nextSegment(text: Uint8Array, start: number, quote: boolean): Segment | null {
  const limit = Math.min(text.length, start + 4 * SEGMENT_BYTES);
  let marks = 0;
  for (let at = start; at < limit; at += 1) {
    const byte = text[at];
    if (byte === QUOTE && quote) marks += 1;
    else if (byte === NEWLINE && marks % 2 === 0 && at - start >= SEGMENT_BYTES) {
      return { bytes: text.subarray(start, at + 1), quoted: marks > 0 };
    }
  }
  return limit === text.length ? { bytes: text.subarray(start), quoted: marks > 0 } : null;
}

function parseSegment(bytes: Uint8Array, dialect: CsvDialect): string[][] | null {
  try {
    return parse(
      Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength),
      options(dialect),
    ) as string[][];
  } catch {
    return null;
  }
}

/**
 * Where quotation marks do not pair, nobody can tell where rows end: each line is then taken for a row, those with
 * unpaired marks are refused, and reading goes on behind them.
 */
function readLines(
  text: Uint8Array,
  start: number,
  firstLine: number,
  dialect: CsvDialect,
  visitor: CsvVisitor,
): { end: number; nextLine: number; broken: number } {
  let at = start;
  let line = firstLine;
  let broken = 0;
  while (at < text.length && at - start < SEGMENT_BYTES && broken <= MAX_BROKEN_LINES) {
    const end = lineEnd(text, at);
    const content = decode(text.subarray(at, trimReturn(text, at, end)));
    const fields = content.includes('"') ? splitLine(content, dialect) : content.split(dialect.delimiter);
    if (fields === null) {
      visitor.unpaired(line);
      broken += 1;
    } else visitor.row(fields, line);
    at = end + 1;
    line += 1;
  }
  return { end: at, nextLine: line, broken };
}

function tooManyBroken(line: number): GoodOrderError {
  return new GoodOrderError(
    'sensor-import.row',
    `quotation marks do not pair in more than ${MAX_BROKEN_LINES} lines up to line ${line}; say \`quote: false\` where they are letters`,
    { line },
  );
}

function options({ delimiter, quote }: Pick<CsvDialect, 'delimiter' | 'quote'>) {
  return {
    delimiter,
    quote: quote ? '"' : false,
    record_delimiter: ['\r\n', '\n'],
    relax_column_count: true,
  };
}

function linesOf(fields: readonly string[]): number {
  let lines = 1;
  for (const field of fields) {
    for (let at = field.indexOf('\n'); at >= 0; at = field.indexOf('\n', at + 1)) lines += 1;
  }
  return lines;
}

function lineEnd(text: Uint8Array, start: number): number {
  const end = text.indexOf(NEWLINE, start);
  return end < 0 ? text.length : end;
}

function trimReturn(text: Uint8Array, start: number, end: number): number {
  return end > start && text[end - 1] === RETURN ? end - 1 : end;
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
