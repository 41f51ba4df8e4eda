import type { RecordType } from '../record-type.js';
import { type Acknowledgement, acknowledgement } from './acknowledgement.js';
import { type Aggregation, aggregation } from './aggregation.js';
import { type Agreement, agreement } from './agreement.js';
import { type Authentication, authentication } from './authentication.js';
import { type Commission, commission } from './commission.js';
import { type Countersign, countersign } from './countersign.js';
import { type Delivery, delivery } from './delivery.js';
import { type Disclosure, disclosure } from './disclosure.js';
import { type Handover, handover } from './handover.js';
import { type Incident, incident } from './incident.js';
import { type Inspection, inspection } from './inspection.js';
import { type KeyEvent, keyEvent } from './key-event.js';
import { type Manifest, manifest } from './manifest.js';
import { type Media, media } from './media.js';
import { type Notice, notice } from './notice.js';
import { type Payment, payment } from './payment.js';
import { type Recycling, recycling } from './recycling.js';
import { type Repair, repair } from './repair.js';
import { type Return, returnStage } from './return.js';
import { type Seal, seal } from './seal.js';
import { type SensorBatch, sensorBatch } from './sensor-batch.js';
import { type Statement, statement } from './statement.js';
import { type Usage, usage } from './usage.js';

/** Payload of each type, private places as digests. */
export interface PayloadOf {
  readonly acknowledgement: Acknowledgement;
  readonly aggregation: Aggregation;
  readonly agreement: Agreement;
  readonly commission: Commission;
  readonly countersign: Countersign;
  readonly delivery: Delivery;
  readonly handover: Handover;
  readonly incident: Incident;
  readonly inspection: Inspection;
  readonly 'key-event': KeyEvent;
  readonly manifest: Manifest;
  readonly media: Media;
  readonly notice: Notice;
  readonly seal: Seal;
  readonly 'sensor-batch': SensorBatch;
  readonly statement: Statement;
  readonly authentication: Authentication;
  readonly disclosure: Disclosure;
  readonly payment: Payment;
  readonly recycling: Recycling;
  readonly repair: Repair;
  readonly return: Return;
  readonly usage: Usage;
}

/** Name of a record type: the middle of its content type `application/vnd.goodorder.<type>+cbor`. */
export type RecordTypeName = keyof PayloadOf;

const TYPES: { readonly [N in RecordTypeName]: RecordType<PayloadOf[N]> } = {
  acknowledgement,
  aggregation,
  agreement,
  commission,
  countersign,
  delivery,
  handover,
  incident,
  inspection,
  'key-event': keyEvent,
  manifest,
  media,
  notice,
  seal,
  'sensor-batch': sensorBatch,
  statement,
  authentication,
  disclosure,
  payment,
  recycling,
  repair,
  return: returnStage,
  usage,
};

/** Every record type this reader knows, by name. */
export const RECORD_TYPES: ReadonlyMap<string, RecordType> = new Map(Object.entries<RecordType>(TYPES));
