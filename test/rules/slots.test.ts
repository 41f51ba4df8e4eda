import { describe, expect, test } from 'vitest';
import { disputedSlots, slotsOf } from '../../src/rules/collisions.js';
import { packDigest, toCbor } from '../../src/rules/pack-digest.js';
import { entryOf, positionAt } from '../../src/rules/positioned-value.js';
import type { Effect } from '../../src/rules/rule.js';
import { fitsSlot } from '../../src/rules/sentence-slots.js';
import { compareText, isName, LEG_PATHS, SINGLE_VALUED } from '../../src/rules/terms.js';
import { readYaml } from '../../src/yaml/read-yaml.js';
import { load, loadRules, refusal, rule, smallPack } from './built-packs.js';

describe('the places of which an effect writes one', () => {
  const edge = 'consumer-seller';
  const liable = {
    kind: 'liable',
    edge,
    as: 'principal',
    head: 'loss',
    mode: 'sole',
    measure: null,
    with: null,
  } as const;
  test.each<[Effect, readonly (readonly [string, string])[]]>([
    [{ kind: 'allocate', issue: 'broken', to: 'con', standard: null }, [['allocate broken', 'to con, null']]],
    [
      { kind: 'presume', issue: 'broken', is: 'found', rebut: 'contrary', weight: 2, standard: null },
      [['presume broken is found', 'rebut contrary, weight 2, null']],
    ],
    [
      liable,
      [
        ['liable consumer-seller loss as', 'principal'],
        ['liable consumer-seller loss mode', 'sole'],
        ['liable consumer-seller loss measure', 'null'],
        ['liable consumer-seller loss with', 'null'],
      ],
    ],
    [
      { kind: 'cap', edge, measure: { from: 'liabilityCap' }, brokenBy: 'broken' },
      [['cap consumer-seller', '{"from":"liabilityCap"}, broken by broken']],
    ],
    [{ kind: 'share', edge, is: [1, 2] }, [['share consumer-seller', '1,2']]],
    [
      { kind: 'adjust', edge, step: 'interest', ratePpm: 5, from: 'event.sold' },
      [['interest consumer-seller', '5 from event.sold']],
    ],
    [
      { kind: 'adjust', edge, step: 'salvage', ratePpm: null, from: null },
      [['salvage consumer-seller', 'null from null']],
    ],
    [{ kind: 'argue', issue: 'broken', side: 'pro', gradeFrom: ['sensor'] }, []],
    [{ kind: 'adverse', issue: 'broken', is: 'found', weight: 2 }, []],
    [{ kind: 'bar', edge, head: null }, []],
    [{ kind: 'refer', edge, head: null, because: 'injury' }, []],
  ])('%j', (effect, expected) => {
    expect(slotsOf(effect).map(({ slot, value }) => [slot, value])).toEqual(expected);
  });

  test('are disputed where two would write differently', () => {
    const other = { ...liable, with: 'creditor', measure: 'double' } as const;
    expect(disputedSlots(liable, other).map(([{ slot }]) => slot)).toEqual([
      'liable consumer-seller loss measure',
      'liable consumer-seller loss with',
    ]);
    expect(disputedSlots(liable, { ...liable, head: 'repair', mode: 'several' })).toEqual([]);
  });
});

describe('two rules of one place', () => {
  const SEVERAL = '{ liable: consumer-seller, as: principal, head: loss, mode: several }';
  const both = (first: Record<string, string>, second: Record<string, string>): string =>
    smallPack({
      rules: [
        rule({ if: '[goods.durable is yes]', ...first }),
        rule({ id: 'R-2', effect: SEVERAL, ...second }),
      ].join('\n'),
    });
  const collide = (first: Record<string, string>, second: Record<string, string>): string | null => {
    try {
      load(both(first, second));
      return null;
    } catch (error) {
      return (error as Error).message.split('; ').at(-1)!;
    }
  };

  test('are told how they could be parted', () => {
    expect(collide({ if: '[issue broken is found]' }, {})).toBe(
      'say `overrides`, or ask for different values of one path',
    );
    expect(collide({ if: '[goods.durable is yes, damage.kind is shock]' }, {})).toBe(
      'different values of `damage.kind` or `goods.durable` would separate them',
    );
    expect(
      collide({ if: '[issue broken is found]' }, { if: '[goods.sold is yes, creditor.consumer is yes]' }),
    ).toBe('different values of `creditor.consumer` or `goods.sold` would separate them');
  });

  test('never meet where what they ask for never does', () => {
    const durable = { if: '[goods.durable is yes]' };
    expect(collide(durable, { if: '[{ all: [goods.durable is no] }]' })).toBeNull();
    expect(collide(durable, { if: '[{ any: [goods.durable is no] }]' })).not.toBeNull();
    expect(collide(durable, { if: '[{ not: { all: [goods.durable is yes] } }]' })).not.toBeNull();
    expect(collide(durable, { if: '[{ not: { any: [goods.durable is yes] } }]' })).toBeNull();
    expect(
      collide({ if: '[damage.kind in shock|heat]' }, { if: '[damage.kind in heat|cold]' }),
    ).not.toBeNull();
    expect(
      collide({ if: '[damage.kind in shock|heat]' }, { if: '[damage.kind not in shock|heat]' }),
    ).not.toBeNull();
    expect(
      collide({ if: '[damage.kind in shock|heat]' }, { if: '[{ not: damage.kind in shock|heat }]' }),
    ).toBeNull();
    expect(
      collide(durable, { on: '{ claim: [consumer-seller, shipper-carrier], each: damage }' }),
    ).not.toBeNull();
  });

  test('hold on days of different kinds, so dates do not part them', () => {
    const early = { 'in-force': '{ from: 2010-01-01, to: 2019-12-31 }' };
    expect(collide(early, { if: '[goods.durable is yes]' })).toBeNull();
    expect(collide({ ...early, 'applies-by': 'eventDate' }, { if: '[goods.durable is yes]' })).not.toBeNull();
    expect(loadRules(smallPack({ rules: rule({ 'applies-by': 'eventDate' }) })).rules[0]!.appliesBy).toBe(
      'eventDate',
    );
  });

  test('bound to different claims write different places', () => {
    const presume = (rebut: string): string => `{ presume: broken, is: found, rebut: ${rebut} }`;
    const first = { if: '[goods.durable is yes]', effect: presume('contrary') };
    const second = { if: '[goods.durable is yes]', effect: presume('doubt') };
    expect(collide(first, { ...second, on: '{ claim: shipper-carrier, each: damage }' })).toBeNull();
    expect(collide(first, second)).not.toBeNull();
  });

  test('a circle is named from where it begins', () => {
    const rules = ['R-1 [R-2]', 'R-2 [R-3]', 'R-3 [R-2]', 'R-4 [R-3]'].map((line) => {
      const [id, overrides] = line.split(' ');
      return rule({ id: id!, overrides: overrides! });
    });
    expect(refusal(() => load(smallPack({ rules: rules.join('\n') }))).message).toBe(
      '`rules[1]`: rules override one another: `R-2` → `R-3` → `R-2`',
    );
    const tree = ['R-1 [R-2, R-3]', 'R-2 [R-4]', 'R-3 [R-4]', 'R-4 []'].map((line) => {
      const id = line.slice(0, 3);
      return rule({ id, overrides: line.slice(4) });
    });
    expect(load(smallPack({ rules: tree.join('\n') })).kind).toBe('rules');
  });
});

