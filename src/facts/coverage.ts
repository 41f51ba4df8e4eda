import type { TimeSpan } from './fact.js';

export type CoverageQuantity = 'acceleration' | 'temperature' | 'humidity';

export type CoverageReason =
  /** Time without any recording. */
  | 'gap'
  | 'mount'
  | 'location'
  | 'calibration'
  /** The device's clock leaves open whether it covers an end, or on which side a reading falls. */
  | 'clock'
  /** It records only above a threshold that is not below the limit. */
  | 'threshold'
  /** A reading that may or may not be beyond the limit. */
  | 'unjudged'
  /** The time asked for has no fixed end. */
  | 'window';

/**
 * Does recording of one quantity cover a time: `full` (calibrated, right mount, nothing beyond the limit), `partial`
 * (some of it, or not surely), `none`, or `excursion` (something surely beyond the limit, surely in that time).
 */
export interface Coverage {
  readonly status: 'full' | 'partial' | 'none' | 'excursion';
  readonly quantity: CoverageQuantity;
  readonly span: TimeSpan;
  /** Why it is not full, sorted. */
  readonly reasons: readonly CoverageReason[];
  /** Recorded facts that take part, sorted. */
  readonly batches: readonly string[];
  /** Excursion facts surely beyond the limit and surely inside, sorted. */
  readonly excursions: readonly string[];
  /** Time of the span that no good recording covers. */
  readonly gaps: readonly TimeSpan[];
}
