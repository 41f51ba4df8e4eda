import { bracketedEnd } from '../cell-parts.js';
import type { LoggerFamily } from '../logger-family.js';
import { asks, cellsOf, type LoggerText } from '../logger-file.js';
import type { Declared } from '../recording.js';
import { type TableColumn, tableChannels } from '../table-logger.js';
import { quantityOfLabel, unitOfLabel } from '../unit-label.js';

/**
 * CSV made of an enDAQ or Slam Stick recording by the maker's library: a comment that names channel and session start,
 * `time_us` (or `Time` in seconds) since then, and columns such as `Acceleration: X [g]`.
 */
export const endaqCsv: LoggerFamily = {
  name: 'endaq-csv',
  title: 'enDAQ / Slam Stick, as CSV',
  recognises: ({ text }) => text !== null && headOf(text) !== null,
  open: (file) => {
    const head = file.text === null ? null : headOf(file.text);
    if (head === null) throw asks('this is no CSV of an enDAQ recording', 'family');
    const columns: TableColumn[] = [];
    const left: string[] = [];
    for (const [index, cell] of head.cells.entries()) {
      if (index === 0 || cell === '') continue;
      const end = bracketedEnd(cell, '()[]');
      const name = end?.before.trimEnd() ?? cell;
      const label = end?.inside ?? '';
      // This library writes relative humidity in per cent, and calls its unit `RH`.
      const unit = unitOfLabel(label);
      const quantity = unit === null ? null : quantityOfLabel(name, unit);
      if (quantity === null) {
        left.push(cell);
        continue;
      }
      const axis =
        quantity === 'acceleration' ? /(?:^|[:\s])([XYZ])\b/i.exec(name)?.[1]?.toLowerCase() : undefined;
      columns.push({
        column: index + 1,
        name: cell,
        quantity,
        unit,
        ...(axis === undefined ? {} : { axis: axis as 'x' | 'y' | 'z' }),
      });
    }
    return tableChannels(file, {
      family: 'endaq-csv',
      delimiter: ',',
      headerLines: head.headerLines,
      time: {
        elapsed: 1,
        unit: head.unit,
        deviceStart: head.startS === null ? null : { localUs: head.startS * 1_000_000 },
      },
      // A session start is UTC.
      zone: head.startS === null ? null : { text: 'UTC', offsetMin: 0, mayBe: [0] },
      columns,
      left,
      declared: declaredOf(head.comment),
    });
  },
};

interface Head {
  readonly comment: string;
  readonly cells: readonly string[];
  readonly headerLines: number;
  readonly unit: 'us' | 's';
  readonly startS: number | null;
}

function headOf({ lines }: LoggerText): Head | null {
  const at = lines.slice(0, 10).findIndex((line) => !line.startsWith('#') && line.trim() !== '');
  if (at < 0) return null;
  const cells = cellsOf(lines[at] ?? '', ',');
  const unit = cells[0] === 'time_us' ? 'us' : /^Time(?: \(s\))?$/.test(cells[0] ?? '') ? 's' : null;
  const comment = lines.slice(0, at).join('\n');
  const named = cells.slice(1).some((cell) => /[[(](?:g|Pa|°C|&#176;C|RH|m\/s²)[\])]$/.test(cell));
  const known = /idelib|\.IDE\b/i.test(comment) || unit === 'us';
  if (unit === null || !named || !known) return null;
  const start = /session UTC start (\d{1,11}) s/.exec(comment)?.[1];
  return { comment, cells, headerLines: at + 1, unit, startS: start === undefined ? null : Number(start) };
}

function declaredOf(comment: string): Declared {
  const id = /from ([\w.-]+?)\.IDE/i.exec(comment)?.[1];
  return {
    ...(id === undefined ? {} : { device: { id, maker: 'Midé / enDAQ' } }),
    ...(comment === '' ? {} : { deviceSummary: comment.slice(0, 1000) }),
  };
}
