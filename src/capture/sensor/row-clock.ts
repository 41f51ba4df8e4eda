import { GoodOrderError } from '../../errors.js';
import type { Instant } from '../../record/field-schemas.js';
import type { ColumnMap } from './column-map.js';
import { decimalReader } from './decimal.js';
import type { Given } from './recording.js';
import { ELAPSED_UNITS, SERIAL_UNITS } from './units.js';
import { timeReader } from './written-time.js';

/** How the time of a row becomes microseconds since 1970-01-01T00:00:00Z. */
export interface RowClock {
  /** Offset of the place where it was recorded, kept beside every time. */
  readonly offsetMin: number;
  /** Who says the offset or the start. */
  readonly zone: 'file' | 'given' | 'not-needed';
  /** From the text of the time columns, or from the number of the row; NaN where it cannot be read. */
  at(text: string, row: number): number;
}

const MICROS = 1_000_000;

/** Throws `sensor-import.zone` where neither map nor caller says the offset or start, or the two disagree. */
export function rowClock(map: ColumnMap, given: Given): RowClock {
  const { time } = map;
  if ('form' in time) {
    const offsetMin = zoneOf(time.utcOffset, given);
    const read = timeReader(time.form);
    return { offsetMin, zone: 'given', at: (text) => read(text) - offsetMin * 60 * MICROS };
  }
  if ('serial' in time) {
    const { scale, stepUs, local } = SERIAL_UNITS[time.serial];
    // Seconds since 1970 need no offset; one beside them is kept as the place's.
    const offsetMin = local ? zoneOf(time.utcOffset, given) : (time.utcOffset ?? given.utcOffsetMin ?? 0);
    const read = decimalReader(map.decimal, scale);
    return {
      offsetMin,
      zone: local ? 'given' : 'not-needed',
      at: (text) => read(text) * stepUs - (local ? offsetMin * 60 * MICROS : 0),
    };
  }
  const start = startOf(time.start, given);
  if ('everyUs' in time) {
    return {
      offsetMin: start.offsetMin,
      zone: 'given',
      at: (_, row) => start.utcS * MICROS + row * time.everyUs,
    };
  }
  const read = decimalReader(map.decimal, ELAPSED_UNITS[time.elapsed]);
  return { offsetMin: start.offsetMin, zone: 'given', at: (text) => start.utcS * MICROS + read(text) };
}

function zoneOf(declared: number | undefined, { utcOffsetMin }: Given): number {
  const offsetMin = declared ?? utcOffsetMin;
  if (offsetMin === undefined) {
    throw zoneError(
      'the file does not say the UTC offset of its times: give it, as in `utcOffset: "+08:00"`',
      'time.utcOffset',
    );
  }
  if (utcOffsetMin !== undefined && utcOffsetMin !== offsetMin) {
    throw zoneError('the UTC offset given is not the one of the column map', 'time.utcOffset');
  }
  return offsetMin;
}

function startOf(declared: Instant | undefined, { start: given }: Given): Instant {
  const start = declared ?? given;
  if (start === undefined) {
    throw zoneError(
      'the file counts time from its start and does not say when that was: give it, as in `start: "2026-08-28T09:05:00+08:00"`',
      'time.start',
    );
  }
  if (given !== undefined && given.utcS !== start.utcS) {
    throw zoneError('the start given is not the one of the column map', 'time.start');
  }
  return start;
}

function zoneError(message: string, path: string): GoodOrderError {
  return new GoodOrderError('sensor-import.zone', message, { path });
}
