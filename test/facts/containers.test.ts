import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CaseFacts } from '../../src/facts/case-facts.js';
import { coverageOf } from '../../src/facts/coverage.js';
import { deriveFacts } from '../../src/facts/derive-facts.js';
import { enclosing } from '../../src/facts/enclosing.js';
import { stateTimeline } from '../../src/facts/state-timeline.js';
import {
  aggregation,
  agreement,
  BUYER,
  CARRIER_A,
  CARRIER_B,
  delivery,
  FRAGILITY,
  handover,
  hour,
  ITEM,
  idOf,
  inspection,
  jointAgreement,
  LAB,
  media,
  observation,
  PARCEL,
  passport,
  pulse,
  type RecordDraft,
  SCOPE,
  SELLER,
  seal,
  sensor,
  shuffled,
  WAREHOUSE,
} from './case-builder.js';

const PALLET = 'https://id.gs1.org/00/950600013435212353';

function facts(...records: readonly RecordDraft[]): CaseFacts {
  return deriveFacts(passport(records), SCOPE);
}

function pack(name: string, h: number, by = WAREHOUSE, parent = PARCEL, child: string = ITEM): RecordDraft {
  return aggregation(name, { by, h, action: 'pack', children: [child], sub: parent });
}
function unpack(name: string, h: number, by = WAREHOUSE, parent = PARCEL, child: string = ITEM): RecordDraft {
  return aggregation(name, { by, h, action: 'unpack', children: [child], sub: parent });
}

/** Hours in which the item was in the container; null is for ever. */
function inside(given: CaseFacts, sub = PARCEL): readonly (readonly [number, number | null])[] {
  const hours = (s: number): number => (s - hour(0)) / 3600;
  return enclosing(given, ITEM)
    .times(sub)
    .map(({ from, to }) => [hours(from!), to === null ? null : hours(to)] as const);
}

function isInside(given: CaseFacts, h: number, sub = PARCEL): boolean {
  return enclosing(given, ITEM).concerns(sub, { from: hour(h), to: hour(h) });
}

function codes({ remarks }: CaseFacts): readonly string[] {
  return remarks.map(({ code }) => code);
}

describe('the time inside', () => {
  const SECOND = 1 / 3600;
  const once = (): CaseFacts => facts(pack('in', 1), unpack('out', 5));

  test.each([
    ['a second before the packing', 1 - SECOND, false],
    ['at the packing', 1, true],
    ['a second after it', 1 + SECOND, true],
    ['a second before the unpacking', 5 - SECOND, true],
    ['at the unpacking', 5, true],
    ['a second after it', 5 + SECOND, false],
  ])('%s', (_, h, expected) => {
    expect(isInside(once(), h)).toBe(expected);
  });

  test('a span that reaches past an end is only perhaps inside', () => {
    const { concerns, mayConcern } = enclosing(once(), ITEM);
    const over = { from: hour(4), to: hour(6) };
    expect([concerns(PARCEL, over), mayConcern(PARCEL, over)]).toEqual([false, true]);
    const beyond = { from: hour(6), to: hour(7) };
    expect([concerns(PARCEL, beyond), mayConcern(PARCEL, beyond)]).toEqual([false, false]);
    expect(concerns(PARCEL, { from: null, to: hour(2) })).toBe(false);
    expect(concerns(ITEM, { from: null, to: null })).toBe(true);
  });

  test.each<[string, readonly RecordDraft[], readonly unknown[]]>([
    ['packed and never unpacked', [pack('in', 1)], [[1, null]]],
    [
      'packed again',
      [pack('in', 1), unpack('out', 3), pack('in 2', 4), unpack('out 2', 6)],
      [
        [1, 3],
        [4, 6],
      ],
    ],
    [
      'packed again in the second of the unpacking',
      [pack('in', 1), unpack('out', 3), pack('in 2', 3)],
      [
        [1, 3],
        [3, null],
      ],
    ],
    ['packed and unpacked in one second', [pack('in', 1), unpack('out', 1)], [[1, 1]]],
    [
      'in a box on a pallet',
      [
        pack('in', 1),
        pack('up', 2, WAREHOUSE, PALLET, PARCEL),
        unpack('down', 4, WAREHOUSE, PALLET, PARCEL),
        unpack('out', 5),
      ],
      [[1, 5]],
    ],
  ])('%s', (_, records, expected) => {
    const given = facts(...records);
    expect(inside(given)).toEqual(expected);
    expect(codes(given)).toEqual([]);
  });

  test('on the pallet only while the box is on it and the item in the box', () => {
    const up = [pack('up', 0, WAREHOUSE, PALLET, PARCEL), unpack('down', 9, WAREHOUSE, PALLET, PARCEL)];
    expect(inside(facts(pack('in', 1), unpack('out', 5), ...up), PALLET)).toEqual([[1, 5]]);
    expect(inside(facts(pack('in', 10), ...up), PALLET)).toEqual([]);
  });
});

