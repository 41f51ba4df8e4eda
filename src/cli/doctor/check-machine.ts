import { minuteText } from '../../report/name-text.js';
import { type DoctorFinding, doctorFinding } from './finding.js';

/** Oldest Node.js that the package declares. */
const NODE_FLOOR = '20.19.0';
/** 2026-01-01T00:00:00Z: no clock that runs shows less. */
const MADE = 1_767_225_600;

/** Is a dotted version at least another? Numbers only; what follows a hyphen is not looked at. */
export function isAtLeast(version: string, floor: string): boolean {
  const parts = (text: string): number[] =>
    text
      .replace(/^v/, '')
      .split('.')
      .map((part) => Number.parseInt(part, 10));
  const [have, need] = [parts(version), parts(floor)];
  for (const [index, part] of need.entries()) {
    const own = have[index] ?? 0;
    if (own !== part) return own > part;
  }
  return true;
}

export function checkNode(version: string): DoctorFinding[] {
  return isAtLeast(version, NODE_FLOOR) ? [] : [doctorFinding('doctor.node', { version, floor: NODE_FLOOR })];
}

/** `signed`: the latest time for which a key here has signed, seconds UTC; null where nothing shows one. */
export function checkClock(now: number, signed: number | null): DoctorFinding[] {
  if (now < MADE) return [doctorFinding('doctor.clock-unset', { now: minuteText(now) })];
  // A minute is what two readings of one clock may differ by after it was set.
  if (signed === null || now >= signed - 60) return [];
  return [doctorFinding('doctor.clock-back', { now: minuteText(now), signed: minuteText(signed) })];
}
