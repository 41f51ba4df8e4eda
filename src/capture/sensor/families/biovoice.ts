import { GoodOrderError } from '../../../errors.js';
import type { Channel, LoggerFamily } from '../logger-family.js';
import { asks } from '../logger-file.js';
import type { Contradiction, Declared, Given, Recording } from '../recording.js';
import { RowLedger } from '../row-ledger.js';
import { SampleColumns } from '../sample-columns.js';
import { meansContradictions } from '../stated-means.js';
import { deviceOf, resolveZone } from '../table-logger.js';
import { zoneLabelIn } from '../zone-label.js';

/**
 * BioVoice `.bv`: one nibble a byte, the lowest first; a header of 409 bytes, the samples, then `dataend`. Instants are
 * seconds since 1970. Temperatures are tenths of a degree; beside them may stand tenths of a per cent of humidity.
 */
export const biovoice: LoggerFamily = {
  name: 'biovoice',
  title: 'BioVoice .bv',
  recognises: ({ bytes }) =>
    bytes.length > SAMPLES &&
    bytes.subarray(0, NAME).every((byte) => byte < 16) &&
    endOf(bytes) >= SAMPLES &&
    [CELSIUS, FAHRENHEIT].includes(bytes[UNIT]!),
  open: ({ bytes }) => {
    const header = readHeader(bytes);
    const channel = (quantity: 'temperature' | 'humidity', at: number): Channel => ({
      name: quantity,
      quantity,
      read: (given) => readRecording(bytes, header, quantity, at, given),
    });
    return {
      channels: [channel('temperature', 0), ...(header.pointBytes === 8 ? [channel('humidity', 4)] : [])],
      left: [],
    };
  },
};

// Where the fields stand, in bytes; each byte is a nibble.
const SERIAL = 0;
const START = 28;
const STOP = 36;
const DELAY = 44;
const INTERVAL = 52;
const UNIT = 60;
const HIGH = 61;
const LOW = 101;
const AVERAGE = 141;
const KINETIC = 145;
const ABOVE_S = 157;
const BELOW_S = 173;
const NAME = 253;
const TIME_BASE = 275;
const POINTS = 401;
const SAMPLES = 409;
const CELSIUS = 12;
const FAHRENHEIT = 15;

interface BvHeader {
  readonly serial: string;
  readonly name: string;
  readonly timeBase: string;
  readonly startS: number;
  readonly stopS: number;
  readonly delayS: number;
  readonly intervalS: number;
  readonly fahrenheit: boolean;
  readonly limits: { readonly min: number; readonly max: number };
  readonly mean: number;
  readonly kineticMean: number;
  readonly aboveS: number;
  readonly belowS: number;
  readonly points: number;
  readonly found: number;
  readonly pointBytes: 4 | 8;
}

function number(bytes: Uint8Array, at: number, nibbles: number): number {
  let value = 0;
  for (let i = nibbles - 1; i >= 0; i -= 1) {
    const nibble = bytes[at + i]!;
    if (nibble > 15) throw asks(`byte ${at + i} is no nibble`, 'header');
    value = value * 16 + nibble;
  }
  return value;
}

function text(bytes: Uint8Array, at: number, length: number): string {
  let out = '';
  for (const byte of bytes.subarray(at, at + length)) {
    if (byte < 0x20 || byte > 0x7e) break;
    out += String.fromCharCode(byte);
  }
  return out.trim();
}

const END = [...'dataend'].map((letter) => letter.charCodeAt(0));

function endOf(bytes: Uint8Array): number {
  let at = bytes.indexOf(END[0]!, SAMPLES);
  while (at >= 0) {
    if (END.every((code, i) => bytes[at + i] === code)) return at;
    at = bytes.indexOf(END[0]!, at + 1);
  }
  return -1;
}

function readHeader(bytes: Uint8Array): BvHeader {
  const length = endOf(bytes) - SAMPLES;
  const points = number(bytes, POINTS, 8);
  const pointBytes = points > 0 && length === points * 8 ? 8 : 4;
  const intervalS = number(bytes, INTERVAL, 8);
  if (length < 0) throw asks('the file ends before its `dataend`', 'dataend');
  if (length % pointBytes !== 0 || intervalS === 0)
    throw asks('the samples of the file do not fit its header', 'header');
  // The low byte of a trip point is its temperature.
  const trip = (at: number): number => (number(bytes, at, 4) % 256) * 100;
  return {
    serial: String(number(bytes, SERIAL, 8)),
    name: text(bytes, NAME, 22),
    timeBase: text(bytes, TIME_BASE, 10),
    startS: number(bytes, START, 8),
    stopS: number(bytes, STOP, 8),
    delayS: number(bytes, DELAY, 8),
    intervalS,
    fahrenheit: bytes[UNIT] === FAHRENHEIT,
    limits: { max: trip(HIGH), min: trip(LOW) },
    mean: number(bytes, AVERAGE, 4) * 100,
    kineticMean: number(bytes, KINETIC, 4) * 100,
    aboveS: number(bytes, ABOVE_S, 8),
    belowS: number(bytes, BELOW_S, 8),
    points,
    found: length / pointBytes,
    pointBytes,
  };
}

