import { GoodOrderError } from '../../errors.js';

// Labels of the CBOR form (RFC 8428 §6) by their numbers.
const LABELS = new Map<number, string>([
  [-6, 'bs'],
  [-5, 'bv'],
  [-4, 'bu'],
  [-3, 'bt'],
  [-2, 'bn'],
  [-1, 'bver'],
  [0, 'n'],
  [1, 'u'],
  [2, 'v'],
  [3, 'vs'],
  [4, 'vb'],
  [5, 's'],
  [6, 't'],
  [7, 'ut'],
  [8, 'vd'],
]);

/** Does it begin as a list whose first item is a map with a label of SenML? */
export function looksLikeSenmlCbor(bytes: Uint8Array): boolean {
  const first = bytes[0] ?? 0;
  if (first >> 5 !== 4) return false;
  const info = first & 31;
  const at = info < 24 || info === 31 ? 1 : info <= 27 ? 1 + 2 ** (info - 24) : bytes.length;
  const map = bytes[at] ?? 0;
  const key = bytes[at + 1] ?? 0xff;
  return map >> 5 === 5 && (key <= 8 || (key >= 0x20 && key <= 0x25));
}

/**
 * The records of a SenML pack in CBOR: a list of maps whose values are numbers, texts, byte strings and truth values.
 * The profile of evidence records allows no float, and this is no record; so it has a reader of its own, which goes no
 * deeper than those maps. Throws `sensor-import.columns` with the offset of what is none of these.
 */
export function readSenmlCbor(bytes: Uint8Array): readonly ReadonlyMap<string, unknown>[] {
  return new Reader(bytes).pack();
}

const BREAK = 0xff;

class Reader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  pack(): ReadonlyMap<string, unknown>[] {
    const records: ReadonlyMap<string, unknown>[] = [];
    this.#items(4, () => records.push(this.#record()));
    if (this.#at !== this.#bytes.length) throw this.#broken(this.#at);
    return records;
  }

  #record(): ReadonlyMap<string, unknown> {
    const record = new Map<string, unknown>();
    this.#items(5, () => {
      const at = this.#at;
      const key = this.#scalar();
      const label = typeof key === 'number' ? (LABELS.get(key) ?? `${key}`) : key;
      if (typeof label !== 'string' || record.has(label)) throw this.#broken(at);
      record.set(label, this.#scalar());
    });
    return record;
  }

  /** The items of a list or map, of known length or up to a break. */
  #items(major: number, read: () => void): void {
    const at = this.#at;
    const head = this.#byte();
    if (head >> 5 !== major) throw this.#broken(at);
    if ((head & 31) === 31) {
      while (this.#bytes[this.#at] !== BREAK) read();
      this.#at += 1;
      return;
    }
    const count = this.#argument(head & 31, at);
    // Every item takes a byte at least.
    if (count > this.#bytes.length - this.#at) throw this.#broken(at);
    for (let i = 0; i < count; i += 1) read();
  }

  #scalar(): number | bigint | string | boolean | Uint8Array | null {
    const at = this.#at;
    const head = this.#byte();
    const info = head & 31;
    switch (head >> 5) {
      case 0:
        return this.#integer(info, at);
      case 1: {
        const value = this.#integer(info, at);
        return typeof value === 'bigint' ? -1n - value : -1 - value;
      }
      case 2:
        return this.#string(info, at);
      case 3:
        return new TextDecoder().decode(this.#string(info, at));
      case 7:
        return this.#simple(info, at);
      default:
        throw this.#broken(at);
    }
  }

  #simple(info: number, at: number): number | boolean | null {
    const size = info === 25 ? 2 : info === 26 ? 4 : info === 27 ? 8 : 0;
    if (size > 0) {
      this.#need(size, at);
      const from = this.#at;
      this.#at += size;
      return size === 2
        ? halfFloat(this.#view.getUint16(from))
        : size === 4
          ? this.#view.getFloat32(from)
          : this.#view.getFloat64(from);
    }
    if (info === 20 || info === 21) return info === 21;
    if (info === 22) return null;
    throw this.#broken(at);
  }

  #string(info: number, at: number): Uint8Array {
    const length = this.#argument(info, at);
    this.#need(length, at);
    this.#at += length;
    return this.#bytes.subarray(this.#at - length, this.#at);
  }

  #integer(info: number, at: number): number | bigint {
    if (info !== 27) return this.#argument(info, at);
    this.#need(8, at);
    this.#at += 8;
    const value = this.#view.getBigUint64(this.#at - 8);
    return value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : value;
  }

  #argument(info: number, at: number): number {
    if (info < 24) return info;
    const size = 2 ** (info - 24);
    if (size > 8) throw this.#broken(at);
    this.#need(size, at);
    let value = 0;
    for (let i = 0; i < size; i += 1) value = value * 256 + this.#bytes[this.#at + i]!;
    this.#at += size;
    if (!Number.isSafeInteger(value)) throw this.#broken(at);
    return value;
  }

  #byte(): number {
    this.#need(1, this.#at);
    this.#at += 1;
    return this.#bytes[this.#at - 1]!;
  }

  #need(count: number, at: number): void {
    if (count > this.#bytes.length - this.#at) throw this.#broken(at);
  }

  #broken(offset: number): GoodOrderError {
    return new GoodOrderError('sensor-import.columns', `byte ${offset} is no part of a SenML pack`, {
      offset,
    });
  }
}

/** RFC 8949, appendix D. */
function halfFloat(half: number): number {
  const exponent = (half >> 10) & 31;
  const fraction = half & 1023;
  const size =
    exponent === 0
      ? fraction * 2 ** -24
      : exponent === 31
        ? fraction === 0
          ? Number.POSITIVE_INFINITY
          : Number.NaN
        : (fraction + 1024) * 2 ** (exponent - 25);
  return half >> 15 === 1 ? -size : size;
}
