import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Choice, importLogger } from '../../../src/capture/sensor/import-sensor.js';
import type { Given } from '../../../src/capture/sensor/recording.js';

function read(bytes: Uint8Array, given: Given = {}, choice: Choice = {}) {
  return importLogger(
    bytes,
    choice,
    { intervalUs: 1_000_000, ...given },
    { unnamedDevice: '?', inlineSamples: true },
  );
}

function json(pack: unknown): Uint8Array {
  return new TextEncoder().encode(typeof pack === 'string' ? pack : JSON.stringify(pack));
}

// RFC 8428 §5.1.3: several measurements of one device, base fields in the first.
const EXAMPLE = [
  { bn: 'urn:dev:ow:10e2073a01080063:', bt: 1.276020076e9, bu: 'Cel', bver: 5, n: 'temperature', v: 23.1 },
  { n: 'temperature', t: 5, v: 23.2 },
  { n: 'humidity', u: '%RH', t: 5, v: 67.5 },
  { n: 'voltage', u: 'V', v: 120.1 },
];

describe('SenML in JSON', () => {
  test('resolves base fields first (RFC 8428 §4.6)', () => {
    const [temperature, humidity] = read(json(EXAMPLE));
    expect(temperature!.payload).toMatchObject({
      quantity: 'temperature',
      device: { id: 'urn:dev:ow:10e2073a01080063:temperature' },
      from: { utcS: 1_276_020_076, offsetMin: 0 },
      samples: [
        [0, 23_100],
        [5000, 23_200],
      ],
      readOut: { family: 'senml-json', rows: 2, refused: 0, events: 0, zone: 'not-needed' },
    });
    expect(humidity!.payload).toMatchObject({ quantity: 'humidity', samples: [[0, 675]] });
    expect(humidity!.report.columnsLeft).toEqual(['urn:dev:ow:10e2073a01080063:voltage [V]']);
  });

  test('one reading spelled in many ways has one root', () => {
    const spelled = [
      [{ n: 'd', u: 'Cel', t: 1_700_000_000.5, v: 20.1 }],
      [{ bn: 'd', bu: 'Cel', bt: 1_700_000_000, t: 0.5, v: 20.1 }],
      [{ bn: 'd', bu: 'Cel', bv: 20, bt: 1_700_000_000, t: 0.5, v: 0.1 }],
      [
        { bn: 'd', bu: 'K' },
        { u: 'Cel', bt: 1_699_999_999, t: 1.5, bv: -0.2, v: 20.3 },
      ],
      [{ bn: 'd', u: 'K', t: 1_700_000_000.5, v: 293.25 }],
    ].map((pack) => Buffer.from(read(json(pack))[0]!.payload.root).toString('hex'));
    expect(new Set(spelled).size).toBe(1);
  });

  test('sorts by time, for a pack need not be in order', () => {
    const [only] = read(json([{ bn: 'd', bu: 'Cel', bt: 1.7e9, t: 60, v: 2 }, { v: 1 }]));
    expect(only!.payload.samples).toEqual([
      [0, 1000],
      [60_000, 2000],
    ]);
  });

  test('counts time from the moment it was sent, which must be given', () => {
    const pack = json([{ bn: 'd', bu: 'Cel', t: -60, v: 1 }, { v: 2 }]);
    expect(() => read(pack)).toThrow(
      expect.objectContaining({ code: 'sensor-import.zone', place: { path: 'time.start' } }),
    );
    const [only] = read(pack, { start: { utcS: 1_700_000_060, offsetMin: 480 } });
    expect(only!.payload).toMatchObject({
      from: { utcS: 1_700_000_000, offsetMin: 480 },
      to: { utcS: 1_700_000_060, offsetMin: 480 },
      readOut: { zone: 'given' },
    });
  });

  test('refuses what is no number, with its place in the pack', () => {
    const [only] = read(
      json([
        { bn: 'd', bu: 'Cel', bt: 1.7e9, v: 1 },
        { vs: 'x' },
        { vb: true },
        { s: 5 },
        { t: 1, v: 1e300 },
      ]),
    );
    expect(only!.report).toMatchObject({
      rows: 5,
      samples: 1,
      refused: 4,
      refusedLines: [
        { from: 2, to: 4, reason: 'value' },
        { from: 5, to: 5, reason: 'value-range' },
      ],
    });
  });

  test('refuses a reading in another unit than the others of its name', () => {
    const [only] = read(
      json([
        { bn: 'd', u: 'Cel', bt: 1.7e9, v: 1 },
        { u: 'K', v: 274 },
      ]),
    );
    expect(only!.report.refusedLines).toEqual([{ from: 2, to: 2, reason: 'unit' }]);
  });

  test.each([
    ['[{"n":"d","v":1,"must_":1}]', /the label `must_` must be understood/],
    ['[{"n":"d","v":1,"bver":11}]', /newer than the one/],
    ['[{"n":"d","v":1},3]', /record 2 of the pack: it is no map/],
    ['[{"n":5,"v":1}]', /`n` is no text/],
    ['[{"n":"d","u":"Cel","t":"x","v":1}]', /`t` is no number/],
    ['[{"n":"d","u":"Cel","v":1,"v":2}]', /./],
    ['[{"n":"d","u":"V","v":1}]', /nothing that a sensor batch can carry, but `d \[V\]`/],
  ])('%s is refused', (pack, message) => {
    expect(() => read(json(pack))).toThrow(message);
  });
});

