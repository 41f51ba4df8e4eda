import { daysFromCivil, daysInMonth } from '../../codec/instant.js';

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const TOKENS = /YYYY|YY|MMM|MM|M|DD|D|HH|H|hh|h|mm|ss|S|A/g;

interface Parts {
  year: number;
  month: number;
  date: number;
  hour: number;
  minute: number;
  second: number;
  micros: number;
  /** null = not said, else true for PM. */
  pm: boolean | null;
}

/** Reads one token at `at`; returns where it ends, or -1. */
type Step = (text: string, at: number, parts: Parts) => number;

/**
 * Makes a reader of local times in one written form, to microseconds since 1970-01-01T00:00:00 on the same clock; NaN
 * for any other text. Tokens: YYYY, YY (2000-2099), MM or M, MMM (English, any case), DD or D, HH or H (0-23), hh or h
 * (1-12, with A), mm, ss, S (a fraction of any length), A (AM/PM). One-letter tokens take one or two digits. Anything
 * else stands for itself; blanks at the ends are ignored. Throws RangeError for a form that does not fix the minute.
 */
export function timeReader(format: string): (text: string) => number {
  const steps = compile(format);
  // Rows of one day follow one another: the calendar is asked once a day.
  let cachedKey = -1;
  let cachedDays = 0;
  return (text) => {
    const trimmed = text.trim();
    const parts: Parts = { year: 0, month: 0, date: 0, hour: 0, minute: 0, second: 0, micros: 0, pm: null };
    let at = 0;
    for (const step of steps) {
      at = step(trimmed, at, parts);
      if (at < 0) return Number.NaN;
    }
    if (at !== trimmed.length) return Number.NaN;
    const hour = hourOf(parts);
    if (hour > 23 || parts.minute > 59 || parts.second > 59) return Number.NaN;
    const key = (parts.year * 100 + parts.month) * 100 + parts.date;
    if (key !== cachedKey) {
      if (parts.month < 1 || parts.month > 12) return Number.NaN;
      if (parts.date < 1 || parts.date > daysInMonth(parts.year, parts.month)) return Number.NaN;
      cachedDays = daysFromCivil(parts.year, parts.month, parts.date);
      cachedKey = key;
    }
    return (cachedDays * 86_400 + hour * 3600 + parts.minute * 60 + parts.second) * 1_000_000 + parts.micros;
  };
}

const NO_HOUR = 99;

function hourOf({ hour, pm }: Parts): number {
  if (pm === null) return hour;
  if (hour < 1 || hour > 12) return NO_HOUR;
  return (hour % 12) + (pm ? 12 : 0);
}

function compile(format: string): Step[] {
  const steps: Step[] = [];
  const seen = new Set<string>();
  let from = 0;
  for (const match of format.matchAll(TOKENS)) {
    if (match.index > from) steps.push(literal(format.slice(from, match.index)));
    const [token] = match;
    const kind = token.charAt(0);
    if (seen.has(kind)) throw new RangeError(`\`${token}\` stands twice in \`${format}\``);
    seen.add(kind);
    steps.push(tokenStep(token));
    from = match.index + token.length;
  }
  if (from < format.length) steps.push(literal(format.slice(from)));
  const hour = seen.has('H') !== seen.has('h') && seen.has('h') === seen.has('A');
  if (!hour || !['Y', 'M', 'D', 'm'].every((kind) => seen.has(kind))) {
    throw new RangeError(`\`${format}\` does not say year, month, day, hour and minute once each`);
  }
  return steps;
}

function tokenStep(token: string): Step {
  switch (token) {
    case 'YYYY':
      return digits(4, 4, 'year');
    case 'YY':
      return digits(2, 2, 'year', 2000);
    case 'MMM':
      return monthName;
    case 'MM':
    case 'M':
      return digits(token.length, 2, 'month');
    case 'DD':
    case 'D':
      return digits(token.length, 2, 'date');
    case 'mm':
      return digits(2, 2, 'minute');
    case 'ss':
      return digits(2, 2, 'second');
    case 'S':
      return fraction;
    case 'A':
      return halfOfDay;
    default:
      return digits(token.length, 2, 'hour');
  }
}

function literal(expected: string): Step {
  return (text, at) => (text.startsWith(expected, at) ? at + expected.length : -1);
}

type Numeric = 'year' | 'month' | 'date' | 'hour' | 'minute' | 'second';

function digits(min: number, max: number, part: Numeric, base = 0): Step {
  return (text, at, parts) => {
    let value = 0;
    let end = at;
    for (; end < at + max; end += 1) {
      const digit = text.charCodeAt(end) - 0x30;
      if (!(digit >= 0 && digit <= 9)) break;
      value = value * 10 + digit;
    }
    if (end - at < min) return -1;
    parts[part] = base + value;
    return end;
  };
}

/** Any number of digits; what lies below a microsecond is cut. */
function fraction(text: string, at: number, parts: Parts): number {
  let end = at;
  let value = 0;
  for (; ; end += 1) {
    const digit = text.charCodeAt(end) - 0x30;
    if (!(digit >= 0 && digit <= 9)) break;
    if (end - at < 6) value = value * 10 + digit;
  }
  if (end === at) return -1;
  parts.micros = value * 10 ** Math.max(0, 6 - (end - at));
  return end;
}

function monthName(text: string, at: number, parts: Parts): number {
  parts.month = MONTHS.indexOf(text.slice(at, at + 3).toLowerCase()) + 1;
  return parts.month === 0 ? -1 : at + 3;
}

function halfOfDay(text: string, at: number, parts: Parts): number {
  const half = text.slice(at, at + 2).toLowerCase();
  if (half !== 'am' && half !== 'pm') return -1;
  parts.pm = half === 'pm';
  return at + 2;
}
