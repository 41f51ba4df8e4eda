import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CaseFacts } from '../../src/facts/case-facts.js';
import { coverageOf } from '../../src/facts/coverage.js';
import { custodyOf } from '../../src/facts/custody.js';
import { deriveFacts } from '../../src/facts/derive-facts.js';
import { stateTimeline } from '../../src/facts/state-timeline.js';
import {
  aggregation,
  BUYER,
  CARRIER_A,
  CARRIER_B,
  CONTRACTING,
  countersign,
  damagingPulse,
  delivery,
  FRAGILITY,
  handover,
  hour,
  ITEM,
  idBytes,
  inspection,
  jointAgreement,
  LAB,
  media,
  notice,
  observation,
  PARCEL,
  passport,
  type RecordDraft,
  SCOPE,
  SELLER,
  seal,
  sensor,
  shuffled,
  statement,
  verifiedRecord,
} from './case-builder.js';

const PARTIES = [SELLER, CARRIER_A, CARRIER_B, BUYER, LAB, CONTRACTING] as const;
const party = fc.constantFrom(...PARTIES);
const when = fc.integer({ min: -10, max: 40 });
const aspect = fc.constantFrom('fracture', 'soiling', 'identity', 'quantity');
const region = fc.constantFrom(undefined, 'left', 'right', 'whole');
const seen = fc
  .tuple(aspect, fc.constantFrom('good', 'bad', 'not-observed'), region)
  .map(([of, condition, where]) => observation(of, condition, where));
const observations = fc.array(seen, { maxLength: 3 });
const remark = fc.constantFrom('clean', 'exception', 'none', 'refused');
const scope = fc.array(
  aspect.map((one) => ({ aspect: one })),
  { maxLength: 2 },
);

/** A record of any kind that bears on custody or condition; names refer to the handovers `h0` … `h4`. */
function record(index: number): fc.Arbitrary<RecordDraft> {
  const name = `r${index}`;
  const target = fc.constantFrom('h0', 'h1', 'h2', 'h3', 'h4');
  return fc.oneof(
    fc
      .tuple(party, party, when, remark, scope, observations)
      .map(([from, to, h, said, inspectedScope, obs]) =>
        handover(`h${index % 5}`, {
          from,
          to: to === from ? PARTIES[(PARTIES.indexOf(to) + 1) % PARTIES.length]! : to,
          h,
          by: index % 2 === 0 ? from : to === from ? from : to,
          payload: { remark: said, inspectedScope, observations: obs },
        }),
      ),
    fc
      .tuple(party, party, when, remark)
      .map(([from, to, h, said]) => delivery(name, { from, to, h, payload: { remark: said } })),
    fc
      .tuple(party, target, when, remark, scope, fc.constantFrom('agree', 'reserve', 'refuse'))
      .map(([by, of, h, said, inspectedScope, stance]) =>
        countersign(name, { by, of, h, payload: { remark: said, inspectedScope, stance } }),
      ),
    fc
      .tuple(
        party,
        fc.constantFrom('packing', 'unboxing', 'intake', 'inspection'),
        when,
        observations,
        target,
        fc.integer({ min: 0, max: 60 }),
      )
      .map(([by, purpose, h, obs, of, upper]) =>
        media(name, {
          by,
          purpose,
          h,
          upper,
          payload: { observations: obs, occasion: { boundary: 'delivery', of: idBytes(of) }, sealId: 'S1' },
        }),
      ),
    fc
      .tuple(
        party,
        when,
        fc.integer({ min: 0, max: 30 }),
        fc.boolean(),
        fc.integer({ min: -9000, max: 9_000_000 }),
      )
      .map(([by, h, length, hit, clockOffsetMs]) =>
        sensor(name, {
          by,
          h,
          to: h + length,
          payload: hit ? { max: 85_000, pulses: [damagingPulse(h)], clockOffsetMs } : { clockOffsetMs },
        }),
      ),
    fc
      .tuple(
        party,
        when,
        fc.constantFrom('applied', 'read', 'broken'),
        fc.constantFrom('intact', 'broken', 'absent'),
      )
      .map(([by, h, action, state]) => seal(name, { by, h, sealId: 'S1', action, state })),
    fc
      .tuple(party, when, observations)
      .map(([by, h, obs]) => statement(name, { by, h, payload: { observations: obs } })),
    fc.tuple(party, when, observations, target).map(([by, h, obs, of]) =>
      inspection(name, {
        by,
        h,
        payload: {
          observations: obs,
          occasion: { boundary: 'delivery', of: idBytes(of) },
          requestedBy: BUYER,
        },
      }),
    ),
    fc.tuple(party, when, target).map(([by, h, against]) => notice(name, { by, h, against })),
    fc
      .tuple(party, when, fc.constantFrom('pack', 'unpack'))
      .map(([by, h, action]) => aggregation(name, { by, h, action, children: [ITEM], sub: PARCEL })),
  );
}

