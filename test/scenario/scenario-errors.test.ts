import { describe, expect, test } from 'vitest';
import type { GoodOrderError } from '../../src/errors.js';
import { buildScenario } from '../../src/scenario/build-scenario.js';
import { readYaml } from '../../src/yaml/read-yaml.js';
import { changed, FILE, refusal, SMALL } from './small-scenario.js';

/** File, line and column of the only place where the text stands. */
function placeOf(mark: string, text: string): string {
  const [before, ...after] = text.split(mark);
  if (before === undefined || after.length !== 1)
    throw new Error(`\`${mark}\` stands there ${after.length} times`);
  const lines = before.split('\n');
  return `${FILE}:${lines.length}:${lines.at(-1)!.length + 1}`;
}

describe('what is wrong with a scenario is said with code, line and column', () => {
  // The mark stands where the error is expected.
  const rows: readonly (readonly [what: string, text: string, mark: string, expected: string])[] = [
    [
      'a party nobody knows',
      changed('by: buyer', 'by: bayer'),
      'bayer',
      'scenario.unknown-name @ records[2].by: there is no party named `bayer`',
    ],
    [
      'a party nobody knows inside a payload',
      changed('to: party:carrier\n', 'to: party:courier\n'),
      'party:courier',
      'scenario.unknown-name @ records[0].payload.to: there is no party named `courier`',
    ],
    [
      'a record that comes later',
      changed('of: record:pickup', 'of: record:word'),
      'record:word',
      'scenario.unknown-name @ records[1].payload.of: there is no earlier record named `word`',
    ],
    [
      'a name in seen',
      changed('seen: [pickup]', "seen: [pickup, 'parcel']"),
      "'parcel'",
      'scenario.unknown-name @ records[1].seen[1]: there is no earlier record named `parcel`',
    ],
    [
      'an anchor on what was not logged',
      changed('type: statement', 'type: statement\n    anchors: [agreed]'),
      'agreed]',
      'scenario.unknown-name @ records[2].anchors[0]: there is no earlier logged record named `agreed`',
    ],
    [
      'a subject other than the item by name',
      changed('sub: subject:item', 'sub: subject:box'),
      'subject:box',
      'scenario.unknown-name @ dispute.sub: there is no subject named `box`',
    ],
    [
      'an authority nobody declared',
      changed('roles: [seller] }', 'roles: [seller], issuer: chamber }'),
      'chamber',
      'scenario.unknown-name @ parties.seller.issuer: there is no authority named `chamber`',
    ],
    [
      'a top key that means nothing',
      changed('export:\n', 'exports:\n'),
      'exports:',
      'scenario.malformed @ exports: `exports` has no meaning here',
    ],
    [
      'a key of a record that means nothing',
      changed('type: statement', 'type: statement\n    claim: seller'),
      'claim:',
      'scenario.malformed @ records[2].claim: `claim` has no meaning here',
    ],
    [
      'a key that hides from most readers',
      changed('title: a parcel handed over', 'title: a parcel handed over\n__proto__: { by: seller }'),
      '__proto__',
      'scenario.malformed @ __proto__: `__proto__` has no meaning here',
    ],
    [
      'a key that is missing',
      changed('    by: buyer\n', ''),
      'id: word',
      'scenario.malformed @ records[2].by: `by` is missing',
    ],
    [
      'another schema',
      changed('goodorder-scenario/1', 'goodorder-scenario/2'),
      'goodorder-scenario/2',
      'scenario.malformed @ schema: `schema` is not `goodorder-scenario/1`',
    ],
    [
      'a name that is none',
      changed('  buyer: {', '  Buyer: {').replace('by: buyer', 'by: seller'),
      '{ name: the buyer',
      'scenario.malformed @ parties.Buyer: `Buyer` is no name: small letters, digits and hyphens',
    ],
    [
      'a value where a map should be',
      changed('{ name: the buyer }', 'the buyer'),
      'the buyer\n',
      'scenario.malformed @ parties.buyer: `buyer` is no map',
    ],
    [
      'a role that does not exist',
      changed('roles: [seller] }', 'roles: [merchant] }'),
      'merchant',
      'scenario.malformed @ parties.seller.roles[0]: `0` is no role',
    ],
    [
      'a day that no month has',
      changed('at: 2026-08-28T11:00:00', 'at: 2026-08-32T11:00:00'),
      '2026-08-32',
      'scenario.malformed @ records[0].at: `at` is not a time with its offset, as in 2026-08-28T09:05:00+08:00',
    ],
    [
      'a time without its offset',
      changed('2026-08-28T11:05:00+08:00', '2026-08-28T11:05:00'),
      '2026-08-28T11:05:00',
      'scenario.malformed @ records[0].logged: `logged` is not a time with its offset, as in 2026-08-28T09:05:00+08:00',
    ],
    [
      'a time of a payload that is none',
      changed('2026-08-28T10:58:00+08:00', '2026-08-28T10:61:00+08:00'),
      '2026-08-28T10:61',
      'draft.malformed @ records[0].payload.occurredAt: `2026-08-28T10:61:00+08:00` is not a time with its offset, as in 2026-08-28T09:05:00+08:00',
    ],
    [
      'a payload that its type does not allow',
      changed('sealState: intact', 'sealState: fine'),
      'fine',
      'signer.refused @ records[0].payload.sealState: this record would be faulty: schema.value at `sealState`',
    ],
    [
      'a field deep in a payload',
      changed('[{ aspect: packaging-outer }]', '[{ aspect: packaging-outer }, { aspect: colour }]'),
      'colour',
      'signer.refused @ records[0].payload.inspectedScope[1].aspect: this record would be faulty: schema.value at `inspectedScope[1].aspect`',
    ],
    [
      'a field that its type does not have',
      changed('parcels: 1', 'parcels: 1\n      colour: red'),
      'red\n',
      'signer.refused @ records[0].payload.colour: this record would be faulty: schema.unknown-key at `colour`',
    ],
    [
      'a private place that holds something else',
      changed('waybill: SF1020304050607', 'waybill: [SF1020304050607]'),
      '[SF1020',
      'signer.refused @ records[0].payload.waybill: `waybill` is not what this private place holds',
    ],
    [
      'a type that does not exist',
      changed('type: statement', 'type: assertion'),
      'assertion',
      'scenario.malformed @ records[2].type: `assertion` is no type of record',
    ],
    [
      'a log that goes back in time',
      changed('seen: [pickup]', 'seen: [pickup]\n    logged: 2026-08-28T11:04:59+08:00'),
      '2026-08-28T11:04:59',
      'scenario.malformed @ records[1].logged: a log only grows: this time lies before the last logged one',
    ],
    [
      'one name for two records',
      changed('id: agreed', "id: 'pickup'"),
      "'pickup'",
      'scenario.malformed @ records[1].id: two records are named `pickup`',
    ],
    [
      'a fork of what another key signed',
      changed('type: statement', "type: statement\n    forks: 'pickup'"),
      "'pickup'",
      'scenario.malformed @ records[2].forks: `pickup` was signed by another key',
    ],
    [
      'an item that is no subject',
      changed('01/09521234543213', '01/09521234543214'),
      'https://id.gs1.org/01/09521234543214',
      'scenario.malformed @ item: `https://id.gs1.org/01/09521234543214/21/SN0007` is no canonical subject',
    ],
    [
      'a subject of a record that is none',
      changed('type: statement', "type: statement\n    sub: 'parcel'"),
      "'parcel'",
      'scenario.malformed @ records[2].sub: `parcel` is no canonical subject',
    ],
    [
      'a party URI with a wrong check digit',
      changed('9521234000037', '9521234000038'),
      "'https://id.gs1.org/417/9521234000038'",
      'scenario.malformed @ parties.carrier.uri: `https://id.gs1.org/417/9521234000038` is no party URI',
    ],
    [
      'a credential that ends before it begins',
      changed('roles: [seller] }', 'roles: [seller], until: 2026-07-01T00:00:00Z }'),
      '2026-07-01',
      'signer.refused @ parties.seller.until: this credential would be faulty: credential.shape at `until`',
    ],
    [
      'a credential for nobody in particular',
      changed('{ name: the buyer }', '{ name: the buyer, issuer: registry }'),
      '{ name: the buyer',
      'scenario.malformed @ parties.buyer: a credential is given to a party URI',
    ],
    [
      'an exporter nobody knows',
      changed('export:\n  by: seller', 'export:\n  by: sender'),
      'sender',
      'scenario.unknown-name @ export.by: there is no party named `sender`',
    ],
    [
      'a file where none were given',
      changed('[digest:photo of the parcel]', '[{ $file: parcel.jpg }]'),
      'parcel.jpg',
      'scenario.malformed @ records[0].payload.photos[0].$file: this scenario needs files that were not given',
    ],
    [
      'more records seen than a record can name',
      changed('seen: [pickup]', `seen: [${'pickup, '.repeat(65)}]`),
      '[pickup, ',
      'scenario.malformed @ records[1].seen: `seen` lists more than 64 names',
    ],
  ];

  test.each(rows)('%s', async (_, text, mark, expected) => {
    expect(await refusal(text)).toBe(expected.replace('@', placeOf(mark, text)));
  });

  test('a list where a scenario should be', async () => {
    expect(await refusal('- schema: goodorder-scenario/1\n')).toBe(
      `scenario.malformed ${FILE}:1:1 : the scenario is no map`,
    );
  });
});

