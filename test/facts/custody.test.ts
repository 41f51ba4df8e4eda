import { describe, expect, test } from 'vitest';
import { type Custody, custodyOf } from '../../src/facts/custody.js';
import { deriveFacts } from '../../src/facts/derive-facts.js';
import type { VerifiedRecord } from '../../src/verify/verified-passport.js';
import {
  aggregation,
  agreement,
  BUYER,
  CARRIER_A,
  CARRIER_B,
  CONTRACTING,
  countersign,
  delivery,
  handover,
  hour,
  ITEM,
  idOf,
  media,
  PARCEL,
  PLATFORM,
  passport,
  type RecordDraft,
  SCOPE,
  SELLER,
  WAREHOUSE,
} from './case-builder.js';

function custody(...records: (RecordDraft | readonly RecordDraft[])[]): Custody {
  return custodyOf(deriveFacts(passport(records.flat()), SCOPE), ITEM);
}

const NAMES: Readonly<Record<string, string>> = {
  [SELLER]: 'S',
  [BUYER]: 'buyer',
  [CARRIER_A]: 'A',
  [CARRIER_B]: 'B',
  [CONTRACTING]: 'C',
  [WAREHOUSE]: 'W',
  [PLATFORM]: 'P',
};
const name = (party: string | null): string => (party === null ? '-' : (NAMES[party] ?? party));

const passages = ({ passages: all }: Custody): string[] =>
  all.map(({ from, signedBy, to, undated }) => {
    const signed = signedBy.map(name).sort().join('+');
    return `${name(from)}>${name(to)}${undated ? ' undated' : ` by ${signed}`}`;
  });
const boundaries = ({ boundaries: all }: Custody): string[] =>
  all.map(({ id, journey, name: of }) => `${id} ${of} ${journey ?? '-'}`);
const intervals = ({ intervals: all }: Custody): string[] =>
  all.map(({ alsoOwnedBy, capacity, holder, leg }) => {
    const also = alsoOwnedBy.length === 0 ? '' : ` with ${alsoOwnedBy.map(name).join('+')}`;
    return `${name(holder)} ${capacity ?? '-'} ${leg ?? '-'}${also}`;
  });

const joint = (id: string, from: string, to: string, h: number): readonly RecordDraft[] => [
  handover(id, { from, to, h }),
  countersign(`${id} answer`, { by: to, of: id, h }),
];
const jointDelivery = (id: string, from: string, to: string, h: number): readonly RecordDraft[] => [
  delivery(id, { from, to, h }),
  countersign(`${id} answer`, { by: to, of: id, h }),
];

describe('a journey over two carriers', () => {
  const records = [
    media('pack', { by: SELLER, purpose: 'packing', h: -1 }),
    ...joint('p', SELLER, CARRIER_A, 0),
    ...joint('t', CARRIER_A, CARRIER_B, 10),
    ...jointDelivery('d', CARRIER_B, BUYER, 20),
  ];
  // Made anew in each test: what is made while tests load judges no mutant (docs/mutation.md).
  const given = (): Custody => custody(...records);

  test('passages, boundaries, intervals, journey', () => {
    expect(passages(given())).toEqual(['S>A by A+S', 'A>B by A+B', 'B>buyer by B+buyer']);
    expect(boundaries(given())).toEqual([
      'b0 packing journey-1',
      'b1 pickup journey-1',
      'b2 transfer journey-1',
      'b3 delivery journey-1',
    ]);
    expect(intervals(given())).toEqual([
      'S principal -',
      'S principal -',
      'A carrier leg-1',
      'B carrier leg-2',
      'buyer principal -',
    ]);
    expect(given().journeys).toEqual([
      {
        id: 'journey-1',
        direction: 'outbound',
        sender: SELLER,
        consignee: BUYER,
        legs: ['leg-1', 'leg-2'],
        start: 'b1',
        end: 'b3',
        packing: 'b0',
      },
    ]);
  });

  test('a passage knows its records, its time and that both signed', () => {
    expect(given().passages[1]).toEqual({
      index: 1,
      from: CARRIER_A,
      to: CARRIER_B,
      fromCapacity: 'carrier',
      toCapacity: 'carrier',
      mode: 'road',
      offsetMin: 480,
      time: { from: hour(10), to: hour(10) },
      undated: false,
      records: [idOf('t')],
      holds: [],
      facts: [`${idOf('t')}#0`],
      signedBy: [CARRIER_A, CARRIER_B].sort(),
      overlap: null,
    });
  });

  test('an interval knows its ends', () => {
    expect(given().intervals[3]).toEqual({
      index: 3,
      holder: CARRIER_B,
      capacity: 'carrier',
      leg: 'leg-2',
      journey: 'journey-1',
      mode: 'road',
      start: 'b2',
      end: 'b3',
      time: { from: hour(10), to: hour(20) },
      alsoOwnedBy: [],
    });
  });
});

