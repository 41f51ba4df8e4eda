import { LAST_INSTANT_S } from '../../codec/instant.js';
import { type ClockCheck, clockCheck } from './clock-check.js';
import type { ColumnMap } from './column-map.js';
import type { CsvVisitor } from './csv-rows.js';
import { decimalReader, OUT_OF_RANGE } from './decimal.js';
import type { Contradiction } from './recording.js';
import type { RowClock } from './row-clock.js';
import { RowLedger } from './row-ledger.js';
import { SampleColumns } from './sample-columns.js';
import { WRITTEN_UNITS } from './units.js';

/** Where the columns of a map stand in a row, from 0. */
export interface ColumnPlaces {
  readonly time: readonly number[];
  readonly values: readonly number[];
  readonly check: number | null;
  readonly only: number | null;
}

const LAST_US = LAST_INSTANT_S * 1_000_000;
const MAX_EVENT_TEXT = 200;

/** Turns rows into samples; what a row lacks goes into the ledger, and nothing anywhere else. */
export class RowReader implements CsvVisitor {
  readonly samples: SampleColumns;
  readonly ledger = new RowLedger();
  readonly #places: ColumnPlaces;
  readonly #clock: RowClock;
  readonly #eventRows: boolean;
  readonly #read: (text: string) => number;
  readonly #values: number[];
  readonly #suffix: string;
  readonly #only: string;
  readonly #check: ClockCheck | null;
  #row = 0;

  constructor(map: ColumnMap, places: ColumnPlaces, clock: RowClock) {
    this.#places = places;
    this.#clock = clock;
    this.#eventRows = map.blankRows === 'event';
    this.#read = decimalReader(map.decimal, WRITTEN_UNITS[map.unit]);
    this.#values = places.values.map(() => 0);
    this.#suffix = map.suffix ?? '';
    this.#only = map.only?.equals ?? '';
    this.#check = clockCheck(map, clock.offsetMin);
    this.samples = new SampleColumns(places.values.length);
  }

  /** Where the times of the rows and those of the second column part. */
  clockContradictions(): readonly Contradiction[] {
    return this.#check?.contradictions() ?? [];
  }

  unpaired(line: number): void {
    this.ledger.row();
    this.#row += 1;
    this.ledger.refuse(line, 'quoting');
  }

  row(fields: readonly string[], line: number): void {
    if (fields.length === 1 && fields[0]!.trim() === '') {
      this.ledger.blank();
      return;
    }
    this.ledger.row();
    const row = this.#row;
    this.#row += 1;
    const { time, values, only } = this.#places;
    if (only !== null && fields[only]?.trim() !== this.#only) {
      this.ledger.refuse(line, fields[only] === undefined ? 'columns' : 'other-device');
      return;
    }
    let blanks = 0;
    for (let column = 0; column < values.length; column += 1) {
      const field = fields[values[column]!];
      if (field === undefined) {
        this.ledger.refuse(line, 'columns');
        return;
      }
      const value = this.#read(this.#suffix === '' ? field : withoutSuffix(field, this.#suffix));
      this.#values[column] = value;
      if (Number.isNaN(value) && field.trim() === '') blanks += 1;
    }
    if (blanks === values.length && this.#eventRows) {
      this.ledger.event(line, eventText(fields));
      return;
    }
    const text = this.#timeText(fields, time);
    if (text === null) {
      this.ledger.refuse(line, 'columns');
      return;
    }
    let at = this.#clock.at(text, row);
    if (this.#check !== null) at = this.#check.timeOf(at, fields[this.#places.check!] ?? '', line);
    if (!(at >= 0 && at <= LAST_US)) {
      this.ledger.refuse(line, 'time');
      return;
    }
    for (const value of this.#values) {
      if (value === OUT_OF_RANGE || Number.isNaN(value)) {
        this.ledger.refuse(line, value === OUT_OF_RANGE ? 'value-range' : 'value');
        return;
      }
    }
    if (at < this.samples.lastTimeUs) {
      this.ledger.refuse(line, 'time-backwards');
      return;
    }
    this.samples.add(at, this.#values);
  }

  #timeText(fields: readonly string[], places: readonly number[]): string | null {
    let text = '';
    for (let index = 0; index < places.length; index += 1) {
      const field = fields[places[index]!];
      if (field === undefined) return null;
      text = index === 0 ? field : `${text} ${field}`;
    }
    return text;
  }
}

function withoutSuffix(field: string, suffix: string): string {
  const trimmed = field.trim();
  return trimmed.endsWith(suffix) ? trimmed.slice(0, -suffix.length) : trimmed;
}

function eventText(fields: readonly string[]): string {
  return fields
    .map((field) => field.trim())
    .filter((field) => field !== '')
    .join(' ')
    .slice(0, MAX_EVENT_TEXT);
}
