import { fromHex, utf8Bytes } from '../../src/codec/hex.js';
import type { TrustFile } from '../../src/credential/trust-file.js';
import { sha256 } from '../../src/crypto/hash.js';
import { merkleRoot } from '../../src/merkle/tree.js';
import { CHUNK_BYTES } from '../../src/record/types/media.js';
import { Actor, AT, BOX, DAY, hashOf, ITEM, idOf, instant, Story, T0, witnessedAt } from './story.js';

export interface SamplePassport {
  readonly bytes: Uint8Array;
  readonly trust: TrustFile;
  readonly at: number;
  readonly story: Story;
  /** Record ids by what they are. */
  readonly ids: Readonly<Record<string, string>>;
}

/**
 * An honest passport that uses every member: five companies under a two-step delegation, a consumer by the own key, a
 * box with a private list of children, a photo, opened and unopened private fields, an anchor, receipts under a note of
 * two witnesses with a token, a log's answer, and a manifest.
 */
export async function makeSample(): Promise<SamplePassport> {
  const story = new Story();
  const producer = await story.company('producer', ['producer']);
  const registry = new Actor('registry');
  await story.vouch(registry, ['carrier', 'laboratory', 'seller'], { mayDelegate: 1 });
  const seller = new Actor('seller');
  const sellerCredential = await story.vouch(seller, ['seller'], {}, registry);
  const carrier = new Actor('carrier');
  await story.vouch(carrier, ['carrier'], {}, registry);
  const buyer = Actor.person('buyer');
  const ids: Record<string, string> = {};

  const token = utf8Bytes('a time token that this version carries unread');
  story.tokens.push(token);
  const anchorNote = story.log([], T0 - DAY, { spread: 40, entries: [hashOf('earlier entry')] });

  const commission = await story.sign(
    producer,
    'commission',
    {
      occurredAt: instant(T0 - 3600),
      name: 'porcelain dinner set, 16 pieces',
      facility: { name: 'kiln 4' },
      stage: 'finished',
      model: 'DS-16',
      materials: [{ name: 'porcelain', massG: 9200 }],
      conformityReferences: [],
      durable: true,
    },
    { anchors: [anchorNote.note, idOf(token)] },
  );
  ids.commission = commission.id;

  const photo = sha256(utf8Bytes('what the camera saw'));
  story.attachments.push(photo);
  const packing = await story.sign(
    seller,
    'media',
    {
      from: instant(T0),
      to: instant(T0 + 90),
      purpose: 'packing',
      files: [
        {
          sha256: [-16, sha256(photo)],
          bytes: photo.length,
          mediaType: 'image/jpeg',
          chunkBytes: CHUNK_BYTES,
          chunkRoot: merkleRoot([photo]),
        },
      ],
      device: { model: 'bench camera' },
      continuity: 'one-shot',
      coverage: ['front', 'serial'],
      identified: [
        { what: 'serial', shown: 'SN0007' },
        { what: 'waybill', waybill: 'SF1234567890' },
      ],
      observations: [{ aspect: 'fracture', condition: 'good' }],
    },
    { seen: [commission.id, sellerCredential], iat: T0 + 120 },
  );
  ids.packing = packing.id;

  const boxed = await story.sign(
    seller,
    'aggregation',
    {
      action: 'pack',
      at: instant(T0 + 300),
      children: [ITEM, 'https://id.gs1.org/01/09521234543213/21/SN0009'],
    },
    { sub: BOX, seen: [packing.id], iat: T0 + 310 },
  );
  ids.boxed = boxed.id;
  // The other child is no affair of this passport's readers.
  story.openings.pop();

  const pickup = await story.sign(
    carrier,
    'handover',
    {
      occurredAt: instant(T0 + 3600),
      from: seller.iss,
      to: carrier.iss,
      fromCapacity: 'principal',
      toCapacity: 'carrier',
      leg: 'leg A',
      mode: 'road',
      parcels: 1,
      remark: 'clean',
      inspectedScope: [{ aspect: 'packaging-outer' }],
      sealState: 'intact',
      persons: [{ capacity: 'driver', name: 'Li Lei' }],
    },
    { seen: [packing.id, boxed.id], iat: T0 + 3610 },
  );
  ids.pickup = pickup.id;
  ids.answer = (
    await story.sign(
      seller,
      'countersign',
      {
        of: fromHex(pickup.id),
        stance: 'agree',
        remark: 'clean',
        inspectedScope: [],
        occurredAt: instant(T0 + 3660),
      },
      { seen: [pickup.id], iat: T0 + 3670 },
    )
  ).id;

  const delivered = await story.sign(
    buyer,
    'delivery',
    {
      occurredAt: instant(T0 + 2 * DAY),
      from: carrier.iss,
      to: buyer.iss,
      receiverRole: 'consignee',
      mode: 'in-person',
      consent: 'given',
      remark: 'clean',
      inspectedScope: [{ aspect: 'packaging-outer' }],
      method: 'signature on glass',
      objectionDeadline: null,
    },
    { seen: [pickup.id], iat: T0 + 2 * DAY + 60 },
  );
  ids.delivered = delivered.id;

  const logged = [commission.id, packing.id, pickup.id];
  const { log } = story.log(logged, T0 + DAY, { spread: 30, tokens: [idOf(token)] });
  const answer = log.subjectAnswer(ITEM, logged, witnessedAt(T0 + DAY + 60));
  story.notes.push(answer);

  ids.manifest = (
    await story.manifest(seller, {
      // What it named in `seen` it must list, the credential too: absent, nobody could tell it from a record.
      ids: [...story.ids, sellerCredential],
      seen: [ids.pickup, ids.delivered],
      iat: T0 + 3 * DAY,
      fields: { asOf: fromHex(idOf(answer)) },
    })
  ).id;
  return { bytes: story.file(), trust: story.trust(), at: AT, story, ids };
}
