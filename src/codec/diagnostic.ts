import { type CborFault, MAX_ITEM_LENGTH, scanCbor } from './cbor-scan.js';
import { diagnosticFloat } from './diagnostic-float.js';
import { toHex } from './hex.js';
import { isUnsafe } from './unsafe-character.js';

/**
 * Any bytes as extended diagnostic notation (RFC 8949 §8, RFC 8610 appendix G), for people to look at. Every line
 * begins with its byte offset, as a comment, so that the whole is still notation:
 *
 *     /     0 / 18([
 *     /     2 /   <<{
 *     /     4 /     1: -19
 *
 * It reads what the profile refuses as well: other tags, floats, indefinite lengths, heads that are not shortest
 * (marked `_0` to `_3`). It never throws. The first line says whether the bytes are of the profile, and if not, why
 * and where. Text is shown with everything escaped that a terminal would obey or hide.
 */
export function diagnose(bytes: Uint8Array): string {
  const faults = profileFaults(bytes);
  const reader = new DiagnosticReader(bytes);
  const lines = reader.whole().map(({ offset, text }) => `/ ${String(offset).padStart(5)} / ${text}`);
  const head = faults.map(({ code, offset }) => `/ not of the profile: ${code} at byte ${offset} /`);
  return [...head, ...lines].join('\n');
}

/** Deeper nesting and longer lists than any evidence has are cut, so that hostile bytes cannot flood the screen. */
const MAX_LEVELS = 80;
const MAX_LINES = 20_000;
const BYTES_A_LINE = 32;
const COSE_SIGN1 = 0xd2;
const ARRAY_OF_4 = 0x84;

interface Line {
  readonly offset: number;
  readonly text: string;
}

interface Rendered {
  readonly lines: readonly Line[];
  readonly next: number;
}

interface Head {
  readonly major: number;
  /** Additional information: 31 is indefinite. */
  readonly info: number;
  readonly argument: bigint;
  readonly next: number;
  /** Marks a head that is not the shortest. */
  readonly mark: string;
}

/** Faults of the item and, for a COSE_Sign1, of the header and payload that its byte strings hold. */
function profileFaults(bytes: Uint8Array): readonly CborFault[] {
  // Tag 18 is of the profile where it begins a COSE_Sign1, an array of four.
  const isSign1 = bytes[0] === COSE_SIGN1 && bytes[1] === ARRAY_OF_4;
  if (bytes.length > MAX_ITEM_LENGTH) return [{ code: 'cbor.too-long', offset: 0 }];
  const fault = scanCbor(bytes, { start: isSign1 ? 1 : 0 });
  if (fault !== null || !isSign1) return fault === null ? [] : [fault];
  return sign1Contents(bytes).flatMap(({ start, end }) => scanCbor(bytes, { start, end }) ?? []);
}

/** Where protected header and payload of a COSE_Sign1 lie, as far as they are byte strings. */
function sign1Contents(bytes: Uint8Array): readonly { start: number; end: number }[] {
  const contents: { start: number; end: number }[] = [];
  if (bytes[0] !== COSE_SIGN1 || bytes[1] !== ARRAY_OF_4) return contents;
  const header = readAnyHead(bytes, 2, bytes.length);
  if (header === null || header.major !== 2 || header.info === 31) return contents;
  const headerEnd = header.next + Number(header.argument);
  contents.push({ start: header.next, end: headerEnd });
  // What follows the unprotected map is the payload; only the empty map, one byte, is evidence.
  const payload = bytes[headerEnd] === 0xa0 ? readAnyHead(bytes, headerEnd + 1, bytes.length) : null;
  if (payload !== null && payload.major === 2 && payload.info !== 31) {
    contents.push({ start: payload.next, end: payload.next + Number(payload.argument) });
  }
  return contents.filter(({ start, end }) => start < end && end <= bytes.length);
}

function readAnyHead(bytes: Uint8Array, at: number, end: number): Head | null {
  if (at >= end) return null;
  const major = bytes[at]! >> 5;
  const info = bytes[at]! & 31;
  if (info < 24 || info === 31) return { major, info, argument: BigInt(info), next: at + 1, mark: '' };
  if (info > 27) return null;
  const size = 1 << (info - 24);
  if (size > end - at - 1) return null;
  let argument = 0n;
  for (let i = 1; i <= size; i++) argument = (argument << 8n) | BigInt(bytes[at + i]!);
  const least = size === 1 ? 24n : 1n << BigInt(4 * size);
  return { major, info, argument, next: at + 1 + size, mark: argument < least ? `_${info - 24}` : '' };
}

