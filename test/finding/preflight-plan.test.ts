import { describe, expect, test } from 'vitest';
import type { DisputeParty } from '../../src/finding/dispute.js';
import { type PreflightParts, type PreflightPlan, planPreflight } from '../../src/finding/preflight-plan.js';
import type { Pack } from '../../src/rules/pack.js';
import type { VerifiedRecord } from '../../src/verify/verified-passport.js';
import {
  BEGIN,
  BUYER,
  CARRIER_A,
  CARRIER_B,
  CONTRACTING,
  ITEM,
  LAB,
  passport,
  SELLER,
  verifiedRecord,
  WAREHOUSE,
} from '../facts/case-builder.js';
import { PACKS } from './scenario-records.js';

const SHOP = 'https://id.gs1.org/417/9506000134420';
const NOW = Date.UTC(2026, 6, 1, 20) / 1000;
/** 2026-05-31 in UTC, 2026-06-01 at the place. */
const AGREED = { utcS: Date.UTC(2026, 4, 31, 18) / 1000, offsetMin: 480 };

/** Only what is read of a record. */
function told(
  name: string,
  type: string,
  by: string,
  payload: Readonly<Record<string, unknown>>,
  over: Partial<VerifiedRecord> = {},
): VerifiedRecord {
  return verifiedRecord({ name, type, by, payload, malformed: true, over });
}

const sale = (payload: object = {}, over: Partial<VerifiedRecord> = {}, name = 'sale'): VerifiedRecord =>
  told(
    name,
    'agreement',
    SELLER,
    { kind: 'sale', parties: [SELLER, BUYER], agreedAt: AGREED, carrierChosenBy: 'seller', ...payload },
    over,
  );
const carriage = (payload: object = {}): VerifiedRecord =>
  told('carriage', 'agreement', SELLER, {
    kind: 'carriage',
    mode: 'sea',
    parties: [SELLER, CARRIER_A],
    capacityOf: [{ party: CARRIER_A, capacity: 'carrier' }],
    ...payload,
  });

function plan(
  records: readonly VerifiedRecord[],
  parts: PreflightParts = {},
  packs: readonly Pack[] = PACKS,
): PreflightPlan {
  return planPreflight([passport(records)], packs, NOW, parts);
}

function party(id: string, role: DisputeParty['roles'][number], consumer = false): DisputeParty {
  return { id, name: id, roles: [role], consumer };
}

/** What is missing, as the refusal names it. */
function refusal(records: readonly VerifiedRecord[], parts: PreflightParts = {}): string {
  try {
    plan(records, parts);
  } catch (error) {
    const { code, message } = error as { code: string; message: string };
    return `${code}: ${message}`;
  }
  return 'none';
}

