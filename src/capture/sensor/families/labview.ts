import { decimalReader } from '../decimal.js';
import type { LoggerFamily } from '../logger-family.js';
import { asks, cellsOf, type LoggerText } from '../logger-file.js';
import type { Declared } from '../recording.js';
import { type TableColumn, type TableTime, tableChannels } from '../table-logger.js';
import { quantityOfLabel, unitOfLabel } from '../unit-label.js';
import { ELAPSED_UNITS } from '../units.js';
import { timeReader } from '../written-time.js';

/**
 * LabVIEW Measurement (`.lvm`): a header of keys up to `***End_of_Header***`, one for each segment up to the next such
 * line, and columns of numbers, of which the first may be the time. Without its header (a choice of the program that
 * wrote it) it is nothing but numbers: which column is what, and its unit, must then be declared in a column map.
 */
export const labview: LoggerFamily = {
  name: 'labview',
  title: 'LabVIEW Measurement (.lvm)',
  recognises: ({ text }) => text !== null && (isHeaded(text) || isBareNumbers(text)),
  open: (file) => {
    const { text } = file;
    if (text === null) throw asks('this is no LabVIEW measurement', 'family');
    if (!isHeaded(text)) {
      throw asks(
        'the file has no header: which column is the time and which the values, and in which unit, must be declared: `goodorder sensor guess` proposes a column map',
        'family',
      );
    }
    const head = headOf(text);
    const columns: TableColumn[] = [];
    const left: string[] = [];
    const axes = new Set<string>();
    for (const [index, name] of head.names.entries()) {
      if (name === 'X_Value' || name === 'Comment' || name === '') continue;
      const label = head.units[index] || /[([]([^()[\]]*)[)\]]$/.exec(name)?.[1] || '';
      const unit = unitOfLabel(label);
      const quantity = unit === null ? null : quantityOfLabel(name, unit);
      if (quantity === null) {
        left.push(label === '' ? name : `${name} [${label}]`);
        continue;
      }
      const axis = quantity === 'acceleration' ? axisOf(name, axes) : undefined;
      columns.push({ column: index + 1, name, quantity, unit, ...(axis === undefined ? {} : { axis }) });
    }
    return tableChannels(file, {
      family: 'labview',
      delimiter: head.delimiter,
      headerLines: head.headerLines,
      decimal: head.decimal,
      time: head.time,
      zone: null,
      columns,
      left,
      declared: declaredOf(text, head.headerLines),
    });
  },
};

const END = '***End_of_Header***';

function isHeaded({ lines }: LoggerText): boolean {
  return /^LabVIEW Measurement\s*$/.test(lines[0] ?? '');
}

/** Cells of a line without the empty ones at its end. */
function filledCells(line: string): readonly string[] {
  const cells = line.split('\t');
  return cells.slice(0, cells.findLastIndex((cell) => cell !== '') + 1);
}

/** Rows of numbers alone, separated by tabs, of which the first column begins at zero and rises. */
function isBareNumbers({ lines }: LoggerText): boolean {
  const rows = lines.slice(0, 50).map(filledCells);
  const [first, second] = rows;
  if (first === undefined || second === undefined || first.length < 2 || rows.length < 3) return false;
  const isNumber = (cell: string): boolean => /^[-+]?\d+(?:[.,]\d+)?(?:[eE][-+]?\d+)?$/.test(cell);
  return (
    rows.every((row) => row.every(isNumber)) &&
    /^0([.,]0*)?$/.test(first[0]!) &&
    !/^0([.,]0*)?$/.test(second[0]!)
  );
}

/** An axis by the last letter of the name; the first without one is not resolved. */
function axisOf(name: string, taken: Set<string>): 'x' | 'y' | 'z' | 'any' | undefined {
  const letter = /(?:^|[\s_-])([XYZ])(?:$|[\s_([-])/i.exec(name)?.[1]?.toLowerCase() as
    | 'x'
    | 'y'
    | 'z'
    | undefined;
  if (letter === undefined || taken.has(letter)) return undefined;
  taken.add(letter);
  return letter;
}

interface LvmHead {
  readonly delimiter: string;
  readonly decimal: '.' | ',';
  readonly headerLines: number;
  readonly names: readonly string[];
  readonly units: readonly string[];
  readonly time: TableTime;
}

function headOf(text: LoggerText): LvmHead {
  const { lines } = text;
  const first = lines.findIndex((line) => line.startsWith(END));
  const second = lines.findIndex((line, at) => at > first && line.startsWith(END));
  const at = second < 0 ? first : second;
  if (first < 0) throw asks('the header of the file has no end', 'headerLines');
  const keys = new Map<string, readonly string[]>();
  const delimiter = lines
    .slice(0, at)
    .some((line) => /^Separator\tComma/i.test(line) || /^Separator,/.test(line))
    ? ','
    : '\t';
  for (const line of lines.slice(0, at)) {
    const [key = '', ...values] = cellsOf(line, delimiter);
    // What a segment says is nearer to its samples than what the file says.
    if (key !== '') keys.set(key, values);
  }
  const decimal = keys.get('Decimal_Separator')?.[0] === ',' ? ',' : '.';
  const names = cellsOf(lines[at + 1] ?? '', delimiter);
  const labels = keys.get('Y_Unit_Label') ?? [];
  const timed = names[0] === 'X_Value';
  const multi = /^Multi$/i.test(keys.get('X_Columns')?.[0] ?? '');
  if (multi)
    throw asks('every channel of the file has a time of its own: declare one in a column map', 'time');
  return {
    delimiter,
    decimal,
    headerLines: at + 2,
    names,
    // Labels stand without one for the time.
    units: timed ? ['', ...labels] : labels,
    time: timeOf(keys, decimal),
  };
}

function timeOf(keys: ReadonlyMap<string, readonly string[]>, decimal: '.' | ','): TableTime {
  const date = keys.get('Date')?.[0] ?? '';
  const clock = (keys.get('Time')?.[0] ?? '').replace(',', '.');
  const localUs = timeReader('YYYY/MM/DD HH:mm:ss')(`${date} ${clock.split('.')[0] ?? ''}`);
  const deviceStart = Number.isNaN(localUs) ? null : { localUs };
  if (/^Absolute$/i.test(keys.get('Time_Pref')?.[0] ?? '')) {
    throw asks('the file counts its time from 1904: declare it in a column map', 'time');
  }
  if (/^No$/i.test(keys.get('X_Columns')?.[0] ?? '')) {
    const everyUs = decimalReader(decimal, ELAPSED_UNITS.s)(keys.get('Delta_X')?.[0] ?? '');
    if (!(everyUs > 0)) throw asks('the file says no `Delta_X` of a microsecond or more', 'time');
    return { everyUs, deviceStart };
  }
  return { elapsed: 1, unit: 's', deviceStart };
}

function declaredOf({ lines }: LoggerText, headerLines: number): Declared {
  const summary = lines
    .slice(0, headerLines)
    .filter((line) => line.trim() !== '')
    .join('\n')
    .slice(0, 1000);
  return { deviceSummary: summary };
}
