import type { Custody } from './custody-shape.js';
import type { Fact, FactIntegrity, FactOf, Predicate, TimeSpan } from './fact.js';

/** The parts of a dispute that decide which records speak, and about what. */
export interface FactScope {
  /** Party URIs the dispute names: a record without a trusted path speaks only if its iss is one of them. */
  readonly parties: readonly string[];
  /** An observation that names no unit is of the unit whose only entry has its sub, else of the sub itself. */
  readonly goods: readonly { readonly unit: string; readonly sub: string }[];
  /** A journey that ends with one of these is a return. */
  readonly sellers: readonly string[];
}

/** One record that speaks in the case, whether or not it states a fact. */
export interface CaseRecord {
  readonly id: string;
  readonly type: string;
  readonly iss: string;
  readonly sub: string;
  readonly trusted: boolean;
  readonly selfBound: boolean;
  readonly roles: readonly string[];
  readonly lower: number | null;
  readonly upper: number;
  readonly integrity: FactIntegrity;
  /** Record id its `occasion.of` names. */
  readonly occasion: string | null;
  /** Record id a countersign answers. */
  readonly answers: string | null;
  readonly remark: string | null;
  /** Of a media record: what it was made for. */
  readonly purpose: string | null;
  /** Stated time, cut at the proven one; null when it tells of none, or of a time later than that. */
  readonly time: TimeSpan | null;
}

export type FactRemarkCode =
  /** It tells of a time later than it provably existed: no fact. */
  | 'facts.after-proven-time'
  /** The span it tells of ends later than it provably existed: cut there. */
  | 'facts.cut-at-proven-time'
  /** Two speak of the same unit, aspect and region at the same time, one good, one bad. */
  | 'facts.contradiction'
  /** Two batches of one device speak of the same time. */
  | 'facts.sensor-overlap'
  /** One thing is told to lie in two containers at once, neither of which lies in the other. */
  | 'facts.two-containers'
  /** One packing, or one unpacking, is told of at different times. */
  | 'facts.aggregation-contradiction'
  /** An unpacking of what nobody tells to have been packed. */
  | 'facts.unpacked-only'
  /** A seal is told intact and broken at one time. */
  | 'facts.seal-contradiction'
  /** Others of the lot were examined, not this item: it shows nothing of the item's condition. */
  | 'facts.lot-sample'
  /** Another seal is read than the one last put on. */
  | 'facts.seal-mismatch'
  /** A return says that the same thing came back, and bears the label of another. */
  | 'facts.label-mismatch'
  /** Goods are told to be handed to two at one time by the same giver. */
  | 'facts.handover-contradiction'
  /** One key signed two different statements under one number, seen only when passports are read together. */
  | 'facts.fork-across-files';

/** Something to disclose about what was said; it decides nothing. */
export interface FactRemark {
  readonly code: FactRemarkCode;
  /** Record ids, sorted. */
  readonly records: readonly string[];
  /** Signers of those records, sorted. */
  readonly signers: readonly string[];
  /** Seconds by which a stated time exceeds the proven one; absent elsewhere. */
  readonly bySeconds?: number;
}

/** All that the records of a case say. Same records and scope, same value, in whatever order they came. */
export interface CaseFacts {
  /** Sorted by id. */
  readonly facts: readonly Fact[];
  readonly byId: ReadonlyMap<string, Fact>;
  /** Records that speak in the case, by id. */
  readonly records: ReadonlyMap<string, CaseRecord>;
  /** Sorted by code, then records. */
  readonly remarks: readonly FactRemark[];
  readonly scope: FactScope;
  /** Who held the goods of the scope when, by sub. */
  readonly custodies: ReadonlyMap<string, Custody>;
  /** The facts of one predicate, sorted by id. */
  of<P extends Predicate>(predicate: P): readonly FactOf<P>[];
  /** Is one record an ancestor of the other by pins, in any of the passports? */
  precedes(earlier: string, later: string): boolean;
}