describe('YAML that two readers could understand differently is refused before anything is built', () => {
  test('an anchor', async () => {
    const text = changed('title: a parcel', 'title: &who a parcel');
    expect(await refusal(text)).toBe(`yaml.alias ${placeOf('a parcel', text)} -: anchors are not allowed`);
  });

  test('an alias', async () => {
    const text = changed('by: buyer', 'by: *who');
    expect(await refusal(text)).toBe(`yaml.alias ${placeOf('*who', text)} -: aliases are not allowed`);
  });

  test('a key twice', async () => {
    const text = changed('  sequence: 1\n', '  sequence: 1\n  sequence: 2\n');
    const [code, place] = (await refusal(text)).split(' ');
    expect(`${code} ${place}`).toBe(`yaml.duplicate-key ${placeOf('sequence: 2', text)}`);
  });

  test('a second document', async () => {
    const [code] = (await refusal(`${SMALL}---\n${SMALL}`)).split(' ');
    expect(code).toBe('yaml.syntax');
  });
});

test('everything that is wrong is told at once, in the order of the text', async () => {
  const text = [
    'schema: goodorder-scenario/2',
    'title: x',
    'item: https://id.gs1.org/01/09521234321408/21/W1901',
    'trust: { name: t, sequence: -1, issued: soon, nextUpdate: 2026-12-31T00:00:00Z, authorities: {} }',
    'parties: {}',
    'records: []',
    'surplus: 1',
  ].join('\n');
  try {
    await buildScenario(readYaml(text, 'x.scenario.yaml'), 'x.scenario.yaml');
    throw new Error('nothing was refused');
  } catch (error) {
    const { cause } = error as GoodOrderError;
    expect((cause as readonly GoodOrderError[]).map(({ message, place }) => [place.line, message])).toEqual([
      [1, '`schema` is not `goodorder-scenario/1`'],
      [4, '`sequence` is less than 0'],
      [4, '`issued` is not a time with its offset, as in 2026-08-28T09:05:00+08:00'],
      [6, '`records` is empty'],
      [7, '`surplus` has no meaning here'],
    ]);
  }
});
