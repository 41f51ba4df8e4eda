import type { LoggerFamily } from '../logger-family.js';
import { berlinger } from './berlinger.js';
import { biovoice } from './biovoice.js';
import { endaq } from './endaq.js';
import { endaqCsv } from './endaq-csv.js';
import { hobo } from './hobo.js';
import { labview } from './labview.js';
import { mLog } from './m-log.js';
import { meaco } from './meaco.js';
import { rotronic } from './rotronic.js';
import { senmlCbor, senmlJson } from './senml.js';
import { tandd } from './tandd.js';
import { tinytag } from './tinytag.js';

/** Every family that is read without a column map. */
export const LOGGER_FAMILIES: readonly LoggerFamily[] = [
  berlinger,
  biovoice,
  endaq,
  endaqCsv,
  hobo,
  labview,
  meaco,
  mLog,
  rotronic,
  senmlCbor,
  senmlJson,
  tandd,
  tinytag,
];
