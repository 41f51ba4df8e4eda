import { COLUMN_MAP_FORMAT } from './column-map.js';
import { cellsOf, decimalMarkOf, type LoggerFile, type LoggerText } from './logger-file.js';
import { findTimeForm } from './time-form.js';
import { impliedUnit, quantityOfLabel, unitOfLabel } from './unit-label.js';
import { WRITTEN_UNITS, type WrittenUnit } from './units.js';
import { zoneLabelIn } from './zone-label.js';

/** Characters at the end of a column's name in which its unit is looked for. */
const LONGEST_UNIT = 64;

/** One line of a proposed map, and why it is proposed. */
export interface GuessedPart {
  readonly key: string;
  /** As it would stand in the map; null where the file leaves it open. */
  readonly value: unknown;
  readonly why: string;
}

export interface GuessedMap {
  readonly parts: readonly GuessedPart[];
  /** Other columns of numbers that could be read, as an entry of `values` and their unit. */
  readonly alternatives: readonly string[];
}

const MIN_ROWS = 2;
const LOOKED_AT = 120;

interface Table {
  readonly delimiter: string;
  /** Index of the first row. */
  readonly first: number;
  readonly rows: readonly (readonly string[])[];
  readonly time: GuessedTime;
}

interface GuessedTime {
  readonly columns: readonly number[];
  readonly value: Readonly<Record<string, unknown>>;
  readonly why: string;
}

/**
 * Proposes a column map for a text export, with the reason for each of its parts. Nothing is read by it: what cannot be
 * seen in the file stays open, and whoever uses the map has looked at it. Null for a file without rows of a time and a
 * number.
 */
export function guessColumnMap(file: LoggerFile): GuessedMap | null {
  const { text } = file;
  const table = text === null ? null : tableOf(text);
  if (text === null || table === null) return null;
  const { delimiter, first, rows, time } = table;
  const decimal = decimalMarkOf(rows, delimiter);
  const header = headerOf(text, first, delimiter, rows[0]!.length);
  const columns = valueColumns(rows, header.names, time.columns, decimal);
  const chosen = columns[0];
  const zone = zoneLabelIn(text.lines.slice(0, first).join('\n'));
  const parts: GuessedPart[] = [
    { key: 'format', value: COLUMN_MAP_FORMAT, why: '' },
    { key: 'encoding', value: text.encoding, why: encodingReason(text) },
    { key: 'delimiter', value: delimiter, why: `line ${first + 1} has ${rows[0]!.length} fields by it` },
    {
      key: 'decimal',
      value: decimal,
      why: decimal === ',' ? 'every broken number has a comma' : 'no number has a comma',
    },
    { key: 'headerLines', value: first, why: `line ${first + 1} is the first with a time and a number` },
    ...(header.line === null
      ? []
      : [{ key: 'namesLine', value: header.line, why: 'the last line before it that names columns' }]),
    { key: 'time', value: withZone(time.value, zone?.offsetMin ?? null), why: time.why },
    ...zoneParts(time.value, zone),
    {
      key: 'unit',
      value: chosen?.unit ?? null,
      why:
        chosen === undefined
          ? 'no column of numbers was found'
          : (chosen.why ??
            `the file does not say the unit of column ${chosen.column}: one of ${Object.keys(WRITTEN_UNITS).join(', ')}`),
    },
    {
      key: 'values',
      value: chosen === undefined ? null : [{ column: chosen.column }],
      why: chosen === undefined ? '' : `named \`${chosen.name}\``,
    },
    ...(chosen?.suffix === undefined
      ? []
      : [{ key: 'suffix', value: chosen.suffix, why: 'stands behind every number' }]),
    {
      key: 'device',
      value: null,
      why: 'the id of the logger: say it as `{ id: "123" }`, or give `--device`',
    },
  ];
  return {
    parts,
    alternatives: columns
      .slice(1)
      .map(({ column, name, unit }) => `column ${column} \`${name}\`${unit === null ? '' : ` in ${unit}`}`),
  };
}

function encodingReason({ encoding }: LoggerText): string {
  return encoding === 'utf-8' ? 'every byte is UTF-8' : 'the bytes are no UTF-8';
}

function zoneParts(
  time: Readonly<Record<string, unknown>>,
  zone: ReturnType<typeof zoneLabelIn>,
): GuessedPart[] {
  const open = (key: string, why: string): GuessedPart[] => [{ key, value: null, why }];
  if ('elapsed' in time)
    return open('time.start', 'when the recording began is not in the file: say it, or give `--start`');
  if (time['serial'] === 'unix-s' || time['serial'] === 'unix-ms') return [];
  if (zone === null) return open('time.utcOffset', 'no zone is in the file: say it, or give `--utc-offset`');
  if (zone.offsetMin === null)
    return open(
      'time.utcOffset',
      `the file says \`${zone.text}\`, which is no offset: say which one its clock ran on`,
    );
  return [];
}

