import { GoodOrderError } from '../../../src/errors.js';
import { mergePassports } from '../../../src/passport/merge.js';
import { seller } from '../../verify/cases/case.js';
import { makeSample } from '../../verify/sample.js';
import { Actor, BOX, flipped, ITEM, instant, OTHER_ITEM, Story } from '../../verify/story.js';
import { base64, type VectorCase, type VectorFile } from '../vector-file.js';

async function merged(name: string, inputs: readonly Uint8Array[]): Promise<VectorCase> {
  const given = { name, inputs: inputs.map(base64) };
  try {
    const { bytes, leftOut } = await mergePassports(inputs);
    const left = leftOut.map(({ code, member, sha256 }) => ({ code, member, sha256 }));
    return { ...given, ok: true, output: base64(bytes), leftOut: left };
  } catch (error) {
    if (!(error instanceof GoodOrderError)) throw error;
    return { ...given, ok: false, code: error.code };
  }
}

/** Two halves of one story, each with what its records need. */
async function halves(): Promise<{ left: Uint8Array; right: Uint8Array; story: Story }> {
  const { story, actor } = await seller();
  const carrier = await story.company('carrier', ['carrier']);
  await story.say(carrier, 'from the carrier', { seen: [story.ids[0]!] });
  await story.say(actor, 'second');
  const [one, two, three] = story.records as [Uint8Array, Uint8Array, Uint8Array];
  return { left: story.file({ records: [one, two] }), right: story.file({ records: [two, three] }), story };
}

export async function mergesFile(): Promise<VectorFile> {
  const { bytes: whole, story: full } = await makeSample();
  const { left, right, story } = await halves();
  const { story: boxed, actor } = await seller();
  const pack = { action: 'pack', at: instant(1_787_880_000), children: [ITEM] };
  await boxed.sign(actor, 'aggregation', pack, { sub: BOX });
  const [opening] = boxed.openings as [Uint8Array];
  const record = story.records[0]!;
  const stranger = new Actor('stranger');
  const junk = new Story();
  await junk.say(stranger, 'about something else', { sub: OTHER_ITEM });
  return {
    name: 'merges',
    about:
      'Merges (passport-file.md): inputs and output in base64, and what is left out with the first reason; or the code. `sha256` is that of the element.',
    cases: [
      await merged('one file with itself', [whole, whole]),
      await merged('two halves', [left, right]),
      await merged('the same the other way round', [right, left]),
      await merged('a loose record, key and opening', [
        boxed.file({ openings: [] }),
        record,
        actor.signer.coseKey,
        opening,
      ]),
      await merged('a record that does not verify', [left, flipped(record, 8 * (record.length - 1))]),
      await merged('a stranger’s record about another item', [
        left,
        junk.records[0]!,
        stranger.signer.coseKey,
      ]),
      await merged('without a key', [full.file({ keys: [] })]),
      await merged('two items', [left, new Story().file({ item: OTHER_ITEM })]),
      await merged('something else', [left, new TextEncoder().encode('neither of them')]),
    ],
  };
}
