import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalJson, digestOfValue } from '../../src/finding/canonical-json.js';
import { find } from '../../src/finding/finding.js';
import { type Finding, NOTICE } from '../../src/finding/finding-form.js';
import { BUILT_IN_PACKS } from '../../src/rules/packs/index.js';
import type { VerifiedPassport } from '../../src/verify/verified-passport.js';
import {
  BUYER,
  LAB,
  observation,
  passport,
  type RecordDraft,
  SELLER,
  shuffled,
  statement,
} from '../facts/case-builder.js';
import { load, packText } from '../rules/built-packs.js';
import { damaged } from './generated-cases.js';
import { disputeOf, disputeValue, inWords, judge, PACKS, scenario9, scenario11 } from './scenario-records.js';

const EVIDENCE = BUILT_IN_PACKS.get('evidence.cn')!;

const words = ({ finding }: { finding: Finding }): readonly string[] => finding.edges.map(inWords);

describe('the finding', () => {
  const { finding } = judge(scenario9());

  test('says what it is, and holds nothing that JSON cannot', () => {
    expect(finding.notice).toBe(NOTICE);
    expect(JSON.parse(JSON.stringify(finding))).toEqual(finding);
    const { digest, ...rest } = JSON.parse(JSON.stringify(finding)) as Finding;
    expect(digestOfValue('goodorder/finding/1', rest)).toBe(digest);
  });

  test('an untrusted or altered passport still gets one, which says so on its face', () => {
    for (const verdict of ['INDETERMINATE', 'TOTAL-FAILED'] as const) {
      const given = { ...passport(scenario9()), verdict } as VerifiedPassport;
      const one = find(given, disputeOf(), PACKS);
      expect(one.evidence).toMatchObject({ verdict, passports: [{ verdict }] });
      expect(one.edges.map(inWords)).toEqual(words({ finding }));
      expect(one.inputDigest).not.toBe(finding.inputDigest);
      expect(one.digest).not.toBe(finding.digest);
    }
  });

  test('of nothing at all is a finding too', () => {
    const empty = { ...passport([]), verdict: 'TOTAL-FAILED' } as VerifiedPassport;
    const one = find(empty, disputeOf(), PACKS);
    expect(one.edges.map(inWords)).toEqual([
      'seller to buyer: not-liable, burden-default by CN-04+CN-08',
      'buyer to seller: not-liable, burden-default by CN-28+CN-29',
    ]);
    expect(one.unmatchedClaims).toEqual(['k2', 'k3', 'k4']);
  });
});

describe('the same bytes', () => {
  test('whatever order records come in', () => {
    fc.assert(
      fc.property(damaged, fc.nat(), (records, seed) => {
        const one = find(passport(records), disputeOf(), PACKS);
        const other = find(passport(shuffled(records, seed)), disputeOf(), PACKS);
        expect(JSON.stringify(other)).toBe(JSON.stringify(one));
      }),
      { numRuns: 25 },
    );
  });

  test('of canonical JSON: the digest can be recomputed from the finding as printed, in any order of members', () => {
    fc.assert(
      fc.property(damaged, fc.boolean(), (records, capped) => {
        const claims = capped ? undefined : [];
        const { digest, ...rest } = find(
          passport(records),
          disputeOf(claims === undefined ? {} : { claims }),
          PACKS,
        );
        expect(JSON.stringify(rest)).toBe(canonicalJson(rest));
        const reversed = JSON.parse(JSON.stringify(rest), (_key, value: unknown) =>
          typeof value === 'object' && value !== null && !Array.isArray(value)
            ? Object.fromEntries(Object.entries(value).reverse())
            : value,
        ) as unknown;
        expect(digestOfValue('goodorder/finding/1', reversed)).toBe(digest);
      }),
      { numRuns: 40 },
    );
    // A remark, a fork, a cap and a presumption: members that few cases have.
    const contradiction = statement('word', {
      by: LAB,
      h: 20.2,
      upper: 21,
      payload: { observations: [observation('fracture', 'good'), observation('fracture', 'bad')] },
    });
    const { digest: _, ...rest } = find(
      passport([...scenario11([contradiction]), ...scenario9().slice(0, 0)]),
      disputeOf({ pleadings: [{ party: SELLER, issue: 'defective', position: 'admit' }] }),
      PACKS,
    );
    expect(rest.remarks.length).toBeGreaterThan(0);
    expect(JSON.stringify(rest)).toBe(canonicalJson(rest));
  });

  test('whatever order rules, issues and packs are written in', () => {
    const text = packText('cn/cn.yaml');
    const [head, rules] = text.split('\nrules:\n') as [string, string];
    const blocks = rules.split(/\n\n(?= {2}- id)/);
    const whole = JSON.stringify(find(passport(scenario9()), disputeOf(), PACKS));
    for (let seed = 1; seed < 8; seed += 1) {
      const again = load(`${head}\nrules:\n${shuffled(blocks, seed).join('\n\n')}`, [EVIDENCE]);
      const packs = seed % 2 === 0 ? [EVIDENCE, again] : [again, EVIDENCE];
      expect(JSON.stringify(find(passport(scenario9()), disputeOf(), packs))).toBe(whole);
    }
  });

  test('whichever way several passports are given', () => {
    const records = scenario9();
    const [a, b] = [passport(records.slice(0, 9)), { ...passport(records.slice(7)), digest: 'a'.repeat(64) }];
    const one = find([a, b] as VerifiedPassport[], disputeOf(), PACKS);
    expect(JSON.stringify(find([b, a] as VerifiedPassport[], disputeOf(), PACKS))).toBe(JSON.stringify(one));
    expect(one.edges.map(inWords)).toEqual(words(judge(records)));
  });

  test('canonical JSON is one text for one value', () => {
    const value = { b: [1, 'x', null, true], a: { d: -5, c: '✓ "q"' }, u: undefined };
    expect(canonicalJson(value)).toBe('{"a":{"c":"✓ \\"q\\"","d":-5},"b":[1,"x",null,true]}');
    for (const bad of [1.5, Number.NaN, 2 ** 53, 1n, () => 1])
      expect(() => canonicalJson([bad])).toThrow(TypeError);
  });
});

