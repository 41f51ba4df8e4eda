import { readInstant } from '../../codec/instant.js';
import { GoodOrderError } from '../../errors.js';
import { SENSOR_LOCATIONS } from '../../record/types/sensor-batch.js';
import '../../record/zod-setup.js';
import * as z from 'zod/mini';
import { FILE_ENCODINGS } from './file-encoding.js';
import {
  ELAPSED_UNITS,
  type ElapsedUnit,
  SERIAL_UNITS,
  type SerialUnit,
  WRITTEN_UNIT_NAMES,
} from './units.js';
import { timeReader } from './written-time.js';

export const COLUMN_MAP_FORMAT = 'goodorder-columns/1';

const text = (max: number) => z.string().check(z.minLength(1), z.maxLength(max));
const whole = (min: number, max: number) => z.int().check(z.gte(min), z.lte(max));
const positive = () => whole(1, Number.MAX_SAFE_INTEGER);
/** A column by its number from 1, or by the exact text that names it. */
const column = () => z.union([whole(1, 1000), text(200)]);

const instant = () =>
  z.pipe(
    z.string().check(z.refine((value) => readInstant(value) !== null, 'is not a time with its offset')),
    z.transform((value) => readInstant(value)!),
  );
const utcOffset = () =>
  z.pipe(
    z.string().check(z.refine((value) => offsetMinutes(value) !== null, 'is not an offset as +08:00')),
    z.transform((value) => offsetMinutes(value)!),
  );
const timeForm = () => text(60).check(z.refine(isTimeForm, 'is not a form of time that says year to minute'));

/** The schema of a column map; also the source of the published JSON Schema. */
export const columnMapSchema = () =>
  z
    .strictObject({
      format: z.literal(COLUMN_MAP_FORMAT),
      title: z.exactOptional(text(200)),

      // How the text is written.
      encoding: z._default(z.enum(FILE_ENCODINGS), 'utf-8'),
      delimiter: z._default(
        z.string().check(
          z.length(1),
          z.refine((c) => c !== '"' && c !== '\n' && c !== '\r'),
        ),
        ',',
      ),
      quote: z._default(z.boolean(), true),
      decimal: z._default(z.enum(['.', ',']), '.'),
      /** Physical lines before the first row. */
      headerLines: z._default(whole(0, 1000), 1),
      /** Which of them names the columns. */
      namesLine: z.exactOptional(whole(1, 1000)),
      /** Which of them are the device's own words, kept on the record. */
      summaryLines: z.exactOptional(z.array(whole(1, 1000)).check(z.maxLength(64))),
      /** What a row without any value is: an event such as `Button Down`, or an error. */
      blankRows: z._default(z.enum(['event', 'refuse']), 'refuse'),

      time: z.union([
        z.strictObject({
          columns: z.array(column()).check(z.minLength(1), z.maxLength(4)),
          form: timeForm(),
          utcOffset: z.exactOptional(utcOffset()),
          /** A second column that tells the same time: where the two part, the batch says so. */
          check: z.exactOptional(
            z.union([
              z.strictObject({ column: column(), serial: z.enum(keysOf<SerialUnit>(SERIAL_UNITS)) }),
              z.strictObject({ column: column(), elapsed: z.enum(keysOf<ElapsedUnit>(ELAPSED_UNITS)) }),
            ]),
          ),
        }),
        z.strictObject({
          column: column(),
          serial: z.enum(keysOf<SerialUnit>(SERIAL_UNITS)),
          utcOffset: z.exactOptional(utcOffset()),
        }),
        z.strictObject({
          column: column(),
          elapsed: z.enum(keysOf<ElapsedUnit>(ELAPSED_UNITS)),
          start: z.exactOptional(instant()),
          /** The same by the device's own clock, where that says something else. */
          deviceStart: z.exactOptional(instant()),
        }),
        z.strictObject({
          everyUs: positive(),
          start: z.exactOptional(instant()),
          deviceStart: z.exactOptional(instant()),
        }),
      ]),

      unit: z.enum(WRITTEN_UNIT_NAMES),
      values: z
        .array(z.strictObject({ column: column(), axis: z.exactOptional(z.enum(['x', 'y', 'z', 'any'])) }))
        .check(z.minLength(1), z.maxLength(3)),
      /** What stands behind every number, as in `20.873 °C`. */
      suffix: z.exactOptional(text(20)),
      /** Of a file of several devices, the rows of one. */
      only: z.exactOptional(z.strictObject({ column: column(), equals: text(200) })),

      // What the file does not say, or not in a form that a machine reads.
      intervalUs: z.exactOptional(positive()),
      span: z.exactOptional(z.strictObject({ from: instant(), to: instant() })),
      device: z.exactOptional(
        z.strictObject({
          id: text(200),
          model: z.exactOptional(text(200)),
          maker: z.exactOptional(text(200)),
        }),
      ),
      recording: z.exactOptional(
        z.union([
          z.strictObject({ mode: z.literal('continuous') }),
          z.strictObject({ mode: z.literal('triggered'), thresholdMilliG: positive() }),
        ]),
      ),
      clockOffsetMs: z.exactOptional(z.int()),
      endReason: z.exactOptional(z.enum(['stopped', 'battery', 'memory', 'unknown'])),
      mount: z.exactOptional(z.enum(['product', 'package', 'pallet'])),
      location: z.exactOptional(z.enum(SENSOR_LOCATIONS)),
      calibratedAt: z.exactOptional(instant()),
      calibrationDueAt: z.exactOptional(instant()),
      range: z.exactOptional(z.strictObject({ min: z.int(), max: z.int() })),
      bandwidthHz: z.exactOptional(positive()),
      firmware: z.exactOptional(text(200)),
      note: z.exactOptional(text(1000)),

      /** From which size on a swing is a shock, and below which it has ended where a tenth of the peak would be less. */
      pulses: z.exactOptional(
        z.strictObject({ thresholdMilliG: positive(), edgeMilliG: z.exactOptional(positive()) }),
      ),
      /** Limits whose breaches are listed, in the integer unit of the quantity. */
      limits: z.exactOptional(
        z.strictObject({ min: z.exactOptional(z.int()), max: z.exactOptional(z.int()) }),
      ),
    })
    .check(
      z.refine(
        (map) => map.namesLine === undefined || map.namesLine <= map.headerLines,
        'namesLine is not a header line',
      ),
    );

