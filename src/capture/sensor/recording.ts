import type { Instant } from '../../record/field-schemas.js';
import type { DISAGREEMENTS, Quantity, SensorBatch } from '../../record/types/sensor-batch.js';

import type { DateOrder } from './time-form.js';
import type { WrittenUnit } from './units.js';

export type ShockAxis = 'x' | 'y' | 'z' | 'any';

/** Why a row of a logger file gave no sample. */
export type RefusalReason =
  /** A column that the map names is not in the row. */
  | 'columns'
  /** The time cannot be read in the declared form. */
  | 'time'
  /** Its time lies before that of the row before: a clock set back, or a changed season. */
  | 'time-backwards'
  /** A value is blank while others of the row are not, or is no number. */
  | 'value'
  /** A number too large for the batch's integer unit. */
  | 'value-range'
  /** Quotation marks that do not pair. */
  | 'quoting'
  /** A row of another device than the one that is read. */
  | 'other-device'
  /** A value in another unit than the others of its sensor. */
  | 'unit';

/** Neighbouring lines refused for one reason. Lines count from 1. */
export interface RefusedLines {
  readonly from: number;
  readonly to: number;
  readonly reason: RefusalReason;
}

/** A row without any value, such as `Button Down`. */
export interface EventRow {
  readonly line: number;
  readonly text: string;
}

/** Two things the file or its user says that cannot both hold. */
export interface Contradiction {
  readonly about: (typeof DISAGREEMENTS)[number];
  readonly stated: string;
  readonly found: string;
}

/** What became of every row. */
export interface ImportReport {
  readonly rows: number;
  readonly samples: number;
  readonly blankLines: number;
  readonly events: number;
  /** The first of them. */
  readonly eventRows: readonly EventRow[];
  readonly refused: number;
  readonly refusedLines: readonly RefusedLines[];
  readonly contradictions: readonly Contradiction[];
  /** Who says the UTC offset or the start. */
  readonly zone: 'file' | 'given' | 'not-needed';
  /** Family of loggers; absent where a declared column map was used. */
  readonly family?: string;
  /** Columns of numbers that were not read: another quantity, another sensor, or something computed. */
  readonly columnsLeft?: readonly string[];
}

/** Microseconds since 1970, from ≤ to. */
export interface Stretch {
  readonly fromUs: number;
  readonly toUs: number;
}

/** A stretch beyond a limit, with the value that lay furthest out. */
export interface Breach extends Stretch {
  readonly side: 'below' | 'above';
  readonly extreme: number;
}

/** Resolved samples: every base time, unit and notation of the file is gone. */
export interface Samples {
  readonly count: number;
  /** Microseconds since 1970-01-01T00:00:00Z, never falling. */
  readonly timesUs: Float64Array;
  /** One list of integers for each column, in the unit of the quantity. */
  readonly values: readonly Float64Array[];
}

/** What a logger's file or its reader declares beside the samples; each goes into the batch as it is. */
export type Declared = Partial<
  Pick<
    SensorBatch,
    | 'device'
    | 'recording'
    | 'clockOffsetMs'
    | 'endReason'
    | 'attachedTo'
    | 'mount'
    | 'location'
    | 'calibration'
    | 'calibratedAt'
    | 'calibrationDueAt'
    | 'range'
    | 'bandwidthHz'
    | 'firmware'
    | 'deviceSignature'
    | 'deviceSummary'
    | 'occasion'
    | 'note'
  >
> & {
  /** Over which time the device was recording; absent = from the first sample to the last. */
  readonly span?: { readonly from: SensorBatch['from']; readonly to: SensorBatch['to'] };
  readonly intervalUs?: number;
  /** How shocks are told from noise; acceleration only. */
  readonly pulses?: PulseRule;
  /** Limits whose breaches the batch lists, in the integer unit of the quantity. */
  readonly limits?: { readonly min?: number; readonly max?: number };
  /** Of a device that keeps daily extremes and no samples: what these prove beyond its limits. */
  readonly dailyBreaches?: readonly Breach[];
};

export interface PulseRule {
  /** A swing that reaches this is a pulse. */
  readonly thresholdMilliG: number;
  /** It has ended where the swing is below this, or below a tenth of its peak, whichever is more; absent = a tenth. */
  readonly edgeMilliG?: number;
}

/** What whoever imports adds to a file and its map. It may fill what they leave open, and contradict nothing. */
export interface Given extends Declared {
  /** Minutes east of UTC, for times written without an offset. */
  readonly utcOffsetMin?: number;
  /** Time of elapsed zero. */
  readonly start?: Instant;
  /** Unit of the values, where the file does not say it. */
  readonly writtenUnit?: WrittenUnit;
  /** Which number of a date is the day, where the file leaves it open. */
  readonly dateOrder?: DateOrder;
  /** Id of the device, where the file does not say it or holds several. */
  readonly deviceId?: string;
}

/** One quantity of one logger file, read and resolved: what every family of loggers yields. */
export interface Recording {
  readonly quantity: Quantity;
  /** Axes of the value columns; empty for a quantity without. */
  readonly axes: readonly ShockAxis[];
  readonly offsetMin: number;
  readonly samples: Samples;
  readonly declared: Declared;
  readonly report: ImportReport;
}
