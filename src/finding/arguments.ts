import { agreedTerm } from '../facts/agreement-facts.js';
import type { Boundary, CustodyInterval } from '../facts/custody.js';
import type { ExcludedPart } from '../facts/exclusion.js';
import type { CauseFact, Fact, FactOf } from '../facts/fact.js';
import { isAtOrAfter } from '../facts/placement.js';
import type { Derivation } from '../facts/state-timeline.js';
import type { Template } from '../rules/issue-template.js';
import type { Issue } from '../rules/pack.js';
import type { IssueSide } from '../rules/rule.js';
import type { CodedPredicate, StateWord } from '../rules/terms.js';
import { type FindingCase, factOf } from './case.js';
import type { Argument, EdgeDesk } from './decisions.js';
import { partiesWith } from './dispute.js';
import { boundaryOf, proSide } from './edge-case.js';
import type { Grade, Peers } from './grade.js';

/** Who is hurt by each side of an issue on this edge. */
export interface Hurt {
  readonly pro: string;
  readonly con: string;
}

/** An argument for found hurts whoever argues against, and the reverse. */
export function hurtBy(desk: EdgeDesk, issue: Issue): Hurt {
  const { creditor, debtor } = desk.edge;
  return proSide(desk.edge, issue.pro) === 'debtor'
    ? { pro: creditor, con: debtor }
    : { pro: debtor, con: creditor };
}

/** Everything the records and pleadings argue on an issue; what rules argue comes on top. */
export function argumentsOf(
  theCase: FindingCase,
  desk: EdgeDesk,
  issue: Issue,
  leg: CustodyInterval | null,
): readonly Argument[] {
  const hurt = hurtBy(desk, issue);
  const found: Argument[] = [];
  for (const template of issue.shown) {
    for (const argument of argumentsFrom(template, theCase, desk, leg, hurt)) found.push(argument);
  }
  addPleaded(found, theCase, desk, issue, hurt);
  return found;
}

function argumentsFrom(
  template: Template,
  theCase: FindingCase,
  desk: EdgeDesk,
  leg: CustodyInterval | null,
  hurt: Hurt,
): readonly Argument[] {
  switch (template.shows) {
    case 'state': {
      const boundary = boundaryOf(desk.edge, leg, template.boundary);
      return boundary === null ? [] : stateArguments(theCase, desk, boundary.id, template.value, hurt);
    }
    case 'seen':
      return seenArguments(theCase, desk, template.value, hurt);
    case 'custody':
      return custodyFacts(theCase, desk, leg).map((fact) => factArgument(desk, fact, 'pro', hurt));
    case 'receipt':
      // It is the recipient's own act, so it is the recipient whom it has to bind, whoever then relies on it.
      return receiptFacts(theCase, desk).map(({ fact, to }) =>
        factArgument(desk, fact, 'pro', { ...hurt, pro: to }),
      );
    case 'delivery':
      return deliveryFacts(theCase, desk).map((fact) => factArgument(desk, fact, 'pro', hurt));
    case 'fact':
      return codedFacts(theCase, desk, leg, template.predicate, template.code).map((fact) =>
        factArgument(desk, fact, 'pro', hurt),
      );
    case 'agreed': {
      const term = agreedTerm(theCase.facts, template.term, desk.edge.creditor, desk.edge.debtor);
      return term.status === 'present' ? [factArgument(desk, term.fact, 'pro', hurt)] : [];
    }
  }
}

/** Every derivation of the state at the boundary argues for, every one of its opposite against. */
export function stateArguments(
  theCase: FindingCase,
  desk: EdgeDesk,
  boundary: string,
  value: StateWord,
  hurt: Hurt,
): readonly Argument[] {
  const derivations = desk.edge.damage.states.get(boundary)?.derivations ?? [];
  const leads = (wanted: StateWord): readonly Fact[] => {
    const ids = new Set(derivations.flatMap((one) => (one.value === wanted ? one.facts : [])));
    return [...ids].map((id) => factOf(theCase.facts, id));
  };
  const peers: Readonly<Record<StateWord, Peers>> = { good: () => leads('good'), bad: () => leads('bad') };
  const found: Argument[] = [];
  for (const derivation of derivations) {
    const side = derivation.value === value ? 'pro' : 'con';
    const argument = derivationArgument(theCase, desk, derivation, side, hurt, peers[derivation.value]);
    if (argument !== null) found.push(argument);
  }
  return found;
}

