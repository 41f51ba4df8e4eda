import { agreedTerm } from '../facts/agreement-facts.js';
import type { CustodyInterval } from '../facts/custody.js';
import type { ExcludedPart } from '../facts/exclusion.js';
import type { Fact } from '../facts/fact.js';
import type { LimitSource } from '../facts/limits.js';
import { covers } from '../facts/placement.js';
import type { Condition } from '../rules/condition.js';
import { conditionText } from '../rules/print-condition.js';
import { type PartyWord, SHOCK_LIMITS } from '../rules/terms.js';
import { codedFacts, seenFacts, stateArguments, touchesLeg } from './arguments.js';
import { factOf } from './case.js';
import type { Bound, ConditionTrace, Decided, EdgeDecision, IssueDecision } from './decisions.js';
import { partiesWith } from './dispute.js';
import { boundaryOf } from './edge-case.js';
import { eventTime, hasElapsed, isBefore, isDuring, isWithin, overlapsSurely } from './events.js';
import { limitsOf } from './leg-recordings.js';
import { isOpen, locate } from './locate.js';
import { pathValues } from './path-value.js';
import { signedOffWithoutObjection } from './signed-off.js';
import { all, any, atLeast, not, type Truth } from './truth.js';

/** What closed predicates need to count as shown. */
const CLOSED_GRADE = 3;

interface Answer {
  readonly value: Truth;
  readonly facts?: readonly string[];
  readonly sensor?: readonly ExcludedPart[];
  readonly issues?: readonly IssueDecision[];
  readonly edges?: readonly EdgeDecision[];
  readonly scope?: boolean;
}

/** Evaluates a condition and everything in it: Kleene's three values, and a trace that never short-circuits. */
export function evaluateCondition(condition: Condition, bound: Bound, decided: Decided): ConditionTrace {
  decided.case.budget.take();
  const inside = (part: Condition): ConditionTrace => evaluateCondition(part, bound, decided);
  switch (condition.op) {
    case 'all':
    case 'any': {
      const parts = condition.of.map(inside);
      const values = parts.map(({ value }) => value);
      return branch(condition, condition.op === 'all' ? all(values) : any(values), parts);
    }
    case 'not': {
      const part = inside(condition.of);
      return branch(condition, not(part.value), [part]);
    }
    case 'shown': {
      const part = inside(condition.of);
      const against = part.value === null ? (partyOf(condition.by, bound, decided) ?? condition.by) : null;
      return { ...branch(condition, part.value === true, [part]), collapsedAgainst: against };
    }
    case 'some':
    case 'every':
    case 'count': {
      const parts = bound.edge.legs.map((leg) => ({
        ...evaluateCondition(condition.of, { ...bound, leg }, decided),
        leg: leg.leg,
      }));
      const values = parts.map(({ value }) => value);
      if (condition.op === 'count') return branch(condition, atLeast(values, condition.atLeast), parts);
      return branch(condition, condition.op === 'some' ? any(values) : all(values), parts);
    }
    default:
      return leaf(condition, answer(condition, bound, decided));
  }
}

function branch(condition: Condition, value: Truth, parts: readonly ConditionTrace[]): ConditionTrace {
  return { ...leaf(condition, { value, scope: parts.every(({ scope }) => scope) }), parts };
}

const texts = new WeakMap<Condition, string>();

function textOf(condition: Condition): string {
  let text = texts.get(condition);
  if (text === undefined) {
    text = conditionText(condition);
    texts.set(condition, text);
  }
  return text;
}

function leaf(condition: Condition, { edges, facts, issues, scope, sensor, value }: Answer): ConditionTrace {
  return {
    text: textOf(condition),
    value,
    facts: facts ?? [],
    parts: [],
    collapsedAgainst: null,
    sensor: sensor ?? [],
    issues: issues ?? [],
    edges: edges ?? [],
    leg: null,
    scope: scope ?? false,
  };
}

