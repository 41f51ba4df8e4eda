import { readInstant } from '../codec/instant.js';
import { GoodOrderError } from '../errors.js';
import '../record/zod-setup.js';
import * as z from 'zod/mini';
import { positionAt } from '../rules/positioned-value.js';
import { parseParty } from '../subject/party.js';
import { digestOfValue } from './canonical-json.js';
import type { DisputeSource } from './dispute-problem.js';

function buildSchema() {
  const party = z.string().check(z.refine((value) => parseParty(value) !== null));
  const instant = z.string().check(z.refine((value) => readInstant(value) !== null));
  return z.strictObject({
    schemaVersion: z.literal(1),
    id: z.string().check(z.minLength(1), z.maxLength(200)),
    /** Below these sums, minor units by currency, an instruction may be approved without a person. */
    autoApproveBelow: z.optional(z.record(z.string().check(z.regex(/^[A-Z]{3}$/)), z.int().check(z.gte(0)))),
    /** At least so many of these must approve what is not approved by itself. */
    approvals: z.optional(
      z.strictObject({
        atLeast: z.int().check(z.gte(1), z.lte(16)),
        of: z.array(party).check(z.minLength(1), z.maxLength(16)),
      }),
    ),
    /** Nothing is final before so many days after the dispute's asOf, in which anybody may challenge it. */
    challengeDays: z.optional(z.int().check(z.gte(0), z.lte(3_650))),
    /** Until then an instruction may be withdrawn; the end of the challenge where it is left out. */
    provisionalUntil: z.optional(instant),
    /** A refund of the whole price waits until the goods are back. */
    goodsReturned: z.optional(z.boolean()),
  });
}

let built: ReturnType<typeof buildSchema> | undefined;

/** The schema of a settlement policy; also the source of the published JSON Schema. */
export function settlementPolicySchema(): ReturnType<typeof buildSchema> {
  built ??= buildSchema();
  return built;
}

/** How those who pay want to be told: whose approval, how long to wait. Nothing of it is law. */
export interface SettlementPolicy {
  readonly id: string;
  readonly autoApproveBelow: Readonly<Record<string, number>>;
  /** Null: one person, whoever it is. */
  readonly approvals: { readonly atLeast: number; readonly of: readonly string[] } | null;
  readonly challengeDays: number;
  /** Seconds UTC. */
  readonly provisionalUntil: number | null;
  readonly goodsReturned: boolean;
  readonly digest: string;
}

/** Nothing is approved by itself, nothing waits. */
export const NO_POLICY: SettlementPolicy = {
  id: 'none',
  autoApproveBelow: {},
  approvals: null,
  challengeDays: 0,
  provisionalUntil: null,
  goodsReturned: false,
  // Of null; a test holds it. Reckoned here it would cost everybody who loads the library.
  digest: '2c00234bed4f8667c292b4669ff59e20341b629e797571299e4e9ae74df05731',
};

/** Reads a policy from a plain value. Throws GoodOrderError `settlement.malformed` with the place. */
export function readSettlementPolicy(value: unknown, source: DisputeSource = {}): SettlementPolicy {
  const read = checked(value, source, settlementPolicySchema(), 'settlement policy');
  const { approvals, autoApproveBelow, challengeDays, goodsReturned, id, provisionalUntil } = read;
  if (approvals !== undefined && approvals.atLeast > new Set(approvals.of).size) {
    throw malformed(source, ['approvals', 'atLeast'], 'asks for more approvals than there are approvers');
  }
  return {
    id,
    autoApproveBelow: autoApproveBelow ?? {},
    approvals: approvals ?? null,
    challengeDays: challengeDays ?? 0,
    provisionalUntil: provisionalUntil === undefined ? null : readInstant(provisionalUntil)!.utcS,
    goodsReturned: goodsReturned ?? false,
    digest: digestOfValue('goodorder/settlement-policy/1', value),
  };
}

/** A value of this shape. Throws GoodOrderError `settlement.malformed` at the first part that is wrong. */
export function checked<T extends z.core.$ZodType>(
  value: unknown,
  source: DisputeSource,
  schema: T,
  noun: string,
): z.infer<T> {
  const read = z.safeParse(schema, value);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const path = (issue?.path ?? []).filter((step) => typeof step !== 'symbol');
  const stray = issue?.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
  if (stray !== undefined) throw malformed(source, [...path, stray], 'has no meaning here');
  throw malformed(source, path, path.length === 0 ? `is no ${noun}` : 'is missing, or cannot be this');
}

/** What is wrong at a place, with file, line and column where they are known. */
export function malformed(
  { file, positions }: DisputeSource,
  path: readonly (string | number)[],
  what: string,
): GoodOrderError {
  const named = path.length === 0 ? 'this' : `\`${path.join('.')}\``;
  return new GoodOrderError('settlement.malformed', `${named} ${what}`, {
    ...(file === undefined ? {} : { file }),
    ...(positions === undefined ? {} : positionAt(positions, path)),
    path: path.join('.'),
  });
}
