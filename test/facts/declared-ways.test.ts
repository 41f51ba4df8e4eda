import { expect, test } from 'vitest';
import { PREDICATES } from '../../src/facts/predicates.js';

// What each predicate says, and how it can come to be shown: `type by whom + who counter-signs @ where = best grade`,
// with `later` where it can still be had once the damage is known. Preflight and what-if propose records out of this.
const DECLARED = `
condition(unit aspect region value damageKind extent)
  media holder @ packing = 3
  handover giver + receiver @ pickup transfer return-pickup = 4
  media giver @ pickup transfer return-pickup = 3
  media receiver @ pickup transfer return-pickup = 3
  media giver @ delivery = 3
  media receiver @ delivery = 3
  delivery giver + consignee @ delivery = 4
  media receiver @ return-receipt = 3
  return receiver @ return-receipt = 2
  inspection expert = 4 later
  inspection expert + party @ delivery = 4 later
  authentication expert = 4 later
  statement anybody = 1 later
labelled(verdict)
  inspection party = 1
handed-over(from to fromCapacity toCapacity mode remark scope)
  handover giver + receiver @ pickup transfer return-pickup = 4
  delivery giver + consignee @ delivery = 4
  return giver @ return-pickup = 3
  return receiver @ return-receipt = 3
holds(party purpose)
  media holder @ packing = 3
  media receiver @ delivery = 3
  media receiver @ return-receipt = 3
recorded(device quantity attachedTo mount location gaps endReason min max)
  sensor-batch holder @ leg = 3 later
excursion(quantity axis peak durationUs deltaVUmPerS)
  sensor-batch holder @ leg = 3 later
sealed(sealId action state)
  seal holder @ packing = 3
  media holder @ packing = 3
  handover giver + receiver @ pickup transfer return-pickup = 4
notified(unit aspect region grounds to raisedAt written namesDamage)
  notice consignee = 1 later
agreed(term value parties joint)
  agreement party + party = 4
undertaken(by what)
  agreement party + party = 4
acts-for(agent principal legs)
  agreement principal = 4
incident(code by)
  incident anybody @ leg = 3 later
  sensor-batch holder @ leg = 3 later
cause(cause strength)
  inspection expert = 4 later
  incident anybody = 3 later
signed-off(consignee remark passage badSeen)
  delivery consignee @ delivery = 2
  countersign consignee @ delivery = 2
aggregated(parent child action)
  aggregation holder = 3
returned(stage from to)
  return party = 3
paid(kind amountMinor currency against)
  payment party = 3 later
used(event counter)
  usage anybody = 3 later
repaired(fault work)
  repair anybody = 3 later
disclosed(shownAsSeller where howMarked)
  disclosure platform = 3
commissioned(name durable storageLimits)
  commission producer = 3
sampled(verdict sampling)
  inspection expert = 1
stated(about text)
  statement anybody = 1 later
`;

test('every predicate, what it says and every way to show it', () => {
  const lines = PREDICATES.flatMap(({ args, canShow, name }) => [
    `${name}(${args.join(' ')})`,
    ...canShow.map(({ at, bestGrade, by, stillPossible, type, with: other }) =>
      [
        ` `,
        type,
        by,
        ...(other === null ? [] : ['+', other]),
        ...(at.length === 0 ? [] : ['@', ...at]),
        '=',
        bestGrade,
        ...(stillPossible ? ['later'] : []),
      ].join(' '),
    ),
  ]);
  expect(lines).toEqual(DECLARED.trim().split('\n'));
});