type Sentence = Exclude<
  Condition,
  { readonly op: 'all' | 'any' | 'not' | 'shown' | 'some' | 'every' | 'count' }
>;

function answer(sentence: Sentence, bound: Bound, decided: Decided): Answer {
  const { case: theCase } = decided;
  const { edge, leg } = bound;
  const event = (name: Parameters<typeof eventTime>[2]) => eventTime(theCase, edge, name);
  switch (sentence.op) {
    case 'eq':
    case 'in': {
      const values = pathValues(theCase, bound, sentence.path);
      const wanted = sentence.op === 'eq' ? [sentence.value] : sentence.values;
      const value = values === null ? null : values.some((one) => wanted.includes(one));
      return { value, scope: sentence.path !== 'leg.mode' };
    }
    case 'eq-path': {
      const one = pathValues(theCase, bound, sentence.path);
      const other = pathValues(theCase, bound, sentence.other);
      const value = one === null || other === null ? null : one.some((word) => other.includes(word));
      return { value, scope: true };
    }
    case 'within': {
      const [a, b] = [event(sentence.event), event(sentence.of)];
      return { value: isWithin(a, sentence.period, b), facts: [...(a?.facts ?? []), ...(b?.facts ?? [])] };
    }
    case 'elapsed': {
      const [act, after] = [event(sentence.event), event(sentence.after)];
      const closed = sentence.event === 'event.notified';
      const asOf = theCase.dispute.asOf.utcS;
      const value = hasElapsed(act, sentence.period, after, closed, asOf);
      return { value, facts: [...(act?.facts ?? []), ...(after?.facts ?? [])] };
    }
    case 'before':
      return { value: isBefore(event(sentence.event), event(sentence.other)) };
    case 'after':
      return { value: isBefore(event(sentence.other), event(sentence.event)) };
    case 'overlaps':
      return { value: overlapsSurely(event(sentence.event), event(sentence.other)) };
    case 'during':
      return { value: leg === null ? null : isDuring(event(sentence.event), leg.time) };
    case 'issue':
      return issueAnswer(sentence, bound, decided);
    case 'edge':
      return edgeAnswer(sentence, bound, decided);
    case 'amount': {
      if (edge.claims.length === 0 || edge.head !== sentence.head) return { value: null, scope: true };
      const claimed = edge.claims.reduce((sum, { amountMinor }) => sum + BigInt(amountMinor), 0n);
      return { value: compareAmount(claimed, BigInt(sentence.amountMinor), sentence.compare), scope: true };
    }
    case 'same-party': {
      const [one, other] = sentence.roles.map((role) =>
        partiesWith(theCase.dispute, role).map(({ id }) => id),
      );
      return { value: one!.some((id) => other!.includes(id)), scope: true };
    }
    default:
      return evidenceAnswer(sentence, bound, decided);
  }
}

function compareAmount(claimed: bigint, figure: bigint, compare: 'lt' | 'le' | 'gt' | 'ge'): boolean {
  if (compare === 'lt') return claimed < figure;
  if (compare === 'le') return claimed <= figure;
  return compare === 'gt' ? claimed > figure : claimed >= figure;
}

/** Undetermined is unknown unless that very word is asked for; not-found is matched by not-raised too. */
function issueAnswer(
  sentence: Extract<Sentence, { readonly op: 'issue' }>,
  { edge, leg }: Bound,
  decided: Decided,
): Answer {
  const { damage, journey } = edge;
  const on =
    sentence.edge === null
      ? [edge]
      : decided.edges.filter(
          (other) =>
            other.template.name === sentence.edge &&
            other.damage === damage &&
            (other.journey === null || journey === null || other.journey === journey),
        );
  const about = decided.case.rules.issues.get(sentence.issue)!.about;
  const issues = on.flatMap((one) => {
    if (!about.includes('leg')) return [decided.issue(one, sentence.issue, null)];
    if (sentence.edge === null) return leg === null ? [] : [decided.issue(one, sentence.issue, leg)];
    return one.legs.map((each) => decided.issue(one, sentence.issue, each));
  });
  const value = any(issues.map(({ status }) => matchesIssue(status, sentence.is)));
  return { value, issues };
}

