import { civilFromDays } from '../../codec/instant.js';
import { GoodOrderError } from '../../errors.js';
import { storedZip, unzip } from './zip-entries.js';

/** One sheet of a workbook as CSV: commas, quotation marks where needed, one line a row. */
export interface Sheet {
  readonly name: string;
  readonly csv: Uint8Array;
  readonly rows: number;
}

/** How a cell that Excel shows as a date is written: as local time, or as the number it is. */
export type DateCells = 'text' | 'serial';

interface Cell {
  readonly t: string;
  readonly v?: unknown;
  readonly w?: string;
  readonly z?: string | number;
}

/** As much of `@e965/xlsx` as is used here. */
interface XlsxLibrary {
  read(
    data: Uint8Array,
    options: Readonly<Record<string, unknown>>,
  ): {
    readonly SheetNames: readonly string[];
    readonly Sheets: Readonly<
      Record<string, { readonly '!data'?: readonly (readonly (Cell | undefined)[] | undefined)[] }>
    >;
    readonly Workbook?: { readonly WBProps?: { readonly date1904?: boolean } };
  };
  readonly SSF: { is_date(format: string): boolean };
}

const MAX_CELLS = 20_000_000;

/**
 * The sheets of an XLSX workbook that hold anything. Numbers keep every digit they were stored with. The package
 * `@e965/xlsx` is optional: without it `dependency.missing`-like `sensor-import.columns` names it. Throws the same code
 * for an archive beyond the limits of `unzip`.
 */
export async function readWorkbook(bytes: Uint8Array, dates: DateCells = 'text'): Promise<readonly Sheet[]> {
  const entries = unzip(bytes);
  if (!entries.some(({ name }) => name === '[Content_Types].xml')) {
    throw new GoodOrderError('sensor-import.columns', 'the archive is no workbook (XLSX)', {
      path: 'archive',
    });
  }
  const xlsx = await library();
  let book: ReturnType<XlsxLibrary['read']>;
  try {
    book = xlsx.read(storedZip(entries), {
      type: 'array',
      dense: true,
      cellFormula: false,
      cellHTML: false,
      cellNF: true,
      cellStyles: false,
      bookVBA: false,
    });
  } catch (cause) {
    throw new GoodOrderError(
      'sensor-import.columns',
      'the workbook cannot be read',
      { path: 'archive' },
      cause,
    );
  }
  const shift = book.Workbook?.WBProps?.date1904 === true ? 1462 : 0;
  const sheets: Sheet[] = [];
  let cells = 0;
  for (const name of book.SheetNames) {
    const rows = book.Sheets[name]?.['!data'] ?? [];
    const lines: string[] = [];
    let filled = 0;
    for (let index = 0; index < rows.length; index += 1) {
      const row = rows[index] ?? [];
      cells += row.length + 1;
      if (cells > MAX_CELLS) {
        throw new GoodOrderError('sensor-import.columns', `the workbook has more than ${MAX_CELLS} cells`);
      }
      const fields = Array.from(row, (cell) => quoted(textOf(cell, xlsx, dates, shift)));
      if (fields.some((field) => field !== '')) filled += 1;
      lines.push(fields.join(','));
    }
    if (filled > 0)
      sheets.push({ name, csv: new TextEncoder().encode(`${lines.join('\n')}\n`), rows: filled });
  }
  return sheets;
}

async function library(): Promise<XlsxLibrary> {
  try {
    const loaded = (await import('@e965/xlsx')) as unknown as XlsxLibrary & { default?: XlsxLibrary };
    return typeof loaded.read === 'function' ? loaded : loaded.default!;
  } catch (cause) {
    throw new GoodOrderError(
      'sensor-import.columns',
      'reading XLSX needs the optional package `@e965/xlsx`: install it beside goodorder, or save the sheet as CSV',
      { path: 'archive' },
      cause,
    );
  }
}

function textOf(cell: Cell | undefined, xlsx: XlsxLibrary, dates: DateCells, shift: number): string {
  if (cell === undefined || cell.v === undefined || cell.v === null) return '';
  if (typeof cell.v === 'number') {
    const isDate = typeof cell.z === 'string' && xlsx.SSF.is_date(cell.z);
    if (!isDate) return String(cell.v);
    return dates === 'serial' ? String(cell.v + shift) : dateText(cell.v + shift, cell.z as string);
  }
  return cell.t === 'e' ? (cell.w ?? '#ERROR') : String(cell.v);
}

const MS_PER_DAY = 86_400_000;

/** A serial as its sheet shows it: a date, a time of day, or both; to the millisecond that Excel counts by. */
function dateText(serial: number, format: string): string {
  const ms = Math.round(serial * MS_PER_DAY);
  const days = Math.floor(ms / MS_PER_DAY);
  const rest = ms - days * MS_PER_DAY;
  const two = (value: number): string => String(value).padStart(2, '0');
  const clock = `${two(Math.floor(rest / 3_600_000))}:${two(Math.floor(rest / 60_000) % 60)}:${two(Math.floor(rest / 1000) % 60)}`;
  const fraction = rest % 1000 === 0 ? '' : `.${String(rest % 1000).padStart(3, '0')}`;
  const hasDate = /[yd]/i.test(format.replace(/"[^"]*"|\[[^[\]]*\]/g, ''));
  const hasTime = /[hs]/i.test(format.replace(/"[^"]*"|\[\$[^[\]]*\]/g, ''));
  if (!hasDate) return `${clock}${fraction}`;
  // 25,569 days lie between 1899-12-30 and 1970-01-01.
  const [year, month, date] = civilFromDays(days - 25_569);
  const day = `${String(year).padStart(4, '0')}-${two(month)}-${two(date)}`;
  return !hasTime && rest === 0 ? day : `${day} ${clock}${fraction}`;
}

function quoted(text: string): string {
  return /[",\n\r]/.test(text) || text !== text.trim() ? `"${text.replaceAll('"', '""')}"` : text;
}
