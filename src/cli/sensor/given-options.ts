import { offsetMinutes } from '../../capture/sensor/column-map.js';
import { decimalReader } from '../../capture/sensor/decimal.js';
import type { Given } from '../../capture/sensor/recording.js';
import type { DateOrder } from '../../capture/sensor/time-form.js';
import { ELAPSED_UNITS, WRITTEN_UNITS, type WrittenUnit } from '../../capture/sensor/units.js';
import { type Instant, parseInstant } from '../../codec/instant.js';
import { GoodOrderError } from '../../errors.js';
import type { Quantity } from '../../record/types/sensor-batch.js';

/** What the command line adds to a file. */
export interface GivenOptions {
  readonly quantity?: Quantity;
  readonly device?: string;
  readonly utcOffset?: string;
  readonly start?: string;
  readonly unit?: WrittenUnit;
  readonly dateOrder?: DateOrder;
  readonly interval?: string;
  readonly pulsesAbove?: string;
  readonly triggeredAbove?: string;
  readonly clockOffset?: string;
  readonly limitMin?: string;
  readonly limitMax?: string;
}

/** Units that limits are given in, by quantity. */
const LIMIT_UNITS = {
  temperature: 'degC',
  humidity: '%RH',
  acceleration: 'g',
  tilt: 'deg',
  light: 'lux',
  pressure: 'Pa',
} as const satisfies Readonly<Record<Quantity, WrittenUnit>>;

/** @throws GoodOrderError `cli.usage` for a value that is none */
export function givenBy(options: GivenOptions): Given {
  const { utcOffset, start, interval, pulsesAbove, triggeredAbove, clockOffset } = options;
  const utcOffsetMin = utcOffset === undefined ? undefined : offsetMinutes(utcOffset);
  if (utcOffsetMin === null) throw usage(`\`${utcOffset}\` is not an offset such as +08:00`);
  const limits = limitsOf(options);
  return {
    ...(utcOffsetMin === undefined ? {} : { utcOffsetMin }),
    ...(start === undefined ? {} : { start: readTime(start) }),
    ...(options.unit === undefined ? {} : { writtenUnit: options.unit }),
    ...(options.dateOrder === undefined ? {} : { dateOrder: options.dateOrder }),
    ...(options.device === undefined ? {} : { deviceId: options.device }),
    ...(interval === undefined ? {} : { intervalUs: intervalOf(interval) }),
    ...(limits === null ? {} : { limits }),
    ...(clockOffset === undefined ? {} : { clockOffsetMs: clockOffsetOf(clockOffset) }),
    ...(triggeredAbove === undefined
      ? {}
      : {
          recording: {
            mode: 'triggered' as const,
            thresholdMilliG: positive(integerOf(triggeredAbove, 'acceleration'), triggeredAbove),
          },
        }),
    ...(pulsesAbove === undefined
      ? {}
      : { pulses: { thresholdMilliG: positive(integerOf(pulsesAbove, 'acceleration'), pulsesAbove) } }),
  };
}

function limitsOf({ quantity, limitMin, limitMax }: GivenOptions): NonNullable<Given['limits']> | null {
  if (limitMin === undefined && limitMax === undefined) return null;
  if (quantity === undefined) throw usage('say with `--quantity` what the limits are of');
  return {
    ...(limitMin === undefined ? {} : { min: integerOf(limitMin, quantity) }),
    ...(limitMax === undefined ? {} : { max: integerOf(limitMax, quantity) }),
  };
}

function integerOf(text: string, quantity: Quantity): number {
  const value = decimalReader('.', WRITTEN_UNITS[LIMIT_UNITS[quantity]])(text);
  if (!Number.isSafeInteger(value)) throw usage(`\`${text}\` is no number of ${LIMIT_UNITS[quantity]}`);
  return value;
}

function clockOffsetOf(text: string): number {
  const ms = decimalReader('.', { num: 1000, den: 1, offset: 0 })(text);
  if (!Number.isSafeInteger(ms)) throw usage(`\`${text}\` is no number of seconds`);
  return ms;
}

function intervalOf(text: string): number {
  const us = decimalReader('.', ELAPSED_UNITS.s)(text);
  if (!Number.isSafeInteger(us)) throw usage(`\`${text}\` is no number of seconds`);
  return positive(us, text);
}

function positive(value: number, text: string): number {
  if (value < 1) throw usage(`\`${text}\` is not above zero`);
  return value;
}

function readTime(text: string): Instant {
  try {
    return parseInstant(text);
  } catch (error) {
    throw new GoodOrderError(
      'cli.usage',
      `\`${text}\` is not a time with its offset, as in 2026-08-28T09:05:00+08:00`,
      {},
      error,
    );
  }
}

function usage(message: string): GoodOrderError {
  return new GoodOrderError('cli.usage', message);
}
