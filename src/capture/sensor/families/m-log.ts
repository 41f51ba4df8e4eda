import { bracketedEnd } from '../cell-parts.js';
import type { LoggerFamily } from '../logger-family.js';
import { asks, cellsOf, delimiterOf, type LoggerText } from '../logger-file.js';
import { type TableColumn, tableChannels } from '../table-logger.js';
import { quantityOfLabel, unitOfLabel } from '../unit-label.js';

/** Ori M-Log: semicolons and decimal commas, `Date & Time`, units in square brackets, the device in a column of every row. */
export const mLog: LoggerFamily = {
  name: 'm-log',
  title: 'Ori M-Log',
  recognises: ({ text }) => text !== null && headOf(text) !== null,
  open: (file) => {
    const { text } = file;
    const head = text === null ? null : headOf(text);
    if (text === null || head === null) throw asks('this is no M-Log export', 'family');
    const { cells, delimiter } = head;
    const time = cells.findIndex((cell) => /^Date & Time$/i.test(cell)) + 1;
    const device = cells.findIndex((cell) => /^DeviceID$/i.test(cell)) + 1;
    const columns: TableColumn[] = [];
    const left: string[] = [];
    for (const [index, cell] of cells.entries()) {
      if (index + 1 === time || index + 1 === device || cell === '') continue;
      const end = bracketedEnd(cell, '[]');
      const name = end?.before.trimEnd() ?? cell;
      const label = end?.inside ?? '';
      const unit = unitOfLabel(label);
      const quantity = unit === null ? null : quantityOfLabel(name, unit);
      if (quantity === null) left.push(cell);
      else columns.push({ column: index + 1, name: cell, quantity, unit });
    }
    const row = cellsOf(text.lines[1] ?? '', delimiter);
    const id = row[device - 1] ?? '';
    return tableChannels(file, {
      family: 'm-log',
      delimiter,
      headerLines: 1,
      time: { columns: [time] },
      zone: null,
      columns,
      left,
      declared: id === '' ? {} : { device: { id: id.slice(0, 200), model: 'M-Log', maker: 'Ori' } },
      ...(id === '' || id.length > 200 ? {} : { only: { column: device, equals: id } }),
    });
  },
};

function headOf({ lines }: LoggerText): { cells: readonly string[]; delimiter: string } | null {
  const [first = ''] = lines;
  if (!/Date & Time/.test(first) || !/DeviceID/.test(first) || !/OperTime/.test(first)) return null;
  const delimiter = delimiterOf(first);
  return delimiter === null ? null : { cells: cellsOf(first, delimiter), delimiter };
}
