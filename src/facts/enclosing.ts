import type { CaseFacts } from './case-facts.js';
import type { TimeSpan } from './fact.js';
import { addTo, byCodeUnit } from './order.js';

/** Says whether a record about a subject, told of a time, speaks of the item too. */
export type Concerns = (sub: string, time: TimeSpan) => boolean;

interface Stay {
  readonly parent: string;
  readonly from: number | null;
  readonly to: number | null;
}

// Containers in containers; a hostile chain of aggregations must end somewhere.
const MOST_STAYS = 1_024;

/**
 * The item itself at all times, and whatever provably enclosed it while it did: the parents of aggregations whose
 * opened child it is, from the packing to the next unpacking.
 */
export function enclosing(facts: Pick<CaseFacts, 'of'>, item: string): Concerns {
  // Most items travel in nothing that records tell of.
  if (facts.of('aggregated').length === 0) return (sub, time) => sub === item && meet(time, ALWAYS);
  const stays = staysOf(facts);
  const within = new Map<string, TimeSpan[]>([[item, [ALWAYS]]]);
  const queue: { readonly sub: string; readonly time: TimeSpan }[] = [{ sub: item, time: ALWAYS }];
  for (let next = 0; next < queue.length && next < MOST_STAYS; next += 1) {
    const { sub, time } = queue[next]!;
    for (const stay of stays.get(sub) ?? []) {
      const both = overlap(time, stay);
      const known = within.get(stay.parent) ?? [];
      if (both === null || known.some((span) => contains(span, both))) continue;
      addTo(within, stay.parent, both);
      queue.push({ sub: stay.parent, time: both });
    }
  }
  return (sub, time) => (within.get(sub) ?? []).some((span) => meet(span, time));
}

function staysOf(facts: Pick<CaseFacts, 'of'>): ReadonlyMap<string, readonly Stay[]> {
  const moves = [...facts.of('aggregated')].sort(
    (a, b) =>
      (a.time.from ?? 0) - (b.time.from ?? 0) || byCodeUnit(a.action, b.action) || byCodeUnit(a.id, b.id),
  );
  const stays = new Map<string, Stay[]>();
  const open = new Map<string, { readonly child: string; readonly stay: Stay }>();
  for (const { action, child, parent, time } of moves) {
    const key = JSON.stringify([parent, child]);
    const before = open.get(key);
    if (action === 'pack' && before === undefined) {
      open.set(key, { child, stay: { parent, from: time.from, to: null } });
    } else if (action === 'unpack' && before !== undefined) {
      addTo(stays, child, { ...before.stay, to: time.from });
      open.delete(key);
    }
  }
  for (const { child, stay } of open.values()) addTo(stays, child, stay);
  return stays;
}

const ALWAYS: TimeSpan = { from: null, to: null };

/** Is there a time that both hold? */
function meet(a: TimeSpan, b: TimeSpan): boolean {
  return overlap(a, b) !== null;
}

/** The time that both hold; null when they do not touch. */
export function overlap(a: TimeSpan, b: TimeSpan): TimeSpan | null {
  const from = a.from === null ? b.from : b.from === null ? a.from : Math.max(a.from, b.from);
  const to = a.to === null ? b.to : b.to === null ? a.to : Math.min(a.to, b.to);
  return from !== null && to !== null && from > to ? null : { from, to };
}

function contains(outer: TimeSpan, inner: TimeSpan): boolean {
  const begins = outer.from === null || (inner.from !== null && inner.from >= outer.from);
  const ends = outer.to === null || (inner.to !== null && inner.to <= outer.to);
  return begins && ends;
}
