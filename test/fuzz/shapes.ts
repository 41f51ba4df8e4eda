import { concatBytes, fromHex, utf8Bytes } from '../../src/codec/hex.js';
import { sha256 } from '../../src/crypto/hash.js';
import type { Fields } from '../../src/record/record-type.js';
import { Actor, BOX, flipped, hashOf, ITEM, instant, Story, statement, T0 } from '../verify/story.js';

/** A way to make a passport long: `count` says how long, and twice the count must not cost much more than twice. */
export interface Shape {
  readonly name: string;
  readonly make: (story: Story, count: number) => Promise<void>;
}

const item = (index: number): string => `https://id.gs1.org/01/09521234543213/21/N${index}`;
const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

export const SHAPES: readonly Shape[] = [
  {
    name: 'one chain of small records',
    make: async (story, count) => {
      const seller = await story.company('seller', ['seller']);
      for (const index of upTo(count)) await story.say(seller, `${index}`);
    },
  },
  {
    name: 'small records of unknown signers, each with a chain of its own',
    make: async (story, count) => {
      for (const index of upTo(count)) await story.say(new Actor(`stranger ${index}`), 'x');
    },
  },
  {
    name: 'many heads: a key with a chain for each item',
    make: async (story, count) => {
      const seller = await story.company('seller', ['seller']);
      for (const index of upTo(count)) await story.say(seller, 'x', { sub: item(index) });
    },
  },
  {
    name: 'many forks: every record the second of its chain',
    make: async (story, count) => {
      const seller = await story.company('seller', ['seller']);
      const { next } = await story.say(seller, 'first');
      for (const index of upTo(count))
        await story.say(seller, `${index}`, { position: next, advance: false });
    },
  },
  {
    name: 'bad signatures of strangers',
    make: async (story, count) => {
      const stranger = new Actor('stranger');
      for (const index of upTo(count)) await story.say(stranger, `${index}`);
      for (const [index, record] of story.records.entries())
        story.records[index] = flipped(record, 8 * (record.length - 40));
    },
  },
  {
    name: 'one record with a long payload',
    make: async (story, count) => {
      const seller = await story.company('seller', ['seller']);
      const long = upTo(Math.min(count, 60_000)).map((index) => index % 20);
      for (let at = 0; at < count; at += 60_000)
        await story.sign(seller, 'statement', { ...statement(`${at}`), x: { long } });
    },
  },
  {
    name: 'many credentials of one issuer for one key',
    make: async (story, count) => {
      const seller = await story.company('seller', ['seller']);
      for (const index of upTo(count)) await story.vouch(seller, ['seller'], { until: T0 + index });
      for (const index of upTo(20)) await story.say(seller, `${index}`);
    },
  },
  {
    name: 'deep credentials: a fan of delegations of three steps',
    make: async (story, count) => {
      const width = Math.ceil(count / 3);
      const seller = new Actor('seller');
      for (const index of upTo(width)) {
        const [upper, lower] = [new Actor(`upper ${index}`), new Actor(`lower ${index}`)];
        await story.vouch(upper, ['seller'], { mayDelegate: 2 });
        await story.vouch(lower, ['seller'], { mayDelegate: 1 }, upper);
        await story.vouch(seller, ['seller'], {}, lower);
      }
      for (const index of upTo(20)) await story.say(seller, `${index}`);
    },
  },
  {
    name: 'many manifests',
    make: async (story, count) => {
      const seller = await story.company('seller', ['seller']);
      await story.say(seller, 'x');
      for (const _ of upTo(count)) await story.manifest(seller, { ids: story.ids.slice(0, 1) });
    },
  },
  {
    name: 'long manifests of many parties',
    make: async (story, count) => {
      const seller = await story.company('seller', ['seller']);
      for (const index of upTo(100)) await story.say(seller, `${index}`);
      const ids = [...story.ids, ...upTo(300).map((index) => hashOf(`absent ${index}`))];
      for (const index of upTo(Math.ceil(count / 20))) {
        const exporter = await story.company(`exporter ${index}`, ['seller']);
        await story.manifest(exporter, { ids });
      }
    },
  },
  {
    name: 'many links: each record pins the 64 before it',
    make: async (story, count) => {
      const seller = await story.company('seller', ['seller']);
      for (const index of upTo(Math.ceil(count / 4)))
        await story.say(seller, `${index}`, { seen: story.ids.slice(-64) });
    },
  },
  {
    name: 'many openings, most for no private place',
    make: async (story, count) => {
      const seller = await story.company('seller', ['seller']);
      const persons = upTo(8).map((index) => ({ capacity: 'driver', name: `${index}` }));
      for (const index of upTo(Math.ceil(count / 32)))
        await story.sign(seller, 'statement', { ...statement(`${index}`), persons });
      const twice = story.openings.map((opening) => flipped(opening, 8 * opening.length - 1));
      story.openings.push(...twice);
    },
  },
  {
    name: 'many notes with witnesses, and a receipt for each',
    make: async (story, count) => {
      const seller = await story.company('seller', ['seller']);
      for (const index of upTo(20)) await story.say(seller, `${index}`);
      for (const index of upTo(Math.ceil(count / 16))) story.log([story.ids[index % 20]!], T0 + index);
    },
  },
  {
    name: 'many revocations of one key',
    make: async (story, count) => {
      const seller = await story.company('seller', ['seller']);
      const sub = `urn:goodorder:key:${seller.kid}`;
      for (const index of upTo(count)) {
        const fields = { action: 'revoke', key: fromHex(seller.kid), suspectFrom: instant(T0 + index) };
        await story.sign(seller, 'key-event', fields, { sub });
      }
    },
  },
  {
    name: 'many answers to one handover',
    make: async (story, count) => {
      const seller = await story.company('seller', ['seller']);
      const carrier = await story.company('carrier', ['carrier']);
      const { id } = await story.sign(seller, 'handover', handoverOf(seller, carrier));
      for (const index of upTo(count)) {
        const fields = {
          of: fromHex(id),
          stance: 'agree',
          remark: 'clean',
          inspectedScope: [{ aspect: 'packaging-outer' }],
          occurredAt: instant(T0 + index),
        };
        await story.sign(carrier, 'countersign', fields, { seen: [id] });
      }
    },
  },
  {
    name: 'containers within containers',
    make: async (story, count) => {
      const packer = await story.company('packer', ['seller']);
      for (const index of upTo(count)) {
        const children = [index === 0 ? ITEM : item(index - 1)];
        await story.sign(
          packer,
          'aggregation',
          { action: 'pack', children, at: instant(T0 + index) },
          { sub: item(index) },
        );
      }
    },
  },
  {
    name: 'one box of all, packed again and again',
    make: async (story, count) => {
      const packer = await story.company('packer', ['seller']);
      for (const index of upTo(count)) {
        const children = [ITEM, item(index)].sort();
        await story.sign(
          packer,
          'aggregation',
          { action: 'pack', children, at: instant(T0 + index) },
          { sub: BOX },
        );
      }
    },
  },
  {
    name: 'overlapping sensor batches of one device',
    make: async (story, count) => {
      const carrier = await story.company('carrier', ['carrier']);
      for (const index of upTo(count)) await story.sign(carrier, 'sensor-batch', batchAt(index));
    },
  },
  {
    name: 'many attachments that nothing names',
    make: async (story, count) => {
      const seller = await story.company('seller', ['seller']);
      await story.say(seller, 'x');
      for (const index of upTo(8 * count)) story.attachments.push(utf8Bytes(`attachment ${index}`));
    },
  },
  {
    name: 'many acknowledgements of many',
    make: async (story, count) => {
      const seller = await story.company('seller', ['seller']);
      for (const index of upTo(64)) await story.say(seller, `${index}`);
      const ids = [...story.ids].sort();
      for (const index of upTo(Math.ceil(count / 4))) {
        const fields = { received: ids.map(fromHex), at: instant(T0 + index) };
        await story.sign(seller, 'acknowledgement', fields);
      }
    },
  },
  {
    name: 'elements that are nothing',
    make: async (story, count) => {
      const seller = await story.company('seller', ['seller']);
      await story.say(seller, 'x');
      for (const index of upTo(2 * count)) {
        const junk = sha256(utf8Bytes(`junk ${index}`));
        story.records.push(concatBytes(Uint8Array.of(0xd2), junk));
        story.openings.push(junk);
        story.receipts.push(junk);
      }
    },
  },
];