describe('a plan', () => {
  test('is read from what was agreed', () => {
    expect(plan([sale({ goods: { unitPriceMinor: 128_000, currency: 'CNY' } }), carriage()])).toEqual({
      item: ITEM,
      at: NOW,
      parties: [party(SELLER, 'seller'), party(CARRIER_A, 'carrier'), party(BUYER, 'buyer', true)],
      seller: SELLER,
      buyer: BUYER,
      carriers: [CARRIER_A],
      capacities: new Map([[CARRIER_A, 'carrier']]),
      goods: { durable: false, category: 'other', priceMinor: 128_000, currency: 'CNY' },
      carriages: [
        { id: 'out', journey: 'outbound', chosenBy: 'seller', contractMode: 'sea' },
        { id: 'back', journey: 'return', chosenBy: 'seller', contractMode: 'sea' },
      ],
      forum: 'cn',
      contractDate: '2026-06-01',
      utcOffsetMin: 480,
      packed: false,
      limited: new Set(),
      assumed: ['buyer-is-consumer', 'not-durable', 'seller-chooses-return-carrier'],
    });
  });

  test('is what a person states, before what is written', () => {
    const parties = [
      { id: SELLER, name: 'Shop', roles: ['seller' as const], consumer: false },
      { id: CARRIER_B, name: 'B', roles: ['carrier' as const], consumer: false },
      { id: CONTRACTING, name: 'Net', roles: ['contracting-carrier' as const], consumer: false },
      { id: SHOP, name: 'Customer', roles: ['buyer' as const], consumer: true },
    ];
    const carriages = [
      { id: 'x', journey: 'outbound' as const, chosenBy: 'buyer' as const, contractMode: 'air' as const },
    ];
    const parts: PreflightParts = {
      parties,
      carriages,
      goods: { durable: true, category: 'toy', priceMinor: 5, currency: 'EUR' },
      contractDate: '2025-01-02',
      utcOffsetMin: -60,
      forum: 'de',
    };
    const made = told('made', 'commission', LAB, { durable: false, category: 'food' });
    const agreed = sale({ goods: { unitPriceMinor: 128_000, currency: 'CNY' } });
    expect(plan([agreed, carriage(), made], parts)).toEqual({
      item: ITEM,
      at: NOW,
      parties,
      seller: SELLER,
      buyer: SHOP,
      carriers: [CARRIER_B],
      capacities: new Map([[CARRIER_B, 'carrier']]),
      goods: { durable: true, category: 'toy', priceMinor: 5, currency: 'EUR' },
      carriages,
      forum: 'de',
      contractDate: '2025-01-02',
      utcOffsetMin: -60,
      packed: false,
      limited: new Set(),
      assumed: [],
    });
  });

  test('assumes what nobody says, and names it', () => {
    const records = [
      told('sale', 'agreement', SELLER, { kind: 'sale', parties: [SELLER, SHOP] }),
      carriage({ mode: 7 }),
    ];
    expect(plan(records)).toMatchObject({
      goods: { durable: false, category: 'other', priceMinor: 10_000, currency: 'XXX' },
      carriages: [
        { id: 'out', journey: 'outbound', chosenBy: 'seller', contractMode: 'road' },
        { id: 'back', journey: 'return', chosenBy: 'seller', contractMode: 'road' },
      ],
      contractDate: '2026-07-01',
      utcOffsetMin: 0,
      assumed: [
        'buyer-is-no-consumer',
        'contract-dated-today',
        'not-durable',
        'price-unknown',
        'seller-chooses-carrier',
        'seller-chooses-return-carrier',
      ],
    });
  });

  test('takes the law of the first pack of rules', () => {
    const [rules, evidence] = PACKS as readonly [Pack, Pack];
    const other = { ...rules, pack: 'eu.sales' } as Pack;
    const forum = (packs: readonly Pack[]): string => plan([sale(), carriage()], {}, packs).forum;
    expect([forum([evidence, other, rules]), forum([evidence]), forum([rules])]).toEqual(['eu', 'cn', 'cn']);
  });

  test('of no passport names no item', () => {
    const parties = [party(SELLER, 'seller'), party(CARRIER_A, 'carrier'), party(BUYER, 'buyer')];
    expect(planPreflight([], PACKS, NOW, { parties }).item).toBe('');
  });
});

