import { fromHex, utf8Bytes } from '../../../src/codec/hex.js';
import { sha256 } from '../../../src/crypto/hash.js';
import { buildLog, logVerifierKey } from '../../../src/log/build-log.js';
import { makeSample } from '../sample.js';
import {
  Actor,
  BOX,
  DAY,
  flipped,
  handover,
  hashOf,
  ITEM,
  idOf,
  instant,
  LOG,
  logPolicy,
  OTHER_ITEM,
  Story,
  statement,
  T0,
  withheld,
  witnessedAt,
} from '../story.js';
import { type Case, input, seller } from './case.js';

const OTHER_LOG = { name: 'log.example/two', seed: sha256(utf8Bytes('another log')) };

/**
 * The log answered that it holds two records, of which the manifest leaves out one. Beside them stand what the answer
 * does not speak of: a record of a larger tree, and one of another log.
 */
async function loggedOmission(): Promise<ReturnType<typeof input>> {
  const { story, actor } = await seller();
  const carrier = await story.company('carrier', ['carrier']);
  const [first] = story.ids as [string];
  const { id: left } = await story.say(carrier, 'left out');
  const { log } = story.log([first, left], T0 + DAY);
  const answer = log.subjectAnswer(ITEM, [first, left], witnessedAt(T0 + DAY));
  story.notes.push(answer);
  const { id: later } = await story.say(carrier, 'logged later');
  story.log([later], T0 + 2 * DAY, { entries: [first, left, later] });
  const { id: elsewhere } = await story.say(carrier, 'in another log');
  const other = buildLog(OTHER_LOG, [elsewhere]);
  const note = other.checkpoint(witnessedAt(T0 + DAY));
  story.notes.push(note);
  story.receipts.push(other.receipt(elsewhere, note));
  await story.manifest(actor, {
    ids: story.ids.filter((id) => id !== left),
    fields: { asOf: fromHex(idOf(answer)) },
  });
  const logs = logPolicy().replace('witness w0', `log ${logVerifierKey(OTHER_LOG)}\nwitness w0`);
  return input(story, { trust: story.trust({ logs }) });
}

/** That the third record is in the log, only a stranger's log of that name says: nobody can tell what the answer holds. */
async function saidByStranger(): Promise<ReturnType<typeof input>> {
  const { story, actor } = await seller();
  const carrier = await story.company('carrier', ['carrier']);
  const [first] = story.ids as [string];
  const { id: left } = await story.say(carrier, 'left out');
  const { id: third } = await story.say(carrier, 'third');
  const entries = [first, left, third];
  const { log } = story.log([first, left], T0 + DAY, { entries });
  const answer = log.subjectAnswer(ITEM, entries, witnessedAt(T0 + DAY));
  const strange = buildLog({ name: LOG.name, seed: OTHER_LOG.seed }, [hashOf('genesis'), ...entries]);
  const note = strange.checkpoint();
  story.notes.push(answer, note);
  story.receipts.push(strange.receipt(third, note));
  await story.manifest(actor, {
    ids: story.ids.filter((id) => id !== left),
    fields: { asOf: fromHex(idOf(answer)) },
  });
  return input(story);
}

/** Files in which several rules meet; each for the whole answer (whole-answers.test.ts). */
export const FURTHER: Readonly<Record<string, Case['make']>> = {
  'the sample': async () => {
    const { bytes, trust, at, story } = await makeSample();
    return { bytes, trust, at, story };
  },
  'the only record of a company is faulty': async () => {
    const story = new Story();
    const actor = await story.company('seller', ['seller']);
    await story.signRaw(actor, { fields: { ...statement('x'), text: 7 } });
    return input(story);
  },
  'the only record of a company is about its box': async () => {
    const story = new Story();
    const actor = await story.company('seller', ['seller']);
    await story.sign(
      actor,
      'aggregation',
      { action: 'pack', at: instant(T0), children: [ITEM] },
      { sub: BOX },
    );
    return input(story);
  },
  'a carrier signs a handover between two others': async () => {
    const { story, actor } = await seller();
    const carrier = await story.company('carrier', ['carrier']);
    await story.sign(carrier, 'handover', handover(actor, new Actor('another carrier')));
    return input(story);
  },
  'asOf names a tree head, which answers nothing': async () => {
    const { story, actor } = await seller();
    const { note } = story.log([...story.ids], T0 + DAY);
    await story.manifest(actor, { fields: { asOf: fromHex(note) } });
    return input(story);
  },
  'an answer of the log, and what it does not speak of': loggedOmission,
  'an answer of the log that cannot be followed': saidByStranger,
  'a gap beyond a gap, withheld in two manifests': async () => {
    const { story, actor } = await seller();
    const left = [];
    for (const name of ['one', 'two', 'three']) {
      const { signed } = await story.say(actor, name, { present: false });
      left.push(signed);
      if (name === 'two') await story.say(actor, 'between');
    }
    await story.say(actor, 'after');
    const carrier = await story.company('carrier', ['carrier']);
    const [one, two] = left.map((signed, index) => ({ ...signed, seq: [1, 2, 4][index]! }));
    await story.manifest(carrier, { fields: { withheld: [withheld(one!, 'privacy')] } });
    await story.manifest(carrier, { fields: { withheld: [withheld(two!, 'secret')] } });
    return input(story);
  },
  'one tampered record among good ones, under every kind of evidence': async () => {
    const { story, trust, at } = await makeSample();
    const records = story.records.map((record, index) =>
      index === 3 ? flipped(record, 8 * (record.length - 40)) : record,
    );
    return { bytes: story.file({ records }), trust, at };
  },
  'a record about another item that only a commission reaches': async () => {
    const { story } = await seller();
    const producer = await story.company('producer', ['producer']);
    await story.sign(producer, 'commission', {
      occurredAt: instant(T0),
      name: 'plate',
      facility: { name: 'kiln' },
      stage: 'finished',
      model: 'P',
      materials: [{ name: 'porcelain' }],
      conformityReferences: [],
      predecessor: { sub: OTHER_ITEM, manifest: fromHex(hashOf('its manifest')) },
    });
    await story.say(producer, 'about its predecessor', { sub: OTHER_ITEM });
    return input(story);
  },
};
