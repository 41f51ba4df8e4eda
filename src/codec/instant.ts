/** A point in time as people write it: seconds since 1970-01-01T00:00:00Z, and the writer's offset from UTC in minutes. */
export interface Instant {
  readonly utcS: number;
  readonly offsetMin: number;
}

/** 9999-12-31T23:59:59Z, the last second that four digits of a year can write. */
export const LAST_INSTANT_S = 253_402_300_799;

const RFC_3339 = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(?:Z|([+-])(\d{2}):(\d{2}))$/;
const DAY_S = 86_400;

/** True for whole seconds from 1970 to the end of 9999. */
export function isInstant(utcS: unknown): utcS is number {
  return Number.isSafeInteger(utcS) && (utcS as number) >= 0 && (utcS as number) <= LAST_INSTANT_S;
}

/**
 * RFC 3339 text of whole seconds: `2026-08-28T09:05:00+08:00`, with `Z` where the offset is 0. Throws RangeError for
 * an instant outside 0…253402300799, an offset beyond ±23:59, or a local time outside the years 0000 to 9999.
 */
export function formatInstant(utcS: number, offsetMin = 0): string {
  if (!isInstant(utcS))
    throw new RangeError(`instant: expected seconds from 0 to ${LAST_INSTANT_S}, got ${utcS}`);
  if (!Number.isSafeInteger(offsetMin) || Math.abs(offsetMin) > 1439) {
    throw new RangeError(`instant: expected an offset within 1439 minutes, got ${offsetMin}`);
  }
  const localS = utcS + offsetMin * 60;
  const day = Math.floor(localS / DAY_S);
  const inDay = localS - day * DAY_S;
  const [year, month, date] = civilFromDays(day);
  if (year > 9999) throw new RangeError('instant: the local time is beyond the year 9999');
  const time = `${pad(Math.floor(inDay / 3600))}:${pad(Math.floor(inDay / 60) % 60)}:${pad(inDay % 60)}`;
  return `${pad(year, 4)}-${pad(month)}-${pad(date)}T${time}${formatOffset(offsetMin)}`;
}

/**
 * Reads RFC 3339 with `T`, whole seconds and an offset (`Z` or `±hh:mm`, not `-00:00`, which means that the place is
 * unknown). No leap second: `:60` has no number of its own. Throws RangeError.
 */
export function parseInstant(text: string): Instant {
  const instant = readInstant(text);
  if (instant === null)
    throw new RangeError(
      'instant: expected RFC 3339 with seconds and offset, as in `2026-08-28T09:05:00+08:00`',
    );
  return instant;
}

/** As `parseInstant`, but null for a text that is none. */
export function readInstant(text: string): Instant | null {
  const match = RFC_3339.exec(text);
  if (match === null) return null;
  const [year, month, date, hour, minute, second] = match.slice(1, 7).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  if (month < 1 || month > 12 || date < 1 || date > daysInMonth(year, month)) return null;
  if (hour > 23 || minute > 59 || second > 59) return null;
  const offsetMin = readOffset(match[7], match[8], match[9]);
  if (offsetMin === null) return null;
  const utcS = daysFromCivil(year, month, date) * DAY_S + hour * 3600 + minute * 60 + second - offsetMin * 60;
  return isInstant(utcS) ? { utcS, offsetMin } : null;
}

function readOffset(sign?: string, hours?: string, minutes?: string): number | null {
  if (sign === undefined) return 0;
  const h = Number(hours);
  const m = Number(minutes);
  if (h > 23 || m > 59 || (sign === '-' && h === 0 && m === 0)) return null;
  return sign === '-' ? -(h * 60 + m) : h * 60 + m;
}

function formatOffset(offsetMin: number): string {
  if (offsetMin === 0) return 'Z';
  const minutes = Math.abs(offsetMin);
  return `${offsetMin < 0 ? '-' : '+'}${pad(Math.floor(minutes / 60))}:${pad(minutes % 60)}`;
}

function pad(value: number, width = 2): string {
  return String(value).padStart(width, '0');
}

/** Days of a month (1 to 12) in the proleptic Gregorian calendar. */
export function daysInMonth(year: number, month: number): number {
  if (month !== 2) return [4, 6, 9, 11].includes(month) ? 30 : 31;
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
}

// Days since 1970-01-01 in the proleptic Gregorian calendar, counted in eras of 400 years (146,097 days) that begin
// on 1 March, so that the leap day is the last day of a year. 719,468 days lie between 0000-03-01 and 1970-01-01.
const ERA_DAYS = 146_097;
const EPOCH_SHIFT = 719_468;

/** Days since 1970-01-01 of a civil date. */
export function daysFromCivil(year: number, month: number, date: number): number {
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + date - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * ERA_DAYS + dayOfEra - EPOCH_SHIFT;
}

/** Civil date of a number of days since 1970-01-01. */
export function civilFromDays(days: number): [year: number, month: number, date: number] {
  const shifted = days + EPOCH_SHIFT;
  const era = Math.floor(shifted / ERA_DAYS);
  const dayOfEra = shifted - era * ERA_DAYS;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const fromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const date = dayOfYear - Math.floor((153 * fromMarch + 2) / 5) + 1;
  const month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9;
  return [era * 400 + yearOfEra + (month <= 2 ? 1 : 0), month, date];
}