describe('who the parties are', () => {
  test('of several agreements the latest counts, of one time that with the lower id', () => {
    const early = sale({ parties: [SELLER, SHOP] }, { iat: BEGIN, id: 'a'.repeat(64) });
    const late = sale({ parties: [SELLER, LAB] }, { iat: BEGIN + 1, id: 'c'.repeat(64) }, 'late');
    const same = sale({ parties: [SELLER, WAREHOUSE] }, { iat: BEGIN + 1, id: 'b'.repeat(64) }, 'same');
    const buyer = (...records: VerifiedRecord[]): string => plan([...records, carriage()]).buyer;
    expect([buyer(early, late), buyer(late, early)]).toEqual([LAB, LAB]);
    expect([buyer(early, late, same), buyer(same, late, early)]).toEqual([WAREHOUSE, WAREHOUSE]);
  });

  test('only records that hold in full, of signers who are known or sign for themselves, say it', () => {
    const good = carriage();
    const bad: readonly Partial<VerifiedRecord>[] = [
      { standing: 'adverse-only' },
      { standing: 'none' } as Partial<VerifiedRecord>,
      { state: 'invalid' },
      { state: 'unchecked' },
    ];
    const buyers = bad.map((over) => refusal([sale({}, over), good]));
    expect(new Set(buyers)).toEqual(
      new Set([
        'preflight.missing: the passport does not say who buys: no agreement, handover or credential in it does; state the parties',
      ]),
    );
    const states = (['trusted', 'valid'] as const).map((state) => plan([sale({}, { state }), good]).buyer);
    expect(states).toEqual([BUYER, BUYER]);
  });

  test('a seller by role goes before who proposed the sale', () => {
    const proposed = told(
      'sale',
      'agreement',
      BUYER,
      { kind: 'sale', parties: [SHOP, BUYER] },
      { roles: [] },
    );
    const films = told('film', 'media', SHOP, {}, { roles: ['repairer', 'seller'] });
    const way = told('way', 'handover', SHOP, { to: CARRIER_A, toCapacity: 'carrier' }, { roles: [] });
    expect(plan([proposed, films, way])).toMatchObject({ seller: SHOP, buyer: BUYER });
    const own = told('sale', 'agreement', SHOP, { kind: 'sale', parties: [SHOP, BUYER] }, { roles: [] });
    expect(plan([own, way])).toMatchObject({ seller: SHOP, buyer: BUYER });
  });

  test('a buyer is the other party of the sale, else whoever the only deliveries went to', () => {
    const deliveries = (...to: readonly unknown[]): readonly VerifiedRecord[] =>
      to.map((receiver, index) => told(`delivery ${index}`, 'delivery', CARRIER_A, { to: receiver }));
    const three = sale({ parties: [SELLER, BUYER, SHOP] });
    const buyer = (...records: VerifiedRecord[]): string => {
      const missing = refusal(records);
      return missing === 'none' ? plan(records).buyer : 'nobody';
    };
    expect([
      buyer(sale({ parties: [SELLER, 7, SHOP] }), carriage(), ...deliveries(BUYER)),
      buyer(three, carriage()),
      buyer(three, carriage(), ...deliveries(BUYER, BUYER)),
      buyer(three, carriage(), ...deliveries(BUYER, SHOP)),
      buyer(three, carriage(), ...deliveries(SELLER, SHOP, undefined)),
      buyer(sale({ parties: 'both' }), carriage(), ...deliveries(SHOP)),
      buyer(three, carriage(), told('handed', 'handover', CARRIER_A, { to: SHOP })),
    ]).toEqual([SHOP, 'nobody', BUYER, 'nobody', SHOP, SHOP, 'nobody']);
  });

  test('carriers are those of the agreement, then those of handovers and credentials, each as first told', () => {
    const carriers = (...records: VerifiedRecord[]): object => {
      const { capacities, carriages, carriers: named, parties } = plan([sale(), ...records]);
      return {
        named,
        capacities: [...capacities],
        contracting: carriages[0]?.contracting ?? null,
        roles: parties.map(({ roles }) => roles.join()),
      };
    };
    const agreed = carriage({
      capacityOf: [
        { party: CONTRACTING, capacity: 'contracting-carrier' },
        { party: CARRIER_B, capacity: 'carrier' },
        { party: 7, capacity: 'carrier' },
        { party: LAB, capacity: 7 },
        'no entry',
        null,
        [SHOP, 'carrier'],
      ],
    });
    const handed = told('handed', 'handover', WAREHOUSE, {
      from: CARRIER_A,
      fromCapacity: 'carrier',
      to: CARRIER_B,
      toCapacity: 'contracting-carrier',
    });
    const network = told('network', 'media', CONTRACTING, {}, { roles: ['contracting-carrier'] });
    expect(carriers(agreed, handed)).toEqual({
      named: [CARRIER_B, CARRIER_A],
      capacities: [
        [CARRIER_B, 'carrier'],
        [CARRIER_A, 'carrier'],
      ],
      contracting: CONTRACTING,
      roles: ['seller', 'contracting-carrier', 'carrier', 'carrier', 'buyer'],
    });
    // Who contracts to carry and names nobody else carries it.
    expect(carriers(network)).toEqual({
      named: [CONTRACTING],
      capacities: [[CONTRACTING, 'contracting-carrier']],
      contracting: null,
      roles: ['seller', 'contracting-carrier', 'buyer'],
    });
    expect(carriers(network, told('film', 'media', CARRIER_A, {}))).toMatchObject({
      named: [CARRIER_A],
      contracting: CONTRACTING,
    });
    // What was agreed goes before what a credential says.
    const alone = carriage({ capacityOf: [{ party: CARRIER_A, capacity: 'contracting-carrier' }] });
    expect(carriers(alone, told('film', 'media', CARRIER_A, {}))).toEqual({
      named: [CARRIER_A],
      capacities: [[CARRIER_A, 'contracting-carrier']],
      contracting: null,
      roles: ['seller', 'contracting-carrier', 'buyer'],
    });
    // Only handovers state capacities that count.
    const elsewhere = told('sale way', 'delivery', CARRIER_A, { to: BUYER, toCapacity: 'carrier' });
    expect(carriers(elsewhere)).toMatchObject({ named: [CARRIER_A] });
    const partial = told('part', 'handover', CARRIER_A, {
      from: 7,
      fromCapacity: 'carrier',
      to: LAB,
      toCapacity: 7,
    });
    expect(carriers(partial)).toMatchObject({ named: [CARRIER_A] });
    expect(carriers(carriage({ capacityOf: 'all' }), told('film', 'media', CARRIER_B, {}))).toMatchObject({
      named: [CARRIER_B],
    });
  });

  test('the refusal names all that nobody says', () => {
    const SUFFIX = ': no agreement, handover or credential in it does; state the parties';
    const says = (what: string): string => `preflight.missing: the passport does not say ${what}${SUFFIX}`;
    expect([
      refusal([]),
      refusal([sale()]),
      refusal([carriage({ capacityOf: [] }), told('film', 'media', SELLER, {})]),
      refusal([], { parties: [party(BUYER, 'buyer'), party(CARRIER_A, 'carrier')] }),
      refusal([], { parties: [party(SELLER, 'seller'), party(CARRIER_A, 'carrier')] }),
      refusal([], { parties: [party(SELLER, 'seller'), party(BUYER, 'buyer')] }),
      refusal([], {
        parties: [party(SELLER, 'seller'), party(BUYER, 'buyer'), party(SHOP, 'contracting-carrier')],
      }),
    ]).toEqual([
      says('who sells, who buys, who carries'),
      says('who carries'),
      says('who buys, who carries'),
      says('who sells'),
      says('who buys'),
      says('who carries'),
      'none',
    ]);
  });
});

