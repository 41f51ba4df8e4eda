import { timeReader } from './written-time.js';

/** Which of the numbers of a date like 03/04/2026 comes first. */
export type DateOrder = 'dmy' | 'mdy' | 'ymd';
export const DATE_ORDERS = ['dmy', 'mdy', 'ymd'] as const satisfies readonly DateOrder[];

export type FoundForm =
  | { readonly found: 'form'; readonly form: string; readonly offset: string | null; readonly shown: string }
  /** Every date of the file could be read in two orders. */
  | { readonly found: 'ambiguous'; readonly example: string }
  | { readonly found: 'none'; readonly example: string };

interface Shape {
  /** First, second and third number of the date, as lengths and values; the month as a word is null. */
  readonly parts: readonly (number | null)[];
  readonly lengths: readonly number[];
  readonly separator: string;
  readonly clock: ClockShape;
  readonly clockFirst: boolean;
  readonly between: string;
  readonly offset: string | null;
}

interface ClockShape {
  readonly hourDigits: number;
  readonly seconds: boolean;
  /** The mark before fractions of a second; null where there are none. */
  readonly fraction: string | null;
  /** What stands before AM or PM; null for a clock of 24 hours. */
  readonly half: string | null;
}

const DATE = /^(\d{1,4})([-/.])(\d{1,2}|[A-Za-z]{3})\2(\d{2,4})$/;
const CLOCK = /^(\d{1,2}):\d{2}(?:(:\d{2})(?:([.,])\d+)?)?(?:( ?)[AaPp][Mm])?$/;
const OFFSET = /(Z|[+-]\d{2}:\d{2})$/;

/**
 * Finds the written form of the times of a column, as `timeReader` takes it. All texts are looked at until one settles
 * which number is the day. A dotted date is day first; a date that begins with four digits is year first; anything else
 * that no text settles is ambiguous, unless the order is given.
 */
export function findTimeForm(texts: Iterable<string>, given?: DateOrder): FoundForm {
  let first: { shape: Shape; text: string } | null = null;
  let example = '';
  let order: DateOrder | null = given ?? null;
  for (const raw of texts) {
    const text = raw.trim();
    if (text === '') continue;
    example ||= text;
    const shape = shapeOf(text);
    if (shape === null) {
      if (first === null) return { found: 'none', example };
      continue;
    }
    first ??= { shape, text };
    order ??= orderOf(shape) ?? orderOfPair(first.shape, shape);
    if (order !== null) break;
  }
  if (first === null) return { found: 'none', example };
  if (order === null) return { found: 'ambiguous', example: first.text };
  const form = formOf(first.shape, order);
  // A form nobody can read would only refuse every row.
  const read = form === null ? Number.NaN : timeReader(form)(first.text);
  if (form === null || (Number.isNaN(read) && given !== undefined))
    return { found: 'none', example: first.text };
  return { found: 'form', form, offset: first.shape.offset, shown: first.text };
}

/** No logger writes a longer one; how long it takes to look for a time grows with the square of this. */
const LONGEST_TIME = 100;

function shapeOf(text: string): Shape | null {
  if (text.length > LONGEST_TIME) return null;
  const zone = OFFSET.exec(text);
  // 2026-08-28 ends like an offset of 28 hours would, without its colon: the pattern asks for one.
  const offset = zone !== null && /\d:\d/.test(text.slice(0, zone.index)) ? zone[1]! : null;
  const bare = offset === null ? text : text.slice(0, zone!.index);
  const cut = /^(\S+?)( *, *| +|T)(\S.*)$/.exec(bare);
  if (cut === null) return null;
  const [, left = '', between = '', right = ''] = cut;
  const clockFirst = CLOCK.test(left);
  const date = DATE.exec(clockFirst ? right.trimEnd() : left);
  const clock = CLOCK.exec(clockFirst ? left : right);
  if (date === null || clock === null) return null;
  const [, a = '', separator = '', b = '', c = ''] = date;
  return {
    parts: [Number(a), /^\d/.test(b) ? Number(b) : null, Number(c)],
    lengths: [a.length, b.length, c.length],
    separator,
    clock: {
      hourDigits: clock[1]!.length,
      seconds: clock[2] !== undefined,
      fraction: clock[3] ?? null,
      half: /[AaPp][Mm]$/.test(clock[0]) ? (clock[4] ?? '') : null,
    },
    clockFirst,
    between,
    offset,
  };
}

function orderOf({ parts: [a, b, c], lengths, separator }: Shape): DateOrder | null {
  if (lengths[0] === 4 || (a ?? 0) > 31) return 'ymd';
  if (b === null || separator === '.') return 'dmy';
  // 21/09/01 may be the first of the month, or its 21st.
  if ((a ?? 0) > 12) return (c ?? 0) > 31 || lengths[2] === 4 ? 'dmy' : null;
  return (b ?? 0) > 12 ? 'mdy' : null;
}

/** Of two dates with years of two digits, the number that changes while the other end stays is the day. */
function orderOfPair(first: Shape, other: Shape): DateOrder | null {
  const [a, , c] = first.parts;
  const [a2, , c2] = other.parts;
  if (Math.max(a ?? 0, a2 ?? 0) <= 12) return null;
  if (c === c2 && a !== a2) return 'dmy';
  return a === a2 && c !== c2 ? 'ymd' : null;
}

function formOf(
  { lengths, parts, separator, clock, clockFirst, between, offset }: Shape,
  order: DateOrder,
): string | null {
  const year = (length: number | undefined): string => (length === 4 ? 'YYYY' : 'YY');
  const month = parts[1] === null ? 'MMM' : 'M';
  let date: string;
  if (order === 'ymd') {
    if (lengths[2] === 4) return null;
    date = [year(lengths[0]), month, 'D'].join(separator);
  } else {
    if (lengths[0] === 4) return null;
    date = (order === 'dmy' ? ['D', month, year(lengths[2])] : ['M', 'D', year(lengths[2])]).join(separator);
  }
  const time = [
    `${clock.half === null ? 'H' : 'h'}:mm`,
    clock.seconds ? ':ss' : '',
    clock.fraction === null ? '' : `${clock.fraction}S`,
    clock.half === null ? '' : `${clock.half}A`,
  ].join('');
  return `${clockFirst ? `${time}${between}${date}` : `${date}${between}${time}`}${offset ?? ''}`;
}
