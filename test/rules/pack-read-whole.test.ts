import { describe, expect, test } from 'vitest';
import { BUILT_IN_PACKS } from '../../src/rules/packs/index.js';
import { compileRules } from '../../src/rules/rule-set.js';
import { load, loadRules, refusal, rule, smallPack } from './built-packs.js';

const EVIDENCE = BUILT_IN_PACKS.get('evidence.cn')!;
const MEASURES = [
  'measures:',
  '  treble: { says: { en: a, zh: 一 }, base: claim, times: [3, 1], minimum: 5, currency: CNY }',
  '  half: { says: { en: b, zh: 二 }, base: least-of-claim-and-price, times: [1, 2] }',
  '  plain: { says: { en: c, zh: 三 }, base: price }',
  '',
].join('\n');

describe('a pack is read with', () => {
  test('its measures, by their names', () => {
    const says = (en: string, zh: string) => ({ en, zh });
    expect(loadRules(MEASURES + smallPack()).measures).toEqual([
      {
        name: 'half',
        says: says('b', '二'),
        base: 'least-of-claim-and-price',
        times: [1, 2],
        minimumMinor: null,
        currency: null,
      },
      {
        name: 'plain',
        says: says('c', '三'),
        base: 'price',
        times: [1, 1],
        minimumMinor: null,
        currency: null,
      },
      {
        name: 'treble',
        says: says('a', '一'),
        base: 'claim',
        times: [3, 1],
        minimumMinor: 5,
        currency: 'CNY',
      },
    ]);
  });

  test('the usual steps, or its own order, and what it leaves open', () => {
    const usual = [
      'measure',
      'diminish',
      'salvage',
      'share',
      'cap',
      'deduct',
      'freight',
      'interest',
      'round',
    ];
    expect(loadRules(smallPack())).toMatchObject({ steps: usual, silent: [] });
    const own =
      'steps: [measure, interest, diminish, salvage, cap, share, deduct, freight, round]\nsilent: [[cap, share], [deduct, freight]]\n';
    expect(loadRules(own + smallPack())).toMatchObject({
      steps: ['measure', 'interest', 'diminish', 'salvage', 'cap', 'share', 'deduct', 'freight', 'round'],
      silent: [
        ['cap', 'share'],
        ['deduct', 'freight'],
      ],
    });
  });

  test('its force, the packs it needs and the issues another reads, in order', () => {
    expect(loadRules(smallPack())).toMatchObject({
      pack: 'small',
      layer: 'forum',
      force: 'mandatory',
      needs: [],
    });
    const head = (pack: string): string =>
      `pack: ${pack}\nlayer: contract\nforce: default\nneeds: [b.two, a-one]`;
    const others = [
      loadRules(['pack: b.two', 'layer: forum', 'edges: {}', 'issues: {}', 'rules: []'].join('\n')),
      loadRules(['pack: a-one', 'layer: forum', 'edges: {}', 'issues: {}', 'rules: []'].join('\n')),
    ];
    const own = loadRules(smallPack({ head: head('small') }), others);
    expect(own).toMatchObject({ layer: 'contract', force: 'default', needs: ['a-one', 'b.two'] });
    expect(own.rules[0]).toMatchObject({ layer: 'contract', force: 'default' });
    expect(refusal(() => loadRules(smallPack({ head: head('small') }), others.slice(0, 1))).message).toBe(
      'it needs the pack `a-one`, which is not loaded',
    );
    const worn =
      '  worn: { asks: { en: "?", zh: "？" }, pro: platform, burden: con, standard: high, about: [damage], shown: [seen bad], reads: [packing, broken] }';
    expect(loadRules(smallPack({ issues: worn })).issues.find(({ name }) => name === 'worn')).toMatchObject({
      pro: 'platform',
      burden: 'con',
      reads: ['broken', 'packing'],
    });
  });

  test('an issue that only a rule argues', () => {
    const issues =
      '  argued: { asks: { en: "?", zh: "？" }, pro: claimant, burden: pro, standard: high, about: [damage] }';
    const argue = (issue: string): string =>
      smallPack({
        issues,
        rules: rule({
          if: '[creditor.consumer is yes]',
          effect: `{ argue: ${issue}, side: con, grade-from: [sensor] }`,
        }),
      });
    expect(loadRules(argue('argued')).rules[0]!.effect).toEqual({
      kind: 'argue',
      issue: 'argued',
      side: 'con',
      gradeFrom: ['sensor'],
    });
    expect(refusal(() => load(argue('broken'))).message).toBe('nothing shows the issue `argued`');
  });

  test('an edge that a sentence speaks of, whose sides the issue knows', () => {
    const issues =
      '  owned: { asks: { en: "?", zh: "？" }, pro: buyer, burden: pro, standard: high, about: [damage], shown: [seen bad] }';
    const asks = (edge: string): string =>
      smallPack({
        issues,
        rules: rule({
          on: '{ claim: shipper-carrier, each: damage }',
          if: `[issue owned of ${edge} is found]`,
          effect: '{ bar: shipper-carrier }',
        }),
      });
    expect(load(asks('consumer-seller')).kind).toBe('rules');
    expect(refusal(() => load(asks('shipper-carrier'))).message).toContain(
      '`buyer` is on neither side of `shipper-carrier`',
    );
    const presumed = smallPack({
      issues,
      rules: rule({
        on: '{ claim: shipper-carrier, each: damage }',
        if: '[creditor.consumer is no]',
        effect: '{ presume: owned, is: found, rebut: doubt }',
      }),
    });
    expect(refusal(() => load(presumed)).message).toBe(
      '`rules[0]`: R-1: `buyer` is on neither side of `shipper-carrier`',
    );
  });

  test('the file its faults stand in', () => {
    const text = smallPack({ rules: rule({ overrides: '[R-9]' }) });
    const place = (file?: string): unknown => {
      try {
        load(text, [], file);
      } catch (error) {
        return (error as { place: unknown }).place;
      }
      return null;
    };
    expect(place()).toEqual({ line: 13, column: 5 });
    expect(place('small.yaml')).toEqual({ file: 'small.yaml', line: 13, column: 5 });
  });
});

