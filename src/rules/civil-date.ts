import { civilFromDays, daysFromCivil, daysInMonth } from '../codec/instant.js';

const DAY_S = 86_400;

/** Is the text a date as in `2014-03-15`, of the proleptic Gregorian calendar, from 1000-01-01 to 9999-12-31? */
export function isCivilDate(text: string): boolean {
  if (text.length !== 10 || text[4] !== '-' || text[7] !== '-') return false;
  for (const at of [0, 1, 2, 3, 5, 6, 8, 9]) {
    const code = text.charCodeAt(at);
    if (code < 0x30 || code > 0x39) return false;
  }
  const [year, month, date] = partsOf(text);
  return year >= 1000 && month >= 1 && month <= 12 && date >= 1 && date <= daysInMonth(year, month);
}

function partsOf(date: string): [year: number, month: number, date: number] {
  return [Number(date.slice(0, 4)), Number(date.slice(5, 7)), Number(date.slice(8, 10))];
}

/** The civil date of an instant where clocks stand `offsetMin` minutes east of UTC. */
export function civilDateOf(utcS: number, offsetMin: number): string {
  const [year, month, date] = civilFromDays(Math.floor((utcS + offsetMin * 60) / DAY_S));
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`;
}

/** First and last second of a civil date, seconds UTC. */
export function secondsOfDate(
  date: string,
  offsetMin: number,
): { readonly from: number; readonly to: number } {
  const from = daysFromCivil(...partsOf(date)) * DAY_S - offsetMin * 60;
  return { from, to: from + DAY_S - 1 };
}

/**
 * The last second of the day that lies `count` days, months or years after the day of `utcS`: the first day is not
 * counted, the last runs to 24:00. A month without the day ends it on its last day (31 August + 6 months = 28
 * February). Hours run from the instant itself.
 */
export function limitAfter(
  utcS: number,
  offsetMin: number,
  period: { readonly count: number; readonly unit: 'h' | 'days' | 'months' | 'years' },
): number {
  if (period.unit === 'h') return utcS + period.count * 3600;
  const day = Math.floor((utcS + offsetMin * 60) / DAY_S);
  const months = period.count * (period.unit === 'years' ? 12 : 1);
  const last = period.unit === 'days' ? day + period.count : monthsLater(day, months);
  return (last + 1) * DAY_S - 1 - offsetMin * 60;
}

function monthsLater(day: number, count: number): number {
  const [year, month, date] = civilFromDays(day);
  const months = year * 12 + (month - 1) + count;
  const laterYear = Math.floor(months / 12);
  const laterMonth = (months % 12) + 1;
  return daysFromCivil(laterYear, laterMonth, Math.min(date, daysInMonth(laterYear, laterMonth)));
}
