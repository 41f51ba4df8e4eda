import { GoodOrderError } from '../../errors.js';
import type { Quantity } from '../../record/types/sensor-batch.js';
import { decimalReader, OUT_OF_RANGE } from './decimal.js';
import type { Channel, FamilyName, OpenedLogger } from './logger-family.js';
import { asks } from './logger-file.js';
import type { Contradiction, Given, Recording } from './recording.js';
import { RowLedger } from './row-ledger.js';
import { SampleColumns } from './sample-columns.js';
import { deviceOf } from './table-logger.js';
import { WRITTEN_UNITS, type WrittenUnit } from './units.js';

/** A SenML record by the labels of its JSON form (RFC 8428 §4), whatever form it was read from. */
export type SenmlRecord = ReadonlyMap<string, unknown>;

/** A record without base fields, as RFC 8428 §4.6 resolves it. */
interface Resolved {
  /** Its place in the pack, from 1. */
  readonly line: number;
  readonly name: string;
  readonly unit: string;
  /** Decimal text; null where the record holds another kind of value, or none. */
  readonly value: string | null;
  /** Decimal text of seconds: since 1970, or relative to now below 2^28. */
  readonly time: string;
}

// RFC 8428 §12.1 and RFC 8798, as far as a sensor batch has a unit for them.
const UNITS: Readonly<Record<string, WrittenUnit>> = {
  Cel: 'degC',
  K: 'K',
  '%RH': '%RH',
  'm/s2': 'm/s2',
  Pa: 'Pa',
  hPa: 'hPa',
  lx: 'lux',
  deg: 'deg',
  // Not registered, and met.
  degC: 'degC',
  degF: 'degF',
  g: 'g',
};
const KNOWN = new Set([
  'bn',
  'bt',
  'bu',
  'bv',
  'bs',
  'bver',
  'n',
  'u',
  'v',
  'vs',
  'vb',
  'vd',
  's',
  't',
  'ut',
]);
const HIGHEST_VERSION = 10;
const RELATIVE_BELOW_S = 268_435_456;

/** The channels of a pack: one for each name with a unit that a sensor batch carries. */
export function senmlChannels(records: readonly SenmlRecord[], family: FamilyName): OpenedLogger {
  const resolved = resolve(records);
  const byName = new Map<string, Resolved[]>();
  for (const record of resolved) {
    const list = byName.get(record.name);
    if (list === undefined) byName.set(record.name, [record]);
    else list.push(record);
  }
  const channels: Channel[] = [];
  const left: string[] = [];
  for (const [name, list] of byName) {
    const unit = list.map((record) => record.unit).find((text) => text !== '') ?? '';
    const written = Object.hasOwn(UNITS, unit) ? UNITS[unit]! : null;
    if (written === null) {
      left.push(`${name} [${unit === '' ? 'no unit' : unit}]`);
      continue;
    }
    const { quantity } = WRITTEN_UNITS[written];
    channels.push({
      name,
      quantity,
      read: (given) => readName(name, list, written, unit, quantity, family, given),
    });
  }
  return { channels, left };
}

function resolve(records: readonly SenmlRecord[]): Resolved[] {
  let name = '';
  let unit = '';
  let time = '0';
  let value = '0';
  const resolved: Resolved[] = [];
  for (const [index, record] of records.entries()) {
    const line = index + 1;
    for (const label of record.keys()) {
      // A label that ends so must be understood (RFC 8428 §4.4).
      if (label.endsWith('_') && !KNOWN.has(label))
        throw broken(line, `the label \`${label.slice(0, 40)}\` must be understood, and is not`);
    }
    const version = record.get('bver');
    if (version !== undefined && !(typeof version === 'number' && version <= HIGHEST_VERSION)) {
      throw broken(line, 'its version is newer than the one that is read here');
    }
    name = textAt(record, 'bn', line) ?? name;
    unit = textAt(record, 'bu', line) ?? unit;
    time = decimalAt(record, 'bt', line) ?? time;
    value = decimalAt(record, 'bv', line) ?? value;
    const own = ['v', 'vs', 'vb', 'vd', 's'].filter((label) => record.has(label));
    if (own.length === 0) continue;
    const number = decimalAt(record, 'v', line);
    resolved.push({
      line,
      name: `${name}${textAt(record, 'n', line) ?? ''}`,
      unit: textAt(record, 'u', line) ?? unit,
      value: number === null ? null : sum(value, number),
      time: sum(time, decimalAt(record, 't', line) ?? '0'),
    });
  }
  return resolved;
}