describe('what the goods are', () => {
  const goods = (made: object, agreed: object = {}): object => {
    const { assumed, goods: found } = plan([
      sale(agreed),
      carriage(),
      told('made', 'commission', LAB, { ...made }),
    ]);
    return { ...found, assumed: assumed.filter((one) => one === 'not-durable' || one === 'price-unknown') };
  };

  test('says the maker, and the sale of their price', () => {
    expect(
      goods({ durable: true, category: 'glassware' }, { goods: { unitPriceMinor: 1, currency: 'USD' } }),
    ).toEqual({
      durable: true,
      category: 'glassware',
      priceMinor: 1,
      currency: 'USD',
      assumed: [],
    });
  });

  test('or nobody, where what is said is no answer', () => {
    expect(
      goods({ durable: 'yes', category: 'Glass ware' }, { goods: { unitPriceMinor: 1.5, currency: 7 } }),
    ).toEqual({
      durable: false,
      category: 'other',
      priceMinor: 10_000,
      currency: 'XXX',
      assumed: ['not-durable', 'price-unknown'],
    });
    expect(goods({ category: 'a1-b', durable: false }, { goods: ['x'] })).toMatchObject({
      category: 'a1-b',
      assumed: ['price-unknown'],
    });
    expect([goods({ category: '1a' }), goods({ category: 'a_b' }), goods({ category: 7 })]).toMatchObject([
      { category: 'other' },
      { category: 'other' },
      { category: 'other' },
    ]);
  });

  test('were packed where the seller filmed that', () => {
    const films = (by: string, type: string, purpose: string): boolean =>
      plan([sale(), carriage(), told('film', type, by, { purpose })]).packed;
    expect([
      films(SELLER, 'media', 'packing'),
      films(CARRIER_A, 'media', 'packing'),
      films(SELLER, 'statement', 'packing'),
      films(SELLER, 'media', 'handover'),
    ]).toEqual([true, false, false, false]);
  });

  test('may get too warm, cold or damp where the maker or an agreement says so', () => {
    const limits = [{ maxMilliC: 8_000, minMilliC: 2_000 }];
    const limited = (type: string, payload: object): readonly string[] => [
      ...plan([sale(), carriage(), told('limits', type, LAB, { ...payload })]).limited,
    ];
    expect([
      limited('commission', { storageLimits: limits }),
      limited('commission', { storageLimits: [{ maxRhPermille: 600 }] }),
      limited('commission', { temperatureLimits: limits }),
      limited('agreement', { kind: 'storage', temperatureLimits: limits }),
      limited('agreement', { kind: 'storage', storageLimits: limits }),
      limited('statement', { storageLimits: limits, temperatureLimits: limits }),
    ]).toEqual([['heat', 'cold'], ['wet'], [], ['heat', 'cold'], [], []]);
  });
});

