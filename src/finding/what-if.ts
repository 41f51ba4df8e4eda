import type { CaseFacts } from '../facts/case-facts.js';
import { deriveFacts } from '../facts/derive-facts.js';
import type { Fact } from '../facts/fact.js';
import type { Pack } from '../rules/pack.js';
import { compareText } from '../rules/terms.js';
import type { VerifiedPassport } from '../verify/verified-passport.js';
import { openCase } from './case.js';
import type { EdgeDecision } from './decisions.js';
import type { Dispute } from './dispute.js';
import { type Assessment, assess, scopeOf } from './finding.js';
import { type Hypothesis, hypotheses, MOST_HYPOTHESES } from './hypothesis.js';
import { recordsAnything, withFacts } from './hypothetical-facts.js';
import { CaseDecisions } from './issue-graph.js';
import type { LegRecordings } from './leg-recordings.js';
import { StepBudget } from './step-budget.js';

/** A smallest set of records that would change the edge, and what it would then be. */
export interface Flip {
  readonly adds: readonly Omit<Hypothesis, 'facts'>[];
  readonly status: EdgeDecision['status'];
  readonly basis: EdgeDecision['basis'];
}

/** What an edge rests on and what would change it. Computed on demand and outside the finding's digest. */
export interface WhatIf {
  /** Digest of the finding. */
  readonly finding: string;
  readonly edge: string;
  /** Records each of which, struck out, changes the edge; sorted. */
  readonly restsOn: readonly string[];
  readonly wouldFlip: {
    /** What can no longer be had: a lesson. */
    readonly wouldHave: readonly Flip[];
    /** What still can. */
    readonly couldStill: readonly Flip[];
  };
  /** False when not everything was tried. */
  readonly complete: boolean;
}

const MOST_RECORDS = 64;
const MOST_PAIRS = 256;
/** Every question computes the case anew: one that is large is not asked hundreds of them. */
const MOST_STEPS = 2_000_000;
const MOST_PLACEMENTS = 512;

/** What one edge of a finding rests on, and the smallest additions that would change it. Throws what `find` throws, and RangeError when the finding has no such edge. */
export function whatIf(
  passports: VerifiedPassport | readonly VerifiedPassport[],
  dispute: Dispute,
  packs: readonly Pack[],
  edgeId: string,
): WhatIf {
  const given = 'item' in passports ? [passports] : passports;
  return whatIfOf(assess(given, dispute, packs), given, edgeId);
}

/** As `whatIf`, of an assessment that is at hand. */
export function whatIfOf(
  assessment: Assessment,
  passports: VerifiedPassport | readonly VerifiedPassport[],
  edgeId: string,
): WhatIf {
  const given = 'item' in passports ? [passports] : passports;
  const { decisions, finding } = assessment;
  const edge = decisions.edges.find(({ id }) => id === edgeId);
  if (edge === undefined) throw new RangeError(`the finding has no edge \`${edgeId}\``);
  const nothing = {
    finding: finding.digest,
    edge: edgeId,
    restsOn: [],
    wouldFlip: { wouldHave: [], couldStill: [] },
  };
  if (edge.damage.timeline.placements.length > MOST_PLACEMENTS) return { ...nothing, complete: false };
  const steps = new StepBudget(MOST_STEPS);
  const now = snapshot(decisions, edgeId);
  const rests = restsOn(assessment, given, edgeId, now, steps);
  const flips = wouldFlip(assessment, edgeId, now, steps);
  return {
    finding: finding.digest,
    edge: edgeId,
    restsOn: rests.records,
    wouldFlip: {
      wouldHave: flips.found.filter(({ adds }) => adds.some((one) => !one.stillPossible)),
      couldStill: flips.found.filter(({ adds }) => adds.every((one) => one.stillPossible)),
    },
    complete: rests.complete && flips.complete,
  };
}

/** Of the edges that somebody claims under; of all where nobody claims anything. */
export function whatIfOfPleaded(
  assessment: Assessment,
  passports: readonly VerifiedPassport[],
): readonly WhatIf[] {
  const { edges } = assessment.finding;
  const claimed = edges.filter((edge) => edge.pleaded);
  return (claimed.length > 0 ? claimed : edges).map(({ id }) => whatIfOf(assessment, passports, id));
}

interface Snapshot {
  readonly status: EdgeDecision['status'];
  readonly basis: EdgeDecision['basis'];
  /** Status, basis and place: what a reader would call another outcome. */
  readonly outcome: string;
  /** Grades and statuses of the issues behind it. */
  readonly intermediate: string;
}