describe('rules, made ready for an edge', () => {
  const on = '{ claim: [consumer-seller, shipper-carrier], each: damage }';
  const always = '[creditor.consumer is yes]';
  const pack = loadRules(
    smallPack({
      rules: [
        rule({ id: 'R-7', if: always, effect: '{ refer: consumer-seller, because: injury }' }),
        rule({ id: 'R-1', on }),
        rule({ id: 'R-2', on, if: always, effect: '{ bar: shipper-carrier }' }),
        rule({
          id: 'R-3',
          if: always,
          effect: '{ cap: consumer-seller, per: item, rate: 1, currency: CNY }',
        }),
        rule({ id: 'R-4', if: always, effect: '{ share: consumer-seller, is: [1, 2] }' }),
        rule({ id: 'R-5', if: always, effect: '{ adjust: consumer-seller, step: salvage }' }),
        rule({ id: 'R-6', if: always, effect: '{ presume: broken, is: found, rebut: doubt }' }),
        rule({ id: 'R-8', if: always, effect: '{ allocate: broken, to: con }' }),
        rule({
          id: 'R-9',
          if: always,
          effect: '{ liable: consumer-seller, as: principal, head: repair, mode: sole }',
        }),
      ].join('\n'),
    }),
  );
  const set = compileRules([EVIDENCE, pack]);

  test('stand under what they do, on the edge they do it to', () => {
    const ids = (name: string): unknown => {
      const { adjust, bar, byIssue, cap, heads, issues, liable, refer, share } = set.byTemplate.get(name)!;
      const of = (rules: readonly { readonly id: string }[]): readonly string[] => rules.map(({ id }) => id);
      return {
        liable: of(liable),
        bar: of(bar),
        refer: of(refer),
        cap: of(cap),
        share: of(share),
        adjust: of(adjust),
        byIssue: [...byIssue].map(([issue, rules]) => [issue, of(rules)]),
        issues: issues.map((one) => one.name),
        heads,
      };
    };
    expect(ids('consumer-seller')).toEqual({
      liable: ['R-1', 'R-9'],
      bar: [],
      refer: ['R-7'],
      cap: ['R-3'],
      share: ['R-4'],
      adjust: ['R-5'],
      byIssue: [['broken', ['R-6', 'R-8']]],
      issues: ['broken'],
      heads: ['loss', 'repair'],
    });
    expect(ids('shipper-carrier')).toMatchObject({
      liable: [],
      bar: ['R-2'],
      refer: [],
      cap: [],
      share: [],
      adjust: [],
      byIssue: [],
      heads: [],
    });
  });

  test('stand back before those that override them, and before a higher layer that writes the same place', () => {
    const effect = (mode: string): string =>
      `{ liable: consumer-seller, as: principal, head: loss, mode: ${mode} }`;
    const layered = loadRules(
      smallPack({
        rules: [
          rule({ id: 'A', layer: 'contract', effect: effect('several') }),
          rule({ id: 'B', effect: effect('sole') }),
          rule({ id: 'C', layer: 'contract', effect: effect('several').replace('loss', 'repair') }),
          rule({ id: 'D', overrides: '[B]', effect: effect('several') }),
          rule({
            id: 'E',
            'in-force': '{ from: 2000-01-01, to: 2009-12-31 }',
            layer: 'contract',
            effect: effect('several'),
          }),
          rule({ id: 'E', 'in-force': '{ from: 2010-01-01 }', effect: effect('sole'), overrides: '[D]' }),
        ].join('\n'),
      }),
    );
    const { suppressors } = compileRules([layered, EVIDENCE]);
    const before = [...suppressors].map(([{ id, inForce }, by]) => [
      `${id} ${inForce.from}`,
      by.map((one) => `${one.id} ${one.inForce.from}`),
    ]);
    expect(before).toEqual([
      ['A 2020-01-01', ['B 2020-01-01', 'E 2010-01-01']],
      ['B 2020-01-01', ['D 2020-01-01']],
      ['C 2020-01-01', []],
      ['D 2020-01-01', ['E 2010-01-01']],
      ['E 2000-01-01', ['B 2020-01-01']],
      ['E 2010-01-01', []],
    ]);
  });
});
