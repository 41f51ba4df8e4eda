import { Workplace } from '../cli/workplace.js';
import { AT, flipped, Story } from '../verify/story.js';

/** A good passport, a broken one, and the trust file that believes the good one. */
export async function evidence(): Promise<{ place: Workplace; good: Uint8Array; bad: Uint8Array }> {
  const place = await Workplace.make();
  const story = new Story();
  const seller = await story.company('seller', ['seller']);
  await story.say(seller, 'packed');
  const good = story.file();
  const [record] = story.records as [Uint8Array];
  const bad = story.file({ records: [flipped(record, 8 * (record.length - 90))] });
  await place.write('good.passport', good);
  await place.write('bad.passport', bad);
  await place.write('trust.json', story.trustText());
  return { place, good, bad };
}

export const TRUST = ['--trust', 'trust.json', '--at', String(AT)];