describe('records of one passage', () => {
  const pair = (apart: number): Custody =>
    custody(
      handover('a', { from: SELLER, to: CARRIER_A, h: 0 }),
      handover('b', { from: SELLER, to: CARRIER_A, h: apart, by: CARRIER_A }),
    );
  test('within six hours they are one, and all are kept', () => {
    expect(passages(pair(6))).toEqual(['S>A by A+S']);
    expect(pair(6).passages[0]!.records).toEqual([idOf('a'), idOf('b')].sort());
    expect(pair(6).passages[0]!.time).toEqual({ from: hour(0), to: hour(6) });
  });
  test('a second later they are two', () => {
    expect(passages(pair(6 + 1 / 3600))).toEqual(['S>A by S', 'A>S undated', 'S>A by A']);
  });
  test('a chain of them cannot stretch the six hours', () => {
    const given = custody(...[0, 5, 10].map((h) => handover(`h${h}`, { from: SELLER, to: CARRIER_A, h })));
    expect(given.passages.filter(({ undated }) => !undated).map(({ records }) => records.length)).toEqual([
      2, 1,
    ]);
  });
});

describe('a passage that only one side signed', () => {
  test('by the giver: the receiver may have got it later', () => {
    const given = custody(
      joint('p', SELLER, CARRIER_A, 0),
      handover('t', { from: CARRIER_A, to: CARRIER_B, h: 10 }),
      jointDelivery('d', CARRIER_B, BUYER, 20),
    );
    expect(given.passages[1]!.overlap).toEqual({ from: hour(10), to: hour(20) });
    expect(intervals(given)).toEqual([
      'S principal -',
      'A carrier leg-1',
      'B carrier leg-2 with A',
      'buyer principal -',
    ]);
  });
  test('by the receiver: the giver may have let it go earlier', () => {
    const given = custody(
      joint('p', SELLER, CARRIER_A, 0),
      handover('t', { from: CARRIER_A, to: CARRIER_B, h: 10, by: CARRIER_B }),
      jointDelivery('d', CARRIER_B, BUYER, 20),
    );
    // A's own answer of hour 0 is the last word by which it admits to have it.
    expect(given.passages[1]!.overlap).toEqual({ from: hour(0), to: hour(10) });
    expect(intervals(given)[1]).toBe('A carrier leg-1 with B');
  });
  test('a refusal is not a signature; a reservation is', () => {
    const stance = (word: string): string[] =>
      passages(
        custody(
          handover('p', { from: SELLER, to: CARRIER_A, h: 0 }),
          countersign('c', { by: CARRIER_A, of: 'p', h: 0, payload: { stance: word } }),
        ),
      );
    expect(stance('refuse')).toEqual(['S>A by S']);
    expect(stance('reserve')).toEqual(['S>A by A+S']);
  });
});

test('where the giver was not the last receiver, an undated passage stands between, owned by both', () => {
  const given = custody(joint('p', SELLER, CARRIER_A, 0), jointDelivery('d', CARRIER_B, BUYER, 20));
  expect(passages(given)).toEqual(['S>A by A+S', 'A>B undated', 'B>buyer by B+buyer']);
  expect(given.passages[1]).toMatchObject({
    undated: true,
    records: [],
    facts: [],
    signedBy: [],
    time: { from: hour(0), to: hour(20) },
    overlap: { from: hour(0), to: hour(20) },
  });
  expect(boundaries(given)).toEqual([
    'b0 pickup journey-1',
    'b1 transfer journey-1',
    'b2 delivery journey-1',
  ]);
  expect(intervals(given)).toEqual([
    'S principal -',
    'A carrier leg-1 with B',
    'B carrier leg-2 with A',
    'buyer principal -',
  ]);
});

