import { describe, expect, test } from 'vitest';
import { parseInstant } from '../../src/codec/instant.js';
import { readDispute } from '../../src/finding/dispute.js';
import { find } from '../../src/finding/finding.js';
import { packDigest } from '../../src/rules/pack-digest.js';
import { BUILT_IN_PACKS } from '../../src/rules/packs/index.js';
import { toPlainValue } from '../../src/rules/positioned-value.js';
import { readYaml } from '../../src/yaml/read-yaml.js';
import { BUYER, CONTRACTING, idOf, jointAgreement, passport, SELLER } from '../facts/case-builder.js';
import { claim, disputeOf, disputeValue, PACKS, scenario9, time } from './scenario-records.js';

interface Refusal {
  code: string;
  message: string;
  place: { path?: string; file?: string; line?: number; column?: number };
}

function refusal(run: () => unknown): Refusal {
  try {
    run();
  } catch (error) {
    return error as Refusal;
  }
  throw new Error('nothing was refused');
}

type Json = Record<string, unknown>;
const first = (name: string): Json => (disputeValue()[name] as Json[])[0]!;

describe('a dispute', () => {
  test('is read whole, with defaults stated', () => {
    const value = disputeValue();
    const { carriages: _, ...rest } = value;
    const dispute = readDispute(rest);
    expect(dispute).toMatchObject({
      id: 'case',
      openedAt: { utcS: parseInstant(time(200)).utcS, offsetMin: 480 },
      law: { forum: 'cn', contractDate: '2026-05-20', utcOffsetMin: 480, regimes: [] },
      carriages: [],
      passports: [],
      defences: [],
      pleadings: [],
    });
    expect(dispute.damages[0]!.discoveredAt).toEqual({ utcS: parseInstant(time(20.2)).utcS, offsetMin: 480 });
    expect(dispute.digest).toMatch(/^[0-9a-f]{64}$/);
  });

  test('has one digest however its members are ordered, and another for every change', () => {
    const value = disputeValue();
    const reversed = Object.fromEntries(Object.entries(value).reverse());
    expect(readDispute(reversed).digest).toBe(readDispute(value).digest);
    const others = [
      { id: 'other' },
      { asOf: time(301) },
      { parties: [...(value['parties'] as unknown[])].reverse() },
    ];
    const digests = new Set(
      [value, ...others.map((part) => ({ ...value, ...part }))].map((one) => readDispute(one).digest),
    );
    expect(digests.size).toBe(4);
  });

  test.each([
    ['no map', 7, 'dispute.malformed', undefined],
    ['a missing member', { law: undefined }, 'dispute.malformed', 'law'],
    ['an unknown member', { surprise: 1 }, 'dispute.malformed', 'surprise'],
    ['an instant without offset', { asOf: '2026-01-01T00:00:00' }, 'dispute.malformed', 'asOf'],
    [
      'a date that is none',
      { law: { ...(disputeValue()['law'] as Json), contractDate: '2026-02-30' } },
      'dispute.malformed',
      'law.contractDate',
    ],
    [
      'a party URI with a wrong check digit',
      {
        parties: [
          { ...first('parties'), id: 'https://id.gs1.org/417/9506000134353' },
          (disputeValue()['parties'] as Json[])[4],
        ],
      },
      'dispute.malformed',
      'parties[0].id',
    ],
    [
      'a role that is none',
      { parties: [{ ...first('parties'), roles: ['king'] }, (disputeValue()['parties'] as Json[])[4]] },
      'dispute.malformed',
      'parties[0].roles[0]',
    ],
    [
      'a fraction of a cent',
      { claims: [claim('k', 'consumer-seller', { amountMinor: 1.5 })] },
      'dispute.malformed',
      'claims[0].amountMinor',
    ],
    [
      'an amount below nothing',
      { claims: [claim('k', 'consumer-seller', { amountMinor: -1 })] },
      'dispute.malformed',
      'claims[0].amountMinor',
    ],
    [
      'a claim twice',
      { claims: [claim('k', 'consumer-seller'), claim('k', 'consumer-seller')] },
      'dispute.malformed',
      'claims[1].id',
    ],
    [
      'a damage of no unit',
      { damages: [{ ...first('damages'), unit: 'u9' }] },
      'dispute.malformed',
      'damages[0].unit',
    ],
    [
      'a claim of no damage',
      { claims: [claim('k', 'consumer-seller', { damage: 'd9' })] },
      'dispute.malformed',
      'claims[0].damage',
    ],
    [
      'a stranger who claims',
      { claims: [claim('k', 'consumer-seller', { creditor: 'https://id.gs1.org/417/9506000134390' })] },
      'dispute.unknown-party',
      'claims[0].creditor',
    ],
    [
      'a stranger who pleads',
      {
        pleadings: [{ party: 'https://id.gs1.org/417/9506000134390', issue: 'defective', position: 'admit' }],
      },
      'dispute.unknown-party',
      'pleadings[0].party',
    ],
    [
      'two carriages of one journey',
      { carriages: [first('carriages'), { ...first('carriages'), id: 'c2' }] },
      'dispute.two-carriages',
      'carriages[1]',
    ],
  ])('with %s is refused', (_what, parts, code, path) => {
    const value = typeof parts === 'number' ? parts : { ...disputeValue(), ...parts };
    const { code: got, place } = refusal(() => readDispute(value));
    expect([got, place.path]).toEqual([code, path ?? '']);
  });

  test('errors name file, line and column', () => {
    const text = JSON.stringify({ ...disputeValue(), asOf: 'soon' }, null, 1);
    const positions = readYaml(text, 'd.json');
    const { code, message, place } = refusal(() =>
      readDispute(toPlainValue(positions), { file: 'd.json', positions }),
    );
    const lines = text.slice(0, text.indexOf('"soon"')).split('\n');
    expect({ code, message, place }).toEqual({
      code: 'dispute.malformed',
      message: '`asOf` has a value it cannot have',
      place: { file: 'd.json', line: lines.length, column: lines.at(-1)!.length + 1, path: 'asOf' },
    });
  });

  test('keys of prototypes are keys like any other', () => {
    const value = JSON.parse(`{"__proto__": {"schemaVersion": 1}, "constructor": 1}`) as unknown;
    expect(refusal(() => readDispute(value)).code).toBe('dispute.malformed');
  });
});