function matchesIssue(status: IssueDecision['status'], asked: IssueDecision['status']): Truth {
  if (asked === 'undetermined') return status === 'undetermined';
  if (status === 'undetermined') return null;
  if (asked === 'not-found') return status !== 'found';
  return status === asked;
}

function edgeAnswer(
  sentence: Extract<Sentence, { readonly op: 'edge' }>,
  { edge, leg }: Bound,
  decided: Decided,
): Answer {
  const edges = decided.edges
    .filter(
      (other) =>
        other.template.name === sentence.edge &&
        other.damage === edge.damage &&
        (other.journey === null || edge.journey === null || other.journey === edge.journey) &&
        (!sentence.ofLegHolder ||
          (leg !== null &&
            other.debtor === leg.holder &&
            other.legs.some(({ index }) => index === leg.index))),
    )
    .map((other) => decided.edge(other));
  const value = any(
    edges.map(({ leg: at, status }): Truth => {
      if (sentence.is === 'refer') return status === 'refer';
      if (status === 'refer') return null;
      // Of the holder of several legs only the leg that made it liable counts.
      const here = !sentence.ofLegHolder || status !== 'liable' || at === null || at === leg?.leg;
      return status === sentence.is && here;
    }),
  );
  return { value, edges };
}

type EvidenceSentence = Exclude<
  Sentence,
  {
    readonly op:
      | 'eq'
      | 'in'
      | 'eq-path'
      | 'within'
      | 'elapsed'
      | 'before'
      | 'after'
      | 'overlaps'
      | 'during'
      | 'issue'
      | 'edge'
      | 'amount'
      | 'same-party';
  }
>;