class DiagnosticReader {
  private linesLeft = MAX_LINES;
  /** Why reading stopped before the end, and where. */
  private stopped: Line | null = null;
  private readonly embedded: ReadonlySet<number>;

  constructor(private readonly bytes: Uint8Array) {
    this.embedded = new Set(sign1Contents(bytes).map(({ start }) => start));
  }

  whole(): readonly Line[] {
    const { lines, next } = this.item(0, this.bytes.length, 1);
    if (this.stopped !== null) return [...lines, this.stopped];
    if (next === this.bytes.length) return lines;
    return [...lines, { offset: next, text: `/ ${this.bytes.length - next} more bytes /` }];
  }

  private item(at: number, end: number, level: number): Rendered {
    const head = readAnyHead(this.bytes, at, end);
    if (head === null) return this.stop(at, at >= end ? 'the bytes end here' : 'no head of an item');
    if (level > MAX_LEVELS) return this.stop(at, `nested deeper than ${MAX_LEVELS} levels, not shown`);
    if (--this.linesLeft < 0) return this.stop(at, `more than ${MAX_LINES} lines, not shown`);
    const { major, info, argument, next, mark } = head;
    switch (major) {
      case 0:
      case 1:
        if (info === 31) return this.stop(at, 'an integer of indefinite length');
        return one(at, `${major === 0 ? argument : -1n - argument}${mark}`, next);
      case 2:
      case 3:
        return info === 31 ? this.chunks(at, end, level, head) : this.string(at, end, level, head);
      case 4:
        return this.container(at, end, level, head, '[', ']');
      case 5:
        return this.container(at, end, level, head, '{', '}');
      case 6:
        if (info === 31) return this.stop(at, 'a tag of indefinite length');
        return this.enclose(this.item(next, end, level + 1), at, `${argument}${mark}(`, ')');
      default:
        return this.simple(at, head);
    }
  }

  private stop(offset: number, reason: string): Rendered {
    this.stopped ??= { offset, text: `/ ${reason} /` };
    return { lines: [], next: offset };
  }

  /** Nothing is closed that was not read to its end. */
  private enclose(inner: Rendered, at: number, open: string, close: string): Rendered {
    return wrap(inner, at, open, this.stopped === null ? close : '');
  }

  private simple(at: number, { info, argument, next }: Head): Rendered {
    if (info === 31) return this.stop(at, 'a break outside of an item of indefinite length');
    if (info >= 25) return one(at, `${diagnosticFloat(this.bytes, at + 1, info)}_${info - 24}`, next);
    const names = new Map([
      [20n, 'false'],
      [21n, 'true'],
      [22n, 'null'],
      [23n, 'undefined'],
    ]);
    const name = info < 24 ? names.get(argument) : undefined;
    return one(at, name ?? `simple(${argument})${info === 24 ? '_0' : ''}`, next);
  }

  private string(at: number, end: number, level: number, { major, argument, next, mark }: Head): Rendered {
    if (argument > BigInt(end - next))
      return this.stop(at, `a string of ${argument} bytes that runs past the end`);
    const stringEnd = next + Number(argument);
    if (Number(argument) > MAX_ITEM_LENGTH)
      return one(at, `/ a string of ${argument} bytes, not shown /`, stringEnd);
    const contents = this.bytes.subarray(next, stringEnd);
    if (major === 3) {
      const text = readText(contents);
      if (text !== null) return one(at, `${quote(text)}${mark}`, stringEnd);
      return wrap(byteLines(next, contents), at, '', `${mark} / text that is not UTF-8 /`);
    }
    if (this.holdsItem(next, stringEnd)) {
      const inner = this.enclose(this.item(next, stringEnd, level + 1), at, '<<', `>>${mark}`);
      if (this.stopped !== null || inner.next === stringEnd) return { ...inner, next: stringEnd };
      return this.stop(inner.next, 'more bytes in a string that holds an item');
    }
    this.linesLeft -= Math.floor(contents.length / BYTES_A_LINE);
    return wrap(byteLines(next, contents), at, '', mark);
  }

  /** A byte string is shown as an item where one must stand, or where a map or array fills it exactly. */
  private holdsItem(start: number, end: number): boolean {
    if (this.embedded.has(start)) return true;
    const major = start < end ? this.bytes[start]! >> 5 : 0;
    return (major === 4 || major === 5) && end - start > 1 && scanCbor(this.bytes, { start, end }) === null;
  }

