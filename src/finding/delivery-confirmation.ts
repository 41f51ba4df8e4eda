import type { CaseFacts } from '../facts/case-facts.js';
import { custodyOf } from '../facts/custody.js';
import type { VerifiedPassport } from '../verify/verified-passport.js';
import { digestOfValue } from './canonical-json.js';

/** One arrival, by the records alone: who brought it, who took it, who signed. */
export interface ConfirmedDelivery {
  readonly boundary: 'delivery' | 'return-receipt';
  readonly from: string;
  readonly to: string;
  /** Seconds UTC, earliest and latest stated time. */
  readonly at: { readonly from: number | null; readonly to: number | null };
  /** Which of the two signed or counter-signed. */
  readonly signedBy: readonly string[];
  /** What the consignee wrote; null where it signed nothing. */
  readonly remark: string | null;
  /** Records of the arrival that saw something wrong. */
  readonly reservations: readonly string[];
  readonly records: readonly string[];
}

/** Facts only: no rule was applied and nobody is said to owe anything. Plain JSON. */
export interface DeliveryConfirmation {
  readonly kind: 'delivery-confirmation';
  /** SHA-256 of "goodorder/delivery-confirmation/1", a zero byte and the canonical JSON of item and deliveries. */
  readonly idempotencyKey: string;
  readonly item: string;
  readonly deliveries: readonly ConfirmedDelivery[];
  readonly evidence: { readonly verdict: string; readonly passports: readonly string[] };
}

/** What the records of an item say of its arrivals. */
export function confirmDelivery(
  passports: readonly VerifiedPassport[],
  facts: CaseFacts,
): DeliveryConfirmation {
  const item = passports[0]?.item ?? '';
  const { boundaries, passages } = facts.custodies.get(item) ?? custodyOf(facts, item);
  const bad = facts.of('condition').flatMap(({ prov, value }) => (value === 'bad' ? [prov.records[0]!] : []));
  const deliveries = boundaries.flatMap(({ name, passage }): ConfirmedDelivery[] => {
    if (passage === null || (name !== 'delivery' && name !== 'return-receipt')) return [];
    const { from, records, signedBy, time, to, undated } = passages[passage]!;
    if (undated) return [];
    const signed = facts.of('signed-off').filter((fact) => records.includes(fact.passage));
    // Also where nobody signed it off: who brought it may have seen something wrong.
    const own = bad.filter((record) => records.includes(record));
    const answers = signed.flatMap(({ badSeen }) =>
      badSeen.map((id) => facts.byId.get(id)!.prov.records[0]!),
    );
    return [
      {
        boundary: name,
        from,
        to,
        at: time,
        signedBy,
        remark: signed[0]?.remark ?? null,
        reservations: [...new Set([...own, ...answers])].sort(),
        records,
      },
    ];
  });
  return {
    kind: 'delivery-confirmation',
    idempotencyKey: digestOfValue('goodorder/delivery-confirmation/1', { deliveries, item }),
    item,
    deliveries,
    evidence: {
      verdict: passports.find(({ verdict }) => verdict !== 'TOTAL-PASSED')?.verdict ?? 'TOTAL-PASSED',
      passports: passports.map(({ digest }) => digest).sort(),
    },
  };
}
