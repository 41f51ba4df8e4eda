import type { CaseFacts } from './case-facts.js';
import type { Boundary, Custody } from './custody.js';
import { enclosing } from './enclosing.js';
import { type Method, methodsFor } from './excluders.js';
import type { ExcludedPart } from './exclusion.js';
import type { ConditionFact, Fact } from './fact.js';
import { type Fields, mapsAt, textAt } from './fields.js';
import { byCodeUnit, inOrder, sortedUnique } from './order.js';
import { byFactThenPosition, isAtOrAfter, type Placement, placementsOf } from './placement.js';
import type { Stretch } from './recordings.js';

/** What the timeline needs of a damage of the dispute. */
export interface TimelineDamage {
  readonly id: string;
  readonly unit: string;
  readonly aspect: string;
  readonly region: string;
  readonly kind: string;
}

export type DerivationHow = 'seen' | 'good-forward' | 'good-back' | 'bad-forward' | 'bad-back' | 'implied';

/**
 * A custody interval, or a part of it, that a state was carried over and that had to be excluded; for `implied` the
 * interval of the excursion. Every part needs one of its alternatives, an alternative all of its facts: the crossing is
 * as good as the least part, a part as good as its best alternative, an alternative as good as its least fact.
 */
export interface Crossing {
  /** Index of the custody interval; null when it may be one of several. */
  readonly interval: number | null;
  readonly span: Stretch;
  readonly parts: readonly ExcludedPart[];
}

/** One way in which a state at a boundary is shown. */
export interface Derivation {
  /** Unique in its timeline, and stable. */
  readonly id: string;
  readonly value: 'good' | 'bad';
  readonly how: DerivationHow;
  /** Boundary id or `i<n>` (interval) at which the condition fact stands. */
  readonly from: string;
  /** Fact ids all of which it needs: the condition fact. Crossings come on top. */
  readonly facts: readonly string[];
  /** What had to be excluded between the observation and the boundary, in order of time; for `implied` the excursion. */
  readonly over: readonly Crossing[];
  /** Of `implied`: index of the interval in which the excursion surely lies; else null. */
  readonly impliedIn: number | null;
  /** Fact ids of the limits it applies (agreed fragility, declared storage limits), sorted: terms, not evidence. */
  readonly terms: readonly string[];
  /**
   * Facts of others that speak against it: an excursion or a broken seal in excluded time, a repair, a change of
   * identity. One that carries at least its grade on the edge defeats it. Sorted.
   */
  readonly against: readonly string[];
  /**
   * Record ids one of which must be neutral on the edge, sorted; empty where nothing hangs on it. The parcel was not
   * identified in frame, so the observation stands at its boundary only by a neutral record of the same occasion.
   */
  readonly neutralOf: readonly string[];
}

export interface BoundaryState {
  readonly boundary: Boundary;
  /** Sorted by id. */
  readonly derivations: readonly Derivation[];
}

export interface StateTimeline {
  readonly damage: TimelineDamage;
  /** False when there is more than can be weighed: no states then, and a person must decide. */
  readonly complete: boolean;
  /** In order of position. */
  readonly states: readonly BoundaryState[];
  /** Where every fitting condition fact stands; one fact may stand at several boundaries. Sorted by fact, then position. */
  readonly placements: readonly Placement[];
}

// Derivations grow with the observations, with the boundaries each is carried to, and with the recordings looked at on
// the way. Beyond this an honest case is not met, and a person must decide.
const MOST_WORK = 8_000_000;

/**
 * For each custody boundary every way in which the damage's aspect is shown good or bad there. Nothing is graded: how
 * good a derivation is depends on the edge.
 */
export function stateTimeline(
  facts: CaseFacts,
  custody: Custody,
  damage: TimelineDamage,
  { occasionWithinH }: { readonly occasionWithinH: number },
): StateTimeline {
  const fitting = facts.of('condition').filter((fact) => fits(fact, damage));
  const stops = stopsOf(facts, custody, damage);
  const { methods, weight } = methodsFor(facts, custody, damage);
  const size = custody.boundaries.length + 1;
  const witnesses = fitting.reduce((sum, { prov }) => sum + prov.witnesses.length, 0);
  const reach = size * (size + stops.length + (methods?.length ?? 0));
  const work = fitting.length * (reach + weight) + witnesses;
  if (!custody.complete || methods === null || work > MOST_WORK) {
    return { damage, complete: false, states: [], placements: [] };
  }
  const placements = fitting.flatMap((fact) => placementsOf(fact, facts, custody, occasionWithinH));
  placements.sort(byFactThenPosition);
  const found = new Map<number, Derivation[]>(custody.boundaries.map(({ position }) => [position, []]));
  const add = (position: number, made: MadeDerivation): void => {
    const boundary = custody.boundaries[position]!;
    found.get(position)!.push(finished(made, boundary, stops));
  };
  for (const placement of placements) {
    addFree(placement, custody, damage, add);
    for (const method of methods) {
      addCarried(placement, method, add);
      if (placement.value === 'bad') addImplied(placement, method, custody, add);
    }
  }
  return {
    damage,
    complete: true,
    states: custody.boundaries.map((boundary) => ({
      boundary,
      derivations: inOrder(found.get(boundary.position)!, (a, b) => byCodeUnit(a.id, b.id)),
    })),
    placements,
  };
}