describe('a one-shot unboxing or intake', () => {
  const upToB = [...joint('p', SELLER, CARRIER_A, 0), ...joint('t', CARRIER_A, CARRIER_B, 10)];
  const unboxing = (h: number, upper: number, purpose = 'unboxing'): RecordDraft =>
    media('u', { by: BUYER, purpose, h, upper });

  test('is a one-sided passage when the carrier signs none', () => {
    const given = custody(upToB, unboxing(20, 21));
    expect(passages(given).at(-1)).toBe('B>buyer by buyer');
    expect(given.passages.at(-1)!.records).toEqual([idOf('u')]);
    expect(boundaries(given).at(-1)).toBe('b2 delivery journey-1');
  });
  test('a packing recording or a cut one is none', () => {
    expect(passages(custody(upToB, unboxing(20, 21, 'packing')))).toHaveLength(2);
    const cut = media('u', { by: BUYER, purpose: 'unboxing', h: 20, payload: { continuity: 'cut' } });
    expect(passages(custody(upToB, cut))).toHaveLength(2);
  });
  test('one that only counts against its maker, or is a bare word, makes none', () => {
    const with_ = (over: Partial<VerifiedRecord>): string[] =>
      passages(custody(upToB, media('u', { by: BUYER, purpose: 'unboxing', h: 20, over })));
    expect(with_({ standing: 'adverse-only' })).toHaveLength(2);
    expect(with_({ rolePermitted: false })).toHaveLength(2);
    expect(with_({})).toHaveLength(3);
  });
  test('by the holder is none', () => {
    const given = custody(upToB, jointDelivery('d', CARRIER_B, BUYER, 18), unboxing(20, 21));
    expect(passages(given)).toHaveLength(3);
    expect(given.passages[2]!.holds).toEqual([idOf('u')]);
    expect(given.passages[2]!.records).toEqual([idOf('d')]);
  });
  test('a stated time before the delivery makes no passage of it: a claimed time ties nothing', () => {
    const given = custody(upToB, delivery('d', { from: CARRIER_B, to: BUYER, h: 20 }), unboxing(5, 40));
    expect(passages(given)).toEqual(['S>A by A+S', 'A>B by A+B', 'B>buyer by B']);
    expect(given.passages[2]).toMatchObject({ records: [idOf('d')], holds: [idOf('u')] });
  });
  test('a proven time before the delivery that the carrier alone states makes the arrival earlier', () => {
    const given = custody(upToB, delivery('d', { from: CARRIER_B, to: BUYER, h: 60 }), unboxing(20, 21));
    expect(passages(given).at(-1)).toBe('B>buyer by B+buyer');
    expect(given.passages.at(-1)).toMatchObject({
      records: [idOf('d'), idOf('u')].sort(),
      time: { from: hour(20), to: hour(60) },
    });
  });
  test('not against the consignee’s own word of when it came', () => {
    const given = custody(upToB, jointDelivery('d', CARRIER_B, BUYER, 60), unboxing(20, 21));
    expect(given.passages.at(-1)).toMatchObject({ records: [idOf('d')], holds: [idOf('u')] });
  });
});

