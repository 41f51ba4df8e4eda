import type { CaseFacts, FactRemark } from './case-facts.js';
import type { AggregatedFact } from './fact.js';
import { addTo, byCodeUnit, sortedUnique } from './order.js';

/** Somebody's word that a thing was not in a container over a time. */
export interface Objection {
  readonly from: number;
  /** Null is for ever. */
  readonly to: number | null;
  readonly fact: AggregatedFact;
}

/** One thing in one container, by one word of its packing. Both ends belong to it. */
export interface Stay {
  readonly child: string;
  readonly parent: string;
  readonly packed: AggregatedFact;
  readonly from: number;
  /** Null where nobody tells of the unpacking: then it never ended. */
  readonly to: number | null;
  /** Words of others only: whoever contradicts itself has no stay there. In order of time. */
  readonly objections: readonly Objection[];
}

/** What aggregations tell, and what they say against one another. */
export interface Stays {
  /** By child, in order of time. */
  readonly of: ReadonlyMap<string, readonly Stay[]>;
  readonly remarks: readonly FactRemark[];
  /** False when more is told of one thing than can be weighed. */
  readonly complete: boolean;
}

// Each stay of one thing is held against every other; nothing honest is packed so often.
const MOST_STAYS_OF_ONE = 128;

const known = new WeakMap<readonly AggregatedFact[], Stays>();
const NO_STAYS: Stays = { of: new Map(), remarks: [], complete: true };

/** Of the same facts always the same. */
export function staysOf(facts: Pick<CaseFacts, 'of'>): Stays {
  const told = facts.of('aggregated');
  if (told.length === 0) return NO_STAYS;
  let found = known.get(told);
  if (found === undefined) {
    found = read(told);
    known.set(told, found);
  }
  return found;
}

function read(told: readonly AggregatedFact[]): Stays {
  const byChild = new Map<string, AggregatedFact[]>();
  for (const fact of told) if (fact.child !== fact.parent) addTo(byChild, fact.child, fact);
  const of = new Map<string, readonly Stay[]>();
  const doubts: Doubt[] = [];
  let complete = true;
  const raw = new Map([...byChild].map(([child, moves]) => [child, inEachContainer(moves, doubts)] as const));
  const around = new Surroundings(raw);
  for (const [child, stays] of raw) {
    if (stays.length > MOST_STAYS_OF_ONE) complete = false;
    else of.set(child, held(stays, around, doubts));
  }
  return { of, remarks: remarksOn(doubts), complete: complete && !around.exhausted };
}

/** Facts that cannot all be right. */
interface Doubt {
  readonly code: 'facts.aggregation-contradiction' | 'facts.two-containers' | 'facts.unpacked-only';
  readonly facts: readonly AggregatedFact[];
}

/** Stays in each of its containers by itself. */
function inEachContainer(moves: readonly AggregatedFact[], doubts: Doubt[]): readonly Stay[] {
  const byParent = new Map<string, AggregatedFact[]>();
  for (const move of moves) addTo(byParent, move.parent, move);
  const stays: Stay[] = [];
  for (const told of byParent.values()) {
    for (const run of runsOf(told)) for (const stay of staysOfRun(run, doubts)) stays.push(stay);
  }
  return stays.sort(byTime);
}

function byTime(a: Stay, b: Stay): number {
  return a.from - b.from || byCodeUnit(a.packed.id, b.packed.id);
}

interface Run {
  readonly packs: AggregatedFact[];
  readonly unpacks: AggregatedFact[];
}

/**
 * What is told of one thing and one container, cut wherever it goes in after it came out. In one second it comes out
 * before it goes in again, and goes in before it first comes out.
 */
function runsOf(told: readonly AggregatedFact[]): readonly Run[] {
  const runs: Run[] = [];
  const moves = [...told].sort((a, b) => instantOf(a) - instantOf(b) || byCodeUnit(a.id, b.id));
  for (let next = 0; next < moves.length; ) {
    const instant = instantOf(moves[next]!);
    const same: Run = { packs: [], unpacks: [] };
    for (; next < moves.length && instantOf(moves[next]!) === instant; next += 1) {
      same[moves[next]!.action === 'pack' ? 'packs' : 'unpacks'].push(moves[next]!);
    }
    const last = runs.at(-1);
    if (last !== undefined && isOpen(last)) {
      last.unpacks.push(...same.unpacks);
      if (isOpen(last)) last.packs.push(...same.packs);
      else if (same.packs.length > 0) runs.push({ packs: same.packs, unpacks: [] });
    } else if (last !== undefined && same.packs.length === 0) last.unpacks.push(...same.unpacks);
    else runs.push(same);
  }
  return runs;
}

function isOpen({ packs, unpacks }: Run): boolean {
  return packs.length > 0 && unpacks.length === 0;
}

