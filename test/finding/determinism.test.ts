import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import type { CaseFacts } from '../../src/facts/case-facts.js';
import type * as Deriving from '../../src/facts/derive-facts.js';
import { canonicalJson } from '../../src/finding/canonical-json.js';
import {
  assessInput,
  digestsOf,
  type ScenarioDigests,
  type ScenarioInput,
  verifyInput,
} from './scenario-digests.js';
import { scenarioInputs } from './scenario-inputs.js';
import { assessShuffled, shuffledFacts } from './shuffled-assessment.js';

/** Facts come out of `deriveFacts` in this order from now on; 0 leaves them. */
const order = vi.hoisted(() => ({ seed: 0, used: 0 }));
vi.mock('../../src/facts/derive-facts.js', async (original) => {
  const real = await original<typeof Deriving>();
  return {
    ...real,
    deriveFacts: (...given: Parameters<typeof real.deriveFacts>): CaseFacts => {
      const facts = real.deriveFacts(...given);
      if (order.seed === 0) return facts;
      order.used += 1;
      return shuffledFacts(facts, order.seed);
    },
  };
});

const GOLDEN = new URL('../../fixtures/finding-golden/digests.json', import.meta.url);
/** On every version of Node that the matrix runs, what would change each finding is asked too; it costs most. */
const WHOLE = process.env['GOODORDER_MATRIX'] === '1';

const inputs: ScenarioInput[] = [];
beforeAll(async () => {
  inputs.push(...(await scenarioInputs()));
}, 120_000);

test('findings, explanations and what would change them are those that were written down', async () => {
  const writing = process.env['UPDATE_FIXTURES'] === '1';
  const found: Record<string, ScenarioDigests> = {};
  for (const input of inputs) found[input.name] = await digestsOf(input, WHOLE || writing);
  if (writing) {
    mkdirSync(new URL('.', GOLDEN), { recursive: true });
    writeFileSync(GOLDEN, `${JSON.stringify(found, null, 2)}\n`);
  }
  const golden = JSON.parse(readFileSync(GOLDEN, 'utf8')) as Record<string, ScenarioDigests>;
  const asked = Object.entries(golden).map(([name, one]) => [name, WHOLE ? one : { ...one, whatIf: null }]);
  if (!writing) expect(found).toEqual(Object.fromEntries(asked));
}, 300_000);

describe('the same bytes', () => {
  /** A slice; the slow suite shuffles each scenario 500 times. */
  const SHUFFLES = Number(process.env['GOODORDER_SHUFFLES'] ?? 6);

  test('in whatever order records, facts and rules come', async () => {
    let compared = 0;
    for (const input of inputs) {
      const verified = await verifyInput(input);
      order.seed = 0;
      const expected = canonicalJson(assessInput(input, verified).finding);
      for (let seed = 1; seed <= SHUFFLES; seed += 1) {
        order.seed = seed;
        const { finding } = assessShuffled(input, verified, seed);
        expect(canonicalJson(finding), `${input.name}, seed ${seed}`).toBe(expected);
        compared += 1;
      }
    }
    order.seed = 0;
    expect(compared).toBe(inputs.length * SHUFFLES);
    expect(order.used).toBe(compared);
  }, 900_000);
});