describe('journeys', () => {
  test('out and back', () => {
    const given = custody(
      joint('p', SELLER, CARRIER_A, 0),
      jointDelivery('d', CARRIER_A, BUYER, 10),
      media('pack', { by: BUYER, purpose: 'packing', h: 90 }),
      joint('rp', BUYER, CARRIER_B, 100),
      jointDelivery('rr', CARRIER_B, SELLER, 110),
    );
    expect(boundaries(given)).toEqual([
      'b0 pickup journey-1',
      'b1 delivery journey-1',
      'b2 packing journey-2',
      'b3 return-pickup journey-2',
      'b4 return-receipt journey-2',
    ]);
    expect(
      given.journeys.map(({ consignee, direction, sender }) => [direction, name(sender), name(consignee)]),
    ).toEqual([
      ['outbound', 'S', 'buyer'],
      ['return', 'buyer', 'S'],
    ]);
    expect(given.intervals.map(({ leg }) => leg)).toEqual([null, 'leg-1', null, null, 'leg-2', null]);
  });

  test('without a carrier the passage itself is the delivery or the return-receipt', () => {
    const given = custody(
      jointDelivery('d', SELLER, BUYER, 0),
      ['received'].map((stage) => ({
        name: 'r',
        type: 'return',
        by: SELLER,
        payload: {
          stage,
          from: BUYER,
          to: SELLER,
          capacity: 'principal',
          occurredAt: { utcS: hour(5), offsetMin: 0 },
        },
      })),
    );
    expect(boundaries(given)).toEqual(['b0 delivery -', 'b1 return-receipt -']);
    expect(given.journeys).toEqual([]);
  });

  test('a warehouse parts two journeys', () => {
    const given = custody(
      joint('p', SELLER, CARRIER_A, 0),
      joint('w', CARRIER_A, WAREHOUSE, 10),
      joint('x', WAREHOUSE, CARRIER_B, 20),
      jointDelivery('d', CARRIER_B, BUYER, 30),
    );
    expect(given.journeys.map(({ consignee, sender }) => `${name(sender)}>${name(consignee)}`)).toEqual([
      'S>W',
      'W>buyer',
    ]);
    expect(boundaries(given).map((text) => text.split(' ')[1])).toEqual([
      'pickup',
      'delivery',
      'pickup',
      'delivery',
    ]);
  });

  test('goods still with the last carrier have no end', () => {
    const given = custody(joint('p', SELLER, CARRIER_A, 0));
    expect(given.journeys).toEqual([
      expect.objectContaining({ direction: 'outbound', consignee: null, start: 'b0', end: null }),
    ]);
    expect(given.intervals[1]!.time).toEqual({ from: hour(0), to: null });
  });

  test('a hand back to the one who gave', () => {
    const given = custody(
      joint('p', SELLER, CARRIER_A, 0),
      joint('t', CARRIER_A, CARRIER_B, 1),
      joint('back', CARRIER_B, CARRIER_A, 2),
      jointDelivery('d', CARRIER_A, BUYER, 3),
    );
    expect(passages(given).map((text) => text.split(' ')[0])).toEqual(['S>A', 'A>B', 'B>A', 'A>buyer']);
    expect(given.journeys[0]!.legs).toEqual(['leg-1', 'leg-2', 'leg-3']);
  });

  test('no passage at all: one interval of nobody', () => {
    const given = custody(media('pack', { by: SELLER, purpose: 'packing', h: -1 }));
    expect(given).toEqual({
      sub: ITEM,
      complete: true,
      passages: [],
      boundaries: [],
      intervals: [
        {
          index: 0,
          holder: null,
          capacity: null,
          leg: null,
          journey: null,
          mode: null,
          start: null,
          end: null,
          time: { from: null, to: null },
          alsoOwnedBy: [],
        },
      ],
      journeys: [],
    });
  });
});

describe('packing', () => {
  test('is the last packing recording of the sender before pickup', () => {
    const given = custody(
      media('early', { by: SELLER, purpose: 'packing', h: -9 }),
      media('last', { by: SELLER, purpose: 'packing', h: -2, payload: { continuity: 'still' } }),
      media('stranger', { by: PLATFORM, purpose: 'packing', h: -1 }),
      media('late', { by: SELLER, purpose: 'packing', h: 1 }),
      joint('p', SELLER, CARRIER_A, 0),
    );
    expect(given.boundaries[0]).toMatchObject({ name: 'packing', records: [idOf('last')] });
  });
  test('of an agent under a mandate the sender signed', () => {
    const mandate = { agent: PLATFORM, principal: SELLER };
    const given = custody(
      agreement('g', { by: SELLER, parties: [SELLER, PLATFORM], h: -20, payload: { mandate } }),
      media('agent', { by: PLATFORM, purpose: 'packing', h: -1 }),
      joint('p', SELLER, CARRIER_A, 0),
    );
    expect(given.boundaries[0]).toMatchObject({ name: 'packing', records: [idOf('agent')] });
  });
});

