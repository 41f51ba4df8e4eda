import { GoodOrderError } from '../../errors.js';
import type { Quantity } from '../../record/types/sensor-batch.js';
import { type BatchOptions, type SensorDraft, type SensorImport, sensorBatchOf } from './batch.js';
import type { ColumnMap } from './column-map.js';
import { readDeclaredCsv } from './declared-csv.js';
import { LOGGER_FAMILIES } from './families/index.js';
import type { Channel, FamilyName, LoggerFamily } from './logger-family.js';
import { asks, type LoggerFile, openLoggerFile } from './logger-file.js';
import type { Given } from './recording.js';

export type { Given, SensorDraft, SensorImport };

/**
 * A logger's CSV, read as its declared column map says, as the payload of a sensor-batch record and a report of what
 * became of every row. Throws `sensor-import.*`; reads nothing but its arguments.
 */
export function importDeclaredCsv(
  bytes: Uint8Array,
  map: ColumnMap,
  given: Given = {},
  options: BatchOptions & { readonly rawFile?: Uint8Array } = {},
): SensorImport {
  return sensorBatchOf(readDeclaredCsv(bytes, map, given), options.rawFile ?? bytes, options);
}

/** Which of a file's channels to read; absent = all of them. */
export interface Choice {
  readonly family?: FamilyName;
  readonly quantity?: Quantity;
  /** Name of a channel, exactly. */
  readonly channel?: string;
}

/**
 * A logger's export, recognised by what it holds: one batch for each sensor of it. `rawFile` are the bytes that the batch
 * binds, where they are not the ones read (a workbook's sheet). Throws `sensor-import.*` for a file that no family or more
 * than one recognises, and for what the file leaves open and nobody gave.
 */
export function importLogger(
  bytes: Uint8Array,
  choice: Choice = {},
  given: Given = {},
  options: BatchOptions & { readonly rawFile?: Uint8Array } = {},
): readonly SensorImport[] {
  const file = openLoggerFile(bytes);
  const family = familyOf(file, choice.family);
  const { channels, left } = family.open(file);
  if (channels.length === 0) {
    throw asks(`the file holds nothing that a sensor batch can carry, but ${listed(left)}`, 'quantity');
  }
  const chosen = channels.filter(
    ({ name, quantity }) =>
      (choice.quantity === undefined || quantity === choice.quantity) &&
      (choice.channel === undefined || name === choice.channel),
  );
  if (chosen.length === 0) {
    throw asks(`the file holds ${channels.map(described).join('; ')}`, 'quantity');
  }
  const columnsLeft = [
    ...channels.filter((other) => !chosen.includes(other)).map(({ name }) => name),
    ...left,
  ];
  return chosen.map((channel) => {
    const recording = channel.read(
      forQuantity(given, channel, chosen.length === 1 || choice.quantity !== undefined),
    );
    return sensorBatchOf(
      { ...recording, report: { ...recording.report, columnsLeft } },
      options.rawFile ?? bytes,
      options,
    );
  });
}

function described({ name, quantity }: Pick<Channel, 'name' | 'quantity'>): string {
  return `${quantity} in \`${name}\``;
}

function listed(names: readonly string[]): string {
  return names.length === 0
    ? 'no column of numbers'
    : names
        .slice(0, 20)
        .map((name) => `\`${name}\``)
        .join(', ');
}

/** Limits are of one quantity: read beside others, where nobody says of which, they would be misread. */
function forQuantity(given: Given, { quantity }: Channel, isLimited: boolean): Given {
  const { limits, pulses, ...rest } = given;
  return {
    ...rest,
    ...(limits === undefined || !isLimited ? {} : { limits }),
    ...(pulses === undefined || quantity !== 'acceleration' ? {} : { pulses }),
  };
}

/** The one family that recognises the file, or the one named. */
export function familyOf(file: LoggerFile, named?: FamilyName): LoggerFamily {
  if (named !== undefined) {
    const family = LOGGER_FAMILIES.find(({ name }) => name === named);
    if (family === undefined) throw new RangeError(`no family of loggers is called ${named}`);
    if (!family.recognises(file)) throw asks(`this is no file of \`${named}\` (${family.title})`, 'family');
    return family;
  }
  const found = LOGGER_FAMILIES.filter((family) => family.recognises(file));
  const [first, ...others] = found;
  if (first !== undefined && others.length === 0) return first;
  if (first === undefined) {
    throw new GoodOrderError(
      'sensor-import.columns',
      'no family of loggers is recognised in this file: `goodorder sensor guess` proposes a column map for it, to be checked and given with `--map`',
      { path: 'family' },
    );
  }
  throw asks(
    `this may be a file of ${found.map(({ name, title }) => `\`${name}\` (${title})`).join(' or ')}: say which with \`--family\``,
    'family',
  );
}
