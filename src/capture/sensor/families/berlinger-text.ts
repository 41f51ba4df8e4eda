import { GoodOrderError } from '../../../errors.js';
import { keyAndValue } from '../cell-parts.js';
import { utf8Of } from '../file-encoding.js';
import type { LoggerFile } from '../logger-file.js';

/** One row under `Data:`, with the number of its line. */
export interface BerlingerRow {
  readonly line: number;
  readonly fields: readonly string[];
}

/** What a Fridge-tag keeps of a day. */
export interface DailyRecord {
  readonly date: string;
  readonly min: { readonly text: string; readonly at: string } | null;
  readonly max: { readonly text: string; readonly at: string } | null;
  readonly mean: string | null;
  /** Minutes beyond an alarm's limit, by the alarm's number. */
  readonly beyond: readonly string[];
}

export interface BerlingerAlarm {
  readonly index: number;
  /** Null where the device states none. */
  readonly type: number | null;
  readonly limit: string;
}

export interface BerlingerFile {
  /** A value by its section (`''` = none) and key; null where it is absent or empty. */
  value(section: string, key: string): string | null;
  readonly alarms: readonly BerlingerAlarm[];
  readonly days: readonly DailyRecord[];
  readonly rows: readonly BerlingerRow[];
  /** Every extreme that the device states, and when. */
  readonly extremes: readonly { readonly text: string; readonly at: string }[];
  readonly summary: string;
}

const MAX_LINES = 2_000_000;
const MAX_DAYS = 400;
const SUMMARY_BYTES = 4000;

/** Reads the nested text. Lines that are no key with a value, and no row, belong to the device and are left. */
export function parseBerlinger({ bytes, text }: LoggerFile): BerlingerFile {
  const lines = new TextDecoder().decode(utf8Of(bytes, text?.encoding ?? 'utf-8')).split('\n');
  if (lines.length > MAX_LINES) {
    throw new GoodOrderError('sensor-import.columns', `the file has more than ${MAX_LINES} lines`);
  }
  const values = new Map<string, string>();
  const alarms: BerlingerAlarm[] = [];
  const rows: BerlingerRow[] = [];
  const days: { -readonly [K in keyof DailyRecord]: DailyRecord[K] }[] = [];
  const extremes: { text: string; at: string }[] = [];
  let section = '';
  let block = '';
  let index = 0;
  for (const [at, raw] of lines.entries()) {
    const line = raw.endsWith('\r') ? raw.slice(0, -1) : raw;
    if (line.trim() === '') continue;
    const indent = line.search(/\S/);
    if (line.startsWith('\t')) {
      if (section === 'Data' && !/^\tyyyy/.test(line)) {
        rows.push({ line: at + 1, fields: line.slice(1).split('\t') });
      }
      continue;
    }
    const entry = keyAndValue(line.trim(), ':');
    if (entry === null) continue;
    const { key, value } = entry;
    if (indent === 0) {
      section = value === '' ? key : '';
      block = '';
      if (value !== '') values.set(`/${key}`, value);
      continue;
    }
    if (indent === 1) block = value === '' ? key : '';
    if (/^\d+$/.test(key) && value === '') index = Number(key);
    const fields = fieldsOf(line.trim());
    if (section === 'Hist') readDay(days, extremes, indent, key, fields, index);
    else {
      if (block === 'Alarm' && fields.has('T AL')) {
        const type = fields.get('Type');
        alarms.push({
          index,
          type: type === undefined ? null : Number(type),
          limit: fields.get('T AL')!,
        });
      }
      for (const [name, when] of [
        ['Min T', 'TS Min T'],
        ['Max T', 'TS Max T'],
        ['T M', 'TS M'],
      ] as const) {
        const stated = fields.get(name);
        if (section === 'Res' && stated !== undefined)
          extremes.push({ text: stated, at: fields.get(when) ?? '' });
      }
    }
    for (const [name, stated] of fields) {
      const place = `${section}/${name}`;
      if (indent <= 1 && !values.has(place)) values.set(place, stated);
    }
  }
  return {
    value: (place, key) => values.get(`${place}/${key}`) || null,
    alarms,
    days,
    rows,
    extremes,
    summary: summaryOf(values, days),
  };
}

/** `Min T: 0.9, TS Min T: 2022-11-08 12:49`: several keys on one line. */
function fieldsOf(line: string): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  for (const part of line.split(', ')) {
    const cut = part.indexOf(':');
    if (cut > 0) fields.set(part.slice(0, cut).trim(), part.slice(cut + 1).trim());
  }
  return fields;
}

function readDay(
  days: { -readonly [K in keyof DailyRecord]: DailyRecord[K] }[],
  extremes: { text: string; at: string }[],
  indent: number,
  key: string,
  fields: ReadonlyMap<string, string>,
  index: number,
): void {
  if (indent === 2 && key === 'Date' && days.length < MAX_DAYS) {
    days.push({ date: fields.get('Date') ?? '', min: null, max: null, mean: null, beyond: [] });
    return;
  }
  const day = days.at(-1);
  if (day === undefined) return;
  for (const [name, side] of [
    ['Min T', 'min'],
    ['Max T', 'max'],
  ] as const) {
    const text = fields.get(name);
    if (indent !== 2 || text === undefined) continue;
    const at = fields.get(`TS ${name}`) ?? '';
    day[side] = { text, at };
    extremes.push({ text, at: `${day.date} ${at}` });
  }
  if (indent === 2 && key === 'Avrg T') day.mean = fields.get('Avrg T') ?? null;
  if (fields.has('t Acc')) {
    const beyond = [...day.beyond];
    beyond[index] = fields.get('t Acc')!;
    day.beyond = beyond.slice(0, 8);
  }
}

/** What the device says of the whole run, then of each day, as far as a record holds it. */
function summaryOf(values: ReadonlyMap<string, string>, days: readonly DailyRecord[]): string {
  const run = [...values]
    .filter(([place]) => place.startsWith('Res/'))
    .map(([place, value]) => `${place.slice(4)}: ${value}`);
  const daily = days.map(
    ({ date, min, max, mean, beyond }) =>
      `${date} min ${min?.text ?? '-'} ${min?.at ?? ''} max ${max?.text ?? '-'} ${max?.at ?? ''} mean ${mean ?? '-'} beyond ${Array.from(beyond, (minutes) => minutes ?? '-').join('/')} min`,
  );
  const lines: string[] = [];
  let bytes = 0;
  for (const line of [...run, ...daily]) {
    const size = new TextEncoder().encode(line).length + 1;
    if (bytes + size > SUMMARY_BYTES) break;
    lines.push(line);
    bytes += size;
  }
  return lines.join('\n');
}
