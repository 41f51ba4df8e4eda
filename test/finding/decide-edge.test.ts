import { describe, expect, test } from 'vitest';
import { openCase } from '../../src/finding/case.js';
import { CaseDecisions } from '../../src/finding/issue-graph.js';
import type { Pack } from '../../src/rules/pack.js';
import { BUILT_IN_PACKS } from '../../src/rules/packs/index.js';
import { compileRules } from '../../src/rules/rule-set.js';
import { BUYER, CARRIER_A, CARRIER_B, CONTRACTING, type RecordDraft, SELLER } from '../facts/case-builder.js';
import { load, rule, smallPack } from '../rules/built-packs.js';
import { claim, disputeOf, edgesInWords, judge, scenario9, scenario11 } from './scenario-records.js';

const EVIDENCE = BUILT_IN_PACKS.get('evidence.cn')!;

/** A finding under a small pack: consumer and seller, and whatever rules a test writes. */
function under(rules: readonly string[], records: readonly RecordDraft[] = scenario9(), parts = {}) {
  const pack = load(smallPack({ rules: rules.join('\n') }));
  return withPack(pack, records, parts);
}

function withPack(pack: Pack, records: readonly RecordDraft[] = scenario9(), parts = {}) {
  const claims = [claim('k1', 'consumer-seller')];
  return judge(records, { claims, packs: [{ id: 'small' }, { id: 'evidence.cn' }], ...parts }, [
    pack,
    EVIDENCE,
  ]);
}

const LIABLE = '{ liable: consumer-seller, as: principal, head: loss, mode: sole }';
const SEVERAL = '{ liable: consumer-seller, as: principal, head: loss, mode: several }';
/** Nobody can tell: no return was received. */
const UNKNOWN = 'event.return-received before event.sold';
const edge = (one: ReturnType<typeof under>) => one.finding.edges[0]!;

describe('a rule whose condition is unknown', () => {
  test('decides nothing and sends the edge to a person when it matters', () => {
    const one = under([rule({ if: `[${UNKNOWN}]` })]);
    expect(edge(one)).toMatchObject({
      status: 'refer',
      referBecause: 'unknown-matters',
      forks: [{ rule: 'R-1', leg: null, matters: true }],
      amount: null,
    });
    expect(one.finding.disposition).toBe('refer-to-human');
    expect(one.finding.whyNot).toEqual([
      { edge: edge(one).id, rule: 'R-1', leg: null, value: 'unknown', failedConditions: [UNKNOWN] },
    ]);
  });

  test('is kept and named when it does not matter', () => {
    const one = under([rule({}), rule({ id: 'R-2', if: `[${UNKNOWN}]` })]);
    expect(edge(one)).toMatchObject({
      status: 'liable',
      basis: 'proven',
      rules: [{ rule: 'R-1' }],
      forks: [{ rule: 'R-2', leg: null, matters: false }],
    });
    expect(one.finding.disposition).toBe('determined');
  });

  test('does not matter where it only chooses between barred and without ground', () => {
    const one = under([rule({ id: 'R-2', if: `[${UNKNOWN}]`, effect: '{ bar: consumer-seller }' })]);
    expect(edge(one)).toMatchObject({
      status: 'not-liable',
      basis: 'burden-default',
      referBecause: null,
      forks: [{ rule: 'R-2', leg: null, matters: false }],
    });
    expect(one.finding.disposition).toBe('determined');
  });

  test('matters where it bars what would be owed', () => {
    const bar = rule({ id: 'R-2', if: `[${UNKNOWN}]`, effect: '{ bar: consumer-seller }' });
    expect(edge(under([rule({}), bar]))).toMatchObject({
      status: 'refer',
      referBecause: 'unknown-matters',
      forks: [{ rule: 'R-2', leg: null, matters: true }],
    });
  });

  test('on an issue: undetermined when it matters, else not', () => {
    const presume = (is: string) => `{ presume: broken, is: ${is}, rebut: conclusive }`;
    const matters = under([rule({}), rule({ id: 'R-2', if: `[${UNKNOWN}]`, effect: presume('not-found') })]);
    expect(matters.finding.issues[0]).toMatchObject({
      issue: 'broken',
      status: 'undetermined',
      forks: [{ rule: 'R-2', matters: true }],
    });
    expect(edge(matters).status).toBe('refer');
    const idle = under([rule({}), rule({ id: 'R-2', if: `[${UNKNOWN}]`, effect: presume('found') })]);
    expect(idle.finding.issues[0]).toMatchObject({
      status: 'found',
      by: 'evidence',
      forks: [{ matters: false }],
    });
    expect(edge(idle)).toMatchObject({ status: 'liable', basis: 'proven' });
  });

  test('more than six on one question go to a person', () => {
    const many = (count: number) =>
      under([
        rule({}),
        ...Array.from({ length: count }, (_, i) => rule({ id: `U-${i}`, if: `[${UNKNOWN}]` })),
      ]);
    expect(edge(many(6))).toMatchObject({ status: 'liable', referBecause: null });
    expect(edge(many(7))).toMatchObject({ status: 'refer', referBecause: 'too-many-unknowns' });
  });

  test('that would be overridden where it holds is tried as such', () => {
    const rules = [
      rule({ effect: SEVERAL }),
      rule({ id: 'R-2', if: `[${UNKNOWN}]`, overrides: '[R-1]', effect: LIABLE }),
    ];
    expect(edge(under(rules))).toMatchObject({ status: 'liable', mode: 'several' });
  });
});