function derivationArgument(
  theCase: FindingCase,
  desk: EdgeDesk,
  derivation: Derivation,
  side: IssueSide,
  hurt: Hurt,
  peers: Peers,
): Argument | null {
  theCase.budget.take();
  if (!hasNeutral(theCase, desk, derivation.neutralOf)) return null;
  const against = hurt[side];
  const rests = derivation.facts.map((id) => desk.grader.grade(factOf(theCase.facts, id), against, peers));
  for (const { parts } of derivation.over) addGrades(rests, theCase, desk, parts, against);
  const grade = rests.reduce((low, one) => Math.min(low, one.grade), 5);
  const other = hurt[side === 'pro' ? 'con' : 'pro'];
  const defeatedBy = derivation.against.filter(
    (id) => desk.grader.grade(factOf(theCase.facts, id), other).grade >= grade,
  );
  return {
    side,
    grade: defeatedBy.length > 0 ? 0 : grade,
    by: 'derivation',
    source: derivation.id,
    how: derivation.how,
    rests,
    defeatedBy,
  };
}

/** Where the parcel was not identified in frame, a neutral record of the occasion must tie the recording to it. */
function hasNeutral(theCase: FindingCase, desk: EdgeDesk, records: readonly string[]): boolean {
  if (records.length === 0) return true;
  return records.some((id) => {
    const record = theCase.facts.records.get(id);
    return record !== undefined && desk.stance.isNeutral(record.iss, record.trusted);
  });
}

/** Parts are as good as the least of them, a part as its best alternative, an alternative as its least fact. */
export function addGrades(
  grades: Grade[],
  theCase: FindingCase,
  desk: EdgeDesk,
  parts: readonly ExcludedPart[],
  against: string,
): void {
  for (const { alternatives } of parts) {
    for (const grade of bestAlternative(theCase, desk, alternatives, against)) grades.push(grade);
  }
}

/** The grades of the best alternative; of equals the first. */
function bestAlternative(
  theCase: FindingCase,
  desk: EdgeDesk,
  alternatives: readonly (readonly string[])[],
  against: string,
): readonly Grade[] {
  let best: readonly Grade[] = [];
  let bestGrade = -1;
  for (const facts of alternatives) {
    theCase.budget.take();
    const grades = facts.map((id) => desk.grader.grade(factOf(theCase.facts, id), against));
    const grade = grades.reduce((low, one) => Math.min(low, one.grade), 5);
    if (grade > bestGrade) [best, bestGrade] = [grades, grade];
  }
  return best;
}

/** Condition facts of the damage that stand at or after its first delivery. */
function seenArguments(
  theCase: FindingCase,
  desk: EdgeDesk,
  value: StateWord,
  hurt: Hurt,
): readonly Argument[] {
  const facts = seenFacts(theCase, desk);
  return facts.map((fact) => {
    const peers: Peers = () => facts.filter((other) => other.value === fact.value);
    return factArgument(desk, fact, fact.value === value ? 'pro' : 'con', hurt, peers);
  });
}

export function seenFacts(theCase: FindingCase, desk: EdgeDesk): readonly FactOf<'condition'>[] {
  const { delivery, timeline } = desk.edge.damage;
  if (delivery === null) return [];
  const ids = new Set(
    timeline.placements.filter((one) => isAtOrAfter(one, delivery)).map(({ fact }) => fact),
  );
  return theCase.facts.of('condition').filter(({ id }) => ids.has(id));
}

/**
 * Passages by which the leg's holder took the goods over or handed them on, as either side told of them, and stops at
 * which it handed them to itself: whoever does that has them.
 */
function custodyFacts(theCase: FindingCase, desk: EdgeDesk, leg: CustodyInterval | null): readonly Fact[] {
  if (leg === null) return [];
  const { boundaries, custody } = desk.edge.damage;
  const at = (boundary: string | null): readonly Fact[] => {
    const passage = boundary === null ? null : (boundaries.get(boundary)?.passage ?? null);
    const ids = passage === null ? [] : custody.passages[passage]!.facts;
    return ids.map((id) => factOf(theCase.facts, id));
  };
  const took = at(leg.start).filter((fact) =>
    fact.predicate === 'handed-over'
      ? fact.to === leg.holder
      : fact.predicate === 'holds' && fact.party === leg.holder,
  );
  const gave = at(leg.end).filter((fact) => fact.predicate === 'handed-over' && fact.from === leg.holder);
  const { holder } = leg;
  const stops = theCase.facts
    .of('handed-over')
    .filter(
      (fact) =>
        fact.from === holder && fact.to === holder && fact.sub === custody.sub && touchesLeg(fact, leg),
    );
  const ids = new Set([...took, ...gave].map(({ id }) => id));
  return [...took, ...gave, ...stops.filter(({ id }) => !ids.has(id))];
}

/** What the consignee of the edge's journey signed of getting the goods there, and recordings that it had them. */
function receiptFacts(
  theCase: FindingCase,
  desk: EdgeDesk,
): readonly { readonly fact: Fact; readonly to: string }[] {
  const { custody } = desk.edge.damage;
  const boundary = arrival(desk);
  if (boundary?.passage == null) return [];
  const { facts, holds, to } = custody.passages[boundary.passage]!;
  const own = facts.map((id) => factOf(theCase.facts, id));
  for (const fact of theCase.facts.of('holds')) if (holds.includes(fact.prov.records[0]!)) own.push(fact);
  const signed = theCase.facts
    .of('signed-off')
    .filter(
      (fact) =>
        fact.consignee === to &&
        fact.remark !== 'refused' &&
        (boundary.records.includes(fact.passage) || boundary.records.includes(fact.prov.records[0]!)),
    );
  const received = [...own.filter(({ prov }) => prov.signer === to), ...signed];
  return [...new Set(received)].map((fact) => ({ fact, to }));
}