/** A declared column map: how a logger's CSV is to be read, as its user says. */
export type ColumnMap = z.infer<ReturnType<typeof columnMapSchema>>;

/**
 * Checks a column map as parsed from YAML or JSON. Throws GoodOrderError `sensor-import.columns` with the path of the
 * first thing that is wrong.
 */
export function readColumnMap(value: unknown, file?: string): ColumnMap {
  const result = z.safeParse(columnMapSchema(), value);
  if (result.success) return result.data;
  const issue = result.error.issues[0]!;
  const path = pathOf(issue);
  const problem =
    issue.code === 'unrecognized_keys' ? 'is no part of a column map' : issue.message.toLowerCase();
  throw new GoodOrderError(
    'sensor-import.columns',
    path === '' ? problem : `\`${path}\` ${problem}`,
    file === undefined ? { path } : { file, path },
  );
}

function pathOf(issue: z.core.$ZodIssue): string {
  const keys = issue.code === 'unrecognized_keys' ? [...issue.path, issue.keys[0]!] : issue.path;
  return keys.reduce<string>(
    (path, key) =>
      typeof key === 'number' ? `${path}[${key}]` : path === '' ? String(key) : `${path}.${String(key)}`,
    '',
  );
}

function isTimeForm(form: string): boolean {
  try {
    timeReader(form);
    return true;
  } catch {
    return false;
  }
}

/** `+08:00`, `-03:30`, `Z` in minutes; null for anything else. */
export function offsetMinutes(text: string): number | null {
  return readInstant(`2000-01-01T00:00:00${text}`)?.offsetMin ?? null;
}

function keysOf<K extends string>(table: Readonly<Record<K, unknown>>): [K, ...K[]] {
  return Object.keys(table) as [K, ...K[]];
}