const TERMS = jointAgreement('g', {
  by: SELLER,
  parties: [SELLER, CONTRACTING, CARRIER_A, CARRIER_B],
  h: -20,
  payload: { fragility: FRAGILITY },
});

/** Names are unique, so that one id never stands for two records. */
const records = fc
  .integer({ min: 0, max: 14 })
  .chain((length) => fc.tuple(...Array.from({ length }, (_, index) => record(index))))
  .map((list) => [...new Map([...list, ...TERMS].map((one) => [one.name, one])).values()]);

function everything(facts: CaseFacts): unknown {
  const custody = custodyOf(facts, ITEM);
  const damages = ['shock', 'soiling', 'loss', 'latent', 'unknown'].map((kind) => ({
    id: kind,
    unit: ITEM,
    aspect: kind === 'soiling' ? 'soiling' : kind === 'loss' ? 'quantity' : 'fracture',
    region: 'left',
    kind,
  }));
  return {
    facts: facts.facts,
    records: [...facts.records],
    remarks: facts.remarks,
    custody,
    coverage: coverageOf(facts, {
      sub: ITEM,
      quantity: 'acceleration',
      span: { from: hour(0), to: hour(20) },
    }),
    timelines: damages.map((damage) => stateTimeline(facts, custody, damage, { occasionWithinH: 24 })),
  };
}

