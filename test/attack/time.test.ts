import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readColumnMap } from '../../src/capture/sensor/column-map.js';
import { importDeclaredCsv } from '../../src/capture/sensor/import-sensor.js';
import type { CborValue } from '../../src/codec/cbor.js';
import { fromHex } from '../../src/codec/hex.js';
import { formatInstant, parseInstant, readInstant } from '../../src/codec/instant.js';
import { coverageOf } from '../../src/facts/coverage.js';
import { deriveFacts } from '../../src/facts/derive-facts.js';
import { verifyPassport } from '../../src/verify/verify-passport.js';
import { makeVerifyReport } from '../../src/verify/verify-report.js';
import { Workplace } from '../cli/workplace.js';
import { makeSample } from '../verify/sample.js';
import { Actor, AT, DAY, hashOf, ITEM, idOf, instant, Story, T0 } from '../verify/story.js';
import { buildCommand } from './built-command.js';
import { accusations, details, found, told, troubles, verdictOn } from './verdict.js';

async function inspectorStory(): Promise<{ story: Story; inspector: Actor; carrier: Actor }> {
  const story = new Story();
  const carrier = await story.company('carrier', ['carrier']);
  const inspector = await story.company('inspector', ['inspector']);
  return { story, carrier, inspector };
}

describe('claimed time', () => {
  test('iat-backdated: a signature made after the damage cannot lie before what it holds', async () => {
    const { story, carrier, inspector } = await inspectorStory();
    // The note of day 20 lies in the carrier's record, which the inspector holds.
    const { note } = story.log([], T0 + 20 * DAY, { spread: 30 });
    const damage = await story.say(carrier, 'it fell', { iat: T0 + 20 * DAY + 60, anchors: [note] });
    const backdated = await story.say(inspector, 'sound when shipped', { iat: T0 - DAY, seen: [damage.id] });
    story.log([backdated.id], T0 + 25 * DAY, { spread: 30 });
    const passport = await verdictOn(story);
    expect([passport.verdict, troubles(passport)]).toEqual(['TOTAL-PASSED', ['time.iat-before-lower']]);
    // Of two witnesses: the later time is the upper bound, the earlier one the lower.
    expect(passport.records.find(({ id }) => id === backdated.id)!.time).toEqual({
      lower: T0 + 20 * DAY,
      upper: T0 + 25 * DAY + 30,
      lowerFrom: `record:${damage.id}`,
      upperFrom: `note:${idOf(story.notes[1]!)}`,
    });
    expect(found(passport, 'time.iat-before-lower')).toMatchObject([
      {
        severity: 'warning',
        record: backdated.id,
        detail: { iat: T0 - DAY, lower: T0 + 20 * DAY, seconds: 21 * DAY, from: `record:${damage.id}` },
      },
    ]);
    expect(accusations(passport)).toEqual([]);
    const { records } = makeVerifyReport(passport, { version: 'test' });
    expect(records.find(({ id }) => id === backdated.id)!.verified.time.widthS).toBe(5 * DAY + 30);
  });

  test('iat-backdated: a claim later than the log’s time is told with its distance, and no bound is −∞ in silence', async () => {
    const { story, inspector, carrier } = await inspectorStory();
    const { id } = await story.say(inspector, 'in the future', { iat: T0 + 3 * DAY });
    await story.say(carrier, 'carried');
    story.log([id], T0 + DAY);
    const passport = await verdictOn(story);
    expect(details(passport, 'time.iat-after-upper')).toEqual([
      { iat: T0 + 3 * DAY, upper: T0 + DAY, seconds: 2 * DAY, from: `note:${idOf(story.notes[0]!)}` },
    ]);
    expect(found(passport, 'time.no-anchor')).toHaveLength(2);
  });

  test('iat-backdated: a time that covers what was seen does not make the seeing later', async () => {
    const { story, inspector, carrier } = await inspectorStory();
    const seen = await story.say(carrier, 'carried', { iat: T0 });
    const honest = await story.say(inspector, 'looked at within the hour', {
      iat: T0 + 3600,
      seen: [seen.id],
    });
    // The carrier's record is logged a week later only.
    story.log([seen.id], T0 + 7 * DAY);
    const passport = await verdictOn(story);
    expect([passport.verdict, troubles(passport)]).toEqual(['TOTAL-PASSED', []]);
    expect(passport.records.find(({ id }) => id === honest.id)!.time.lower).toBeNull();
  });

  test('iat-extreme: outside the years 1970 to 9999 no record is read, and nothing is thrown', async () => {
    const story = new Story();
    const seller = await story.company('seller', ['seller']);
    await story.say(seller, 'packed');
    const lane = fromHex(seller.lane!);
    const extremes: readonly CborValue[] = [
      -1,
      253_402_300_800,
      8_640_000_000_001,
      Number.MAX_SAFE_INTEGER,
      2n ** 63n,
      2n ** 64n - 1n,
      '2026-08-28',
      false,
    ];
    for (const iat of extremes) {
      const copy = new Story();
      for (const key of ['records', 'credentials'] as const) copy[key].push(...story[key]);
      for (const key of story.keys) copy.keys.add(key);
      const id = await copy.signRaw(seller, { iat, link: [1, 1, lane, [], lane, []] });
      const passport = await verdictOn(copy);
      expect([iat, passport.verdict, ...troubles(passport)]).toEqual([iat, 'TOTAL-FAILED', 'record.claims']);
      expect(passport.records.map((record) => record.id)).not.toContain(id);
      JSON.stringify(makeVerifyReport(passport, { version: 'test' }));
    }
  });

  test('iat-extreme: the first and the last second there are can be signed, verified and printed', async () => {
    for (const iat of [0, 253_402_300_799]) {
      const story = new Story();
      const seller = Actor.person('seller');
      await story.say(seller, 'at the edge', { iat });
      const place = await Workplace.make();
      await place.write('edge.passport', story.file());
      for (const argv of [['verify'], ['show'], ['timeline']]) {
        const { exit, out } = await place.run([...argv, 'edge.passport']);
        expect([...argv, exit]).toEqual([...argv, 11]);
        expect(out).not.toMatch(/Invalid|NaN|undefined/);
      }
      const { records } = (await place.run(['show', 'edge.passport', '--format', 'json'])).json();
      expect(records[0].claimed.iat).toBe(formatInstant(iat));
    }
    expect(formatInstant(253_402_300_799)).toBe('9999-12-31T23:59:59Z');
  });

  test('iat-extreme: a time of verification outside these years is a wrong command line, not a bug', async () => {
    const story = new Story();
    await story.say(Actor.person('seller'), 'x');
    for (const at of [-1, 0.5, Number.NaN, 253_402_300_800]) {
      await expect(verifyPassport(story.file(), { trust: null, at })).rejects.toThrow(RangeError);
    }
    const place = await Workplace.make();
    await place.write('a.passport', story.file());
    for (const command of ['verify', 'show', 'timeline']) {
      for (const at of ['253402300800', '999999999999', '10000-01-01T00:00:00Z', '-1', '1e3']) {
        const { exit, err } = await place.run([command, 'a.passport', '--at', at]);
        expect([command, at, exit]).toEqual([command, at, 2]);
        expect(err).toContain('cli.usage');
      }
    }
  });

  test('clock-steps-back: a claim that falls along the lane is told, and order comes from the links', async () => {
    const story = new Story();
    const seller = await story.company('seller', ['seller']);
    const first = await story.say(seller, 'first', { iat: T0 + 3600 });
    const second = await story.say(seller, 'second', { iat: T0, sub: `urn:goodorder:key:${seller.kid}` });
    const third = await story.say(seller, 'third', { iat: T0 + 1800 });
    const passport = await verdictOn(story);
    expect([passport.verdict, troubles(passport)]).toEqual(['TOTAL-PASSED', ['time.iat-regress']]);
    expect(found(passport, 'time.iat-regress')).toMatchObject([
      { severity: 'warning', record: second.id, detail: { lane: first.id, seconds: 3600 } },
    ]);
    expect(passport.records.map(({ id }) => id)).toEqual([first.id, second.id, third.id]);
    expect([passport.precedes(first.id, third.id), passport.precedes(third.id, first.id)]).toEqual([
      true,
      false,
    ]);
  });

  test('timezone-dst-leap: no time without an offset, no 60th second, no local date is read', () => {
    for (const text of [
      '2016-12-31T23:59:60Z',
      '2026-08-28T09:05:00',
      '2026-02-29T00:00:00Z',
      '2026-08-28T24:00:00Z',
      '2026-08-28T09:05:00+24:00',
      '2026-08-28T09:05:00 Asia/Kathmandu',
      '2026-08-28 09:05:00Z',
    ]) {
      expect([text, readInstant(text)]).toEqual([text, null]);
      expect(() => parseInstant(text)).toThrow();
    }
    // Kathmandu's quarter of an hour, and Apia, which had no 30 December 2011.
    expect(parseInstant('2026-08-28T09:05:00+05:45')).toEqual({ utcS: 1_787_887_200, offsetMin: 345 });
    expect(formatInstant(parseInstant('2011-12-30T12:00:00+14:00').utcS, 840)).toBe(
      '2011-12-30T12:00:00+14:00',
    );
  });

  test('timezone-dst-leap: the report is the same bytes in every zone and language of the machine', async () => {
    const command = await buildCommand();
    try {
      const { bytes, story } = await makeSample();
      await writeFile(join(command.folder, 'sample.passport'), bytes);
      await writeFile(join(command.folder, 'trust.json'), story.trustText());
      const places = [
        { TZ: 'UTC', LANG: 'C' },
        { TZ: 'Asia/Kathmandu', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' },
        { TZ: 'Pacific/Apia', LANG: 'zh_CN.UTF-8' },
      ];
      for (const words of [['verify', '--format', 'json'], ['verify'], ['show'], ['timeline']]) {
        const argv = [...words, 'sample.passport', '--trust', 'trust.json', '--at', `${AT}`];
        const [first, ...others] = places.map((env) => {
          const { status, stderr, stdout } = command.run(argv, { env });
          return { status, out: stdout.toString(), err: stderr.toString() };
        });
        expect([words, first!.status]).toEqual([words, 0]);
        for (const other of others) expect(other).toEqual(first);
      }
    } finally {
      await command.remove();
    }
  });
});

const batch = (
  from: number,
  to: number,
  root: string,
  more: Record<string, unknown> = {},
): Record<string, unknown> => ({
  from: instant(from),
  to: instant(to),
  device: { id: 'L-0042' },
  quantity: 'temperature',
  unit: 'milliC',
  sampleCount: 2,
  intervalUs: 60_000_000,
  recording: { mode: 'continuous' },
  root: fromHex(hashOf(root)),
  min: 3000,
  max: 5000,
  gaps: [],
  clockOffsetMs: 0,
  attachedTo: ITEM,
  mount: 'package',
  location: 'package',
  endReason: 'stopped',
  calibration: [-16, fromHex(hashOf('certificate'))],
  calibratedAt: instant(T0 - 100 * DAY),
  calibrationDueAt: instant(T0 + 100 * DAY),
  ...more,
});

describe('recordings', () => {
  test('sensor-batch-overlap: two stories of one device about one hour are told, and the bad one is not dropped', async () => {
    const story = new Story();
    const carrier = await story.company('carrier', ['carrier']);
    const bad = await story.sign(
      carrier,
      'sensor-batch',
      batch(T0, T0 + 3600, 'as it was', {
        max: 31_000,
        excursions: [{ from: instant(T0 + 600), to: instant(T0 + 1200), max: 31_000 }],
      }),
    );
    const good = await story.sign(carrier, 'sensor-batch', batch(T0, T0 + 3600, 'as it should have been'));
    const passport = await verdictOn(story);
    expect([passport.verdict, troubles(passport)]).toEqual(['TOTAL-PASSED', ['sensor.overlap']]);
    const [first, second] = [bad.id, good.id].sort();
    expect(
      found(passport, 'sensor.overlap').map(({ record, detail }) => [record, detail?.other].sort()),
    ).toEqual([[first, second]]);
    const facts = deriveFacts(passport, {
      parties: [carrier.iss],
      goods: [{ unit: 'u1', sub: ITEM }],
      sellers: [],
    });
    expect(facts.remarks.map(({ code, records }) => [code, ...records])).toContainEqual([
      'facts.sensor-overlap',
      first,
      second,
    ]);
    const span = { from: T0 + 60, to: T0 + 3000 };
    const coverage = coverageOf(facts, { sub: ITEM, quantity: 'temperature', span });
    expect([coverage.status, coverage.batches.length, coverage.excursions.length]).toEqual([
      'excursion',
      2,
      1,
    ]);
    const [only] = coverage.excursions;
    expect(facts.byId.get(only!)?.prov.records[0]).toBe(bad.id);
    // Alone the good one would have covered the hour.
    const alone = await verdictOn(story, {
      bytes: story.file({ records: story.records.filter((record) => idOf(record) === good.id) }),
    });
    expect(told(alone)).toContain('chain.gap');
  });

  test('sensor-batch-overlap: samples that run backwards, or a clock that was set back, are no record and no silent import', async () => {
    const story = new Story();
    const carrier = await story.company('carrier', ['carrier']);
    await story.say(carrier, 'carried');
    const samples = [
      [0, 3000],
      [-60_000, 5000],
    ];
    await expect(story.sign(carrier, 'sensor-batch', batch(T0, T0 + 60, 'x', { samples }))).rejects.toThrow(
      expect.objectContaining({ code: 'signer.refused' }),
    );
    const lane = fromHex(carrier.lane!);
    await story.signRaw(carrier, {
      type: 'sensor-batch',
      link: [1, 1, lane, [], lane, []],
      fields: batch(T0, T0 + 60, 'x', { samples }) as never,
    });
    const passport = await verdictOn(story);
    expect([passport.verdict, troubles(passport)]).toEqual(['TOTAL-FAILED', ['schema.value']]);
    expect(found(passport, 'schema.value').map(({ path }) => path)).toContain('samples[1]');

    const map = readColumnMap({
      format: 'goodorder-columns/1',
      time: { columns: ['t'], form: 'YYYY-MM-DD HH:mm:ss', utcOffset: '+08:00' },
      unit: 'degC',
      values: [{ column: 'v' }],
      device: { id: 'D1' },
    });
    const csv = [
      't,v',
      '2026-08-28 09:00:00,4.0',
      '2026-08-28 09:05:00,4.5',
      '2000-01-01 00:00:00,31.0',
      '2000-01-01 00:05:00,32.0',
      '2026-08-28 09:10:00,4.2',
    ].join('\n');
    const { payload, report } = importDeclaredCsv(Buffer.from(csv), map);
    expect([payload.sampleCount, report.refused, report.refusedLines]).toEqual([
      3,
      2,
      [{ from: 4, to: 5, reason: 'time-backwards' }],
    ]);
  });
});
