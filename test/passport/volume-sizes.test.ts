import { beforeAll, describe, expect, test } from 'vitest';
import { sha256, sha256Hex } from '../../src/crypto/hash.js';
import { buildLog } from '../../src/log/build-log.js';
import { graphOf } from '../../src/passport/assess.js';
import { displayOrder } from '../../src/passport/display-order.js';
import { readPassportFile } from '../../src/passport/file.js';
import { makeManifests, manifestsOf } from '../../src/passport/manifest.js';
import { exportVolumes, type VolumesRequest, type VolumesResult } from '../../src/passport/volumes.js';
import { CONTAINER, Hand, ITEM, OTHER_ITEM, type Signed } from './hand.js';
import { assess, fileOf, membersOf } from './world.js';

// What volumes.ts reserves: a manifest's own bytes, one id or withheld entry in it, the head of an element.
const [MANIFEST, LISTED, WITHHELD, HEAD] = [24_000, 40, 150, 9];

const size = (elements: readonly Uint8Array[]): number =>
  elements.reduce((sum, { length }) => sum + length + HEAD, 0);
const blob = (length: number, byte: number): Uint8Array => new Uint8Array(length).fill(byte);

interface Counted {
  readonly request: Omit<VolumesRequest, 'maker' | 'volumeLimit'>;
  readonly maker: Hand;
  /** In display order, without those that every volume needs. */
  readonly own: readonly { readonly id: string; readonly bytes: number }[];
  readonly everywhere: readonly string[];
  /** What every volume needs, and what is kept free for a manifest. */
  readonly fixed: number;
}

/** Every kind of element, each named by one record, so that it is known what a volume with a record has to hold. */
async function counted(): Promise<Counted> {
  const authority = new Hand('authority', 'https://id.gs1.org/417/6901234000016');
  const seller = new Hand('seller', 'https://id.gs1.org/417/6901234000023');
  const other = new Hand('other');
  const credential = await authority.credentialFor(seller);
  const credentialId = sha256Hex(credential);
  const photos = [blob(3_001, 1), blob(2_003, 2), blob(4_007, 3)];
  const tokens = [blob(1_009, 0x40), blob(2_011, 0x41), blob(3_019, 0x42)];

  const made = await seller.commission(ITEM);
  const pack = await seller.pack(CONTAINER, [ITEM], { seen: [credentialId] });
  const shots: Signed[] = [];
  for (const [index, photo] of photos.entries()) {
    shots.push(await seller.photograph(ITEM, photo, { anchors: index === 2 ? [sha256Hex(tokens[0]!)] : [] }));
  }
  const hidden = await seller.say(ITEM, 'kept back');
  const foreign = await other.say(OTHER_ITEM, 'left out '.padEnd(900, 'x'));
  const logOf = (name: string, ids: readonly string[]) =>
    buildLog({ name: `log.test/${name}`, seed: sha256(Uint8Array.of(name.length)) }, ids);
  const logs = [
    logOf('a', [shots[0]!.id]),
    logOf('bb', [credentialId]),
    logOf('ccc', ['00'.repeat(32)]),
    logOf('dddd', [made.id]),
  ];
  const notes = logs.map((log) => log.checkpoint());
  const receipts = [
    logs[0]!.receipt(shots[0]!.id, notes[0]!, { tokens: [sha256Hex(tokens[1]!)] }),
    logs[1]!.receipt(credentialId, notes[1]!, { tokens: [sha256Hex(tokens[2]!)] }),
    logs[3]!.receipt(made.id, notes[3]!),
  ];
  const statement = makeManifests({ records: [], asOf: sha256Hex(notes[2]!) })[0]!;
  const manifest = await other.sign(ITEM, 'manifest', statement);
  const records = [made, pack, ...shots, hidden, foreign, manifest];
  const file = fileOf({
    ...membersOf(records, [seller, other, authority]),
    3: [credential],
    5: notes,
    6: tokens,
    7: receipts,
    8: photos,
  });
  const belongs = new Map<string, readonly Uint8Array[]>([
    [made.id, [receipts[2]!, notes[3]!]],
    [pack.id, []],
    [shots[0]!.id, [photos[0]!, receipts[0]!, notes[0]!, tokens[1]!]],
    [shots[1]!.id, [photos[1]!]],
    [shots[2]!.id, [photos[2]!, tokens[0]!]],
    [manifest.id, [notes[2]!]],
  ]);
  const bytesOf = ({ id, record, openings }: Signed): number =>
    LISTED + size([record, ...openings, ...belongs.get(id)!]);
  const everywhere = [made, pack];
  const shared = size([
    ...[seller.key, other.key, authority.key, credential],
    ...[receipts[1]!, notes[1]!, tokens[2]!],
  ]);
  const assessed = await assess(file);
  const graph = graphOf(assessed);
  const units = new Map([...shots, manifest].map((one) => [one.id, one]));
  return {
    request: { from: [file], withhold: [{ id: hidden.id, reason: 'secret' }] },
    maker: seller,
    own: [...displayOrder(graph)].flatMap((position) => {
      const one = units.get(graph.records[position]!.id);
      return one === undefined ? [] : [{ id: one.id, bytes: bytesOf(one) }];
    }),
    everywhere: everywhere.map(({ id }) => id),
    // The credential is listed in the manifest, because the maker has seen it.
    fixed: shared + everywhere.reduce((sum, one) => sum + bytesOf(one), 0) + MANIFEST + WITHHELD + LISTED,
  };
}