describe('words that cannot all be right', () => {
  test('an unpacking without a packing places nothing, and is told', () => {
    const given = facts(unpack('out', 5));
    expect(inside(given)).toEqual([]);
    expect(given.remarks).toEqual([
      { code: 'facts.unpacked-only', records: [idOf('out')], signers: [WAREHOUSE] },
    ]);
  });

  test('one signer packs twice: only the later word counts', () => {
    const given = facts(pack('in', 1), pack('again', 3), unpack('out', 5));
    expect(inside(given)).toEqual([[3, 5]]);
    expect(codes(given)).toEqual(['facts.aggregation-contradiction']);
  });

  test('another signer packs it later: both stand, the later one against the earlier', () => {
    const given = facts(pack('in', 1), pack('again', 3, CARRIER_A), unpack('out', 5));
    expect(inside(given)).toEqual([
      [1, 5],
      [3, 5],
    ]);
    const [first, second] = enclosing(given, ITEM).times(PARCEL);
    expect(first!.objections.map(({ fact, from, to }) => [fact.prov.signer, from, to])).toEqual([
      [CARRIER_A, hour(1), hour(3)],
    ]);
    expect(second!.objections).toEqual([]);
    expect(codes(given)).toEqual(['facts.aggregation-contradiction']);
  });

  test('who packed it is held to its own earlier unpacking; another is only heard against it', () => {
    expect(inside(facts(pack('in', 1), unpack('out', 3), unpack('late', 5, CARRIER_A)))).toEqual([[1, 3]]);
    const other = facts(pack('in', 1), unpack('early', 3, CARRIER_A), unpack('out', 5, CARRIER_B));
    expect(inside(other)).toEqual([[1, 5]]);
    expect(
      enclosing(other, ITEM)
        .times(PARCEL)[0]!
        .objections.map(({ fact }) => fact.prov.signer),
    ).toEqual([CARRIER_A]);
  });

  test('in two containers at once by one signer: in neither meanwhile', () => {
    const given = facts(pack('in', 1), pack('there', 3, WAREHOUSE, PALLET), unpack('out', 5));
    expect(inside(given)).toEqual([[1, 3]]);
    expect(inside(given, PALLET)).toEqual([[5, null]]);
    expect(given.remarks).toEqual([
      { code: 'facts.two-containers', records: [idOf('in'), idOf('there')].sort(), signers: [WAREHOUSE] },
    ]);
  });

  test('in two containers at once by two signers: each stands against the other', () => {
    const given = facts(pack('in', 1), pack('there', 3, CARRIER_A, PALLET), unpack('out', 5));
    const against = (sub: string): readonly unknown[] =>
      enclosing(given, ITEM)
        .times(sub)
        .flatMap(({ objections }) => objections.map(({ fact }) => fact.prov.signer));
    expect([inside(given), inside(given, PALLET)]).toEqual([[[1, 5]], [[3, null]]]);
    expect([against(PARCEL), against(PALLET)]).toEqual([[CARRIER_A], [WAREHOUSE]]);
    expect(codes(given)).toEqual(['facts.two-containers']);
  });

  test('out of one and into the other in one second is no contradiction', () => {
    const given = facts(pack('in', 1), unpack('out', 3), pack('there', 3, CARRIER_A, PALLET));
    expect(codes(given)).toEqual([]);
  });

  test('a box on a pallet, and the item told to be on the pallet too, is none', () => {
    const given = facts(
      pack('in', 1),
      pack('up', 2, WAREHOUSE, PALLET, PARCEL),
      pack('flat', 2, CARRIER_A, PALLET),
    );
    expect(codes(given)).toEqual([]);
    expect(inside(given, PALLET)).toEqual([
      [2, null],
      [2, null],
    ]);
  });

  test('a thing in itself is nowhere', () => {
    expect(inside(facts(pack('in', 1, WAREHOUSE, ITEM)))).toEqual([]);
  });

  test('more packings of one thing than can be weighed are left to a person', () => {
    const many = Array.from({ length: 129 }, (_, i) => pack(`in ${i}`, i, `https://id.gs1.org/417/${i}`));
    expect(enclosing(facts(...many.slice(0, 20)), ITEM).complete).toBe(true);
    const given = facts(...many);
    expect(enclosing(given, ITEM).complete).toBe(false);
    expect(given.custodies.get(ITEM)!.complete).toBe(false);
  });
});

