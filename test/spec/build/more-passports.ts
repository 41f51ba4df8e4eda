import { fromHex } from '../../../src/codec/hex.js';
import { encodeSign1, splitSign1 } from '../../../src/crypto/cose-sign1.js';
import { buildLog, type WitnessAt } from '../../../src/log/build-log.js';
import type { CaseInput } from '../../verify/cases/case.js';
import { input, seller } from '../../verify/cases/case.js';
import {
  Actor,
  BOX,
  DAY,
  hashOf,
  ITEM,
  idOf,
  instant,
  LOG,
  OTHER_ITEM,
  Story,
  statement,
  T0,
  WITNESSES,
  withheld,
  witnessedAt,
} from '../../verify/story.js';
import { fixedEsp256Signer, highS } from './esp256.js';

type Make = () => Promise<CaseInput & { readonly story: Story }>;

/** A company whose one device is a phone: P-256, and a new signature each time it is asked. */
async function phone(): Promise<{ story: Story; actor: Actor }> {
  const story = new Story();
  let attempts = 0;
  const signer = fixedEsp256Signer('phone', () => attempts++);
  const actor = new Actor('phone company', undefined, signer);
  await story.vouch(actor, ['seller']);
  return { story, actor };
}

const acknowledgement = (ids: readonly string[]): Record<string, unknown> => ({
  received: [...ids].sort().map(fromHex),
  at: instant(T0),
});

/** The seller gives the item to a carrier, and the carrier agrees. */
async function handedOver(): Promise<{ story: Story; actor: Actor; carrier: Actor; pickup: string }> {
  const { story, actor } = await seller();
  const carrier = await story.company('carrier', ['carrier']);
  const { id } = await story.sign(actor, 'handover', {
    occurredAt: instant(T0 + 600),
    from: actor.iss,
    to: carrier.iss,
    fromCapacity: 'principal',
    toCapacity: 'carrier',
    leg: 'leg A',
    mode: 'road',
    parcels: 1,
    remark: 'clean',
    inspectedScope: [{ aspect: 'packaging-outer' }],
    sealState: 'intact',
  });
  await story.sign(
    carrier,
    'countersign',
    { of: fromHex(id), stance: 'agree', remark: 'none', inspectedScope: [], occurredAt: instant(T0 + 700) },
    { seen: [id] },
  );
  return { story, actor, carrier, pickup: id };
}

const commission = (more: Record<string, unknown>): Record<string, unknown> => ({
  occurredAt: instant(T0),
  name: 'plate',
  facility: { name: 'kiln' },
  stage: 'finished',
  model: 'P',
  materials: [{ name: 'porcelain' }],
  conformityReferences: [],
  ...more,
});

/** One witness says one time, the other another. */
const spread = (first: number, second: number): WitnessAt[] => [
  { ...WITNESSES[0], time: first },
  { ...WITNESSES[1], time: second },
];