function withZone(
  time: Readonly<Record<string, unknown>>,
  offsetMin: number | null,
): Readonly<Record<string, unknown>> {
  if (offsetMin === null || 'elapsed' in time || time['serial'] === 'unix-s' || time['serial'] === 'unix-ms')
    return time;
  const sign = offsetMin < 0 ? '-' : '+';
  const two = (value: number): string => String(value).padStart(2, '0');
  const size = Math.abs(offsetMin);
  return { ...time, utcOffset: `${sign}${two(Math.floor(size / 60))}:${two(size % 60)}` };
}

/** The separator and first row that give the most rows of the same shape. */
function tableOf(text: LoggerText): Table | null {
  let best: Table | null = null;
  for (const delimiter of ['\t', ';', ',']) {
    const all = text.lines.map((line) => cellsOf(line, delimiter));
    for (let first = 0; first < Math.min(all.length, LOOKED_AT); first += 1) {
      const cells = all[first]!;
      if (cells.length < 2 || !cells.some(isNumber)) continue;
      const rows = all.slice(first, first + LOOKED_AT).filter((row) => row.some((cell) => cell !== ''));
      const alike = rows.filter((row) => Math.abs(row.length - cells.length) <= 1);
      if (alike.length < MIN_ROWS || alike.length * 2 < rows.length) continue;
      const time = timeOf(alike, all[first - 1] ?? []);
      if (time === null) continue;
      if (best === null || cells.length > best.rows[0]!.length)
        best = { delimiter, first, rows: alike, time };
      break;
    }
  }
  return best;
}

function isNumber(cell: string): boolean {
  return /^[-+]?\d+(?:[.,]\d+)?(?:[eE][-+]?\d{1,3})?$/.test(cell);
}

const CLOCK = /^\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d+)?(?: ?[AaPp][Mm])?$/;

function timeOf(rows: readonly (readonly string[])[], names: readonly string[]): GuessedTime | null {
  const width = rows[0]!.length;
  for (let column = 0; column < width; column += 1) {
    const single = formTime(rows, [column]);
    if (single !== null) return single;
    // A date and a time beside each other, in either order.
    if (CLOCK.test(rows[0]![column + 1] ?? '') || CLOCK.test(rows[0]![column] ?? '')) {
      const pair = formTime(rows, [column, column + 1]);
      if (pair !== null) return pair;
    }
  }
  return serialTime(rows) ?? elapsedTime(rows, names);
}

function formTime(rows: readonly (readonly string[])[], columns: readonly number[]): GuessedTime | null {
  const texts = rows.map((row) => columns.map((column) => row[column] ?? '').join(' '));
  const found = findTimeForm(texts);
  const named = columns.map((column) => column + 1);
  if (found.found === 'form') {
    return {
      columns,
      value: {
        columns: named,
        form: found.form,
        ...(found.offset === null ? {} : { utcOffset: found.offset }),
      },
      why: `\`${found.shown}\` is written so, and no other row contradicts it`,
    };
  }
  if (found.found === 'ambiguous') {
    const form = findTimeForm(texts, 'dmy');
    return {
      columns,
      value: { columns: named, form: null },
      why: `\`${found.example}\`: no date shows which number is the day; \`${form.found === 'form' ? form.form : 'D/M/YYYY'}\`, or with M and D changed`,
    };
  }
  return null;
}

const SERIALS = [
  { serial: 'unix-ms', low: 1e12, high: 2.2e12, integer: true, why: 'milliseconds since 1970' },
  { serial: 'unix-s', low: 1e9, high: 2.2e9, integer: false, why: 'seconds since 1970' },
  {
    serial: 'excel-d',
    low: 36_526,
    high: 73_050,
    integer: false,
    why: 'days since 1899-12-30, as Excel counts them, in the years 2000 to 2099',
  },
] as const;

/** A rising column of numbers in the range of one way to count time. */
function serialTime(rows: readonly (readonly string[])[]): GuessedTime | null {
  for (let column = 0; column < rows[0]!.length; column += 1) {
    const values = rows.map((row) => numberOf(row[column] ?? ''));
    if (!rises(values)) continue;
    for (const { serial, low, high, integer, why } of SERIALS) {
      const fits = values.every(
        (value) => value >= low && value <= high && (!integer || Number.isInteger(value)),
      );
      const broken = serial !== 'excel-d' || values.some((value) => !Number.isInteger(value));
      if (!fits || !broken) continue;
      return {
        columns: [column],
        value: { column: column + 1, serial },
        why: `its numbers rise, and lie where ${why} do`,
      };
    }
  }
  return null;
}

