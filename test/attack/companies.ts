import { type Actor, idOf, Story } from '../verify/story.js';

/** A seller with a path. */
export async function oneCompany(): Promise<{ story: Story; seller: Actor }> {
  const story = new Story();
  return { story, seller: await story.company('seller', ['seller']) };
}

/** A seller and a carrier, both with a path. */
export async function twoCompanies(): Promise<{ story: Story; seller: Actor; carrier: Actor }> {
  const story = new Story();
  const seller = await story.company('seller', ['seller']);
  const carrier = await story.company('carrier', ['carrier']);
  return { story, seller, carrier };
}

/** A file that holds these records alone. */
export const fileWith = (story: Story, ids: readonly string[]): Uint8Array =>
  story.file({ records: story.records.filter((record) => ids.includes(idOf(record))) });
