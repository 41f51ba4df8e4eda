import type { Quantity } from '../../record/types/sensor-batch.js';
import type { Scale } from './decimal.js';

interface UnitMeaning extends Scale {
  readonly quantity: Quantity;
}

function unit(quantity: Quantity, num: number, den = 1, offset = 0): UnitMeaning {
  return { quantity, num, den, offset };
}

/** Written units and how many of the batch's integer unit they are (`QUANTITY_UNITS`). */
export const WRITTEN_UNITS = {
  degC: unit('temperature', 1000),
  // (F − 32) · 5/9
  degF: unit('temperature', 5000, 9, -160_000),
  K: unit('temperature', 1000, 1, -273_150),
  milliC: unit('temperature', 1),
  '%RH': unit('humidity', 10),
  // Humidity as a fraction of one.
  RH: unit('humidity', 1000),
  rhPermille: unit('humidity', 1),
  g: unit('acceleration', 1000),
  mg: unit('acceleration', 1),
  milliG: unit('acceleration', 1),
  // Standard gravity 9.80665 m/s², exactly (CGPM 1901).
  'm/s2': unit('acceleration', 100_000_000, 980_665),
  deg: unit('tilt', 1000),
  milliDeg: unit('tilt', 1),
  lux: unit('light', 1),
  // One lumen on a square foot of 0.3048 m sides.
  fc: unit('light', 100_000_000, 9_290_304),
  Pa: unit('pressure', 1),
  pascal: unit('pressure', 1),
  hPa: unit('pressure', 100),
  mbar: unit('pressure', 100),
  kPa: unit('pressure', 1000),
  bar: unit('pressure', 100_000),
  // 4.4482216152605 N on a square inch of 0.0254 m sides, to eight digits.
  psi: unit('pressure', 68_947_573, 10_000),
  // Of mercury at 0 °C under standard gravity, to six digits.
  inHg: unit('pressure', 338_639, 100),
  mmHg: unit('pressure', 133_322, 1000),
  atm: unit('pressure', 101_325),
} as const satisfies Readonly<Record<string, UnitMeaning>>;

export type WrittenUnit = keyof typeof WRITTEN_UNITS;
export const WRITTEN_UNIT_NAMES = Object.keys(WRITTEN_UNITS) as [WrittenUnit, ...WrittenUnit[]];

/** Microseconds in the units that elapsed time is written in. */
export const ELAPSED_UNITS = {
  us: { num: 1, den: 1, offset: 0 },
  ms: { num: 1000, den: 1, offset: 0 },
  s: { num: 1_000_000, den: 1, offset: 0 },
  min: { num: 60_000_000, den: 1, offset: 0 },
  h: { num: 3_600_000_000, den: 1, offset: 0 },
  d: { num: 86_400_000_000, den: 1, offset: 0 },
} as const satisfies Readonly<Record<string, Scale>>;
export type ElapsedUnit = keyof typeof ELAPSED_UNITS;

/** Absolute times written as one number, and what they are in microseconds since 1970-01-01T00:00:00, local or UTC. */
export const SERIAL_UNITS = {
  'unix-s': { scale: { num: 1_000_000, den: 1, offset: 0 }, stepUs: 1, local: false },
  'unix-ms': { scale: { num: 1000, den: 1, offset: 0 }, stepUs: 1, local: false },
  // Days since 1899-12-30 on the clock of the computer that wrote the file; 25,569 of them are 1970-01-01. Ten
  // decimals of a day are 9 µs, so a full second reads as one only when rounded to milliseconds.
  'excel-d': { scale: { num: 86_400_000, den: 1, offset: -25_569 * 86_400_000 }, stepUs: 1000, local: true },
} as const satisfies Readonly<
  Record<string, { readonly scale: Scale; readonly stepUs: number; readonly local: boolean }>
>;
export type SerialUnit = keyof typeof SERIAL_UNITS;