describe('what a passage does not say', () => {
  const capacities = (...records: (RecordDraft | readonly RecordDraft[])[]): (string | null)[] =>
    custody(...records).intervals.map(({ capacity }) => capacity);

  test('of two records of one passage the one that both stand behind says what it was', () => {
    const as = (toCapacity: string): Readonly<Record<string, unknown>> => ({
      toCapacity,
      leg: 'a',
      mode: 'road',
    });
    const early = { upper: 1 };
    const alone = handover('x', { from: SELLER, to: CARRIER_A, h: 0, payload: as('operator'), ...early });
    const backed = [
      handover('y', { from: SELLER, to: CARRIER_A, h: 0, payload: as('contracting-carrier') }),
      countersign('y answer', { by: CARRIER_A, of: 'y', h: 0 }),
    ];
    expect(capacities(alone, backed)).toEqual(['principal', 'contracting-carrier']);
  });
  test('else the one with a trusted path, else the one proven first', () => {
    const own = { binding: 'self', state: 'valid' } as const;
    const as = (name: string, toCapacity: string, words: object): RecordDraft =>
      handover(name, {
        from: SELLER,
        to: CARRIER_A,
        h: 0,
        payload: { toCapacity, leg: 'a', mode: 'road' },
        ...words,
      });
    expect(
      capacities(as('x', 'operator', { upper: 1, over: own }), as('y', 'contracting-carrier', { upper: 5 })),
    ).toEqual(['principal', 'contracting-carrier']);
    expect(
      capacities(as('x', 'operator', { upper: 5 }), as('y', 'contracting-carrier', { upper: 1 })),
    ).toEqual(['principal', 'contracting-carrier']);
  });
  test('a handover says in which capacity the goods were taken, a delivery of the same passage does not', () => {
    expect(
      capacities(
        delivery('x', { from: CARRIER_A, to: WAREHOUSE, h: 0, upper: 1 }),
        handover('y', { from: CARRIER_A, to: WAREHOUSE, h: 0, upper: 2 }),
      ),
    ).toEqual(['carrier', 'warehouse']);
  });

  const unknown = 'https://id.gs1.org/417/9506000134420';
  test.each([
    ['a seller', SELLER, [], 'principal'],
    ['a natural person', BUYER, [], 'principal'],
    ['nobody knows', unknown, [], 'carrier'],
    [
      'an agreement it signed says so',
      unknown,
      [
        agreement('g', {
          by: unknown,
          parties: [unknown, SELLER],
          h: -9,
          payload: { capacityOf: [{ party: unknown, capacity: 'operator' }] },
        }),
      ],
      'operator',
    ],
    [
      'an agreement that only others signed does not',
      unknown,
      [
        agreement('g', {
          by: SELLER,
          parties: [unknown, SELLER],
          h: -9,
          payload: { capacityOf: [{ party: unknown, capacity: 'operator' }] },
        }),
      ],
      'carrier',
    ],
    [
      'its credential says so',
      unknown,
      [media('m', { by: unknown, purpose: 'inspection', h: -9, over: { roles: ['warehouse'] } })],
      'warehouse',
    ],
    [
      'its credential names another trade',
      unknown,
      [media('m', { by: unknown, purpose: 'inspection', h: -9, over: { roles: ['producer'] } })],
      'principal',
    ],
  ])('the giver of a delivery: %s', (_, from, others, expected) => {
    const to = from === BUYER ? SELLER : BUYER;
    expect(capacities(others, delivery('d', { from, to, h: 0, by: to }))[0]).toBe(expected);
  });
});

describe('a second time out', () => {
  const there = [...joint('p', SELLER, CARRIER_A, 0), ...jointDelivery('d', CARRIER_A, BUYER, 10)];
  const back = [...joint('rp', BUYER, CARRIER_B, 100), ...jointDelivery('rr', CARRIER_B, SELLER, 110)];
  test('goods under way back are on a return already', () => {
    expect(
      custody(there, joint('rp', BUYER, CARRIER_B, 100)).journeys.map(({ direction }) => direction),
    ).toEqual(['outbound', 'return']);
  });
  test('the packing of the first journey is not that of the third', () => {
    const given = custody(
      media('pack', { by: SELLER, purpose: 'packing', h: -1 }),
      there,
      back,
      joint('p2', SELLER, CARRIER_A, 200),
    );
    expect(given.journeys.map(({ direction, packing }) => [direction, packing])).toEqual([
      ['outbound', 'b0'],
      ['return', null],
      ['outbound', null],
    ]);
  });
});

