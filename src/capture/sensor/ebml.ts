import { GoodOrderError } from '../../errors.js';

/** One element of EBML (RFC 8794): its id with the marker bits, as tables list it, and its content. */
export interface EbmlElement {
  readonly id: number;
  readonly content: Uint8Array;
  /** Where the element begins in the bytes that were read. */
  readonly offset: number;
}

export interface EbmlRead {
  readonly elements: readonly EbmlElement[];
  /** Bytes that a last element announces beyond the end; 0 where the bytes end with an element. */
  readonly missing: number;
}

const MAX_ELEMENTS = 5_000_000;

/**
 * The elements one behind another, without looking into them. Fill bytes (0x00, 0xFF) at the end are none. An element
 * that reaches beyond the end is left out, and what is missing of it is told. Throws `sensor-import.columns` for bytes
 * that begin no element, and for an element of unknown size, which recorders do not write.
 */
export function readElements(bytes: Uint8Array): EbmlRead {
  const elements: EbmlElement[] = [];
  let at = 0;
  while (at < bytes.length) {
    const first = bytes[at]!;
    if ((first === 0 || first === 0xff) && bytes.subarray(at).every((byte) => byte === first)) break;
    const id = readNumber(bytes, at, 4, true);
    if (id === null) throw broken(at);
    if (id.end >= bytes.length) return { elements, missing: 1 };
    const size = readNumber(bytes, id.end, 8, false);
    if (size === null) throw broken(id.end);
    const end = size.end + size.value;
    if (size.end > bytes.length || end > bytes.length) return { elements, missing: end - bytes.length };
    if (elements.length === MAX_ELEMENTS) throw broken(at);
    elements.push({ id: id.value, content: bytes.subarray(size.end, end), offset: at });
    at = end;
  }
  return { elements, missing: 0 };
}

/** A number of variable length; null where the first byte announces more than `maxBytes`, or no size at all. */
function readNumber(
  bytes: Uint8Array,
  at: number,
  maxBytes: number,
  keepMarker: boolean,
): { value: number; end: number } | null {
  const first = bytes[at]!;
  const length = Math.clz32(first) - 23;
  if (length > maxBytes) return null;
  let value = keepMarker ? first : first & (0xff >> length);
  let allOnes = (first | (0xff << (8 - length))) === -1 || (first & (0xff >> length)) === 0xff >> length;
  for (let i = 1; i < length; i += 1) {
    const byte = bytes[at + i] ?? 0;
    allOnes &&= byte === 0xff;
    value = value * 256 + byte;
  }
  if ((!keepMarker && allOnes) || !Number.isSafeInteger(value)) return null;
  return { value, end: at + length };
}

function broken(offset: number): GoodOrderError {
  return new GoodOrderError('sensor-import.columns', `byte ${offset} begins no EBML element`, { offset });
}

/** The first element with the id; undefined for none. */
export function child(elements: readonly EbmlElement[], id: number): EbmlElement | undefined {
  return elements.find((element) => element.id === id);
}

/** The elements within another one; what a truncated one lacks is left out. */
export function childrenOf(element: EbmlElement | undefined): readonly EbmlElement[] {
  return element === undefined ? [] : readElements(element.content).elements;
}

/** Big-endian, as long as the content is; empty is 0. Null beyond 2^53. */
export function unsignedOf(element: EbmlElement | undefined): number | null {
  if (element === undefined || element.content.length > 8) return null;
  let value = 0;
  for (const byte of element.content) value = value * 256 + byte;
  return Number.isSafeInteger(value) ? value : null;
}

/** Text up to its first zero byte. */
export function textOf(element: EbmlElement | undefined): string | null {
  if (element === undefined) return null;
  const end = element.content.indexOf(0);
  const text = new TextDecoder().decode(end < 0 ? element.content : element.content.subarray(0, end)).trim();
  return text === '' ? null : text;
}

/** A float of four or eight bytes; empty is 0. Null for any other length, and for what is no number. */
export function floatOf({ content }: EbmlElement): number | null {
  const view = new DataView(content.buffer, content.byteOffset, content.byteLength);
  const value =
    content.length === 0
      ? 0
      : content.length === 4
        ? view.getFloat32(0)
        : content.length === 8
          ? view.getFloat64(0)
          : Number.NaN;
  return Number.isFinite(value) ? value : null;
}
