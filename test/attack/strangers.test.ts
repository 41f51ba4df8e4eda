import { expect, test } from 'vitest';
import { fromHex, toHex } from '../../src/codec/hex.js';
import { deriveFacts } from '../../src/facts/derive-facts.js';
import { mergePassports } from '../../src/passport/merge.js';
import type { Fields } from '../../src/record/record-type.js';
import { RECORD_TYPES, type RecordTypeName } from '../../src/record/types/index.js';
import type { VerifiedPassport } from '../../src/verify/verified-passport.js';
import { SAMPLES } from '../record/sample-payloads.js';
import { phoneSigner } from '../verify/cases/records.js';
import { makeSample } from '../verify/sample.js';
import {
  Actor,
  AT,
  BOX,
  DAY,
  hashOf,
  ITEM,
  instant,
  manifestFields,
  OTHER_ITEM,
  type Story,
  T0,
  withheld,
} from '../verify/story.js';
import { verdictOn } from './verdict.js';

/** A payload of the type, aimed at the records and keys of others where it can be. */
function hostileFields(
  type: RecordTypeName,
  victim: string,
  victimKey: string,
  own: string,
  sub: string,
): Fields {
  switch (type) {
    case 'manifest':
      return {
        ...manifestFields([victim, hashOf('ghost')]),
        withheld: [withheld({ id: hashOf('w'), kid: own, sub, seq: 3 }, 'secret')],
      };
    case 'key-event':
      return { action: 'revoke', key: fromHex(victimKey), suspectFrom: instant(T0 - DAY) };
    case 'aggregation':
      return { action: 'pack', at: instant(T0), children: [ITEM, OTHER_ITEM] };
    case 'countersign':
      return {
        of: fromHex(victim),
        stance: 'refuse',
        remark: 'none',
        inspectedScope: [],
        occurredAt: instant(T0),
      };
    default:
      return SAMPLES[type].full as unknown as Fields;
  }
}

/** Signs one record by somebody nobody knows; what the signer itself refuses is left out. */
async function intrude(story: Story, victims: readonly string[], random: () => number): Promise<boolean> {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const person = Actor.person('stranger');
  const actor = pick([
    person,
    new Actor('stranger company'),
    new Actor('another', `urn:goodorder:key:${person.kid}`),
    new Actor('phone', undefined, phoneSigner()),
  ]);
  const type = pick(Object.keys(SAMPLES) as RecordTypeName[]);
  const wanted = pick([ITEM, ITEM, BOX, OTHER_ITEM]);
  const fields = hostileFields(type, pick(victims), pick([...story.keys]).kid, actor.kid, wanted);
  const sub = type === 'key-event' ? `urn:goodorder:key:${toHex(fields.key as Uint8Array)}` : wanted;
  const position = pick([
    { seq: 0, prev: null, lane: null },
    { seq: 1, prev: hashOf('prev'), lane: hashOf('lane') },
    { seq: 4, prev: hashOf('prev'), lane: null },
  ]);
  const references = RECORD_TYPES.get(type)!
    .references(fields)
    .map(({ id }) => id);
  const seen = [...new Set([pick(victims), hashOf('absent'), ...references])];
  const iat = pick([0, T0, T0 + DAY, AT + DAY]);
  return story
    .sign(actor, type, fields, {
      sub,
      position: position.lane === null && position.seq > 0 ? actor.position(sub) : position,
      seen,
      iat,
    })
    .then(
      () => true,
      () => false,
    );
}

/** What a decision rests on: the verdict, how each known record stands, and the facts that known parties give. */
function essence(
  passport: VerifiedPassport,
  victims: readonly string[],
  parties: readonly string[],
): unknown {
  const facts = deriveFacts(passport, { parties, goods: [{ unit: 'u1', sub: ITEM }], sellers: [] });
  const records = passport.records
    .filter(({ id }) => victims.includes(id))
    .map(({ id, state, standing, binding, roles, time, pinnedBy, answers }) => ({
      ...{ id, state, standing, binding, roles, time, pinnedBy, answers },
    }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  return { verdict: passport.verdict, records, facts: facts.facts };
}

test('junk by strangers changes no verdict, no record’s standing and no fact, once it has been merged', async () => {
  const sample = await makeSample();
  const clean = await verdictOn(sample.story);
  const victims = clean.records.map(({ id }) => id);
  const parties = [...new Set(clean.records.map(({ iss }) => iss))];
  const before = essence(clean, victims, parties);
  let intrusions = 0;
  for (let seed = 1; seed <= 12; seed += 1) {
    let state = seed;
    const random = (): number => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return state / 2 ** 32;
    };
    const { story } = await makeSample();
    for (let step = 0; step < 12; step += 1) if (await intrude(story, victims, random)) intrusions += 1;
    const { bytes } = await mergePassports([story.file()]);
    const passport = await verdictOn(story, { bytes });
    expect({ seed, ...(essence(passport, victims, parties) as object) }).toEqual({
      seed,
      ...(before as object),
    });
  }
  expect(intrusions).toBeGreaterThan(60);
});
