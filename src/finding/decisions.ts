import type { CustodyInterval } from '../facts/custody.js';
import type { ExcludedPart } from '../facts/exclusion.js';
import type { DerivationHow } from '../facts/state-timeline.js';
import type { Condition } from '../rules/condition.js';
import type { Issue } from '../rules/pack.js';
import type { IssueSide, LiabilityMode, Rule, Standard } from '../rules/rule.js';
import type { IssueStatus } from '../rules/terms.js';
import type { FindingCase } from './case.js';
import type { EdgeCase } from './edge-case.js';
import type { Grade, Grader } from './grade.js';
import type { DecidedBy, Presumption } from './presumption.js';
import type { ReferCode } from './reasons.js';
import type { Stance } from './stance.js';
import type { Truth } from './truth.js';

/** Something said for or against an issue, and what it is worth on this edge. */
export interface Argument {
  readonly side: IssueSide;
  readonly grade: number;
  readonly by: 'derivation' | 'fact' | 'rule' | 'pleading';
  /** Id of the derivation, fact or rule; of a pleading its position in the dispute, from 0. */
  readonly source: string;
  readonly how: DerivationHow | null;
  /** Grades it rests on; it is worth the least of them. */
  readonly rests: readonly Grade[];
  /** Facts that carry at least its grade against it: then it is worth nothing. */
  readonly defeatedBy: readonly string[];
}

/** A rule bound to an edge and, where it binds one, a leg. */
export interface RuleReading {
  readonly rule: Rule;
  readonly leg: string | null;
  readonly value: Truth;
  readonly if: readonly ConditionTrace[];
  readonly unless: readonly ConditionTrace[];
  readonly proven: readonly ProvenTrace[];
}

/** An `unless-proven` of a rule: true when the issue is found. */
export interface ProvenTrace {
  readonly issue: string;
  readonly value: Truth;
  readonly decisions: readonly IssueDecision[];
}

/** A condition, its value, and why. Nothing is left out because something before it decided. */
export interface ConditionTrace {
  readonly op: Condition['op'];
  readonly text: string;
  readonly value: Truth;
  /** Facts it read. */
  readonly facts: readonly string[];
  readonly parts: readonly ConditionTrace[];
  /** An unknown that was read as false, and against whom. */
  readonly collapsedAgainst: string | null;
  /** Parts of recordings it rests on: each part needs one of its alternatives, an alternative all of its facts. */
  readonly sensor: readonly ExcludedPart[];
  readonly issues: readonly IssueDecision[];
  readonly edges: readonly EdgeDecision[];
  /** Leg of a part of `some`, `every` or `count`. */
  readonly leg: string | null;
  /** It asks only what the dispute states. */
  readonly scope: boolean;
}

/** A rule whose condition is unknown, tried with and without. */
export interface Fork {
  readonly rule: string;
  readonly leg: string | null;
  readonly matters: boolean;
}

export interface IssueDecision {
  readonly edge: EdgeCase;
  readonly issue: Issue;
  readonly leg: string | null;
  readonly status: IssueStatus;
  readonly by: DecidedBy;
  /** Best grades for found and against. */
  readonly pro: number;
  readonly con: number;
  readonly burden: IssueSide;
  readonly standard: Standard;
  readonly arguments: readonly Argument[];
  readonly presumptions: readonly Presumption[];
  readonly fallen: readonly string[];
  readonly stood: readonly string[];
  readonly rebutted: readonly string[];
  readonly notNeeded: boolean;
  readonly rules: readonly RuleReading[];
  readonly forks: readonly Fork[];
}

export type EdgeStatus = 'liable' | 'not-liable' | 'barred' | 'liable-amount-unproved' | 'refer';
export type Basis = 'time-bar' | 'exception' | 'presumption' | 'proven' | 'burden-default';
export type Location = 'implicated' | 'bracketed' | 'inferred';

export interface EdgeDecision {
  readonly edge: EdgeCase;
  /** Amounts come later: here nothing is `liable-amount-unproved` yet. */
  readonly status: Exclude<EdgeStatus, 'liable-amount-unproved'>;
  readonly basis: Basis;
  readonly location: Location | null;
  /** The leg that made it liable. */
  readonly leg: string | null;
  readonly mode: LiabilityMode;
  /** Party with whom it is liable jointly; null for none. */
  readonly with: string | null;
  /** Rules that decided it: those that made it liable or barred it, or those that failed. */
  readonly decisive: readonly RuleReading[];
  readonly readings: readonly RuleReading[];
  readonly forks: readonly Fork[];
  /** Why a person must decide; null unless `refer`. */
  readonly referBecause: ReferCode | null;
  /** Edge whose basis and location it copies. */
  readonly restsOnEdge: EdgeCase | null;
}

/** One edge, made ready: who stands where and what facts are worth there. */
export interface EdgeDesk {
  readonly edge: EdgeCase;
  readonly stance: Stance;
  readonly grader: Grader;
}

/** Where conditions find what has been decided; each question is decided once. */
export interface Decided {
  readonly case: FindingCase;
  readonly edges: readonly EdgeCase[];
  desk(edge: EdgeCase): EdgeDesk;
  issue(edge: EdgeCase, issue: string, leg: CustodyInterval | null): IssueDecision;
  edge(edge: EdgeCase): EdgeDecision;
}

/** What a condition is asked about. */
export interface Bound {
  readonly edge: EdgeCase;
  readonly leg: CustodyInterval | null;
}
