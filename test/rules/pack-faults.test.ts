import { describe, expect, test } from 'vitest';
import type { RulePack } from '../../src/rules/pack.js';
import { BUILT_IN_PACKS } from '../../src/rules/packs/index.js';
import { compileRules } from '../../src/rules/rule-set.js';
import { load, loadRules, refusal, rule, smallPack } from './built-packs.js';

const withRule = (parts: Record<string, string>): string => smallPack({ rules: rule(parts) });
const effect = (text: string): string => withRule({ effect: text });
const onLegs = '{ claim: shipper-carrier, each: [damage, leg] }';
const issue = (name: string, more: string): string =>
  `  ${name}: { asks: { en: "a?", zh: "甲？" }, pro: claimant, burden: pro, standard: high, ${more} }`;

/** The refusal of a pack, as its code and its sentence. */
const refused = (text: string, known: readonly RulePack[] = []): string => {
  const { code, message } = refusal(() => load(text, known));
  return `${code} ${message}`;
};

describe('a rule may not say', () => {
  const long = 'R'.repeat(41);
  test.each<[string, string, string]>([
    [
      'of no claim',
      withRule({ on: '{ claim: [], each: damage }' }),
      'pack.malformed `rules[0]`: `on` names no claim',
    ],
    [
      'of one claim twice',
      withRule({ on: '{ claim: [consumer-seller, consumer-seller], each: damage }' }),
      'pack.malformed `rules[0].on.claim`: a name stands here twice',
    ],
    [
      'an id of 41 letters',
      withRule({ id: long }),
      'pack.malformed `rules[0].id`: a rule id has letters, digits and hyphens, at most 40',
    ],
    [
      'no citation',
      withRule({ cite: '[]' }),
      'pack.malformed `rules[0].cite`: a rule without a citation is no rule',
    ],
    [
      'its text in no language',
      withRule({ says: 'it is so' }),
      'pack.missing-translation `rules[0].says`: expected the text in `en` and `zh`',
    ],
    [
      'its text in one language',
      withRule({ says: '{ zh: "如此" }' }),
      'pack.missing-translation `rules[0].says`: `en` is missing',
    ],
    [
      'that it ends before it begins',
      withRule({ 'in-force': '{ from: 2020-01-02, to: 2020-01-01 }' }),
      'pack.malformed `rules[0].in-force`: `to` lies before `from`',
    ],
    [
      'that it is about no damage',
      withRule({ on: '{ claim: consumer-seller, each: leg }' }),
      'pack.malformed `rules[0].on.each`: `damage` is missing: everything an edge asks is about a damage',
    ],
    [
      'a binding twice',
      withRule({ on: '{ claim: consumer-seller, each: [damage, damage] }' }),
      'pack.malformed `rules[0].on.each`: a binding stands here twice',
    ],
    [
      'nothing in a combinator',
      withRule({ if: '[{ all: [] }]' }),
      'pack.malformed `rules[0].if[0].all`: expected at least one condition',
    ],
    [
      'a condition of another kind',
      withRule({ if: '[{ none: [] }]' }),
      'pack.malformed `rules[0].if[0]`: expected a sentence or one of `all`, `any`, `not`, `shown`, `some`, `every`, `count`',
    ],
  ])('%s', (_what, text, expected) => {
    expect(refused(text)).toBe(expected);
  });

  test.each(['R_1', 'R.1', 'R 1', 'Ré', 'R`', 'R{', 'R@', 'R[', 'R/', 'R:'])('%s for an id', (id) => {
    expect(refused(withRule({ id: `"${id}"` }))).toBe(
      'pack.malformed `rules[0].id`: a rule id has letters, digits and hyphens, at most 40',
    );
  });

  test.each(['azAZ09-', 'R'.repeat(40)])('but %s', (id) => {
    expect(loadRules(withRule({ id })).rules[0]!.id).toBe(id);
  });

  test('that it ends before it begins, but on its first day', () => {
    const day = '{ from: 2020-01-01, to: 2020-01-01 }';
    expect(loadRules(withRule({ 'in-force': day })).rules[0]!.inForce).toEqual({
      from: '2020-01-01',
      to: '2020-01-01',
    });
  });
});

