import { displayOrder } from './display-order.js';
import type { EvidenceGraph } from './graph.js';

/** How much memory and work the answers may take. No answer of `precedes` depends on it. */
export interface AncestryBounds {
  /** Entries of the path table (4 bytes each) and steps to fill it, up to which it is built. */
  readonly table: number;
  readonly steps: number;
  /** Bytes for remembered ancestor sets where the table would be too large. */
  readonly sets: number;
  /** Pins followed by all calls of `upTo` together where there is no table. */
  readonly searched: number;
}

const BOUNDS: AncestryBounds = {
  table: 8_388_608,
  steps: 200_000_000,
  sets: 67_108_864,
  searched: 4_000_000,
};

/**
 * Which statements are ancestors of which, by pins: proven order, for every rule that needs one. Records of one key
 * form paths through their lanes, so a table of "how far along each path" answers at once; a hostile graph with too
 * many paths for a table is searched, one ancestor set at a time, and the sets are remembered within a bound.
 */
export class Ancestry {
  readonly #graph: EvidenceGraph;
  readonly #bounds: AncestryBounds;
  #table: PathTable | null | undefined;
  readonly #sets = new Map<number, Uint32Array>();
  #searched = 0;

  constructor(graph: EvidenceGraph, bounds: Partial<AncestryBounds> = {}) {
    this.#graph = graph;
    this.#bounds = { ...BOUNDS, ...bounds };
  }

  /** Is the record `earlier` an ancestor of `later`? False for ids that are not present, for twins and for itself. */
  precedes(earlier: string, later: string): boolean {
    const first = this.#graph.statementOfId(earlier);
    const second = this.#graph.statementOfId(later);
    return first >= 0 && second >= 0 && this.statementPrecedes(first, second);
  }

  statementPrecedes(earlier: number, later: number): boolean {
    if (earlier === later) return false;
    const table = this.#pathTable();
    if (table !== null) {
      const { paths, path, place, reach } = table;
      return reach[later * paths + path[earlier]!]! >= place[earlier]!;
    }
    const set = this.#ancestorsOf(later);
    return (set[earlier >> 5]! & (1 << (earlier & 31))) !== 0;
  }

  /**
   * Which statements are one of these records or an ancestor of one; the answer takes the same time however many they
   * are. Where no table can be built, the search is bounded over the life of this object: past the bound it follows the
   * lanes and chains of the records' own keys only, and fewer are found.
   */
  upTo(ids: readonly string[]): (statement: number) => boolean {
    const ends = [...new Set(ids.map((id) => this.#graph.statementOfId(id)))].filter((one) => one >= 0);
    const table = this.#pathTable();
    if (table !== null) return upToPlaces(table, ends);
    const found = new Set(ends);
    const open = [...ends];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const all = this.#searched < this.#bounds.searched;
      for (const pinned of all ? this.#graph.pinsOf(next) : ownLinksOf(this.#graph, next)) {
        this.#searched += 1;
        if (found.has(pinned)) continue;
        found.add(pinned);
        open.push(pinned);
      }
    }
    return (statement) => found.has(statement);
  }

  /** Built when it is first asked for. */
  #pathTable(): PathTable | null {
    if (this.#table === undefined) this.#table = buildTable(this.#graph, this.#bounds);
    return this.#table;
  }

  #ancestorsOf(statement: number): Uint32Array {
    const known = this.#sets.get(statement);
    if (known !== undefined) return known;
    const found = new Uint32Array((this.#graph.statementCount + 31) >> 5);
    const open = [statement];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      for (const pinned of this.#graph.pinsOf(next)) {
        const bit = 1 << (pinned & 31);
        if ((found[pinned >> 5]! & bit) !== 0) continue;
        found[pinned >> 5]! |= bit;
        open.push(pinned);
      }
    }
    if ((this.#sets.size + 1) * found.byteLength > this.#bounds.sets) {
      for (const oldest of this.#sets.keys()) {
        this.#sets.delete(oldest);
        break;
      }
    }
    this.#sets.set(statement, found);
    return found;
  }
}

/** Statements on disjoint paths of pins; `reach` says, for a statement and a path, up to which place it has ancestors there. */
interface PathTable {
  readonly paths: number;
  readonly path: Int32Array;
  /** From 1 along the path; 0 in `reach` means none. */
  readonly place: Int32Array;
  readonly reach: Int32Array;
}

function buildTable(graph: EvidenceGraph, bounds: AncestryBounds): PathTable | null {
  const count = graph.statementCount;
  const order = statementsInOrder(graph);
  const path = new Int32Array(count);
  const place = new Int32Array(count);
  const tails: number[] = [];
  let pins = 0;
  for (const statement of order) {
    const pinned = graph.pinsOf(statement);
    pins += pinned.length;
    const before = pinned.find((one) => tails[path[one]!] === one);
    if (before === undefined) {
      path[statement] = tails.length;
      place[statement] = 1;
      tails.push(statement);
    } else {
      path[statement] = path[before]!;
      place[statement] = place[before]! + 1;
      tails[path[before]!] = statement;
    }
  }
  const paths = tails.length;
  if (count * paths > bounds.table || pins * paths > bounds.steps) return null;
  const reach = new Int32Array(count * paths);
  for (const statement of order) {
    const row = statement * paths;
    for (const pinned of graph.pinsOf(statement)) {
      const from = pinned * paths;
      for (let index = 0; index < paths; index += 1) {
        if (reach[from + index]! > reach[row + index]!) reach[row + index] = reach[from + index]!;
      }
      const own = row + path[pinned]!;
      if (place[pinned]! > reach[own]!) reach[own] = place[pinned]!;
    }
  }
  return { paths, path, place, reach };
}

/** How far along each path the furthest of these statements, or an ancestor of one, stands. */
function upToPlaces(
  { paths, path, place, reach }: PathTable,
  ends: readonly number[],
): (statement: number) => boolean {
  const furthest = new Int32Array(paths);
  for (const end of ends) {
    for (let index = 0; index < paths; index += 1) {
      furthest[index] = Math.max(furthest[index]!, reach[end * paths + index]!);
    }
    furthest[path[end]!] = Math.max(furthest[path[end]!]!, place[end]!);
  }
  return (statement) => statement >= 0 && furthest[path[statement]!]! >= place[statement]!;
}

/** What a statement names as its prev and lane, where present and of the same key. */
function ownLinksOf(graph: EvidenceGraph, statement: number): number[] {
  const { kid, link } = graph.lead(statement);
  return [link?.prev, link?.lane]
    .map((hash) => graph.statementOfHash(hash))
    .filter((one) => one >= 0 && graph.lead(one).kid === kid);
}

/** Every statement after all that it pins. */
export function statementsInOrder(graph: EvidenceGraph): Int32Array {
  const order = new Int32Array(graph.statementCount);
  const taken = new Uint8Array(graph.statementCount);
  let filled = 0;
  for (const position of displayOrder(graph)) {
    const statement = graph.statementAt[position]!;
    if (taken[statement] === 1) continue;
    taken[statement] = 1;
    order[filled++] = statement;
  }
  return order.subarray(0, filled);
}
