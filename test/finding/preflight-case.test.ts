import { describe, expect, test } from 'vitest';
import { fromHex } from '../../src/codec/hex.js';
import { deriveFacts } from '../../src/facts/derive-facts.js';
import { type PreflightCase, type PreflightKind, preflightCase } from '../../src/finding/preflight-case.js';
import { planPreflight } from '../../src/finding/preflight-plan.js';
import type { SupposedRecord } from '../../src/finding/supposed-record.js';
import type { Pack } from '../../src/rules/pack.js';
import {
  at,
  BUYER,
  CARRIER_A,
  CARRIER_B,
  CONTRACTING,
  handover,
  hour,
  ITEM,
  passport,
  type RecordDraft,
  SCOPE,
  SELLER,
} from '../facts/case-builder.js';
import { ALL_SIDES, carriage, nameOf, packed, sale } from './preflight-cases.js';
import { PACKS } from './scenario-records.js';

// What is supposed of the way that lies ahead. It is 8 in the evening at the place, and hour 1 of the case, when it is asked.

const TWO = [...sale(), ...carriage([CARRIER_A, CARRIER_B])];
const FETCHED = handover('pickup', { from: SELLER, to: CARRIER_A, h: 2, upper: 2.5 });

function supposed(
  records: readonly RecordDraft[],
  kind: PreflightKind,
  region: string,
  packs = PACKS,
): PreflightCase {
  const given = [passport(records)];
  const plan = planPreflight(given, packs, hour(1));
  const { custodies } = deriveFacts(given, { ...SCOPE, goods: [{ unit: 'item', sub: ITEM }] });
  return preflightCase(plan, packs, custodies.get(ITEM)!, kind, region);
}

/** `3 h seller: 2 handover; carrier answers 1`. */
function inShort(records: readonly SupposedRecord[]): readonly string[] {
  const names = new Map(records.map(({ id, name }) => [id, name]));
  return records.map(({ at: made, by, loggedAt, name, pins, roles }) => {
    const after = pins.map((pin) => names.get(pin));
    expect(loggedAt).toBe(made + 600);
    const whose = roles.length === 0 ? '' : ` (${roles.join()})`;
    return `${(made - hour(0)) / 3600} h ${nameOf(by)}${whose}: ${name}${after.length === 0 ? '' : ` after ${after.join()}`}`;
  });
}

const payloads = ({ supposed: records }: PreflightCase): readonly object[] =>
  records.map(({ payload }) => payload);

describe('the way ahead', () => {
  test('of goods that were not packed: a picture of a closed box, each change of hands with both words, and a complaint', () => {
    expect(inShort(supposed(TWO, 'mismatch', 'whole').supposed)).toEqual([
      '2 h seller (seller): 1 media',
      '3 h seller (seller): 2 handover',
      '3 h A (carrier): 3 countersign after 2 handover',
      '27 h A (carrier): 4 handover',
      '27 h B (carrier): 5 countersign after 4 handover',
      '51 h B (carrier): 6 delivery',
      '51 h buyer: 7 countersign after 6 delivery',
      '52 h buyer: 8 media after 6 delivery',
      '53 h buyer: 9 notice',
    ]);
  });

  test('of goods that were packed begins with the handover', () => {
    expect(inShort(supposed([...TWO, packed(ALL_SIDES)], 'damage', 'left').supposed).slice(0, 2)).toEqual([
      '3 h seller (seller): 1 handover',
      '3 h A (carrier): 2 countersign after 1 handover',
    ]);
  });

  test('of goods that were fetched begins where they are, after what is told, whether or not somebody filmed the packing', () => {
    const ahead = [
      '27 h A (carrier): 1 handover',
      '27 h B (carrier): 2 countersign after 1 handover',
      '51 h B (carrier): 3 delivery',
      '51 h buyer: 4 countersign after 3 delivery',
      '52 h buyer: 5 media after 3 delivery',
      '53 h buyer: 6 notice',
    ];
    expect(inShort(supposed([...TWO, packed(ALL_SIDES), FETCHED], 'damage', 'left').supposed)).toEqual(ahead);
    expect(inShort(supposed([...TWO, FETCHED], 'damage', 'left').supposed)).toEqual(ahead);
  });

  test('of a defect: it shows after a month, and nobody films that at the door', () => {
    expect(inShort(supposed([...TWO, packed(ALL_SIDES)], 'defect', 'whole').supposed).slice(-2)).toEqual([
      `${51 + 720} h buyer: 7 media`,
      `${51 + 720 + 1} h buyer: 8 notice`,
    ]);
  });

  test('of a return: back by the last carrier, and the seller’s bare word about what came', () => {
    expect(inShort(supposed([...TWO, packed(ALL_SIDES)], 'return-swap', 'whole').supposed).slice(6)).toEqual([
      '75 h B (carrier): 7 return',
      '75 h buyer: 8 countersign after 7 return',
      '99 h seller (seller): 9 return',
      '99 h B (carrier): 10 countersign after 9 return',
      '100 h seller (seller): 11 statement after 9 return',
    ]);
  });
});

