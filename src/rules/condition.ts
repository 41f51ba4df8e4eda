import type {
  AgreedTerm,
  ClimateLimits,
  CodedPredicate,
  Comparison,
  CoveredQuantity,
  EdgeWord,
  EventName,
  Head,
  IncidentCode,
  IssueStatus,
  PartyWord,
  PathName,
  Role,
  RuleBoundary,
  ShockLimits,
  StateWord,
  TimeUnit,
  Undertaking,
} from './terms.js';

/** A calendar distance: months and years clamp to the last day, days end at 24:00, hours are 3,600 seconds. */
export interface Period {
  readonly count: number;
  readonly unit: TimeUnit;
}

/**
 * What a rule asks. Every condition is true, false or unknown (Kleene). Law knows two kinds of not knowing: an
 * unknown that stays one, and an unknown that counts against whoever had to show the thing (`shown`).
 */
export type Condition =
  | { readonly op: 'all' | 'any'; readonly of: readonly Condition[] }
  | { readonly op: 'not'; readonly of: Condition }
  /** Unknown reads false, against `by` only. The one place where not knowing becomes an answer. */
  | { readonly op: 'shown'; readonly of: Condition; readonly by: PartyWord }
  | { readonly op: 'some' | 'every'; readonly over: 'leg'; readonly of: Condition }
  | { readonly op: 'count'; readonly over: 'leg'; readonly atLeast: number; readonly of: Condition }
  | { readonly op: 'issue'; readonly issue: string; readonly edge: string | null; readonly is: IssueStatus }
  | { readonly op: 'edge'; readonly edge: string; readonly ofLegHolder: boolean; readonly is: EdgeWord }
  | { readonly op: 'eq'; readonly path: PathName; readonly value: string }
  | { readonly op: 'eq-path'; readonly path: PathName; readonly other: PathName }
  | { readonly op: 'in'; readonly path: PathName; readonly values: readonly string[] }
  | { readonly op: 'within'; readonly event: EventName; readonly period: Period; readonly of: EventName }
  /** No act by the limit: true once the limit has passed without one. */
  | { readonly op: 'elapsed'; readonly event: EventName; readonly period: Period; readonly after: EventName }
  | { readonly op: 'before' | 'after' | 'overlaps'; readonly event: EventName; readonly other: EventName }
  | { readonly op: 'during'; readonly event: EventName }
  | { readonly op: 'state'; readonly value: StateWord; readonly boundary: RuleBoundary }
  | { readonly op: 'asserted'; readonly value: StateWord }
  /** The scope inspected at a boundary against the damage's aspect and region. */
  | { readonly op: 'covers'; readonly boundary: RuleBoundary }
  | { readonly op: 'covered'; readonly quantity: CoveredQuantity }
  | { readonly op: 'shock'; readonly how: 'within' | 'beyond'; readonly limits: ShockLimits }
  /** The mean kinetic temperature of the leg. */
  | { readonly op: 'kinetic-mean'; readonly how: 'within' | 'beyond'; readonly limits: ClimateLimits }
  /** All time beyond a limit on the leg, taken together. */
  | { readonly op: 'excursion-time'; readonly limits: ClimateLimits; readonly hours: number }
  /** A blow harder than a drop from a height, the rebound keeping a part of the speed. */
  | { readonly op: 'drop'; readonly heightMm: number; readonly restitutionPermille: number }
  /** The root mean square of the acceleration over the leg. */
  | { readonly op: 'rms'; readonly limitMilliG: number }
  | { readonly op: 'leg-ends'; readonly boundary: RuleBoundary | 'nowhere' }
  | { readonly op: 'located'; readonly how: 'implicated' | 'located' | 'open' }
  | { readonly op: 'agreed'; readonly term: AgreedTerm }
  | { readonly op: 'undertaken'; readonly what: Undertaking; readonly by: PartyWord }
  | { readonly op: 'incident'; readonly code: IncidentCode; readonly by: PartyWord }
  | { readonly op: 'signed-off' }
  /** No notice within the days that both sides signed. */
  | { readonly op: 'notice-late' }
  /** Left in a locker, with somebody or nowhere, and the recipient had not agreed to that. */
  | { readonly op: 'left-without-consent' }
  | { readonly op: 'delivery-refused' }
  | {
      readonly op: 'has';
      readonly predicate: CodedPredicate;
      readonly code: string;
      readonly against: PartyWord;
      readonly grade: number;
    }
  | { readonly op: 'amount'; readonly head: Head; readonly compare: Comparison; readonly amountMinor: number }
  | { readonly op: 'same-party'; readonly roles: readonly [Role, Role] }
  | { readonly op: 'acts-for'; readonly agent: PartyWord; readonly principal: PartyWord };

/** Conditions of one kind. */
export type ConditionWith<Op extends Condition['op'], Of = Condition> = Of extends { readonly op: infer Ops }
  ? Op extends Ops
    ? Of
    : never
  : never;

/** The conditions directly inside one; empty for a sentence. */
export function partsOf(condition: Condition): readonly Condition[] {
  switch (condition.op) {
    case 'all':
    case 'any':
      return condition.of;
    case 'not':
    case 'shown':
    case 'some':
    case 'every':
    case 'count':
      return [condition.of];
    default:
      return [];
  }
}

/** Calls `visit` for a condition and everything inside it; `inLeg` tells whether a `some` or `every leg` encloses it. */
export function walkCondition(
  condition: Condition,
  visit: (condition: Condition, inLeg: boolean) => void,
  inLeg = false,
): void {
  visit(condition, inLeg);
  const binds = condition.op === 'some' || condition.op === 'every' || condition.op === 'count';
  for (const part of partsOf(condition)) walkCondition(part, visit, inLeg || binds);
}