test('what one signer tells of one container is what it says step by step, in whatever order it comes', () => {
  const move = fc.record({ h: fc.integer({ min: 0, max: 40 }), action: fc.constantFrom('pack', 'unpack') });
  fc.assert(
    fc.property(
      fc.uniqueArray(move, { maxLength: 8, selector: ({ h }) => h }),
      fc.integer({ min: 1, max: 1000 }),
      fc.integer({ min: -1, max: 41 }),
      (moves, seed, asked) => {
        const records = moves.map(({ action, h }, index) =>
          (action === 'pack' ? pack : unpack)(`m${index}`, h),
        );
        const given = facts(...shuffled(records, seed));
        expect(inside(given)).toEqual(inside(facts(...records)));
        const told = [...moves].sort((a, b) => a.h - b.h).filter(({ h }) => h <= asked);
        const last = told.at(-1);
        const packed = last?.action === 'pack' ? last.h : told.findLast(({ action }) => action === 'pack')?.h;
        // A second packing takes back the time since the first: the last of a row counts.
        const next = [...moves].sort((a, b) => a.h - b.h).find(({ h }) => h > asked);
        const expected =
          packed !== undefined &&
          !(last?.action === 'unpack' && last.h < asked) &&
          !(next?.action === 'pack' && last?.action === 'pack') &&
          !(last?.action === 'unpack' && told.at(-2)?.action !== 'pack');
        expect(isInside(given, asked)).toBe(expected);
      },
    ),
    { numRuns: 150 },
  );
});

describe('passages of a container', () => {
  const moved = (...records: readonly RecordDraft[]): readonly string[] =>
    facts(...records)
      .custodies.get(ITEM)!
      .passages.map(({ from, to }) => [from, to].map((uri) => uri.slice(-4)).join('>'));
  const over = handover('p', { from: SELLER, to: CARRIER_A, h: 2, sub: PARCEL });
  const on = handover('t', { from: CARRIER_A, to: CARRIER_B, h: 6, sub: PARCEL });
  const end = (uri: string): string => uri.slice(-4);
  const both = [`${end(SELLER)}>${end(CARRIER_A)}`, `${end(CARRIER_A)}>${end(CARRIER_B)}`];

  test.each<[string, readonly RecordDraft[], readonly string[]]>([
    ['packed before, never unpacked', [pack('in', 1)], both],
    ['packed in the very second', [pack('in', 2)], both],
    ['packed after the first', [pack('in', 3)], both.slice(1)],
    ['unpacked in between', [pack('in', 1), unpack('out', 4)], both.slice(0, 1)],
    ['unpacked in the second of the last', [pack('in', 1), unpack('out', 6)], both],
    ['packed by whoever handed it on', [pack('in', 1, SELLER)], both],
    ['packed by whoever had handed it on before', [pack('in', 3, SELLER)], []],
    ['packed by somebody who never handed it on', [pack('in', 1, BUYER)], []],
    ['packed by a party of the case that never had it', [pack('in', 1, CARRIER_B)], []],
  ])('%s', (_, aggregations, expected) => {
    expect(moved(...aggregations, over, on)).toEqual(expected);
  });

  test('a warehouse that the dispute names has no stake in whose hands the goods were', () => {
    const named = { ...SCOPE, parties: [...SCOPE.parties, WAREHOUSE] };
    const passages = (roles: readonly string[]): number =>
      deriveFacts(passport([{ ...pack('in', 1), over: { roles } }, over]), named).custodies.get(ITEM)!
        .passages.length;
    expect([passages(['warehouse']), passages(['warehouse', 'carrier'])]).toEqual([1, 0]);
  });

  test('an agent under a mandate that the giver signed may pack', () => {
    const mandate = agreement('m', {
      by: SELLER,
      parties: [SELLER, BUYER],
      h: 0,
      payload: { mandate: { agent: BUYER, principal: SELLER } },
    });
    expect(moved(pack('in', 1, BUYER), mandate, over)).toEqual(both.slice(0, 1));
    const own = { ...mandate, by: BUYER };
    expect(moved(pack('in', 1, BUYER), own, over)).toEqual([]);
  });

  test('a forked packing moves the goods into its signer’s hands only', () => {
    const forked = (by: string): RecordDraft => ({
      ...pack('in', 1, by),
      over: { standing: 'adverse-only' },
    });
    expect(moved(forked(SELLER), over)).toEqual([]);
    expect(moved(forked(CARRIER_A), over, on)).toEqual(both.slice(0, 1));
  });

  test('of two containers at once the word that stood earlier moves the goods', () => {
    const elsewhere = { ...pack('there', 1, CARRIER_A, PALLET), upper: 500 };
    const first = { ...pack('in', 1, SELLER), upper: 2 };
    expect(moved(first, elsewhere, over, on)).toEqual(both);
    expect(moved({ ...first, upper: 600 }, elsewhere, over, on)).toEqual([]);
  });
});

