import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import type { GoodOrderError } from '../../src/errors.js';
import { readDispute } from '../../src/finding/dispute.js';
import { moneyText } from '../../src/report/money-text.js';
import type { Pack, RulePack } from '../../src/rules/pack.js';
import { packDigest } from '../../src/rules/pack-digest.js';
import { BUILT_IN_PACKS } from '../../src/rules/packs/index.js';
import { Workplace } from '../cli/workplace.js';
import { BUYER } from '../facts/case-builder.js';
import { claim, disputeValue, judge, PACKS, scenario9 } from '../finding/scenario-records.js';
import { load, packText, refusal, rule, smallPack } from '../rules/built-packs.js';

// The package's own entry starts a process; this one is the same checker in plain JavaScript, without types of its own.
const recheck = createRequire(import.meta.url)('recheck/lib/browser.js') as typeof import('recheck');

const CN = BUILT_IN_PACKS.get('cn') as RulePack;
const EVIDENCE = BUILT_IN_PACKS.get('evidence.cn')!;
type Json = Record<string, unknown>;

/** The law of China as a seller would like it: who chose the carrier plays no part, the seller never answers. */
function forgedText(): string {
  const text = packText('cn/cn.yaml');
  const forged = text.replace(
    'issue bad-at-delivery is found]',
    'issue bad-at-delivery is found, goods.sold is no]',
  );
  if (forged === text) throw new Error('nothing was forged');
  return forged;
}

describe('packs', () => {
  test('pack-substitution: a pack of the same name that says something else is not the pack a dispute names', () => {
    const forged = load(forgedText(), [EVIDENCE]);
    expect([forged.pack, packDigest(forged) === packDigest(CN)]).toEqual(['cn', false]);
    const pinned = { packs: [{ id: 'cn', digest: packDigest(CN) }, { id: 'evidence.cn' }] };
    expect(refusal(() => judge(scenario9(), pinned, [forged, EVIDENCE]))).toMatchObject({
      code: 'dispute.pack-digest',
    });
    const digests = (packs: readonly Pack[]): readonly unknown[] =>
      judge(scenario9(), {}, packs).finding.packDigests;
    expect(digests(PACKS)).toContainEqual({ id: 'cn', digest: packDigest(CN) });
    // Where nothing is pinned the finding says which text it applied.
    expect(digests([forged, EVIDENCE])).toContainEqual({ id: 'cn', digest: packDigest(forged) });
  });

  test('pack-substitution: on the command line a file may not take the name of a built-in pack', async () => {
    const place = await Workplace.make();
    await place.run(['demo', '--quiet']);
    await place.write('cn.yaml', Buffer.from(forgedText()));
    const rest = ['--dispute', 'goodorder-demo/dinner-set.dispute.json', '--no-what-if'];
    const { exit, err } = await place.run([
      'find',
      'goodorder-demo/dinner-set.passport',
      ...rest,
      '--pack',
      'cn.yaml',
    ]);
    expect(exit).not.toBe(0);
    expect(err).toContain('pack.digest');
  });

  test('rule-count-explosion: a rule bomb stops at its budget, at the same place every time', () => {
    const asked = Array.from({ length: 16 }, () => 'leg.mode is road').join(', ');
    const bomb = Array.from({ length: 600 }, (_, index) =>
      rule({ id: `B-${index}`, if: `[{ some: leg, is: { all: [${asked}] } }]` }),
    );
    const pack = load(smallPack({ rules: bomb.join('\n') }));
    const sellers = Array.from({ length: 30 }, (_, index) => ({
      id: `urn:goodorder:key:${String(index).padStart(2, '0').repeat(32)}`,
      name: `seller ${index}`,
      roles: ['seller'],
      consumer: false,
    }));
    const parts = {
      parties: [...sellers, { id: BUYER, name: 'B', roles: ['buyer'], consumer: true }],
      carriages: [],
      claims: [claim('k1', 'consumer-seller')],
      packs: [{ id: 'small' }, { id: 'evidence.cn' }],
    };
    const { decisions, finding } = judge(scenario9(), parts, [pack, EVIDENCE]);
    expect(decisions.case.budget.left).toBeLessThan(0);
    expect(finding.disposition).toBe('refer-to-human');
    const reasons = new Set(finding.edges.map(({ why }) => why?.code ?? null));
    expect(reasons).toContain('too-large');
    expect(judge(scenario9(), parts, [pack, EVIDENCE]).finding.digest).toBe(finding.digest);
  });

  test('rule-count-explosion: more rules than any law has, and rules that rebut one another in a ring, are refused', () => {
    const many = Array.from({ length: 2_001 }, (_, index) => rule({ id: `B-${index}` }));
    expect(refusal(() => load(smallPack({ rules: many.join('\n') })))).toMatchObject({
      code: 'pack.malformed',
      message: '`rules`: more than 2000 rules',
    });
    const on = '{ claim: shipper-carrier, each: [damage, leg] }';
    const presume = (id: string, issue: string, read: string): string =>
      rule({
        id,
        on,
        if: `[issue ${read} is found]`,
        effect: `{ presume: ${issue}, is: found, rebut: doubt }`,
      });
    const ring = [presume('R-1', 'in-hand', 'packing'), presume('R-2', 'packing', 'in-hand')];
    expect(refusal(() => load(smallPack({ rules: ring.join('\n') }))).code).toBe('pack.cycle');
  });
});

