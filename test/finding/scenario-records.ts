import { formatInstant } from '../../src/codec/instant.js';
import { canonicalJson } from '../../src/finding/canonical-json.js';
import { type Dispute, readDispute } from '../../src/finding/dispute.js';
import { type Assessment, assess } from '../../src/finding/finding.js';
import type { FoundEdge } from '../../src/finding/finding-form.js';
import type { Pack } from '../../src/rules/pack.js';
import { BUILT_IN_PACKS } from '../../src/rules/packs/index.js';
import {
  at,
  BUYER,
  CARRIER_A,
  CARRIER_B,
  CONTRACTING,
  countersign,
  damagingPulse,
  delivery,
  handover,
  hour,
  ITEM,
  idBytes,
  jointAgreement,
  LAB,
  media,
  notice,
  observation,
  passport,
  pulse,
  type RecordDraft,
  SELLER,
  sensor,
} from '../facts/case-builder.js';

export const PACKS: readonly Pack[] = [BUILT_IN_PACKS.get('cn')!, BUILT_IN_PACKS.get('evidence.cn')!];

export function time(h: number): string {
  return formatInstant(hour(h), 480);
}

type Json = Record<string, unknown>;

/** A dispute between the parties of the test cases; `parts` replaces members. */
export function disputeValue(parts: Json = {}): Json {
  return {
    schemaVersion: 1,
    id: 'case',
    openedAt: time(200),
    asOf: time(300),
    law: { forum: 'cn', contractDate: '2026-05-20', utcOffsetMin: 480 },
    parties: [
      { id: SELLER, name: 'Seller', roles: ['seller'], consumer: false },
      { id: CONTRACTING, name: 'Network', roles: ['contracting-carrier'], consumer: false },
      { id: CARRIER_A, name: 'Carrier A', roles: ['carrier'], consumer: false },
      { id: CARRIER_B, name: 'Carrier B', roles: ['carrier'], consumer: false },
      { id: BUYER, name: 'Consumer', roles: ['buyer'], consumer: true },
    ],
    carriages: [
      { id: 'c1', journey: 'outbound', chosenBy: 'seller', contractMode: 'road', contracting: CONTRACTING },
    ],
    goods: [
      {
        unit: 'u1',
        sub: ITEM,
        durable: false,
        category: 'tableware',
        aspects: ['fracture'],
        priceMinor: 128_000,
        currency: 'CNY',
      },
    ],
    damages: [
      { id: 'd1', unit: 'u1', aspect: 'fracture', region: 'whole', kind: 'shock', discoveredAt: time(20.2) },
    ],
    claims: [
      claim('k1', 'consumer-seller', { creditor: BUYER, debtor: SELLER }),
      claim('k2', 'shipper-carrier', { creditor: SELLER, debtor: CARRIER_A }),
      claim('k3', 'shipper-carrier', { creditor: SELLER, debtor: CARRIER_B }),
      claim('k4', 'shipper-contracting-carrier', { creditor: SELLER, debtor: CONTRACTING }),
    ],
    packs: [{ id: 'cn' }, { id: 'evidence.cn' }],
    ...parts,
  };
}

export function claim(id: string, edge: string, more: Json = {}): Json {
  return { id, edge, damage: 'd1', head: 'loss', amountMinor: 128_000, currency: 'CNY', ...more };
}

export function disputeOf(parts: Json = {}): Dispute {
  return readDispute(disputeValue(parts));
}

/** What proves an own recording: pinned from outside, provably there soon after it was made. */
export function securedBy(h: number, more: Partial<RecordDraft> = {}): Partial<RecordDraft> {
  return { upper: h + 1, over: { pinnedBy: ['log'] }, ...more };
}

export function secured(draft: RecordDraft, h: number): RecordDraft {
  return { ...draft, upper: h, over: { ...draft.over, pinnedBy: ['log'] } };
}

/** Everything but the sensors and the unboxing: a carriage agreement, packing, two legs, delivery. */
export function carriage(terms: Json = {}, packing: Json = {}): readonly RecordDraft[] {
  const parties = [SELLER, CONTRACTING, CARRIER_A, CARRIER_B];
  return [
    ...jointAgreement('carriage', {
      by: SELLER,
      parties,
      h: -5,
      upper: -4,
      payload: {
        mode: 'road',
        handlingEnvelope: [{ axis: 'any', maxPeakMilliG: 50_000, maxDeltaVUmPerS: 2_000_000 }],
        fragility: [{ axis: 'any', maxPeakMilliG: 60_000, maxDeltaVUmPerS: 2_500_000 }],
        ...terms,
      },
    }),
    secured(
      media('packing', {
        by: SELLER,
        purpose: 'packing',
        h: 0,
        payload: { observations: [observation('fracture', 'good')], ...packing },
      }),
      0.5,
    ),
    handover('pickup', { from: SELLER, to: CARRIER_A, h: 1, upper: 1.5 }),
    countersign('pickup answer', { by: CARRIER_A, of: 'pickup', h: 1, upper: 1.5 }),
    handover('transfer', { from: CARRIER_A, to: CARRIER_B, h: 10, upper: 10.5 }),
    countersign('transfer answer', { by: CARRIER_B, of: 'transfer', h: 10, upper: 10.5 }),
    delivery('delivery', { from: CARRIER_B, to: BUYER, h: 20, upper: 20.5 }),
    countersign('delivery answer', { by: BUYER, of: 'delivery', h: 20, upper: 20.5 }),
  ];
}

