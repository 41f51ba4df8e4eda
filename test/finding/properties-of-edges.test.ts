import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalJson } from '../../src/finding/canonical-json.js';
import { type Assessment, assess } from '../../src/finding/finding.js';
import type { Finding, FoundEdge } from '../../src/finding/finding-form.js';
import { HIDDEN } from '../../src/record/private-fields.js';
import type { Pack } from '../../src/rules/pack.js';
import { BUILT_IN_PACKS } from '../../src/rules/packs/index.js';
import {
  BUYER,
  CARRIER_A,
  CARRIER_B,
  CONTRACTING,
  countersign,
  damagingPulse,
  handover,
  idOf,
  LAB,
  observation,
  passport,
  type RecordDraft,
  SELLER,
  sensor,
} from '../facts/case-builder.js';
import { load, packText, rule } from '../rules/built-packs.js';
import { decisionOf, helpedBy, standing } from './edge-standing.js';
import { cases, holds, logOf, observationOf } from './generated-cases.js';
import {
  carriage,
  disputeOf,
  disputeValue,
  inWords,
  judge,
  objection,
  PACKS,
  time,
  unboxing,
} from './scenario-records.js';

const EVIDENCE = BUILT_IN_PACKS.get('evidence.cn')!;

describe('a record wholly on one’s side never worsens an edge for oneself (P1’)', () => {
  test('whatever else is there', () => {
    const seen = { better: 0, alike: 0 };
    holds(
      fc.property(cases, fc.oneof(observationOf('more'), logOf('more')), (records, more) => {
        const after = judge([...records, more]);
        const before = judge(records);
        for (const edge of after.decisions.edges) {
          const [side, other] = helpedBy(before, after, edge, idOf('more')) ?? [];
          if (side === undefined || other !== undefined) continue;
          const [was, is] = [before, after].map((one) => standing(decisionOf(one, edge.id), side));
          expect(is).toBeGreaterThanOrEqual(was!);
          seen[is === was ? 'alike' : 'better'] += 1;
        }
      }),
      100,
    );
    expect(seen.better).toBeGreaterThan(2);
    expect(seen.alike).toBeGreaterThan(30);
  });
});

describe('an extra stop with the same holder (P3)', () => {
  /** Who held the goods, and when it still and already had them. */
  const held = fc.oneof(
    fc.record({ by: fc.constant(CARRIER_A), h: fc.constantFrom(1.5, 3, 6, 9.5) }),
    fc.record({ by: fc.constant(CARRIER_B), h: fc.constantFrom(10.5, 12, 16, 19.5) }),
  );
  const numberless = (list: readonly FoundEdge[]): readonly string[] =>
    list.map((edge) => inWords(edge).replace(/, leg-\d+/, ''));

  test('changes the numbers of legs and nothing else', () => {
    let judged = 0;
    holds(
      fc.property(cases, held, fc.boolean(), (records, { by, h }, answered) => {
        const stop: RecordDraft = handover('stop', {
          from: by,
          to: by,
          h,
          upper: h + 0.5,
          payload: { fromCapacity: 'carrier', toCapacity: 'carrier', leg: 'a', mode: 'road' },
          malformed: true,
        });
        const answer = countersign('stop answer', { by, of: 'stop', h, upper: h + 0.5 });
        const before = judge(records);
        const { custody } = before.decisions.case.damages[0]!;
        const told = (index: number): boolean => custody.passages[index]?.undated === false;
        // Where nobody tells when it had the goods the stop would be news.
        const own = custody.intervals.find(
          ({ holder, index, time: { from, to } }) =>
            holder === by &&
            from !== null &&
            to !== null &&
            from < at(h) &&
            at(h) < to &&
            told(index - 1) &&
            told(index),
        );
        if (own === undefined) return;
        // And where nothing else shows that it had them at all, that it says so itself is news.
        const { decisions } = before;
        const shown = decisions.edges.some(
          (edge) =>
            edge.debtor === by &&
            decisions
              .issuesOf(edge)
              .some(({ issue, status }) => issue.name === 'handed-over' && status === 'found'),
        );
        if (!shown) return;
        const after = judge([...records, stop, ...(answered ? [answer] : [])]);
        expect(numberless(after.finding.edges)).toEqual(numberless(before.finding.edges));
        judged += 1;
      }),
      60,
    );
    expect(judged).toBeGreaterThan(10);
  });
});