describe('an effect may not say', () => {
  const kinds =
    'expected one of `allocate`, `presume`, `argue`, `adverse`, `bar`, `liable`, `cap`, `share`, `adjust`, `refer`';
  const fraction = 'a share is numerator and denominator, and no more than all';
  const figure = 'a cap has `from`, or `per` with `times` or `rate`';
  const oneFigure = 'a cap has `times` or `rate`, and not both';
  const choice = 'a cap has one of `higher-of` and `lower-of`, and then no figure of its own';
  const interest = '`interest`, and no other step, has a `rate-ppm` and an event `from` which it runs';
  const cap = (text: string): string => `{ cap: consumer-seller, ${text} }`;
  const one = '{ per: item, rate: 1, currency: CNY }';
  test.each<[string, string]>([
    ['{ forgive: consumer-seller }', `rules[0].then\`: ${kinds}`],
    [
      '{ argue: broken, side: pro, grade-from: [] }',
      'rules[0].then`: `grade-from` names nothing the grade could come from',
    ],
    ['{ share: consumer-seller, is: [1] }', `rules[0].then.is\`: ${fraction}`],
    ['{ share: consumer-seller, is: [] }', `rules[0].then.is\`: ${fraction}`],
    ['{ share: consumer-seller, is: [1, 2, 3] }', `rules[0].then.is\`: ${fraction}`],
    ['{ share: consumer-seller, is: [3, 2] }', `rules[0].then.is\`: ${fraction}`],
    ['{ adjust: consumer-seller, step: interest }', `rules[0].then\`: ${interest}`],
    ['{ adjust: consumer-seller, step: interest, rate-ppm: 1 }', `rules[0].then\`: ${interest}`],
    ['{ adjust: consumer-seller, step: interest, from: event.sold }', `rules[0].then\`: ${interest}`],
    ['{ adjust: consumer-seller, step: salvage, rate-ppm: 1 }', `rules[0].then\`: ${interest}`],
    ['{ adjust: consumer-seller, step: salvage, from: event.sold }', `rules[0].then\`: ${interest}`],
    [cap('rate: 1'), `rules[0].then\`: ${figure}`],
    [cap('per: item'), `rules[0].then\`: ${oneFigure}`],
    [cap('per: item, times: 1, rate: 1, currency: CNY'), `rules[0].then\`: ${oneFigure}`],
    [cap('per: item, rate: 1'), 'rules[0].then`: a `rate` has a `currency`'],
    [cap('from: agreed.liabilityCap, per: item'), `rules[0].then\`: ${figure}, not both`],
    [cap('from: agreed.liabilityCap, times: 1'), `rules[0].then\`: ${figure}, not both`],
    [cap('from: agreed.liabilityCap, rate: 1'), `rules[0].then\`: ${figure}, not both`],
    [cap(`higher-of: [${one}, ${one}], lower-of: [${one}, ${one}]`), `rules[0].then\`: ${choice}`],
    [cap(`lower-of: [${one}, ${one}], per: item`), `rules[0].then\`: ${choice}`],
    [cap(`higher-of: [${one}, ${one}], currency: CNY`), `rules[0].then\`: ${choice}`],
    [cap(`lower-of: [${one}]`), 'rules[0].then.lower-of`: of one limit none is higher or lower'],
  ])('%s', (text, message) => {
    expect(refused(effect(text))).toBe(`pack.malformed \`${message}`);
  });

  test('a term that no agreement has', () => {
    expect(refused(effect(cap('from: agreed.weather')))).toBe(
      'pack.unknown-name `rules[0].then.from`: `agreed.weather` is no term an agreement has',
    );
  });
});

