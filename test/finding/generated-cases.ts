import fc from 'fast-check';
import {
  BUYER,
  CARRIER_A,
  CARRIER_B,
  damagingPulse,
  inspection,
  LAB,
  observation,
  PLATFORM,
  type RecordDraft,
  SELLER,
  sensor,
  statement,
} from '../facts/case-builder.js';
import { scenario9, scenario9Packing, scenario11, secured } from './scenario-records.js';

/**
 * Runs a property over generated cases. A failure prints the seed and the path of the smallest case that breaks it;
 * PROPERTY_SEED and PROPERTY_PATH give that case again, PROPERTY_RUNS runs more of them.
 */
export function holds<T>(property: fc.IRawProperty<T>, numRuns: number): void {
  const { PROPERTY_PATH, PROPERTY_RUNS, PROPERTY_SEED } = process.env;
  fc.assert(property, {
    numRuns: PROPERTY_RUNS === undefined ? numRuns : Number(PROPERTY_RUNS),
    seed: PROPERTY_SEED === undefined ? 20_261_123 : Number(PROPERTY_SEED),
    ...(PROPERTY_PATH === undefined ? {} : { path: PROPERTY_PATH }),
  });
}

/** A scenario some of whose records are missing, come late, are not trusted or count against their signer only. */
export const damaged: fc.Arbitrary<readonly RecordDraft[]> = fc
  .tuple(
    fc.constantFrom(scenario9(), scenario9Packing(), scenario11()),
    fc.array(fc.nat(9), { minLength: 24, maxLength: 24 }),
  )
  .map(([records, fates]) =>
    records.flatMap((draft, index): RecordDraft[] => {
      switch (fates[index % fates.length]) {
        case 0:
          return draft.name === 'delivery' ? [draft] : [];
        case 1:
          return [{ ...draft, upper: 500 }];
        case 2:
          return [{ ...draft, over: { ...draft.over, standing: 'adverse-only' } }];
        case 3:
          return [{ ...draft, over: { ...draft.over, state: 'valid', binding: 'none' } }];
        default:
          return [draft];
      }
    }),
  );

/** Who may say something beside the scenario. */
const SPEAKERS = [SELLER, CARRIER_A, CARRIER_B, BUYER, LAB, PLATFORM] as const;

/** An observation that makes no passage and fills no occasion: an argument and nothing else. */
export function observationOf(name: string): fc.Arbitrary<RecordDraft> {
  return fc
    .record({
      by: fc.constantFrom(...SPEAKERS),
      condition: fc.constantFrom('good', 'bad'),
      h: fc.constantFrom(-1, 0.5, 5, 12, 19, 20.3, 21, 30, 199),
      proven: fc.constantFrom(1, 40, 9_000),
      how: fc.constantFrom('inspection', 'secured', 'statement'),
    })
    .map(({ by, condition, h, how, proven }): RecordDraft => {
      const payload = { observations: [observation('fracture', condition)] };
      if (how === 'statement') return statement(name, { by, h, upper: h + proven, payload });
      const draft = inspection(name, { by, h, upper: h + proven, payload });
      return how === 'secured' ? secured(draft, h + proven) : draft;
    });
}

/** What a carrier's logger shows of its leg, or of a part of it. */
export function logOf(name: string): fc.Arbitrary<RecordDraft> {
  return fc
    .record({
      leg: fc.constantFrom({ by: CARRIER_A, from: 1, to: 10 }, { by: CARRIER_B, from: 10, to: 20 }),
      half: fc.boolean(),
      blow: fc.boolean(),
    })
    .map(({ blow, half, leg: { by, from, to } }): RecordDraft => {
      const h = half ? (from + to) / 2 : from;
      const payload = blow ? { pulses: [damagingPulse(to - 1)], max: 85_000 } : {};
      return sensor(name, { by, h, to, upper: to + 1, payload });
    });
}

/** A scenario with things missing and things added. */
export const cases: fc.Arbitrary<readonly RecordDraft[]> = fc
  .tuple(
    damaged,
    fc.option(observationOf('word 1')),
    fc.option(observationOf('word 2')),
    fc.option(logOf('second log'), { freq: 3 }),
  )
  .map(([records, ...more]) => [...records, ...more.filter((one) => one !== null)]);
