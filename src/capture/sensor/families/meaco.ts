import type { LoggerFamily } from '../logger-family.js';
import { asks, cellsOf, type LoggerFile, type LoggerText } from '../logger-file.js';
import type { Declared } from '../recording.js';
import { type TableColumn, tableChannels } from '../table-logger.js';
import { impliedUnit, quantityOfLabel } from '../unit-label.js';

/**
 * Meaco radio loggers: `RECEIVER,TRANSMITTER,DATE,TEMPERATURE,HUMIDITY`, where one file may hold several transmitters, or
 * a line that names the place and `Timestamp," Temperature"," Humidity"`. Neither says its unit of temperature.
 */
export const meaco: LoggerFamily = {
  name: 'meaco',
  title: 'Meaco (Measure & Control) radio loggers',
  recognises: ({ text }) => text !== null && headOf(text) !== null,
  open: (file) => {
    const head = file.text === null ? null : headOf(file.text);
    if (head === null) throw asks('this is no Meaco export', 'family');
    const { cells, headerLines, transmitter } = head;
    const time = cells.findIndex((cell) => /^(?:DATE|Timestamp)$/i.test(cell)) + 1;
    const columns: TableColumn[] = [];
    const left: string[] = [];
    for (const [index, name] of cells.entries()) {
      if (index + 1 === time || /^(?:RECEIVER|TRANSMITTER)$/i.test(name)) continue;
      const quantity = quantityOfLabel(name, null);
      if (quantity === null) left.push(name);
      else
        columns.push({
          column: index + 1,
          name,
          quantity,
          unit: quantity === 'light' ? 'lux' : impliedUnit(quantity),
        });
    }
    const only =
      transmitter === 0 ? null : { column: transmitter, equals: firstOf(file, headerLines, transmitter) };
    const opened = (equals: string | null) =>
      tableChannels(file, {
        family: 'meaco',
        delimiter: ',',
        headerLines,
        time: { columns: [time] },
        zone: null,
        columns,
        left,
        declared: declaredOf(head.title, equals),
        ...(only === null || equals === null ? {} : { only: { column: only.column, equals } }),
      });
    if (only === null) return opened(null);
    const first = opened(only.equals);
    return {
      left: first.left,
      // The transmitter may be named; the rows of every other one are refused, and counted.
      channels: first.channels.map((channel, index) => ({
        ...channel,
        read: (given) => opened(given.deviceId ?? only.equals).channels[index]!.read(given),
      })),
    };
  },
};

interface Head {
  readonly cells: readonly string[];
  readonly headerLines: number;
  /** From 1; 0 for none. */
  readonly transmitter: number;
  readonly title: string;
}

function headOf({ lines }: LoggerText): Head | null {
  const [first = '', second = ''] = lines;
  const upper = cellsOf(first, ',');
  if (/^RECEIVER$/i.test(upper[0] ?? '') && /^TRANSMITTER$/i.test(upper[1] ?? '')) {
    return { cells: upper, headerLines: 1, transmitter: 2, title: '' };
  }
  const cells = cellsOf(second, ',');
  const titled = /^"?[^,]+ - ID: ?\w+"?\s*$/.test(first) && /^Timestamp$/i.test(cells[0] ?? '');
  return titled ? { cells, headerLines: 2, transmitter: 0, title: cellsOf(first, ',')[0] ?? '' } : null;
}

function firstOf(file: LoggerFile, headerLines: number, column: number): string {
  const row = file.text?.lines.slice(headerLines).find((line) => line.trim() !== '') ?? '';
  const name = cellsOf(row, ',')[column - 1] ?? '';
  if (name === '' || name.length > 200) throw asks('the first row names no transmitter', 'only');
  return name;
}

function declaredOf(title: string, transmitter: string | null): Declared {
  const id = transmitter ?? /^(.*) - ID: ?(\w+)$/.exec(title)?.slice(1).join(' ');
  return {
    ...(id === undefined || id === '' ? {} : { device: { id: id.slice(0, 200), maker: 'Meaco' } }),
    ...(title === '' ? {} : { deviceSummary: title.slice(0, 1000) }),
  };
}