describe('what the records say', () => {
  const DIGEST = new Uint8Array(32);
  const file = {
    sha256: [-16, DIGEST],
    bytes: 1,
    mediaType: 'video/mp4',
    chunkBytes: 1_048_576,
    chunkRoot: DIGEST,
  };
  const film = (h: number, purpose: string): object => ({
    from: at(h),
    to: { ...at(h), utcS: hour(h) + 300 },
    purpose,
    files: [file],
    device: { model: 'any' },
  });
  const agreed = (of: string, h: number): object => ({
    of: fromHex(of),
    stance: 'agree',
    remark: 'none',
    inspectedScope: [],
    occurredAt: at(h),
  });
  const passed = (from: string, to: string, h: number): object => ({ occurredAt: at(h), from, to });
  const nothingSeen = { remark: 'none', inspectedScope: [] };
  const parcel = { parcels: 1, sealState: 'not-checked', mode: 'road' };
  const delivered = {
    receiverRole: 'consignee',
    mode: 'in-person',
    consent: 'given',
    method: 'signature',
    objectionDeadline: null,
  };

  test('is the least that makes the way, and all that makes the complaint', () => {
    const found = supposed([...sale(), ...carriage([CARRIER_A])], 'mismatch', 'whole');
    const [, handed, , gave] = found.supposed as readonly SupposedRecord[] & { length: 7 };
    const bad = { unit: 'item', aspect: 'identity', region: 'whole', condition: 'bad', kind: 'substitution' };
    expect(payloads(found)).toEqual([
      { ...film(2, 'packing'), continuity: 'still', coverage: [], identified: [] },
      {
        ...passed(SELLER, CARRIER_A, 3),
        ...nothingSeen,
        ...parcel,
        fromCapacity: 'principal',
        toCapacity: 'carrier',
        leg: CARRIER_A,
      },
      agreed(handed!.id, 3),
      { ...passed(CARRIER_A, BUYER, 27), ...nothingSeen, ...delivered },
      agreed(gave!.id, 27),
      {
        ...film(28, 'unboxing'),
        continuity: 'one-shot',
        coverage: ['whole', 'serial'],
        identified: [{ what: 'serial' }, { what: 'parcel' }],
        occasion: { boundary: 'delivery', of: fromHex(gave!.id) },
        observations: [bad],
      },
      {
        against: fromHex(gave!.id),
        grounds: 'not-as-described',
        aspect: 'identity',
        region: 'whole',
        raisedAt: at(29),
        to: SELLER,
        written: true,
        namesDamage: true,
        discoveredAt: at(28),
        unit: 'item',
      },
    ]);
  });

  test('of a side is said of that side, with the grounds of its kind', () => {
    const last = payloads(supposed([...TWO, packed(ALL_SIDES)], 'damage', 'left')).slice(-2);
    expect(last).toMatchObject([
      {
        coverage: ['left', 'serial'],
        observations: [{ unit: 'item', aspect: 'fracture', region: 'left', condition: 'bad', kind: 'shock' }],
      },
      { grounds: 'damaged', aspect: 'fracture', region: 'left' },
    ]);
  });

  test('of a defect is a later film, of no occasion', () => {
    const [filmed, notice] = payloads(supposed([...TWO, packed(ALL_SIDES)], 'defect', 'whole')).slice(-2);
    expect(filmed).toEqual({
      ...film(51 + 720, 'inspection'),
      continuity: 'one-shot',
      coverage: ['whole', 'serial'],
      identified: [{ what: 'serial' }, { what: 'parcel' }],
      observations: [{ unit: 'item', aspect: 'function', region: 'whole', condition: 'bad', kind: 'latent' }],
    });
    expect(notice).toMatchObject({
      grounds: 'defective',
      discoveredAt: at(51 + 720),
      raisedAt: at(51 + 721),
    });
  });

  test('of a return is how it came back, and what the seller says of it', () => {
    const found = supposed([...sale(), ...carriage([CARRIER_A]), packed(ALL_SIDES)], 'return-swap', 'whole');
    const [sent, , received] = found.supposed.slice(4);
    expect(payloads(found).slice(4)).toEqual([
      {
        ...passed(BUYER, CARRIER_A, 51),
        leg: 'return',
        mode: 'road',
        stage: 'picked-up',
        capacity: 'carrier',
      },
      agreed(sent!.id, 51),
      { ...passed(CARRIER_A, SELLER, 75), stage: 'received', capacity: 'principal' },
      agreed(received!.id, 75),
      {
        occurredAt: at(76),
        about: { item: ITEM },
        text: 'another item came back',
        occasion: { boundary: 'return-receipt', of: fromHex(received!.id) },
        observations: [
          { unit: 'item', aspect: 'identity', region: 'whole', condition: 'bad', kind: 'substitution' },
        ],
      },
    ]);
  });
});

