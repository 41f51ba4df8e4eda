import type { CustodyInterval } from '../facts/custody.js';
import type { Fact } from '../facts/fact.js';
import { openCase } from './case.js';
import type { Assessment } from './finding.js';
import { type Hypothesis, hypotheses } from './hypothesis.js';
import { recordsAnything, withFacts } from './hypothetical-facts.js';
import { CaseDecisions } from './issue-graph.js';
import { bearersOf, innerOf, isLoss, sameBearers } from './preflight-bearers.js';
import type { PreflightCase } from './preflight-case.js';
import type { Advice, Bearers } from './preflight-form.js';
import { StepBudget } from './step-budget.js';

const MOST_COMPUTED = 1_000;
const MOST_STEPS = 20_000_000;

/** How many cases may still be computed, over all disputes of one report. */
export class PreflightBudget {
  readonly #steps = new StepBudget(MOST_STEPS);
  #computed = 0;

  get computed(): number {
    return this.#computed;
  }

  get isExhausted(): boolean {
    return this.#computed >= MOST_COMPUTED || this.#steps.left <= 0;
  }

  get stepsLeft(): number {
    return this.#steps.left;
  }

  count(): void {
    this.#computed += 1;
  }

  /** False where a case took more than was left: it was not computed to its end. */
  spend(steps: number): boolean {
    this.#steps.spend(steps);
    return this.#steps.left >= 0;
  }
}

/** A supposed case, who bears it as it stands, and which records of it are past. */
export interface AdviceQuestion {
  readonly given: PreflightCase;
  readonly assessment: Assessment;
  readonly bearers: Bearers;
  /** Records of today: what was recorded at their boundaries is past. */
  readonly past: ReadonlySet<string>;
}

/** What a record more would come to. */
interface Outcome {
  readonly would: Bearers;
  readonly inner: string;
}

/** Single records first, then pairs of those that change something short of the outcome. */
export function adviceOn(
  question: AdviceQuestion,
  budget: PreflightBudget,
): { readonly advice: readonly Advice[]; readonly complete: boolean } {
  const { assessment, bearers: now } = question;
  const inner = innerOf(assessment.decisions);
  const advice: Advice[] = [];
  const partial: Hypothesis[] = [];
  for (const one of worthTrying(question)) {
    const found = outcomeWith(question, one.facts, budget);
    if (found === null) return { advice, complete: false };
    if (!sameBearers(found.would, now)) {
      if (!gives([one], found.would)) advice.push(advise([one], found.would));
    } else if (found.inner !== inner || isHalf(one)) partial.push(one);
  }
  for (const [index, one] of partial.entries()) {
    for (const other of partial.slice(index + 1)) {
      const found = outcomeWith(question, [...one.facts, ...other.facts], budget);
      if (found === null) return { advice, complete: false };
      if (!sameBearers(found.would, now) && !gives([one, other], found.would))
        advice.push(advise([one, other], found.would));
    }
  }
  return { advice, complete: true };
}

function worthTrying({ assessment: { decisions }, given, past }: AdviceQuestion): Iterable<Hypothesis> {
  const all = new Map<string, Hypothesis>();
  for (const edge of decisions.edges.filter(isLoss)) {
    for (const one of hypotheses(decisions.case, edge, { beforeTerms: true })) {
      if (liesAhead(one, decisions, past) && fitsWhatHappened(one, given, decisions)) all.set(one.id, one);
    }
  }
  return all.values();
}

/** Null when no case more may be computed. */
function outcomeWith(
  { assessment: { decisions, facts }, given }: AdviceQuestion,
  more: readonly Fact[],
  budget: PreflightBudget,
): Outcome | null {
  if (budget.isExhausted) return null;
  budget.count();
  const { recordings, rules } = decisions.case;
  const kept = recordsAnything(more) ? undefined : recordings;
  const again = openCase(withFacts(facts, more), given.dispute, rules, budget.stepsLeft, kept);
  const then = new CaseDecisions(again);
  const found = { would: bearersOf(then, given.loser), inner: innerOf(then) };
  return budget.spend(again.budget.used) ? found : null;
}

/** Can it still be recorded? What is made at a change of hands, before it; a recording of a leg, before it begins. */
function liesAhead(
  { boundary, kind, leg }: Hypothesis,
  decisions: CaseDecisions,
  past: ReadonlySet<string>,
): boolean {
  const [damage] = decisions.case.damages;
  if (damage === undefined) return false;
  const { boundaries, intervals } = damage.custody;
  if (leg !== null) {
    const interval = intervals.find((one: CustodyInterval) => one.leg === leg);
    return (
      interval?.start != null &&
      isAhead(
        boundaries.find(({ id }) => id === interval.start),
        past,
      )
    );
  }
  if (boundary === null) return false;
  const at = boundaries.find(({ id }) => id === boundary);
  // Goods that were packed and not fetched can be filmed, sealed and tested once more.
  if (at?.name === 'packing') return isAhead(boundaries[at.position + 1], past);
  return kind !== 'joint-survey' && isAhead(at, past);
}

function isAhead(
  boundary: { readonly records: readonly string[] } | undefined,
  past: ReadonlySet<string>,
): boolean {
  return boundary !== undefined && !boundary.records.some((id) => past.has(id));
}

/** Before it shows that something is wrong only what is right can be recorded, from then on only what is wrong. */
function fitsWhatHappened(
  { boundary, kind, value }: Hypothesis,
  { kind: dispute }: PreflightCase,
  decisions: CaseDecisions,
): boolean {
  if (kind === 'shock-log' || kind === 'incident' || kind === 'cause') return false;
  if (value !== 'good' && value !== 'bad') return true;
  const boundaries = decisions.case.damages[0]?.custody.boundaries ?? [];
  const shows = dispute === 'return-swap' ? 'return-receipt' : 'delivery';
  const at = boundaries.find(({ id }) => id === boundary)?.position ?? 0;
  const from = boundaries.find(({ name }) => name === shows)?.position ?? 0;
  if (dispute === 'defect') return value === 'good';
  return value === (at < from ? 'good' : 'bad');
}

/** Worth nothing alone: a film of what was packed, and what says that nothing happened to it after. */
function isHalf({ boundaryName, kind }: Hypothesis): boolean {
  return kind === 'packing-log' || kind === 'seal' || (kind === 'recording' && boundaryName === 'packing');
}

/** Nobody goes and gets a word against itself. */
function gives(adds: readonly Hypothesis[], would: Bearers): boolean {
  return adds.some(
    (one) =>
      one.kind !== 'undertaking' && one.with === null && one.by !== null && would.parties.includes(one.by),
  );
}
function advise(adds: readonly Hypothesis[], then: Bearers): Advice {
  return { adds: adds.map(({ facts: _, ...words }) => words), would: then };
}