describe('SenML in CBOR', () => {
  // RFC 8428 §6: the example of the JSON form, hand-assembled: base labels are negative numbers.
  const head = [
    0x82, 0xa6, 0x21, 0x63, 0x64, 0x65, 0x76, 0x22, 0xfb, 0x41, 0xd3, 0x03, 0xa1, 0x5b, 0x00, 0x10, 0x62,
  ];
  const pack = Uint8Array.from([
    ...head,
    ...[
      0x23, 0x63, 0x43, 0x65, 0x6c, 0x20, 0x05, 0x00, 0x61, 0x74, 0x02, 0xfb, 0x40, 0x37, 0x19, 0x99, 0x99,
      0x99, 0x99, 0x9a,
    ],
    ...[0xa3, 0x00, 0x61, 0x74, 0x06, 0x05, 0x02, 0xf9, 0x4d, 0xd0],
  ]);

  test('is read as its JSON form is', () => {
    const [only] = read(pack);
    expect(only!.payload).toMatchObject({
      quantity: 'temperature',
      device: { id: 'devt' },
      samples: [
        [1, 23_100],
        [5001, 23_250],
      ],
      readOut: { family: 'senml-cbor' },
    });
    expect(only!.payload.from.utcS).toBe(1_276_020_076);
  });

  test('of unknown length too', () => {
    const indefinite = Uint8Array.from([
      0x9f,
      0xbf,
      ...pack.subarray(2, -10),
      0xff,
      ...pack.subarray(-10),
      0xff,
    ]);
    expect(Buffer.from(read(indefinite)[0]!.payload.root)).toEqual(Buffer.from(read(pack)[0]!.payload.root));
  });

  test('cut short, or with something behind it, names the byte', () => {
    for (let end = 4; end < pack.length; end += 1) {
      expect(() => read(pack.subarray(0, end), {}, { family: 'senml-cbor' })).toThrow(
        expect.objectContaining({ code: 'sensor-import.columns' }),
      );
    }
    expect(() => read(Uint8Array.from([...pack, 0]))).toThrow(/byte \d+ is no part of a SenML pack/);
    // A list that announces 2^32 − 1 records in five bytes.
    expect(() => read(Uint8Array.from([0x9a, 0xff, 0xff, 0xff, 0xff, 0xa1, 0x00]))).toThrow(/byte 0/);
  });

  test('any other bytes give a plain error', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (rest) => {
        try {
          read(Uint8Array.from([0x81, 0xa1, ...rest]), {}, { family: 'senml-cbor' });
        } catch (error) {
          expect(error).toMatchObject({ name: 'GoodOrderError' });
        }
      }),
      { numRuns: 300 },
    );
  });
});
