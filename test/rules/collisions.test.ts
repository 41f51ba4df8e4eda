import { describe, expect, test } from 'vitest';
import { BUILT_IN_PACKS } from '../../src/rules/packs/index.js';
import { compileRules } from '../../src/rules/rule-set.js';
import { load, refusal, rule, smallPack } from './built-packs.js';

const SOLE = '{ liable: consumer-seller, as: principal, head: loss, mode: sole }';
const SEVERAL = '{ liable: consumer-seller, as: principal, head: loss, mode: several }';

/** Two rules of one slot; the second differs in what it writes and in `parts`. */
function pair(first: Record<string, string>, second: Record<string, string>): string {
  return smallPack({
    rules: [rule({ effect: SOLE, ...first }), rule({ id: 'R-2', effect: SEVERAL, ...second })].join('\n'),
  });
}

describe('two rules that write one place differently', () => {
  test('collide, with the place of the first and the paths that would part them', () => {
    const text = pair({ if: '[goods.durable is yes]' }, { if: '[issue broken is found]' });
    expect(refusal(() => load(text))).toEqual({
      code: 'pack.collision',
      message:
        '`rules[0]`: `R-1` and `R-2` both write `liable consumer-seller loss mode`: sole and several; ' +
        'different values of `goods.durable` would separate them',
      line: 13,
      column: 5,
    });
  });

  test.each([
    ['one overrides the other', {}, { overrides: '[R-1]' }],
    ['their layers differ', {}, { layer: 'convention' }],
    ['their force differs', {}, { force: 'default' }],
    ['their dates are disjoint', { 'in-force': '{ from: 2010-01-01, to: 2019-12-31 }' }, {}],
    ['their conjuncts contradict', { if: '[goods.durable is yes]' }, { if: '[goods.durable is no]' }],
    [
      'a conjunct contradicts an exception',
      { if: '[goods.durable is yes]' },
      { if: '[issue broken is found]', unless: '[goods.durable is yes]' },
    ],
    [
      'lists do not meet',
      { if: '[damage.kind in shock|heat]' },
      { if: '[{ not: { any: [damage.kind is shock, damage.kind is heat] } }]' },
    ],
    ['their heads differ', {}, { effect: SEVERAL.replace('head: loss', 'head: repair') }],
    ['they write the same', {}, { effect: SOLE }],
  ] as [string, Record<string, string>, Record<string, string>][])(
    'stand side by side where %s',
    (_why, first, second) => {
      expect(load(pair(first, second)).kind).toBe('rules');
    },
  );

  test.each([
    [
      'the role of a debtor, of whom there may be several',
      '[debtor.role is seller]',
      '[debtor.role is streamer]',
    ],
    ['what evidence must show', '[issue broken is found]', '[issue broken is not-found]'],
  ])('are not parted by %s', (_what, first, second) => {
    expect(refusal(() => load(pair({ if: first }, { if: second }))).code).toBe('pack.collision');
  });

  test('two versions of one rule must not hold on one day', () => {
    const twice = smallPack({
      rules: [rule({ 'in-force': '{ from: 2010-01-01, to: 2020-01-01 }' }), rule({})].join('\n'),
    });
    expect(refusal(() => load(twice)).message).toBe(
      '`rules[0]`: `R-1` has two versions that hold on one day',
    );
    const apart = twice.replace('to: 2020-01-01', 'to: 2019-12-31');
    const pack = load(apart);
    expect(pack.kind === 'rules' && pack.rules.map(({ inForce }) => inForce)).toEqual([
      { from: '2010-01-01', to: '2019-12-31' },
      { from: '2020-01-01', to: null },
    ]);
  });
});

describe('presumptions', () => {
  const presume = (is: string, more = ''): string => `{ presume: broken, is: ${is}, rebut: contrary${more} }`;

  test.each([
    [presume('found'), presume('not-found'), null],
    [presume('found'), presume('found'), null],
    [presume('found'), presume('found', ', weight: 3'), 'pack.collision'],
    [presume('found'), presume('found', ', standard: high'), 'pack.collision'],
    [presume('found'), '{ presume: broken, is: found, rebut: doubt }', 'pack.collision'],
    [presume('found'), '{ adverse: broken, is: found, weight: 3 }', null],
    ['{ adverse: broken, is: found, weight: 2 }', '{ adverse: broken, is: found, weight: 3 }', null],
    ['{ allocate: broken, to: con }', '{ allocate: broken, to: pro }', 'pack.collision'],
    ['{ bar: consumer-seller }', '{ bar: consumer-seller, head: loss }', null],
    [
      '{ cap: consumer-seller, per: item, times: 1 }',
      '{ cap: consumer-seller, per: item, times: 2 }',
      'pack.collision',
    ],
  ])('%s with %s', (first, second, code) => {
    const on = { if: '[goods.durable is yes]' };
    const text = pair({ ...on, effect: first }, { ...on, effect: second });
    if (code === null) expect(load(text).kind).toBe('rules');
    else expect(refusal(() => load(text)).code).toBe(code);
  });
});

