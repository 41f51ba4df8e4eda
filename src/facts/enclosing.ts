import type { CaseFacts } from './case-facts.js';
import type { AggregatedFact, TimeSpan } from './fact.js';
import { addTo, byCodeUnit, sortedUnique } from './order.js';
import { type Objection, type Stay, staysOf } from './stays.js';

/** A time in which the item was in a subject: itself, a container, or a container of containers. Both ends belong to it. */
export interface Enclosed extends TimeSpan {
  /** Fact ids of the packings all of which put it there, sorted; none for the item itself. */
  readonly via: readonly string[];
  readonly packings: readonly AggregatedFact[];
  /** What others say against it, each with the packing it speaks against. */
  readonly objections: readonly (Objection & { readonly against: AggregatedFact })[];
}

/** Which subjects the item was in, and when. */
export interface Enclosure {
  /** Was the item surely in the subject all of the time? */
  concerns(sub: string, time: TimeSpan): boolean;
  /** May it have been in it at some of the time? */
  mayConcern(sub: string, time: TimeSpan): boolean;
  /** Every way in which it was in the subject, in order of time. */
  times(sub: string): readonly Enclosed[];
  /** False when more is told than can be weighed. */
  readonly complete: boolean;
}

// Containers in containers; a hostile web of aggregations must end somewhere, for every recording is looked at by every way.
const MOST_WAYS = 256;

const ALWAYS: Enclosed = { from: null, to: null, via: [], packings: [], objections: [] };
const NEVER: readonly Enclosed[] = [];

/**
 * The item itself at all times, and whatever provably enclosed it while it did: the parents of aggregations whose
 * opened child it is, from the packing to the next unpacking.
 */
export function enclosing(facts: Pick<CaseFacts, 'of'>, item: string): Enclosure {
  const stays = staysOf(facts);
  const ways = new Map<string, Enclosed[]>([[item, [ALWAYS]]]);
  const queue: { readonly sub: string; readonly way: Enclosed; readonly above: readonly string[] }[] = [
    { sub: item, way: ALWAYS, above: [item] },
  ];
  let complete = stays.complete;
  for (let next = 0; next < queue.length; next += 1) {
    const { above, sub, way } = queue[next]!;
    for (const stay of stays.of.get(sub) ?? []) {
      const deeper = above.includes(stay.parent) ? null : through(way, stay);
      if (deeper === null) continue;
      if (queue.length >= MOST_WAYS) {
        complete = false;
        break;
      }
      addTo(ways, stay.parent, deeper);
      queue.push({ sub: stay.parent, way: deeper, above: [...above, stay.parent] });
    }
  }
  for (const list of ways.values()) list.sort(byTime);
  const times = (sub: string): readonly Enclosed[] => ways.get(sub) ?? NEVER;
  return {
    complete,
    times,
    concerns: (sub, time) => times(sub).some((way) => overlap(way, time) !== null && holds(way, time)),
    mayConcern: (sub, time) => times(sub).some((way) => overlap(way, time) !== null),
  };
}

function byTime(a: Enclosed, b: Enclosed): number {
  return (a.from ?? 0) - (b.from ?? 0) || byCodeUnit(a.via.join(), b.via.join());
}

/** The item in the container of a container, while both hold; null when they never do. */
function through(way: Enclosed, stay: Stay): Enclosed | null {
  const both = overlap(way, stay);
  if (both === null) return null;
  return {
    ...both,
    via: sortedUnique([...way.via, stay.packed.id]),
    packings: [...way.packings, stay.packed],
    objections: [...way.objections, ...stay.objections.map((one) => ({ ...one, against: stay.packed }))],
  };
}

function holds(outer: TimeSpan, inner: TimeSpan): boolean {
  const begins = outer.from === null || (inner.from !== null && inner.from >= outer.from);
  const ends = outer.to === null || (inner.to !== null && inner.to <= outer.to);
  return begins && ends;
}

/** The time that both hold; null when they do not touch. One that begins after its end is none, and touches none. */
export function overlap(a: TimeSpan, b: TimeSpan): TimeSpan | null {
  const from = a.from === null ? b.from : b.from === null ? a.from : Math.max(a.from, b.from);
  const to = a.to === null ? b.to : b.to === null ? a.to : Math.min(a.to, b.to);
  return from !== null && to !== null && from > to ? null : { from, to };
}

/** Objections that touch the time. */
export function objectionsIn(
  { objections }: Pick<Enclosed, 'objections'>,
  time: TimeSpan,
): Enclosed['objections'] {
  return objections.length === 0 ? objections : objections.filter((one) => overlap(one, time) !== null);
}
