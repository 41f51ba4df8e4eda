import { basisOfLiable, basisOfNotLiable, edgesRead, isOutOfScope, strongest } from './basis.js';
import type { Decided, EdgeDecision, Fork, Location, RuleReading } from './decisions.js';
import type { EdgeCase } from './edge-case.js';
import { effective, forkings } from './forks.js';
import { locate } from './locate.js';
import type { ReferCode } from './reasons.js';
import { bindings, isInForce, readRule } from './rule-reading.js';

type Status = EdgeDecision['status'];

/** Decides who owes on an edge: bars, then the rules that make it liable, then why. */
export function decideEdge(decided: Decided, edge: EdgeCase): EdgeDecision {
  const { case: theCase } = decided;
  if (!edge.damage.custody.complete || !edge.damage.timeline.complete) return referred(edge, 'too-large');
  const readings: RuleReading[] = [];
  for (const rule of [...edge.rules.bar, ...edge.rules.refer, ...edge.rules.liable]) {
    if (!isInForce(theCase, edge, rule) || !concernsHead(rule.effect, edge)) continue;
    for (const leg of bindings(rule, edge)) readings.push(readRule(rule, edge, leg, decided));
  }
  const forking = forkings(readings, theCase.rules);
  const statuses = forking.choices.map(statusOf);
  // Barred or without ground: the debtor owes nothing either way.
  const isOwed = statuses.some((one) => one !== 'barred' && one !== 'not-liable');
  const status = statuses.find((one) => one === 'not-liable' && !isOwed) ?? statuses[0]!;
  const same = !isOwed || statuses.every((one) => one === status);
  const forks = forking.unknown.map(
    ({ leg, rule }): Fork => ({ leg, matters: forking.tooMany || !same, rule: rule.id }),
  );
  if (forking.tooMany) return { ...referred(edge, 'too-many-unknowns'), readings, forks };
  if (!same) {
    const decisive = forking.unknown;
    return { ...referred(edge, 'unknown-matters'), readings, forks, decisive };
  }
  return { ...concluded(decided, edge, status, forking.choices[statuses.indexOf(status)]!, readings), forks };
}

function concernsHead(effect: RuleReading['rule']['effect'], { head }: EdgeCase): boolean {
  if (effect.kind === 'liable') return effect.head === head;
  const ofHead = effect.kind === 'bar' || effect.kind === 'refer';
  return ofHead && (effect.head === null || effect.head === head);
}

function statusOf(holding: readonly RuleReading[]): Status {
  if (holding.some(({ rule }) => rule.effect.kind === 'bar')) return 'barred';
  const isOwed = holding.some(({ rule }) => rule.effect.kind === 'liable');
  // Whether notice came in reasonable time matters only for what would be owed.
  const refers = ({ rule: { effect } }: RuleReading): boolean =>
    effect.kind === 'refer' && (isOwed || effect.because !== 'reasonable-time');
  if (holding.some(refers)) return 'refer';
  return isOwed ? 'liable' : 'not-liable';
}

/** Nothing is said of who, where and how. */
const UNDECIDED = {
  basis: 'burden-default',
  location: null,
  leg: null,
  mode: 'sole',
  with: null,
  restsOnEdge: null,
} as const;

function referred(edge: EdgeCase, referBecause: NonNullable<EdgeDecision['referBecause']>): EdgeDecision {
  return { edge, ...UNDECIDED, status: 'refer', decisive: [], readings: [], forks: [], referBecause };
}

