import { encodeCbor } from '../codec/cbor.js';
import { utf8Bytes } from '../codec/hex.js';
import { readInstant } from '../codec/instant.js';
import { sha256Hex } from '../crypto/hash.js';
import { type GoodOrderError, throwTogether } from '../errors.js';
import { toCbor } from '../rules/pack-digest.js';
import { type DisputeSource, problemOf } from './dispute-problem.js';
import { wrongReferences } from './dispute-references.js';
import { disputeSchema, type WrittenDispute } from './dispute-schema.js';

/** A point in time with the offset its writer gave. */
export interface DisputeInstant {
  readonly utcS: number;
  readonly offsetMin: number;
}

export type DisputeParty = Readonly<WrittenDispute['parties'][number]>;
export type Carriage = Readonly<NonNullable<WrittenDispute['carriages']>[number]>;
export type Goods = Readonly<WrittenDispute['goods'][number]>;
export type Damage = Readonly<Omit<WrittenDispute['damages'][number], 'discoveredAt'>> & {
  readonly discoveredAt: DisputeInstant;
};
export type Claim = Readonly<WrittenDispute['claims'][number]>;
export type Defence = Readonly<NonNullable<WrittenDispute['defences']>[number]>;
export type ExchangeRate = Readonly<NonNullable<WrittenDispute['rates']>[number]>;
export type SettledShare = Readonly<NonNullable<WrittenDispute['shares']>[number]>;
export type Pleading = Readonly<NonNullable<WrittenDispute['pleadings']>[number]>;

/** What the parties fight about: scope, not evidence. Lists keep their order; that of the parties breaks ties. */
export interface Dispute {
  readonly id: string;
  readonly openedAt: DisputeInstant;
  /** The day on which limits and interest are reckoned. */
  readonly asOf: DisputeInstant;
  readonly law: {
    readonly forum: string;
    /** Civil date. */
    readonly contractDate: string;
    readonly utcOffsetMin: number;
    readonly regimes: readonly { readonly leg: string; readonly regime: string }[];
  };
  readonly parties: readonly DisputeParty[];
  readonly carriages: readonly Carriage[];
  /** SHA-256 of the passports the dispute is about; empty = any. */
  readonly passports: readonly string[];
  readonly goods: readonly Goods[];
  readonly damages: readonly Damage[];
  readonly claims: readonly Claim[];
  readonly rates: readonly ExchangeRate[];
  readonly shares: readonly SettledShare[];
  readonly defences: readonly Defence[];
  readonly pleadings: readonly Pleading[];
  /** Rule packs; a stated digest must be that of the pack used. */
  readonly packs: readonly { readonly id: string; readonly digest?: string | undefined }[];
  /** SHA-256 over "goodorder/dispute/1", a zero byte and the deterministic CBOR of the value as written. */
  readonly digest: string;
}

const DOMAIN = utf8Bytes('goodorder/dispute/1\u0000');

/**
 * Reads a dispute from a plain value (JSON or YAML). Throws GoodOrderError `dispute.*` with the place of the first
 * problem; where there are several, its `cause` lists them all.
 */
export function readDispute(value: unknown, source: DisputeSource = {}): Dispute {
  const parsed = disputeSchema().safeParse(value);
  if (!parsed.success)
    throwTogether(parsed.error.issues.flatMap((issue) => problemsOf(issue, value, source)));
  const written = parsed.data!;
  throwTogether(wrongReferences(written, source));
  return {
    id: written.id,
    openedAt: readInstant(written.openedAt)!,
    asOf: readInstant(written.asOf)!,
    law: { ...written.law, regimes: written.law.regimes ?? [] },
    parties: written.parties,
    carriages: written.carriages ?? [],
    passports: [...(written.passports ?? [])].sort(),
    goods: written.goods,
    damages: written.damages.map((damage) => ({
      ...damage,
      discoveredAt: readInstant(damage.discoveredAt)!,
    })),
    claims: written.claims,
    rates: written.rates ?? [],
    shares: written.shares ?? [],
    defences: written.defences ?? [],
    pleadings: written.pleadings ?? [],
    packs: written.packs,
    digest: sha256Hex(DOMAIN, encodeCbor(toCbor(value))),
  };
}

interface SchemaIssue {
  readonly code: string;
  readonly path: readonly PropertyKey[];
  readonly keys?: readonly string[];
}

function problemsOf(issue: SchemaIssue, value: unknown, source: DisputeSource): readonly GoodOrderError[] {
  const path = issue.path.filter((step) => typeof step !== 'symbol');
  if (issue.code === 'unrecognized_keys') {
    return (issue.keys ?? []).map((key) =>
      problemOf(source, 'dispute.malformed', [...path, key], 'has no meaning here'),
    );
  }
  const empty = path.length === 0 ? 'is no dispute' : 'has a value it cannot have';
  return [problemOf(source, 'dispute.malformed', path, isMissing(value, path) ? 'is missing' : empty)];
}

/** Does the path lead to nothing? An own member only: what an object inherits nobody wrote. */
function isMissing(value: unknown, path: readonly (string | number)[]): boolean {
  let at = value;
  for (const step of path) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, step)) return true;
    at = (at as Readonly<Record<string | number, unknown>>)[step];
  }
  return at === undefined;
}

/** Parties that hold a role, in the signed order. */
export function partiesWith(dispute: Dispute, role: string): readonly DisputeParty[] {
  return dispute.parties.filter(({ roles }) => (roles as readonly string[]).includes(role));
}
