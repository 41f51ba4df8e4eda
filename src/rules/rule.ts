import type { Condition } from './condition.js';
import {
  type AgreedTerm,
  compareText,
  type EventName,
  type Head,
  type IssueStatus,
  type PartyWord,
} from './terms.js';

/** What a reader is told, in every language a pack must speak. */
export interface Said {
  readonly en: string;
  readonly zh: string;
}

/** Where a rule stands written. `verified` is false until somebody has read the text itself. */
export interface Citation {
  readonly source: string;
  readonly article: string;
  readonly verified: boolean;
}

export const RULE_STATUSES = ['settled', 'contested', 'contract', 'platform', 'inference'] as const;
export type RuleStatus = (typeof RULE_STATUSES)[number];

export const APPLIES_BY = ['contractDate', 'eventDate', 'filingDate'] as const;
export type AppliesBy = (typeof APPLIES_BY)[number];

export const LAYERS = ['forum', 'convention', 'contract', 'platform'] as const;
export type Layer = (typeof LAYERS)[number];
export const FORCES = ['mandatory', 'default'] as const;
export type Force = (typeof FORCES)[number];

/** Higher goes before lower: mandatory convention, mandatory forum, contract, convention default, forum default, platform. */
export function layerRank(layer: Layer, force: Force): number {
  if (layer === 'platform') return 1;
  if (layer === 'contract') return 4;
  if (force === 'mandatory') return layer === 'convention' ? 6 : 5;
  return layer === 'convention' ? 3 : 2;
}

export const STANDARDS = ['prima-facie', 'preponderance', 'high', 'beyond-doubt'] as const;
export type Standard = (typeof STANDARDS)[number];

export const REBUTTALS = ['doubt', 'contrary', 'conclusive'] as const;
export type Rebuttal = (typeof REBUTTALS)[number];

export const BINDINGS = ['damage', 'leg', 'unit', 'notice'] as const;
export type Binding = (typeof BINDINGS)[number];

export const MODES = ['sole', 'several', 'joint-and-several'] as const;
export type LiabilityMode = (typeof MODES)[number];

/** Side of an issue: for found, or against. */
export type IssueSide = 'pro' | 'con';

/** What an argument's grade is drawn from: the sensors a condition read, or a jointly signed term. */
export type GradeSource = 'sensor' | `agreed.${AgreedTerm}`;

/** What a limit of liability counts: `kg` is the mass the damage affects, `package` and `item` those it affects. */
export const CAP_UNITS = ['kg', 'package', 'freight', 'declared', 'item'] as const;
export type CapUnit = (typeof CAP_UNITS)[number];

/** Money per unit of something, or a multiple; `from` reads a jointly signed term. */
export type PlainCapMeasure =
  | { readonly from: AgreedTerm }
  | { readonly per: CapUnit; readonly times: number }
  | { readonly per: CapUnit; readonly rateMinor: number; readonly currency: string };

/** One limit, or the higher or lower of several, as where a convention counts packages or kilograms. */
export type CapMeasure =
  | PlainCapMeasure
  | { readonly choose: 'higher' | 'lower'; readonly of: readonly PlainCapMeasure[] };

/** Steps of an amount that law adds to its plain reckoning, and what each reads. */
export const ADJUSTMENTS = ['diminish', 'salvage', 'deduct', 'freight', 'interest'] as const;
export type Adjustment = (typeof ADJUSTMENTS)[number];

/** Why law itself leaves an answer to a person. */
export const REFERRALS = ['discretion', 'punitive', 'reasonable-time', 'injury'] as const;
export type Referral = (typeof REFERRALS)[number];

/** What a rule does where its condition holds. */
export type Effect =
  | {
      readonly kind: 'allocate';
      readonly issue: string;
      readonly to: IssueSide;
      readonly standard: Standard | null;
    }
  | {
      readonly kind: 'presume';
      readonly issue: string;
      readonly is: Extract<IssueStatus, 'found' | 'not-found'>;
      readonly rebut: Rebuttal;
      readonly weight: number;
      readonly standard: Standard | null;
    }
  | {
      readonly kind: 'argue';
      readonly issue: string;
      readonly side: IssueSide;
      readonly gradeFrom: readonly GradeSource[];
    }
  /** A presumption drawn from a party's own silence: rebutted by the contrary, accumulating with others. */
  | {
      readonly kind: 'adverse';
      readonly issue: string;
      readonly is: Extract<IssueStatus, 'found' | 'not-found'>;
      readonly weight: number;
    }
  | { readonly kind: 'bar'; readonly edge: string; readonly head: Head | null }
  | {
      readonly kind: 'liable';
      readonly edge: string;
      readonly as: 'principal';
      readonly head: Head;
      readonly mode: LiabilityMode;
      readonly measure: string | null;
      readonly with: PartyWord | null;
    }
  | {
      readonly kind: 'cap';
      readonly edge: string;
      readonly measure: CapMeasure;
      readonly brokenBy: string | null;
    }
  /** The part of the loss that the debtors bear, where the creditor bears the rest: a fraction, or for a person to say. */
  | {
      readonly kind: 'share';
      readonly edge: string;
      readonly is: readonly [number, number] | 'discretion';
    }
  /** A step of the amount that holds on the edge; interest has a rate in millionths a year and the event it runs from. */
  | {
      readonly kind: 'adjust';
      readonly edge: string;
      readonly step: Adjustment;
      readonly ratePpm: number | null;
      readonly from: EventName | null;
    }
  /** Law asks what no record answers: a person decides the edge, or one head of it. */
  | {
      readonly kind: 'refer';
      readonly edge: string;
      readonly head: Head | null;
      readonly because: Referral;
    };

/** An effect on an edge, not on an issue. */
export type EdgeEffect = Extract<Effect, { readonly edge: string }>;

export function isEdgeEffect(effect: Effect): effect is EdgeEffect {
  return 'edge' in effect;
}

/** Sugar of the law: the rule holds unless the named issue is found, which its `pro` party has to prove. */
export interface UnlessProven {
  readonly by: PartyWord;
  readonly issue: string;
  readonly standard: Standard | null;
  /** One leg for which it is proven is enough. */
  readonly someLeg: boolean;
  /** Cross-reference to the rule that says how it is shown; checked, no effect. */
  readonly from: string | null;
}

/** Civil dates, `2014-03-15`: the first and the last day on which the version holds; null = open. */
export interface InForce {
  readonly from: string;
  readonly to: string | null;
}

/** One version of a rule of law. */
export interface Rule {
  readonly id: string;
  readonly says: Said;
  readonly cite: readonly Citation[];
  readonly status: RuleStatus;
  readonly inForce: InForce;
  readonly appliesBy: AppliesBy;
  readonly layer: Layer;
  readonly force: Force;
  /** Ids of rules that stand back where this one holds. */
  readonly overrides: readonly string[];
  /** Edge templates the rule binds to. */
  readonly claims: readonly string[];
  readonly each: readonly Binding[];
  readonly if: readonly Condition[];
  readonly unless: readonly Condition[];
  readonly unlessProven: readonly UnlessProven[];
  readonly effect: Effect;
}

/** The issue an effect speaks of, or null for effects on an edge. */
export function issueOf(effect: Effect): string | null {
  switch (effect.kind) {
    case 'allocate':
    case 'presume':
    case 'argue':
    case 'adverse':
      return effect.issue;
    default:
      return null;
  }
}

/** Rules in the one order of a pack: by id, then by the first day of the version. */
export function byIdAndDate(a: Rule, b: Rule): number {
  return compareText(a.id, b.id) || compareText(a.inForce.from, b.inForce.from);
}
