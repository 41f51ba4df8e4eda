import { describe, expect, test } from 'vitest';
import { agreedTerm } from '../../src/facts/agreement-facts.js';
import { deriveFacts } from '../../src/facts/derive-facts.js';
import { firstShockSource } from '../../src/facts/limits.js';
import { LegRecordings } from '../../src/finding/leg-recordings.js';
import {
  agreement,
  at,
  BUYER,
  CARRIER_A,
  CARRIER_B,
  CONTRACTING,
  countersign,
  delivery,
  handover,
  ITEM,
  idOf,
  jointAgreement,
  media,
  passport,
  type RecordDraft,
  SCOPE,
  SELLER,
} from './case-builder.js';

// Whoever signs can sign again until the id suits. Each case is told twice, with the ids of two records the one way
// round and the other.

/** Names for two records, such that the id of the first is the smaller one, or the larger. */
function names(a: string, b: string, order: 'smaller' | 'larger'): readonly [string, string] {
  for (let tried = 0; ; tried += 1) {
    const name = `${a} ${tried}`;
    if (idOf(name) < idOf(b) === (order === 'smaller')) return [name, b];
  }
}

const ORDERS = ['smaller', 'larger'] as const;
const factsOf = (records: readonly RecordDraft[]) => deriveFacts(passport(records), SCOPE);

