import { formatInstant, LAST_INSTANT_S } from '../../codec/instant.js';
import { GoodOrderError } from '../../errors.js';
import type { Quantity } from '../../record/types/sensor-batch.js';
import { COLUMN_MAP_FORMAT, type ColumnMap, offsetMinutes, readColumnMap } from './column-map.js';
import { openCsv } from './csv-rows.js';
import { readDeclaredCsv } from './declared-csv.js';
import type { Channel, FamilyName, OpenedLogger } from './logger-family.js';
import { asks, cellsOf, decimalMarkOf, type LoggerFile } from './logger-file.js';
import type { Contradiction, Declared, Given, Recording, ShockAxis } from './recording.js';
import { type FoundForm, findTimeForm } from './time-form.js';
import { impliedUnit } from './unit-label.js';
import { WRITTEN_UNITS, type WrittenUnit } from './units.js';
import { offsetText, type ZoneLabel } from './zone-label.js';

/** A column of values, as a family's header tells of it. */
export interface TableColumn {
  /** From 1. */
  readonly column: number;
  readonly name: string;
  readonly quantity: Quantity;
  /** Null where the file does not say it. */
  readonly unit: WrittenUnit | null;
  readonly axis?: ShockAxis;
  readonly suffix?: string;
  readonly limits?: Declared['limits'];
}

/** The times of a table: written in columns, or counted from a start. */
export type TableTime =
  | {
      readonly columns: readonly number[];
      readonly check?: { readonly column: number; readonly serial: 'excel-d' };
    }
  | {
      readonly elapsed: number;
      readonly unit: 'us' | 'ms' | 's' | 'min' | 'h' | 'd';
      readonly deviceStart: DeviceStart | null;
    }
  | { readonly everyUs: number; readonly deviceStart: DeviceStart | null };

/** When a recording began by the device's own clock, on the local time of a zone that may have to be given. */
export interface DeviceStart {
  /** Microseconds since 1970 on that clock. */
  readonly localUs: number;
}

/** What a family reads in the head of a text export: the rest is one table. */
export interface LoggerTable {
  readonly family: FamilyName;
  readonly delimiter: string;
  readonly headerLines: number;
  readonly decimal?: '.' | ',';
  readonly quote?: boolean;
  readonly time: TableTime;
  readonly zone: ZoneLabel | null;
  readonly columns: readonly TableColumn[];
  readonly left: readonly string[];
  readonly declared: Declared;
  readonly only?: { readonly column: number; readonly equals: string };
  /** Is a row without any value an event? */
  readonly events?: boolean;
  /** What the device says of its samples, compared after they are read. */
  readonly compare?: (recording: Recording) => readonly Contradiction[];
}

const MICROS = 1_000_000;

/** The channels of a table: one for each sensor, the axes of one quantity together. */
export function tableChannels(file: LoggerFile, table: LoggerTable): OpenedLogger {
  const channels: Channel[] = [];
  const axes = table.columns.filter(({ axis }) => axis !== undefined);
  const groups = table.columns.filter(({ axis }) => axis === undefined).map((column) => [column]);
  for (const quantity of new Set(axes.map((column) => column.quantity))) {
    groups.push(axes.filter((column) => column.quantity === quantity));
  }
  for (const group of groups) {
    const [first] = group;
    if (first === undefined) continue;
    channels.push({
      name: group.map(({ name }) => name).join(', '),
      quantity: first.quantity,
      read: (given) => readGroup(file, table, group, given),
    });
  }
  return { channels, left: table.left };
}

