import type { CaseFacts } from '../facts/case-facts.js';
import { deriveFacts } from '../facts/derive-facts.js';
import type { Pack } from '../rules/pack.js';
import { compareText } from '../rules/terms.js';
import type { VerifiedPassport } from '../verify/verified-passport.js';
import { openCase } from './case.js';
import type { EdgeDecision, IssueDecision } from './decisions.js';
import type { Dispute } from './dispute.js';
import type { EdgeCase } from './edge-case.js';
import { type Assessment, assess, scopeOf } from './finding.js';
import { type Hypothesis, hypotheses, MOST_HYPOTHESES } from './hypothesis.js';
import { recordsAnything, withFacts } from './hypothetical-facts.js';
import { CaseDecisions } from './issue-graph.js';
import type { LegRecordings } from './leg-recordings.js';
import { asksDirectly, type IssueGrades, isMoot, templatesRead } from './moot-pair.js';
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
/** So many findings a run computes at most beside the one it is about, over all of its edges. */
const MOST_FINDINGS = 199;

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
  return runWhatIf(assessment, passports, [edgeId]).answers[0]!;
}

/** Of the edges that somebody claims under; of all where nobody claims anything. */
export function whatIfOfPleaded(
  assessment: Assessment,
  passports: readonly VerifiedPassport[],
): readonly WhatIf[] {
  return runWhatIf(assessment, passports, askedEdges(assessment)).answers;
}

/** The edges a run is about where nobody names any. */
export function askedEdges({ finding: { edges } }: Assessment): readonly string[] {
  const claimed = edges.filter((edge) => edge.pleaded);
  return (claimed.length > 0 ? claimed : edges).map(({ id }) => id);
}

/** What was asked of several edges at once, and what it took. */
export interface WhatIfRun {
  /** In the order of the edges asked about. */
  readonly answers: readonly WhatIf[];
  /** Findings that were computed, the one it is about among them. */
  readonly findings: number;
}

/**
 * What several edges rest on and what would change them. A case with one record less, or one more, is computed once for
 * all edges that ask about it, so that a run over all edges stays within a bound. Throws RangeError when the finding has
 * no such edge.
 */
export function runWhatIf(
  assessment: Assessment,
  passports: VerifiedPassport | readonly VerifiedPassport[],
  edgeIds: readonly string[],
): WhatIfRun {
  const run = new OtherCases(assessment, 'item' in passports ? [passports] : passports, edgeIds.length);
  const { decisions, finding } = assessment;
  const asked = edgeIds.map((edgeId) => {
    const edge = decisions.edges.find(({ id }) => id === edgeId);
    if (edge === undefined) throw new RangeError(`the finding has no edge \`${edgeId}\``);
    return edge;
  });
  const small = (edge: EdgeCase): boolean => edge.damage.timeline.placements.length <= MOST_PLACEMENTS;
  const now = new Map(asked.map((edge) => [edge, snapshot(decisions, edge.id)]));
  // Pairs come last: were the bound met, they are what is left out, the least promising first.
  const rests = asked.map((edge) => (small(edge) ? restsOn(run, edge, now.get(edge)!) : NOT_ASKED));
  const singles = asked.map((edge) => (small(edge) ? alone(run, edge, now.get(edge)!) : NOT_TRIED));
  const pairs = inPairs(
    run,
    asked.map((edge, index) => ({ edge, now: now.get(edge)!, alone: singles[index]! })),
  );
  const answers = asked.map((edge, index): WhatIf => {
    const flips = [...singles[index]!.found, ...pairs[index]!.found];
    return {
      finding: finding.digest,
      edge: edge.id,
      restsOn: rests[index]!.records,
      wouldFlip: {
        wouldHave: flips.filter(({ adds }) => adds.some((one) => !one.stillPossible)),
        couldStill: flips.filter(({ adds }) => adds.every((one) => one.stillPossible)),
      },
      complete: rests[index]!.complete && singles[index]!.complete && pairs[index]!.complete,
    };
  });
  return { answers, findings: run.findings };
}

interface Rests {
  readonly records: readonly string[];
  readonly complete: boolean;
}
const NOT_ASKED: Rests = { records: [], complete: false };

interface Flips {
  readonly found: readonly Flip[];
  readonly complete: boolean;
}

