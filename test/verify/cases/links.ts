import { fromHex, utf8Bytes } from '../../../src/codec/hex.js';
import { Actor, agreed, BOX, handover, hashOf, ITEM, instant, type Story, statement, T0 } from '../story.js';
import { type Case, type Cases, failed, input, limited, passed, seller } from './case.js';

const hash = (text: string): Uint8Array => fromHex(hashOf(text));

function link(change: (before: { prev: Uint8Array; lane: Uint8Array }) => unknown[]): Case['make'] {
  return async () => {
    const { story, actor } = await seller();
    const { prev, lane } = actor.position(ITEM);
    await story.signRaw(actor, { link: change({ prev: fromHex(prev!), lane: fromHex(lane!) }) as never });
    return input(story);
  };
}

/** Another company with a path says something first. */
async function two(): Promise<{ story: Story; actor: Actor; other: Actor; said: string }> {
  const { story, actor } = await seller();
  const other = await story.company('carrier', ['carrier']);
  const { id } = await story.say(other, 'from the carrier');
  return { story, actor, other, said: id };
}

/** A handover from seller to carrier, countersigned by whom the case says, about what it says. */
function countersign(
  by: (parties: { actor: Actor; other: Actor; third: Actor }) => Actor,
  sub = ITEM,
): Case['make'] {
  return async () => {
    const { story, actor, other } = await two();
    const { id } = await story.sign(actor, 'handover', handover(actor, other));
    const third = new Actor('somebody else');
    const signer = by({ actor, other, third });
    if (signer === third) await story.vouch(third, ['buyer']);
    const seen = signer === actor && sub === ITEM ? [] : [id];
    await story.sign(signer, 'countersign', agreed(id), { seen, sub });
    if (sub !== ITEM) {
      // The box belongs to the story: the item is in it.
      const packed = { action: 'pack', at: instant(T0), children: [ITEM] };
      await story.sign(actor, 'aggregation', packed, { sub: BOX });
    }
    return input(story);
  };
}

/** A statement with a private name, and a second opening for it. */
function opening(change: (opening: Uint8Array) => Uint8Array, alone = false): Case['make'] {
  return async () => {
    const { story, actor } = await seller();
    const persons = [{ capacity: 'driver', name: 'Li Lei' }];
    await story.sign(actor, 'statement', { ...statement('seen'), persons });
    const [true_] = story.openings;
    if (alone) story.openings.pop();
    story.openings.push(change(true_!));
    return input(story);
  };
}

function replaceText(bytes: Uint8Array, from: string, to: string): Uint8Array {
  const text = Buffer.from(bytes).toString('latin1');
  return new Uint8Array(Buffer.from(text.replace(from, to), 'latin1'));
}

export const LINK_CASES: Cases = {
  'link.shape': [
    failed(
      link(({ prev, lane }) => [1, 1, prev, [hash('b'), hash('b')], lane, []]),
      'link.shape',
    ),
    failed(
      link(({ prev, lane }) => [1, -1, prev, [], lane, []]),
      'link.shape',
    ),
    failed(
      link(({ prev, lane }) => [1, 1, prev, [], lane]),
      'link.shape',
    ),
    failed(
      link(({ prev, lane }) => [
        1,
        1,
        prev,
        Array.from({ length: 65 }, (_, index) => hash(`${index}`)),
        lane,
        [],
      ]),
      'link.shape',
    ),
  ],
  'link.seq-prev': [
    failed(
      link(({ lane }) => [1, 5, null, [], lane, []]),
      'chain.gap',
      'link.seq-prev',
    ),
    failed(
      link(({ prev, lane }) => [1, 0, prev, [], lane, []]),
      'chain.fork',
      'link.prev-mismatch',
      'link.seq-prev',
    ),
  ],
  'link.lane-null': failed(
    link(({ prev }) => [1, 1, prev, [], null, []]),
    'chain.fork',
    'link.lane-null',
  ),
  'link.prev-mismatch': failed(
    async () => {
      const { story, actor, other } = await two();
      const { lane } = other.position(ITEM);
      // prev names the carrier's record.
      await story.say(actor, 'second', { position: { ...actor.position(ITEM), prev: lane } });
      return input(story);
    },
    'chain.prev-other',
    'link.prev-mismatch',
  ),
  'link.lane-foreign': failed(async () => {
    const { story, actor, other } = await two();
    await story.say(actor, 'second', {
      position: { ...actor.position(ITEM), lane: other.position(ITEM).lane },
    });
    return input(story);
  }, 'link.lane-foreign'),
  'link.seen-own': failed(async () => {
    const { story, actor } = await seller();
    await story.say(actor, 'second', { seen: [story.ids[0]!] });
    return input(story);
  }, 'link.seen-own'),
  'link.ref-not-seen': failed(async () => {
    const { story, actor, said } = await two();
    await story.sign(actor, 'statement', {
      ...statement('x'),
      occasion: { boundary: 'pickup', of: fromHex(said) },
    });
    return input(story);
  }, 'link.ref-not-seen'),
  'link.ref-unproven': limited(async () => {
    const { story, actor } = await seller();
    await story.sign(actor, 'statement', {
      ...statement('x'),
      occasion: { boundary: 'pickup', of: hash('absent') },
    });
    return input(story);
  }, 'link.ref-unproven'),
  'link.absent': passed(async () => {
    const { story, actor } = await seller();
    const of = hash('absent');
    const payload = { ...statement('x'), occasion: { boundary: 'pickup', of } };
    await story.sign(actor, 'statement', payload, { seen: [hashOf('absent')] });
    return input(story);
  }),
  'countersign.other-subject': failed(
    countersign(({ other }) => other, BOX),
    'countersign.other-subject',
  ),
  'countersign.own': passed(countersign(({ actor }) => actor)),
  'countersign.not-party': passed(countersign(({ third }) => third)),
  'field.opening-mismatch': [
    // Another value, another place, another record: beside the true one, and alone.
    failed(
      opening((bytes) => replaceText(bytes, 'Li Lei', 'Li Mei')),
      'field.opening-mismatch',
      'field.opening-twice',
    ),
    failed(
      opening((bytes) => replaceText(bytes, 'Li Lei', 'Li Mei'), true),
      'field.opening-mismatch',
    ),
    failed(
      opening((bytes) => replaceText(bytes, 'name', 'nama')),
      'field.opening-mismatch',
    ),
  ],
  'field.opening-twice': failed(
    opening((bytes) => replaceText(bytes, 'Li Lei', 'Li Mei')),
    'field.opening-mismatch',
    'field.opening-twice',
  ),
  'passport.unreferenced': [
    failed(async () => {
      const { story } = await seller();
      story.attachments.push(utf8Bytes('a photo that nobody signed'));
      return input(story);
    }, 'passport.unreferenced'),
    failed(async () => {
      const { story } = await seller();
      story.keys.add(new Actor('nobody').signer);
      return input(story);
    }, 'passport.unreferenced'),
    failed(async () => {
      const { story } = await seller();
      await story.vouch(new Actor('nobody'), ['buyer']);
      return input(story);
    }, 'passport.unreferenced'),
    failed(async () => {
      const { story } = await seller();
      story.log([hashOf('a record that is not here')], T0 + 60);
      return input(story);
    }, 'passport.unreferenced'),
    failed(async () => {
      const { story } = await seller();
      story.tokens.push(utf8Bytes('a token that nothing names'));
      return input(story);
    }, 'passport.unreferenced'),
  ],
};
