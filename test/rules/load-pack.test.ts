import { describe, expect, test } from 'vitest';
import { GoodOrderError } from '../../src/errors.js';
import { printTests } from '../../src/rules/load-evidence-pack.js';
import { lintPack, loadPack } from '../../src/rules/load-pack.js';
import { BUILT_IN_PACKS } from '../../src/rules/packs/index.js';
import { readYaml } from '../../src/yaml/read-yaml.js';
import { load, loadRules, packText, refusal, rule, smallPack } from './built-packs.js';

const EVIDENCE = BUILT_IN_PACKS.get('evidence.cn')!;

function place(text: string, needle: string): { line: number; column: number } {
  const before = text.slice(0, text.indexOf(needle)).split('\n');
  return { line: before.length, column: before.at(-1)!.length + 1 };
}

describe('a sound pack', () => {
  test('is read whole', () => {
    expect(loadRules(smallPack()).rules).toEqual([
      {
        id: 'R-1',
        says: { en: 'it is so', zh: '如此' },
        cite: [{ source: 'code', article: '1', verified: true }],
        status: 'settled',
        inForce: { from: '2020-01-01', to: null },
        appliesBy: 'contractDate',
        layer: 'forum',
        force: 'mandatory',
        overrides: [],
        claims: ['consumer-seller'],
        each: ['damage'],
        if: [{ op: 'issue', issue: 'broken', edge: null, is: 'found' }],
        unless: [],
        unlessProven: [],
        effect: {
          kind: 'liable',
          edge: 'consumer-seller',
          as: 'principal',
          head: 'loss',
          mode: 'sole',
          measure: null,
          with: null,
        },
      },
    ]);
  });

  test('may nest conditions', () => {
    const text = rule({
      if: '[{ any: [goods.durable is yes, { not: { all: [issue broken is found, { shown: state bad at delivery, by: debtor }] } }] }, { some: leg, is: covered humidity on leg }, { every: leg, is: leg is open }, { count: leg, at-least: 2, is: leg is open }]',
    });
    expect(loadRules(smallPack({ rules: text })).rules[0]!.if).toEqual([
      {
        op: 'any',
        of: [
          { op: 'eq', path: 'goods.durable', value: 'yes' },
          {
            op: 'not',
            of: {
              op: 'all',
              of: [
                { op: 'issue', issue: 'broken', edge: null, is: 'found' },
                { op: 'shown', of: { op: 'state', value: 'bad', boundary: 'delivery' }, by: 'debtor' },
              ],
            },
          },
        ],
      },
      { op: 'some', over: 'leg', of: { op: 'covered', quantity: 'humidity' } },
      { op: 'every', over: 'leg', of: { op: 'located', how: 'open' } },
      { op: 'count', over: 'leg', atLeast: 2, of: { op: 'located', how: 'open' } },
    ]);
  });

  test('may build on another pack', () => {
    const base = load(smallPack());
    const text = smallPack({
      head: 'pack: more\nlayer: convention\nneeds: [small]',
      rules: rule({ id: 'R-2', overrides: '[R-1]', if: '[issue broken is not-found]', each: '' }),
    })
      .replace(/^ {2}consumer-seller:.*$/m, '')
      .replace(/^ {2}shipper-carrier:.*$/m, '  third: { creditor: buyer, debtor: platform }')
      .replace(/^ {2}(broken|in-hand|packing):.*$/gm, '')
      .replace('issues:', 'issues: {}');
    const pack = load(text, [base]);
    expect(pack.kind === 'rules' && pack.rules[0]!.overrides).toEqual(['R-1']);
    expect(refusal(() => load(text)).code).toBe('pack.unknown-name');
  });
});

