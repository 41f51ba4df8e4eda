import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readTrustFile } from '../../src/credential/trust-file.js';
import { preflight } from '../../src/finding/preflight.js';
import { PREFLIGHT_KINDS, preflightCase } from '../../src/finding/preflight-case.js';
import type { Preflight } from '../../src/finding/preflight-form.js';
import { planPreflight } from '../../src/finding/preflight-plan.js';
import { RECORD_TYPES } from '../../src/record/types/index.js';
import { buildScenario } from '../../src/scenario/build-scenario.js';
import { verifyPassport } from '../../src/verify/verify-passport.js';
import { readYaml } from '../../src/yaml/read-yaml.js';
import { BUYER, CARRIER_A, CARRIER_B, handover, hour, passport, SELLER } from '../facts/case-builder.js';
import { carriage, commissioned, inWords, packed, sale } from './preflight-cases.js';
import { PACKS } from './scenario-records.js';
import '../../src/record/zod-setup.js';
import * as z from 'zod/mini';

const FOUR = ['front', 'right', 'top', 'bottom'];

const HOLD = 'parcel and serial in frame, and log it that day';

describe('before shipping', () => {
  const report = (): Preflight =>
    preflight([passport([...sale(), ...carriage([CARRIER_A]), packed(FOUR)])], PACKS, { at: hour(1) });

  test('the sides that were not filmed are named, and what would have to be recorded of them', () => {
    const logger = 'seller: put a calibrated logger on the goods at packing and leave it on until pickup';
    const [filmed, missing] = [
      inWords(report(), 'damage').indexOf('damage front+right+top+bottom: seller'),
      inWords(report(), 'damage').indexOf('damage back+left: seller'),
    ];
    expect([filmed, missing > filmed]).toEqual([0, true]);
    const lines = inWords(report(), 'damage');
    expect(lines.slice(filmed, missing)).toEqual([
      'damage front+right+top+bottom: seller',
      '  seller and A: look at the front, right, top and bottom sides at pickup and both sign the remark (good) ⇒ A+network',
      `  ${logger} ⇒ A+network`,
      `  seller: film the front, right, top and bottom sides at pickup in one uncut take, ${HOLD} ⇒ A+network`,
    ]);
    expect(lines.slice(missing)).toEqual([
      'damage back+left: seller',
      '  seller and A: look at the back and left sides at pickup and both sign the remark (good) ⇒ A+network',
      `  seller: film the back and left sides at pickup in one uncut take, ${HOLD} ⇒ A+network`,
      `  ${logger} AND seller: film the back and left sides at packing in one uncut take, ${HOLD} ⇒ A+network`,
    ]);
  });

  test('a return that is another item: film it when it comes back', () => {
    expect(inWords(report(), 'return-swap')).toEqual([
      'return-swap whole: seller',
      `  seller: film what comes out of the box and its serial at receipt of the return in one uncut take, ${HOLD} ⇒ buyer`,
    ]);
  });

  test('every kind is asked or said to be left out, and no more is computed than allowed', () => {
    const { assumed, complete, computed, disputes, leftOut } = report();
    const asked = disputes.map(({ kind }) => kind);
    expect([...asked, ...leftOut.map(({ kind }) => kind)].sort()).toEqual([...PREFLIGHT_KINDS].sort());
    expect(leftOut).toEqual([
      { kind: 'temperature', why: 'no-temperature-limits' },
      { kind: 'cold', why: 'no-lower-limit' },
      { kind: 'humidity', why: 'no-humidity-limit' },
    ]);
    expect(complete).toBe(true);
    expect(computed).toBeLessThanOrEqual(1_000);
    expect(assumed).toEqual([
      'buyer-is-consumer',
      'not-durable',
      'price-unknown',
      'seller-chooses-return-carrier',
    ]);
  });

  test('asking twice gives the same', () => {
    const again = preflight([passport([packed(FOUR), ...carriage([CARRIER_A]), ...sale()])], PACKS, {
      at: hour(1),
    });
    expect(inWords(again)).toEqual(inWords(report()));
  });

  test('all six filmed: no side is told apart', () => {
    const sides = [...FOUR, 'back', 'left'];
    const whole = preflight([passport([...sale(), ...carriage([CARRIER_A]), packed(sides)])], PACKS, {
      at: hour(1),
    });
    expect(inWords(whole, 'damage')[0]).toBe('damage front+back+left+right+top+bottom: seller');
    expect(inWords(whole, 'damage')).toContain(
      '  seller: put a calibrated logger on the goods at packing and leave it on until pickup ⇒ A+network',
    );
  });

  test('the buyer who sends an own carrier bears the way', () => {
    const own = [...sale({ carrierChosenBy: 'buyer' }), ...carriage([CARRIER_A]), packed(FOUR)];
    const asked = preflight([passport(own)], PACKS, { at: hour(1) });
    expect(inWords(asked, 'damage')[0]).toBe('damage front+back+left+right+top+bottom: buyer');
  });

  test('durable goods: a defect is presumed, and a laboratory before shipping would answer it', () => {
    const parts = { goods: { durable: true } };
    const asked = preflight([passport([...sale(), ...carriage([CARRIER_A])])], PACKS, { at: hour(1), parts });
    expect(inWords(asked, 'defect')[0]).toBe('defect whole: seller');
    expect(inWords(asked, 'defect')).toContain(
      '  have an accredited laboratory test this very item, the goods at work, before it leaves ⇒ buyer',
    );
  });

  test('once fetched, what could be recorded at packing and pickup is no advice any more', () => {
    const fetched = handover('pickup', { from: SELLER, to: CARRIER_A, h: 2, upper: 2.5 });
    const asked = preflight([passport([...sale(), ...carriage([CARRIER_A]), packed(FOUR), fetched])], PACKS, {
      at: hour(3),
    });
    expect(inWords(asked).filter((line) => / at (packing|pickup)/.test(line))).toEqual([]);
  });
});

