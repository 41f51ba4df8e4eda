import { describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { settleResultSchema, watchLineSchema } from '../../src/finding/settlement-schema.js';

type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

const HASH = '0123456789abcdef'.repeat(4);
const OTHER = 'f'.repeat(64);

const instruction: Json = {
  kind: 'settlement-instruction',
  idempotencyKey: HASH,
  finding: HASH,
  edge: 'e',
  payer: 'p',
  payee: 'q',
  amount: { minor: '128000', currency: 'CNY' },
  cap: { by: 'rule', before: ['1', '2'] },
  order: 1,
  after: [HASH],
  insteadOf: [OTHER],
  conditions: {
    goodsReturned: { required: true, shownBy: [HASH] },
    noChallengeUntil: 10,
    provisionalUntil: 20,
    approvals: { atLeast: 2, of: ['a', 'b'] },
  },
  approval: 'automatic',
  because: [{ reason: 'r', detail: 'd' }],
  rules: [{ rule: 'R', status: 'S' }],
  evidence: { root: HASH, records: [HASH], passports: [OTHER] },
};
const settlement: Json = {
  schemaVersion: 1,
  notice: 'n',
  finding: HASH,
  policy: { id: 'p', digest: HASH },
  disposition: 'x',
  instructions: [instruction],
  unsettled: [{ edge: 'e', debtor: 'd', creditor: 'c', status: 's' }],
};
const delivery: Json = {
  schemaVersion: 1,
  kind: 'delivery-confirmation',
  idempotencyKey: HASH,
  item: 'i',
  deliveries: [
    {
      boundary: 'delivery',
      from: 'a',
      to: 'b',
      at: { from: 1, to: 2 },
      signedBy: ['a', 'b'],
      remark: 'none',
      reservations: [HASH],
      records: [OTHER],
    },
  ],
  evidence: { verdict: 'TOTAL-PASSED', passports: [HASH] },
};
const trigger: { [name: string]: Json } = {
  kind: 'parametric-trigger',
  idempotencyKey: HASH,
  table: { id: 't', digest: HASH },
  trigger: 'x',
  item: 'i',
  step: 1,
  reached: { at: 5, measured: 6 },
  payer: 'a',
  payee: 'b',
  currency: 'CNY',
  amountMinor: 7,
  records: [HASH],
};
const triggered: Json = { schemaVersion: 1, events: [trigger] };
const file = { passport: HASH, file: 'set.passport' };
const watchedTrigger: Json = { schemaVersion: 1, ...trigger, ...file };
const watchedOutcome: Json = {
  schemaVersion: 1,
  kind: 'liability-outcome',
  idempotencyKey: HASH,
  dispute: OTHER,
  edge: 'e',
  turn: 1,
  status: 'liable',
  basis: 'proven',
  creditor: 'c',
  debtor: 'd',
  amount: { minor: '5', currency: 'CNY' },
  finding: HASH,
  records: [HASH],
  passports: [OTHER],
  ...file,
};

type Path = readonly (string | number)[];

/** Every place of a value, the whole first. */
function places(value: Json, path: Path = []): Path[] {
  if (value === null || typeof value !== 'object') return [path];
  const inner = Object.entries(value).flatMap(([name, one]) =>
    places(one, [...path, Array.isArray(value) ? Number(name) : name]),
  );
  return [path, ...inner];
}

function at(value: Json, path: Path): Json {
  return path.reduce<Json>((one, step) => (one as Record<string | number, Json>)[step]!, value);
}

/** The value with another one at the place, or without it. */
function changed(value: Json, path: Path, to: Json | undefined): Json {
  const copy = structuredClone(value);
  const holder = at(copy, path.slice(0, -1)) as Record<string | number, Json>;
  const name = path.at(-1)!;
  if (to === undefined) delete holder[name];
  else holder[name] = to;
  return copy;
}

/** Names of the places at which something that does not belong there is let through. */
function leaks(schema: z.ZodMiniType, whole: Json): string[] {
  const fits = (value: Json): boolean => z.safeParse(schema, value).success;
  const found: string[] = [];
  for (const path of places(whole)) {
    const here = at(whole, path);
    const isMember = typeof path.at(-1) === 'string';
    const tried: [string, Json | undefined][] = [];
    if (path.length > 0) {
      if (isMember) tried.push(['left out', undefined]);
      const strange: Json[] = [true, 1.5, 'not a hash', {}, [true]];
      for (const other of strange.filter((one) => typeof one !== typeof here || typeof here === 'object'))
        if (!(typeof here === 'string' && typeof other === 'string'))
          tried.push([JSON.stringify(other), other]);
      if (typeof here === 'number') tried.push(['a fraction', here + 0.5]);
    }
    if (here !== null && typeof here === 'object' && !Array.isArray(here))
      tried.push(['one member more', { ...here, more: 1 }]);
    for (const [name, other] of tried)
      if (fits(path.length === 0 ? (other as Json) : changed(whole, path, other)))
        found.push(`${path.join('.')}: ${name}`);
  }
  return found;
}

/** Places of hashes, and those that hold one of a few words. */
function placesOf(whole: Json, is: (value: Json) => boolean): Path[] {
  return places(whole).filter((path) => is(at(whole, path)));
}

const samples = (): [string, z.ZodMiniType, Json][] => [
  ['a settlement', settleResultSchema(), settlement],
  ['a confirmation of delivery', settleResultSchema(), delivery],
  ['triggers', settleResultSchema(), triggered],
  ['a trigger that watch emits', watchLineSchema(), watchedTrigger],
  ['an outcome that watch emits', watchLineSchema(), watchedOutcome],
];

describe('each product of settle and watch', () => {
  test('fits its schema whole', () => {
    for (const [name, schema, whole] of samples()) expect(z.parse(schema, whole), name).toEqual(whole);
  });

  test('has no member that may be left out, be more, or be of another kind', () => {
    for (const [name, schema, whole] of samples()) expect(leaks(schema, whole), name).toEqual([]);
  });

  test('names records, findings and passports by 64 small hexadecimal digits, nothing before or behind', () => {
    for (const [name, schema, whole] of samples()) {
      const hashes = placesOf(whole, (value) => value === HASH || value === OTHER);
      expect(hashes.length, name).toBeGreaterThan(1);
      for (const path of hashes)
        for (const wrong of [
          '',
          HASH.slice(1),
          `${HASH}0`,
          `0${HASH}`,
          HASH.toUpperCase(),
          'g'.repeat(64),
          `${HASH}\n`,
        ])
          expect(
            z.safeParse(schema, changed(whole, path, wrong)).success,
            `${name} ${path.join('.')} ${wrong}`,
          ).toBe(false);
    }
  });

  test('is named by its kind, and no other word of a fixed list is taken', () => {
    for (const [name, schema, whole] of samples()) {
      const fixed = places(whole).filter((path) =>
        ['kind', 'boundary', 'approval'].includes(String(path.at(-1))),
      );
      for (const path of fixed)
        for (const wrong of ['', 'other'])
          expect(
            z.safeParse(schema, changed(whole, path, wrong)).success,
            `${name} ${path.join('.')} ${wrong}`,
          ).toBe(false);
    }
    expect(z.safeParse(settleResultSchema(), { ...settlement, schemaVersion: 2 }).success).toBe(false);
    expect(z.safeParse(watchLineSchema(), { ...watchedOutcome, schemaVersion: 2 }).success).toBe(false);
  });

  test('is none of the others', () => {
    expect(z.safeParse(watchLineSchema(), settlement).success).toBe(false);
    expect(z.safeParse(settleResultSchema(), watchedTrigger).success).toBe(false);
    expect(z.safeParse(settleResultSchema(), { ...settlement, ...delivery }).success).toBe(false);
  });
});

describe('what need not be known', () => {
  const open = (schema: z.ZodMiniType, whole: Json, path: string, to: Json = null): boolean =>
    z.safeParse(
      schema,
      changed(
        whole,
        path.split('.').map((step) => (/^\d+$/.test(step) ? Number(step) : step)),
        to,
      ),
    ).success;

  test('of an instruction: a cap and its rule, times, approvals, details; nothing else', () => {
    const found = places(settlement)
      .map((path) => path.join('.'))
      .filter((path) => path !== '' && open(settleResultSchema(), settlement, path));
    expect(found).toEqual([
      'instructions.0.cap',
      'instructions.0.cap.by',
      'instructions.0.conditions.noChallengeUntil',
      'instructions.0.conditions.provisionalUntil',
      'instructions.0.conditions.approvals',
      'instructions.0.because.0.detail',
    ]);
  });

  test('of a delivery: its times and the remark; of an outcome: basis and amount; of a trigger: nothing', () => {
    const found = (schema: z.ZodMiniType, whole: Json): string[] =>
      places(whole)
        .map((path) => path.join('.'))
        .filter((path) => path !== '' && open(schema, whole, path));
    expect(found(settleResultSchema(), delivery)).toEqual([
      'deliveries.0.at.from',
      'deliveries.0.at.to',
      'deliveries.0.remark',
    ]);
    expect(found(watchLineSchema(), watchedOutcome)).toEqual(['basis', 'amount']);
    expect(found(watchLineSchema(), watchedTrigger)).toEqual([]);
    expect(found(settleResultSchema(), triggered)).toEqual([]);
  });

  test('a return receipt is an arrival, a person may have to approve, and amounts are digits', () => {
    expect(open(settleResultSchema(), delivery, 'deliveries.0.boundary', 'return-receipt')).toBe(true);
    expect(open(settleResultSchema(), settlement, 'instructions.0.approval', 'human')).toBe(true);
    for (const minor of ['0', '7', '1234567890'])
      expect(open(settleResultSchema(), settlement, 'instructions.0.amount.minor', minor), minor).toBe(true);
    for (const minor of ['', '-1', '1.5', 'a', '1 ', ' 1', 'a1', '1a'])
      expect(open(settleResultSchema(), settlement, 'instructions.0.amount.minor', minor), minor).toBe(false);
  });
});