describe('whatever the records', () => {
  test('their order, their files and their display numbers play no part', () => {
    fc.assert(
      fc.property(records, fc.integer({ min: 1 }), fc.nat(), (drafts, seed, cut) => {
        const verified = drafts.map(verifiedRecord);
        const mixed = shuffled(verified, seed).map((one, index) => ({
          ...one,
          number: index,
          offset: index,
        }));
        const at = cut % (mixed.length + 1);
        const one = everything(deriveFacts(passport(verified), SCOPE));
        expect(everything(deriveFacts(passport(mixed), SCOPE))).toEqual(one);
        const files = [passport(mixed.slice(at)), passport(mixed.slice(0, at)), passport(mixed)];
        expect(everything(deriveFacts(files, SCOPE))).toEqual(one);
      }),
      { numRuns: 300 },
    );
  });

  test('every fact is numbered within its record, timed within its proof, and found under its id', () => {
    fc.assert(
      fc.property(records, (drafts) => {
        const facts = deriveFacts(passport(drafts), SCOPE);
        const counts = new Map<string, number>();
        for (const fact of facts.facts) {
          const record = fact.prov.records[0]!;
          counts.set(record, (counts.get(record) ?? 0) + 1);
          expect(facts.byId.get(fact.id)).toBe(fact);
          expect(fact.id.startsWith(`${record}#`)).toBe(true);
          expect(fact.time.to!).toBeLessThanOrEqual(facts.records.get(record)!.upper);
          expect(fact.time.from!).toBeLessThanOrEqual(fact.time.to!);
          expect(fact.prov.end).toBeLessThanOrEqual(fact.prov.madeAt.upper);
        }
        expect(new Set(facts.facts.map(({ id }) => id)).size).toBe(facts.facts.length);
        for (const [record, count] of counts) {
          for (let n = 0; n < count; n += 1) expect(facts.byId.has(`${record}#${n}`)).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('custody is a chain, in time and from hand to hand', () => {
    fc.assert(
      fc.property(records, (drafts) => {
        const { boundaries, intervals, journeys, passages } = custodyOf(
          deriveFacts(passport(drafts), SCOPE),
          ITEM,
        );
        expect(intervals).toHaveLength(boundaries.length + 1);
        for (const [index, passage] of passages.entries()) {
          const next = passages[index + 1];
          if (next === undefined) continue;
          expect(next.from).toBe(passage.to);
          expect(next.time.from!).toBeGreaterThanOrEqual(passage.time.from!);
          expect(next.time.to!).toBeGreaterThanOrEqual(passage.time.to!);
        }
        for (const { end, index, start, time } of intervals) {
          expect([start, end]).toEqual([boundaries[index - 1]?.id ?? null, boundaries[index]?.id ?? null]);
          if (time.from !== null && time.to !== null) expect(time.from).toBeLessThanOrEqual(time.to);
        }
        const legs = intervals.flatMap(({ leg }) => leg ?? []);
        expect(legs).toEqual(legs.map((_, index) => `leg-${index + 1}`));
        expect(journeys.flatMap((journey) => journey.legs)).toEqual(legs);
        expect(boundaries.map(({ id, position }) => [id, position])).toEqual(
          boundaries.map((_, index) => [`b${index}`, index]),
        );
      }),
      { numRuns: 300 },
    );
  });

  test('derivations name facts that exist, cross time in order and without holes, and have ids of their own', () => {
    fc.assert(
      fc.property(
        records,
        fc.constantFrom('shock', 'soiling', 'loss', 'latent', 'unknown'),
        (drafts, kind) => {
          const facts = deriveFacts(passport(drafts), SCOPE);
          const custody = custodyOf(facts, ITEM);
          const damage = { id: 'd', unit: ITEM, aspect: 'fracture', region: 'left', kind };
          const { complete, states } = stateTimeline(facts, custody, damage, { occasionWithinH: 24 });
          expect(complete).toBe(true);
          for (const { boundary, derivations } of states) {
            expect(new Set(derivations.map(({ id }) => id)).size).toBe(derivations.length);
            for (const { against, facts: own, how, over, terms } of derivations) {
              const named = [
                ...own,
                ...terms,
                ...against,
                ...over.flatMap((o) => o.parts.flatMap((p) => p.alternatives.flat(2))),
              ];
              for (const id of named) expect(facts.byId.has(id)).toBe(true);
              if (how === 'seen') expect(over).toEqual([]);
              if (how === 'bad-back') expect(over.length).toBeGreaterThan(0);
              if (how === 'good-forward' && kind !== 'latent') expect(over.length).toBeGreaterThan(0);
              if (how === 'implied') continue;
              for (const { parts, span } of over) {
                expect([parts[0]!.span.from, parts.at(-1)!.span.to]).toEqual([span.from, span.to]);
                for (const [index, part] of parts.entries()) {
                  expect(part.alternatives.length).toBeGreaterThan(0);
                  if (index > 0) expect(part.span.from).toBe(parts[index - 1]!.span.to);
                }
              }
              if (how === 'good-forward' && over.length > 0)
                expect(over.at(-1)!.span.to).toBe(boundary.time.to);
              if (how === 'bad-back') expect(over[0]!.span.from).toBe(boundary.time.from);
            }
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  test('a record more of the same holder to itself, saying nothing, changes no state', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 18 }), fc.boolean(), (h, logged) => {
        const base = [
          handover('p', { from: SELLER, to: CARRIER_A, h: 0 }),
          countersign('pa', {
            by: CARRIER_A,
            of: 'p',
            h: 0,
            payload: { remark: 'clean', inspectedScope: [{ aspect: 'fracture' }] },
          }),
          delivery('d', { from: CARRIER_A, to: BUYER, h: 20 }),
          ...(logged ? [sensor('log', { by: CARRIER_A, h: -1, to: 21 })] : []),
        ];
        const extra = handover('x', { from: CARRIER_A, to: CARRIER_A, h, malformed: true });
        const at = (list: readonly RecordDraft[], name: string): string[] => {
          const facts = deriveFacts(passport(list), SCOPE);
          const damage = { id: 'd', unit: ITEM, aspect: 'fracture', region: 'left', kind: 'shock' };
          const timeline = stateTimeline(facts, custodyOf(facts, ITEM), damage, { occasionWithinH: 24 });
          const state = timeline.states.find(({ boundary }) => boundary.name === name)!;
          return state.derivations.map(({ facts: own, how, value }) => `${value} ${how} ${own.join()}`);
        };
        for (const name of ['pickup', 'delivery']) expect(at([...base, extra], name)).toEqual(at(base, name));
      }),
    );
  });
});
