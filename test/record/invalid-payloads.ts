import { fromHex } from '../../src/codec/hex.js';
import type { Fields } from '../../src/record/record-type.js';
import type { RecordTypeName } from '../../src/record/types/index.js';
import { hash, ITEM, SELLER } from './sample-payloads.js';

/** One edit of a full sample that breaks one rule, and what must be said about it. */
export interface Defect {
  /** Name of the fixture: what is wrong. */
  readonly name: string;
  readonly edit: (fields: Record<string, unknown>) => Fields;
  readonly expect: readonly (readonly [code: string, path: string])[];
}

const put =
  (changes: Fields) =>
  (fields: Record<string, unknown>): Fields => ({ ...fields, ...changes });

const drop =
  (...keys: string[]) =>
  (fields: Record<string, unknown>): Fields => {
    const left = { ...fields };
    for (const key of keys) delete left[key];
    return left;
  };

const at = (utcS: number) => ({ utcS, offsetMin: 0 });

export const DEFECTS: Readonly<Record<RecordTypeName, readonly Defect[]>> = {
  commission: [
    {
      name: 'no-materials',
      edit: drop('materials', 'materialsReference'),
      expect: [['schema.missing', 'materials']],
    },
    {
      name: 'recycled-share-beyond-all',
      edit: put({ materials: [{ name: 'rubber', recycledSharePermille: 1001 }] }),
      expect: [['schema.value', 'materials[0].recycledSharePermille']],
    },
  ],
  inspection: [
    {
      name: 'issued-before-checked',
      edit: put({ issuedAt: at(1_700_000_000) }),
      expect: [['schema.value', 'issuedAt']],
    },
    {
      name: 'inspector-is-no-digest',
      edit: put({ inspector: fromHex('00') }),
      expect: [['schema.value', 'inspector']],
    },
  ],
  media: [
    {
      name: 'waybill-number-in-clear',
      edit: put({ identified: [{ what: 'waybill', shown: 'SF1234567890' }] }),
      expect: [['schema.value', 'identified[0].shown']],
    },
    {
      name: 'ends-before-it-begins',
      edit: put({ to: at(1) }),
      expect: [['schema.value', 'to']],
    },
    {
      name: 'other-chunk-size',
      edit: put({
        files: [
          {
            sha256: [-16, hash('v')],
            bytes: 1,
            mediaType: 'video/mp4',
            chunkBytes: 4096,
            chunkRoot: hash('root'),
          },
        ],
      }),
      expect: [['schema.value', 'files[0].chunkBytes']],
    },
  ],
  'sensor-batch': [
    { name: 'unit-of-another-quantity', edit: put({ unit: 'milliC' }), expect: [['schema.value', 'unit']] },
    {
      name: 'samples-of-another-root',
      edit: put({ root: hash('other') }),
      expect: [['schema.value', 'root']],
    },
    {
      name: 'gap-outside-the-batch',
      edit: put({ gaps: [{ from: at(1), to: at(2) }] }),
      expect: [['schema.value', 'gaps[0]']],
    },
    {
      name: 'absent-signature-with-a-key',
      edit: put({ deviceSignature: { scheme: 'vendor', key: hash('key'), verdict: 'absent' } }),
      expect: [['schema.value', 'deviceSignature.key']],
    },
    {
      name: 'signature-without-its-key',
      edit: put({ deviceSignature: { scheme: 'vendor', verdict: 'invalid' } }),
      expect: [['schema.missing', 'deviceSignature.key']],
    },
    {
      name: 'kinetic-mean-of-acceleration',
      edit: put({ kineticMean: 12 }),
      expect: [['schema.value', 'kineticMean']],
    },
    {
      name: 'more-rows-refused-than-read',
      edit: put({ readOut: { rows: 1, refused: 1, events: 1, zone: 'file' } }),
      expect: [['schema.value', 'readOut.rows']],
    },
  ],
  seal: [{ name: 'unknown-action', edit: put({ action: 'admired' }), expect: [['schema.value', 'action']] }],
  handover: [
    {
      name: 'carriage-without-leg-and-mode',
      edit: drop('leg', 'mode'),
      expect: [
        ['schema.missing', 'leg'],
        ['schema.missing', 'mode'],
      ],
    },
    {
      name: 'party-with-wrong-check-digit',
      edit: put({ to: 'https://id.gs1.org/417/9521234543214' }),
      expect: [['schema.value', 'to']],
    },
  ],
  countersign: [
    { name: 'of-is-no-id', edit: put({ of: fromHex('00') }), expect: [['schema.value', 'of']] },
    {
      name: 'observations-inside',
      edit: put({ observations: [] }),
      expect: [['schema.unknown-key', 'observations']],
    },
  ],
  delivery: [
    { name: 'no-consent-stated', edit: drop('consent'), expect: [['schema.missing', 'consent']] },
    {
      name: 'deadline-without-rule',
      edit: put({ objectionDeadline: { until: at(1) } }),
      expect: [['schema.missing', 'objectionDeadline.rule']],
    },
  ],
  notice: [
    {
      name: 'raised-before-discovered',
      edit: put({ raisedAt: at(5) }),
      expect: [['schema.value', 'raisedAt']],
    },
    { name: 'to-nobody', edit: drop('to'), expect: [['schema.missing', 'to']] },
  ],
  statement: [
    {
      name: 'about-two-things',
      edit: put({ about: { item: ITEM, party: SELLER } }),
      expect: [['schema.value', 'about']],
    },
    {
      name: 'longer-than-8000-bytes',
      edit: put({ text: '长'.repeat(2667) }),
      expect: [['schema.value', 'text']],
    },
  ],
  incident: [{ name: 'unknown-code', edit: put({ code: 'bad-luck' }), expect: [['schema.value', 'code']] }],
  agreement: [
    {
      name: 'undertaking-by-no-party',
      edit: put({ undertakings: [{ by: 'https://id.gs1.org/417/9520123456788', what: 'log' }] }),
      expect: [['schema.value', 'undertakings[0].by']],
    },
    {
      name: 'one-party',
      edit: put({ parties: [SELLER], undertakings: [], capacityOf: [] }),
      expect: [['schema.value', 'parties']],
    },
    {
      name: 'cap-by-times-and-rate',
      edit: put({ liabilityCap: { per: 'kg', times: 7, rateMinor: 1, currency: 'XDR' } }),
      expect: [['schema.value', 'liabilityCap']],
    },
  ],
  aggregation: [
    {
      name: 'child-in-clear',
      edit: put({ children: [fromHex('aa')] }),
      expect: [['schema.value', 'children[0]']],
    },
  ],
  'key-event': [
    {
      name: 'other-subject',
      edit: put({ key: fromHex('cd'.repeat(32)) }),
      expect: [['keyevent.sub', 'key']],
    },
    {
      name: 'revoke-without-time',
      edit: drop('suspectFrom'),
      expect: [['schema.missing', 'suspectFrom']],
    },
  ],
  acknowledgement: [
    {
      name: 'not-ascending',
      edit: put({ received: [fromHex('ff'.repeat(32)), fromHex('00'.repeat(32))] }),
      expect: [['schema.value', 'received']],
    },
  ],
  manifest: [
    { name: 'other-root', edit: put({ root: hash('other') }), expect: [['manifest.root', 'root']] },
    { name: 'count-disagrees', edit: put({ count: 4 }), expect: [['manifest.root', 'count']] },
    {
      name: 'withheld-without-place',
      edit: put({ withheld: [{ id: fromHex('ff'.repeat(32)), reason: 'privacy' }] }),
      expect: [['manifest.shape', 'withheld[0].at']],
    },
    {
      name: 'second-part-that-continues-nothing',
      edit: drop('continues'),
      expect: [['manifest.shape', 'continues']],
    },
  ],
  return: [
    { name: 'unknown-stage', edit: put({ stage: 'lost' }), expect: [['schema.value', 'stage']] },
    { name: 'no-capacity', edit: drop('capacity'), expect: [['schema.missing', 'capacity']] },
  ],
  payment: [
    {
      name: 'currency-in-small-letters',
      edit: put({ currency: 'cny' }),
      expect: [['schema.value', 'currency']],
    },
    {
      name: 'place-in-a-payment',
      edit: put({ place: { country: 'CN' } }),
      expect: [['schema.unknown-key', 'place']],
    },
  ],
  authentication: [
    {
      name: 'issued-before-checked',
      edit: put({ issuedAt: at(1_700_000_000) }),
      expect: [['schema.value', 'issuedAt']],
    },
    { name: 'no-features-stated', edit: drop('features'), expect: [['schema.missing', 'features']] },
  ],
  usage: [{ name: 'negative-counter', edit: put({ counter: -1 }), expect: [['schema.value', 'counter']] }],
  repair: [
    {
      name: 'provider-without-authorisation',
      edit: put({ provider: { name: 'Works' } }),
      expect: [['schema.missing', 'provider.authorisation']],
    },
  ],
  recycling: [{ name: 'no-mass', edit: drop('massOutG'), expect: [['schema.missing', 'massOutG']] }],
  disclosure: [{ name: 'ends-before-it-begins', edit: put({ to: at(1) }), expect: [['schema.value', 'to']] }],
};