describe('the dispute', () => {
  test('is opened five days later, about one damage, with a claim of its loss on every edge that the parties can have', () => {
    const { dispute, kind, loser, region } = supposed(TWO, 'mismatch', 'whole');
    const opened = { ...at(53), utcS: hour(53 + 120) };
    const claim = (edge: string): object => ({
      id: edge,
      edge,
      damage: 'd',
      head: 'loss',
      amountMinor: 10_000,
      currency: 'XXX',
    });
    expect([kind, region, loser]).toEqual(['mismatch', 'whole', BUYER]);
    expect(dispute).toMatchObject({
      id: 'preflight mismatch whole',
      openedAt: opened,
      asOf: opened,
      law: { forum: 'cn', contractDate: '2026-05-28', utcOffsetMin: 480 },
      carriages: [
        {
          id: 'out',
          journey: 'outbound',
          chosenBy: 'seller',
          contractMode: 'road',
          contracting: CONTRACTING,
        },
      ],
      goods: [
        {
          unit: 'item',
          sub: ITEM,
          durable: false,
          category: 'other',
          aspects: [],
          priceMinor: 10_000,
          currency: 'XXX',
        },
      ],
      damages: [
        {
          id: 'd',
          unit: 'item',
          aspect: 'identity',
          region: 'whole',
          kind: 'substitution',
          discoveredAt: at(52),
        },
      ],
      packs: [{ id: 'cn' }, { id: 'evidence.cn' }],
    });
    expect(dispute.parties.map(({ id }) => id)).toEqual([SELLER, CONTRACTING, CARRIER_A, CARRIER_B, BUYER]);
    expect(dispute.claims).toEqual(
      [
        'buyer-seller',
        'consumer-seller',
        'operator-carrier',
        'seller-buyer',
        'shipper-carrier',
        'shipper-contracting-carrier',
        'victim-seller',
      ].map(claim),
    );
  });

  test('names an edge once, and none between parties whom nobody is', () => {
    const [rules, evidence] = PACKS as readonly [Extract<Pack, { readonly kind: 'rules' }>, Pack];
    const edge = (name: string, creditor: string, debtor: string): object => ({ name, creditor, debtor });
    const edges = [
      edge('one', 'buyer', 'seller'),
      edge('one', 'buyer', 'carrier'),
      edge('two', 'buyer', 'platform'),
      edge('three', 'platform', 'buyer'),
      edge('four', 'leg.holder', 'seller'),
    ];
    const packs = [{ ...rules, edges } as unknown as Pack, evidence];
    const { dispute } = supposed(TWO, 'mismatch', 'whole', packs);
    expect(dispute.claims.map(({ edge: named }) => named)).toEqual(['one', 'four']);
  });

  test('of a return is the seller’s loss, and its way back is carried too', () => {
    const { dispute, loser } = supposed(TWO, 'return-swap', 'whole');
    expect(loser).toBe(SELLER);
    expect(dispute.carriages.map(({ journey }) => journey).sort()).toEqual(['outbound', 'return']);
    expect(dispute.damages[0]!.discoveredAt).toEqual(at(100));
  });
});