describe('recordings on a container', () => {
  const log = (more: Record<string, unknown> = {}): RecordDraft =>
    sensor('log', { by: CARRIER_A, h: 0, to: 20, payload: { attachedTo: PARCEL, ...more } });
  const status = (span: readonly [number, number], ...records: readonly RecordDraft[]) => {
    const question = {
      sub: ITEM,
      quantity: 'acceleration' as const,
      span: { from: hour(span[0]), to: hour(span[1]) },
    };
    const { reasons, status: answer } = coverageOf(facts(...records), question);
    return [answer, ...reasons];
  };

  test('cover the item for exactly the time it was inside', () => {
    const packed = [pack('in', 5), unpack('out', 10), log()];
    expect(status([5, 10], ...packed)).toEqual(['full']);
    expect(status([4, 10], ...packed)).toEqual(['partial', 'gap']);
    expect(status([5, 11], ...packed)).toEqual(['partial', 'gap']);
    expect(status([11, 12], ...packed)).toEqual(['none', 'gap']);
  });

  test('from one container into the next without a hole', () => {
    const other = sensor('log 2', { by: CARRIER_B, h: 0, to: 20, payload: { attachedTo: PALLET } });
    const records = [pack('in', 1), unpack('out', 5), pack('in 2', 5, WAREHOUSE, PALLET), log(), other];
    expect(status([1, 15], ...records)).toEqual(['full']);
    expect(status([1, 15], ...records.filter(({ name }) => name !== 'log 2'))).toEqual(['partial', 'gap']);
  });

  const hit = (h: number): RecordDraft => log({ max: 90_000, pulses: [pulse(h, 90_000, 6_000, 3_300_000)] });

  test.each([
    ['before the item went in', 4, ['full']],
    ['in the second of the packing', 5, ['partial', 'unjudged']],
    ['inside', 6, ['excursion']],
    ['in the second of the unpacking', 10, ['excursion']],
    ['after it came out', 11, ['full']],
  ])('a shock %s', (_, h, expected) => {
    expect(status([5, 10], pack('in', 5), unpack('out', 10), hit(h))).toEqual(expected);
  });

  test('somebody puts the item elsewhere: nothing is sure', () => {
    const elsewhere = pack('there', 6, SELLER, PALLET);
    expect(status([5, 10], pack('in', 5), elsewhere, log())).toEqual(['partial', 'container']);
    expect(status([5, 10], pack('in', 5), elsewhere, hit(8))).toEqual(['partial', 'container']);
  });

  test('what a recording shows rests on the packing too', () => {
    const { parts } = coverageOf(facts(pack('in', 0), log()), {
      sub: ITEM,
      quantity: 'acceleration',
      span: { from: hour(1), to: hour(2) },
    });
    expect(parts.map(({ alternatives }) => alternatives)).toEqual([
      [[`${idOf('log')}#0`, `${idOf('in')}#0`].sort()],
    ]);
  });
});