describe('what is wrong is named with its place', () => {
  const faults: readonly (readonly [
    name: string,
    text: string,
    at: string,
    code: string,
    message: string,
  ])[] = [
    [
      'an unknown sentence',
      smallPack({ rules: rule({ if: '[goods.durable is perhaps]' }) }),
      'goods.durable is perhaps',
      'pack.unknown-sentence',
      '`rules[0].if[0]`: `goods.durable is perhaps` is no sentence of the table; did you mean `P is W`, where `perhaps` does not fit',
    ],
    [
      'an unknown issue',
      smallPack({ rules: rule({ if: '[issue nothing is found]' }) }),
      'id: R-1',
      'pack.unknown-name',
      '`rules[0]`: R-1: `nothing` is no issue of this pack or of those it needs',
    ],
    [
      'an unknown edge',
      smallPack({ rules: rule({ if: '[edge nobody is liable]' }) }),
      'id: R-1',
      'pack.unknown-name',
      '`rules[0]`: R-1: `nobody` is no edge of this pack or of those it needs',
    ],
    [
      'a missing translation',
      smallPack({ rules: rule({ says: '{ en: "it is so" }' }) }),
      '{ en: "it is so" }',
      'pack.missing-translation',
      '`rules[0].says`: `zh` is missing',
    ],
    [
      'an unknown key',
      smallPack({ rules: rule({ wenn: '[]' }) }),
      '[]',
      'pack.malformed',
      '`rules[0].wenn`: `wenn` has no meaning here',
    ],
    [
      'a missing key',
      smallPack({ rules: rule({ status: '' }) }),
      'id: R-1',
      'pack.malformed',
      '`rules[0]`: `status` is missing',
    ],
    [
      'a leg that is not bound',
      smallPack({ rules: rule({ if: '[covered acceleration on leg]' }) }),
      'id: R-1',
      'pack.malformed',
      '`rules[0]`: R-1: it asks about a leg and binds none: say `each: [damage, leg]` or `some: leg`',
    ],
    [
      'an issue about a leg on a rule without one',
      smallPack({ rules: rule({ if: '[issue in-hand is found]' }) }),
      'id: R-1',
      'pack.malformed',
      '`rules[0]`: R-1: it asks about a leg and binds none: say `each: [damage, leg]` or `some: leg`',
    ],
    [
      'an effect on an edge the rule is not bound to',
      smallPack({ rules: rule({ on: '{ claim: shipper-carrier, each: damage }' }) }),
      'id: R-1',
      'pack.malformed',
      '`rules[0]`: R-1: it acts on `consumer-seller` and binds to `shipper-carrier`',
    ],
    [
      'a burden on the wrong party',
      smallPack({ rules: rule({ 'unless-proven': '[{ by: claimant, issue: packing, some: leg }]' }) }),
      'id: R-1',
      'pack.malformed',
      '`rules[0]`: R-1: `packing` is for `defendant` to prove, not `claimant`',
    ],
    [
      'another standard than the issue has',
      smallPack({
        rules: rule({
          'unless-proven': '[{ by: defendant, issue: packing, some: leg, standard: prima-facie }]',
        }),
      }),
      'id: R-1',
      'pack.malformed',
      '`rules[0]`: R-1: `packing` has the standard `high`, not `prima-facie`',
    ],
    [
      'a cross-reference that leads nowhere',
      smallPack({
        rules: rule({ 'unless-proven': '[{ by: defendant, issue: packing, some: leg, from: R-9 }]' }),
      }),
      'id: R-1',
      'pack.unknown-name',
      '`rules[0]`: R-1: `R-9` is no rule of this pack or of those it needs',
    ],
    [
      'a role on neither side',
      smallPack({
        issues:
          '  worn: { asks: { en: "worn?", zh: "磨损？" }, pro: buyer, burden: pro, standard: high, about: [damage], shown: [seen bad] }',
        rules: rule({
          on: '{ claim: shipper-carrier, each: damage }',
          if: '[issue worn is found]',
          effect: '{ bar: shipper-carrier }',
        }),
      }),
      'id: R-1',
      'pack.malformed',
      '`rules[0]`: R-1: `buyer` is on neither side of `shipper-carrier`',
    ],
    [
      'an issue that nothing shows',
      smallPack({
        issues:
          '  void: { asks: { en: "?", zh: "？" }, pro: claimant, burden: pro, standard: high, about: [damage] }',
      }),
      'pack: small',
      'pack.malformed',
      'nothing shows the issue `void`',
    ],
    [
      'a template that shows nothing',
      smallPack({
        issues:
          '  void: { asks: { en: "?", zh: "？" }, pro: claimant, burden: pro, standard: high, about: [damage], shown: [state fine at pickup] }',
      }),
      'state fine at pickup',
      'pack.unknown-sentence',
      '`issues.void.shown[0]`: `state fine at pickup` shows nothing',
    ],
    [
      'a measure nobody declares',
      smallPack({
        rules: rule({
          effect: '{ liable: consumer-seller, as: principal, head: loss, mode: sole, measure: treble }',
        }),
      }),
      'id: R-1',
      'pack.unknown-name',
      '`rules[0]`: R-1: `treble` is no measure of this pack or of those it needs',
    ],
    [
      'a date that does not exist',
      smallPack({ rules: rule({ 'in-force': '{ from: 2021-02-29 }' }) }),
      '2021-02-29',
      'pack.malformed',
      '`rules[0].in-force.from`: expected a date as in `2014-03-15`',
    ],
    [
      'an edge with a place in a journey and no journey',
      smallPack({ edges: '  wrong: { creditor: sender, debtor: buyer }' }),
      '{ creditor: sender, debtor: buyer }',
      'pack.malformed',
      '`edges.wrong`: an edge whose side is a place in a journey is `per: journey`',
    ],
    [
      'a requirement that evidence would have to show',
      smallPack({ edges: '  wrong: { creditor: buyer, debtor: seller, requires: [leg is open] }' }),
      'pack: small',
      'pack.malformed',
      'edge `wrong` may require only what a dispute states',
    ],
    [
      'a needed pack that is not there',
      smallPack({ head: 'pack: small\nlayer: forum\nneeds: [evidence.cn]' }),
      'pack: small',
      'pack.unknown-name',
      'it needs the pack `evidence.cn`, which is not loaded',
    ],
  ];

  test.each(faults)('%s', (_name, text, at, code, message) => {
    expect(refusal(() => load(text))).toEqual({ code, message, ...place(text, at) });
  });

  test('lint lists all of them', () => {
    const text = smallPack({
      rules: [rule({ if: '[nonsense]' }), rule({ id: 'R-2', status: 'sure' }), rule({ id: 'R-3' })].join(
        '\n',
      ),
    });
    expect(
      lintPack(readYaml(text, 'x.yaml'), { file: 'x.yaml' }).map(({ code, place }) => [code, place]),
    ).toEqual([
      ['pack.unknown-sentence', { file: 'x.yaml', ...place(text, 'nonsense') }],
      ['pack.malformed', { file: 'x.yaml', ...place(text, 'sure\n') }],
    ]);
    expect(lintPack(readYaml(smallPack()))).toEqual([]);
  });

  test('nesting without end is refused', () => {
    const deep = `${'{ not: '.repeat(20)}leg is open${' }'.repeat(20)}`;
    expect(refusal(() => load(smallPack({ rules: rule({ if: `[${deep}]` }) }))).message).toContain(
      'nest deeper than 16',
    );
  });

  test('a pack that is no map is refused', () => {
    expect(refusal(() => loadPack(readYaml('[1]'))).code).toBe('pack.malformed');
    expect(() => loadPack(readYaml('[1]'))).toThrow(GoodOrderError);
  });
});