let world: Counted;
beforeAll(async () => {
  world = await counted();
});

const cutAt = (volumeLimit: number, more: Partial<VolumesRequest> = {}): Promise<VolumesResult> =>
  exportVolumes({ ...world.request, maker: world.maker.copy().maker(ITEM), volumeLimit, ...more });

/** The records of each volume, without those that every volume holds. */
function shown({ volumes, manifests }: VolumesResult): string[][] {
  return volumes.map(({ bytes }) => {
    const read = readPassportFile(bytes);
    if (!read.ok) throw new Error(read.fault.code);
    const ids = read.file.members[1].map((element) => sha256Hex(element.bytes));
    for (const id of world.everywhere) expect(ids).toContain(id);
    return ids.filter((id) => !world.everywhere.includes(id) && !manifests.includes(id)).sort();
  });
}

describe('a volume takes records in display order while there is room', () => {
  const sum = (from: number, to: number): number =>
    world.own.slice(from, to).reduce((total, { bytes }) => total + bytes, 0);
  const groups = (...ends: number[]): string[][] =>
    ends.map((end, index) =>
      world.own
        .slice(ends[index - 1] ?? 0, end)
        .map(({ id }) => id)
        .sort(),
    );
  /** By definition: each volume as many of the next as fit. */
  const expected = (room: number): string[][] => {
    const ends: number[] = [];
    let start = 0;
    while (start < world.own.length) {
      let end = start + 1;
      while (end < world.own.length && sum(start, end + 1) <= room) end += 1;
      ends.push(end);
      start = end;
    }
    return groups(...ends);
  };

  test('to the byte: at the longest record, at pairs and at three', async () => {
    expect(world.own).toHaveLength(4);
    const longest = Math.max(...world.own.map(({ bytes }) => bytes));
    const rooms = [longest, sum(0, 2), sum(1, 3), sum(2, 4), sum(0, 3), sum(1, 4)];
    for (const exact of rooms) {
      for (const room of [exact, exact - 1]) {
        if (room < longest) continue;
        expect(shown(await cutAt(world.fixed + room))).toEqual(expected(room));
      }
    }
    await expect(cutAt(world.fixed + longest - 1)).rejects.toMatchObject({ code: 'passport.too-large' });
    await expect(cutAt(world.fixed - 20_000)).rejects.toMatchObject({ code: 'passport.too-large' });
  });

  test('and all of them in one file where all fit', async () => {
    expect((await cutAt(world.fixed + sum(0, 4))).volumes).toHaveLength(1);
    expect((await cutAt(world.fixed + sum(0, 4) - 1)).volumes).toHaveLength(2);
  });

  test('and an opening that is dropped is in none, though its record is', async () => {
    const { volumes } = await cutAt(world.fixed + sum(0, 3), { dropOpenings: [{ path: 'persons[].name' }] });
    expect(volumes).toHaveLength(2);
    for (const { bytes } of volumes) {
      const { passport } = await assess(bytes);
      expect(passport.openings.map(({ opening }) => opening.path)).toEqual([['children', 0]]);
    }
  });

  test('and a credential that the maker has seen is listed in the first alone', async () => {
    const { volumes, manifests } = await cutAt(world.fixed + sum(0, 3));
    const listed: boolean[] = [];
    for (const [index, { bytes }] of volumes.entries()) {
      const assessed = await assess(bytes);
      const [credential] = assessed.passport.credentials;
      const made = manifestsOf(assessed, graphOf(assessed)).find(({ id }) => id === manifests[index]);
      listed.push(made!.ids.includes(credential!.credential.id));
    }
    expect(listed).toEqual([true, false]);
  });

  test('and a key that only the maker has is in each of them', async () => {
    const { volumes } = await cutAt(world.fixed + sum(0, 3), { maker: new Hand('platform').maker(ITEM) });
    for (const { bytes } of volumes) {
      const { passport, leftOut } = await assess(bytes);
      expect([passport.keys.has(new Hand('platform').kid), leftOut]).toEqual([true, []]);
    }
  });

  test('as long as volumes are short enough, they are the same again; a byte less, and they are not', async () => {
    const maker = world.maker.copy();
    const first = await cutAt(world.fixed + sum(0, 3), { maker: maker.maker(ITEM) });
    const { withhold: _, ...request } = world.request;
    const held = first.volumes.map(({ bytes }) => bytes);
    const again = (volumeLimit: number): Promise<VolumesResult> =>
      exportVolumes({ ...request, from: held, maker: maker.copy().maker(ITEM), volumeLimit });
    const manifests = await Promise.all(
      first.manifests.map(async (id, index) => {
        const { passport } = await assess(held[index]!);
        return passport.records.find(({ head }) => head.id === id)!.element.length + HEAD + LISTED;
      }),
    );
    const fixed = world.fixed - MANIFEST - WITHHELD - LISTED;
    const sizes = [sum(0, 3), sum(3, 4)].map((bytes, index) => fixed + bytes + manifests[index]!);
    expect(await again(Math.max(...sizes))).toMatchObject({ reused: true, volumes: first.volumes });
    const smaller = await again(Math.max(...sizes) - 1).catch((error: { code: string }) => error.code);
    if (typeof smaller !== 'string') expect(smaller.reused).toBe(false);
    else expect(smaller).toBe('passport.too-large');
  });
});