export const MORE_PASSPORTS: Readonly<Record<string, Make>> = {
  'an empty passport: the item and nothing else': async () => input(new Story()),
  'one record, nothing else': async () => input((await seller()).story),
  'sig.high-s: a phone’s signature with the other s': async () => {
    const { story, actor } = await phone();
    const { record } = await story.say(actor, 'first');
    const parts = splitSign1(record);
    if ('code' in parts) throw new Error(parts.code);
    story.records[0] = encodeSign1(parts.protected, parts.payload, highS(parts.signature));
    return input(story);
  },
  'record.twin: a phone signed one text twice, and something after it': async () => {
    const { story, actor } = await phone();
    const position = actor.position(ITEM);
    const one = await story.say(actor, 'first', { position, iat: T0 });
    const other = await story.say(actor, 'first', { position, iat: T0 });
    if (one.id === other.id || one.statementHash !== other.statementHash) throw new Error('no twins');
    await story.say(actor, 'second');
    const buyer = Actor.person('buyer');
    await story.say(buyer, 'I have one of them', { seen: [one.id] });
    return input(story);
  },
  'a manifest lists one twin, and its maker knows the other': async () => {
    const { story, actor } = await phone();
    const position = actor.position(ITEM);
    const one = await story.say(actor, 'first', { position, iat: T0 });
    const other = await story.say(actor, 'first', { position, iat: T0 });
    const carrier = await story.company('carrier', ['carrier']);
    await story.say(carrier, 'seen', { seen: [one.id] });
    await story.manifest(carrier, { ids: story.ids.filter((id) => id !== one.id), seen: [other.id] });
    return input(story);
  },
  'a handover, countersigned, logged and listed': async () => {
    const { story, actor, carrier, pickup } = await handedOver();
    story.log([pickup], T0 + DAY, { spread: 60 });
    await story.manifest(actor, { seen: [], iat: T0 + 2 * DAY });
    await story.sign(carrier, 'acknowledgement', acknowledgement(story.ids.slice(0, 1)));
    return input(story);
  },
  'an upper bound reaches what is pinned, a lower bound what pins': async () => {
    const { story, actor } = await seller();
    const anchor = buildLog(LOG, [hashOf('genesis')]).checkpoint(spread(T0 - 500, T0 - 400));
    story.notes.push(anchor);
    const carrier = await story.company('carrier', ['carrier']);
    const { id: held } = await story.say(carrier, 'anchored', { anchors: [idOf(anchor)], iat: T0 });
    const { id: later } = await story.say(actor, 'after it', { seen: [held], iat: T0 + 100 });
    story.log([later], T0 + 200, { spread: 50 });
    await story.say(carrier, 'newest', { seen: [later], iat: T0 + 5_000 });
    return input(story);
  },
  'witnesses of whom one gives no time': async () => {
    const { story } = await seller();
    const log = buildLog(LOG, [hashOf('genesis'), story.ids[0]!]);
    const note = log.checkpoint(spread(T0 + 60, 0));
    story.notes.push(note);
    story.receipts.push(log.receipt(story.ids[0]!, note));
    return input(story);
  },
  'witnesses of whom one speaks after the verification': async () => {
    const { story } = await seller();
    const log = buildLog(LOG, [hashOf('genesis'), story.ids[0]!]);
    const note = log.checkpoint(spread(T0 + 60, T0 + 31 * DAY));
    story.notes.push(note);
    story.receipts.push(log.receipt(story.ids[0]!, note));
    return input(story);
  },
  'a receipt of a credential dates it before its issuer’s key was lost': async () => {
    const { story } = await seller();
    const registry = new Actor('registry');
    const actor = new Actor('other');
    await story.vouch(registry, ['buyer'], { mayDelegate: 1 });
    const early = await story.vouch(actor, ['buyer'], {}, registry);
    story.log([early], T0 - DAY);
    await story.say(actor, 'something');
    return input(story, {
      trust: story.trust({ revoked: [{ kid: registry.kid, suspectFrom: T0 - DAY + 1 }] }),
    });
  },
  'a record proven older than the revocation stays': async () => {
    const { story, actor } = await seller();
    story.log([story.ids[0]!], T0 + 60);
    await story.say(actor, 'later', { iat: T0 + DAY });
    return input(story, { trust: story.trust({ revoked: [{ kid: actor.kid, suspectFrom: T0 + 120 }] }) });
  },
  'a rotation, and a revocation by the next key': async () => {
    const { story, actor } = await seller();
    const sub = `urn:goodorder:key:${actor.kid}`;
    const next = new Actor('next', actor.iss);
    const rotate = { action: 'rotate', key: fromHex(actor.kid), nextKey: fromHex(next.kid) };
    const { id } = await story.sign(actor, 'key-event', rotate, { sub });
    const revoke = {
      action: 'revoke',
      key: fromHex(actor.kid),
      suspectFrom: instant(T0 - DAY),
      lastGood: fromHex(story.ids[0]!),
    };
    await story.sign(next, 'key-event', revoke, { sub, seen: [id] });
    await story.say(actor, 'after all');
    return input(story);
  },
  'an issuer’s word replaces the holder’s own': async () => {
    const { story, actor } = await seller();
    const sub = `urn:goodorder:key:${actor.kid}`;
    const revoke = (from: number): Record<string, unknown> => ({
      action: 'revoke',
      key: fromHex(actor.kid),
      suspectFrom: instant(from),
    });
    await story.sign(actor, 'key-event', revoke(T0 - DAY), { sub });
    await story.sign(story.authority, 'key-event', revoke(T0 + 60 * DAY), { sub });
    return input(story);
  },
  'the lot and the predecessor are reached through the commission': async () => {
    const { story } = await seller();
    const producer = await story.company('producer', ['producer']);
    const lot = 'https://id.gs1.org/01/09521234543213/10/L-7';
    const predecessor = { sub: OTHER_ITEM, manifest: fromHex(hashOf('its manifest')) };
    await story.sign(producer, 'commission', commission({ lot, predecessor }));
    await story.say(producer, 'about the lot', { sub: lot });
    await story.say(producer, 'about what it was made from', { sub: OTHER_ITEM });
    return input(story);
  },
  'a box is reached by an opened child, another box is not': async () => {
    const { story, actor } = await seller();
    const pack = (child: string): Record<string, unknown> => ({
      action: 'pack',
      at: instant(T0),
      children: [child],
    });
    await story.sign(actor, 'aggregation', pack(ITEM), { sub: BOX });
    await story.sign(actor, 'aggregation', pack(ITEM), { sub: 'https://id.gs1.org/00/952012345678912352' });
    story.openings.pop();
    return input(story);
  },
  'an opening of the wrong kind is its signer’s fault': async () => {
    const { story, actor } = await seller();
    const persons = [{ capacity: 'driver', name: 'Li Lei' }];
    const made = await story.sign(actor, 'statement', { ...statement('x'), persons });
    const { fieldDigest, encodeOpening } = await import('../../../src/record/private-fields.js');
    const opening = { path: ['persons', 0, 'name'], salt: new Uint8Array(16).fill(7), value: 4711 } as const;
    const digest = fieldDigest({ kid: actor.kid, sub: ITEM, ...opening });
    story.records.pop();
    story.openings.pop();
    const fields = { ...statement('x'), persons: [{ capacity: 'driver', name: digest }] };
    const { seq, prev, lane } = made.signed.link;
    const link = [1, seq, prev === null ? null : fromHex(prev), [], lane === null ? null : fromHex(lane), []];
    const id = await story.signRaw(actor, { fields, link });
    story.openings.push(encodeOpening({ record: id, ...opening }));
    return input(story);
  },
  'a series of two manifests, one of which is here': async () => {
    const { story, actor } = await seller();
    const { id } = await story.manifest(actor, { ids: [story.ids[0]!], fields: { part: [1, 2] } });
    await story.manifest(actor, {
      ids: [id],
      present: false,
      fields: { part: [2, 2], continues: fromHex(id) },
    });
    return input(story);
  },
  'a series of two manifests that omits between them': async () => {
    const { story, actor } = await seller();
    const carrier = await story.company('carrier', ['carrier']);
    const { id: omitted } = await story.say(carrier, 'damaged');
    await story.say(actor, 'I have seen that', { seen: [omitted] });
    const ids = story.ids.filter((id) => id !== omitted);
    const { id } = await story.manifest(actor, { ids: ids.slice(0, 1), fields: { part: [1, 2] } });
    await story.manifest(actor, { ids: ids.slice(1), fields: { part: [2, 2], continues: fromHex(id) } });
    return input(story);
  },
  'declared withholding is no offence': async () => {
    const { story, actor } = await seller();
    const carrier = await story.company('carrier', ['carrier']);
    const held = await story.say(carrier, 'private', { present: false });
    await story.say(carrier, 'for everybody');
    await story.say(actor, 'I have seen that', { seen: [held.id] });
    const { kid } = carrier;
    const entry = withheld({ id: held.id, kid, sub: ITEM, seq: 0 }, 'privacy');
    await story.manifest(actor, { fields: { withheld: [entry] } });
    return input(story);
  },
  'a manifest names a credential that its maker has seen': async () => {
    const { story, actor } = await seller();
    const [credential] = story.credentials.map(idOf) as [string];
    await story.say(actor, 'with my credential', { seen: [credential] });
    await story.manifest(actor, { ids: [...story.ids, credential] });
    return input(story);
  },
  'a credential taken out of an honest export': async () => {
    const { story, actor } = await seller();
    const spare = await story.vouch(actor, ['seller'], { until: T0 + 200 * DAY });
    await story.say(actor, 'with my credential', { seen: [spare] });
    await story.manifest(actor, { ids: [...story.ids, spare] });
    story.credentials.pop();
    return input(story);
  },
  'beyond a gap and on a fork: adverse only': async () => {
    const { story, actor } = await seller();
    await story.say(actor, 'left out', { present: false });
    await story.say(actor, 'third');
    const carrier = await story.company('carrier', ['carrier']);
    await story.say(carrier, 'one', { advance: false });
    await story.say(carrier, 'another');
    await story.say(carrier, 'upon it');
    return input(story);
  },
  'a role from one credential and the subject from another make none': async () => {
    const { story } = await seller();
    const producer = await story.company('producer', ['producer'], {
      subjects: ['https://id.gs1.org/01/09521234543220/'],
    });
    await story.vouch(producer, ['seller'], { subjects: ['https://id.gs1.org/01/09521234543213/'] });
    await story.sign(producer, 'commission', commission({}));
    return input(story);
  },
  'two credentials of which the better decides, with accreditation': async () => {
    const { story } = await seller();
    const lab = await story.company('lab', ['laboratory'], { until: T0 - 1 });
    const accreditation = { body: 'CNAS', number: 'L0001', scope: 'drop tests', until: T0 + 90 * DAY };
    await story.vouch(lab, ['inspector', 'laboratory'], { accreditation });
    await story.sign(lab, 'inspection', {
      checkedAt: instant(T0),
      issuedAt: instant(T0 + 60),
      reportId: 'R-1',
      issuingBody: { name: 'Example Lab' },
      inspector: 'Han Meimei',
      authoriser: 'Lin Tao',
      scope: 'this-item',
      stage: 'before dispatch',
      itemCondition: 'as received',
      verdict: 'pass',
      notTested: [],
    });
    return input(story);
  },
  'three steps of delegation': async () => {
    const { story } = await seller();
    const first = new Actor('first');
    const second = new Actor('second');
    const third = new Actor('third');
    await story.vouch(first, ['buyer', 'carrier'], { mayDelegate: 2 });
    await story.vouch(second, ['carrier'], { mayDelegate: 1 }, first);
    await story.vouch(third, ['carrier'], {}, second);
    await story.say(third, 'from the third');
    return input(story);
  },
  'an authority speaks by its own key': async () => {
    const { story } = await seller();
    await story.say(story.authority, 'from the authority');
    return input(story);
  },
  'a stranger’s broken records lower nothing': async () => {
    const { story } = await seller();
    const stranger = new Actor('stranger');
    await story.signRaw(stranger, { fields: { text: 7 } });
    await story.signRaw(stranger, { link: [1, 3, null, [], null, []] });
    await story.signRaw(stranger, {
      type: 'premonition',
      link: [1, 1, fromHex(hashOf('x')), [], fromHex(hashOf('x')), []],
    });
    return input(story);
  },
  'a log’s answer that counts more than is here': async () => {
    const { story, actor } = await seller();
    const log = buildLog(LOG, [hashOf('genesis'), ...story.ids, hashOf('unknown')]);
    const answer = log.subjectAnswer(ITEM, [...story.ids, hashOf('unknown')], witnessedAt(T0 + DAY));
    story.notes.push(answer);
    await story.manifest(actor, { fields: { asOf: fromHex(idOf(answer)) } });
    return input(story);
  },
};
