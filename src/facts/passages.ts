import type { CaseFacts } from './case-facts.js';
import { tookPart } from './counter-signatures.js';
import type { HandedOverFact, HoldsFact, TimeSpan } from './fact.js';
import { addTo, byCodeUnit, sortedUnique } from './order.js';
import { byStanding } from './provenance.js';

/** Records of one change of hands lie at most this far apart, seconds. */
export const SAME_PASSAGE_S = 21_600;

/** More changes of hands than this are left to a person: what is asked of the timeline grows with them. */
export const MOST_PASSAGES = 256;

/** A passage while it is being put together. */
export interface PassageDraft {
  from: string;
  to: string;
  fromCapacity: string | null;
  toCapacity: string;
  mode: string | null;
  lo: number;
  hi: number;
  undated: boolean;
  told: HandedOverFact[];
  /** One-shot unboxings and intakes that make the passage. */
  made: HoldsFact[];
  /** Those that speak of the same arrival without making it. */
  holds: HoldsFact[];
}

type View = Pick<CaseFacts, 'of'>;

/**
 * Changes of hands that records tell of, in order of time, each once.
 *
 * @param moves whether a record moves the item: its own do, a container's while the item is inside
 */
export function toldPassages(facts: View, moves: (fact: HandedOverFact) => boolean): PassageDraft[] {
  const byParties = new Map<string, HandedOverFact[]>();
  for (const fact of facts.of('handed-over')) {
    if (!moves(fact) || !isPassage(fact)) continue;
    addTo(byParties, JSON.stringify([fact.from, fact.to]), fact);
  }
  const drafts: PassageDraft[] = [];
  for (const told of byParties.values()) {
    told.sort((a, b) => begins(a) - begins(b) || byCodeUnit(a.id, b.id));
    let cluster: HandedOverFact[] = [];
    for (const fact of told) {
      const [first] = cluster;
      if (first !== undefined && begins(fact) - begins(first) > SAME_PASSAGE_S) {
        drafts.push(draftOf(cluster));
        cluster = [];
      }
      cluster.push(fact);
    }
    if (cluster.length > 0) drafts.push(draftOf(cluster));
  }
  return inOrder(drafts);
}

/** Goods that were refused stay where they were: the record is one of an attempt. */
export function isRefused({ remark }: HandedOverFact): boolean {
  return remark === 'refused';
}

/**
 * What was refused did not change hands; whether another record says that it did is that record's affair. Word of
 * somebody who may not give it makes no passage unless a party to it stands behind; and a record that only
 * counts against its signer makes none that takes the goods out of its hands.
 */
function isPassage(fact: HandedOverFact): boolean {
  if (isRefused(fact)) return false;
  const { from, prov, to } = fact;
  const backers = prov.counterSigned.filter(tookPart).map(({ by }) => by);
  const backed = backers.includes(from) || backers.includes(to);
  if (prov.kind === 'statement') return backed;
  return prov.integrity === 'ok' || prov.signer === to || backed;
}

function draftOf(told: readonly HandedOverFact[]): PassageDraft {
  const [first] = told as readonly [HandedOverFact, ...HandedOverFact[]];
  const best = [...told].sort(byWord);
  return {
    from: first.from,
    to: first.to,
    fromCapacity: best.find(({ fromCapacity }) => fromCapacity !== null)?.fromCapacity ?? null,
    // A handover says in which capacity the goods were taken; a delivery only that a principal took them.
    toCapacity: (best.find(({ via }) => via !== 'delivery') ?? best[0]!).toCapacity,
    mode: best.find(({ mode }) => mode !== null)?.mode ?? null,
    lo: told.map(begins).reduce((a, b) => Math.min(a, b)),
    hi: told.map(({ time }) => time.to ?? 0).reduce((a, b) => Math.max(a, b)),
    undated: false,
    told: [...told],
    made: [],
    holds: [],
  };
}

/** Which of two records of one passage says better what it was: never by id, which can be ground. */
function byWord(a: HandedOverFact, b: HandedOverFact): number {
  const backed = (fact: HandedOverFact): number => (fact.prov.counterSigned.some(tookPart) ? 0 : 1);
  const trusted = ({ prov }: HandedOverFact): number => (prov.trusted ? 0 : 1);
  return (
    backed(a) - backed(b) ||
    trusted(a) - trusted(b) ||
    a.prov.madeAt.upper - b.prov.madeAt.upper ||
    byCodeUnit(wordsOf(a), wordsOf(b)) ||
    a.offsetMin - b.offsetMin
  );
}

function wordsOf({ fromCapacity, mode, toCapacity }: HandedOverFact): string {
  return JSON.stringify([toCapacity, fromCapacity, mode]);
}

function begins({ time }: { readonly time: TimeSpan }): number {
  return time.from ?? 0;
}

/**
 * By stated time. Clocks differ, so where the next one starts from somebody who does not hold the goods, one within six
 * hours that brings them there comes first.
 */
