import { type Axis, type CheckCode, CODES, type Severity } from './codes.js';
import type { Place } from './errors.js';

/** One thing verification found: a code, what it means, and where. Prose comes from tables keyed by the code. */
export interface Diagnostic extends Place {
  readonly code: CheckCode;
  readonly axis: Axis;
  readonly severity: Severity;
  /** Figures and ids that the sentence needs: other record ids, distances in seconds, missing numbers. */
  readonly detail?: Readonly<Record<string, string | number | readonly string[]>>;
}

/** Makes a diagnostic; axis and severity come from the table of codes, never from the caller. */
export function diagnostic(
  code: CheckCode,
  place: Place = {},
  detail?: Readonly<Record<string, string | number | readonly string[]>>,
): Diagnostic {
  const { axis, severity } = CODES[code];
  return detail === undefined
    ? { code, axis, severity, ...place }
    : { code, axis, severity, ...place, detail };
}