describe('circles', () => {
  test('of overriding are refused', () => {
    const text = pair({ overrides: '[R-2]' }, { overrides: '[R-1]' });
    expect(refusal(() => load(text))).toMatchObject({
      code: 'pack.cycle',
      message: '`rules[0]`: rules override one another: `R-1` → `R-2` → `R-1`',
    });
  });

  test('of issues are refused', () => {
    const text = smallPack({
      issues:
        '  worn: { asks: { en: "worn?", zh: "磨损？" }, pro: claimant, burden: pro, standard: high, about: [damage], shown: [seen bad], reads: [broken] }',
      rules: rule({
        if: '[issue worn is found]',
        effect: '{ presume: broken, is: found, rebut: doubt }',
      }),
    });
    expect(refusal(() => load(text))).toMatchObject({
      code: 'pack.cycle',
      message:
        'it decides in a circle: `issue broken of consumer-seller` → `issue worn of consumer-seller` → `issue broken of consumer-seller`',
    });
  });

  test('of edges are refused', () => {
    const text = smallPack({ rules: rule({ if: '[edge consumer-seller is liable]' }) });
    expect(refusal(() => load(text))).toMatchObject({
      code: 'pack.cycle',
      message: 'it decides in a circle: `edge consumer-seller` → `edge consumer-seller`',
    });
  });
});

describe('packs taken together', () => {
  const cn = BUILT_IN_PACKS.get('cn')!;
  const evidence = BUILT_IN_PACKS.get('evidence.cn')!;

  test('the built packs decide in an order, recourse after the edge it may read', () => {
    const set = compileRules([cn, evidence]);
    expect(set.templates.map(({ template, heads }) => [template.name, heads])).toEqual([
      ['buyer-seller', ['loss']],
      ['consumer-seller', ['loss', 'packaging', 'punitive', 'refund']],
      ['consumer-platform', ['loss']],
      ['victim-seller', ['harm']],
      ['consumer-streamer', ['harm', 'loss']],
      ['operator-carrier', ['loss']],
      ['seller-buyer', ['loss']],
      ['victim-producer', ['harm']],
      ['seller-producer', ['harm']],
      ['shipper-carrier', ['loss', 'packaging']],
      ['shipper-contracting-carrier', ['loss']],
    ]);
    const names = set.byTemplate.get('consumer-seller')!.issues.map(({ name }) => name);
    expect(names).toEqual([
      'bad-at-delivery',
      'bad-at-pickup',
      'bad-at-return-receipt',
      'clean-when-sent',
      'caused-by-use',
      'defective',
      'defect-at-delivery',
      'fault-tested',
      'fraud',
      'fraud-doubted',
      'got-it',
      'intact-at-return-pickup',
      'intact-on-return',
      'said-delivered',
      'same-thing-tested',
    ]);
  });

  test('are made ready once', () => {
    const packs = [evidence, cn];
    expect(compileRules(packs)).toBe(compileRules(packs));
  });

  test('CN-21 goes before CN-21a and CN-21l', () => {
    const set = compileRules([cn, evidence]);
    const before = [...set.suppressors].filter(([, by]) => by.length > 0);
    expect(before.map(([rule, by]) => [rule.id, by.map(({ id }) => id)])).toEqual([
      ['CN-21a', ['CN-21']],
      ['CN-21l', ['CN-21']],
    ]);
  });

  test.each([
    [[cn], 'pack.unknown-name'],
    [[evidence], 'pack.malformed'],
    [[cn, evidence, cn], 'pack.malformed'],
    [[cn, evidence, { ...cn, pack: 'cn-again' }], 'pack.collision'],
    [[cn, evidence, { ...evidence, pack: 'evidence.other' }], 'pack.malformed'],
  ] as const)('refuse a set that does not fit (%#)', (packs, code) => {
    expect(refusal(() => compileRules(packs as never)).code).toBe(code);
  });
});