/** A first column that begins at zero and rises: time since the start, in the unit its name says. */
function elapsedTime(rows: readonly (readonly string[])[], names: readonly string[]): GuessedTime | null {
  const values = rows.map((row) => numberOf(row[0] ?? ''));
  if (!rises(values) || values.every((value, index) => value === values[0]! + index)) return null;
  const unit = /(?:^|[^a-zµ])(us|µs|ms|s|sec|min|h|d)(?:$|[^a-z])/i.exec(names[0] ?? '')?.[1]?.toLowerCase();
  const elapsed = unit === 'µs' ? 'us' : unit === 'sec' ? 's' : (unit ?? null);
  return {
    columns: [0],
    value: { column: 1, elapsed },
    why:
      elapsed === null
        ? 'its numbers rise from row to row: time since the start, in a unit that the file does not say (us, ms, s, min, h, d)'
        : `its numbers rise from row to row, and it is named \`${names[0]}\``,
  };
}

function numberOf(cell: string): number {
  return isNumber(cell) ? Number(cell.replace(',', '.')) : Number.NaN;
}

function rises(values: readonly number[]): boolean {
  return values.every(
    (value, index) => Number.isFinite(value) && (index === 0 || value > values[index - 1]!),
  );
}

function headerOf(
  text: LoggerText,
  first: number,
  delimiter: string,
  width: number,
): { line: number | null; names: readonly string[] } {
  for (let at = first - 1; at >= Math.max(0, first - 6); at -= 1) {
    const cells = cellsOf(text.lines[at] ?? '', delimiter);
    const named = cells.filter((cell) => cell !== '' && !isNumber(cell)).length;
    if (named >= 2 && Math.abs(cells.length - width) <= 2) return { line: at + 1, names: cells };
  }
  return { line: null, names: [] };
}

interface ValueColumn {
  readonly column: number;
  readonly name: string;
  readonly unit: WrittenUnit | null;
  readonly why: string | null;
  readonly suffix?: string;
}

/** Columns of numbers, those of a known quantity and unit first. */
function valueColumns(
  rows: readonly (readonly string[])[],
  names: readonly string[],
  time: readonly number[],
  decimal: '.' | ',',
): ValueColumn[] {
  const found: (ValueColumn & { rank: number })[] = [];
  const width = rows[0]!.length;
  for (let column = 0; column < width; column += 1) {
    if (time.includes(column)) continue;
    const cells = rows.map((row) => row[column] ?? '');
    const suffix = /^[-+]?\d+(?:[.,]\d+)?( ?[^\d\s.,+-]{1,8})$/.exec(cells[0] ?? '')?.[1]?.trim();
    const bare =
      suffix === undefined
        ? cells
        : cells.map((cell) => (cell.endsWith(suffix) ? cell.slice(0, -suffix.length).trim() : cell));
    const numbers = bare.filter((cell) => isNumber(cell) && (decimal === ',' || !cell.includes(','))).length;
    if (numbers * 2 < cells.length || numbers === 0) continue;
    const counts =
      cells.every((cell, index) => numberOf(cell) === numberOf(cells[0]!) + index) && cells.length > 2;
    if (counts) continue;
    const name = names[column] ?? '';
    // A unit stands at the end and is short; the time to look for it grows with the fourth power of the length.
    const end = name.slice(-LONGEST_UNIT);
    const label =
      suffix ??
      /[[(/]\s*([^[\]()/]*(?:\([^()]*\))?)\s*[\])]?\s*$/.exec(end)?.[1] ??
      /,\s*([^,]+)$/.exec(end)?.[1] ??
      '';
    const unit = unitOfLabel(label.replace(/^RH\(%\)?$/i, '%RH'));
    const quantity = quantityOfLabel(name, unit);
    const settled = quantity === null ? unit : (unit ?? impliedUnit(quantity));
    found.push({
      column: column + 1,
      name: name === '' ? `column ${column + 1}` : name,
      unit: quantity === null ? null : settled,
      why:
        quantity === null || settled === null
          ? null
          : unit === null
            ? 'humidity is given in per cent'
            : `\`${label}\` stands ${suffix === undefined ? 'in its name' : 'behind its numbers'}`,
      rank: quantity === null ? 2 : settled === null ? 1 : 0,
      ...(suffix === undefined ? {} : { suffix }),
    });
  }
  return found
    .sort((a, b) => a.rank - b.rank || a.column - b.column)
    .map(({ rank: _rank, ...column }) => column);
}