describe('clocks that disagree', () => {
  test('a hand-on stated a minute before its take-over comes after it all the same', () => {
    const given = custody(
      joint('p', SELLER, CARRIER_A, 0),
      joint('t', CARRIER_A, CARRIER_B, 10),
      jointDelivery('d', CARRIER_B, BUYER, 9.98),
    );
    expect(passages(given).map((text) => text.split(' ')[0])).toEqual(['S>A', 'A>B', 'B>buyer']);
    expect(given.passages.map(({ time }) => time)).toEqual([
      { from: hour(0), to: hour(0) },
      { from: hour(9.98), to: hour(10) },
      { from: hour(9.98), to: hour(10) },
    ]);
  });
  test('the very first two as well', () => {
    const given = custody(joint('p', SELLER, CARRIER_A, 1), joint('t', CARRIER_A, CARRIER_B, 0.99));
    expect(passages(given)).toEqual(['S>A by A+S', 'A>B by A+B']);
  });
  test('but a hand back within the hour is not turned round', () => {
    const given = custody(joint('t', CARRIER_A, CARRIER_B, 0), joint('u', CARRIER_B, CARRIER_A, 1));
    expect(passages(given)).toEqual(['A>B by A+B', 'B>A by A+B']);
  });
});

describe('whose word makes a passage', () => {
  const upToA = joint('p', SELLER, CARRIER_A, 0);
  const invented = (over: Partial<VerifiedRecord>, by = BUYER): RecordDraft =>
    handover('x', { from: CARRIER_A, to: CARRIER_B, h: 5, by, over });

  test('a statement does not', () => {
    expect(passages(custody(upToA, invented({ rolePermitted: false })))).toEqual(['S>A by A+S']);
  });
  test('unless a party to it stands behind', () => {
    const given = custody(
      upToA,
      handover('x', { from: CARRIER_A, to: CARRIER_B, h: 5, over: { rolePermitted: false } }),
      countersign('c', { by: CARRIER_B, of: 'x', h: 5 }),
    );
    expect(passages(given)).toEqual(['S>A by A+S', 'A>B by A+B']);
  });
  test('a carrier that forks its own take-over keeps it; a forked hand-on frees it of nothing', () => {
    const over = { standing: 'adverse-only' as const };
    const took = handover('p', { from: SELLER, to: CARRIER_A, h: 0, by: CARRIER_A, over });
    expect(passages(custody(took))).toEqual(['S>A by A']);
    expect(passages(custody(took, invented(over, CARRIER_A)))).toEqual(['S>A by A']);
    expect(
      passages(custody(took, invented(over, CARRIER_A), countersign('c', { by: CARRIER_B, of: 'x', h: 5 }))),
    ).toEqual(['S>A by A', 'A>B by A+B']);
  });
});

describe('what enclosed the item', () => {
  const pack = aggregation('in', { by: SELLER, h: -1, action: 'pack', children: [ITEM] });
  const onParcel = (id: string, from: string, to: string, h: number): RecordDraft =>
    handover(id, { from, to, h, sub: PARCEL });

  test('its passages are the item’s while it is inside', () => {
    const given = custody(
      pack,
      onParcel('p', SELLER, CARRIER_A, 0),
      aggregation('out', { by: CARRIER_A, h: 5, action: 'unpack', children: [ITEM] }),
      onParcel('t', CARRIER_A, CARRIER_B, 10),
      delivery('d', { from: CARRIER_A, to: BUYER, h: 20 }),
    );
    expect(passages(given)).toEqual(['S>A by S', 'A>buyer by A']);
  });
  test('an unopened child is no proof of being inside', () => {
    const hidden = { ...pack, payload: { ...pack.payload, children: [new Uint8Array(32)] } };
    expect(passages(custody(hidden, onParcel('p', SELLER, CARRIER_A, 0)))).toEqual([]);
  });
  test('containers that hold one another end', () => {
    const other = 'https://id.gs1.org/00/950600013435212353';
    const given = custody(
      pack,
      aggregation('a', { by: SELLER, h: -1, action: 'pack', children: [PARCEL], sub: other }),
      aggregation('b', { by: SELLER, h: -1, action: 'pack', children: [other] }),
      handover('p', { from: SELLER, to: CARRIER_A, h: 0, sub: other }),
    );
    expect(passages(given)).toEqual(['S>A by S']);
  });
});

test('more passages than can be weighed are left to a person', () => {
  const many = Array.from({ length: 257 }, (_, i) =>
    handover(`h${i}`, {
      from: i % 2 === 0 ? CARRIER_A : CARRIER_B,
      to: i % 2 === 0 ? CARRIER_B : CARRIER_A,
      h: i * 7,
    }),
  );
  expect(custody(many.slice(0, 256)).passages).toHaveLength(256);
  expect(custody(many)).toEqual({
    sub: ITEM,
    complete: false,
    passages: [],
    boundaries: [],
    intervals: [],
    journeys: [],
  });
});