describe('an effect is read whole', () => {
  const edge = 'consumer-seller';
  const item = { per: 'item', rateMinor: 5, currency: 'CNY' };
  test.each<[string, unknown]>([
    [
      '{ allocate: broken, to: con, standard: prima-facie }',
      { kind: 'allocate', issue: 'broken', to: 'con', standard: 'prima-facie' },
    ],
    ['{ allocate: broken, to: pro }', { kind: 'allocate', issue: 'broken', to: 'pro', standard: null }],
    [
      '{ adverse: broken, is: not-found, weight: 5 }',
      { kind: 'adverse', issue: 'broken', is: 'not-found', weight: 5 },
    ],
    [`{ bar: ${edge}, head: repair }`, { kind: 'bar', edge, head: 'repair' }],
    [`{ bar: ${edge} }`, { kind: 'bar', edge, head: null }],
    [
      `{ cap: ${edge}, per: item, rate: 5, currency: CNY, broken-by: broken }`,
      { kind: 'cap', edge, measure: item, brokenBy: 'broken' },
    ],
    [
      `{ cap: ${edge}, per: freight, times: 7 }`,
      { kind: 'cap', edge, measure: { per: 'freight', times: 7 }, brokenBy: null },
    ],
    [
      `{ cap: ${edge}, from: agreed.liabilityCap }`,
      { kind: 'cap', edge, measure: { from: 'liabilityCap' }, brokenBy: null },
    ],
    [
      `{ cap: ${edge}, lower-of: [{ per: item, rate: 5, currency: CNY }, { from: agreed.liabilityCap }] }`,
      {
        kind: 'cap',
        edge,
        measure: { choose: 'lower', of: [item, { from: 'liabilityCap' }] },
        brokenBy: null,
      },
    ],
    [
      `{ cap: ${edge}, higher-of: [{ per: kg, times: 2 }, { per: item, rate: 5, currency: CNY }] }`,
      {
        kind: 'cap',
        edge,
        measure: { choose: 'higher', of: [{ per: 'kg', times: 2 }, item] },
        brokenBy: null,
      },
    ],
    [`{ share: ${edge}, is: [2, 2] }`, { kind: 'share', edge, is: [2, 2] }],
    [`{ share: ${edge}, is: discretion }`, { kind: 'share', edge, is: 'discretion' }],
    [
      `{ adjust: ${edge}, step: salvage }`,
      { kind: 'adjust', edge, step: 'salvage', ratePpm: null, from: null },
    ],
    [
      `{ adjust: ${edge}, step: interest, rate-ppm: 50000, from: event.sold }`,
      { kind: 'adjust', edge, step: 'interest', ratePpm: 50_000, from: 'event.sold' },
    ],
    [
      `{ refer: ${edge}, because: injury, head: repair }`,
      { kind: 'refer', edge, head: 'repair', because: 'injury' },
    ],
  ])('%s', (text, expected) => {
    const written = withRule({ if: '[creditor.consumer is yes]', effect: text });
    expect(loadRules(written).rules[0]!.effect).toEqual(expected);
  });
});