interface Snapshot {
  readonly status: EdgeDecision['status'];
  readonly basis: EdgeDecision['basis'];
  /** Status, basis and place: what a reader would call another outcome. */
  readonly outcome: string;
  /** Grades and statuses of the issues behind it. */
  readonly intermediate: string;
  readonly issues: ReadonlyMap<string, Pick<IssueDecision, 'status' | 'pro' | 'con'>>;
  /** Of it and of every edge that its rules read. */
  readonly grades: IssueGrades;
}

function snapshot(decisions: CaseDecisions, edgeId: string): Snapshot {
  const edge = decisions.edges.find(({ id }) => id === edgeId);
  if (edge === undefined)
    return {
      status: 'not-liable',
      basis: 'burden-default',
      outcome: 'no edge',
      intermediate: '',
      issues: new Map(),
      grades: new Map(),
    };
  const { basis, leg, location, mode, status } = decisions.edge(edge);
  const read = decisions.issuesOf(edge);
  const reads = templatesRead(decisions.case.rules, edge.template.name);
  const issues = read
    .map((one) => `${one.issue.name} ${one.leg} ${one.status} ${one.by} ${one.pro} ${one.con}`)
    .sort();
  return {
    status,
    basis,
    outcome: [status, basis, location, leg, mode].join(' '),
    intermediate: issues.join('\n'),
    issues: new Map(read.map((one) => [`${one.issue.name} ${one.leg}`, one])),
    grades: new Map(
      decisions.edges
        .filter(({ damage, template }) => damage.index === edge.damage.index && reads.has(template.name))
        .flatMap((other) =>
          decisions.issuesOf(other).map((one) => [`${other.id} ${one.issue.name} ${one.leg}`, one] as const),
        ),
    ),
  };
}

/** The cases that a run computes, each once, and how many they are. */
class OtherCases {
  readonly assessment: Assessment;
  readonly #passports: readonly VerifiedPassport[];
  readonly #steps: StepBudget;
  readonly #known = new Map<string, CaseDecisions>();

  constructor(assessment: Assessment, passports: readonly VerifiedPassport[], edges: number) {
    this.assessment = assessment;
    this.#passports = passports;
    this.#steps = new StepBudget(MOST_STEPS * edges);
  }

  get findings(): number {
    return this.#known.size + 1;
  }