describe('goods that were refused stay where they were', () => {
  const refused = { payload: { remark: 'refused' } };
  const out = joint('p', SELLER, CARRIER_A, 0);

  test.each([
    ['the carrier says so', [delivery('d', { from: CARRIER_A, to: BUYER, h: 9, ...refused })]],
    ['the consignee says so', [delivery('d', { by: BUYER, from: CARRIER_A, to: BUYER, h: 9, ...refused })]],
    [
      'the one says so and the other agrees',
      [
        delivery('d', { from: CARRIER_A, to: BUYER, h: 9, ...refused }),
        countersign('c', { by: BUYER, of: 'd', h: 9 }),
      ],
    ],
  ])('a delivery: %s', (_, told) => {
    const given = custody(...out, ...told);
    expect(passages(given)).toEqual(['S>A by A+S']);
    expect(boundaries(given)).toEqual(['b0 pickup journey-1']);
    expect(intervals(given)).toEqual(['S principal -', 'A carrier leg-1']);
    expect(given.journeys.map(({ consignee, direction }) => [consignee, direction])).toEqual([
      [null, 'outbound'],
    ]);
  });

  test('a handover between carriers, and the next one is offered them', () => {
    const given = custody(
      ...out,
      handover('no', { from: CARRIER_A, to: CARRIER_B, h: 9, ...refused }),
      ...jointDelivery('d', CARRIER_A, BUYER, 10),
    );
    expect(passages(given)).toEqual(['S>A by A+S', 'A>buyer by A+buyer']);
    expect(intervals(given)).toEqual(['S principal -', 'A carrier leg-1', 'buyer principal -']);
  });

  test('a second attempt within the hour is the delivery, by its own records alone', () => {
    const given = custody(
      ...out,
      delivery('no', { from: CARRIER_A, to: BUYER, h: 9, ...refused }),
      ...jointDelivery('yes', CARRIER_A, BUYER, 10),
    );
    expect(passages(given)).toEqual(['S>A by A+S', 'A>buyer by A+buyer']);
    expect(given.passages[1]!.records).toEqual([idOf('yes')]);
    expect(given.passages[1]!.time).toEqual({ from: hour(10), to: hour(10) });
  });

  test('what one side says it refused and the other says it gave is given by one side’s word', () => {
    const given = custody(
      ...out,
      delivery('given', { from: CARRIER_A, to: BUYER, h: 9 }),
      delivery('refused', { by: BUYER, from: CARRIER_A, to: BUYER, h: 9, ...refused }),
    );
    expect(passages(given)).toEqual(['S>A by A+S', 'A>buyer by A']);
    expect(given.passages[1]!.records).toEqual([idOf('given')]);
    expect(intervals(given)).toEqual(['S principal -', 'A carrier leg-1', 'buyer principal - with A']);
  });

  test('an answer that the goods were refused is no signature for having got them', () => {
    const answered = (remark: string): string[] =>
      passages(
        custody(
          ...out,
          delivery('d', { from: CARRIER_A, to: BUYER, h: 9 }),
          countersign('c', { by: BUYER, of: 'd', h: 9, payload: { remark } }),
        ),
      );
    expect(answered('refused')).toEqual(['S>A by A+S', 'A>buyer by A']);
    expect(answered('exception')).toEqual(['S>A by A+S', 'A>buyer by A+buyer']);
  });

  test('what was refused and is held later came there by a passage of which nobody tells', () => {
    const given = custody(
      ...out,
      handover('no', { from: CARRIER_A, to: CARRIER_B, h: 9, ...refused }),
      ...jointDelivery('d', CARRIER_B, BUYER, 20),
    );
    expect(passages(given)).toEqual(['S>A by A+S', 'A>B undated', 'B>buyer by B+buyer']);
  });

  test('two to whom the goods were given within the hour contradict; one who refused them does not', () => {
    const remarks = (remark: string): string[] =>
      deriveFacts(
        passport([
          ...out,
          handover('b', { from: CARRIER_A, to: CARRIER_B, h: 9, payload: { remark } }),
          delivery('d', { from: CARRIER_A, to: BUYER, h: 10 }),
        ]),
        SCOPE,
      ).remarks.map(({ code }) => code);
    expect(remarks('none')).toEqual(['facts.handover-contradiction']);
    expect(remarks('refused')).toEqual([]);
  });
});