/** Where the edge's journey ends, or the way to the buyer; null for a journey of which nobody tells that it ended. */
function arrival({ edge }: EdgeDesk): Boundary | null {
  return boundaryOf(edge, null, 'delivery');
}

/** What anybody signed of handing the goods to the consignee. */
function deliveryFacts(theCase: FindingCase, desk: EdgeDesk): readonly Fact[] {
  const boundary = arrival(desk);
  if (boundary?.passage == null) return [];
  const { facts } = desk.edge.damage.custody.passages[boundary.passage]!;
  return facts.map((id) => factOf(theCase.facts, id)).filter(({ predicate }) => predicate === 'handed-over');
}

/** Facts of a predicate and code; an event in time must touch the leg an issue is about. */
export function codedFacts(
  theCase: FindingCase,
  desk: EdgeDesk,
  leg: CustodyInterval | null,
  predicate: CodedPredicate,
  code: string,
): readonly Fact[] {
  const { facts } = theCase;
  const inLeg = (fact: Fact): boolean => leg === null || touchesLeg(fact, leg);
  switch (predicate) {
    case 'incident':
      return facts.of('incident').filter((fact) => fact.code === code && inLeg(fact));
    case 'cause':
      // A cause is found long after; what it speaks of is the damage, not the day of the finding.
      return facts.of('cause').filter((fact) => fact.cause === code && isFirm(fact) && speaksOf(desk, fact));
    case 'disclosed':
      return facts.of('disclosed').filter((fact) => namesASeller(theCase, fact.args));
    case 'returned':
      return facts.of('returned').filter((fact) => fact.args['stage'] === code);
    case 'used':
      return facts.of('used').filter((fact) => fact.args['event'] === code && isAfterDelivery(desk, fact));
    case 'sealed':
      return facts.of('sealed').filter((fact) => fact.action === code && inLeg(fact));
  }
}

/** Did whoever showed the goods say who sells them? */
function namesASeller({ dispute }: FindingCase, args: Readonly<Record<string, unknown>>): boolean {
  const shown = args['shownAsSeller'] as { readonly party?: unknown } | null | undefined;
  const sellers: readonly unknown[] = partiesWith(dispute, 'seller').map(({ id }) => id);
  return shown != null && sellers.includes(shown.party);
}

/** "Possible" and "undetermined" leave the cause open: they argue nothing. */
function isFirm({ strength }: CauseFact): boolean {
  return strength === 'sole' || strength === 'probable';
}

/** Use of this item that began when the buyer had it: trying it out before is the seller's affair. */
function isAfterDelivery(desk: EdgeDesk, fact: Fact): boolean {
  const delivered = desk.edge.damage.delivery?.time.to ?? null;
  return speaksOf(desk, fact) && delivered !== null && (fact.time.from ?? 0) >= delivered;
}

/** A finding about one item says nothing of another. */
function speaksOf(desk: EdgeDesk, { sub }: Fact): boolean {
  return sub === desk.edge.damage.goods.sub;
}

export function touchesLeg({ time }: Pick<Fact, 'time'>, leg: Pick<CustodyInterval, 'time'>): boolean {
  const begins = leg.time.to === null || time.from === null || time.from <= leg.time.to;
  const ends = leg.time.from === null || time.to === null || time.to >= leg.time.from;
  return begins && ends;
}

function factArgument(desk: EdgeDesk, fact: Fact, side: IssueSide, hurt: Hurt, peers?: Peers): Argument {
  desk.grader.step();
  const grade = desk.grader.grade(fact, hurt[side], peers);
  return { side, grade: grade.grade, by: 'fact', source: fact.id, how: null, rests: [grade], defeatedBy: [] };
}

/** What a party pleads counts in full against itself and, for itself, as a bare statement. */
const ADMISSION = 5;
const ASSERTION = 1;

function addPleaded(
  found: Argument[],
  { dispute }: FindingCase,
  { edge }: EdgeDesk,
  issue: Issue,
  hurt: Hurt,
): void {
  for (const [index, { issue: name, party, position }] of dispute.pleadings.entries()) {
    const own = party === edge.creditor || party === edge.debtor;
    if (name !== issue.name || position === 'silent' || !own) continue;
    const side = position === 'deny' ? 'con' : 'pro';
    const grade = party === hurt[side] ? ADMISSION : ASSERTION;
    found.push({ side, grade, by: 'pleading', source: String(index), how: null, rests: [], defeatedBy: [] });
  }
}