describe.each(ORDERS)('with the %s id the one that may gain by it', (order) => {
  const fragility = (maxPeakMilliG: number, axis = 'any') => ({
    fragility: [{ axis, maxPeakMilliG, maxDeltaVUmPerS: 2_000_000 }],
  });

  test('the fragility agreed first, as far as proven, judges where the two of the edge agreed none', () => {
    const [early, late] = names('early', 'late', order);
    const records = [
      ...jointAgreement(early, {
        by: SELLER,
        parties: [SELLER, CARRIER_A],
        h: 5,
        upper: 10,
        payload: fragility(90_000),
      }),
      // It says that it is the older one, and cannot show it.
      ...jointAgreement(late, {
        by: SELLER,
        parties: [SELLER, CARRIER_B],
        h: 0,
        upper: 20,
        payload: fragility(60_000),
      }),
    ];
    const facts = factsOf(records);
    expect(firstShockSource(facts)?.terms).toEqual([
      facts.of('agreed').find(({ prov, term }) => term === 'fragility' && prov.records[0] === idOf(early))!
        .id,
    ]);
    expect(new LegRecordings(facts).limitsAgreedAnywhere()).toBe(firstShockSource(facts));
  });

  test.each([
    ['the one that may have been there before', { upper: 10 }, { upper: 10, lower: 5 }, 90_000, 60_000],
    ['of several at one time the one of the lower peak', {}, {}, 60_000, 90_000],
    ['of one peak the one of the first axis', {}, {}, 60_000, 60_000],
  ] as const)('%s', (_, one, other, own, others) => {
    const [first, second] = names('first', 'second', order);
    const records = [
      ...jointAgreement(first, {
        by: SELLER,
        parties: [SELLER, CARRIER_A],
        h: 0,
        ...one,
        payload: fragility(own, 'x'),
      }),
      ...jointAgreement(second, {
        by: SELLER,
        parties: [SELLER, CARRIER_B],
        h: 0,
        ...other,
        payload: fragility(others),
      }),
    ];
    expect(firstShockSource(factsOf(records))?.shock).toEqual([
      { axis: 'x', maxPeakMilliG: own, maxDeltaVUmPerS: 2_000_000 },
    ]);
  });

  test('of agreements that say the same the one of full standing speaks', () => {
    const [forked, sound] = names('forked', 'sound', order);
    const words = {
      by: SELLER,
      parties: [SELLER, CARRIER_A],
      h: 0,
      payload: { noticeDays: { days: 7, from: 'delivery' } },
    };
    const [record, ...answers] = jointAgreement(forked, words);
    const facts = factsOf([
      { ...record!, over: { standing: 'adverse-only' } },
      ...answers,
      ...jointAgreement(sound, words),
    ]);
    const term = agreedTerm(facts, 'noticeDays', SELLER, CARRIER_A);
    expect(term.status === 'present' && term.fact.prov.records[0]).toBe(idOf(sound));
  });

  const capacityOf = (capacity: string) => ({ capacityOf: [{ party: CONTRACTING, capacity }] });
  const handed = handover('to the warehouse', {
    from: CONTRACTING,
    to: BUYER,
    h: 10,
    payload: { fromCapacity: 'unknown' },
    malformed: true,
  } as never);
  const capacity = (records: readonly RecordDraft[]): string | undefined =>
    factsOf([...records, handed]).custodies.get(ITEM)!.passages[0]?.fromCapacity;

  test('what somebody is, an agreement of all says before its own', () => {
    const [own, joint] = names('own', 'joint', order);
    expect(
      capacity([
        agreement(own, {
          by: CONTRACTING,
          parties: [CONTRACTING, SELLER],
          h: 0,
          payload: capacityOf('principal'),
        }),
        ...jointAgreement(joint, {
          by: SELLER,
          parties: [CONTRACTING, SELLER],
          h: 0,
          payload: capacityOf('operator'),
        }),
      ]),
    ).toBe('operator');
  });

  test('two that say different things say nothing, and its roles do', () => {
    const [one, other] = names('one', 'other', order);
    expect(
      capacity([
        ...jointAgreement(one, {
          by: SELLER,
          parties: [CONTRACTING, SELLER],
          h: 0,
          payload: capacityOf('principal'),
        }),
        ...jointAgreement(other, {
          by: SELLER,
          parties: [CONTRACTING, SELLER],
          h: 0,
          payload: capacityOf('operator'),
        }),
      ]),
    ).toBe('contracting-carrier');
  });

  test('the clock of a passage is that of the record both stand behind', () => {
    const [theirs, own] = names('theirs', 'own', order);
    const far = { payload: { occurredAt: { ...at(10), offsetMin: -600 } } };
    const facts = factsOf([
      handover(theirs, { from: CARRIER_A, to: CARRIER_B, h: 10 }),
      countersign('answer', { by: CARRIER_B, of: theirs, h: 10 }),
      handover(own, { from: CARRIER_A, to: CARRIER_B, by: CARRIER_B, h: 10, ...far }),
    ]);
    expect(facts.custodies.get(ITEM)!.passages).toHaveLength(1);
    expect(facts.custodies.get(ITEM)!.passages[0]!.offsetMin).toBe(480);
  });

  test('a passage that a recording makes has the clock of the one proven first', () => {
    const [early, late] = names('early', 'late', order);
    const intake = (name: string, upper: number, offsetMin: number): RecordDraft => {
      const draft = media(name, { by: CARRIER_B, purpose: 'intake', h: 12, upper });
      const from = { ...at(12), offsetMin };
      return { ...draft, payload: { ...draft.payload, from } };
    };
    const facts = factsOf([
      handover('pickup', { from: SELLER, to: CARRIER_A, h: 1 }),
      intake(early, 13, 480),
      intake(late, 14, 60),
    ]);
    expect(facts.custodies.get(ITEM)!.passages.map(({ offsetMin, to }) => [to, offsetMin])).toEqual([
      [CARRIER_A, 480],
      [CARRIER_B, 480],
    ]);
  });

  test('whoever signed off cannot put it off by signing again', () => {
    const [first, again] = names('first answer', 'again', order);
    const facts = factsOf([
      delivery('delivery', { from: CARRIER_B, to: BUYER, h: 20, upper: 20.5 }),
      countersign(first, { by: BUYER, of: 'delivery', h: 20, upper: 21 }),
      countersign(again, { by: BUYER, of: 'delivery', h: 90, upper: 91 }),
    ]);
    expect(facts.of('signed-off').map(({ prov, time }) => [prov.records, time.to])).toEqual([
      [[idOf(first), idOf('delivery')], at(20).utcS],
    ]);
  });
});
