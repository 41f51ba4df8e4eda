import { fromHex } from '../../../src/codec/hex.js';
import {
  Actor,
  DAY,
  hashOf,
  ITEM,
  idOf,
  manifestFields,
  type Story,
  T0,
  withheld,
  witnessedAt,
} from '../story.js';
import { type Case, type Cases, failed, input, limited, passed, seller } from './case.js';

function manifest(change: (story: Story, actor: Actor) => Parameters<Story['manifest']>[1]): Case['make'] {
  return async () => {
    const { story, actor } = await seller();
    await story.manifest(actor, change(story, actor));
    return input(story);
  };
}

/** Signed whatever its shape. */
function rawManifest(fields: Record<string, unknown>): Case['make'] {
  return async () => {
    const { story, actor } = await seller();
    const { prev, lane } = actor.position(ITEM);
    const link = [1, 1, fromHex(prev!), [], fromHex(lane!), []];
    await story.signRaw(actor, {
      type: 'manifest',
      link,
      fields: { ...manifestFields(story.ids), ...fields },
    });
    return input(story);
  };
}

export const MANIFEST_CASES: Cases = {
  'manifest.shape': [
    failed(rawManifest({ part: [3, 2], continues: fromHex(hashOf('x')) }), 'manifest.shape'),
    failed(rawManifest({ withheld: [{ id: fromHex(hashOf('x')), reason: 'privacy' }] }), 'manifest.shape'),
  ],
  'manifest.root': [
    failed(rawManifest({ count: 2 }), 'manifest.root'),
    failed(rawManifest({ root: fromHex(hashOf('x')) }), 'manifest.root'),
  ],
  'manifest.silent-omission': failed(async () => {
    const { story, actor } = await seller();
    const carrier = await story.company('carrier', ['carrier']);
    const { id } = await story.say(carrier, 'damaged when I got it');
    await story.say(actor, 'I have seen that', { seen: [id] });
    await story.manifest(actor, { ids: story.ids.filter((one) => one !== id) });
    return input(story);
  }, 'manifest.silent-omission'),
  'manifest.omission-other-key': passed(async () => {
    const { story, actor } = await seller();
    const carrier = await story.company('carrier', ['carrier']);
    const { id } = await story.say(carrier, 'damaged when I got it');
    // Another device of the seller has seen it; the exporting one has seen that device's record.
    const device = new Actor('the second device', actor.iss);
    await story.vouch(device, ['seller']);
    const { id: seenIt } = await story.say(device, 'I have seen that', { seen: [id] });
    await story.manifest(actor, { ids: story.ids.filter((one) => one !== id), seen: [seenIt] });
    return input(story);
  }),
  'manifest.logged-omission': failed(async () => {
    const { story, actor } = await seller();
    const carrier = await story.company('carrier', ['carrier']);
    const { id } = await story.say(carrier, 'damaged when I got it');
    const { log } = story.log([...story.ids], T0 + DAY);
    const answer = log.subjectAnswer(ITEM, story.ids, witnessedAt(T0 + DAY));
    story.notes.push(answer);
    await story.manifest(actor, {
      ids: story.ids.filter((one) => one !== id),
      fields: { asOf: fromHex(idOf(answer)) },
    });
    return input(story);
  }, 'manifest.logged-omission'),
  'manifest.record-missing': limited(
    manifest((story) => ({ ids: [...story.ids, hashOf('absent')] })),
    'manifest.record-missing',
  ),
  'manifest.asof-absent': limited(
    manifest(() => ({ fields: { asOf: fromHex(hashOf('absent')) } })),
    'manifest.asof-absent',
  ),
  'manifest.volume-absent': limited(
    manifest(() => ({ fields: { after: fromHex(hashOf('absent')) } })),
    'manifest.volume-absent',
  ),
  'manifest.none': passed(async () => input((await seller()).story)),
  'manifest.withheld-unproven': passed(
    manifest((_, actor) => ({
      fields: { withheld: [withheld({ id: hashOf('ghost'), kid: actor.kid, sub: ITEM, seq: 7 }, 'privacy')] },
    })),
  ),
  'manifest.part-absent': limited(
    manifest(() => ({ fields: { part: [2, 2], continues: fromHex(hashOf('the first part')) } })),
    'manifest.part-absent',
  ),
};