export function unboxing(h = 20.2, payload: Json = {}): RecordDraft {
  return secured(
    media('unboxing', {
      by: BUYER,
      purpose: 'unboxing',
      h,
      payload: {
        occasion: { boundary: 'unboxing', of: idBytes('delivery') },
        observations: [observation('fracture', 'bad')],
        ...payload,
      },
    }),
    h + 0.2,
  );
}

/** The consumer objects two hours after delivery. */
export function objection(payload: Json = {}): RecordDraft {
  const words = { unit: 'u1', aspect: 'fracture', discoveredAt: at(20.2), ...payload };
  return notice('notice', { by: BUYER, h: 22, against: 'delivery', upper: 23, payload: words });
}

/** A logger put in at packing and read out at the end of each leg. */
export function loggers(shocks: readonly unknown[], max = 9_000): readonly RecordDraft[] {
  return [
    sensor('log before', { by: SELLER, h: -0.5, to: 1, upper: 2 }),
    sensor('log A', { by: CARRIER_A, h: 1, to: 10, upper: 11, payload: { pulses: shocks, max } }),
    sensor('log B', { by: CARRIER_B, h: 10, to: 20, upper: 21, payload: { max: 9_000 } }),
  ];
}

/** Scenario 9: 85 g for 6 ms in leg A. */
export function scenario9(): readonly RecordDraft[] {
  return [...carriage(), ...loggers([damagingPulse(5)], 85_000), unboxing(), objection()];
}

/** Its variant: beyond what the packed goods were declared to stand, within the agreed handling. */
export function scenario9Packing(): readonly RecordDraft[] {
  const terms = { handlingEnvelope: [{ axis: 'any', maxPeakMilliG: 90_000, maxDeltaVUmPerS: 4_000_000 }] };
  return [...carriage(terms), ...loggers([damagingPulse(5)], 85_000), unboxing(), objection()];
}

/** Scenario 11: leg A fully clean, leg B silent for its second half. */
export function scenario11(more: readonly RecordDraft[] = [], terms: Json = {}): readonly RecordDraft[] {
  return [
    ...carriage(terms),
    sensor('log before', { by: SELLER, h: -0.5, to: 1, upper: 2 }),
    sensor('log A', { by: CARRIER_A, h: 1, to: 10, upper: 11 }),
    sensor('log B', { by: CARRIER_B, h: 10, to: 15, upper: 21 }),
    unboxing(),
    objection(),
    ...more,
  ];
}

/** The assessment of a case. Whatever the case, the finding as written is canonical: its digest rests on that. */
export function judge(
  records: readonly RecordDraft[],
  parts: Json = {},
  packs: readonly Pack[] = PACKS,
): Assessment {
  const assessment = assess(passport(records), disputeOf(parts), packs);
  const { digest: _, ...rest } = assessment.finding;
  if (JSON.stringify(rest) !== canonicalJson(rest)) throw new Error('a finding is not written canonically');
  return assessment;
}

const NAMES: Readonly<Record<string, string>> = {
  [SELLER]: 'seller',
  [BUYER]: 'buyer',
  [CARRIER_A]: 'A',
  [CARRIER_B]: 'B',
  [CONTRACTING]: 'network',
  [LAB]: 'lab',
};

/** `A pays seller: liable, proven, implicated leg-1, sole 128000 by CN-19`. */
export function inWords(edge: FoundEdge): string {
  const parts = [`${NAMES[edge.debtor]} to ${NAMES[edge.creditor]}: ${edge.status}`, edge.basis];
  if (edge.location !== null) parts.push(edge.location);
  if (edge.leg !== null) parts.push(edge.leg);
  if (edge.status === 'liable') parts.push(edge.mode);
  if (edge.amount !== null) parts.push(edge.amount.minor);
  const rules = [...new Set(edge.rules.map(({ rule }) => rule))].sort().join('+');
  return `${parts.join(', ')}${rules === '' ? '' : ` by ${rules}`}`;
}

export function edgesInWords({ finding }: Assessment, pleadedOnly = true): readonly string[] {
  return finding.edges.filter(({ pleaded }) => pleaded || !pleadedOnly).map(inWords);
}

export { pulse };
