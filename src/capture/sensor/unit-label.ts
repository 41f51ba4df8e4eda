import type { Quantity } from '../../record/types/sensor-batch.js';
import { WRITTEN_UNITS, type WrittenUnit } from './units.js';

// Written as exports write them, in lower case and without blanks, dots and marks of degree.
const LABELS: Readonly<Record<string, WrittenUnit>> = {
  c: 'degC',
  degc: 'degC',
  celsius: 'degC',
  f: 'degF',
  degf: 'degF',
  fahrenheit: 'degF',
  k: 'K',
  kelvin: 'K',
  '%': '%RH',
  '%rh': '%RH',
  'rh%': '%RH',
  'rh(%)': '%RH',
  rh: '%RH',
  lx: 'lux',
  lux: 'lux',
  fc: 'fc',
  g: 'g',
  mg: 'mg',
  'm/s2': 'm/s2',
  'm/s^2': 'm/s2',
  pa: 'Pa',
  hpa: 'hPa',
  mbar: 'mbar',
  mb: 'mbar',
  kpa: 'kPa',
  bar: 'bar',
  psi: 'psi',
  inhg: 'inHg',
  mmhg: 'mmHg',
  deg: 'deg',
};

/** The unit that an export's label means; null for one that is no unit of a sensor batch. */
export function unitOfLabel(label: string): WrittenUnit | null {
  const bare = label
    .trim()
    .replace(/²/g, '2')
    .replace(/°|º|℃|℉|\*|\ufffd|&#176;/g, (mark) => (mark === '℃' ? 'c' : mark === '℉' ? 'f' : ''))
    .replace(/[\s.]/g, '')
    .toLowerCase();
  return Object.hasOwn(LABELS, bare) ? LABELS[bare]! : null;
}

// What exports call a quantity, in the languages whose exports were met; the first that fits decides.
const NAMES: readonly (readonly [RegExp, Quantity])[] = [
  [/temp/i, 'temperature'],
  [/hum|feucht|\brh\b|luftf/i, 'humidity'],
  [/accel|beschl|shock|vibration/i, 'acceleration'],
  [/\blux\b|light|illumin|intensity|licht/i, 'light'],
  [/press|pres\b|baro|druck/i, 'pressure'],
  [/tilt|inclin|neigung/i, 'tilt'],
];
// Computed from other columns, not measured.
const COMPUTED =
  /dew|taupunkt|wet.?bulb|average|\bavg\b|\bmax\b|\bmin\b|std|dev\b|mean|cumulative|alarm|limit|setpoint|\bset\b/i;

/** The quantity that a column's name and unit say; null where it is none of a sensor batch, or something computed. */
export function quantityOfLabel(name: string, unit: WrittenUnit | null): Quantity | null {
  if (COMPUTED.test(name)) return null;
  for (const [pattern, quantity] of NAMES) {
    if (!pattern.test(name)) continue;
    return unit === null || WRITTEN_UNITS[unit].quantity === quantity ? quantity : null;
  }
  return unit === null ? null : WRITTEN_UNITS[unit].quantity;
}

/** The unit that needs no saying: relative humidity is given in per cent. */
export function impliedUnit(quantity: Quantity): WrittenUnit | null {
  return quantity === 'humidity' ? '%RH' : null;
}
