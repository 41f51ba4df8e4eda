import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodeCbor } from '../../src/codec/cbor.js';
import { fromHex, toHex } from '../../src/codec/hex.js';
import { leafHash, MerkleAccumulator, merkleRoot } from '../../src/merkle/tree.js';
import type { Fields, RecordType } from '../../src/record/record-type.js';
import { RECORD_TYPES, type RecordTypeName } from '../../src/record/types/index.js';
import { encodeSample, resolvedSamplesRoot } from '../../src/record/types/resolved-samples.js';
import { BUYER, CARRIER, hash, SAMPLES, SELLER } from './sample-payloads.js';

function type(name: RecordTypeName): RecordType {
  return RECORD_TYPES.get(name)!;
}
function full(name: RecordTypeName): Fields {
  return SAMPLES[name].full as unknown as Fields;
}
function minimal(name: RecordTypeName): Fields {
  return SAMPLES[name].minimal as unknown as Fields;
}
const id = (name: string): string => toHex(hash(name));

test('types are listed under their own names', () => {
  for (const [name, definition] of RECORD_TYPES) {
    expect(definition.name).toBe(name);
    expect(definition.revision).toBe(1);
  }
  expect([...RECORD_TYPES.keys()].sort()).toEqual(Object.keys(SAMPLES).sort());
});

test('references are those of the format and no others', () => {
  const found = Object.fromEntries(
    [...RECORD_TYPES].map(([name, definition]) => [
      name,
      definition.references(full(name as RecordTypeName)),
    ]),
  );
  const occasion = { path: 'occasion.of', id: id('the handover') };
  expect(found).toEqual({
    acknowledgement: [],
    aggregation: [],
    agreement: [],
    authentication: [occasion],
    commission: [occasion],
    countersign: [{ path: 'of', id: id('handover') }],
    delivery: [occasion],
    disclosure: [occasion],
    handover: [occasion, { path: 'lastSensorRecord', id: id('sensor') }],
    incident: [occasion],
    inspection: [occasion],
    'key-event': [],
    manifest: [],
    media: [occasion],
    notice: [{ path: 'against', id: id('delivery') }, occasion],
    payment: [{ path: 'against', id: id('agreement') }],
    recycling: [occasion],
    repair: [occasion],
    return: [occasion, { path: 'authorisation', id: id('approval') }],
    seal: [occasion],
    'sensor-batch': [occasion],
    // A statement may be about any record without having it in seen.
    statement: [occasion],
    usage: [occasion],
  });
  for (const [name, definition] of RECORD_TYPES) {
    const least = definition.references(minimal(name as RecordTypeName));
    expect(least.map(({ path }) => path)).toEqual(
      { countersign: ['of'], notice: ['against'], payment: ['against'] }[name] ?? [],
    );
  }
});

test('who may countersign what', () => {
  expect(type('handover').counterparties(full('handover'), SELLER)).toEqual([CARRIER]);
  expect(type('handover').counterparties(full('handover'), CARRIER)).toEqual([SELLER]);
  expect(type('delivery').counterparties(full('delivery'), CARRIER)).toEqual([BUYER]);
  expect(type('delivery').counterparties(full('delivery'), BUYER)).toEqual([CARRIER]);
  expect(type('agreement').counterparties(full('agreement'), CARRIER)).toEqual([SELLER, BUYER]);
  expect(type('inspection').counterparties(full('inspection'), SELLER)).toEqual([BUYER, CARRIER]);
  expect(type('inspection').counterparties(minimal('inspection'), SELLER)).toEqual([]);
  const others = [...RECORD_TYPES.values()].filter(
    ({ name }) => !['handover', 'delivery', 'agreement', 'inspection'].includes(name),
  );
  for (const definition of others) {
    expect(definition.counterparties(full(definition.name as RecordTypeName), SELLER)).toEqual([]);
  }
});

test('who may sign', () => {
  const roles = [...RECORD_TYPES.values()].filter((definition) => definition.roles !== 'any');
  expect(Object.fromEntries(roles.map((definition) => [definition.name, definition.roles]))).toEqual({
    commission: ['producer', 'importer'],
    inspection: ['inspector', 'laboratory', 'seller'],
    authentication: ['laboratory', 'platform', 'inspector'],
  });
  expect(
    [...RECORD_TYPES.values()]
      .filter(({ selfBound }) => selfBound)
      .map(({ name }) => name)
      .sort(),
  ).toEqual([
    'acknowledgement',
    'countersign',
    'delivery',
    'key-event',
    'manifest',
    'media',
    'notice',
    'return',
    'statement',
    'usage',
  ]);
  expect(type('handover').signers(full('handover'))).toEqual([SELLER, CARRIER]);
  expect(type('delivery').signers(full('delivery'))).toBe(null);
});

test('files that may travel along', () => {
  const found = Object.fromEntries(
    [...RECORD_TYPES]
      .map(([name, definition]) => [name, definition.files(full(name as RecordTypeName))] as const)
      .filter(([, files]) => files.length > 0),
  );
  const photo = [id('photo')];
  expect(found).toEqual({
    agreement: [id('ista')],
    authentication: photo,
    countersign: photo,
    disclosure: [id('screen')],
    handover: photo,
    incident: photo,
    inspection: [id('raw'), id('photo')],
    media: [id('v')],
    notice: photo,
    recycling: [id('certificate')],
    return: photo,
    seal: photo,
    'sensor-batch': [id('raw')],
  });
});