describe('evidence packs', () => {
  const minimal = (parts: Record<string, string> = {}): string => {
    const fields: Record<string, string> = {
      pack: 'evidence.test',
      layer: 'forum',
      status: 'inference',
      anchorWithinH: '24',
      occasionWithinH: '24',
      standards:
        '{ prima-facie: pro >= 2, preponderance: pro >= 2 and pro > con, high: pro >= 3 and pro > con, beyond-doubt: pro >= 4 and con <= 1 }',
      grades: '[{ id: A, when: kind is own-record, grade: 2 }]',
      lifts: '[{ id: B, when: secured }]',
      caps: '[{ id: C, when: "not timely, and line is A", to: 1 }]',
      ...parts,
    };
    return Object.entries(fields)
      .map(([key, value]) => `${key}: ${value}`)
      .join('\n');
  };

  test('are read whole', () => {
    expect(load(minimal())).toEqual({
      kind: 'evidence',
      pack: 'evidence.test',
      layer: 'forum',
      status: 'inference',
      anchorWithinH: 24,
      occasionWithinH: 24,
      standards: {
        'prima-facie': [{ left: 'pro', compare: '>=', right: 2 }],
        preponderance: [
          { left: 'pro', compare: '>=', right: 2 },
          { left: 'pro', compare: '>', right: 'con' },
        ],
        high: [
          { left: 'pro', compare: '>=', right: 3 },
          { left: 'pro', compare: '>', right: 'con' },
        ],
        'beyond-doubt': [
          { left: 'pro', compare: '>=', right: 4 },
          { left: 'con', compare: '<=', right: 1 },
        ],
      },
      grades: [
        {
          id: 'A',
          when: [{ not: false, predicate: { asks: 'kind', of: ['own-record'] } }],
          grade: 2,
          cite: null,
        },
      ],
      lifts: [{ id: 'B', when: [{ not: false, predicate: { asks: 'secured' } }], cite: null }],
      caps: [
        {
          id: 'C',
          when: [
            { not: true, predicate: { asks: 'timely' } },
            { not: false, predicate: { asks: 'line', of: ['A'] } },
          ],
          to: 1,
          cite: null,
        },
      ],
    });
  });

  test.each([
    [{ grades: '[{ id: A, when: it looks good, grade: 2 }]' }, 'pack.unknown-sentence'],
    [{ caps: '[{ id: C, when: line is Z, to: 1 }]' }, 'pack.unknown-sentence'],
    [{ grades: '[{ id: A, when: secured, grade: 6 }]' }, 'pack.malformed'],
    [
      { grades: '[{ id: A, when: secured, grade: 2 }, { id: A, when: secured, grade: 1 }]' },
      'pack.malformed',
    ],
    [{ standards: '{ prima-facie: pro >= 2, preponderance: pro >= 2, high: pro >= 3 }' }, 'pack.malformed'],
    [
      {
        standards:
          '{ prima-facie: pro <= 2, preponderance: pro >= 2, high: pro >= 3, beyond-doubt: pro >= 4 }',
      },
      'pack.malformed',
    ],
    [
      {
        standards:
          '{ prima-facie: pro >= 9, preponderance: pro >= 2, high: pro >= 3, beyond-doubt: pro >= 4 }',
      },
      'pack.unknown-sentence',
    ],
    [
      {
        standards:
          '{ prima-facie: pro > pro, preponderance: pro >= 2, high: pro >= 3, beyond-doubt: pro >= 4 }',
      },
      'pack.unknown-sentence',
    ],
  ])('refuse %j', (parts, code) => {
    expect(refusal(() => load(minimal(parts as unknown as Record<string, string>))).code).toBe(code);
  });

  test('say a list of kinds or lines in any order, each phrase as it is printed', () => {
    const lines =
      '{ id: A, when: kind is one of statement | label, grade: 2 }, { id: B, when: secured, grade: 1 }';
    const text = minimal({
      grades: `[${lines}]`,
      caps: '[{ id: C, when: "not secured, integrity is adverse-only, and line is not one of B | A", to: 0 }, { id: D, when: integrity is broken and line is not B, to: 1 }]',
    });
    const pack = load(text);
    const when = pack.kind === 'evidence' ? [...pack.grades, ...pack.caps].map((line) => line.when) : [];
    expect(when).toEqual([
      [{ not: false, predicate: { asks: 'kind', of: ['label', 'statement'] } }],
      [{ not: false, predicate: { asks: 'secured' } }],
      [
        { not: true, predicate: { asks: 'secured' } },
        { not: false, predicate: { asks: 'integrity', is: 'adverse-only' } },
        { not: true, predicate: { asks: 'line', of: ['A', 'B'] } },
      ],
      [
        { not: false, predicate: { asks: 'integrity', is: 'broken' } },
        { not: true, predicate: { asks: 'line', of: ['B'] } },
      ],
    ]);
    expect(when.map(printTests)).toEqual([
      'kind is one of label | statement',
      'secured',
      'not secured, integrity is adverse-only, line is not one of A | B',
      'integrity is broken, line is not B',
    ]);
  });

  test.each([
    [
      { caps: '[{ id: C, when: line is A, to: 1 }, { id: C, when: secured, to: 2 }]' },
      'pack.malformed',
      '`C` is declared twice',
    ],
    [
      { lifts: '[{ id: B, when: secured }, { id: B, when: timely }]' },
      'pack.malformed',
      '`B` is declared twice',
    ],
    [
      { grades: '[{ id: A, when: kind is hearsay, grade: 2 }]' },
      'pack.unknown-sentence',
      'no phrase of the table',
    ],
    [{ caps: '[{ id: C, when: line is not Z, to: 1 }]' }, 'pack.unknown-sentence', 'no phrase of the table'],
    [
      {
        standards:
          '{ prima-facie: pro <= 2, preponderance: pro >= 2, high: pro >= 3, beyond-doubt: pro >= 4 }',
      },
      'pack.malformed',
      '`pro <= 2` would make more evidence hurt its own side',
    ],
    [
      {
        standards:
          '{ prima-facie: con >= 2, preponderance: pro >= 2, high: pro >= 3, beyond-doubt: pro >= 4 }',
      },
      'pack.malformed',
      '`con >= 2` would make more evidence hurt its own side',
    ],
    [
      {
        standards:
          '{ prima-facie: pro >= 2 3, preponderance: pro >= 2, high: pro >= 3, beyond-doubt: pro >= 4 }',
      },
      'pack.unknown-sentence',
      'is no comparison of `pro` or `con`',
    ],
  ])('refuse %j, and say why', (parts, code, why) => {
    const { code: found, message } = refusal(() => load(minimal(parts as unknown as Record<string, string>)));
    expect([found, message.includes(why) ? why : message]).toEqual([code, why]);
  });

  test('the Chinese one grades in its own order', () => {
    expect(EVIDENCE.kind === 'evidence' && EVIDENCE.grades.map(({ id, grade }) => `${id}=${grade}`)).toEqual([
      'G0=0',
      'G0a=0',
      'G5=5',
      'G4a=4',
      'G4b=4',
      'G3a=3',
      'G3b=3',
      'G2=2',
      'G1=1',
    ]);
  });
});

