import type { Layer, RuleStatus, Standard } from './rule.js';

/** What a line, lift or cap of an evidence pack asks of a fact, on one side of one issue on one edge. */
export type GradePredicate =
  | { readonly asks: 'integrity'; readonly is: 'broken' | 'adverse-only' }
  | { readonly asks: 'issued-by-hurt' }
  | { readonly asks: 'counter-signed-by-hurt' }
  | { readonly asks: 'kind'; readonly of: readonly string[] }
  | { readonly asks: 'scope-covers' }
  | { readonly asks: 'neutral' }
  | { readonly asks: 'helping-itself' }
  | { readonly asks: 'secured' }
  | { readonly asks: 'timely' }
  | { readonly asks: 'neutral-of-occasion' }
  | { readonly asks: 'opposed-record' }
  | { readonly asks: 'after-cut' }
  | { readonly asks: 'calibration-lapsed' }
  | { readonly asks: 'trusted-path' }
  | { readonly asks: 'counter-signed-by-trusted' }
  | { readonly asks: 'line'; readonly of: readonly string[] };

/** A conjunction: every predicate must hold, or must not where `not` is set. */
export interface GradeTest {
  readonly not: boolean;
  readonly predicate: GradePredicate;
}

export interface GradeLine {
  readonly id: string;
  readonly when: readonly GradeTest[];
  readonly grade: number;
  readonly cite: string | null;
}

/** Lifts a grade of 2 to 3 and no further. */
export interface GradeLift {
  readonly id: string;
  readonly when: readonly GradeTest[];
  readonly cite: string | null;
}

export interface GradeCap {
  readonly id: string;
  readonly when: readonly GradeTest[];
  readonly to: number;
  readonly cite: string | null;
}

export const STANDARD_COMPARISONS = ['>=', '>', '<=', '<'] as const;

/** One comparison of a standard: `pro` or `con` with a figure or with the other side's grade. */
export interface StandardTest {
  readonly left: 'pro' | 'con';
  readonly compare: (typeof STANDARD_COMPARISONS)[number];
  readonly right: 'pro' | 'con' | number;
}

/** How one forum weighs evidence, as data. */
export interface EvidencePack {
  readonly kind: 'evidence';
  readonly pack: string;
  readonly layer: Layer;
  readonly status: RuleStatus;
  /** A record anchored within this many hours of what it tells counts as timely. */
  readonly anchorWithinH: number;
  /** How far from a passage an observation may be made and still stand at its boundary, hours. */
  readonly occasionWithinH: number;
  readonly standards: Readonly<Record<Standard, readonly StandardTest[]>>;
  /** First that fits. */
  readonly grades: readonly GradeLine[];
  readonly lifts: readonly GradeLift[];
  readonly caps: readonly GradeCap[];
}
