import { formatInstant } from '../../codec/instant.js';
import { GoodOrderError } from '../../errors.js';
import { type ColumnMap, offsetMinutes } from './column-map.js';
import { openCsv, splitLine } from './csv-rows.js';
import type { Contradiction, Declared, Given, Recording } from './recording.js';
import { rowClock } from './row-clock.js';
import { type ColumnPlaces, RowReader } from './row-reader.js';
import { WRITTEN_UNITS } from './units.js';

/**
 * Reads a CSV as its declared map says. Throws `sensor-import.columns` where map and file do not fit,
 * `sensor-import.zone` where nobody says the offset or start of its times, `sensor-import.empty` without one sample.
 * Everything else that is wrong with a row is in the report.
 */
export function readDeclaredCsv(bytes: Uint8Array, map: ColumnMap, given: Given = {}): Recording {
  const clock = rowClock(map, given);
  const axes = axesOf(map);
  const { quantity } = WRITTEN_UNITS[map.unit];
  const csv = openCsv(bytes, map);
  if (csv.header.length < map.headerLines) {
    throw columnsError(
      `the file has ${csv.header.length} lines and the map says ${map.headerLines} of header`,
      'headerLines',
    );
  }
  const reader = new RowReader(map, columnPlaces(map, csv.header), clock);
  csv.forEachRow(reader);
  const samples = reader.samples.samples();
  if (samples.count === 0) {
    throw new GoodOrderError('sensor-import.empty', 'no row of the file gave a sample');
  }
  const {
    utcOffsetMin: _zone,
    start: _start,
    writtenUnit: _unit,
    dateOrder: _order,
    deviceId: _id,
    ...givenFields
  } = given;
  return {
    quantity,
    axes,
    offsetMin: clock.offsetMin,
    samples,
    declared: { ...declaredOf(map, csv.header), ...givenFields },
    report: reader.ledger.report(
      samples.count,
      [...contradictionsOf(map, csv.header, clock.offsetMin), ...reader.clockContradictions()],
      clock.zone,
    ),
  };
}

function axesOf({ values, unit }: ColumnMap): Recording['axes'] {
  if (WRITTEN_UNITS[unit].quantity !== 'acceleration') {
    const named = values.findIndex(({ axis }) => axis !== undefined);
    if (named >= 0) throw columnsError(`\`${unit}\` has no axis`, `values[${named}].axis`);
    if (values.length > 1)
      throw columnsError('one column holds the values of a quantity without axes', 'values');
    return [];
  }
  const axes = values.map(({ axis }) => axis ?? 'any');
  if (new Set(axes).size < axes.length) throw columnsError('each axis is named once', 'values');
  return axes;
}

function columnPlaces(map: ColumnMap, header: readonly string[]): ColumnPlaces {
  const namesLine = map.namesLine ?? map.headerLines;
  const line = namesLine === 0 ? '' : (header[namesLine - 1] ?? '');
  const names = splitLine(line, map) ?? [];
  const place = (column: number | string, path: string): number => {
    if (typeof column === 'number') return column - 1;
    const found = names.indexOf(column);
    if (found < 0) {
      const known = names.slice(0, 20).map((name) => `\`${name}\``);
      throw columnsError(
        `line ${namesLine} names no column \`${column}\`, but ${known.join(', ') || 'none'}`,
        path,
      );
    }
    if (names.indexOf(column, found + 1) >= 0) {
      throw columnsError(`line ${namesLine} names two columns \`${column}\`: say its number`, path);
    }
    return found;
  };
  const { time } = map;
  return {
    time:
      'columns' in time
        ? time.columns.map((column, index) => place(column, `time.columns[${index}]`))
        : 'column' in time
          ? [place(time.column, 'time.column')]
          : [],
    values: map.values.map(({ column }, index) => place(column, `values[${index}].column`)),
    check: 'form' in time && time.check !== undefined ? place(time.check.column, 'time.check.column') : null,
    only: map.only === undefined ? null : place(map.only.column, 'only.column'),
  };
}

const DECLARED = [
  'device',
  'recording',
  'clockOffsetMs',
  'endReason',
  'mount',
  'location',
  'calibratedAt',
  'calibrationDueAt',
  'range',
  'bandwidthHz',
  'firmware',
  'note',
  'span',
  'intervalUs',
  'pulses',
  'limits',
] as const satisfies readonly (keyof ColumnMap & keyof Declared)[];

function declaredOf(map: ColumnMap, header: readonly string[]): Declared {
  const fields = DECLARED.filter((key) => map[key] !== undefined).map((key) => [key, map[key]]);
  const summary = (map.summaryLines ?? []).map((line) => header[line - 1] ?? '').join('\n');
  if (summary !== '') fields.push(['deviceSummary', summary]);
  return Object.fromEntries(fields) as Declared;
}

// `GMT-08:00`, `GMT +05:00`, `UTC+0800` in a header.
const ZONE_LABEL = /(?:GMT|UTC) ?([+-]\d{2}):?(\d{2})/;

function contradictionsOf(map: ColumnMap, header: readonly string[], offsetMin: number): Contradiction[] {
  const found: Contradiction[] = [];
  const label = ZONE_LABEL.exec(header.join('\n'));
  const labelled = label === null ? null : offsetMinutes(`${label[1]}:${label[2]}`);
  if (label !== null && labelled !== null && labelled !== offsetMin) {
    found.push({ about: 'zone', stated: label[0], found: formatInstant(0, offsetMin).slice(19) });
  }
  const { time } = map;
  if ('start' in time && time.start !== undefined && time.deviceStart !== undefined) {
    if (time.start.utcS !== time.deviceStart.utcS) {
      found.push({ about: 'start', stated: written(time.deviceStart), found: written(time.start) });
    }
  }
  return found;
}

function written({ utcS, offsetMin }: { readonly utcS: number; readonly offsetMin: number }): string {
  return formatInstant(utcS, offsetMin);
}

function columnsError(message: string, path: string): GoodOrderError {
  return new GoodOrderError('sensor-import.columns', message, { path });
}