describe('a climate is asked about where somebody says how warm, cold or damp it may get', () => {
  const asked = (...limits: readonly object[]): Preflight =>
    preflight([passport([...sale(), ...carriage([CARRIER_A]), packed(FOUR), commissioned(limits)])], PACKS, {
      at: hour(1),
    });
  const kinds = ({ leftOut }: Preflight): readonly string[] => leftOut.map(({ kind }) => kind);

  test('each by its own limit, of several any', () => {
    expect(kinds(asked({ maxMilliC: 8_000 }))).toEqual(['cold', 'humidity']);
    expect(kinds(asked({ minMilliC: 2_000 }))).toEqual(['temperature', 'humidity']);
    expect(kinds(asked({ maxRhPermille: 600 }))).toEqual(['temperature', 'cold']);
    expect(kinds(asked({ minMilliC: 2_000, maxMilliC: 8_000 }, { maxRhPermille: 600 }))).toEqual([]);
  });

  test('too cold: a logger that never fell below the limit carries what was filmed at packing to pickup', () => {
    expect(inWords(asked({ minMilliC: 2_000 }), 'cold')).toEqual([
      'cold whole: seller',
      '  seller and A: look at the reading of the goods at pickup and both sign the remark (good) ⇒ A+network',
      `  seller: film the reading of the goods at pickup in one uncut take, ${HOLD} ⇒ A+network`,
      `  seller: put a calibrated logger on the goods at packing and leave it on until pickup AND seller: film the reading of the goods at packing in one uncut take, ${HOLD} ⇒ A+network`,
    ]);
  });

  test('wet', () => {
    expect(inWords(asked({ maxRhPermille: 600 }), 'humidity')).toEqual([
      'humidity whole: seller',
      '  seller and A: look at the goods, dry or wet at pickup and both sign the remark (good) ⇒ A+network',
      `  seller: film the goods, dry or wet at pickup in one uncut take, ${HOLD} ⇒ A+network`,
      `  seller: put a calibrated logger on the goods at packing and leave it on until pickup AND seller: film the goods, dry or wet at packing in one uncut take, ${HOLD} ⇒ A+network`,
    ]);
  });
});

test('goods that came back already: nothing is asked', async () => {
  const file = 'fixtures/scenarios/02-return-swap.scenario.yaml';
  const built = await buildScenario(readYaml(readFileSync(file, 'utf8'), file), file);
  const at = Date.UTC(2026, 8, 10) / 1000;
  const verified = await verifyPassport(built.passport, { trust: readTrustFile(built.trust), at });
  const asked = preflight([verified], PACKS, { at });
  expect(asked.disputes).toEqual([]);
  expect(new Set(asked.leftOut.map(({ why }) => why))).toEqual(
    new Set([
      'already-delivered',
      'already-returned',
      'no-temperature-limits',
      'no-lower-limit',
      'no-humidity-limit',
    ]),
  );
});

describe('what is supposed could be signed', () => {
  test.each(PREFLIGHT_KINDS)('%s: every payload holds its schema', (kind) => {
    const given = [passport([...sale(), ...carriage([CARRIER_A, CARRIER_B])])];
    const plan = planPreflight(given, PACKS, hour(1));
    const custody = {
      sub: plan.item,
      complete: true,
      passages: [],
      boundaries: [],
      intervals: [],
      journeys: [],
    };
    const { supposed } = preflightCase(plan, PACKS, custody, kind, 'whole');
    expect(supposed.length).toBeGreaterThan(4);
    for (const { payload, type } of supposed) {
      const definition = RECORD_TYPES.get(type)!;
      const read = z.safeParse(definition.schema(), payload);
      expect(read.error?.issues ?? [], type).toEqual([]);
      const faults = definition.faults(payload, { sub: plan.item, iss: SELLER, kid: '' });
      expect(faults, type).toEqual([]);
    }
  });
});

describe('who the parties are', () => {
  test('nobody says it: the refusal names all that is missing', () => {
    expect(() => preflight([passport([packed(FOUR)])], PACKS, { at: hour(1) })).toThrow(
      /does not say who buys, who carries: .*state the parties/,
    );
  });

  test('stated parties go before what the passport says', () => {
    const parties = [
      { id: SELLER, name: 'S', roles: ['seller' as const], consumer: false },
      { id: CARRIER_B, name: 'B', roles: ['carrier' as const], consumer: false },
      { id: BUYER, name: 'C', roles: ['buyer' as const], consumer: true },
    ];
    const asked = preflight([passport([packed(FOUR)])], PACKS, { at: hour(1), parts: { parties } });
    expect(asked.parties.map(({ name }) => name)).toEqual(['S', 'B', 'C']);
    expect(inWords(asked, 'damage')[1]).toContain('seller and B: look at');
  });
});

test('the scenario that the docs show, really signed', async () => {
  const file = 'fixtures/preflight/packed.scenario.yaml';
  const built = await buildScenario(readYaml(readFileSync(file, 'utf8'), file), file);
  const at = Date.UTC(2026, 7, 28, 2) / 1000;
  const verified = await verifyPassport(built.passport, { trust: readTrustFile(built.trust), at });
  const asked = preflight([verified], PACKS, { at });
  expect(asked.passports.map(({ verdict }) => verdict)).toEqual(['TOTAL-PASSED']);
  expect(asked.disputes[0]!.answers.map(({ regions }) => regions.join('+'))).toEqual([
    'front+right+top+bottom',
    'back+left',
  ]);
});