describe('how it is sent', () => {
  test('is chosen as the sale says, else as the carriage does', () => {
    const chosen = (ofSale: unknown, ofCarriage: unknown): readonly unknown[] => {
      const { assumed, carriages } = plan([
        sale({ carrierChosenBy: ofSale }),
        carriage({ carrierChosenBy: ofCarriage }),
      ]);
      return [carriages.map(({ chosenBy }) => chosenBy).join(), assumed.includes('seller-chooses-carrier')];
    };
    expect([
      chosen('buyer', 'seller'),
      chosen('seller', 'buyer'),
      chosen(undefined, 'buyer'),
      chosen(undefined, undefined),
      chosen('third', undefined),
    ]).toEqual([
      ['buyer,seller', false],
      ['seller,seller', false],
      ['buyer,seller', false],
      ['seller,seller', true],
      ['seller,seller', true],
    ]);
  });

  test('was agreed on the day of the place, where a whole time is stated', () => {
    const dated = (agreedAt: unknown): readonly unknown[] => {
      const { assumed, contractDate, utcOffsetMin } = plan([sale({ agreedAt }), carriage()]);
      return [contractDate, utcOffsetMin, assumed.includes('contract-dated-today')];
    };
    expect([
      dated(AGREED),
      dated({ ...AGREED, offsetMin: 0 }),
      dated({ utcS: AGREED.utcS }),
      dated({ utcS: 'now', offsetMin: 480 }),
      dated(null),
    ]).toEqual([
      ['2026-06-01', 480, false],
      ['2026-05-31', 0, false],
      ['2026-07-01', 0, true],
      ['2026-07-01', 0, true],
      ['2026-07-01', 0, true],
    ]);
  });
});