describe('against packs and passports', () => {
  const run = (parts: Json) => () => find(passport(scenario9()), disputeOf(parts), PACKS);

  test.each([
    [
      'a pack that is not loaded',
      { packs: [{ id: 'cn' }, { id: 'evidence.cn' }, { id: 'us' }] },
      'dispute.unknown-pack',
      'packs[2].id',
    ],
    ['not all loaded packs named', { packs: [{ id: 'evidence.cn' }] }, 'dispute.unknown-pack', 'packs'],
    [
      'another version of a pack',
      { packs: [{ id: 'cn', digest: '0'.repeat(64) }, { id: 'evidence.cn' }] },
      'dispute.pack-digest',
      'packs[0].digest',
    ],
    ['an edge no pack has', { claims: [claim('k', 'cousin-nephew')] }, 'dispute.malformed', 'claims[0].edge'],
    [
      'a debtor without the role',
      { claims: [claim('k', 'consumer-seller', { debtor: CONTRACTING })] },
      'dispute.role',
      'claims[0].debtor',
    ],
    [
      'a creditor without the role',
      { claims: [claim('k', 'consumer-seller', { creditor: SELLER })] },
      'dispute.role',
      'claims[0].creditor',
    ],
    [
      'a role nobody has',
      {
        parties: (disputeValue()['parties'] as Json[]).filter(({ id }) => id !== BUYER),
        claims: [claim('k', 'consumer-seller')],
      },
      'dispute.role',
      'claims[0]',
    ],
    [
      'a defence on no issue of the edge',
      { defences: [{ id: 'x', edge: 'consumer-seller', issue: 'packing-caused' }] },
      'dispute.malformed',
      'defences[0].issue',
    ],
    [
      'a defence on no edge',
      { defences: [{ id: 'x', edge: 'nowhere', issue: 'packing-caused' }] },
      'dispute.malformed',
      'defences[0].edge',
    ],
    [
      'a pleading on no issue',
      { pleadings: [{ party: SELLER, issue: 'nothing', position: 'admit' }] },
      'dispute.malformed',
      'pleadings[0].issue',
    ],
    ['another passport', { passports: ['0'.repeat(64)] }, 'dispute.wrong-passport', 'passports'],
    [
      'a passport that is not there',
      { passports: [idOf('passport'), 'f'.repeat(64)] },
      'dispute.wrong-passport',
      'passports[1]',
    ],
  ])('%s is refused', (_what, parts, code, path) => {
    const { code: got, place } = refusal(run(parts));
    expect([got, place.path]).toEqual([code, path]);
  });

  test('the right digests are accepted', () => {
    const packs = ['cn', 'evidence.cn'].map((id) => ({ id, digest: packDigest(BUILT_IN_PACKS.get(id)!) }));
    const finding = find(passport(scenario9()), disputeOf({ packs, passports: [idOf('passport')] }), PACKS);
    expect(finding.packDigests).toEqual(packs);
  });

  test('a closed field that a jointly signed agreement contradicts is refused', () => {
    const sale = (payload: Json) =>
      jointAgreement('sale', {
        by: SELLER,
        parties: [SELLER, BUYER],
        h: -40,
        upper: -39,
        payload: { kind: 'sale', ...payload },
      });
    const with_ = (payload: Json) => () =>
      find(passport([...scenario9(), ...sale(payload)]), disputeOf(), PACKS);
    expect(refusal(with_({ carrierChosenBy: 'buyer' }))).toMatchObject({
      code: 'dispute.contradicts-agreement',
      place: { path: 'carriages[0].chosenBy' },
    });
    expect(with_({ carrierChosenBy: 'seller' })().edges).toHaveLength(5);
    const goods = { description: 'cups', condition: 'new', quantity: 1, currency: 'EUR' };
    expect(refusal(with_({ goods }))).toMatchObject({ place: { path: 'goods[0].currency' } });
    // What only one side signed binds nobody.
    const alone = sale({ carrierChosenBy: 'buyer' }).slice(0, 1);
    expect(find(passport([...scenario9(), ...alone]), disputeOf(), PACKS).edges).toHaveLength(5);
    expect(
      refusal(() =>
        find(
          passport(scenario9()),
          disputeOf({ carriages: [{ ...first('carriages'), contractMode: 'sea' }] }),
          PACKS,
        ),
      ),
    ).toMatchObject({ code: 'dispute.contradicts-agreement', place: { path: 'carriages[0].contractMode' } });
  });

  test.each(['a\u0007b', 'a\u009bb', 'a\ud800', '\ufeffa'])(
    'a text that no evidence could hold, %j, is refused where it stands',
    (text) => {
      const [party, ...others] = disputeValue().parties as Json[];
      for (const [path, parts] of [
        ['id', { id: text }],
        ['parties[0].name', { parties: [{ ...party, name: text }, ...others] }],
        ['damages[0].id', { damages: [{ ...first('damages'), id: text }] }],
      ] as const) {
        expect(refusal(() => disputeOf(parts))).toMatchObject({ code: 'dispute.malformed', place: { path } });
      }
    },
  );

  test('a claim for which the records give no edge is named', () => {
    const parts = { claims: [claim('k1', 'shipper-carrier', { debtor: CONTRACTING })] };
    expect(find(passport(scenario9()), disputeOf(parts), PACKS).unmatchedClaims).toEqual(['k1']);
  });
});

