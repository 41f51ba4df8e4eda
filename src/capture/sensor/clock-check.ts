import { formatInstant, LAST_INSTANT_S } from '../../codec/instant.js';
import type { ColumnMap } from './column-map.js';
import { decimalReader } from './decimal.js';
import type { Contradiction } from './recording.js';
import { ELAPSED_UNITS, SERIAL_UNITS } from './units.js';

/** Compares the clock of the rows with a second column that tells the same time. */
export interface ClockCheck {
  /** The time of a row: of an elapsed column, which no change of the season stops, where there is one. */
  timeOf(clockUs: number, text: string, line: number): number;
  contradictions(): readonly Contradiction[];
}

const MICROS = 1_000_000;
// Serials of five decimals say a second; clocks that are set by hand part by minutes and hours.
const SERIAL_TOLERANCE_US = 2 * MICROS;
const ELAPSED_TOLERANCE_US = 60 * MICROS;

export function clockCheck(map: ColumnMap, offsetMin: number): ClockCheck | null {
  const { time } = map;
  if (!('form' in time) || time.check === undefined) return null;
  const { check } = time;
  const told = new Parting(offsetMin);
  if ('serial' in check) {
    const { scale, stepUs, local } = SERIAL_UNITS[check.serial];
    const read = decimalReader(map.decimal, scale);
    return {
      timeOf: (clockUs, text, line) => {
        const other = read(text) * stepUs - (local ? offsetMin * 60 * MICROS : 0);
        if (Number.isFinite(other)) told.look(clockUs, other, line, SERIAL_TOLERANCE_US);
        return clockUs;
      },
      contradictions: () => told.contradictions(),
    };
  }
  const read = decimalReader(map.decimal, ELAPSED_UNITS[check.elapsed]);
  let startUs = Number.NaN;
  return {
    timeOf: (clockUs, text, line) => {
      const elapsedUs = read(text);
      if (!Number.isFinite(elapsedUs) || Number.isNaN(clockUs)) return Number.NaN;
      if (Number.isNaN(startUs)) startUs = clockUs - elapsedUs;
      const steady = startUs + elapsedUs;
      told.look(clockUs, steady, line, ELAPSED_TOLERANCE_US);
      return steady;
    },
    contradictions: () => told.contradictions(),
  };
}

/** The first row where two clocks part, and how many do. */
class Parting {
  readonly #offsetMin: number;
  #rows = 0;
  #first = '';
  #stated = '';
  #found = '';

  constructor(offsetMin: number) {
    this.#offsetMin = offsetMin;
  }

  look(clockUs: number, otherUs: number, line: number, toleranceUs: number): void {
    if (Math.abs(clockUs - otherUs) <= toleranceUs) return;
    this.#rows += 1;
    if (this.#rows > 1) return;
    this.#first = `line ${line}`;
    this.#stated = this.#text(clockUs);
    this.#found = this.#text(otherUs);
  }

  contradictions(): readonly Contradiction[] {
    if (this.#rows === 0) return [];
    return [
      {
        about: 'clock',
        stated: `${this.#stated} in ${this.#first}`,
        found: `${this.#found} in its other column, ${this.#rows} ${this.#rows === 1 ? 'row' : 'rows'} in all`,
      },
    ];
  }

  #text(us: number): string {
    const seconds = Math.floor(us / MICROS);
    const told = seconds >= 0 && seconds <= LAST_INSTANT_S - 86_400;
    return told ? formatInstant(seconds, this.#offsetMin) : 'no time';
  }
}