test('the time a record tells of', () => {
  const T = 1_787_878_800;
  const spans = Object.fromEntries(
    [...RECORD_TYPES].map(([name, definition]) => {
      const period = definition.period(full(name as RecordTypeName));
      return [name, period === null ? null : [period.from.utcS - T, period.to.utcS - T]];
    }),
  );
  expect(spans).toEqual({
    acknowledgement: [0, 0],
    aggregation: [0, 0],
    agreement: [0, 0],
    authentication: [0, 0],
    commission: [0, 0],
    countersign: [0, 0],
    delivery: [0, 0],
    disclosure: [0, 60],
    handover: [0, 0],
    incident: [0, 0],
    inspection: [0, 0],
    'key-event': null,
    manifest: null,
    media: [0, 60],
    notice: [60, 60],
    payment: [0, 0],
    recycling: [0, 0],
    repair: [0, 0],
    return: [0, 0],
    seal: [0, 0],
    'sensor-batch': [0, 3600],
    statement: [0, 0],
    usage: [0, 0],
  });
});

describe('rules across fields', () => {
  const context = { sub: 'https://id.gs1.org/01/09521234543213/21/A1', iss: SELLER, kid: 'ab'.repeat(32) };
  const faults = (name: RecordTypeName, changes: Fields): string[] =>
    type(name)
      .faults({ ...full(name), ...changes }, context)
      .map(({ code, path }) => `${code} ${path}`);
  const at = (utcS: number) => ({ utcS, offsetMin: 0 });

  test('a self-issued identity needs maker and serial', () => {
    const payload = { ...minimal('commission') };
    const uuid = { ...context, sub: 'urn:uuid:0b2f0f5e-6a0c-4b64-9d6e-0f8a4d1a2b3c' };
    expect(type('commission').faults(payload, uuid)).toEqual([
      { code: 'schema.missing', path: 'manufacturer' },
      { code: 'schema.missing', path: 'serial' },
      { code: 'schema.missing', path: 'selfIssued' },
    ]);
    expect(type('commission').faults(payload, context)).toEqual([]);
  });

  test.each<[string, RecordTypeName, Fields, readonly string[]]>([
    [
      'two checks of one id',
      'inspection',
      { checks: [{ id: '1' }, { id: '1' }] },
      ['schema.value checks[1].id'],
    ],
    ['a view twice', 'media', { coverage: ['front', 'front'] }, ['schema.value coverage']],
    [
      'a waybill digest of a serial',
      'media',
      { identified: [{ what: 'serial', waybill: hash('w') }] },
      ['schema.value identified[0].waybill'],
    ],
    [
      'a file twice',
      'media',
      { files: [{ sha256: [-16, hash('v')] }, { sha256: [-16, hash('v')] }] },
      ['schema.value files[1].sha256'],
    ],
    [
      'no sample but a smallest one',
      'sensor-batch',
      { sampleCount: 0, samples: undefined, min: 1, max: undefined, mean: undefined },
      ['schema.value min'],
    ],
    [
      'samples but no largest one',
      'sensor-batch',
      { max: undefined, samples: undefined },
      ['schema.missing max'],
    ],
    ['a mean beyond the largest', 'sensor-batch', { mean: 3212 }, ['schema.value mean']],
    [
      'a mean of no samples',
      'sensor-batch',
      { sampleCount: 0, min: undefined, max: undefined, samples: undefined },
      ['schema.value mean'],
    ],
    ['smallest above largest', 'sensor-batch', { min: 5, max: 4, samples: undefined }, ['schema.value max']],
    [
      'a pulse of a thermometer',
      'sensor-batch',
      { quantity: 'temperature', unit: 'milliC', exceedances: [] },
      ['schema.value pulses[0].at'],
    ],
    [
      'an exceedance before the batch',
      'sensor-batch',
      { exceedances: [{ at: at(1) }] },
      ['schema.value exceedances[0].at'],
    ],
    ['another number of samples', 'sensor-batch', { sampleCount: 2 }, ['schema.value sampleCount']],
    [
      'samples that run backwards',
      'sensor-batch',
      {
        samples: [
          [2, 3204],
          [1, -40],
          [3, 3211],
        ],
      },
      ['schema.value samples[1]', 'schema.value root'],
    ],
    [
      'samples of other extremes',
      'sensor-batch',
      {
        samples: [
          [0, 1],
          [1, 2],
          [2, 3],
        ],
      },
      ['schema.value min', 'schema.value max', 'schema.value root'],
    ],
    ['a handover to oneself', 'handover', { to: SELLER, toCapacity: 'warehouse' }, ['schema.value to']],
    ['a change of capacity alone', 'handover', { to: SELLER, toCapacity: 'principal' }, []],
    [
      'a handover to a principal without a leg',
      'handover',
      { toCapacity: 'principal', leg: undefined, mode: undefined },
      [],
    ],
    [
      'a party twice',
      'agreement',
      { parties: [SELLER, SELLER], capacityOf: [], undertakings: [] },
      ['schema.value parties'],
    ],
    [
      'a capacity of a stranger',
      'agreement',
      { capacityOf: [{ party: 'x' }] },
      ['schema.value capacityOf[0].party'],
    ],
    ['an axis twice', 'agreement', { fragility: [{ axis: 'x' }, { axis: 'x' }] }, ['schema.value fragility']],
    ['a cap by nothing', 'agreement', { liabilityCap: { per: 'kg' } }, ['schema.value liabilityCap']],
    [
      'a rate without currency',
      'agreement',
      { liabilityCap: { per: 'kg', rateMinor: 1 } },
      ['schema.missing liabilityCap.currency'],
    ],
    ['a cap by times', 'agreement', { liabilityCap: { per: 'freight', times: 7 } }, []],
    [
      'amounts without currency',
      'agreement',
      { currency: undefined, freightMinor: undefined, insuredMinor: undefined },
      ['schema.missing currency'],
    ],
    [
      'a price without currency',
      'agreement',
      { goods: { unitPriceMinor: hash('p') } },
      ['schema.missing goods.currency'],
    ],
    ['about nothing', 'statement', { about: {} }, ['schema.value about']],
    [
      'rotate with a suspicion',
      'key-event',
      { action: 'rotate', nextKey: hash('n') },
      ['keyevent.sub key', 'schema.unknown-key suspectFrom', 'schema.unknown-key lastGood'],
    ],
    [
      'rotate to nothing',
      'key-event',
      { action: 'rotate', suspectFrom: undefined, lastGood: undefined },
      ['keyevent.sub key', 'schema.missing nextKey'],
    ],
    ['the same id twice', 'acknowledgement', { received: [hash('a'), hash('a')] }, ['schema.value received']],
  ])('%s', (_, name, changes, expected) => {
    expect(faults(name, changes)).toEqual(expected);
  });

  const ids = [fromHex('01'.repeat(32)), fromHex('02'.repeat(32))];
  const kid = fromHex('aa'.repeat(32));
  const pair = (n: number) => [fromHex(n.toString(16).padStart(64, '0')), 0];
  test.each<[string, Fields, readonly string[]]>([
    ['ids not ascending', { ids: [...ids].reverse() }, ['manifest.shape ids', 'manifest.root root']],
    [
      'an id both listed and withheld',
      { withheld: [{ id: ids[0], reason: 'not-held' }] },
      ['manifest.shape withheld'],
    ],
    [
      'withheld not ascending',
      { withheld: [...ids].reverse().map((one) => ({ id: one, reason: 'not-held' })) },
      ['manifest.shape withheld'],
    ],
    [
      '1,025 in all',
      {
        withheld: Array.from({ length: 1023 }, (_, i) => ({
          id: fromHex((i + 1).toString(16).padStart(8, '0') + 'ff'.repeat(28)),
          reason: 'not-held',
        })),
      },
      ['manifest.shape withheld'],
    ],
    ['a head without pairs', { heads: [[kid, []]] }, ['manifest.shape heads[0]']],
    [
      'a key twice',
      {
        heads: [
          [kid, [pair(1)]],
          [kid, [pair(2)]],
        ],
      },
      ['manifest.shape heads'],
    ],
    ['a subject twice', { heads: [[kid, [pair(1), pair(1)]]] }, ['manifest.shape heads[0]']],
    [
      '257 pairs',
      { heads: [[kid, Array.from({ length: 257 }, (_, i) => pair(i))]] },
      ['manifest.shape heads'],
    ],
    ['256 pairs', { heads: [[kid, Array.from({ length: 256 }, (_, i) => pair(i))]] }, []],
    ['part three of two', { part: [3, 2], continues: hash('c') }, ['manifest.shape part']],
    ['a first part that continues', { continues: hash('c') }, ['manifest.shape continues']],
    ['another count', { count: 3 }, ['manifest.root count']],
    ['another root', { root: hash('x') }, ['manifest.root root']],
  ])('manifest: %s', (_, changes, expected) => {
    const sound = { root: merkleRoot(ids), count: 2, ids, heads: [], withheld: [], asOf: null };
    const found = type('manifest').faults({ ...sound, ...changes }, context);
    expect(found.map(({ code, path }) => `${code} ${path}`)).toEqual(expected);
  });
});

test('a sample is encoded as the codec does it', () => {
  fc.assert(
    fc.property(fc.array(fc.maxSafeInteger(), { minLength: 2, maxLength: 4 }), (sample) => {
      expect(toHex(encodeSample(sample))).toBe(toHex(encodeCbor(sample)));
    }),
  );
  const accumulator = new MerkleAccumulator();
  for (const leaf of ['820005', '82182a20']) accumulator.append(leafHash(fromHex(leaf)));
  expect(
    toHex(
      resolvedSamplesRoot([
        [0, 5],
        [42, -1],
      ]),
    ),
  ).toBe(toHex(accumulator.root()));
});
