import {
  BUILT_IN_PACKS,
  encodePassport,
  find,
  MEMBER,
  readDispute,
  readTrustFile,
  sha256,
  signCredential,
  verifyPassport,
  whatIf,
} from 'goodorder';
import { ITEM, keyFromWord, Party } from './parties.js';

const registry = new Party('registry', 'https://id.gs1.org/417/9521234000006');
const seller = new Party('seller', 'https://id.gs1.org/417/9521234000013');
const carrier = new Party('carrier', 'https://id.gs1.org/417/9521234000037');
const buyer = new Party('buyer');

/** 4 May 2026, on clocks eight hours ahead of UTC. */
const HOUR = 3600;
const MAY_4 = 1_777_824_000;
const clock = (hour: number): { utcS: number; offsetMin: number } => ({
  utcS: MAY_4 + hour * HOUR,
  offsetMin: 480,
});
const bytesOf = ({ id }: { id: string }): Uint8Array => Buffer.from(id, 'hex');
const video = (
  name: string,
): {
  sha256: [number, Uint8Array];
  bytes: number;
  mediaType: string;
  chunkBytes: number;
  chunkRoot: Uint8Array;
} => ({
  sha256: [-16, sha256(new TextEncoder().encode(name))],
  bytes: 3_145_728,
  mediaType: 'video/mp4',
  chunkBytes: 1_048_576,
  chunkRoot: keyFromWord(`chunks of ${name}`),
});

// A glass vase: the carrier takes it, the buyer opens it in one shot at the door and finds its side cracked.
const pickup = await carrier.sign('handover', MAY_4 + 11 * HOUR, {
  occurredAt: clock(11),
  from: seller.uri,
  to: carrier.uri,
  fromCapacity: 'principal',
  toCapacity: 'carrier',
  parcels: 1,
  remark: 'contents-unknown',
  inspectedScope: [],
  sealState: 'not-checked',
  leg: 'A',
  mode: 'road',
});
const delivery = await carrier.sign('delivery', MAY_4 + 63 * HOUR, {
  occurredAt: clock(63),
  from: carrier.uri,
  to: buyer.uri,
  receiverRole: 'consignee',
  mode: 'in-person',
  consent: 'given',
  remark: 'contents-unknown',
  inspectedScope: [{ aspect: 'packaging-outer' }],
  method: 'code shown at the door',
  objectionDeadline: null,
});
const received = await buyer.sign(
  'countersign',
  MAY_4 + 63 * HOUR + 60,
  {
    of: bytesOf(delivery),
    stance: 'agree',
    remark: 'contents-unknown',
    inspectedScope: [],
    occurredAt: clock(63),
  },
  [delivery],
);
const unboxing = await buyer.sign(
  'media',
  MAY_4 + 64 * HOUR,
  {
    from: { utcS: MAY_4 + 63 * HOUR + 600, offsetMin: 480 },
    to: { utcS: MAY_4 + 63 * HOUR + 1200, offsetMin: 480 },
    occasion: { boundary: 'delivery', of: bytesOf(delivery) },
    purpose: 'unboxing',
    files: [video('the vase opened')],
    device: { model: 'phone' },
    continuity: 'one-shot',
    coverage: ['front', 'left', 'serial', 'label'],
    identified: [{ what: 'serial', shown: 'V0801' }],
    observations: [{ aspect: 'fracture', region: 'left', condition: 'bad', kind: 'shock' }],
    completeness: 'sample',
  },
  [delivery],
);

const credentials = await Promise.all(
  (
    [
      [seller, 'seller'],
      [carrier, 'carrier'],
    ] as const
  ).map(([party, role]) =>
    signCredential(registry.signer, {
      party: party.uri,
      key: party.signer.kid,
      roles: [role],
      from: 1_767_225_600,
      until: 1_798_761_599,
    }),
  ),
);
const passport = encodePassport({
  item: ITEM,
  members: {
    [MEMBER.records]: [pickup, delivery, received, unboxing].map(({ record }) => record),
    [MEMBER.keys]: [registry, carrier, buyer].map(({ signer }) => signer.coseKey),
    [MEMBER.credentials]: credentials.slice(1),
  },
});
const trust = readTrustFile(
  JSON.stringify({
    format: 1,
    name: 'example',
    sequence: 1,
    issued: '2026-01-01T00:00:00Z',
    nextUpdate: '2026-12-31T00:00:00Z',
    authorities: [
      {
        party: registry.uri,
        key: Buffer.from(registry.signer.coseKey).toString('base64url'),
        roles: ['carrier', 'seller'],
        mayDelegate: 1,
        from: '2026-01-01T00:00:00Z',
        until: '2027-01-01T00:00:00Z',
      },
    ],
  }),
);
const verified = await verifyPassport(passport, { trust, at: 1_780_272_000 });

// What the parties fight about is no evidence: it says whose question it is, under which law, over how much.
const dispute = readDispute({
  schemaVersion: 1,
  id: 'vase',
  openedAt: '2026-05-18T09:00:00+08:00',
  asOf: '2026-06-01T00:00:00Z',
  law: { forum: 'cn', contractDate: '2026-05-03', utcOffsetMin: 480 },
  parties: [
    { id: buyer.uri, name: 'the buyer', roles: ['buyer'], consumer: true },
    { id: seller.uri, name: 'the seller', roles: ['seller'], consumer: false },
    { id: carrier.uri, name: 'the carrier', roles: ['carrier'], consumer: false },
  ],
  carriages: [{ id: 'c1', journey: 'outbound', chosenBy: 'seller', contractMode: 'road' }],
  goods: [
    {
      unit: 'vase',
      sub: ITEM,
      durable: false,
      category: 'glassware',
      aspects: ['fracture'],
      priceMinor: 26_800,
      currency: 'CNY',
    },
  ],
  damages: [
    {
      id: 'crack',
      unit: 'vase',
      aspect: 'fracture',
      region: 'left',
      kind: 'shock',
      discoveredAt: '2026-05-06T15:20:00+08:00',
    },
  ],
  claims: [
    {
      id: 'k1',
      edge: 'consumer-seller',
      damage: 'crack',
      head: 'loss',
      amountMinor: 26_800,
      currency: 'CNY',
    },
  ],
  packs: [{ id: 'cn' }, { id: 'evidence.cn' }],
});
// The packs that the dispute is to be judged by, and no other: one that it does not name is refused.
const packs = dispute.packs.flatMap(({ id }) => BUILT_IN_PACKS.get(id) ?? []);

const finding = find(verified, dispute, packs);
console.log(finding.notice);
console.log('evidence:', finding.evidence.verdict);
for (const edge of finding.edges) {
  const rules = edge.rules.map(({ rule }) => rule).join(' ');
  console.log(`${edge.template}: ${edge.status}, ${edge.basis}; ${edge.amount?.minor ?? '-'} fen; ${rules}`);
}
// What the first answer rests on, and what would have changed it.
const [first] = finding.edges;
if (first === undefined) throw new Error('the claim makes an edge');
const asked = whatIf(verified, dispute, packs, first.id);
console.log('rests on the unboxing:', asked.restsOn.includes(unboxing.id));

// Prints:
// computed assessment, not a legal determination
// evidence: TOTAL-PASSED
// consumer-seller: not-liable, burden-default; - fen; CN-04 CN-08
// seller-buyer: not-liable, burden-default; - fen; CN-28 CN-29
// shipper-carrier: not-liable, presumption; - fen; CN-19
// rests on the unboxing: false