/** Regular expressions of the product, and places that would make one from text. */
function regularExpressions(): { readonly literals: Set<string>; readonly made: string[] } {
  const literals = new Set<string>();
  const made: string[] = [];
  for (const name of readdirSync('src', { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.ts')) continue;
    const text = readFileSync(join('src', name), 'utf8');
    const visit = (node: ts.Node): void => {
      if (ts.isRegularExpressionLiteral(node)) literals.add(node.text);
      const makes = ts.isNewExpression(node) || ts.isCallExpression(node);
      if (makes && node.expression.getText() === 'RegExp') made.push(name);
      ts.forEachChild(node, visit);
    };
    visit(ts.createSourceFile(name, text, ts.ScriptTarget.ES2022, true));
  }
  return { literals, made };
}

describe('regular expressions', () => {
  const { literals, made } = regularExpressions();

  test('regex-in-pack-redos: none is made from text that anybody sends', () => {
    expect(made).toEqual([]);
    expect(literals.size).toBeGreaterThan(100);
  });

  test('regex-in-pack-redos: none can be made to backtrack by what may be as long as a file', () => {
    const check = (text: string): string => {
      const end = text.lastIndexOf('/');
      return recheck.checkSync(text.slice(1, end), text.slice(end + 1), { checker: 'automaton' }).status;
    };
    expect(check('/^(a+)+$/')).toBe('vulnerable');
    expect([...literals].filter((text) => check(text) !== 'safe').sort()).toEqual(
      [
        // The digits of one number.
        '/0+$/',
        '/\\B(?=(\\d{3})+$)/g',
        // One line of the YAML library's own message: as long as it is, not as a file is.
        '/[.:]?\\s*$/',
        // Cut to a length before: 200 bytes of a text, 4,096 bytes of a file, 64 characters of a heading, 100 of a time.
        '/\\ufffd+$/',
        '/(?:^|\\n)Sig: *([0-9a-fA-F]*)[ \\r\\n]*$/',
        '/[[(/]\\s*([^[\\]()/]*(?:\\([^()]*\\))?)\\s*[\\])]?\\s*$/',
        '/,\\s*([^,]+)$/',
        '/^(\\S+?)( *, *| +|T)(\\S.*)$/',
      ].sort(),
    );
  });

  test('regex-in-pack-redos: a pack has no pattern, and a long sentence is one that does not fit', () => {
    const asking = (sentence: string) =>
      refusal(() => load(smallPack({ rules: rule({ if: `["${sentence}"]` }) })));
    for (const sentence of [
      'goods.category matches ^(a+)+$',
      'goods.category is (a|a)*b',
      `issue ${'a'.repeat(100_000)}! is found`,
      `${'a '.repeat(50_000)}b`,
    ]) {
      expect(asking(sentence).code).toBe('pack.unknown-sentence');
    }
  });
});

describe('money', () => {
  const dispute = (parts: Json): Json => ({
    ...disputeValue(),
    claims: [claim('k1', 'consumer-seller', parts)],
  });

  test.each([2 ** 53, -1, 0.5, 1e21, Number.NaN, '128000', 128_000n])(
    'money-overflow-and-rounding: %s is no amount',
    (amountMinor) => {
      expect(refusal(() => readDispute(dispute({ amountMinor })))).toMatchObject({
        code: 'dispute.malformed',
        message: '`claims[0].amountMinor` has a value it cannot have',
      });
    },
  );

  test('money-overflow-and-rounding: what many claims sum to is exact beyond every float', () => {
    const claims = Array.from({ length: 64 }, (_, index) =>
      claim(`k${index}`, 'consumer-seller', { amountMinor: Number.MAX_SAFE_INTEGER }),
    );
    const measure = 'measures:\n  whole: { says: { en: all, zh: 全部 }, base: claim, times: [1000000, 1] }\n';
    const effect = '{ liable: consumer-seller, as: principal, head: loss, mode: sole, measure: whole }';
    const packs = [{ id: 'small' }, { id: 'evidence.cn' }];
    const { finding } = judge(scenario9(), { claims, carriages: [], packs }, [
      load(measure + smallPack({ rules: rule({ effect }) })),
      EVIDENCE,
    ]);
    const sum = BigInt(Number.MAX_SAFE_INTEGER) * 64n * 1_000_000n;
    expect(finding.edges[0]!.amount!.minor).toBe(String(sum));
  });

  test('money-overflow-and-rounding: a currency without hundredths, and one with thousandths', () => {
    expect(moneyText('1000', 'JPY')).toBe('1,000 JPY');
    expect(moneyText('1000', 'KWD')).toBe('1.000 KWD');
    expect(moneyText('1000', 'CNY')).toBe('10.00 CNY');
    expect(moneyText(String(2n ** 63n), 'KWD')).toBe('9,223,372,036,854,775.808 KWD');
  });

  test('money-overflow-and-rounding: one cent among three is one cent, and it goes to the first who signed', () => {
    const effect = '{ liable: consumer-seller, as: principal, head: loss, mode: several }';
    const key = (digit: string): string => `urn:goodorder:key:${digit.repeat(64)}`;
    const parties = [
      ...['3', '1', '2'].map((digit) => ({
        id: key(digit),
        name: digit,
        roles: ['seller'],
        consumer: false,
      })),
      { id: BUYER, name: 'B', roles: ['buyer'], consumer: true },
    ];
    const packs = [{ id: 'small' }, { id: 'evidence.cn' }];
    const claims = [claim('k1', 'consumer-seller', { amountMinor: 1 })];
    const { finding } = judge(scenario9(), { parties, claims, carriages: [], packs }, [
      load(smallPack({ rules: rule({ effect }) })),
      EVIDENCE,
    ]);
    const owing = finding.edges.filter(({ template }) => template === 'consumer-seller');
    expect(owing.map(({ amount, debtor }) => [debtor, amount!.minor])).toEqual([
      [key('3'), '1'],
      [key('1'), '0'],
      [key('2'), '0'],
    ]);
  });
});

describe('files that people write', () => {
  test('tell all that is wrong with them at once', () => {
    const value = { ...disputeValue(), asOf: 'soon', parties: [], law: undefined, extra: 1 };
    try {
      readDispute(value);
      throw new Error('nothing was refused');
    } catch (error) {
      const { cause } = error as GoodOrderError;
      expect((cause as readonly GoodOrderError[]).map(({ message }) => message).sort()).toEqual([
        '`asOf` has a value it cannot have',
        '`extra` has no meaning here',
        '`law` is missing',
        '`parties` has a value it cannot have',
      ]);
    }
  });
});
