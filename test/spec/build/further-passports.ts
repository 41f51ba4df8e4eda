import { fromHex } from '../../../src/codec/hex.js';
import { merkleRoot } from '../../../src/merkle/tree.js';
import { type CaseInput, input } from '../../verify/cases/case.js';
import { Actor, DAY, hashOf, idOf, manifestFields, Story, T0 } from '../../verify/story.js';

type Made = CaseInput & { readonly story: Story };

/** A seller who says three things and exports those that `listed` picks; all three are in the file. */
async function exported(listed: (ids: readonly string[]) => readonly string[]): Promise<Made> {
  const story = new Story();
  const seller = await story.company('seller', ['seller']);
  for (const text of ['dented when it left', 'sent', 'paid']) await story.say(seller, text);
  await story.manifest(seller, { ids: listed(story.ids) });
  return input(story);
}

/** A key with 65 credentials of one authority, of which one alone says `seller`: the first or the last by its id. */
async function flooded(place: 'first' | 'last'): Promise<Made> {
  const story = new Story();
  const actor = new Actor('of many credentials');
  for (let day = 0; day < 64; day += 1)
    await story.vouch(actor, ['buyer'], { until: T0 + (100 + day) * DAY });
  const others = story.credentials.map(idOf).sort();
  for (let day = 0; ; day += 1) {
    const id = await story.vouch(actor, ['seller'], { until: T0 + (200 + day) * DAY });
    if (place === 'first' ? id < others[0]! : id > others.at(-1)!) break;
    story.credentials.pop();
  }
  await story.say(actor, 'in which role?');
  await story.manifest(actor);
  return input(story);
}

/** Two volumes of one history: two records and a part in each. */
export async function twoVolumes(): Promise<{
  readonly story: Story;
  readonly volumes: readonly Uint8Array[];
}> {
  const story = new Story();
  const seller = await story.company('seller', ['seller']);
  for (const text of ['one', 'two', 'three', 'four']) await story.say(seller, text);
  const [first, second] = [story.ids.slice(0, 2), story.ids.slice(2)];
  const root = merkleRoot([...first].sort().map(fromHex));
  const part = await story.manifest(seller, { ids: first, fields: { part: [1, 2] } });
  const fields = { part: [2, 2], continues: fromHex(part.id), after: root };
  await story.manifest(seller, { ids: second, fields: { ...manifestFields(second), ...fields } });
  const [one, two, three, four, partOne, partTwo] = story.records as [
    ...[Uint8Array, Uint8Array, Uint8Array, Uint8Array, Uint8Array, Uint8Array],
  ];
  const volumes = [
    story.file({ records: [one, two, partOne] }),
    story.file({ records: [three, four, partTwo] }),
  ];
  return { story, volumes };
}

async function volumeAlone(index: number): Promise<Made> {
  const { story, volumes } = await twoVolumes();
  return { ...input(story), bytes: volumes[index]! };
}

/** Whole passports that show a rule which no code of its own names. */
export const FURTHER_PASSPORTS: Readonly<Record<string, () => Promise<Made>>> = {
  'all three listed': () => exported((ids) => ids),
  'the first is left out, and only prev shows that its maker knew it': () => exported(([, ...rest]) => rest),
  'the last is left out, and only the prev of the manifest shows it': () =>
    exported((ids) => ids.slice(0, 2)),
  'a declared record is absent: prev charges nobody': () =>
    exported(([, ...rest]) => [...rest, hashOf('absent')]),
  'of 65 credentials of one branch the last by id is not weighed': () => flooded('last'),
  'of 65 credentials of one branch the first by id is': () => flooded('first'),
  'the first of two volumes alone': () => volumeAlone(0),
  'the second of two volumes alone': () => volumeAlone(1),
};
