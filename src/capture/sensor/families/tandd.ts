import type { LoggerFamily } from '../logger-family.js';
import { asks, cellsOf, delimiterOf, type LoggerText } from '../logger-file.js';
import { type TableColumn, tableChannels } from '../table-logger.js';
import { quantityOfLabel, unitOfLabel } from '../unit-label.js';

/**
 * T&D Thermo Recorder: three rows of header (number, name, unit), a time as text and the same time as an Excel serial
 * beside it. The file names no device.
 */
export const tandd: LoggerFamily = {
  name: 'tandd',
  title: 'T&D Thermo Recorder',
  recognises: ({ text }) => text !== null && headOf(text) !== null,
  open: (file) => {
    const head = file.text === null ? null : headOf(file.text);
    if (head === null) throw asks('this is no T&D export', 'family');
    const { delimiter, rows } = head;
    const [numbers = [], names = [], units = [], first = []] = rows;
    const columns: TableColumn[] = [];
    const left: string[] = [];
    for (const [index, number] of numbers.entries()) {
      if (!/^No\.\d+$/.test(number)) continue;
      const name = names[index] === '' ? number : `${number} ${names[index] ?? ''}`.trim();
      const unit = unitOfLabel(units[index] ?? '');
      const quantity = unit === null ? null : quantityOfLabel(name, unit);
      if (quantity === null) left.push(`${name} [${units[index] ?? ''}]`);
      else columns.push({ column: index + 1, name, quantity, unit });
    }
    const times = first.flatMap((cell, index) => (/\d:\d\d/.test(cell) ? [index + 1] : []));
    const serial = first.findIndex((cell) => /^\d{5}\.\d+$/.test(cell)) + 1;
    return tableChannels(file, {
      family: 'tandd',
      delimiter,
      headerLines: 3,
      time: {
        columns: times.slice(0, 1).length === 0 ? [1] : times.slice(0, 1),
        ...(serial === 0 ? {} : { check: { column: serial, serial: 'excel-d' } }),
      },
      zone: null,
      columns,
      left,
      declared: {},
    });
  },
};

function headOf({ lines }: LoggerText): { delimiter: string; rows: readonly (readonly string[])[] } | null {
  const [first = ''] = lines;
  if (!/Date\/Time/.test(first) || !/No\.1\b/.test(first)) return null;
  const delimiter = delimiterOf(first);
  return delimiter === null
    ? null
    : { delimiter, rows: lines.slice(0, 4).map((line) => cellsOf(line, delimiter)) };
}