function readGroup(
  file: LoggerFile,
  table: LoggerTable,
  group: readonly TableColumn[],
  given: Given,
): Recording {
  const [first] = group;
  const unit = unitOf(first!, given);
  const decimal = table.decimal ?? decimalOf(file, table);
  const contradictions: Contradiction[] = [];
  const { time, offsetMin, zone } = resolveTime(file, table, given, contradictions);
  const map = readColumnMap({
    format: COLUMN_MAP_FORMAT,
    encoding: file.text?.encoding ?? 'utf-8',
    delimiter: table.delimiter,
    quote: table.quote ?? true,
    decimal,
    headerLines: table.headerLines,
    blankRows: table.events === true ? 'event' : 'refuse',
    time: { columns: [1], form: 'YYYY-MM-DD HH:mm' },
    unit,
    values: group.map(({ column, axis }) => ({ column, ...(axis === undefined ? {} : { axis }) })),
    ...(first!.suffix === undefined ? {} : { suffix: first!.suffix }),
    ...(table.only === undefined ? {} : { only: table.only }),
  });
  const {
    writtenUnit: _unit,
    dateOrder: _order,
    deviceId,
    utcOffsetMin: _zone,
    start: _start,
    ...rest
  } = given;
  const device = deviceOf(table.declared.device, deviceId);
  const recording = readDeclaredCsv(
    file.bytes,
    { ...map, time },
    {
      ...table.declared,
      ...(first!.limits === undefined ? {} : { limits: first!.limits }),
      ...rest,
      ...(device === undefined ? {} : { device }),
      ...('form' in time || 'serial' in time ? { utcOffsetMin: offsetMin } : {}),
    },
  );
  const compared = table.compare?.(recording) ?? [];
  return {
    ...recording,
    offsetMin,
    report: {
      ...recording.report,
      contradictions: [
        ...contradictions,
        // A label of the zone was looked at above, where it stands.
        ...recording.report.contradictions.filter(({ about }) => about !== 'zone'),
        ...compared,
      ],
      zone,
      family: table.family,
    },
  };
}

export function deviceOf(
  shown: Declared['device'] | undefined,
  id: string | undefined,
): Declared['device'] | undefined {
  if (id === undefined) return shown;
  return { ...(shown ?? {}), id };
}

function unitOf({ name, quantity, unit }: TableColumn, { writtenUnit }: Given): WrittenUnit {
  const known = unit ?? impliedUnit(quantity);
  const fits = writtenUnit !== undefined && WRITTEN_UNITS[writtenUnit].quantity === quantity;
  if (known !== null) {
    if (fits && writtenUnit !== known && unit !== null) {
      throw asks(
        `the file says that \`${name}\` is in \`${known}\`, and \`${writtenUnit}\` is given`,
        'unit',
      );
    }
    return unit === null && fits ? writtenUnit : known;
  }
  if (fits) return writtenUnit;
  const choices = Object.entries(WRITTEN_UNITS).filter(([, meaning]) => meaning.quantity === quantity);
  throw asks(
    `the file does not say in which unit \`${name}\` is: give it, as in \`--unit ${choices[0]?.[0] ?? 'degC'}\``,
    'unit',
  );
}

function decimalOf(file: LoggerFile, table: LoggerTable): '.' | ',' {
  const rows = (file.text?.lines ?? []).slice(table.headerLines, table.headerLines + 200);
  return decimalMarkOf(
    rows.map((line) => cellsOf(line, table.delimiter)),
    table.delimiter,
  );
}

interface ResolvedTime {
  readonly time: ColumnMap['time'];
  readonly offsetMin: number;
  readonly zone: 'file' | 'given' | 'not-needed';
}

function resolveTime(
  file: LoggerFile,
  table: LoggerTable,
  given: Given,
  contradictions: Contradiction[],
): ResolvedTime {
  const { time } = table;
  if ('columns' in time) {
    const form = formOf(file, table, time.columns, given);
    const inText = form.offset === null ? null : offsetLabel(form.offset);
    const { offsetMin, zone } = resolveZone(inText ?? table.zone, given, contradictions);
    return {
      time: {
        columns: [...time.columns],
        form: form.form,
        utcOffset: offsetMin,
        ...(time.check === undefined ? {} : { check: time.check }),
      },
      offsetMin,
      zone,
    };
  }
  const start = resolveStart(time.deviceStart, table.zone, given, contradictions);
  return {
    time:
      'elapsed' in time
        ? { column: time.elapsed, elapsed: time.unit, start: start.instant }
        : { everyUs: time.everyUs, start: start.instant },
    offsetMin: start.instant.offsetMin,
    zone: start.zone,
  };
}

/** `Z` or `+08:00` behind every time. */
function offsetLabel(text: string): ZoneLabel {
  const offsetMin = offsetMinutes(text) ?? 0;
  return { text, offsetMin, mayBe: [offsetMin] };
}