const MICROS = 1_000_000;
// Nobody documents how temperatures below zero are written: a number with its highest bit set is refused, not guessed.
const HIGHEST = 0x7fff;

function readRecording(
  bytes: Uint8Array,
  header: BvHeader,
  quantity: 'temperature' | 'humidity',
  within: number,
  given: Given,
): Recording {
  if (header.found === 0) throw new GoodOrderError('sensor-import.empty', 'the file holds no sample');
  const contradictions: Contradiction[] = [];
  const { offsetMin, zone } = resolveZone(zoneLabelIn(header.timeBase), given, contradictions);
  const ledger = new RowLedger();
  const columns = new SampleColumns(1);
  for (let point = 0; point < header.found; point += 1) {
    ledger.row();
    const tenths = number(bytes, SAMPLES + point * header.pointBytes + within, 4);
    if (tenths > HIGHEST) {
      ledger.refuse(point + 1, 'value-range');
      continue;
    }
    columns.add((header.startS + point * header.intervalS) * MICROS, [
      readingOf(tenths, quantity, header.fahrenheit),
    ]);
  }
  const samples = columns.samples();
  if (samples.count === 0)
    throw new GoodOrderError('sensor-import.empty', 'no point of the file gave a sample');
  const temperature = quantity === 'temperature';
  const toMilliC = (milli: number): number => milliCOf(milli, header.fahrenheit);
  const limits = temperature
    ? { min: toMilliC(header.limits.min), max: toMilliC(header.limits.max) }
    : undefined;
  if (header.points !== header.found) {
    contradictions.push({
      about: 'count',
      stated: `${header.points} points`,
      found: `${header.found} points`,
    });
  }
  const lastS = header.startS + (header.found - 1) * header.intervalS;
  if (header.stopS !== lastS) {
    contradictions.push({ about: 'span', stated: `until ${header.stopS}`, found: `until ${lastS}` });
  }
  if (temperature && limits !== undefined) {
    contradictions.push(
      ...meansContradictions(samples, {
        mean: toMilliC(header.mean),
        kineticMean: toMilliC(header.kineticMean),
      }),
      ...timeContradictions(samples.values[0]!, header, limits),
    );
  }
  const device = deviceOf(
    { id: header.serial, maker: 'BioVoice', ...(header.name === '' ? {} : { model: header.name }) },
    given.deviceId,
  );
  const { writtenUnit: _u, dateOrder: _d, deviceId: _i, utcOffsetMin: _z, start: _s, ...rest } = given;
  const declared: Declared = {
    intervalUs: header.intervalS * MICROS,
    deviceSummary: [
      `points ${header.points}`,
      `start delay ${header.delayS} s`,
      `average ${header.mean / 1000}`,
      `MKT ${header.kineticMean / 1000}`,
      `above ${header.limits.max / 1000} for ${header.aboveS} s`,
      `below ${header.limits.min / 1000} for ${header.belowS} s`,
    ].join('\n'),
    ...(limits === undefined ? {} : { limits }),
    ...rest,
    ...(device === undefined ? {} : { device }),
  };
  return {
    quantity,
    axes: [],
    offsetMin,
    samples,
    declared,
    report: { ...ledger.report(samples.count, contradictions, zone), family: 'biovoice' },
  };
}

function readingOf(tenths: number, quantity: 'temperature' | 'humidity', fahrenheit: boolean): number {
  return quantity === 'humidity' ? tenths : milliCOf(tenths * 100, fahrenheit);
}

function milliCOf(milli: number, fahrenheit: boolean): number {
  if (!fahrenheit) return milli;
  // (F − 32) · 5/9 in thousandths, halves away from zero.
  const ninths = (milli - 32_000) * 5;
  return Math.sign(ninths) * Math.floor((2 * Math.abs(ninths) + 9) / 18) + 0;
}

/** Seconds that the device counted beyond its trip points, against the samples beyond them. */
function timeContradictions(
  values: Float64Array,
  header: BvHeader,
  { min, max }: { min: number; max: number },
): Contradiction[] {
  let above = 0;
  let below = 0;
  for (const value of values) {
    if (value > max) above += 1;
    if (value < min) below += 1;
  }
  const found: Contradiction[] = [];
  for (const [side, stated, samples] of [
    ['above', header.aboveS, above],
    ['below', header.belowS, below],
  ] as const) {
    if (stated !== samples * header.intervalS) {
      found.push({
        about: 'out-of-limits',
        stated: `${stated} s ${side}`,
        found: `${samples * header.intervalS} s ${side}`,
      });
    }
  }
  return found;
}
