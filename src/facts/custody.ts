import type { CaseFacts } from './case-facts.js';
import { containedPassages } from './contained-passages.js';
import type { Custody, Passage } from './custody-shape.js';
import { enclosing } from './enclosing.js';
import type { TimeSpan } from './fact.js';
import { boundariesOf, carryingRuns, intervalsOf, journeyOf, packingsOf } from './journeys.js';
import { sortedUnique } from './order.js';
import { withoutStops } from './own-stops.js';
import {
  clockOf,
  MOST_PASSAGES,
  type PassageDraft,
  signersOf,
  toldPassages,
  withHolds,
  withUndated,
} from './passages.js';

export type { Boundary, BoundaryName, Custody, CustodyInterval, Journey, Passage } from './custody-shape.js';

type View = Pick<CaseFacts, 'of' | 'records' | 'scope'>;

/** Who held the item when, from what the parties said of its passages. Boundary names and leg ids are positions. */
export function custodyOf(facts: View, sub: string): Custody {
  const enclosure = enclosing(facts, sub);
  const contained = containedPassages(facts, enclosure);
  const told = withoutStops(toldPassages(facts, contained.moves));
  const holds = facts.of('holds').filter(contained.holds);
  const drafts = told.length > MOST_PASSAGES ? told : withUndated(withHolds(told, holds));
  if (drafts.length > MOST_PASSAGES || !enclosure.complete) {
    return { sub, complete: false, passages: [], boundaries: [], intervals: [], journeys: [] };
  }
  const passages = passagesOf(drafts, facts);
  const { sellers } = facts.scope;
  const runs = carryingRuns(passages, sellers);
  const boundaries = boundariesOf(passages, runs, packingsOf(facts, enclosure, passages, runs), sellers);
  return {
    sub,
    complete: true,
    passages,
    boundaries,
    intervals: intervalsOf(passages, boundaries, runs),
    journeys: runs.map((run) => journeyOf(run, boundaries)),
  };
}

/** Passages with monotone times: what is surely before stays before, whatever the clocks said. */
function passagesOf(drafts: readonly PassageDraft[], facts: View): readonly Passage[] {
  const lows: number[] = [];
  const highs: number[] = [];
  for (let i = drafts.length - 1, low = Number.POSITIVE_INFINITY; i >= 0; i -= 1) {
    low = Math.min(low, drafts[i]!.lo);
    lows[i] = low;
  }
  let high = Number.NEGATIVE_INFINITY;
  for (const [i, draft] of drafts.entries()) {
    high = Math.max(high, draft.hi);
    highs[i] = high;
  }
  const passages = drafts.map((draft, index): Passage => {
    const before = drafts[index - 1];
    const stated = draft.fromCapacity ?? (before?.to === draft.from ? before.toCapacity : null);
    return {
      index,
      from: draft.from,
      to: draft.to,
      fromCapacity: known(stated) ?? likelyCapacity(facts, draft.from),
      toCapacity: known(draft.toCapacity) ?? likelyCapacity(facts, draft.to),
      mode: draft.mode,
      offsetMin: clockOf(draft),
      time: { from: lows[index]!, to: highs[index]! },
      undated: draft.undated,
      records: sortedUnique([...draft.told, ...draft.made].map(({ prov }) => prov.records[0]!)),
      holds: sortedUnique(draft.holds.map(({ prov }) => prov.records[0]!)),
      facts: sortedUnique([...draft.told, ...draft.made, ...draft.holds].map(({ id }) => id)),
      signedBy: signersOf(draft),
      overlap: null,
    };
  });
  return passages.map((passage) => ({ ...passage, overlap: overlapOf(passage, passages) }));
}

function known(capacity: string | null): string | null {
  return capacity === 'unknown' ? null : capacity;
}

/** What somebody is whose capacity no passage states: by a signed agreement, by its roles, by being a person. */
function likelyCapacity(facts: View, party: string): string {
  if (facts.scope.sellers.includes(party) || party.startsWith('urn:goodorder:key:')) return 'principal';
  const agreed = agreedCapacity(facts, party);
  if (agreed !== null) return agreed;
  const roles = new Set(
    [...facts.records.values()].filter(({ iss }) => iss === party).flatMap((r) => r.roles),
  );
  const role = ['carrier', 'contracting-carrier', 'operator', 'warehouse', 'platform'].find((one) =>
    roles.has(one),
  );
  if (role !== undefined) return role;
  return roles.size > 0 ? 'principal' : 'carrier';
}

/** As agreements say that the party itself signed, jointly signed ones before others; null where they say different things. */
function agreedCapacity(facts: View, party: string): string | null {
  const said: Record<'joint' | 'own', Set<string>> = { joint: new Set(), own: new Set() };
  for (const { assentedBy, joint, term, value } of facts.of('agreed')) {
    if (term !== 'capacityOf' || !assentedBy.includes(party) || !Array.isArray(value)) continue;
    const entry = value.find((one) => (one as { party?: unknown } | null)?.party === party) as
      | { readonly capacity?: unknown }
      | undefined;
    if (typeof entry?.capacity === 'string') said[joint ? 'joint' : 'own'].add(entry.capacity);
  }
  const told = said.joint.size > 0 ? said.joint : said.own;
  return told.size === 1 ? [...told][0]! : null;
}

/** The time in which the goods may be in either's hands, because not both told of the passage. */
function overlapOf(passage: Passage, passages: readonly Passage[]): TimeSpan | null {
  const { from, index, signedBy, time, to } = passage;
  const giver = signedBy.includes(from);
  const receiver = signedBy.includes(to);
  if (giver && receiver) return null;
  const before = passages[index - 1];
  const after = passages[index + 1];
  // Each is bound by its own word: the giver until it last admits to hold the goods, the receiver from when it first does.
  const start = before?.signedBy.includes(from) ? before.time.to : (before?.time.from ?? null);
  const end = after?.signedBy.includes(to) ? after.time.from : (after?.time.to ?? null);
  return { from: giver ? time.from : start, to: receiver ? time.to : end };
}