/** The offset of local times: as the file says in figures, or as given; both where they differ. */
export function resolveZone(
  label: ZoneLabel | null,
  { utcOffsetMin }: Given,
  contradictions: Contradiction[],
): { offsetMin: number; zone: 'file' | 'given' } {
  const offsetMin = utcOffsetMin ?? label?.offsetMin ?? null;
  if (offsetMin === null) {
    const said =
      label === null
        ? 'the file does not say the UTC offset of its times'
        : `the file says \`${label.text}\`, which some programs write in winter and summer alike (${label.mayBe.map(offsetText).join(' or ')})`;
    throw new GoodOrderError(
      'sensor-import.zone',
      `${said}: give the offset its clock ran on, as in \`--utc-offset ${offsetText(label?.mayBe[0] ?? 480)}\``,
      { path: 'time.utcOffset' },
    );
  }
  if (utcOffsetMin !== undefined && label !== null && !label.mayBe.includes(utcOffsetMin)) {
    contradictions.push({ about: 'zone', stated: label.text, found: offsetText(utcOffsetMin) });
  }
  return { offsetMin, zone: utcOffsetMin === undefined ? 'file' : 'given' };
}

// Loggers that were never set begin at the year 2000 or 1970; none of those read here is older than 2005.
const CLOCK_WAS_SET_FROM_S = 1_104_537_600;

/** When elapsed zero was: as given, or by the device's own clock where it was ever set. */
export function resolveStart(
  device: DeviceStart | null,
  label: ZoneLabel | null,
  given: Given,
  contradictions: Contradiction[],
): { instant: { utcS: number; offsetMin: number }; zone: 'file' | 'given' } {
  if (given.start !== undefined) {
    if (device !== null) {
      const own = Math.floor(device.localUs / MICROS) - (label?.offsetMin ?? given.start.offsetMin) * 60;
      if (own !== given.start.utcS) {
        contradictions.push({ about: 'start', stated: utcText(own), found: utcText(given.start.utcS) });
      }
    }
    return { instant: given.start, zone: 'given' };
  }
  const set = device !== null && Math.floor(device.localUs / MICROS) >= CLOCK_WAS_SET_FROM_S;
  if (!set) {
    const said =
      device === null
        ? 'the file counts time from its start and does not say when that was'
        : `the device’s clock was never set (its recording begins ${utcText(Math.floor(device.localUs / MICROS)).slice(0, 10)})`;
    throw new GoodOrderError(
      'sensor-import.zone',
      `${said}: give it, as in \`--start 2026-08-28T09:05:00+08:00\``,
      { path: 'time.start' },
    );
  }
  const { offsetMin, zone } = resolveZone(label, given, contradictions);
  return { instant: { utcS: Math.floor(device.localUs / MICROS) - offsetMin * 60, offsetMin }, zone };
}

function utcText(utcS: number): string {
  return utcS >= 0 && utcS <= LAST_INSTANT_S ? formatInstant(utcS) : 'no time';
}

function formOf(
  file: LoggerFile,
  table: LoggerTable,
  columns: readonly number[],
  given: Given,
): Extract<FoundForm, { found: 'form' }> {
  const textOf = (fields: readonly string[]): string =>
    columns.map((column) => fields[column - 1] ?? '').join(' ');
  const head = (file.text?.lines ?? []).slice(table.headerLines);
  let found = findTimeForm(
    head.map((line) => textOf(cellsOf(line, table.delimiter))),
    given.dateOrder,
  );
  if (found.found === 'ambiguous') found = settled(file, table, textOf) ?? found;
  if (found.found === 'form') return found;
  if (found.found === 'ambiguous') {
    throw asks(
      `no date of the file shows which number of \`${found.example}\` is the day: give \`--date-order dmy\`, \`mdy\` or \`ymd\``,
      'time.form',
    );
  }
  throw asks(
    found.example === ''
      ? 'the file has no row below its header'
      : `\`${found.example}\` is no time that this family writes: declare it in a column map`,
    'time.form',
  );
}

/** The form by the first date of the whole file that leaves no doubt. */
function settled(
  file: LoggerFile,
  table: LoggerTable,
  textOf: (fields: readonly string[]) => string,
): FoundForm | null {
  let form: FoundForm | null = null;
  let first: string | null = null;
  const csv = openCsv(file.bytes, {
    encoding: file.text?.encoding ?? 'utf-8',
    delimiter: table.delimiter,
    quote: table.quote ?? true,
    headerLines: table.headerLines,
  });
  csv.forEachRow({
    row: (fields) => {
      if (form !== null) return;
      const text = textOf(fields);
      first ??= text;
      const found = findTimeForm([first, text]);
      if (found.found === 'form') form = found;
    },
    unpaired: () => undefined,
  });
  return form;
}