function textAt(record: SenmlRecord, label: string, line: number): string | null {
  const value = record.get(label);
  if (value === undefined) return null;
  if (typeof value !== 'string' || value.length > 200)
    throw broken(line, `\`${label}\` is no text of at most 200 letters`);
  return value;
}

function decimalAt(record: SenmlRecord, label: string, line: number): string | null {
  const value = record.get(label);
  if (value === undefined) return null;
  if (typeof value === 'bigint') return value.toString();
  if (typeof value !== 'number' || !Number.isFinite(value)) throw broken(line, `\`${label}\` is no number`);
  return String(value);
}

function broken(line: number, problem: string): GoodOrderError {
  return new GoodOrderError('sensor-import.columns', `record ${line} of the pack: ${problem}`, { line });
}

/** Two decimal texts added without loss. */
function sum(a: string, b: string): string {
  if (a === '0') return b;
  if (b === '0') return a;
  const left = partsOf(a);
  const right = partsOf(b);
  const exponent = Math.min(left.exponent, right.exponent);
  const total =
    left.digits * 10n ** BigInt(left.exponent - exponent) +
    right.digits * 10n ** BigInt(right.exponent - exponent);
  return `${total}e${exponent}`;
}

function partsOf(text: string): { digits: bigint; exponent: number } {
  const match = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/.exec(text);
  if (match === null) return { digits: 0n, exponent: 0 };
  const [, sign = '', whole = '', decimals = '', power = '0'] = match;
  return { digits: BigInt(`${sign}${whole}${decimals}`), exponent: Number(power) - decimals.length };
}

const MICROS = { num: 1_000_000, den: 1, offset: 0 };

function readName(
  name: string,
  list: readonly Resolved[],
  unit: WrittenUnit,
  label: string,
  quantity: Quantity,
  family: FamilyName,
  given: Given,
): Recording {
  const ledger = new RowLedger();
  const seconds = decimalReader('.', MICROS);
  const read = decimalReader('.', WRITTEN_UNITS[unit]);
  const contradictions: Contradiction[] = [];
  const samples: { at: number; value: number }[] = [];
  let relative = false;
  for (const record of list) {
    ledger.row();
    let at = seconds(record.time);
    if (Number.isFinite(at) && at < RELATIVE_BELOW_S * 1_000_000) {
      relative = true;
      if (given.start === undefined) {
        throw new GoodOrderError(
          'sensor-import.zone',
          'the pack counts time from the moment it was sent: give that moment, as in `--start 2026-08-28T09:05:00+08:00`',
          { path: 'time.start' },
        );
      }
      at += given.start.utcS * 1_000_000;
    }
    const value = record.value === null ? Number.NaN : read(record.value);
    if (record.unit !== label) ledger.refuse(record.line, 'unit');
    else if (!(at >= 0 && at <= 253_402_300_799_000_000)) ledger.refuse(record.line, 'time');
    else if (value === OUT_OF_RANGE) ledger.refuse(record.line, 'value-range');
    else if (Number.isNaN(value)) ledger.refuse(record.line, 'value');
    else samples.push({ at, value });
  }
  if (samples.length === 0)
    throw new GoodOrderError('sensor-import.empty', `no record of \`${name}\` gave a sample`);
  // A pack need not be in order of time.
  samples.sort((a, b) => a.at - b.at);
  const columns = new SampleColumns(1);
  for (const { at, value } of samples) columns.add(at, [value]);
  const offsetMin = given.start?.offsetMin ?? given.utcOffsetMin ?? 0;
  const device = deviceOf(name === '' ? undefined : { id: name }, given.deviceId);
  const { writtenUnit: _u, dateOrder: _d, deviceId: _i, utcOffsetMin: _z, start: _s, ...rest } = given;
  const axis = /(?:^|[^A-Za-z])([xyz])$/i.exec(name)?.[1]?.toLowerCase() as 'x' | 'y' | 'z' | undefined;
  return {
    quantity,
    axes: quantity === 'acceleration' ? [axis ?? 'any'] : [],
    offsetMin,
    samples: columns.samples(),
    declared: { ...rest, ...(device === undefined ? {} : { device }) },
    report: {
      ...ledger.report(samples.length, contradictions, relative ? 'given' : 'not-needed'),
      family,
    },
  };
}

/** A pack is a list of maps. */
export function recordsOf(value: unknown): readonly SenmlRecord[] {
  if (!Array.isArray(value) || value.length === 0) throw asks('a SenML pack is a list of records', 'family');
  return value.map((record: unknown, index) => {
    if (record instanceof Map) return record as SenmlRecord;
    if (typeof record !== 'object' || record === null || Array.isArray(record)) {
      throw broken(index + 1, 'it is no map');
    }
    return new Map(Object.entries(record));
  });
}