describe('derivations by way of a container', () => {
  const damage = { id: 'd', unit: ITEM, aspect: 'fracture', region: 'whole', kind: 'shock' };
  const terms = jointAgreement('terms', {
    by: SELLER,
    parties: [SELLER, CARRIER_A],
    h: -5,
    payload: { fragility: FRAGILITY },
  });
  const ways = (kind: string, ...records: readonly RecordDraft[]) => {
    const given = facts(
      handover('p', {
        from: SELLER,
        to: CARRIER_A,
        h: 0,
        payload: { observations: [observation('fracture', 'good'), observation('soiling', 'good')] },
      }),
      delivery('d', {
        from: CARRIER_A,
        to: BUYER,
        h: 20,
        payload: { observations: [observation('fracture', 'bad'), observation('soiling', 'bad')] },
      }),
      ...records,
    );
    const aspect = kind === 'shock' ? 'fracture' : 'soiling';
    const timeline = stateTimeline(
      given,
      given.custodies.get(ITEM)!,
      { ...damage, kind, aspect },
      { occasionWithinH: 24 },
    );
    return timeline.states.flatMap(({ derivations }) =>
      derivations
        .filter(({ how }) => how === 'implied' || how === 'good-forward')
        .map(({ against, how, over }) => ({
          how,
          against,
          rests: over.map(({ parts }) => parts.map(({ alternatives }) => alternatives)),
        })),
    );
  };
  const log = (payload: Record<string, unknown>): RecordDraft =>
    sensor('log', { by: CARRIER_A, h: -1, to: 21, payload: { attachedTo: PARCEL, ...payload } });

  test('a clean log of the box carries good on, resting on the packing', () => {
    const found = ways('shock', ...terms, pack('in', -1), log({}));
    const fragility = found.find(({ how }) => how === 'good-forward');
    expect(fragility?.rests).toEqual([[[[`${idOf('in')}#0`, `${idOf('log')}#0`].sort()]]]);
    expect(ways('shock', ...terms, log({}))).toEqual([]);
    expect(ways('shock', ...terms, pack('in', 2), log({}))).toEqual([]);
  });

  test('a shock to the box implies the item’s harm only while it was inside', () => {
    const shock = log({ max: 90_000, pulses: [pulse(8, 90_000, 6_000, 3_300_000)] });
    const found = ways('shock', ...terms, pack('in', -1), shock).filter(({ how }) => how === 'implied');
    expect(found.map(({ rests }) => rests)).toEqual([[[[[`${idOf('in')}#0`, `${idOf('log')}#1`].sort()]]]]);
    expect(ways('shock', ...terms, pack('in', 9), shock).filter(({ how }) => how === 'implied')).toEqual([]);
  });

  test('another’s packing elsewhere speaks against what the box shows', () => {
    const shock = log({ max: 90_000, pulses: [pulse(8, 90_000, 6_000, 3_300_000)] });
    const elsewhere = pack('there', 1, CARRIER_B, PALLET);
    const found = ways('shock', ...terms, pack('in', -1), elsewhere, shock).filter(
      ({ how }) => how === 'implied',
    );
    expect(found.map(({ against }) => against)).toEqual([[`${idOf('there')}#0`]]);
  });

  test('a seal of the box holds for the item while it is inside', () => {
    const seals = [
      seal('on', { by: SELLER, h: -0.5, sealId: 's', action: 'applied', state: 'intact', sub: PARCEL }),
      seal('read', { by: BUYER, h: 20, sealId: 's', action: 'read', state: 'intact', sub: PARCEL }),
    ];
    const [through] = ways('soiling', pack('in', -1), ...seals).filter(({ how }) => how === 'good-forward');
    const ids = ['in', 'on', 'read'].map((name) => `${idOf(name)}#0`).sort();
    expect(through?.rests).toEqual([[[ids]]]);
    expect(ways('soiling', ...seals)).toEqual([]);
    expect(ways('soiling', pack('in', -0.25), ...seals)).toEqual([]);
    expect(ways('soiling', pack('in', -1), unpack('out', 19), ...seals)).toEqual([]);
  });
});

describe('a lot sample', () => {
  const LOT = 'https://id.gs1.org/01/09506000134352/10/L7';
  const sample = (h: number): RecordDraft =>
    inspection('sample', {
      by: LAB,
      h,
      sub: LOT,
      payload: {
        scope: 'lot-sample',
        verdict: 'pass',
        checks: [{ id: 'c', aspect: 'function', method: 'm', methodVersion: '1', result: 'pass' }],
        cause: { cause: 'manufacture', strength: 'sole' },
      },
    });

  test('is told of the items that were in the lot, and shows nothing of them', () => {
    const given = facts(pack('in', 0, WAREHOUSE, LOT), unpack('out', 5, WAREHOUSE, LOT), sample(3));
    expect(given.of('sampled')).toHaveLength(1);
    expect([given.of('condition'), given.of('labelled'), given.of('cause')]).toEqual([[], [], []]);
    expect(codes(given)).toEqual(['facts.lot-sample']);
  });

  test('is not told of items that were not in it then', () => {
    expect(codes(facts(pack('in', 4, WAREHOUSE, LOT), sample(3)))).toEqual([]);
    expect(codes(facts(sample(3)))).toEqual([]);
  });

  test('nor of an item by the record of the item itself', () => {
    const own = { ...sample(3), sub: ITEM };
    const given = facts(own);
    expect([given.of('condition'), given.of('labelled'), codes(given)]).toEqual([
      [],
      [],
      ['facts.lot-sample'],
    ]);
  });
});

