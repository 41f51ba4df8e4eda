import { keyAndValue } from '../cell-parts.js';
import { decimalReader } from '../decimal.js';
import type { LoggerFamily } from '../logger-family.js';
import { asks, cellsOf, type LoggerText } from '../logger-file.js';
import type { Contradiction, Declared, Recording } from '../recording.js';
import { typicalStepUs } from '../stretches.js';
import { type TableColumn, tableChannels } from '../table-logger.js';
import { quantityOfLabel, unitOfLabel } from '../unit-label.js';
import { WRITTEN_UNITS } from '../units.js';

/**
 * Rotronic (HW4, HygroLog): sections `[#I]`, `[#S]`, `[#1]`… for each channel with its unit and alarm thresholds, `[#H]`
 * and `[#D]`, separated by tabs under a name ending in `.xls`, or by commas. Date and time stand in two columns.
 */
export const rotronic: LoggerFamily = {
  name: 'rotronic',
  title: 'Rotronic (HW4, HygroLog)',
  recognises: ({ text }) => text !== null && dataLine(text) !== null,
  open: (file) => {
    const { text } = file;
    const data = text === null ? null : dataLine(text);
    if (text === null || data === null) throw asks('this is no Rotronic export', 'family');
    const delimiter = text.lines.slice(0, data).some((line) => line.includes('\t')) ? '\t' : ',';
    const head = text.lines.slice(0, data).map((line) => cellsOf(line, delimiter));
    const at = head.findIndex(([cell = '']) => cell === '[#H]');
    const names = head.slice(at + 1).find((cells) => cells.some((cell) => cell !== '')) ?? [];
    const channels = channelsOf(head);
    const date = names.findIndex((name) => /^Date$/i.test(name)) + 1;
    const time = names.findIndex((name) => /^Time$/i.test(name)) + 1;
    if (at < 0 || date === 0) throw asks('the header of the Rotronic export names no date', 'time.columns');
    const columns: TableColumn[] = [];
    const left: string[] = [];
    for (const [index, name] of names.entries()) {
      if (name === '' || index + 1 === date || index + 1 === time) continue;
      const channel = channels.get(name);
      const unit = channel === undefined ? null : unitOfLabel(channel.unit);
      const quantity = quantityOfLabel(name, unit);
      if (quantity === null) left.push(name);
      else {
        const limits = unit === null || channel === undefined ? null : limitsOf(channel, unit);
        columns.push({ column: index + 1, name, quantity, unit, ...(limits === null ? {} : { limits }) });
      }
    }
    const values = valuesOf(head);
    return tableChannels(file, {
      family: 'rotronic',
      delimiter,
      headerLines: data + 1,
      time: { columns: time === 0 ? [date] : [date, time] },
      zone: null,
      columns,
      left,
      declared: declaredOf(values),
      compare: (recording) => intervalContradiction(values.get('Log Interval'), recording),
    });
  },
};

function dataLine({ lines }: LoggerText): number | null {
  const top = lines.slice(0, 60);
  if (!top.some((line) => line.startsWith('[#I]') || line.startsWith('[#S]'))) return null;
  const at = top.findIndex((line) => line.startsWith('[#D]'));
  return at < 0 ? null : at;
}

interface RotronicChannel {
  readonly unit: string;
  low: string | null;
  high: string | null;
}

/** The blocks `[#1]`, `[#2]`…: `Temperature = °C` and its thresholds. */
function channelsOf(head: readonly (readonly string[])[]): Map<string, RotronicChannel> {
  const channels = new Map<string, RotronicChannel>();
  let inside = false;
  let current: RotronicChannel | null = null;
  for (const [cell = ''] of head) {
    if (cell.startsWith('[#')) {
      inside = /^\[#\d+\]/.test(cell);
      current = null;
      continue;
    }
    const entry = inside ? keyAndValue(cell, '=') : null;
    if (entry === null) continue;
    const { value } = entry;
    const name = entry.key.trimEnd();
    if (/^Low Alarm/i.test(name)) {
      if (current !== null) current.low = value;
    } else if (/^High Alarm/i.test(name)) {
      if (current !== null) current.high = value;
    } else if (current === null) {
      current = { unit: value, low: null, high: null };
      channels.set(name, current);
    }
  }
  return channels;
}

function limitsOf(channel: RotronicChannel, unit: keyof typeof WRITTEN_UNITS): Declared['limits'] | null {
  const read = decimalReader('.', WRITTEN_UNITS[unit]);
  const [min, max] = [channel.low, channel.high].map((text) => (text === null ? Number.NaN : read(text)));
  const limits = {
    ...(Number.isFinite(min) ? { min: min! } : {}),
    ...(Number.isFinite(max) ? { max: max! } : {}),
  };
  return Object.keys(limits).length === 0 ? null : limits;
}

function valuesOf(head: readonly (readonly string[])[]): Map<string, string> {
  const values = new Map<string, string>();
  for (const [cell = ''] of head) {
    const entry = keyAndValue(cell, '=');
    if (entry === null || entry.value === '') continue;
    const name = entry.key.trimEnd();
    if (!values.has(name)) values.set(name, entry.value.trimEnd());
  }
  return values;
}

function declaredOf(values: ReadonlyMap<string, string>): Declared {
  const id = values.get('Serial Number');
  const firmware = values.get('Version');
  const summary = [...values].map(([name, value]) => `${name} = ${value}`).join('\n');
  return {
    ...(id === undefined ? {} : { device: { id: id.slice(0, 200), maker: 'Rotronic' } }),
    ...(firmware === undefined ? {} : { firmware: firmware.slice(0, 200) }),
    ...(summary === '' ? {} : { deviceSummary: summary.slice(0, 1000) }),
  };
}

/** `Log Interval = 12:00:00` against the rows. */
function intervalContradiction(stated: string | undefined, { samples }: Recording): readonly Contradiction[] {
  const match = /^(\d{1,3}):(\d{2}):(\d{2})$/.exec(stated ?? '');
  const shown = typicalStepUs(samples);
  if (match === null || shown === null) return [];
  const us = (Number(match[1]) * 3600 + Number(match[2]) * 60 + Number(match[3])) * 1_000_000;
  return us === shown ? [] : [{ about: 'interval', stated: `${us} us`, found: `${shown} us` }];
}
