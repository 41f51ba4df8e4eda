import { encodeHead, readHead } from '../codec/cbor-head.js';
import { itemEnd } from '../codec/cbor-scan.js';
import { compareBytes, concatBytes, utf8Bytes } from '../codec/hex.js';

/** One step into an item: the value of a map's key, or an element of a list. */
export type Step = { readonly key: number | string } | { readonly index: number };

const MAP = 5;
const LIST = 4;

/**
 * Byte offset of what stands at the end of the steps, or of the last container on the way when the rest is absent.
 * For telling people where a fault lies; the bytes have been scanned.
 */
export function locate(bytes: Uint8Array, start: number, steps: readonly Step[]): number {
  return locateAll(bytes, start, [steps])[0]!;
}

/**
 * The same for many places at once, in one walk over the bytes: a hostile record breaks a rule at thousands of places,
 * and walking to each of them anew would take seconds.
 */
export function locateAll(
  bytes: Uint8Array,
  start: number,
  places: readonly (readonly Step[])[],
): readonly number[] {
  const offsets = new Array<number>(places.length).fill(start);
  const all = places.map((steps, place) => ({ place, steps }));
  walk(bytes, start, all, 0, offsets);
  return offsets;
}

interface Wanted {
  readonly place: number;
  readonly steps: readonly Step[];
}

/** Sets the offsets of the places that lead through the container at `at`, of which `depth` steps are taken. */
function walk(
  bytes: Uint8Array,
  at: number,
  wanted: readonly Wanted[],
  depth: number,
  offsets: number[],
): void {
  const further = wanted.filter(({ steps }) => steps.length > depth);
  if (further.length === 0) return;
  const head = readHead(bytes, at);
  if (head === null || (head.major !== MAP && head.major !== LIST)) return;
  const groups = head.major === MAP ? byKey(further, depth) : byIndex(further, depth);
  // Keys stand in the order of their bytes, elements in that of their numbers: both sides are walked once.
  let next = 0;
  let cursor: number | null = head.next;
  for (let entry = 0; entry < head.argument && next < groups.length; entry += 1) {
    const value: number | null = head.major === MAP ? end(bytes, cursor) : cursor;
    if (value === null) return;
    let order = -1;
    for (; next < groups.length; next += 1) {
      const { step } = groups[next]!;
      order = typeof step === 'number' ? step - entry : compareBytes(step, bytes.subarray(cursor, value));
      if (order >= 0) break;
    }
    if (order === 0) {
      const { members } = groups[next]!;
      for (const { place } of members) offsets[place] = value;
      walk(bytes, value, members, depth + 1, offsets);
      next += 1;
    }
    cursor = end(bytes, value);
    if (cursor === null) return;
  }
}

interface Group<S> {
  /** The index, or the encoded key. */
  readonly step: S;
  readonly members: Wanted[];
}

function byIndex(wanted: readonly Wanted[], depth: number): Group<number | Uint8Array>[] {
  const groups = new Map<number, Group<number>>();
  for (const one of wanted) {
    const step = one.steps[depth]!;
    if ('index' in step) put(groups, step.index, step.index, one);
  }
  return [...groups.values()].sort((a, b) => a.step - b.step);
}

function byKey(wanted: readonly Wanted[], depth: number): Group<number | Uint8Array>[] {
  // A text key by its text: of integers a hostile map may hold thousands that share one place in a JavaScript Map.
  const groups = new Map<string, Group<Uint8Array>>();
  for (const one of wanted) {
    const step = one.steps[depth]!;
    if (!('key' in step)) continue;
    const { key } = step;
    put(groups, typeof key === 'string' ? `text ${key}` : `int ${key}`, encodedKey(key), one);
  }
  return [...groups.values()].sort((a, b) => compareBytes(a.step, b.step));
}

function put<N, S>(groups: Map<N, Group<S>>, name: N, step: S, one: Wanted): void {
  const group = groups.get(name);
  if (group === undefined) groups.set(name, { step, members: [one] });
  else group.members.push(one);
}

function encodedKey(key: number | string): Uint8Array {
  if (typeof key === 'number') return key >= 0 ? encodeHead(0, key) : encodeHead(1, -1 - key);
  const text = utf8Bytes(key);
  return concatBytes(encodeHead(3, text.length), text);
}

function end(bytes: Uint8Array, start: number): number | null {
  const result = itemEnd(bytes, start);
  return typeof result === 'number' ? result : null;
}