function concluded(
  decided: Decided,
  edge: EdgeCase,
  status: Status,
  holding: readonly RuleReading[],
  readings: readonly RuleReading[],
): EdgeDecision {
  const plain = { ...referred(edge, 'unknown-matters'), status, readings, referBecause: null };
  if (status === 'barred') {
    const decisive = holding.filter(({ rule }) => rule.effect.kind === 'bar');
    return { ...plain, basis: 'time-bar', decisive };
  }
  if (status === 'refer') {
    const decisive = holding.filter(({ rule }) => rule.effect.kind === 'refer');
    return { ...plain, referBecause: referredBy(decisive), decisive };
  }
  if (status === 'not-liable') {
    // Only rules that say who is liable failed; a bar that did not hold is no reason.
    const failed = readings.filter(({ rule, value }) => rule.effect.kind === 'liable' && value === false);
    const inScope = failed.filter((reading) => !isOutOfScope(reading));
    return { ...plain, basis: basisOfNotLiable(inScope), decisive: inScope.length > 0 ? inScope : failed };
  }
  const owed = { ...plain, ...liable(decided, edge, holding, readings) };
  // Whatever a pack's rules say: what punishes is for a person, even where the debtor admits everything.
  return edge.head === 'punitive' ? { ...owed, ...PUNITIVE } : owed;
}

const PUNITIVE = { ...UNDECIDED, status: 'refer', referBecause: 'punitive' } as const;

/** The code of what the law leaves open; of several rules the first says it. */
function referredBy([first]: readonly RuleReading[]): ReferCode {
  const effect = first?.rule.effect;
  if (effect?.kind !== 'refer' || effect.because === 'discretion') return 'law-leaves-it-open';
  return effect.because;
}

function liable(
  decided: Decided,
  edge: EdgeCase,
  holding: readonly RuleReading[],
  readings: readonly RuleReading[],
): Partial<EdgeDecision> {
  // Where every choice of the unknown makes it liable, but none of the sure rules alone does, the unknown ones carry it.
  const sure = holding.filter(({ rule }) => rule.effect.kind === 'liable');
  const carrying =
    sure.length > 0
      ? sure
      : effective(
          readings.filter(({ value }) => value !== false),
          decided.case.rules,
        );
  const decisive = firstLegOf(
    carrying.filter(({ rule }) => rule.effect.kind === 'liable'),
    edge,
  );
  const found = decisive.map((reading) => {
    const copied = edgesRead(reading.if).find(({ status }) => status === 'liable');
    const location = copied === undefined ? locationOf(decided, edge, reading) : copied.location;
    return { reading, copied, location, basis: basisOfLiable(reading, location) };
  });
  const basis = strongest(found.map((one) => one.basis));
  const best = found.find((one) => one.basis === basis) ?? found[0]!;
  const { effect } = best.reading.rule;
  return {
    basis,
    decisive,
    location: best.location,
    leg: best.reading.leg,
    restsOnEdge: best.copied?.edge ?? null,
    mode: effect.kind === 'liable' ? effect.mode : 'sole',
    with:
      effect.kind === 'liable' && effect.with !== null ? jointWith(edge, best.reading, effect.with) : null,
  };
}

/** Of legs that would each make the edge liable, the first decides. */
function firstLegOf(readings: readonly RuleReading[], edge: EdgeCase): readonly RuleReading[] {
  const position = (reading: RuleReading): number => edge.legs.findIndex(({ leg }) => leg === reading.leg);
  const legs = readings.filter(({ leg }) => leg !== null).map(position);
  if (legs.length === 0) return readings;
  const first = Math.min(...legs);
  return readings.filter((reading) => reading.leg === null || position(reading) === first);
}

/** A place is asked for only where a leg's holder answers for the leg. */
function locationOf(decided: Decided, edge: EdgeCase, reading: RuleReading): Location | null {
  const leg = edge.legs.find((one) => one.leg === reading.leg);
  return leg === undefined || reading.leg === null ? null : locate(decided, edge, leg);
}

function jointWith(edge: EdgeCase, reading: RuleReading, word: string): string | null {
  if (word === 'leg.holder') return edge.legs.find(({ leg }) => leg === reading.leg)?.holder ?? null;
  return word === 'creditor' || word === 'claimant' ? edge.creditor : edge.debtor;
}