/**
 * Does a condition fact speak of the damage? Unit and aspect are equal and the region is the damage's or the whole; bad
 * of any region also speaks of a damage of the whole, good of one region does not.
 */
export function fits(
  fact: ConditionFact,
  { aspect, region, unit }: Pick<TimelineDamage, 'unit' | 'aspect' | 'region'>,
): boolean {
  if (fact.unit !== unit || fact.aspect !== aspect) return false;
  return fact.region === region || fact.region === 'whole' || (fact.value === 'bad' && region === 'whole');
}

type MadeDerivation = Pick<Derivation, 'how' | 'impliedIn' | 'over' | 'terms'> & {
  readonly placement: Placement;
  readonly against: readonly string[];
  /** Tells the events of several intervals apart. */
  readonly event?: string;
};
type Add = (position: number, made: MadeDerivation) => void;

/** At its own boundary, and where a state moves without anything being excluded: good back, bad forward. */
function addFree(placement: Placement, custody: Custody, damage: TimelineDamage, add: Add): void {
  const free = { placement, over: [], terms: [], against: [], impliedIn: null };
  for (const { id, position } of custody.boundaries) {
    if (placement.boundary === id) {
      add(position, { ...free, how: 'seen' });
      continue;
    }
    const isBefore = position < placement.first;
    const isAfter = position >= placement.last;
    if (placement.value === 'good') {
      if (isBefore) add(position, { ...free, how: 'good-back' });
      // Custody does not create a latent fault: what was sound once was sound throughout.
      else if (damage.kind === 'latent') add(position, { ...free, how: 'good-forward' });
    } else if (isAfter) add(position, { ...free, how: 'bad-forward' });
  }
}

/** Good forward and bad back, as far as time is excluded. */
function addCarried(placement: Placement, { carrier, terms }: Method, add: Add): void {
  const good = placement.value === 'good';
  const steps = good ? carrier.forward(placement) : carrier.back(placement);
  for (const [position, over] of steps) {
    add(position, {
      placement,
      how: good ? 'good-forward' : 'bad-back',
      over: over.map(({ interval, parts, span }) => ({ interval, parts, span })),
      terms,
      against: over.flatMap(({ against }) => against),
      impliedIn: null,
    });
  }
}

/** A damaging event at or before a boundary, and bad seen there or later. */
function addImplied(placement: Placement, { hits, terms }: Method, custody: Custody, add: Add): void {
  for (const { against, boundary: from, interval, part } of hits) {
    for (const boundary of custody.boundaries.slice(from)) {
      if (!isAtOrAfter(placement, boundary)) break;
      const over = [{ interval, span: part.span, parts: [part] }];
      const event = `${interval ?? '?'}-${from}`;
      add(boundary.position, { placement, how: 'implied', over, terms, against, impliedIn: interval, event });
    }
  }
}

const NOTHING: readonly never[] = [];

function finished(made: MadeDerivation, boundary: Boundary, stops: readonly Fact[]): Derivation {
  const { event, how, impliedIn, over, placement, terms } = made;
  const from = placement.boundary ?? `i${placement.first}`;
  const stopping =
    how === 'seen' || stops.length === 0
      ? NOTHING
      : stops.filter((stop) => liesBetween(stop, placement, boundary));
  const parts = [boundary.id, placement.value, how, placement.fact, from, ...terms];
  return {
    id: (event === undefined ? parts : [...parts, event]).join('/'),
    value: placement.value,
    how,
    from,
    facts: [placement.fact],
    over,
    impliedIn,
    terms,
    against:
      made.against.length + stopping.length === 0
        ? NOTHING
        : sortedUnique([...made.against, ...stopping.map(({ id }) => id)]),
    neutralOf: placement.neutralOf,
  };
}

/** A repair, or that it is another thing, ends what can be said from one side of it to the other. */
function stopsOf(facts: CaseFacts, custody: Custody, damage: TimelineDamage): readonly Fact[] {
  // Whether it is the same or a genuine thing is what these aspects ask; no repair changes it.
  if (damage.aspect === 'identity' || damage.aspect === 'authenticity') return [];
  const { mayConcern: reaches } = enclosing(facts, custody.sub);
  const repairs = facts
    .of('repaired')
    .filter(({ args, sub, time }) => reaches(sub, time) && mayConcern(args, damage.aspect));
  const changes = facts
    .of('condition')
    .filter((fact) => fact.aspect === 'identity' && fact.value === 'bad' && fact.unit === damage.unit);
  return [...repairs, ...changes];
}

/** A repair that names aspects concerns those; one that names none may concern any. */
function mayConcern(repair: Fields, aspect: string): boolean {
  const named = ['observations', 'checksBefore', 'checksAfter'].flatMap((list) =>
    mapsAt(repair, list).map((entry) => textAt(entry, 'aspect')),
  );
  return named.length === 0 || named.includes(aspect);
}

function liesBetween({ time }: Fact, { span }: Placement, boundary: Boundary): boolean {
  const from = Math.min(span.from, boundary.time.from ?? span.from);
  const to = Math.max(span.to, boundary.time.to ?? span.to);
  return (time.from ?? 0) <= to && (time.to ?? 0) >= from;
}
