import type { CaseFacts } from '../facts/case-facts.js';
import { type Boundary, type Custody, custodyOf } from '../facts/custody.js';
import type { Fact } from '../facts/fact.js';
import type { RuleSet } from '../rules/rule-set.js';
import { compareText } from '../rules/terms.js';
import { type Damage, type Dispute, type Goods, partiesWith } from './dispute.js';
import { type LegRecordings, legRecordings } from './leg-recordings.js';
import { FINDING_STEPS, StepBudget } from './step-budget.js';
import { type ToldOfDamage, toldOfDamages } from './told-of-damage.js';

/** A notice of a damage and the time at which it counts as raised. */
export interface NoticeAt {
  readonly fact: string;
  /** Seconds UTC: the latest of what it states, its proven earliest time, and the discovery. */
  readonly at: number;
}

/** A damage of the dispute with what the records tell of its unit. */
export interface DamageCase extends ToldOfDamage {
  readonly damage: Damage;
  /** Position in the dispute. */
  readonly index: number;
  readonly goods: Goods;
  readonly custody: Custody;
  /** Of this unit, aspect and region, earliest first. */
  readonly notices: readonly NoticeAt[];
  /** From then on, records are made with the complaint in mind: the earlier of the notices and the opening. */
  readonly complainedAt: number;
  /** The boundary at which the buyer first got the goods; null when nobody tells of it. */
  readonly delivery: Boundary | null;
}

/** Everything one finding is computed from. */
export interface FindingCase {
  readonly facts: CaseFacts;
  readonly dispute: Dispute;
  readonly rules: RuleSet;
  readonly budget: StepBudget;
  /** In the order of the dispute. */
  readonly damages: readonly DamageCase[];
  /** Answers about recordings of legs, remembered: several rules on several edges ask the same. */
  readonly recordings: LegRecordings;
  /** Who acts for whom, by a mandate the principal signed. */
  readonly mandates: ReadonlyMap<string, ReadonlySet<string>>;
}

/** @param recordings those of facts that tell of the same recordings and the same custody */
export function openCase(
  facts: CaseFacts,
  dispute: Dispute,
  rules: RuleSet,
  steps: number = FINDING_STEPS,
  recordings: LegRecordings = legRecordings(facts),
): FindingCase {
  const asked = dispute.damages.map((damage, index) => {
    const goods = dispute.goods.find(({ unit }) => unit === damage.unit)!;
    const custody = facts.custodies.get(goods.sub) ?? custodyOf(facts, goods.sub);
    return { damage, index, goods, custody };
  });
  const told = toldOfDamages(facts, asked, rules.evidence.occasionWithinH);
  const damages = asked.map((one, index) => damageCase(facts, dispute, one, told[index]!));
  const mandates = new Map<string, Set<string>>();
  for (const { agent, principal } of facts.of('acts-for')) {
    const principals = mandates.get(agent) ?? new Set<string>();
    principals.add(principal);
    mandates.set(agent, principals);
  }
  const budget = new StepBudget(steps);
  return { facts, dispute, rules, budget, damages, recordings, mandates };
}

function damageCase(
  facts: CaseFacts,
  dispute: Dispute,
  given: Pick<DamageCase, 'damage' | 'index' | 'goods' | 'custody'>,
  { boundaries, legs, states, timeline }: ToldOfDamage,
): DamageCase {
  const { damage, custody } = given;
  const notices = noticesOf(facts, damage);
  const opened = dispute.openedAt.utcS;
  return {
    ...given,
    timeline,
    states,
    boundaries,
    legs,
    notices,
    complainedAt: notices.reduce((first, { at }) => Math.min(first, at), opened),
    delivery: deliveryOf(dispute, custody),
  };
}

function noticesOf(facts: CaseFacts, damage: Damage): readonly NoticeAt[] {
  return facts
    .of('notified')
    .filter(
      (fact) =>
        fact.unit === damage.unit &&
        fact.aspect === damage.aspect &&
        (fact.region === damage.region || fact.region === 'whole' || damage.region === 'whole'),
    )
    .map(({ id, prov, raisedAt }) => ({
      fact: id,
      at: Math.max(raisedAt, prov.madeAt.lower ?? raisedAt, damage.discoveredAt.utcS),
    }))
    .sort((a, b) => a.at - b.at || compareText(a.fact, b.fact));
}

/** Goods may be delivered to a warehouse on the way; what counts is the first delivery to a buyer. */
function deliveryOf(dispute: Dispute, custody: Custody): Boundary | null {
  const buyers = new Set<string>(partiesWith(dispute, 'buyer').map(({ id }) => id));
  const deliveries = custody.boundaries.filter(({ name }) => name === 'delivery');
  const toBuyer = deliveries.find(
    ({ passage }) => passage !== null && buyers.has(custody.passages[passage]!.to),
  );
  return toBuyer ?? deliveries[0] ?? null;
}

/** The fact of an id that a timeline or coverage names; those ids always exist. */
export function factOf(facts: CaseFacts, id: string): Fact {
  const fact = facts.byId.get(id);
  if (fact === undefined) throw new TypeError(`no fact has the id ${id}`);
  return fact;
}
