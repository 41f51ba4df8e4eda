import type { LoggerFamily } from '../logger-family.js';
import { asks, cellsOf, delimiterOf, type LoggerText } from '../logger-file.js';
import type { Declared } from '../recording.js';
import { type TableColumn, tableChannels } from '../table-logger.js';
import { quantityOfLabel, unitOfLabel } from '../unit-label.js';

/**
 * Gemini Tinytag (Tinytag Explorer): rows `S/N`, `Type`, `Description`, `Property`, sometimes `Unit`, above the samples;
 * the first column counts them. Units stand behind every number, in a row of their own, or nowhere.
 */
export const tinytag: LoggerFamily = {
  name: 'tinytag',
  title: 'Gemini Tinytag (Tinytag Explorer)',
  recognises: ({ text }) => text !== null && headOf(text) !== null,
  open: (file) => {
    const head = file.text === null ? null : headOf(file.text);
    if (head === null) throw asks('this is no Tinytag export', 'family');
    const { rows, headerLines, delimiter, first } = head;
    const row = (name: RegExp): readonly string[] => rows.find(([label = '']) => name.test(label)) ?? [];
    const properties = row(/^Property/i);
    const units = row(/^Units?$/i);
    const columns: TableColumn[] = [];
    const left: string[] = [];
    for (let index = 2; index < properties.length; index += 1) {
      const name = properties[index] ?? '';
      if (name === '') continue;
      const suffix = /^[-+]?\d+(?:[.,]\d+)?\s*([^\d\s]\D*)$/.exec(first[index] ?? '')?.[1];
      const label = suffix ?? (units[index] || /\(([^()]*)\)$/.exec(name)?.[1]);
      const unit = label === undefined ? null : unitOfLabel(label);
      const quantity = quantityOfLabel(name, unit);
      if (quantity === null) left.push(name);
      else
        columns.push({
          column: index + 1,
          name,
          quantity,
          unit,
          ...(suffix === undefined ? {} : { suffix }),
        });
    }
    return tableChannels(file, {
      family: 'tinytag',
      delimiter,
      headerLines,
      time: { columns: [2] },
      zone: null,
      columns,
      left,
      declared: declaredOf(row(/^S\/N/i), row(/^Type/i), row(/^Description/i)),
    });
  },
};

interface Head {
  readonly rows: readonly (readonly string[])[];
  readonly headerLines: number;
  readonly delimiter: string;
  readonly first: readonly string[];
}

function headOf({ lines }: LoggerText): Head | null {
  const top = lines.slice(0, 20);
  const serial = top.find((line) => /^"?S\/N"?[,;\t]/.test(line));
  if (serial === undefined || !top.some((line) => /^"?Property/i.test(line))) return null;
  const delimiter = delimiterOf(serial);
  if (delimiter === null) return null;
  const rows = top.map((line) => cellsOf(line, delimiter));
  const data = rows.findIndex(([count = '', time = '']) => /^\d+$/.test(count) && /\d:\d\d/.test(time));
  return data < 0 ? null : { rows: rows.slice(0, data), headerLines: data, delimiter, first: rows[data]! };
}

function declaredOf(
  serials: readonly string[],
  types: readonly string[],
  descriptions: readonly string[],
): Declared {
  const id = serials.slice(1).find((cell) => cell !== '');
  const model = types.slice(1).find((cell) => cell !== '');
  const description = descriptions.slice(1).find((cell) => cell !== '');
  return {
    ...(id === undefined
      ? {}
      : { device: { id, maker: 'Gemini Data Loggers', ...(model === undefined ? {} : { model }) } }),
    ...(description === undefined ? {} : { deviceSummary: description }),
  };
}
