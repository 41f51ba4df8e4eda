import type { FactRemark } from '../facts/case-facts.js';
import type { Verdict } from '../verify/verified-passport.js';
import type { Argument, Basis, EdgeStatus, Fork, Location } from './decisions.js';
import type { DecidedBy } from './presumption.js';
import type { FoundReason } from './reasons.js';

/** What stands on every finding, whatever it says. */
export const NOTICE = 'computed assessment, not a legal determination';
/** Name and version of the computation: another version may decide otherwise and says so. */
export const ENGINE = 'goodorder-finding/1';

/** An exact fraction as decimal texts: numerator, denominator. */
export type FractionText = readonly [n: string, d: string];

/** An amount and every step by which it was reckoned. */
export interface FoundAmount {
  /** Minor units, decimal digits. */
  readonly minor: string;
  readonly currency: string;
  readonly steps: readonly FoundStep[];
}

export interface FoundStep {
  readonly step: string;
  readonly by: string | null;
  readonly before: FractionText | null;
  readonly after: FractionText;
  /** Figures the step used that stand nowhere else: a rate with its day, a number of days. */
  readonly note: string | null;
}

/** One answer of the finding: does this debtor answer to this creditor for this damage, on what ground, and for how much. */
export interface FoundEdge {
  readonly id: string;
  /** From 1, in the order of the finding. */
  readonly number: number;
  readonly template: string;
  readonly creditor: string;
  readonly debtor: string;
  readonly damage: string;
  readonly head: string;
  /** One debt, whoever owes it: creditor, damage and head. */
  readonly debtId: string;
  readonly journey: string | null;
  readonly legs: readonly string[];
  readonly pleaded: boolean;
  readonly claims: readonly string[];
  readonly recourse: boolean;
  readonly parent: string | null;
  /** It is owed only while the parent is. */
  readonly contingent: boolean;
  readonly status: EdgeStatus;
  readonly basis: Basis;
  readonly location: Location | null;
  readonly leg: string | null;
  readonly mode: 'sole' | 'several' | 'joint-and-several';
  readonly with: string | null;
  readonly share: FractionText;
  readonly shareBasis: 'rule' | 'equal' | 'agreed' | 'discretion';
  readonly amount: FoundAmount | null;
  /** Code of why what is owed has no amount; `why` says it in full. */
  readonly amountUnproved: string | null;
  /** Rules that decided it. */
  readonly rules: readonly { readonly rule: string; readonly leg: string | null }[];
  /** Records it stands on, sorted. */
  readonly records: readonly string[];
  /** Code of why a person must decide; `why` says it in full. */
  readonly referBecause: string | null;
  readonly forks: readonly Fork[];
  /** Edge whose basis and location it copies. */
  readonly restsOnEdge: string | null;
  /** Why there is no answer or no amount, and what would cure it; null where there is. */
  readonly why: FoundReason | null;
}

export interface FoundPresumption {
  readonly rule: string;
  readonly is: 'found' | 'not-found';
  readonly rebut: string;
  readonly weight: number;
  readonly state: 'stands' | 'not-needed' | 'rebutted' | 'fallen';
}

export interface FoundIssue {
  readonly edge: string;
  readonly issue: string;
  readonly leg: string | null;
  readonly status: string;
  readonly by: DecidedBy;
  readonly pro: number;
  readonly con: number;
  readonly burden: string;
  readonly standard: string;
  /** Best first. */
  readonly arguments: readonly Argument[];
  /** How many more there are than are told. */
  readonly omittedArguments: number;
  readonly presumptions: readonly FoundPresumption[];
  readonly forks: readonly Fork[];
}

export interface FoundState {
  readonly boundary: string;
  readonly name: string;
  readonly journey: string | null;
  readonly from: number | null;
  readonly to: number | null;
  /** How many more there are than are told. */
  readonly omittedDerivations: number;
  readonly derivations: readonly {
    /** Boundary and number, as arguments of issues name it. */
    readonly id: string;
    readonly value: string;
    readonly how: string;
    readonly facts: readonly string[];
  }[];
}

export interface FoundTimeline {
  readonly damage: string;
  readonly sub: string;
  /** False when there was more than can be weighed. */
  readonly complete: boolean;
  /** From then on records are made with the complaint in mind, seconds UTC. */
  readonly complainedAt: number;
  readonly intervals: readonly {
    readonly index: number;
    readonly holder: string | null;
    readonly capacity: string | null;
    readonly leg: string | null;
    readonly journey: string | null;
    readonly from: number | null;
    readonly to: number | null;
  }[];
  readonly states: readonly FoundState[];
}

/** A rule that did not hold on an edge, and which of its conditions were not met. */
export interface WhyNot {
  readonly edge: string;
  readonly rule: string;
  readonly leg: string | null;
  readonly value: 'false' | 'unknown';
  readonly failedConditions: readonly string[];
}

/** One debt, whoever answers for it. */
export interface FoundDebt {
  readonly id: string;
  /** Edges that are liable for it. */
  readonly edges: readonly string[];
  /** The most that may be collected for it from all together, minor units; null where nobody asks for an amount. */
  readonly collectable: { readonly minor: string; readonly currency: string } | null;
}

/** Who answers to whom, for how much, and why. Plain JSON: money and fractions are decimal texts, instants seconds UTC. */
export interface Finding {
  readonly schemaVersion: 1;
  readonly notice: typeof NOTICE;
  readonly engine: typeof ENGINE;
  readonly dispute: {
    readonly id: string;
    readonly digest: string;
    readonly forum: string;
    readonly openedAt: number;
    readonly asOf: number;
  };
  /** The worst verdict of the passports stands on the face of the finding: what is not passed is not proven whole. */
  readonly evidence: {
    readonly verdict: Verdict;
    readonly passports: readonly {
      readonly digest: string;
      readonly item: string;
      readonly verdict: Verdict;
      readonly at: number;
      readonly trust: string | null;
    }[];
  };
  readonly inputDigest: string;
  readonly packDigests: readonly { readonly id: string; readonly digest: string }[];
  readonly disposition: 'determined' | 'shared' | 'refer-to-human';
  /** False when the case has more edges than are weighed; then a person must decide. */
  readonly complete: boolean;
  readonly edges: readonly FoundEdge[];
  readonly debts: readonly FoundDebt[];
  readonly issues: readonly FoundIssue[];
  readonly timelines: readonly FoundTimeline[];
  readonly whyNot: readonly WhyNot[];
  /** What was said that has to be disclosed. */
  readonly remarks: readonly FactRemark[];
  /** Claims for which the records give no such edge. */
  readonly unmatchedClaims: readonly string[];
  /** SHA-256 of "goodorder/finding/1", a zero byte and the canonical JSON of all the rest. */
  readonly digest: string;
}