describe('bars', () => {
  test('go before liability, and only where they hold', () => {
    const bar = (condition: string, head = '') =>
      under([rule({}), rule({ id: 'B-1', if: `[${condition}]`, effect: `{ bar: consumer-seller${head} }` })]);
    expect(edge(bar('creditor.consumer is yes'))).toMatchObject({
      status: 'barred',
      basis: 'time-bar',
      rules: [{ rule: 'B-1' }],
    });
    expect(edge(bar('creditor.consumer is no'))).toMatchObject({ status: 'liable' });
    expect(edge(bar('creditor.consumer is yes', ', head: repair'))).toMatchObject({ status: 'liable' });
    expect(edge(bar(UNKNOWN))).toMatchObject({ status: 'refer' });
  });
});

describe('versions, layers and overriding', () => {
  test('the version of the day of the contract holds', () => {
    const old = rule({ 'in-force': '{ from: 2000-01-01, to: 2026-05-19 }', effect: SEVERAL });
    const now = rule({ 'in-force': '{ from: 2026-05-20 }' });
    expect(edge(under([old, now]))).toMatchObject({ mode: 'sole' });
    const law = { forum: 'cn', contractDate: '2026-05-19', utcOffsetMin: 480 };
    expect(edge(under([old, now], scenario9(), { law }))).toMatchObject({ mode: 'several' });
    const before = { ...law, contractDate: '1999-12-31' };
    expect(edge(under([old, now], scenario9(), { law: before }))).toMatchObject({
      status: 'not-liable',
      rules: [],
    });
  });

  test('another date decides where the rule says so', () => {
    const from = (by: string, date: string) =>
      under([rule({ 'applies-by': by, 'in-force': `{ from: ${date} }` })]);
    // Discovered on 30 May, opened on 6 June, local time.
    expect(edge(from('eventDate', '2026-05-30')).status).toBe('liable');
    expect(edge(from('eventDate', '2026-05-31')).status).toBe('not-liable');
    expect(edge(from('filingDate', '2026-06-06')).status).toBe('liable');
    expect(edge(from('filingDate', '2026-06-07')).status).toBe('not-liable');
  });

  test('the higher layer writes, whichever stands first', () => {
    for (const [layer, mode] of [
      ['convention', 'several'],
      ['platform', 'sole'],
    ] as const) {
      const rules = [rule({}), rule({ id: 'R-2', layer, effect: SEVERAL })];
      expect(edge(under(rules))).toMatchObject({ status: 'liable', mode });
    }
  });

  test('where the higher one does not hold the lower does', () => {
    const rules = [
      rule({}),
      rule({ id: 'R-2', layer: 'convention', if: '[goods.durable is yes]', effect: SEVERAL }),
    ];
    expect(edge(under(rules))).toMatchObject({ mode: 'sole' });
  });
});

describe('basis of an edge that is not liable', () => {
  test.each([
    ['an exception proven', '[issue broken is found]', '[{ by: defendant, issue: fine }]', 'exception'],
    ['the opposite shown', '[issue fine is not-found]', '', 'proven'],
    ['nothing shown', '[issue unseen is found]', '', 'burden-default'],
    ['another scope', '[goods.durable is yes]', '', 'burden-default'],
  ])('%s', (_what, condition, proven, basis) => {
    const issues = [
      '  fine: { asks: { en: "bad?", zh: "坏？" }, pro: defendant, burden: pro, standard: high, about: [damage], shown: [state bad at delivery] }',
      '  unseen: { asks: { en: "?", zh: "？" }, pro: claimant, burden: pro, standard: high, about: [damage], shown: [fact incident theft] }',
    ].join('\n');
    const text = smallPack({ issues, rules: rule({ if: condition, 'unless-proven': proven }) });
    const one = withPack(load(text));
    expect(edge(one)).toMatchObject({ status: 'not-liable', basis });
  });

  test('a presumption stood', () => {
    const rules = [
      rule({}),
      rule({
        id: 'R-2',
        if: '[creditor.consumer is yes]',
        effect: '{ presume: broken, is: not-found, rebut: conclusive }',
      }),
    ];
    expect(edge(under(rules))).toMatchObject({ status: 'not-liable', basis: 'presumption' });
  });
});