describe('words of sentences', () => {
  test.each([
    ['0', true],
    ['7', true],
    ['10', true],
    ['999999999', true],
    ['1000000000', false],
    ['', false],
    ['07', false],
    ['1.5', false],
    ['-1', false],
    ['1/', false],
    ['1:', false],
    ['１', false],
  ])('`%s` is a count: %s', (word, expected) => {
    expect(fitsSlot('N', word)).toBe(expected);
  });

  test.each([
    ['shock|heat', true],
    ['shock', false],
    ['shock|', false],
    ['shock|gloom', false],
    ['gloom|shock', false],
    ['|', false],
  ])('`%s` is a list of values: %s', (word, expected) => {
    expect(fitsSlot('L', word)).toBe(expected);
  });

  test.each([
    ['shipper-carrier(leg.holder)', true],
    ['(leg.holder)', false],
    ['shipper-carrier', false],
    ['Shipper(leg.holder)', false],
  ])('`%s` is an edge of a leg’s holder: %s', (word, expected) => {
    expect(fitsSlot('TH', word)).toBe(expected);
  });

  test.each([
    ['a', true],
    ['z09-', true],
    ['a{', false],
    ['a/', false],
    ['a:', false],
    ['a`', false],
    ['aZ', false],
  ])('`%s` is a name: %s', (word, expected) => {
    expect(isName(word)).toBe(expected);
  });

  test('are compared by code units', () => {
    expect([compareText('a', 'b'), compareText('b', 'a'), compareText('a', 'a')]).toEqual([-1, 1, 0]);
  });

  test('paths that ask of a leg, and those that may have several values', () => {
    expect([...LEG_PATHS]).toEqual(['leg.mode', 'leg.capacity', 'leg.regime']);
    expect(
      ['debtor.role', 'leg.mode', 'leg.capacity', 'goods.durable'].map((path) =>
        SINGLE_VALUED.has(path as never),
      ),
    ).toEqual([false, false, true, true]);
  });
});

describe('a place in a file', () => {
  const value = readYaml('a: [1, { b: 2 }]\nc: 3\n');
  const at = (...path: readonly (string | number)[]): string => {
    const { column, line } = positionAt(value, path);
    return `${line}:${column}`;
  };

  test('is that of the part, or of the last part that is there', () => {
    expect([at(), at('c'), at('a'), at('a', 0), at('a', 1), at('a', 1, 'b')]).toEqual([
      '1:1',
      '2:4',
      '1:4',
      '1:5',
      '1:8',
      '1:13',
    ]);
    expect([at('d'), at('a', 7), at('a', 'b'), at('c', 'x'), at('c', 0), at(0)]).toEqual([
      '1:1',
      '1:4',
      '1:4',
      '2:4',
      '2:4',
      '1:1',
    ]);
    expect(value.kind === 'map' && [entryOf(value, 'c')?.kind, entryOf(value, 'd')]).toEqual([
      'scalar',
      undefined,
    ]);
  });
});

describe('a pack’s digest', () => {
  test('is of big numbers too, and of nothing that has no bytes', () => {
    expect(toCbor({ a: [1, 2n, 'x', true, null] })).toEqual(new Map([['a', [1, 2n, 'x', true, null]]]));
    expect(() => toCbor({ a: undefined })).toThrow(new TypeError('cannot digest a undefined'));
    const pack = loadRules(smallPack());
    expect(packDigest(pack)).toBe(packDigest({ ...pack }));
  });
});