describe('true of every case', () => {
  test('shares of a debt sum to one and no more than the loss is collected (P7)', () => {
    fc.assert(
      fc.property(damaged, (records) => {
        const { debts, edges } = find(passport(records), disputeOf(), PACKS);
        for (const { collectable, edges: ids } of debts) {
          const owing = edges.filter(({ id }) => ids.includes(id));
          for (const { share } of owing) expect(share).toEqual(['1', String(owing.length)]);
          expect(BigInt(collectable?.minor ?? 0)).toBeLessThanOrEqual(128_000n);
        }
        const indebted = new Set(debts.flatMap((debt) => debt.edges));
        for (const { id, status } of edges) expect(indebted.has(id)).toBe(status.startsWith('liable'));
      }),
      { numRuns: 25 },
    );
  });

  test('amounts scale (P9)', () => {
    const times = (factor: number) =>
      judge(scenario9(), {
        goods: [{ ...(disputeValue()['goods'] as object[])[0], priceMinor: 128_000 * factor }],
        claims: (disputeValue()['claims'] as object[]).map((one) => ({
          ...one,
          amountMinor: 100_001 * factor,
        })),
      }).finding.edges.flatMap(({ amount }) => (amount === null ? [] : [BigInt(amount.minor)]));
    expect(times(7)).toEqual(times(1).map((minor) => minor * 7n));
    expect(times(1)).toEqual([100_001n, 100_001n, 100_001n]);
  });

  test('a word against oneself never makes it better for oneself (P1 on an edge)', () => {
    const admission = statement('admission', {
      by: SELLER,
      h: 30,
      upper: 31,
      payload: { observations: [observation('fracture', 'bad')] },
    });
    const liable = (records: readonly RecordDraft[]) =>
      judge(records).finding.edges.find(({ template }) => template === 'consumer-seller')!.status;
    fc.assert(
      fc.property(damaged, (records) => {
        if (liable(records) === 'liable') expect(liable([...records, admission])).toBe('liable');
      }),
      { numRuns: 20 },
    );
  });

  test('a party’s own word, unsecured, never helps it where a high probability is asked', () => {
    const boast = (by: string, condition: string) =>
      statement('boast', {
        by,
        h: 19,
        upper: 25,
        payload: { observations: [observation('fracture', condition)] },
      });
    const pays = (records: readonly RecordDraft[]) =>
      judge(records)
        .finding.edges.filter(({ template }) => template === 'consumer-seller')
        .map(({ status }) => status);
    fc.assert(
      fc.property(damaged, (records) => {
        const now = pays(records);
        if (now[0] === 'liable') expect(pays([...records, boast(SELLER, 'good')])).toEqual(now);
        if (now[0] === 'not-liable') expect(pays([...records, boast(BUYER, 'bad')])).toEqual(now);
      }),
      { numRuns: 20 },
    );
  });
});