/** One stay for every signer that tells of the packing, by the latest it tells of. */
function staysOfRun({ packs, unpacks }: Run, doubts: Doubt[]): readonly Stay[] {
  if (packs.length === 0) {
    doubts.push({ code: 'facts.unpacked-only', facts: unpacks });
    return [];
  }
  const instants = (facts: readonly AggregatedFact[]): number => new Set(facts.map(instantOf)).size;
  if (instants(packs) > 1 || instants(unpacks) > 1) {
    doubts.push({ code: 'facts.aggregation-contradiction', facts: [...packs, ...unpacks] });
  }
  const final = unpacks.at(-1);
  return packs
    .filter((pack, index) => !packs.some((other, at) => at > index && signerOf(other) === signerOf(pack)))
    .map((packed): Stay => {
      const { child, parent } = packed;
      const from = instantOf(packed);
      // Who packed it, or tells of the last unpacking, is held to the first unpacking it tells of.
      const own = unpacks.find((one) => [packed, final!].some((word) => signerOf(word) === signerOf(one)));
      const to = final === undefined ? null : instantOf(own ?? final);
      const later = packs.filter((one) => instantOf(one) > from);
      const earlier = unpacks.filter((one) => to !== null && instantOf(one) < to);
      const objections = [
        ...later.map((fact) => ({ from, to: instantOf(fact), fact })),
        ...earlier.map((fact) => ({ from: instantOf(fact), to, fact })),
      ];
      return { child, parent, packed, from, to, objections };
    });
}

function signerOf({ prov }: AggregatedFact): string {
  return prov.signer;
}

/** An aggregation tells of one instant. */
function instantOf({ time }: AggregatedFact): number {
  return time.from ?? 0;
}

/**
 * Nothing is in two containers at once, unless one lies in the other. What two tell stands against each; who tells both
 * is believed in neither while they overlap.
 */
function held(stays: readonly Stay[], around: Surroundings, doubts: Doubt[]): readonly Stay[] {
  const found: Stay[] = [];
  for (const stay of stays) {
    const elsewhere = stays.filter(
      (other) =>
        other.parent !== stay.parent && overlaps(stay, other) && !around.joins(stay.parent, other.parent),
    );
    for (const other of elsewhere) {
      if (byTime(stay, other) < 0)
        doubts.push({ code: 'facts.two-containers', facts: [stay.packed, other.packed] });
    }
    const own = elsewhere.filter(({ packed }) => signerOf(packed) === signerOf(stay.packed));
    const others = elsewhere.filter(({ packed }) => signerOf(packed) !== signerOf(stay.packed));
    const objections = [
      ...stay.objections,
      ...others.map(({ from, packed, to }) => ({ from, to, fact: packed })),
    ].sort((a, b) => a.from - b.from || byCodeUnit(a.fact.id, b.fact.id));
    found.push(...without(stay, own).map((part) => ({ ...part, objections })));
  }
  return found;
}

/** Do they share more than the second in which the one ends and the other begins? */
function overlaps(a: Stay, b: Stay): boolean {
  return a.from < (b.to ?? Number.POSITIVE_INFINITY) && b.from < (a.to ?? Number.POSITIVE_INFINITY);
}

// So many steps from container to container are looked at; a hostile web of them costs no more.
const MOST_STEPS = 500_000;

/** Whatever a container is told to lie in at any time, however deep. */
class Surroundings {
  readonly #all: ReadonlyMap<string, readonly Stay[]>;
  readonly #known = new Map<string, ReadonlySet<string>>();
  #steps = 0;

  constructor(all: ReadonlyMap<string, readonly Stay[]>) {
    this.#all = all;
  }

  get exhausted(): boolean {
    return this.#steps > MOST_STEPS;
  }

  /** Is one of the two told to lie in the other? */
  joins(a: string, b: string): boolean {
    return this.#of(a).has(b) || this.#of(b).has(a);
  }

  #of(start: string): ReadonlySet<string> {
    const known = this.#known.get(start);
    if (known !== undefined) return known;
    const seen = new Set([start]);
    const queue = [start];
    for (let at = queue.pop(); at !== undefined && !this.exhausted; at = queue.pop()) {
      for (const { parent } of this.#all.get(at) ?? []) {
        this.#steps += 1;
        if (seen.has(parent)) continue;
        seen.add(parent);
        queue.push(parent);
      }
    }
    this.#known.set(start, seen);
    return seen;
  }
}

/** What is left of a stay when the time of others is taken out. */
function without(stay: Stay, others: readonly Stay[]): readonly Stay[] {
  const left: Stay[] = [];
  let from: number | null = stay.from;
  for (const other of [...others].sort(byTime)) {
    if (from === null) break;
    if (other.from > from) left.push({ ...stay, from, to: other.from });
    from = other.to === null ? null : Math.max(from, other.to);
  }
  if (from !== null && (stay.to === null || from < stay.to || from === stay.from))
    left.push({ ...stay, from });
  return left;
}

function remarksOn(doubts: readonly Doubt[]): readonly FactRemark[] {
  return doubts.map(({ code, facts }) => ({
    code,
    records: sortedUnique(facts.map(({ prov }) => prov.records[0]!)),
    signers: sortedUnique(facts.map(signerOf)),
  }));
}
