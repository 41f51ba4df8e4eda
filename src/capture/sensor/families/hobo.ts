import { bracketedEnd } from '../cell-parts.js';
import type { LoggerFamily } from '../logger-family.js';
import { asks, cellsOf, DELIMITERS, type LoggerText } from '../logger-file.js';
import type { Declared } from '../recording.js';
import { type TableColumn, tableChannels } from '../table-logger.js';
import { quantityOfLabel, unitOfLabel } from '../unit-label.js';
import { zoneLabelIn } from '../zone-label.js';

/**
 * Onset HOBO: HOBOware (`Date Time, GMT-08:00`, serial number in every header), HOBOmobile (`Serial Number:` before the
 * header) and HOBOconnect (`Date-Time (…)`, `Ch: 1 - Temperature   (°C)`). Events such as `Button Down` stand between
 * the samples in columns of their own.
 */
export const hobo: LoggerFamily = {
  name: 'hobo',
  title: 'Onset HOBO (HOBOware, HOBOmobile, HOBOconnect)',
  recognises: ({ text }) => text !== null && headerOf(text) !== null,
  open: (file) => {
    const { text } = file;
    const header = text === null ? null : headerOf(text);
    if (text === null || header === null) throw asks('this is no HOBO export', 'family');
    const { cells, line, delimiter } = header;
    const time = timeColumns(cells);
    const columns: TableColumn[] = [];
    const left: string[] = [];
    for (const [index, cell] of cells.entries()) {
      if (time.includes(index + 1) || cell === '' || cell === '#') continue;
      const { name, unit: label } = partsOf(cell);
      const unit = label === null ? null : unitOfLabel(label);
      const quantity = label === null ? null : quantityOfLabel(name, unit);
      if (quantity === null) left.push(cell.slice(0, 200));
      else columns.push({ column: index + 1, name, quantity, unit });
    }
    const label = time.map((column) => cells[column - 1]).join(' ');
    return tableChannels(file, {
      family: 'hobo',
      delimiter,
      headerLines: line + 1,
      time: { columns: time },
      zone: zoneLabelIn(label),
      columns,
      left,
      declared: declaredOf(text, line, cells),
      events: true,
    });
  },
};

const SIGNS = /\(LGR S\/N: ?\d|^#?"?[,;\t]?"?Date[- ]Time \(|\bDate Time(?:,| -) ?GMT/;

function headerOf({
  lines,
}: LoggerText): { cells: readonly string[]; line: number; delimiter: string } | null {
  for (const [line, text] of lines.slice(0, 12).entries()) {
    if (!SIGNS.test(text) && !hasDateTime(text)) continue;
    // HOBOware offers all three. Commas stand within its names too, so they are tried last.
    for (const delimiter of DELIMITERS) {
      const cells = cellsOf(text, delimiter);
      if (cells.length > 1 && timeColumns(cells).length > 0) return { cells, line, delimiter };
    }
  }
  return null;
}

/** `Date-Time (GMT+08:00)` at any place. */
function hasDateTime(text: string): boolean {
  const sign = 'Date-Time (';
  const at = text.indexOf(sign);
  return at >= 0 && text.includes(')', at + sign.length);
}

/** `Date Time`, in the language of the program, or a date and a time beside it; from 1. */
function timeColumns(cells: readonly string[]): number[] {
  const at = cells.findIndex((cell) => /^(?:Date|Datum|Fecha|Data)\b/i.test(cell));
  if (at < 0) return [];
  const isTime = (cell: string | undefined): boolean =>
    /^(?:Time|Heure|Zeit|Uhrzeit|Hora)\b/i.test(cell ?? '');
  if (isTime(cells[at + 1])) return [at + 1, at + 2];
  if (isTime(cells[at - 1])) return [at, at + 1];
  return [at + 1];
}

/** `Temp, °F (LGR S/N: …)`, `Temp, (*F)`, `Ch: 1 - Temperature   (°C)`, `Temperature , °C`. */
function partsOf(cell: string): { name: string; unit: string | null } {
  const bare = cell.replace(/\((?:LGR|SEN) S\/N:[^)]*\)?/g, '').trim();
  const end = bracketedEnd(bare, '()');
  if (end !== null) {
    const name = end.before.trimEnd();
    const unit = end.inside.trim();
    if (name.endsWith(',')) return { name: name.slice(0, -1).trimEnd(), unit };
    if (name.length < end.before.length) return { name, unit };
  }
  const comma = bare.lastIndexOf(',');
  if (comma >= 0) return { name: bare.slice(0, comma).trimEnd(), unit: bare.slice(comma + 1).trim() };
  return { name: bare, unit: null };
}

function declaredOf({ lines }: LoggerText, header: number, cells: readonly string[]): Declared {
  const before = lines.slice(0, header);
  const serial =
    /LGR S\/N: ?([\w-]+)/.exec(cells.join(' '))?.[1] ??
    /Serial Number: ?([\w-]+)/i.exec(before.join('\n'))?.[1];
  const words = before.map((line) => line.replace(/^"|"$/g, '').trim()).filter((line) => line !== '');
  const title = words.join('\n').slice(0, 1000);
  return {
    ...(serial === undefined ? {} : { device: { id: serial, maker: 'Onset' } }),
    ...(title === '' ? {} : { deviceSummary: title }),
  };
}
