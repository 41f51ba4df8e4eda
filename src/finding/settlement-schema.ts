import * as z from 'zod/mini';
import '../record/zod-setup.js';

const hash = () => z.string().check(z.regex(/^[0-9a-f]{64}$/));
const hashes = () => z.array(hash());
const seconds = () => z.nullable(z.int());

const instruction = () =>
  z.strictObject({
    kind: z.literal('settlement-instruction'),
    idempotencyKey: hash(),
    finding: hash(),
    edge: z.string(),
    payer: z.string(),
    payee: z.string(),
    amount: z.strictObject({ minor: z.string().check(z.regex(/^\d+$/)), currency: z.string() }),
    cap: z.nullable(
      z.strictObject({ by: z.nullable(z.string()), before: z.tuple([z.string(), z.string()]) }),
    ),
    order: z.int(),
    after: hashes(),
    insteadOf: hashes(),
    conditions: z.strictObject({
      goodsReturned: z.strictObject({ required: z.boolean(), shownBy: hashes() }),
      noChallengeUntil: seconds(),
      provisionalUntil: seconds(),
      approvals: z.nullable(z.strictObject({ atLeast: z.int(), of: z.array(z.string()) })),
    }),
    approval: z.enum(['automatic', 'human']),
    because: z.array(z.strictObject({ reason: z.string(), detail: z.nullable(z.string()) })),
    rules: z.array(z.strictObject({ rule: z.string(), status: z.string() })),
    evidence: z.strictObject({ root: hash(), records: hashes(), passports: hashes() }),
  });

const settlement = () =>
  z.strictObject({
    schemaVersion: z.literal(1),
    notice: z.string(),
    finding: hash(),
    policy: z.strictObject({ id: z.string(), digest: hash() }),
    disposition: z.string(),
    instructions: z.array(instruction()),
    unsettled: z.array(
      z.strictObject({ edge: z.string(), debtor: z.string(), creditor: z.string(), status: z.string() }),
    ),
  });

const delivery = () =>
  z.strictObject({
    kind: z.literal('delivery-confirmation'),
    idempotencyKey: hash(),
    item: z.string(),
    deliveries: z.array(
      z.strictObject({
        boundary: z.enum(['delivery', 'return-receipt']),
        from: z.string(),
        to: z.string(),
        at: z.strictObject({ from: seconds(), to: seconds() }),
        signedBy: z.array(z.string()),
        remark: z.nullable(z.string()),
        reservations: hashes(),
        records: hashes(),
      }),
    ),
    evidence: z.strictObject({ verdict: z.string(), passports: hashes() }),
  });

const trigger = () =>
  z.strictObject({
    kind: z.literal('parametric-trigger'),
    idempotencyKey: hash(),
    table: z.strictObject({ id: z.string(), digest: hash() }),
    trigger: z.string(),
    item: z.string(),
    step: z.int(),
    reached: z.strictObject({ at: z.int(), measured: z.int() }),
    payer: z.string(),
    payee: z.string(),
    currency: z.string(),
    amountMinor: z.int(),
    records: hashes(),
  });

/** What `settle` writes: each of the three products has a shape of its own, and none is mixed with another. */
export function settleResultSchema() {
  return z.union([
    settlement(),
    z.strictObject({ schemaVersion: z.literal(1), ...delivery().def.shape }),
    z.strictObject({ schemaVersion: z.literal(1), events: z.array(trigger()) }),
  ]);
}

/** One line that `watch` emits. */
export function watchLineSchema() {
  const passport = { passport: hash(), file: z.string() };
  return z.union([
    z.strictObject({ schemaVersion: z.literal(1), ...trigger().def.shape, ...passport }),
    z.strictObject({
      schemaVersion: z.literal(1),
      kind: z.literal('liability-outcome'),
      idempotencyKey: hash(),
      dispute: hash(),
      edge: z.string(),
      turn: z.int(),
      status: z.string(),
      basis: z.nullable(z.string()),
      creditor: z.string(),
      debtor: z.string(),
      amount: z.nullable(z.strictObject({ minor: z.string(), currency: z.string() })),
      finding: hash(),
      records: hashes(),
      passports: hashes(),
      ...passport,
    }),
  ]);
}