  /** The edge without a record; null when nothing is left to compute it with. */
  without(record: string, edgeId: string): Snapshot | null {
    return this.#snapshot(`- ${record}`, edgeId, () => {
      const without = this.#passports.map((passport) => ({
        ...passport,
        records: passport.records.filter(({ id }) => id !== record),
      }));
      return { facts: deriveFacts(without, scopeOf(this.assessment.decisions.case.dispute)) };
    });
  }

  /** The edge with hypotheses. What they say hangs on the damage alone, so edges of one damage share them. */
  with(added: readonly Hypothesis[], { damage, id }: EdgeCase): Snapshot | null {
    const key = `+ ${damage.index} ${added.map((one) => one.id).join(' + ')}`;
    return this.#snapshot(key, id, () => {
      const more = added.flatMap(({ facts }) => facts);
      const facts = withFacts(this.assessment.facts, more);
      return recordsAnything(more)
        ? { facts }
        : { facts, recordings: this.assessment.decisions.case.recordings };
    });
  }

  #snapshot(
    key: string,
    edgeId: string,
    make: () => { readonly facts: CaseFacts; readonly recordings?: LegRecordings },
  ): Snapshot | null {
    if (this.#steps.left <= 0) return null;
    let known = this.#known.get(key);
    if (known === undefined) {
      if (this.#known.size >= MOST_FINDINGS) return null;
      const { dispute, rules } = this.assessment.decisions.case;
      const { facts, recordings } = make();
      known = new CaseDecisions(openCase(facts, dispute, rules, MOST_STEPS, recordings));
      this.#known.set(key, known);
    }
    const { budget } = known.case;
    const before = budget.used;
    const then = snapshot(known, edgeId);
    this.#steps.spend(budget.used - before);
    return this.#steps.left < 0 || budget.left < 0 ? null : then;
  }
}

function restsOn(run: OtherCases, edge: EdgeCase, now: Snapshot): Rests {
  const { facts, finding } = run.assessment;
  const all = [...facts.records.keys()].sort(compareText);
  const cited = finding.edges.find(({ id }) => id === edge.id)?.records ?? [];
  const tried = all.length <= MOST_RECORDS ? all : cited.slice(0, MOST_RECORDS);
  let complete = all.length <= MOST_RECORDS;
  const records = tried.filter((id) => {
    const then = run.without(id, edge.id);
    complete &&= then !== null;
    return then !== null && then.outcome !== now.outcome;
  });
  return { records, complete };
}

/** What came of one hypothesis at a time. */
interface Alone extends Flips {
  /** Those that change something short of the outcome. */
  readonly partial: readonly Partly[];
}
const NOT_TRIED: Alone = { found: [], partial: [], complete: false };

interface Partly {
  readonly one: Hypothesis;
  /** Does it speak against what the edge is today? */
  readonly against: boolean;
  readonly grades: IssueGrades;
}

/** Whoever loses by its own word would be admitting it: nobody can go and get that. */
function gives({ assessment }: OtherCases, edge: EdgeCase, one: Hypothesis, then: Snapshot): boolean {
  const { stance } = assessment.decisions.desk(edge);
  return (
    one.by !== null &&
    one.with === null &&
    stance.alignment(one.by) === (then.status === 'liable' ? 'debtor' : 'creditor')
  );
}

function alone(run: OtherCases, edge: EdgeCase, now: Snapshot): Alone {
  const all = hypotheses(run.assessment.decisions.case, edge);
  const found: Flip[] = [];
  const partial: Partly[] = [];
  for (const one of all.slice(0, MOST_HYPOTHESES)) {
    const then = run.with([one], edge);
    if (then === null) return { found, partial: [], complete: false };
    if (then.status !== now.status) {
      if (!gives(run, edge, one, then)) found.push(flip([one], then));
    } else if (then.intermediate !== now.intermediate)
      partial.push({ one, against: isAgainst(now, then), grades: then.grades });
  }
  return { found, partial, complete: all.length <= MOST_HYPOTHESES };
}

/** On any issue the side that prevails today gets weaker, or the other stronger. */
function isAgainst(now: Snapshot, then: Snapshot): boolean {
  if (now.issues.size !== then.issues.size) return true;
  for (const [name, { con, pro, status }] of then.issues) {
    const before = now.issues.get(name);
    if (before === undefined || before.status !== status) return true;
    const gained = [pro - before.pro, con - before.con] as const;
    const [other, own] = status === 'found' ? [gained[1], gained[0]] : gained;
    if (other > 0 || own < 0) return true;
  }
  return false;
}

interface AskedEdge {
  readonly edge: EdgeCase;
  readonly now: Snapshot;
  readonly alone: Alone;
}

interface Pair {
  readonly index: number;
  readonly one: Hypothesis;
  readonly other: Hypothesis;
  /** How many of the two speak for what the edge is today. */
  readonly unlikely: number;
}

/** Pairs of what changes something short of the outcome, over all edges the most promising first. */
function inPairs(run: OtherCases, asked: readonly AskedEdge[]): readonly Flips[] {
  const direct = asksDirectly(run.assessment.decisions.case.rules);
  const complete = asked.map(() => true);
  const found = asked.map((): (Flip & { readonly order: number })[] => []);
  const pairs = asked.flatMap(({ alone }, index) => {
    const own = pairsOf(index, alone, direct);
    if (own.length > MOST_PAIRS) complete[index] = false;
    return own.slice(0, MOST_PAIRS);
  });
  const order = new Map(pairs.map((pair, place) => [pair, place]));
  pairs.sort((a, b) => a.unlikely - b.unlikely || order.get(a)! - order.get(b)!);
  for (const pair of pairs) {
    const { index, one, other } = pair;
    const { edge, now } = asked[index]!;
    const then = run.with([one, other], edge);
    if (then === null) {
      complete[index] = false;
      continue;
    }
    if (then.status === now.status || gives(run, edge, one, then) || gives(run, edge, other, then)) continue;
    found[index]!.push({ ...flip([one, other], then), order: order.get(pair)! });
  }
  return found.map((flips, index) => ({
    found: flips.sort((a, b) => a.order - b.order).map(({ order: _, ...plain }) => plain),
    complete: complete[index]!,
  }));
}

function pairsOf(index: number, { partial }: Alone, direct: boolean): readonly Pair[] {
  return partial.flatMap(({ against, grades, one }, place) =>
    partial.slice(place + 1).flatMap((second): Pair[] => {
      // Two that say opposite things of one place would only cancel each other.
      if (contradict(one, second.one)) return [];
      if (!direct && isMoot(one, second.one, grades, second.grades)) return [];
      return [{ index, one, other: second.one, unlikely: Number(!against) + Number(!second.against) }];
    }),
  );
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