test('films of a container show a holder where the item was inside at the time that counts', () => {
  const over = handover('p', { from: SELLER, to: CARRIER_A, h: 0 });
  const film = media('film', { by: BUYER, purpose: 'unboxing', h: 10, to: 11, sub: PARCEL });
  const holders = (...records: readonly RecordDraft[]): readonly (string | null)[] =>
    facts(over, film, ...records)
      .custodies.get(ITEM)!
      .intervals.map(({ holder }) => holder);
  // Taken out while it runs.
  expect(holders(pack('in', 1), unpack('out', 10.5))).toEqual([SELLER, CARRIER_A, BUYER]);
  expect(holders(pack('in', 1), unpack('out', 9))).toEqual([SELLER, CARRIER_A]);
});

test('a seal is taken by the way that nobody disputes', () => {
  const way = [
    handover('p', {
      from: SELLER,
      to: CARRIER_A,
      h: 0,
      payload: { observations: [observation('soiling', 'good')] },
    }),
    delivery('d', { from: CARRIER_A, to: BUYER, h: 20 }),
    seal('on', { by: SELLER, h: -0.5, sealId: 's', action: 'applied', state: 'intact', sub: PARCEL }),
    seal('read', { by: BUYER, h: 20, sealId: 's', action: 'read', state: 'intact', sub: PARCEL }),
  ];
  const rests = (...records: readonly RecordDraft[]): readonly unknown[] => {
    const given = facts(...way, ...records);
    const damage = { id: 'd', unit: ITEM, aspect: 'soiling', region: 'whole', kind: 'soiling' };
    const { states } = stateTimeline(given, given.custodies.get(ITEM)!, damage, { occasionWithinH: 24 });
    return states.flatMap(({ derivations }) =>
      derivations
        .filter(({ how }) => how === 'good-forward')
        .flatMap(({ against, over }) => [
          over.flatMap(({ parts }) => parts.flatMap(({ alternatives }) => alternatives.flat())),
          against,
        ]),
    );
  };
  const ids = (...names: readonly string[]): readonly string[] =>
    names.map((name) => `${idOf(name)}#0`).sort();
  // The carrier tells of a later packing: against the first word, not against its own.
  expect(rests(pack('in', -1), pack('late', 3, CARRIER_A))).toEqual([
    ids('in', 'late', 'on', 'read'),
    ids('late'),
  ]);
  // Somebody puts it elsewhere: against both.
  expect(rests(pack('in', -1), pack('there', 3, CARRIER_B, PALLET))).toEqual([
    ids('in', 'on', 'read'),
    ids('there'),
  ]);
});

describe('hostile aggregations', () => {
  const container = (n: number): string => `https://id.gs1.org/00/${n}`;

  test('a web of containers is left to a person, and ends', () => {
    const names = Array.from({ length: 24 }, (_, n) => container(n));
    const web = names.flatMap((parent, i) =>
      names.flatMap((child, j) => (i === j ? [] : [pack(`${i} in ${j}`, 1, WAREHOUSE, parent, child)])),
    );
    const given = facts(pack('in', 1, WAREHOUSE, names[0]), ...web);
    expect(enclosing(given, ITEM).complete).toBe(false);
    expect(given.custodies.get(ITEM)!.complete).toBe(false);
  });

  test('a chain of containers reaches as far as it goes', () => {
    const chain = Array.from({ length: 200 }, (_, n) =>
      pack(`c${n}`, 1, WAREHOUSE, container(n), n === 0 ? ITEM : container(n - 1)),
    );
    const { complete, times } = enclosing(facts(...chain), ITEM);
    expect([complete, times(container(199)).map(({ via }) => via.length)]).toEqual([true, [200]]);
  });

  test('a stranger’s packing places nothing', () => {
    const strange = {
      ...pack('in', 1, `urn:goodorder:key:${'c'.repeat(64)}`),
      over: { state: 'valid', binding: 'self' } as const,
    };
    expect(inside(facts(strange))).toEqual([]);
  });
});