function inOrder(drafts: readonly PassageDraft[]): PassageDraft[] {
  const left = [...drafts].sort(
    (a, b) => a.lo - b.lo || a.hi - b.hi || byCodeUnit(a.from, b.from) || byCodeUnit(a.to, b.to),
  );
  const ordered: PassageDraft[] = [];
  const taken = new Set<PassageDraft>();
  let holder: string | null = null;
  for (let i = 0; i < left.length; ) {
    const next = left[i]!;
    if (taken.has(next)) {
      i += 1;
      continue;
    }
    const bridge: PassageDraft | undefined =
      next.from === holder ? undefined : bridgeTo(left.slice(i + 1, i + 1 + LOOK_AHEAD), next, holder, taken);
    const chosen: PassageDraft = bridge ?? next;
    ordered.push(chosen);
    taken.add(chosen);
    holder = chosen.to;
  }
  return ordered;
}

// How many passages are looked at for a bridge: a few, so that a crowd of them in one hour costs no square.
const LOOK_AHEAD = 16;

function bridgeTo(
  nearby: readonly PassageDraft[],
  next: PassageDraft,
  holder: string | null,
  taken: ReadonlySet<PassageDraft>,
): PassageDraft | undefined {
  return nearby.find((draft) => {
    if (taken.has(draft) || draft.lo - next.lo > SAME_PASSAGE_S) return false;
    // At the very beginning nobody holds the goods yet; there and back again is no bridge.
    if (holder === null) return draft.to === next.from && draft.from !== next.to;
    return draft.from === holder && (draft.to === next.from || draft.lo === next.lo);
  });
}

/** The clock of the place, minutes east, by the best word of the passage; null where nobody tells of it. */
export function clockOf({ made, told }: PassageDraft): number | null {
  const [best] = told.length > 0 ? [...told].sort(byWord) : [...made].sort(byWordOfHold);
  return best?.offsetMin ?? null;
}

/** Which of the two parties told of a passage or stood behind a record of it. */
export function signersOf(draft: PassageDraft): readonly string[] {
  const signers = [...draft.told, ...draft.made].flatMap(({ prov }) => [
    prov.signer,
    ...prov.counterSigned.filter(tookPart).map(({ by }) => by),
  ]);
  return sortedUnique(signers).filter((party) => party === draft.from || party === draft.to);
}

/**
 * Adds what one-shot unboxings and intakes show: that somebody who was not the holder had the goods, so that refusing to
 * sign is no escape. Where the holder is told to have handed them on later, the recording's stated time contradicts
 * that: it then makes a passage only if it provably existed before, else it accompanies its maker's next arrival.
 */
export function withHolds(drafts: readonly PassageDraft[], holds: readonly HoldsFact[]): PassageDraft[] {
  const passages = [...drafts];
  const arrivals = holds.filter(
    ({ prov, purpose }) => purpose !== 'packing' && prov.kind !== 'statement' && prov.integrity === 'ok',
  );
  arrivals.sort((a, b) => begins(a) - begins(b) || byCodeUnit(a.party, b.party) || byWordOfHold(a, b));
  for (const hold of arrivals) {
    if (passages.length > MOST_PASSAGES) break;
    const at = begins(hold);
    const index = passages.findIndex(({ lo }) => lo > at);
    const after = index < 0 ? passages.length : index;
    const before = passages[after - 1];
    const next = passages[after];
    const holder = before?.to ?? next?.from ?? null;
    if (holder === null) continue;
    if (holder === hold.party) {
      before?.holds.push(hold);
      continue;
    }
    const handsOn = next !== undefined && next.from === holder;
    const provenBefore = next === undefined || hold.prov.madeAt.upper <= next.lo;
    if (handsOn && (!provenBefore || signersOf(next).includes(hold.party))) {
      passages
        .slice(after)
        .find(({ to }) => to === hold.party)
        ?.holds.push(hold);
    } else if (handsOn && next.to === hold.party) {
      next.made.push(hold);
      next.lo = at;
    } else passages.splice(after, 0, oneSided(holder, hold, at));
  }
  return passages;
}

function byWordOfHold(a: HoldsFact, b: HoldsFact): number {
  return byStanding(a.prov, b.prov) || byCodeUnit(a.id, b.id);
}

function oneSided(holder: string, hold: HoldsFact, at: number): PassageDraft {
  return {
    from: holder,
    to: hold.party,
    fromCapacity: null,
    toCapacity: 'principal',
    mode: null,
    lo: at,
    hi: at,
    undated: false,
    told: [],
    made: [hold],
    holds: [],
  };
}

/** Puts an undated passage wherever the goods left somebody other than the last who received them. */
export function withUndated(drafts: readonly PassageDraft[]): PassageDraft[] {
  const passages: PassageDraft[] = [];
  for (const draft of drafts) {
    const last = passages.at(-1);
    if (last !== undefined && last.to !== draft.from) {
      passages.push({
        from: last.to,
        to: draft.from,
        fromCapacity: last.toCapacity,
        toCapacity: draft.fromCapacity ?? 'unknown',
        mode: null,
        lo: last.lo,
        hi: draft.hi,
        undated: true,
        told: [],
        made: [],
        holds: [],
      });
    }
    passages.push(draft);
  }
  return passages;
}
