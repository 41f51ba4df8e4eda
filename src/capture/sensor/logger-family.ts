import type { Quantity } from '../../record/types/sensor-batch.js';
import type { LoggerFile } from './logger-file.js';
import type { Given, Recording } from './recording.js';

export const FAMILY_NAMES = [
  'berlinger',
  'biovoice',
  'endaq',
  'endaq-csv',
  'hobo',
  'labview',
  'meaco',
  'm-log',
  'rotronic',
  'senml-cbor',
  'senml-json',
  'tandd',
  'tinytag',
] as const;
export type FamilyName = (typeof FAMILY_NAMES)[number];

/** What a file holds of one quantity: one sensor, or the axes of one. */
export interface Channel {
  /** As the file names it. */
  readonly name: string;
  readonly quantity: Quantity;
  /** Throws `sensor-import.*` for what the file leaves open and nobody gave. */
  read(given: Given): Recording;
}

export interface OpenedLogger {
  readonly channels: readonly Channel[];
  /** Columns that are none of a sensor batch: batteries, events, what is computed from others. */
  readonly left: readonly string[];
}

/** A family of loggers whose exports are read alike. */
export interface LoggerFamily {
  readonly name: FamilyName;
  /** Makers and programs, for people. */
  readonly title: string;
  /** By what the file holds, never by its name. */
  recognises(file: LoggerFile): boolean;
  /** Throws `sensor-import.columns` for a file that is of the family and cannot be read. */
  open(file: LoggerFile): OpenedLogger;
}
