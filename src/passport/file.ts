import { encodeHead, readHead } from '../codec/cbor-head.js';
import { itemEnd } from '../codec/cbor-scan.js';
import { compareBytes } from '../codec/hex.js';
import { sha256Hex } from '../crypto/hash.js';
import { type Diagnostic, diagnostic } from '../diagnostic.js';
import { GoodOrderError } from '../errors.js';
import { DiagnosticList } from './diagnostic-list.js';
import { ELEMENT_MEMBERS, type ElementMember, MEMBER, PassportElement, placeOf } from './element.js';

/** Like PNG's: the first byte and the seventh-bit catch text-mode damage; the last byte is the version. */
export const PASSPORT_MAGIC: Uint8Array = Uint8Array.of(0x89, 0x47, 0x4f, 0x50, 0x41, 0x53, 0x53, 0x01);

/** 64 MiB, unless the caller raises it. */
export const PASSPORT_LIMIT = 67_108_864;

/** Longest item URI, in bytes. */
const MAX_ITEM_URI = 512;

/**
 * No passport that holds its own rules has elements of fewer than 64 bytes on average: a key is 40, but needs a record
 * or a credential of 200. A file that counts more is refused before anything is made of them.
 */
const BYTES_PER_ELEMENT = 64;

/** The outer structure of a file: which elements stand where. Nothing in them has been read. */
export interface PassportFile {
  readonly bytes: Uint8Array;
  /** SHA-256 of the bytes, hex. */
  readonly digest: string;
  /** Member 0. */
  readonly item: string;
  /** By member, 1 records … 8 attachments; a member that the file lacks is empty. Without repeated elements. */
  readonly members: Readonly<Record<ElementMember, readonly PassportElement[]>>;
  readonly diagnostics: DiagnosticList;
}

/** `fault`: where and why the outer structure cannot be followed; then nothing of the file is known. */
export type ReadPassportFile =
  | { readonly ok: true; readonly file: PassportFile }
  | { readonly ok: false; readonly fault: Diagnostic };

/** What a file may be at most. */
export interface ReadLimits {
  /** Longest file accepted, in bytes; default 64 MiB. */
  readonly limit?: number;
  /**
   * The bytes are nobody else's and nobody will change them: they are read where they lie. Otherwise they are copied
   * first, because what is checked must be what is used.
   */
  readonly owned?: boolean;
}

/** Does the file begin as a passport of any version? */
export function looksLikePassport(bytes: Uint8Array): boolean {
  return bytes.length >= 7 && compareBytes(bytes.subarray(0, 7), PASSPORT_MAGIC.subarray(0, 7)) === 0;
}

/**
 * Walks the outer structure by its heads; no decoder sees it. The bytes are copied first, so that nothing the caller
 * does to them later changes what was read. Never throws on hostile bytes.
 */
export function readPassportFile(bytes: Uint8Array, limits: ReadLimits = {}): ReadPassportFile {
  if (!(bytes instanceof Uint8Array)) throw new TypeError('a passport file is a Uint8Array');
  const limit = limits.limit ?? PASSPORT_LIMIT;
  if (bytes.length > limit) {
    return {
      ok: false,
      fault: diagnostic('passport.too-large', { offset: limit }, { bytes: bytes.length, limit }),
    };
  }
  const own =
    limits.owned === true
      ? new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length)
      : new Uint8Array(bytes);
  const damaged = PASSPORT_MAGIC.findIndex((byte, index) => own[index] !== byte);
  if (damaged >= 0) return { ok: false, fault: diagnostic('passport.magic', { offset: damaged }) };
  const walk = new Walk(own, Math.floor(Math.max(limit, PASSPORT_LIMIT) / BYTES_PER_ELEMENT));
  const fault = walk.run();
  if (fault !== null) return { ok: false, fault };
  const { item, members, diagnostics } = walk;
  if (item === null) return { ok: false, fault: diagnostic('passport.item', { member: 0, offset: 8 }) };
  return { ok: true, file: { bytes: own, digest: sha256Hex(own), item, members, diagnostics } };
}