describe('a dispute that is wrong in several places', () => {
  const problems = (run: () => unknown): readonly string[] => {
    try {
      run();
    } catch (error) {
      const { cause } = error as { readonly cause?: readonly Refusal[] };
      return (cause ?? []).map(({ code, message, place }) => `${place.line ?? ''} ${code}: ${message}`);
    }
    throw new Error('nothing was refused');
  };

  test('tells all of them, with their lines', () => {
    const text = JSON.stringify({ ...disputeValue(), claims: [{ id: 'k1' }], damages: [], law: 7 }, null, 1);
    const positions = readYaml(text, 'd.json');
    const told = problems(() => readDispute(toPlainValue(positions), { file: 'd.json', positions }));
    const lineOf = (key: string): number =>
      text.split('\n').findIndex((line) => line.startsWith(` "${key}"`)) + 1;
    expect(told).toEqual([
      `${lineOf('law')} dispute.malformed: \`law\` has a value it cannot have`,
      `${lineOf('damages')} dispute.malformed: \`damages\` has a value it cannot have`,
      ...['edge', 'damage', 'head', 'amountMinor', 'currency'].map(
        (key) => `${lineOf('claims') + 1} dispute.malformed: \`claims[0].${key}\` is missing`,
      ),
    ]);
  });

  test('tells every name that leads nowhere, and what fits neither packs nor passports', () => {
    const twice = { ...disputeValue(), damages: [{ ...first('damages'), unit: 'other' }] };
    const claims = [
      claim('k1', 'consumer-seller', { damage: 'd9', debtor: `urn:goodorder:key:${'9'.repeat(64)}` }),
    ];
    expect(problems(() => readDispute({ ...twice, claims: [...claims, ...claims] }))).toEqual([
      ' dispute.malformed: `claims[1].id` stands there twice: `k1`',
      ' dispute.malformed: `damages[0].unit` names no unit of the goods',
      ' dispute.malformed: `claims[0].damage` names no damage',
      ' dispute.unknown-party: `claims[0].debtor` is no party of the dispute',
      ' dispute.malformed: `claims[1].damage` names no damage',
      ' dispute.unknown-party: `claims[1].debtor` is no party of the dispute',
    ]);
    const dispute = disputeOf({
      claims: [claim('k1', 'no-such-edge')],
      defences: [{ id: 'd', edge: 'consumer-seller', issue: 'no-such-issue' }],
      passports: ['0'.repeat(64)],
    });
    expect(
      problems(() => find(passport(scenario9()), dispute, PACKS)).map((one) => one.split(':')[0]),
    ).toEqual([
      ' dispute.malformed',
      ' dispute.malformed',
      ' dispute.wrong-passport',
      ' dispute.wrong-passport',
    ]);
  });

  test('about another item than the passport is refused, whether it names the passport or not', () => {
    const goods = [{ ...first('goods'), sub: 'https://id.gs1.org/01/09521234321408/21/W1901' }];
    expect(refusal(() => find(passport(scenario9()), disputeOf({ goods }), PACKS))).toMatchObject({
      code: 'dispute.wrong-passport',
      place: { path: 'goods[0].sub' },
    });
  });
});
