import { GoodOrderError } from '../../../errors.js';
import { berlingerSignature } from '../berlinger-signature.js';
import { decimalReader, OUT_OF_RANGE } from '../decimal.js';
import type { Channel, LoggerFamily } from '../logger-family.js';
import type { LoggerFile } from '../logger-file.js';
import type { Contradiction, Declared, Given, Recording } from '../recording.js';
import { RowLedger } from '../row-ledger.js';
import { SampleColumns } from '../sample-columns.js';
import { meansContradictions } from '../stated-means.js';
import { deviceOf, resolveZone } from '../table-logger.js';
import { WRITTEN_UNITS } from '../units.js';
import { timeReader } from '../written-time.js';
import { zoneLabelIn } from '../zone-label.js';
import { type BerlingerFile, type DailyRecord, parseBerlinger } from './berlinger-text.js';

/**
 * Berlinger Q-tag and Fridge-tag: a nested key and value text, samples under `Data:`, at most one daily record a day
 * under `Hist:`, signed by the device at the end.
 */
export const berlinger: LoggerFamily = {
  name: 'berlinger',
  title: 'Berlinger Q-tag and Fridge-tag',
  recognises: ({ text }) => text !== null && /^Device: Q-tag\b/.test(text.lines[0] ?? ''),
  open: (file) => {
    const parsed = parseBerlinger(file);
    const channel: Channel = {
      name: 'T',
      quantity: 'temperature',
      read: (given) => readRecording(file, parsed, given),
    };
    return { channels: [channel], left: [] };
  },
};

const MICROS = 1_000_000;
const LOCAL = timeReader('YYYY-MM-DD HH:mm');

function readRecording(file: LoggerFile, parsed: BerlingerFile, given: Given): Recording {
  const contradictions: Contradiction[] = [];
  // `Zone: 0.00` is how these loggers leave the factory, and says nothing.
  const zoneHours = Number(parsed.value('Conf', 'Zone') ?? '0');
  const label =
    zoneHours === 0 || !Number.isFinite(zoneHours) ? null : zoneLabelIn(`UTC${signed(zoneHours)}`);
  const { offsetMin, zone } = resolveZone(label, given, contradictions);
  const utcUs = (text: string | null): number | null => {
    const local = text === null ? Number.NaN : LOCAL(text);
    return Number.isNaN(local) ? null : local - offsetMin * 60 * MICROS;
  };
  const unit = /^F/i.test(parsed.value('Conf', 'Temp unit') ?? '') ? 'degF' : 'degC';
  const celsius = decimalReader('.', WRITTEN_UNITS[unit]);
  const ledger = new RowLedger();
  const columns = new SampleColumns(1);
  let marked = 0;
  for (const { line, fields } of parsed.rows) {
    const [time = '', value, mark = ''] = fields;
    ledger.row();
    const at = utcUs(time.trim());
    const milliC = value === undefined ? null : celsius(value);
    if (value === undefined) ledger.refuse(line, 'columns');
    else if (at === null || at < 0) ledger.refuse(line, 'time');
    else if (milliC === null || Number.isNaN(milliC)) ledger.refuse(line, 'value');
    else if (milliC === OUT_OF_RANGE) ledger.refuse(line, 'value-range');
    else if (at < columns.lastTimeUs) ledger.refuse(line, 'time-backwards');
    else {
      columns.add(at, [milliC]);
      if (mark.trim() !== '') marked += 1;
    }
  }
  const samples = columns.samples();
  const limits = limitsOf(parsed, celsius);
  const days = parsed.days;
  if (samples.count === 0 && days.length === 0) {
    throw new GoodOrderError('sensor-import.empty', 'the file holds no sample and no daily record');
  }
  const span = spanOf(parsed, days, utcUs, offsetMin);
  const { writtenUnit: _u, dateOrder: _d, deviceId, utcOffsetMin: _z, start: _s, ...rest } = given;
  const declared: Declared = {
    ...declaredOf(parsed, samples.count),
    ...(Object.keys(limits).length === 0 ? {} : { limits }),
    ...(span === null ? {} : { span }),
    deviceSignature: berlingerSignature(file.bytes),
    ...(samples.count > 0
      ? {}
      : { dailyBreaches: breachesOf(days, limits, celsius, utcUs), intervalUs: 86_400 * MICROS }),
    ...rest,
  };
  const device = deviceOf(declared.device, deviceId);
  contradictions.push(
    ...(samples.count === 0 ? [] : extremeContradictions(parsed, samples.values[0]!, celsius)),
    ...(samples.count === 0
      ? []
      : meansContradictions(samples, {
          mean: numberOf(parsed.value('Res', 'Avrg T'), celsius),
          kineticMean: numberOf(parsed.value('Res', 'MKT'), celsius),
        })),
    ...markContradictions(samples.values[0]!, marked, limits, samples.count),
  );
  return {
    quantity: 'temperature',
    axes: [],
    offsetMin,
    samples,
    declared: { ...declared, ...(device === undefined ? {} : { device }) },
    report: { ...ledger.report(samples.count, contradictions, zone), family: 'berlinger' },
  };
}

