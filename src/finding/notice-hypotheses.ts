import type { FactOf } from '../facts/fact.js';
import type { ShowTemplate } from '../facts/predicates.js';
import type { FindingCase } from './case.js';
import type { EdgeCase } from './edge-case.js';
import { type Hypothesis, hypothesis } from './hypothesis-form.js';
import { common, provenAt } from './hypothetical-facts.js';

/**
 * An objection by whoever got the goods: as soon as it was found, where none was raised so early; and today, where none was
 * raised at all. A notice has no grade to reach: what counts is when it was given.
 */
export function noticeHypotheses(
  { dispute }: FindingCase,
  edge: EdgeCase,
  way: ShowTemplate,
): readonly Hypothesis[] {
  const { custody, damage, delivery, notices } = edge.damage;
  const passage = delivery?.passage == null ? null : custody.passages[delivery.passage]!;
  if (passage === null || delivery === null) return [];
  const by = passage.to;
  // Whoever got the goods gives notice to the other side, and nobody to itself.
  const to = by === edge.debtor ? edge.creditor : edge.debtor;
  const against = delivery.records[0];
  if (against === undefined) return [];
  const found = Math.max(damage.discoveredAt.utcS, delivery.time.to ?? delivery.time.from ?? 0);
  const now = dispute.asOf.utcS;
  const first = notices[0]?.at ?? Number.POSITIVE_INFINITY;
  const at = (time: number, value: 'found' | 'now', stillPossible: boolean): Hypothesis => {
    const told: FactOf<'notified'> = {
      ...common(edge, time, { type: way.type, signer: by, kind: 'statement', ...provenAt(time) }),
      predicate: 'notified',
      unit: damage.unit,
      aspect: damage.aspect,
      region: damage.region,
      grounds: 'defective',
      to,
      raisedAt: time,
      discoveredAt: damage.discoveredAt.utcS,
      written: true,
      namesDamage: true,
      against,
    };
    return hypothesis({ way, kind: 'notice', value, by, stillPossible }, [told]);
  };
  return [
    ...(found < first && found <= now ? [at(found, 'found', false)] : []),
    ...(notices.length === 0 && found < now ? [at(now, 'now', true)] : []),
  ];
}