function snapshot(decisions: CaseDecisions, edgeId: string): Snapshot {
  const edge = decisions.edges.find(({ id }) => id === edgeId);
  if (edge === undefined)
    return { status: 'not-liable', basis: 'burden-default', outcome: 'no edge', intermediate: '' };
  const { basis, leg, location, mode, status } = decisions.edge(edge);
  const issues = decisions
    .issuesOf(edge)
    .map((one) => `${one.issue.name} ${one.leg} ${one.status} ${one.by} ${one.pro} ${one.con}`)
    .sort();
  return {
    status,
    basis,
    outcome: [status, basis, location, leg, mode].join(' '),
    intermediate: issues.join('\n'),
  };
}

/** The edge with other facts; null when no steps are left to compute it. */
function retry(
  { decisions }: Assessment,
  facts: CaseFacts,
  edgeId: string,
  steps: StepBudget,
  recordings?: LegRecordings,
): Snapshot | null {
  const { dispute, rules } = decisions.case;
  if (steps.left <= 0) return null;
  const again = openCase(facts, dispute, rules, steps.left, recordings);
  const then = snapshot(new CaseDecisions(again), edgeId);
  steps.spend(again.budget.used);
  return steps.left < 0 ? null : then;
}

function restsOn(
  assessment: Assessment,
  passports: readonly VerifiedPassport[],
  edgeId: string,
  now: Snapshot,
  steps: StepBudget,
): { readonly records: readonly string[]; readonly complete: boolean } {
  const all = [...assessment.facts.records.keys()].sort(compareText);
  const cited = assessment.finding.edges.find(({ id }) => id === edgeId)?.records ?? [];
  const tried = all.length <= MOST_RECORDS ? all : cited.slice(0, MOST_RECORDS);
  const { dispute } = assessment.decisions.case;
  let complete = all.length <= MOST_RECORDS;
  const records = tried.filter((id) => {
    const without = passports.map((passport) => ({
      ...passport,
      records: passport.records.filter((record) => record.id !== id),
    }));
    const facts = deriveFacts(without, scopeOf(dispute));
    const then = retry(assessment, facts, edgeId, steps);
    complete &&= then !== null;
    return then !== null && then.outcome !== now.outcome;
  });
  return { records, complete };
}

function wouldFlip(
  assessment: Assessment,
  edgeId: string,
  now: Snapshot,
  steps: StepBudget,
): { readonly found: readonly Flip[]; readonly complete: boolean } {
  const { decisions, facts } = assessment;
  const edge = decisions.edges.find(({ id }) => id === edgeId)!;
  const all = hypotheses(decisions.case, edge);
  const tried = all.slice(0, MOST_HYPOTHESES);
  const { stance } = decisions.desk(edge);
  // Whoever loses by its own word would be admitting it: nobody can go and get that.
  const gives = ({ by, with: joint }: Hypothesis, then: Snapshot): boolean =>
    by !== null &&
    joint === null &&
    stance.alignment(by) === (then.status === 'liable' ? 'debtor' : 'creditor');
  const added = (more: readonly Fact[]): Snapshot | null => {
    const recordings = recordsAnything(more) ? undefined : decisions.case.recordings;
    return retry(assessment, withFacts(facts, more), edgeId, steps, recordings);
  };
  const found: Flip[] = [];
  const partial: Hypothesis[] = [];
  for (const one of tried) {
    const then = added(one.facts);
    if (then === null) return { found, complete: false };
    if (then.status !== now.status) {
      if (!gives(one, then)) found.push(flip([one], then));
    } else if (then.intermediate !== now.intermediate) partial.push(one);
  }
  let pairs = 0;
  for (const [index, one] of partial.entries()) {
    for (const other of partial.slice(index + 1)) {
      pairs += 1;
      if (pairs > MOST_PAIRS) return { found, complete: false };
      // Two that say opposite things of one place would only cancel each other.
      if (contradict(one, other)) continue;
      const then = added([...one.facts, ...other.facts]);
      if (then === null) return { found, complete: false };
      if (then.status === now.status || gives(one, then) || gives(other, then)) continue;
      found.push(flip([one, other], then));
    }
  }
  return { found, complete: all.length <= MOST_HYPOTHESES };
}

/** Opposite words of one place, or broken before and sound after: no two such records can both be true. */
function contradict(one: Hypothesis, other: Hypothesis): boolean {
  if (one.position === null || other.position === null) {
    return one.leg !== null && one.leg === other.leg && one.value !== other.value;
  }
  if (one.position === other.position) return one.value !== other.value;
  const [earlier, later] = one.position < other.position ? [one, other] : [other, one];
  return earlier.value === 'bad' && later.value === 'good';
}

function flip(adds: readonly Hypothesis[], { basis, status }: Snapshot): Flip {
  return { adds: adds.map(({ facts: _, ...words }) => words), status, basis };
}