function signed(hours: number): string {
  const minutes = Math.round(Math.abs(hours) * 60);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${hours < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

function numberOf(text: string | null, read: (text: string) => number): number | null {
  const value = text === null ? Number.NaN : read(text);
  return Number.isFinite(value) ? value : null;
}

/** The narrowest of the alarms: those below have odd types or stand first, those above even ones or stand second. */
function limitsOf(parsed: BerlingerFile, read: (text: string) => number): { min?: number; max?: number } {
  let min = Number.NEGATIVE_INFINITY;
  let max = Number.POSITIVE_INFINITY;
  for (const { type, index, limit } of parsed.alarms) {
    const value = numberOf(limit, read);
    if (value === null || type === 0) continue;
    const above = type === null ? index === 1 : type % 2 === 0;
    if (above) max = Math.min(max, value);
    else min = Math.max(min, value);
  }
  return { ...(Number.isFinite(min) ? { min } : {}), ...(Number.isFinite(max) ? { max } : {}) };
}

function spanOf(
  parsed: BerlingerFile,
  days: readonly DailyRecord[],
  utcUs: (text: string | null) => number | null,
  offsetMin: number,
): NonNullable<Declared['span']> | null {
  const dates = days.map(({ date }) => date).sort();
  const from = utcUs(
    parsed.value('Res', 'TS Start') ?? (dates[0] === undefined ? null : `${dates[0]} 00:00`),
  );
  const to = utcUs(parsed.value('Res', 'TS Stop') ?? parsed.value('Hist', 'TS Report Creation'));
  const active = utcUs(parsed.value('Hist', 'TS Actv'));
  if (from === null || to === null || from < 0) return null;
  const begin = active !== null && active > from ? active : from;
  if (to < begin) return null;
  return { from: { utcS: begin / MICROS, offsetMin }, to: { utcS: to / MICROS, offsetMin } };
}

function declaredOf(parsed: BerlingerFile, samples: number): Declared {
  const id = parsed.value('Conf', 'Serial');
  const model = parsed.value('', 'Device');
  const owner = parsed.value('Cert', 'Owner');
  const firmware = parsed.value('', 'Fw Vers');
  const minutes = parsed.value('Conf', 'Logging Interval');
  const interval = minutes !== null && /^\d{1,5}$/.test(minutes) ? Number(minutes) * 60 * MICROS : 0;
  const critical = parsed.value('Res', 'TS Batt Crit');
  return {
    ...(id === null
      ? {}
      : {
          device: {
            id: id.slice(0, 200),
            ...(model === null ? {} : { model: model.slice(0, 200) }),
            ...(owner === null ? {} : { maker: owner.slice(0, 200) }),
          },
        }),
    ...(firmware === null ? {} : { firmware: firmware.slice(0, 200) }),
    ...(interval > 0 && samples > 0 ? { intervalUs: interval } : {}),
    ...(critical !== null && critical !== ''
      ? { endReason: 'battery' as const }
      : parsed.value('Res', 'TS Stop')
        ? { endReason: 'stopped' as const }
        : {}),
    ...(parsed.summary === '' ? {} : { deviceSummary: parsed.summary }),
  };
}

/** Extremes that the device states of its run, of a day or of an alarm, and the samples do not reach. */
function extremeContradictions(
  parsed: BerlingerFile,
  values: Float64Array,
  read: (text: string) => number,
): Contradiction[] {
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (value < min) min = value;
    if (value > max) max = value;
  }
  let lowest: { value: number; at: string } | null = null;
  let highest: { value: number; at: string } | null = null;
  for (const { text, at } of parsed.extremes) {
    const value = numberOf(text, read);
    if (value === null) continue;
    if (lowest === null || value < lowest.value) lowest = { value, at };
    if (highest === null || value > highest.value) highest = { value, at };
  }
  const found: Contradiction[] = [];
  if (highest !== null && highest.value !== max) {
    found.push({
      about: 'maximum',
      stated: `${highest.value} milliC at ${highest.at}`,
      found: `${max} milliC`,
    });
  }
  if (lowest !== null && lowest.value !== min) {
    found.push({
      about: 'minimum',
      stated: `${lowest.value} milliC at ${lowest.at}`,
      found: `${min} milliC`,
    });
  }
  return found;
}

/** The crosses behind the samples against the alarms' own limits. */
function markContradictions(
  values: Float64Array,
  marked: number,
  { min, max }: { min?: number; max?: number },
  count: number,
): Contradiction[] {
  if (count === 0 || (min === undefined && max === undefined)) return [];
  let beyond = 0;
  for (const value of values) {
    if ((max !== undefined && value > max) || (min !== undefined && value < min)) beyond += 1;
  }
  return beyond === marked
    ? []
    : [{ about: 'out-of-limits', stated: `${marked} samples marked`, found: `${beyond} samples beyond` }];
}

/** What daily records prove beyond a limit: the minute of an extreme, or the whole day where both extremes are. */
function breachesOf(
  days: readonly DailyRecord[],
  limits: { min?: number; max?: number },
  read: (text: string) => number,
  utcUs: (text: string | null) => number | null,
): NonNullable<Declared['dailyBreaches']> {
  const found: { fromUs: number; toUs: number; side: 'below' | 'above'; extreme: number }[] = [];
  for (const { date, min, max } of [...days].sort((a, b) => (a.date < b.date ? -1 : 1))) {
    const low = numberOf(min?.text ?? null, read);
    const high = numberOf(max?.text ?? null, read);
    const midnight = utcUs(`${date} 00:00`);
    if (midnight === null) continue;
    for (const side of ['above', 'below'] as const) {
      const limit = side === 'above' ? limits.max : limits.min;
      const extreme = side === 'above' ? high : low;
      const other = side === 'above' ? low : high;
      const isBeyond = (value: number | null): boolean =>
        value !== null && limit !== undefined && (side === 'above' ? value > limit : value < limit);
      if (extreme === null || !isBeyond(extreme)) continue;
      const at = utcUs(`${date} ${(side === 'above' ? max : min)?.at ?? ''}`) ?? midnight;
      found.push(
        isBeyond(other)
          ? { fromUs: midnight, toUs: midnight + 86_400 * MICROS, side, extreme }
          : { fromUs: at, toUs: at, side, extreme },
      );
    }
  }
  return found;
}