describe('a carrier that cuts its own leg', () => {
  test('does not escape: a blow in what it calls another leg is a blow on its way', () => {
    const blow = { pulses: [damagingPulse(7)], max: 85_000 };
    const records = [
      ...carriage(),
      sensor('log before', { by: SELLER, h: -0.5, to: 1, upper: 2 }),
      sensor('log A', { by: CARRIER_A, h: 5.5, to: 10, upper: 11, payload: blow }),
      unboxing(),
      objection(),
    ];
    const cut = handover('cut', { from: CARRIER_A, to: CARRIER_A, h: 3, upper: 3.5 });
    const toA = (given: readonly RecordDraft[]): string | undefined =>
      judge(given)
        .finding.edges.map(inWords)
        .find((line) => line.startsWith('A to seller'));
    expect(toA(records)).toBe('A to seller: liable, proven, implicated, leg-1, sole, 128000 by CN-19');
    const noted = { observations: [observation('fracture', 'good')], remark: 'exception' };
    for (const payload of [{}, noted, { remark: 'contents-unknown' }]) {
      expect(toA([...records, { ...cut, payload: { ...cut.payload, ...payload } }])).toBe(toA(records));
    }
    // In another capacity it is another custody, and may answer under other rules.
    const stored = handover('stored', {
      from: CARRIER_A,
      to: CARRIER_A,
      h: 3,
      upper: 3.5,
      payload: { fromCapacity: 'carrier', toCapacity: 'warehouse' },
    });
    expect(toA([...records, stored])).not.toBe(toA(records));
  });
});

function at(h: number): number {
  return 1_780_000_000 + Math.round(h * 3600);
}

describe('renaming the parties (P4)', () => {
  /** Keys of the same kind, in another order: whatever is sorted by name is sorted otherwise. */
  const NEW: ReadonlyMap<string, string> = new Map([
    [SELLER, 'https://id.gs1.org/417/9521234000068'],
    [CONTRACTING, 'https://id.gs1.org/417/9521234000051'],
    [CARRIER_A, 'https://id.gs1.org/417/9521234000044'],
    [CARRIER_B, 'https://id.gs1.org/417/9521234000037'],
    [LAB, 'https://id.gs1.org/417/9521234000020'],
    [BUYER, `urn:goodorder:key:${'0'.repeat(64)}`],
  ]);
  const OLD: ReadonlyMap<string, string> = new Map([...NEW].map(([one, other]) => [other, one]));

  function renamed(value: unknown, names: ReadonlyMap<string, string>): unknown {
    if (typeof value === 'string') {
      let text = value;
      for (const [one, other] of names) text = text.replaceAll(one, other);
      return text;
    }
    if (Array.isArray(value)) return value.map((one) => renamed(one, names));
    if (typeof value !== 'object' || value === null || value === HIDDEN || value instanceof Uint8Array)
      return value;
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, renamed(one, names)]));
  }

  /** Every list as a set, and no digest of anything that holds a name. */
  function asSets(value: unknown): unknown {
    if (Array.isArray(value)) return value.map((one) => canonicalJson(asSets(one))).sort();
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).flatMap(([key, one]) =>
        key === 'digest' || key === 'inputDigest' || key === 'number' ? [] : [[key, asSets(one)]],
      ),
    );
  }

  test('renames the finding, its lists taken as sets', () => {
    holds(
      fc.property(cases, (records) => {
        const one = judge(records).finding;
        const { finding } = assess(
          passport(records.map((record) => renamed(record, NEW) as RecordDraft)),
          disputeOf(renamed(disputeValue(), NEW) as Record<string, unknown>),
          PACKS,
        );
        expect(asSets(renamed(finding, OLD))).toEqual(asSets(one));
        expect(finding.digest).not.toBe(one.digest);
      }),
      40,
    );
  });
});

