import type { Boundary } from '../facts/custody.js';
import type { Fact } from '../facts/fact.js';
import type { ShowTemplate } from '../facts/predicates.js';
import type { FindingCase } from './case.js';
import type { EdgeCase } from './edge-case.js';
import { type Hypothesis, hypothesis, LAST, mayHoldLog, QUANTITY } from './hypothesis-form.js';
import { agrees, common, provenAt, recording, sealed } from './hypothetical-facts.js';

/** A seal speaks of these kinds of harm and of no other. */
const SEALED: readonly string[] = ['use', 'substitution', 'soiling', 'loss'];

/** A seal put on when the goods were packed, whose number the carrier signed for, read intact where they were delivered. */
export function seals(edge: EdgeCase, way: ShowTemplate): readonly Hypothesis[] {
  const { custody, damage } = edge.damage;
  const packing = custody.boundaries.find(({ name, records }) => name === 'packing' && records.length > 0);
  const after = custody.boundaries.filter(({ position }) => position > (packing?.position ?? LAST));
  const pickup = after.find(({ name }) => name === 'pickup');
  const delivery = after.find(({ name, records }) => name === 'delivery' && records.length > 0);
  if (packing === undefined || pickup?.passage == null || delivery?.passage == null) return [];
  if (!SEALED.includes(damage.kind)) return [];
  const packer = custody.intervals[packing.position]!.holder;
  const first = custody.passages[pickup.passage]!;
  const last = custody.passages[delivery.passage]!;
  if (packer === null) return [];
  const on = (boundary: Boundary, by: string, other: string, action: 'applied' | 'read'): Fact => {
    const time = boundary.time.to ?? boundary.time.from ?? 0;
    return sealed(edge, action, time, {
      type: way.type,
      signer: by,
      records: [boundary.records[0]!],
      counterSigned: [agrees(edge, other)],
      ...provenAt(time),
    });
  };
  const words = { by: packer, with: last.to, boundary: packing, stillPossible: way.stillPossible };
  return [
    hypothesis({ way, kind: 'seal', value: 'intact', ...words }, [
      on(packing, packer, first.to, 'applied'),
      on(delivery, last.to, last.from, 'read'),
    ]),
  ];
}

/** That the holder of a leg will record it: a term which both sign before it begins. */
export function undertakings(edge: EdgeCase): readonly Hypothesis[] {
  if (QUANTITY[edge.damage.damage.kind] === undefined) return [];
  return edge.legs.flatMap((leg) => {
    const { holder, time } = leg;
    // Only who would answer by it gives such a word.
    if (holder === null || holder !== edge.debtor) return [];
    const at = time.from ?? 0;
    const prov = { type: 'agreement', signer: holder, counterSigned: [agrees(edge, edge.creditor)] };
    const told: Fact = {
      ...common(edge, at, { ...prov, ...provenAt(at) }),
      predicate: 'undertaken',
      by: holder,
      what: 'log',
      assentedBy: [holder, edge.creditor].sort(),
    };
    return [
      hypothesis(
        {
          way: { type: 'agreement', bestGrade: 4 },
          kind: 'undertaking',
          value: 'log',
          by: holder,
          with: edge.creditor,
          leg: leg.leg!,
          stillPossible: true,
        },
        [told],
      ),
    ];
  });
}

/** A clean recording from when the goods were packed until the carrier has them: what was filmed then still holds. */
export function packingLogs(theCase: FindingCase, edge: EdgeCase, way: ShowTemplate): readonly Hypothesis[] {
  const { custody, damage } = edge.damage;
  const quantity = QUANTITY[damage.kind];
  const packing = custody.boundaries.find(({ name, records }) => name === 'packing' && records.length > 0);
  const pickup = custody.boundaries.find(({ position }) => position === (packing?.position ?? LAST) + 1);
  const from = packing?.time.from ?? null;
  const to = pickup?.time.to ?? null;
  const holder = packing === undefined ? null : custody.intervals[packing.position]!.holder;
  if (quantity === undefined || packing === undefined || from === null || to === null || holder === null)
    return [];
  const stillPossible = way.stillPossible && mayHoldLog(theCase, holder, quantity);
  const batch = recording(edge, { type: way.type, holder, quantity, span: { from, to }, max: 0 });
  const words = { way, kind: 'packing-log', value: 'clean', by: holder, boundary: packing } as const;
  return [hypothesis({ ...words, stillPossible }, [batch])];
}