describe('the parts of a pack must fit one another', () => {
  test.each<[string, string, string]>([
    [
      'an override of nothing',
      withRule({ overrides: '[R-9]' }),
      'pack.unknown-name `rules[0]`: R-1: `R-9` is no rule of this pack or of those it needs',
    ],
    [
      'a claim on no edge',
      withRule({ on: '{ claim: [consumer-seller, nobody], each: damage }' }),
      'pack.unknown-name `rules[0]`: R-1: `nobody` is no edge of this pack or of those it needs',
    ],
    [
      'an issue of no edge',
      withRule({ if: '[issue broken of nobody is found]' }),
      'pack.unknown-name `rules[0]`: R-1: `nobody` is no edge of this pack or of those it needs',
    ],
    [
      'no issue to prove',
      withRule({ 'unless-proven': '[{ by: defendant, issue: nothing }]' }),
      'pack.unknown-name `rules[0]`: R-1: `nothing` is no issue of this pack or of those it needs',
    ],
    [
      'no issue to presume',
      effect('{ presume: nothing, is: found, rebut: doubt }'),
      'pack.unknown-name `rules[0]`: R-1: `nothing` is no issue of this pack or of those it needs',
    ],
    [
      'no issue that breaks a cap',
      effect('{ cap: consumer-seller, per: item, rate: 1, currency: CNY, broken-by: nothing }'),
      'pack.unknown-name `rules[0]`: R-1: `nothing` is no issue of this pack or of those it needs',
    ],
    [
      'no leg whose issue is to be proven',
      withRule({ 'unless-proven': '[{ by: defendant, issue: packing }]' }),
      'pack.malformed `rules[0]`: R-1: `some: leg` stands where the issue is about a leg and the rule is not: `packing`',
    ],
    [
      'a leg for an issue that is about none',
      withRule({ 'unless-proven': '[{ by: claimant, issue: broken, some: leg }]' }),
      'pack.malformed `rules[0]`: R-1: `some: leg` stands where the issue is about a leg and the rule is not: `broken`',
    ],
    [
      'a joint debtor who holds no leg',
      effect(
        '{ liable: consumer-seller, as: principal, head: loss, mode: joint-and-several, with: leg.holder }',
      ),
      'pack.malformed `rules[0]`: R-1: `with: leg.holder` needs a leg: say `each: [damage, leg]`',
    ],
    [
      'an issue shown on a leg that is about none',
      smallPack({ issues: issue('held', 'about: [damage], shown: [custody of leg.holder]') }),
      'pack.malformed issue `held` is shown on a leg and is not about one',
    ],
    [
      'an issue that reads nothing',
      smallPack({ issues: issue('worn', 'about: [damage], shown: [seen bad], reads: [nothing]') }),
      'pack.unknown-name issue `worn` reads `nothing`, which no pack declares',
    ],
    [
      'a question put to nobody on the edge',
      withRule({
        if: '[{ shown: covered acceleration on leg, by: seller }]',
        on: onLegs,
        effect: '{ bar: shipper-carrier }',
      }),
      'pack.malformed `rules[0]`: R-1: `seller` is on neither side of `shipper-carrier`',
    ],
    [
      'a name in capitals',
      smallPack({ issues: issue('Worn', 'about: [damage], shown: [seen bad]') }),
      'pack.malformed `issues.Worn`: a name has lowercase letters, digits and hyphens, at most 64',
    ],
    [
      'a pack id with a space',
      smallPack({ head: 'pack: "small.big pack"\nlayer: forum' }),
      'pack.malformed `pack`: a pack id is names joined by dots',
    ],
    [
      'a leg holder to prove',
      smallPack({
        issues: issue('worn', 'about: [damage], shown: [seen bad]').replace('claimant', 'leg.holder'),
      }),
      '',
    ],
    [
      'two numbers that are three',
      `measures:\n  m: { says: { en: a, zh: 一 }, base: price, times: [1, 2, 3] }\n${smallPack()}`,
      'pack.malformed `measures.m`: `times` is numerator and denominator',
    ],
    [
      'a floor without a currency',
      `measures:\n  m: { says: { en: a, zh: 一 }, base: price, minimum: 1 }\n${smallPack()}`,
      'pack.malformed `measures.m`: `minimum` and `currency` go together',
    ],
    [
      'steps that leave one out',
      `steps: [measure, round]\n${smallPack()}`,
      'pack.malformed `steps`: the steps are each of the nine once, `measure` first and `round` last',
    ],
    [
      'a step twice',
      `steps: [measure, diminish, salvage, share, cap, deduct, freight, freight, round]\n${smallPack()}`,
      'pack.malformed `steps`: the steps are each of the nine once, `measure` first and `round` last',
    ],
    [
      'a rounding before the end',
      `steps: [measure, diminish, salvage, share, cap, deduct, freight, round, interest]\n${smallPack()}`,
      'pack.malformed `steps`: the steps are each of the nine once, `measure` first and `round` last',
    ],
    [
      'a measure after the beginning',
      `steps: [diminish, measure, salvage, share, cap, deduct, freight, interest, round]\n${smallPack()}`,
      'pack.malformed `steps`: the steps are each of the nine once, `measure` first and `round` last',
    ],
    [
      'an open order of one',
      `silent: [[share]]\n${smallPack()}`,
      'pack.malformed `silent[0]`: an open order is two steps that stand side by side, in the order of `steps`',
    ],
    [
      'an open order of three',
      `silent: [[share, cap, deduct]]\n${smallPack()}`,
      'pack.malformed `silent[0]`: an open order is two steps that stand side by side, in the order of `steps`',
    ],
    [
      'an open order of none',
      `silent: [[]]\n${smallPack()}`,
      'pack.malformed `silent[0]`: an open order is two steps that stand side by side, in the order of `steps`',
    ],
    [
      'an open order with the measure',
      `silent: [[measure, diminish]]\n${smallPack()}`,
      'pack.malformed `silent[0]`: `measure` is first and `round` last in any law',
    ],
    [
      'an open order with the rounding',
      `silent: [[interest, round]]\n${smallPack()}`,
      'pack.malformed `silent[0]`: `measure` is first and `round` last in any law',
    ],
  ])('%s', (_what, text, expected) => {
    if (expected === '') expect(refusal(() => load(text)).code).toBe('pack.malformed');
    else expect(refused(text)).toBe(expected);
  });

  test('where a rule binds legs or asks of them one by one, it may ask about a leg', () => {
    for (const parts of [
      { on: onLegs, if: '[covered acceleration on leg]', effect: '{ bar: shipper-carrier }' },
      {
        on: onLegs,
        'unless-proven': '[{ by: defendant, issue: packing }]',
        effect: '{ bar: shipper-carrier }',
        if: '',
      },
      { if: '[{ some: leg, is: covered acceleration on leg }]' },
    ]) {
      expect(load(withRule(parts)).kind, JSON.stringify(parts)).toBe('rules');
    }
  });

  test('an edge may require whatever a dispute states', () => {
    for (const path of [
      'goods.durable is yes',
      'goods.sold is yes',
      'creditor.consumer is yes',
      'debtor.role is seller',
      'damage.kind is shock',
      'damage.kind in shock|heat',
      'contract.mode is road',
    ])
      for (const text of [path, `{ not: ${path} }`, `{ any: [${path}] }`, `{ all: [${path}] }`])
        expect(
          load(smallPack({ edges: `  more: { creditor: buyer, debtor: platform, requires: [${text}] }` }))
            .kind,
        ).toBe('rules');
    expect(
      refused(
        smallPack({
          edges: '  more: { creditor: buyer, debtor: platform, requires: [sale.distance is yes] }',
        }),
      ),
    ).toBe('pack.malformed edge `more` may require only what a dispute states');
  });
});