describe('pleadings', () => {
  const plead = (party: string, position: string, issue = 'broken') =>
    under([rule({})], [], {
      pleadings: [{ party, issue, position }],
      claims: [claim('k1', 'consumer-seller')],
    });
  const broken = (one: ReturnType<typeof under>) =>
    one.finding.issues.find(({ issue }) => issue === 'broken')!;

  test.each([
    ['the seller admits', SELLER, 'admit', 'found', 5, 0],
    ['the seller asserts what hurts it', SELLER, 'assert', 'found', 5, 0],
    ['the seller denies', SELLER, 'deny', 'not-found', 0, 1],
    ['the consumer asserts', BUYER, 'assert', 'not-found', 1, 0],
    ['the consumer gives it up', BUYER, 'deny', 'not-found', 0, 5],
    ['the consumer is silent', BUYER, 'silent', 'not-raised', 0, 0],
    ['a stranger to the edge admits', CARRIER_A, 'admit', 'not-raised', 0, 0],
  ])('%s', (_what, party, position, status, pro, con) => {
    expect(broken(plead(party, position))).toMatchObject({ status, pro, con });
  });
});

describe('the edges of a case', () => {
  test('two sellers are two edges, one seller with two desks is one', () => {
    const parties = (roles: readonly string[]) => ({
      parties: [
        { id: SELLER, name: 'S', roles: ['seller'], consumer: false },
        { id: CONTRACTING, name: 'T', roles, consumer: false },
        { id: BUYER, name: 'B', roles: ['buyer'], consumer: true },
      ],
    });
    const edges = (roles: readonly string[]) =>
      under([rule({})], scenario9(), parties(roles)).finding.edges.filter(
        ({ template }) => template === 'consumer-seller',
      );
    expect(edges(['seller']).map(({ debtor }) => debtor)).toEqual([SELLER, CONTRACTING]);
    expect(edges(['platform']).map(({ debtor }) => debtor)).toEqual([SELLER]);
  });

  test('nobody owes himself', () => {
    const parties = [
      { id: SELLER, name: 'S', roles: ['seller', 'buyer'], consumer: true },
      { id: BUYER, name: 'B', roles: ['streamer'], consumer: true },
    ];
    expect(
      under([rule({})], scenario9(), { parties, claims: [], carriages: [] }).finding.edges.filter(
        ({ template }) => template === 'consumer-seller',
      ),
    ).toEqual([]);
  });

  test('a template’s requirements hold or there is no edge', () => {
    const parties = [
      { id: SELLER, name: 'S', roles: ['seller'], consumer: false },
      { id: BUYER, name: 'B', roles: ['buyer'], consumer: false },
    ];
    const carriages: unknown[] = [];
    const finding = judge(scenario9(), { parties, claims: [], carriages }).finding;
    expect(finding.edges.map(({ template }) => template)).toEqual([
      'buyer-seller',
      'seller-buyer',
      'shipper-carrier',
      'shipper-carrier',
    ]);
  });

  test('several damages and journeys keep apart', () => {
    const { finding } = judge(scenario9(), {
      damages: [
        {
          id: 'd1',
          unit: 'u1',
          aspect: 'fracture',
          region: 'whole',
          kind: 'shock',
          discoveredAt: '2026-05-30T00:00:00+08:00',
        },
        {
          id: 'd2',
          unit: 'u1',
          aspect: 'surface',
          region: 'front',
          kind: 'use',
          discoveredAt: '2026-05-30T00:00:00+08:00',
        },
      ],
    });
    expect(finding.edges.filter(({ damage }) => damage === 'd2').map(({ status }) => status)).toEqual([
      'not-liable',
      'not-liable',
      'not-liable',
      'not-liable',
      'not-liable',
    ]);
    expect(new Set(finding.edges.map(({ id }) => id)).size).toBe(10);
  });
});

describe('a case beyond measure', () => {
  test('stops at the same step everywhere and goes to a person', () => {
    const { decisions } = judge(scenario11());
    const rules = compileRules([BUILT_IN_PACKS.get('cn')!, EVIDENCE]);
    const small = (steps: number) => {
      const again = new CaseDecisions(openCase(decisions.case.facts, disputeOf(), rules, steps));
      return again.edges
        .map((one) => again.edge(one))
        .map(({ referBecause, status }) => `${status} ${referBecause}`);
    };
    expect(small(60)).toEqual(small(60));
    expect(small(60)).toContain('refer too-large');
    expect(small(100_000)).not.toContain('refer too-large');
  });

  test('passages beyond number are not weighed', () => {
    const many = Array.from({ length: 1_200 }, (_, i): RecordDraft => {
      const [from, to] = i % 2 === 0 ? [SELLER, CARRIER_A] : [CARRIER_A, CARRIER_B];
      const base = scenario9().find(({ name }) => name === 'transfer')!;
      return {
        ...base,
        name: `p${i}`,
        by: from,
        payload: {
          ...base.payload,
          from,
          to,
          occurredAt: { utcS: 1_780_000_000 + i * 30_000, offsetMin: 480 },
        },
        upper: 20_000,
      };
    });
    const words = edgesInWords(judge(many));
    expect(words.every((line) => line.includes('refer') || line.includes('not-liable'))).toBe(true);
  });
});
