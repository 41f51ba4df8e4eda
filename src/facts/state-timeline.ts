import type { Boundary } from './custody.js';
import type { TimeSpan } from './fact.js';

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
 * A stretch of time that a state was carried over and that had to be excluded. Each alternative is a list of facts that
 * together exclude it; the crossing is as good as its best alternative, an alternative as good as its least fact.
 */
export interface Crossing {
  /** Index of the custody interval. */
  readonly interval: number;
  readonly span: TimeSpan;
  readonly alternatives: readonly (readonly string[])[];
}

/** One way in which a state at a boundary is shown. */
export interface Derivation {
  /** Unique in its timeline, and stable. */
  readonly id: string;
  readonly value: 'good' | 'bad';
  readonly how: DerivationHow;
  /** Fact ids all of which it needs, sorted: the condition fact, and for `implied` the excursion. Crossings come on top. */
  readonly facts: readonly string[];
  /** What had to be excluded between the observation and the boundary, in order of time. */
  readonly over: readonly Crossing[];
  /** Fact ids of the limits it applies (agreed fragility, declared storage limits), sorted: terms, not evidence. */
  readonly terms: readonly string[];
  /**
   * Facts of others that speak against it: an excursion or a broken seal in excluded time, a repair, a change of
   * identity. One that carries at least its grade on the edge defeats it. Sorted.
   */
  readonly against: readonly string[];
}

export interface BoundaryState {
  readonly boundary: Boundary;
  /** Sorted by id. */
  readonly derivations: readonly Derivation[];
}

/** Where a fitting observation stands. */
export interface Placement {
  readonly fact: string;
  readonly value: 'good' | 'bad';
  /** Boundary id when it stands at one. */
  readonly boundary: string | null;
  /** Index of the interval it stands in otherwise; null when it stands at a boundary. */
  readonly interval: number | null;
  readonly time: TimeSpan;
  readonly by: 'passage-record' | 'occasion' | 'joint-survey' | 'own-time';
}

export interface StateTimeline {
  readonly damage: TimelineDamage;
  /** In order of position. */
  readonly states: readonly BoundaryState[];
  /** Every fitting condition fact, sorted by fact id. */
  readonly placements: readonly Placement[];
}