function evidenceAnswer(sentence: EvidenceSentence, bound: Bound, decided: Decided): Answer {
  const { case: theCase } = decided;
  const { edge, leg } = bound;
  const desk = decided.desk(edge);
  const graded = (fact: Fact, against: string): boolean =>
    desk.grader.grade(fact, against).grade >= CLOSED_GRADE;
  switch (sentence.op) {
    case 'state':
      return stateAnswer(sentence, bound, decided);
    case 'asserted': {
      const facts = seenFacts(theCase, desk);
      const best = (value: string): number =>
        facts
          .filter((fact) => fact.value === value)
          .reduce((most, fact) => Math.max(most, worst(desk.grader, fact, edge)), 0);
      const [wanted, opposite] = [best(sentence.value), best(sentence.value === 'good' ? 'bad' : 'good')];
      const value = wanted > opposite ? true : opposite > wanted ? false : null;
      return { value, facts: facts.map(({ id }) => id) };
    }
    case 'covers':
      return coversAnswer(sentence.boundary, bound, decided);
    case 'covered':
      return leg === null ? { value: null } : coveredAnswer(sentence.quantity, leg, bound, decided);
    case 'shock':
      return leg === null ? { value: null } : shockAnswer(sentence, leg, bound, decided);
    case 'leg-ends': {
      const end = boundaryOf(edge, leg, sentence.boundary);
      return { value: end !== null && leg !== null && leg.end === end.id, scope: true };
    }
    case 'located': {
      if (leg === null) return { value: null };
      if (sentence.how === 'open') return { value: isOpen(decided, edge, leg) };
      if (sentence.how === 'implicated') return { value: locate(decided, edge, leg) === 'implicated' };
      const others = edge.damage.custody.intervals.filter(
        (other) => other.leg !== null && other.journey === leg.journey && other.index !== leg.index,
      );
      return {
        value: all([isOpen(decided, edge, leg), ...others.map((one) => not(isOpen(decided, edge, one)))]),
      };
    }
    case 'agreed': {
      const term = agreedTerm(theCase.facts, sentence.term, edge.creditor, edge.debtor);
      if (term.status === 'unordered') return { value: null, facts: term.facts.map(({ id }) => id) };
      if (term.status === 'none') return { value: false };
      const binding = graded(term.fact, edge.creditor) && graded(term.fact, edge.debtor);
      return { value: binding, facts: [term.fact.id] };
    }
    case 'undertaken': {
      const by = partyOf(sentence.by, bound, decided);
      const facts = theCase.facts
        .of('undertaken')
        .filter((fact) => fact.by === by && fact.what === sentence.what && graded(fact, fact.by));
      return { value: facts.length > 0, facts: facts.map(({ id }) => id) };
    }
    case 'incident': {
      const by = partyOf(sentence.by, bound, decided);
      const against = by === edge.creditor ? edge.debtor : edge.creditor;
      const facts = theCase.facts
        .of('incident')
        .filter(
          (fact) =>
            fact.by === by &&
            fact.code === sentence.code &&
            leg !== null &&
            touchesLeg(fact, leg) &&
            graded(fact, against),
        );
      return { value: facts.length > 0, facts: facts.map(({ id }) => id) };
    }
    case 'signed-off': {
      const facts = signedOffWithoutObjection(theCase, desk);
      return { value: facts.length > 0, facts };
    }
    case 'has': {
      const against = partyOf(sentence.against, bound, decided);
      const facts = codedFacts(theCase, desk, leg, sentence.predicate, sentence.code).filter(
        (fact) => against !== null && desk.grader.grade(fact, against).grade >= sentence.grade,
      );
      return { value: facts.length > 0 ? true : null, facts: facts.map(({ id }) => id) };
    }
    case 'acts-for': {
      const agent = partyOf(sentence.agent, bound, decided);
      const principal = partyOf(sentence.principal, bound, decided);
      const value =
        agent !== null && principal !== null && (theCase.mandates.get(agent)?.has(principal) ?? false);
      return { value };
    }
  }
}

/** Whom a word of a sentence means on this edge and leg; of several parties with a role the one on the edge, else the first. */
function partyOf(word: PartyWord, { edge, leg }: Bound, { case: { dispute } }: Decided): string | null {
  switch (word) {
    case 'claimant':
    case 'creditor':
      return edge.creditor;
    case 'defendant':
    case 'debtor':
      return edge.debtor;
    case 'leg.holder':
      return leg?.holder ?? null;
    default: {
      const ids: readonly string[] = partiesWith(dispute, word).map(({ id }) => id);
      return ids.find((id) => id === edge.creditor || id === edge.debtor) ?? ids[0] ?? null;
    }
  }
}

/** What a fact is worth to whichever side it helps less: for sentences that argue for nobody. */
function worst(
  grader: ReturnType<Decided['desk']>['grader'],
  fact: Fact,
  { creditor, debtor }: Bound['edge'],
): number {
  return Math.min(grader.grade(fact, creditor).grade, grader.grade(fact, debtor).grade);
}

function stateAnswer(
  { boundary: name, value }: Extract<Sentence, { readonly op: 'state' }>,
  { edge, leg }: Bound,
  decided: Decided,
): Answer {
  const boundary = boundaryOf(edge, leg, name);
  if (boundary === null) return { value: null };
  const desk = decided.desk(edge);
  const { creditor, debtor } = edge;
  const best = (side: 'pro' | 'con'): number => {
    const one = stateArguments(decided.case, desk, boundary.id, value, { pro: creditor, con: debtor });
    const other = stateArguments(decided.case, desk, boundary.id, value, { pro: debtor, con: creditor });
    const most = (list: typeof one): number =>
      list.reduce((high, argument) => (argument.side === side ? Math.max(high, argument.grade) : high), 0);
    return Math.min(most(one), most(other));
  };
  const [asked, opposite] = [best('pro'), best('con')];
  if (asked >= CLOSED_GRADE && asked > opposite) return { value: true };
  return { value: opposite >= CLOSED_GRADE && opposite > asked ? false : null };
}