  /** A string in pieces: each a string of its own, up to a break. */
  private chunks(at: number, end: number, level: number, head: Head): Rendered {
    return this.series(at, end, level, head.next, null, 1, '(_', ')');
  }

  private container(
    at: number,
    end: number,
    level: number,
    head: Head,
    open: string,
    close: string,
  ): Rendered {
    const each = head.major === 5 ? 2 : 1;
    if (head.info === 31) return this.series(at, end, level, head.next, null, each, `${open}_`, close);
    if (head.argument * BigInt(each) > BigInt(end - head.next)) {
      return this.stop(at, `a count of ${head.argument} that runs past the end`);
    }
    return this.series(at, end, level, head.next, Number(head.argument), each, open + head.mark, close);
  }

  /** `count` elements, or with null as many as stand before a break; `each` is 2 for the entries of a map. */
  private series(
    at: number,
    end: number,
    level: number,
    first: number,
    count: number | null,
    each: 1 | 2,
    open: string,
    close: string,
  ): Rendered {
    const lines: Line[] = [{ offset: at, text: open }];
    let next = first;
    for (let done = 0; done !== count; done++) {
      if (count === null && this.bytes[next] === 0xff && next < end) {
        next++;
        break;
      }
      const element = each === 1 ? this.item(next, end, level + 1) : this.entry(next, end, level + 1);
      if (lines.length > 1) lines.push(withComma(lines.pop()!));
      for (const line of element.lines) lines.push({ offset: line.offset, text: `  ${line.text}` });
      next = element.next;
      if (this.stopped !== null) return { lines, next };
    }
    if (lines.length === 1) return one(at, open + close, next);
    return { lines: [...lines, { offset: next, text: close }], next };
  }

  private entry(at: number, end: number, level: number): Rendered {
    const key = this.item(at, end, level);
    if (this.stopped !== null) return key;
    const value = this.item(key.next, end, level);
    const name = key.lines.map((line) => line.text.trim()).join(' ');
    if (value.lines.length === 0) return { lines: [{ offset: at, text: `${name}:` }], next: value.next };
    return wrap(value, at, `${name}: `, '');
  }
}

function one(offset: number, text: string, next: number): Rendered {
  return { lines: [{ offset, text }], next };
}

/** What is rendered with something before its first line and after its last; the first line takes the offset. */
function wrap({ lines, next }: Rendered, offset: number, before: string, after: string): Rendered {
  if (lines.length === 0) return { lines: [{ offset, text: before }], next };
  const wrapped = lines.slice();
  wrapped[0] = { offset, text: before + wrapped[0]!.text };
  const last = wrapped.length - 1;
  wrapped[last] = { offset: wrapped[last]!.offset, text: wrapped[last]!.text + after };
  return { lines: wrapped, next };
}

function withComma({ offset, text }: Line): Line {
  return { offset, text: `${text},` };
}

/** Hex of 32 bytes a line; space inside `h''` means nothing. */
function byteLines(start: number, contents: Uint8Array): Rendered {
  const lines: Line[] = [];
  for (let at = 0; at < contents.length || at === 0; at += BYTES_A_LINE) {
    const hex = toHex(contents.subarray(at, at + BYTES_A_LINE));
    lines.push({ offset: start + at, text: at === 0 ? `h'${hex}` : `  ${hex}` });
  }
  return wrap({ lines, next: start + contents.length }, lines[0]!.offset, '', `'`);
}

function readText(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

/**
 * Beside what is unsafe: spaces that look like another one, the replacement character, which may stand for bytes that
 * were lost, and private use, which shows as each font likes. Fixed ranges, because a runtime's tables change with its version.
 */
function isAmbiguous(point: number): boolean {
  return (
    point === 0xa0 ||
    (point >= 0x2000 && point <= 0x200a) ||
    point === 0x202f ||
    point === 0x205f ||
    point === 0x3000 ||
    point === 0xfffc ||
    point === 0xfffd ||
    point >= 0xe0000
  );
}

function quote(text: string): string {
  let quoted = '"';
  for (const character of text) quoted += shown(character);
  return `${quoted}"`;
}

function shown(character: string): string {
  if (character === '"' || character === '\\') return `\\${character}`;
  if (character === '\n') return '\\n';
  if (character === '\t') return '\\t';
  const point = character.codePointAt(0)!;
  if (!isUnsafe(point) && !isAmbiguous(point)) return character;
  const hex = point.toString(16);
  return hex.length <= 4 ? `\\u${hex.padStart(4, '0')}` : `\\u{${hex}}`;
}