class Walk {
  item: string | null = null;
  readonly members: Record<ElementMember, PassportElement[]> = noElements();
  readonly diagnostics = new DiagnosticList();
  #at = PASSPORT_MAGIC.length;
  #room: number;

  constructor(
    private readonly bytes: Uint8Array,
    maxElements: number,
  ) {
    this.#room = maxElements;
  }

  /** Null when the structure could be followed to the end. */
  run(): Diagnostic | null {
    const { bytes } = this;
    const map = readHead(bytes, this.#at);
    if (map === null) return this.#headFault({});
    if (map.major !== 5) return diagnostic('passport.map', { offset: this.#at });
    if (2 * map.argument > bytes.length - map.next) return diagnostic('cbor.truncated', { offset: this.#at });
    this.#at = map.next;
    let last = -1;
    for (let entry = 0; entry < map.argument; entry += 1) {
      const key = readHead(bytes, this.#at);
      if (key === null) return this.#headFault({});
      const place = { offset: this.#at };
      if (key.major !== 0 && key.major !== 1 && key.major !== 3) return diagnostic('cbor.key-type', place);
      if (key.major !== 0 || key.argument > MEMBER.attachments || key.argument === last) {
        return diagnostic('passport.member', place);
      }
      if (key.argument < last) return diagnostic('cbor.key-order', place);
      last = key.argument;
      this.#at = key.next;
      const fault = last === MEMBER.item ? this.#readItem() : this.#readMember(last as ElementMember);
      if (fault !== null) return fault;
    }
    return this.#at === bytes.length ? null : diagnostic('cbor.trailing', { offset: this.#at });
  }

  #readItem(): Diagnostic | null {
    const place = { member: MEMBER.item, offset: this.#at };
    const end = itemEnd(this.bytes, this.#at, this.bytes.length);
    if (typeof end !== 'number') return diagnostic(end.code, { ...place, offset: end.offset });
    const text = readHead(this.bytes, this.#at);
    if (text === null || text.major !== 3) return diagnostic('passport.item', place);
    const item = printableAscii(this.bytes.subarray(text.next, end));
    if (item === null) return diagnostic('passport.item', place);
    this.item = item;
    this.#at = end;
    return null;
  }

  #readMember(member: ElementMember): Diagnostic | null {
    const { bytes } = this;
    const place = { member, offset: this.#at };
    const array = readHead(bytes, this.#at);
    if (array === null) return this.#headFault({ member });
    if (array.major !== 4) return diagnostic('passport.member', place);
    if (array.argument > bytes.length - array.next) return diagnostic('cbor.truncated', place);
    if (array.argument > this.#room)
      return diagnostic('passport.too-large', place, { elements: array.argument });
    if (array.argument === 0) this.diagnostics.add(diagnostic('passport.member', place));
    this.#room -= array.argument;
    this.#at = array.next;
    const elements = this.members[member];
    let ascending = true;
    for (let index = 0; index < array.argument; index += 1) {
      const string = readHead(bytes, this.#at);
      if (string === null) return this.#headFault({ member, index });
      const at = { member, index, offset: this.#at };
      if (string.major !== 2) return diagnostic('passport.member', at);
      if (string.argument > bytes.length - string.next) return diagnostic('cbor.truncated', at);
      const element = new PassportElement(bytes, member, index, string.next, string.argument);
      this.#at = string.next + string.argument;
      const previous = elements.at(-1);
      const order = previous === undefined ? -1 : compareElements(bytes, previous, element);
      if (order === 0) {
        this.diagnostics.add(diagnostic('passport.set', placeOf(element)));
        continue;
      }
      if (order > 0) {
        ascending = false;
        this.diagnostics.add(diagnostic('passport.set-order', placeOf(element)));
      }
      elements.push(element);
    }
    if (!ascending) this.#dropRepeated(member);
    return null;
  }

  /** In a member out of order, equal elements need not stand side by side. */
  #dropRepeated(member: ElementMember): void {
    const sorted = [...this.members[member]].sort(
      (a, b) => compareBytes(a.bytes, b.bytes) || a.index - b.index,
    );
    const kept = sorted.filter((element, position) => {
      const before = sorted[position - 1];
      const repeated = before !== undefined && compareBytes(before.bytes, element.bytes) === 0;
      if (repeated) this.diagnostics.add(diagnostic('passport.set', placeOf(element)));
      return !repeated;
    });
    this.members[member] = kept;
  }

  /** The scanner says what is wrong with a head that could not be read. */
  #headFault(place: { member?: number; index?: number }): Diagnostic {
    const fault = itemEnd(this.bytes, this.#at, this.bytes.length);
    const { code, offset } =
      typeof fault === 'number' ? { code: 'cbor.truncated' as const, offset: this.#at } : fault;
    return diagnostic(code, { ...place, offset });
  }
}

/** By their bytes, without a view of each: a file has a hundred thousand. */
function compareElements(bytes: Uint8Array, one: PassportElement, other: PassportElement): number {
  const shared = Math.min(one.length, other.length);
  for (let index = 0; index < shared; index += 1) {
    const difference = bytes[one.offset + index]! - bytes[other.offset + index]!;
    if (difference !== 0) return difference;
  }
  return one.length - other.length;
}

function noElements(): Record<ElementMember, PassportElement[]> {
  return { 1: [], 2: [], 3: [], 4: [], 5: [], 6: [], 7: [], 8: [] };
}

function printableAscii(bytes: Uint8Array): string | null {
  if (bytes.length === 0 || bytes.length > MAX_ITEM_URI) return null;
  if (bytes.some((byte) => byte < 0x21 || byte > 0x7e)) return null;
  return String.fromCharCode(...bytes);
}

/** What goes into a file: each element's own bytes, in any order, repetitions allowed. */
export interface PassportContents {
  readonly item: string;
  readonly members: Readonly<Partial<Record<ElementMember, readonly Uint8Array[]>>>;
}

/**
 * The one file of these contents: every member sorted and without repetitions. Throws RangeError for an item that is
 * no URI of 1 to 512 printable ASCII characters, GoodOrderError `passport.too-large` beyond the limit.
 */
export function encodePassport(contents: PassportContents, limits: ReadLimits = {}): Uint8Array {
  const limit = limits.limit ?? PASSPORT_LIMIT;
  const itemBytes = new TextEncoder().encode(contents.item);
  if (printableAscii(itemBytes) === null) {
    throw new RangeError(`an item is 1 to ${MAX_ITEM_URI} printable ASCII characters`);
  }
  const pieces: Uint8Array[] = [PASSPORT_MAGIC];
  let length = PASSPORT_MAGIC.length;
  const push = (piece: Uint8Array): void => {
    pieces.push(piece);
    length += piece.length;
  };
  const present = ELEMENT_MEMBERS.flatMap((member) => {
    const elements = sortedSet(contents.members[member] ?? []);
    return elements.length === 0 ? [] : [{ member, elements }];
  });
  push(encodeHead(5, 1 + present.length));
  push(encodeHead(0, MEMBER.item));
  push(encodeHead(3, itemBytes.length));
  push(itemBytes);
  for (const { member, elements } of present) {
    push(encodeHead(0, member));
    push(encodeHead(4, elements.length));
    for (const element of elements) {
      push(encodeHead(2, element.length));
      push(element);
    }
  }
  if (length > limit) {
    throw new GoodOrderError(
      'passport.too-large',
      `the passport would have ${length} bytes, more than ${limit}`,
    );
  }
  const file = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    file.set(piece, at);
    at += piece.length;
  }
  return file;
}

function sortedSet(elements: readonly Uint8Array[]): Uint8Array[] {
  const sorted = [...elements].sort(compareBytes);
  return sorted.filter((element, index) => index === 0 || compareBytes(sorted[index - 1]!, element) !== 0);
}