/** The inspected scopes of the passage at the boundary against the damage's aspect and region. */
function coversAnswer(
  name: Parameters<typeof boundaryOf>[2],
  { edge, leg }: Bound,
  { case: theCase }: Decided,
): Answer {
  const boundary = boundaryOf(edge, leg, name);
  const { custody, damage } = edge.damage;
  if (boundary?.passage == null) return { value: null };
  const facts = custody.passages[boundary.passage]!.facts.map((id) => factOf(theCase.facts, id));
  const scopes = facts.flatMap((fact) => (fact.predicate === 'handed-over' ? fact.scope : []));
  const ids = facts.map(({ id }) => id);
  if (scopes.some((scope) => covers(scope, damage.aspect, damage.region))) return { value: true, facts: ids };
  const partly = scopes.some(({ aspect }) => aspect === damage.aspect && damage.region === 'whole');
  return { value: partly ? null : false, facts: ids };
}

/** Full recording that does not stand on records worth enough is no full recording. */
function coveredAnswer(
  quantity: 'acceleration' | 'temperature' | 'humidity',
  leg: CustodyInterval,
  { edge }: Bound,
  decided: Decided,
): Answer {
  const { facts } = decided.case;
  const { custody, damage } = edge.damage;
  const coverage = decided.case.recordings.coverage(custody.sub, leg, {
    quantity,
    ...(damage.kind === 'cold' ? { harm: 'cold' as const } : {}),
    ...(quantity === 'acceleration' ? { limits: shockLimitsFor(decided, edge) } : {}),
  });
  const read = coverage.batches;
  if (coverage.status === 'excursion') return { value: false, facts: coverage.excursions };
  if (coverage.status !== 'full') return { value: coverage.status === 'none' ? false : null, facts: read };
  const opponent = leg.holder === edge.creditor ? edge.debtor : edge.creditor;
  const { grader } = decided.desk(edge);
  const held = coverage.parts.every(({ alternatives }) =>
    alternatives.some((alternative) =>
      alternative.every((id) => grader.grade(factOf(facts, id), opponent).grade >= CLOSED_GRADE),
    ),
  );
  return { value: held ? true : null, facts: read };
}

/** The fragility agreed between the two of the edge, else the first agreed in the case, else what devices list. */
function shockLimitsFor(
  { case: { facts, recordings } }: Decided,
  { creditor, debtor }: Bound['edge'],
): LimitSource {
  const term = agreedTerm(facts, 'fragility', creditor, debtor);
  const own = term.status === 'present' ? limitsOf(term.fact) : null;
  return own ?? recordings.limitsAgreedAnywhere();
}

function shockAnswer(
  { how, limits }: Extract<Sentence, { readonly op: 'shock' }>,
  leg: CustodyInterval,
  { edge }: Bound,
  { case: { facts, recordings } }: Decided,
): Answer {
  const term = agreedTerm(facts, SHOCK_LIMITS[limits], edge.creditor, edge.debtor);
  if (term.status === 'unordered') return { value: null, facts: term.facts.map(({ id }) => id) };
  if (term.status === 'none') return { value: null };
  const beyond = recordings.shockBeyond(edge.damage.custody.sub, leg, term.fact);
  if (beyond === null || beyond.answer === 'unknown') return { value: null, facts: [term.fact.id] };
  const read = beyond.parts.flatMap(({ alternatives }) => alternatives.flat());
  return {
    // Within is the opposite of beyond: all of it recorded, and none of it past both figures.
    value: (beyond.answer === 'yes') === (how === 'beyond'),
    facts: [...new Set([term.fact.id, ...read])].sort(),
    sensor: beyond.parts,
  };
}