function handoverOf(from: Actor, to: Actor): Fields {
  return {
    occurredAt: instant(T0),
    from: from.iss,
    to: to.iss,
    fromCapacity: 'principal',
    toCapacity: 'carrier',
    parcels: 1,
    remark: 'clean',
    inspectedScope: [{ aspect: 'packaging-outer' }],
    sealState: 'intact',
    leg: 'A',
    mode: 'road',
  };
}

function batchAt(index: number): Fields {
  return {
    from: instant(T0 + index),
    to: instant(T0 + index + 3_600),
    device: { id: 'L-1' },
    quantity: 'temperature',
    unit: 'milliC',
    sampleCount: 10,
    intervalUs: 60_000_000,
    recording: { mode: 'continuous' },
    root: sha256(utf8Bytes(`root ${index}`)),
    min: 20_000,
    max: 30_000,
    gaps: [],
    clockOffsetMs: 0,
    attachedTo: ITEM,
    mount: 'package',
    location: 'package',
    endReason: 'stopped',
  };
}

/** The file and trust file of a shape at that count. */
export async function shaped(
  { make }: Shape,
  count: number,
): Promise<{ readonly passport: Uint8Array; readonly trust: string }> {
  const story = new Story();
  await make(story, count);
  const passport = story.file();
  return { passport, trust: story.trustText() };
}
