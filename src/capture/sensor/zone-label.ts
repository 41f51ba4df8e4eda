import { formatInstant } from '../../codec/instant.js';

/** What a file says about the zone of its times. */
export interface ZoneLabel {
  /** As the file has it. */
  readonly text: string;
  /** Minutes east of UTC; null where words leave it open. */
  readonly offsetMin: number | null;
  /** What the words may mean. */
  readonly mayBe: readonly number[];
}

const NUMBER = /\b(?:GMT|UTC) ?([+-])(\d{1,2})(?::?(\d{2}))?\b/i;
const UNIVERSAL = /\b(?:GMT|UTC)\b/;

const H = 60;
// Standard and summer time. A word is never taken for an offset: `Pacific Standard Time` is also what Windows calls the
// zone in summer, and an abbreviation means something else on another continent.
const WORDS: readonly (readonly [RegExp, readonly number[]])[] = [
  [/\bPST\/PDT\b|\bPacific Time\b/i, [-8 * H, -7 * H]],
  [/\bMST\/MDT\b|\bMountain Time\b/i, [-7 * H, -6 * H]],
  [/\bCST\/CDT\b|\bCentral Time\b/i, [-6 * H, -5 * H]],
  [/\bEST\/EDT\b|\bEastern Time\b/i, [-5 * H, -4 * H]],
  [/\bPDT\b|\bPacific Daylight Time\b/i, [-7 * H]],
  [/\bPST\b|\bPacific Standard Time\b/i, [-8 * H]],
  [/\bMDT\b|\bMountain Daylight Time\b/i, [-6 * H]],
  [/\bMST\b|\bMountain Standard Time\b/i, [-7 * H]],
  [/\bCDT\b|\bCentral Daylight Time\b/i, [-5 * H]],
  [/\bCentral Standard Time\b/i, [-6 * H]],
  [/\bEDT\b|\bEastern Daylight Time\b/i, [-4 * H]],
  [/\bEST\b|\bEastern Standard Time\b/i, [-5 * H]],
  [/\bAKDT\b/i, [-8 * H]],
  [/\bAKST\b/i, [-9 * H]],
  [/\bHST\b/i, [-10 * H]],
  [/\bCEST\b|\bMESZ\b|\bCentral European Summer Time\b/i, [2 * H]],
  [/\bCET\b|\bMEZ\b|\bCentral European (?:Standard )?Time\b/i, [H]],
  [/\bEEST\b/i, [3 * H]],
  [/\bEET\b/i, [2 * H]],
  [/\bWEST\b/, [H]],
  [/\bWET\b/, [0]],
  [/\bChina Standard Time\b/i, [8 * H]],
  [/\bJST\b|\b(?:Japan|Tokyo) Standard Time\b/i, [9 * H]],
  [/\bAEDT\b/i, [11 * H]],
  [/\bAEST\b/i, [10 * H]],
];

/** The first label of a zone in the text; null for none. */
export function zoneLabelIn(text: string): ZoneLabel | null {
  const number = NUMBER.exec(text);
  if (number !== null) {
    const [label, sign, hours, minutes = '0'] = number;
    const offsetMin = (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
    if (Math.abs(offsetMin) <= 14 * H && Number(minutes) < 60)
      return { text: label, offsetMin, mayBe: [offsetMin] };
  }
  for (const [pattern, mayBe] of WORDS) {
    const found = pattern.exec(text);
    if (found !== null) return { text: found[0], offsetMin: null, mayBe };
  }
  const universal = UNIVERSAL.exec(text);
  return universal === null ? null : { text: universal[0], offsetMin: 0, mayBe: [0] };
}

export function offsetText(offsetMin: number): string {
  return offsetMin === 0 ? '+00:00' : formatInstant(172_800, offsetMin).slice(19);
}
