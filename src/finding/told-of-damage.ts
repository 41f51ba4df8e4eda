import type { CaseFacts } from '../facts/case-facts.js';
import type { Boundary, Custody, CustodyInterval } from '../facts/custody.js';
import {
  type BoundaryState,
  type StateTimeline,
  stateTimeline,
  type TimelineDamage,
} from '../facts/state-timeline.js';

/** What the records tell of a damage and its unit, whoever claims what for it. */
export interface ToldOfDamage {
  readonly timeline: StateTimeline;
  readonly states: ReadonlyMap<string, BoundaryState>;
  readonly boundaries: ReadonlyMap<string, Boundary>;
  readonly legs: ReadonlyMap<string, CustodyInterval>;
}

export interface AskedOfDamage {
  readonly damage: TimelineDamage;
  readonly custody: Custody;
}

interface Remembered {
  readonly custody: Custody;
  readonly told: ToldOfDamage;
}

const remembered = new WeakMap<CaseFacts, ReadonlyMap<string, Remembered>>();

/**
 * One a damage, in order. Those of the case asked last with the same facts are remembered: facts never change, and a
 * timeline is a pure function of them, the custody and what the key names.
 */
export function toldOfDamages(
  facts: CaseFacts,
  asked: readonly AskedOfDamage[],
  occasionWithinH: number,
): readonly ToldOfDamage[] {
  const before = remembered.get(facts);
  const now = new Map<string, Remembered>();
  const all = asked.map(({ custody, damage }) => {
    const { aspect, id, kind, region, unit } = damage;
    const key = JSON.stringify([id, unit, aspect, region, kind, occasionWithinH]);
    const known = before?.get(key);
    const told =
      known?.custody === custody ? known.told : toldOfDamage(facts, custody, damage, occasionWithinH);
    now.set(key, { custody, told });
    return told;
  });
  remembered.set(facts, now);
  return all;
}

function toldOfDamage(
  facts: CaseFacts,
  custody: Custody,
  damage: TimelineDamage,
  occasionWithinH: number,
): ToldOfDamage {
  const timeline = stateTimeline(facts, custody, damage, { occasionWithinH });
  return {
    timeline,
    states: new Map(timeline.states.map((state) => [state.boundary.id, state])),
    boundaries: new Map(custody.boundaries.map((boundary) => [boundary.id, boundary])),
    legs: new Map(custody.intervals.flatMap((one) => (one.leg === null ? [] : [[one.leg, one] as const]))),
  };
}