describe('packs beside one another', () => {
  const first = loadRules(smallPack());
  const head = 'pack: other\nlayer: forum\nneeds: [small]';

  test('do not declare the same', () => {
    expect(refused(smallPack({ head }), [first])).toContain(
      'pack.collision `consumer-seller` is declared in `small` too',
    );
    const text = [
      head,
      'edges: {}',
      'issues:',
      issue('broken', 'about: [damage], shown: [seen bad]'),
      'rules: []',
    ].join('\n');
    expect(refused(text, [first])).toBe('pack.collision `broken` is declared in `small` too');
  });

  test('do not collide', () => {
    const rules = [
      head,
      'edges: {}',
      'issues: {}',
      'rules:',
      rule({ id: 'R-2', effect: '{ liable: consumer-seller, as: principal, head: loss, mode: several }' }),
    ].join('\n');
    expect(refused(rules, [first])).toMatch(/^pack\.collision `rules\[0\]`: `R-1` and `R-2` both write /);
  });

  test('are read together only where they fit', () => {
    const evidence = BUILT_IN_PACKS.get('evidence.cn')!;
    const message = (...packs: Parameters<typeof compileRules>[0]): string => {
      const { code, message: said } = refusal(() => compileRules(packs));
      return `${code} ${said}`;
    };
    const empty: RulePack = { ...first, pack: 'empty', edges: [], issues: [], rules: [], measures: [] };
    expect(message(first, evidence, first)).toBe('pack.malformed the pack `small` is given twice');
    expect(message({ ...first, needs: ['big'] }, evidence)).toBe(
      'pack.unknown-name `small` needs the pack `big`',
    );
    expect(message(first)).toBe(
      'pack.malformed a finding takes rule packs and exactly one pack that says how evidence is weighed',
    );
    expect(message(first, evidence, { ...empty, steps: [...first.steps].reverse() })).toBe(
      'pack.collision two packs order the steps of an amount differently',
    );
    expect(message(first, evidence, { ...empty, issues: first.issues })).toBe(
      'pack.collision two packs declare `broken`',
    );
    expect(message(first, evidence, { ...empty, edges: first.edges })).toBe(
      'pack.collision two packs declare `consumer-seller`',
    );
    const again = loadRules(
      smallPack({
        rules: rule({
          id: 'R-2',
          effect: '{ liable: consumer-seller, as: principal, head: loss, mode: several }',
        }),
      }),
    );
    expect(message(first, evidence, { ...empty, rules: again.rules })).toMatch(
      /^pack\.collision `R-2` and `R-1` both write /,
    );
    const circle = loadRules(
      smallPack({
        rules: rule({
          id: 'R-2',
          if: '[edge shipper-carrier is liable]',
          effect: '{ bar: consumer-seller }',
        }),
      }),
    );
    const back = loadRules(
      smallPack({
        rules: rule({
          id: 'R-3',
          on: '{ claim: shipper-carrier, each: damage }',
          if: '[edge consumer-seller is barred]',
          effect: '{ bar: shipper-carrier }',
        }),
      }),
    );
    expect(message({ ...first, rules: circle.rules }, evidence, { ...empty, rules: back.rules })).toBe(
      'pack.cycle the packs decide in a circle: edge consumer-seller → edge shipper-carrier → edge consumer-seller',
    );
    const set = compileRules([{ ...empty, silent: [['share', 'cap']] }, evidence, first]);
    expect(set.packs.map(({ id }) => id)).toEqual(['empty', 'evidence.cn', 'small']);
    expect(set.silent).toEqual([['share', 'cap']]);
    expect(set).toEqual(compileRules([first, { ...empty, silent: [['share', 'cap']] }, evidence]));
  });
});