describe('a rule whose condition is false (P6)', () => {
  const FALSE = [
    'damage.aspect is authenticity',
    'event.delivered before event.sold',
    'goods.durable is yes',
    'sale.distance is yes',
    'undertaken photograph by debtor',
    'all: [damage.kind is heat, issue bad-at-pickup is found]',
  ];
  const EFFECTS = [
    '{ bar: consumer-seller }',
    '{ liable: consumer-seller, as: principal, head: loss, mode: sole }',
    '{ presume: defective, is: not-found, rebut: conclusive }',
    '{ argue: bad-at-delivery, side: con, grade-from: [agreed.fragility] }',
    '{ adverse: bad-at-delivery, is: not-found, weight: 4 }',
  ];
  const text = packText('cn/cn.yaml');

  test('changes only why not, whatever it would do', () => {
    const packs = new Map<string, readonly Pack[]>();
    const packOf = (condition: string, effect: string): readonly Pack[] => {
      const key = `${condition} ${effect}`;
      const known = packs.get(key);
      if (known !== undefined) return known;
      const extra = rule({
        id: 'XX-1',
        on: '{ claim: consumer-seller, each: damage }',
        if: condition.startsWith('all') ? `[{ ${condition} }]` : `[${condition}]`,
        effect,
      });
      const made = [load(`${text}\n${extra}\n`, [EVIDENCE]), EVIDENCE];
      packs.set(key, made);
      return made;
    };
    const rest = ({ digest: _, packDigests: __, whyNot: ___, ...same }: Finding) => same;
    let told = 0;
    holds(
      fc.property(
        cases,
        fc.constantFrom(...FALSE),
        fc.constantFrom(...EFFECTS),
        (records, condition, effect) => {
          const plain = judge(records).finding;
          const more = judge(records, {}, packOf(condition, effect));
          const own = more.finding.whyNot.filter(({ rule: id }) => id === 'XX-1');
          // A rule that would have made it liable is among those that failed where it turned on what was to be shown.
          if (effect.startsWith('{ liable') && condition.includes('issue')) return;
          // With evidence missing it is not known to be false; then it may matter.
          if (own.some(({ value }) => value !== 'false') || readTrue(more)) return;
          expect(rest(more.finding)).toEqual(rest(plain));
          expect(more.finding.whyNot.filter(({ rule: id }) => id !== 'XX-1')).toEqual(plain.whyNot);
          told += own.length;
        },
      ),
      60,
    );
    expect(told).toBeGreaterThan(20);
  });

  function readTrue({ decisions }: Assessment): boolean {
    return decisions.edges.some((edge) =>
      [...decisions.edge(edge).readings, ...decisions.issuesOf(edge).flatMap(({ rules }) => rules)].some(
        ({ rule: { id }, value }) => id === 'XX-1' && value !== false,
      ),
    );
  }
});

describe('a later day of asking (P11)', () => {
  const bar = rule({
    id: 'XX-2',
    on: '{ claim: consumer-seller, each: damage }',
    if: '[no event.notified by 20 days after event.delivered]',
    effect: '{ bar: consumer-seller }',
  });
  const text = packText('cn/cn.yaml');
  const days = fc.integer({ min: 13, max: 400 });

  /** All but the day itself and what it does to bars. */
  function undated({ digest: _, dispute: { asOf: __, digest: ___, ...dispute }, ...finding }: Finding) {
    const { inputDigest: ____, ...rest } = finding;
    return { ...rest, dispute };
  }

  test('changes nothing but the day, where no limit runs', () => {
    holds(
      fc.property(cases, days, (records, day) => {
        const [early, late] = [judge(records), judge(records, { asOf: time(24 * day) })];
        expect(undated(late.finding)).toEqual(undated(early.finding));
        expect(late.finding.digest).not.toBe(early.finding.digest);
      }),
      30,
    );
  });

  test('and where one runs, only what it bars', () => {
    const packs = [load(`${text}\n${bar}\n`, [EVIDENCE]), EVIDENCE];
    const statuses = new Set<string>();
    holds(
      fc.property(cases, days, (records, day) => {
        const [early, late] = [
          judge(records, {}, packs),
          judge(records, { asOf: time(24 * day) }, packs),
        ].map(({ finding }) => finding);
        expect(late!.timelines).toEqual(early!.timelines);
        expect(late!.issues).toEqual(early!.issues);
        for (const [index, edge] of late!.edges.entries()) {
          const before = early!.edges[index]!;
          if (edge.template === 'consumer-seller' && edge.status !== before.status) {
            statuses.add(`${before.status} ${edge.status}`);
            expect(edge.status).toBe('barred');
          } else if (!edge.recourse) expect(edge.status).toBe(before.status);
        }
      }),
      30,
    );
    expect([...statuses].length).toBeGreaterThan(0);
  });
});