describe('a text that does not show all it holds is refused where it stands', () => {
  const says = (text: string): string => `{ en: "${text}", zh: "如此" }`;
  const withSays = (text: string): string => smallPack({ rules: rule({ says: says(text) }) });
  const hidden: readonly (readonly [name: string, written: string])[] = [
    ['U+202E', '\\u202E'],
    ['U+2066', '\\u2066'],
    ['U+200B', '\\u200B'],
    ['U+00AD', '\\u00AD'],
    ['U+001B', '\\e'],
    ['U+000A', '\\n'],
    ['U+FEFF', '\\uFEFF'],
    ['U+E0041', '\\U000E0041'],
  ];

  test.each(hidden)('%s in a sentence of a rule', (name, written) => {
    const text = withSays(`the carrier ${written}pays`);
    const { code, column, line, message } = refusal(() => load(text));
    expect(code).toBe('pack.malformed');
    expect(message).toContain(`text with ${name}, which hides or reorders`);
    expect({ line, column }).toEqual(place(text, '"the carrier'));
  });

  test.each([
    ['an article', { cite: '[{ source: code, article: "1\\u202E", verified: true }]' }],
    ['a condition', { if: '["issue broken\\u200B is found"]' }],
    ['an id', { id: '"R-1\\u200D"' }],
    ['a date', { 'in-force': '{ from: "2020-01-01\\u200E" }' }],
  ])('in %s', (_, part) => {
    expect(refusal(() => load(smallPack({ rules: rule(part) })))).toMatchObject({ code: 'pack.malformed' });
  });

  test('in a question, and in a key, each with its line', () => {
    const issue = (name: string, asks: string): string =>
      `  ${name}: { asks: { en: "${asks}", zh: "？" }, pro: claimant, burden: pro, standard: high, about: [damage], shown: [state bad at delivery] }`;
    const question = smallPack({ issues: issue('more', 'so\\u2067?') });
    expect(refusal(() => load(question))).toMatchObject({
      code: 'pack.malformed',
      ...place(question, '"so'),
    });
    const key = smallPack({ issues: issue('"mo\\u202Ere"', 'so?') });
    expect(refusal(() => load(key))).toMatchObject({
      code: 'pack.malformed',
      message: expect.stringContaining('a key with U+202E'),
      ...place(key, '"mo'),
    });
  });

  test('what is only foreign is not', () => {
    expect(loadRules(withSays('“naïve” 😀 ﷲ हिन्दी')).rules[0]!.says.en).toBe('“naïve” 😀 ﷲ हिन्दी');
  });

  test('in an evidence pack too', () => {
    const text = packText('cn/evidence.cn.yaml').replace(/^status: inference/m, 'status: "inference\\u202E"');
    expect(refusal(() => load(text))).toMatchObject({
      code: 'pack.malformed',
      message: expect.stringContaining('U+202E'),
      ...place(text, '"inference'),
    });
  });
});
