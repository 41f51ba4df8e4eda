import { encodeCbor } from '../codec/cbor.js';
import { isHex, utf8Bytes } from '../codec/hex.js';
import { readInstant } from '../codec/instant.js';
import type { ToolCode } from '../codes.js';
import { sha256Hex } from '../crypto/hash.js';
import { GoodOrderError, type Place } from '../errors.js';
import { ASPECTS, DAMAGE_KINDS, REGIONS, ROLES, TRANSPORT_MODES } from '../record/vocabulary.js';
import '../record/zod-setup.js';
import * as z from 'zod/mini';
import { isCivilDate } from '../rules/civil-date.js';
import { toCbor } from '../rules/pack-digest.js';
import { type PositionedValue, positionAt } from '../rules/positioned-value.js';
import { HEADS, isName } from '../rules/terms.js';
import { parseParty } from '../subject/party.js';
import { parseSubject } from '../subject/subject.js';

/** Kinds of positions a party takes on an issue; `silent` says nothing and proves nothing. */
const POSITIONS = ['assert', 'admit', 'deny', 'silent'] as const;
export const CARRIAGE_MODES = [...TRANSPORT_MODES, 'multimodal'] as const;

function text(maxLength: number) {
  return z.string().check(z.minLength(1), z.maxLength(maxLength));
}

/** No dispute that one court hears at once has longer lists. */
function list<T extends z.core.$ZodType>(item: T, least = 0, most = 64) {
  return z.array(item).check(z.minLength(least), z.maxLength(most));
}

function buildSchema() {
  const name = z.string().check(z.refine(isName));
  const id = text(64);
  const party = z.string().check(z.refine((value) => parseParty(value) !== null));
  const subject = z.string().check(z.refine((value) => parseSubject(value).ok));
  const digest = z.string().check(z.refine((value) => isHex(value, 32)));
  const instant = z.string().check(z.refine((value) => readInstant(value) !== null));
  const date = z.string().check(z.refine(isCivilDate));
  const currency = z.string().check(z.regex(/^[A-Z]{3}$/));
  const minor = z.int().check(z.gte(0));
  const role = z.enum(ROLES);
  return z.strictObject({
    schemaVersion: z.literal(1),
    id: text(200),
    openedAt: instant,
    asOf: instant,
    law: z.strictObject({
      forum: name,
      contractDate: date,
      utcOffsetMin: z.int().check(z.gte(-1439), z.lte(1439)),
      regimes: z.optional(list(z.strictObject({ leg: id, regime: name }))),
    }),
    parties: list(
      z.strictObject({ id: party, name: text(200), roles: list(role, 1), consumer: z.boolean() }),
      2,
    ),
    carriages: z.optional(
      list(
        z.strictObject({
          id,
          journey: z.enum(['outbound', 'return']),
          chosenBy: role,
          contractMode: z.enum(CARRIAGE_MODES),
          contracting: z.optional(party),
        }),
      ),
    ),
    passports: z.optional(list(digest)),
    goods: list(
      z.strictObject({
        unit: id,
        sub: subject,
        durable: z.boolean(),
        category: name,
        aspects: list(z.enum(ASPECTS)),
        priceMinor: minor,
        currency,
        massG: z.optional(z.int().check(z.gte(1))),
      }),
      1,
    ),
    damages: list(
      z.strictObject({
        id,
        unit: id,
        aspect: z.enum(ASPECTS),
        region: z.enum(REGIONS),
        kind: z.enum(DAMAGE_KINDS),
        discoveredAt: instant,
        extent: z.optional(z.strictObject({ count: minor, of: z.int().check(z.gte(1)) })),
      }),
      1,
    ),
    claims: list(
      z.strictObject({
        id,
        edge: name,
        creditor: z.optional(party),
        debtor: z.optional(party),
        damage: id,
        head: z.enum(HEADS),
        amountMinor: minor,
        currency,
      }),
    ),
    defences: z.optional(list(z.strictObject({ id, edge: name, issue: name }))),
    pleadings: z.optional(list(z.strictObject({ party, issue: name, position: z.enum(POSITIONS) }))),
    packs: list(z.strictObject({ id: text(64), digest: z.optional(digest) }), 1),
  });
}

let built: ReturnType<typeof buildSchema> | undefined;

/** The schema of a dispute file, made at its first use; also the source of the published JSON Schema. */
export function disputeSchema(): ReturnType<typeof buildSchema> {
  built ??= buildSchema();
  return built;
}

type Written = z.infer<ReturnType<typeof buildSchema>>;

/** A point in time with the offset its writer gave. */
export interface DisputeInstant {
  readonly utcS: number;
  readonly offsetMin: number;
}

export type DisputeParty = Readonly<Written['parties'][number]>;
export type Carriage = Readonly<NonNullable<Written['carriages']>[number]>;
export type Goods = Readonly<Written['goods'][number]>;
export type Damage = Readonly<Omit<Written['damages'][number], 'discoveredAt'>> & {
  readonly discoveredAt: DisputeInstant;
};
export type Claim = Readonly<Written['claims'][number]>;
export type Defence = Readonly<NonNullable<Written['defences']>[number]>;
export type Pleading = Readonly<NonNullable<Written['pleadings']>[number]>;

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
  readonly defences: readonly Defence[];
  readonly pleadings: readonly Pleading[];
  /** Rule packs; a stated digest must be that of the pack used. */
  readonly packs: readonly { readonly id: string; readonly digest?: string | undefined }[];
  /** SHA-256 over "goodorder/dispute/1", a zero byte and the deterministic CBOR of the value as written. */
  readonly digest: string;
}

/** Where a dispute's value was written, for messages. */
export interface DisputeSource {
  readonly file?: string;
  readonly positions?: PositionedValue;
}

const DOMAIN = utf8Bytes('goodorder/dispute/1\u0000');

/** Reads a dispute from a plain value (JSON or YAML). Throws GoodOrderError `dispute.*` with the place. */
export function readDispute(value: unknown, source: DisputeSource = {}): Dispute {
  const parsed = disputeSchema().safeParse(value);
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    const unknown = issue.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
    const path = [...(issue.path as (string | number)[]), ...(unknown === undefined ? [] : [unknown])];
    const what = unknown === undefined ? wrong(issue, path) : 'has no meaning here';
    fail(source, 'dispute.malformed', path, what);
  }
  const written = parsed.data;
  checkReferences(written, source);
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
    defences: written.defences ?? [],
    pleadings: written.pleadings ?? [],
    packs: written.packs,
    digest: sha256Hex(DOMAIN, encodeCbor(toCbor(value))),
  };
}

function wrong(
  issue: { readonly code: string; readonly input?: unknown },
  path: readonly (string | number)[],
): string {
  if (issue.code === 'invalid_type' && issue.input === undefined) return 'is missing';
  const last = path.at(-1);
  return last === undefined ? 'is no dispute' : 'has a value it cannot have';
}

/** `law.forum`, `parties[0].id`. */
export function pathText(path: readonly (string | number)[]): string {
  let written = '';
  for (const step of path) {
    written += typeof step === 'number' ? `[${step}]` : written === '' ? step : `.${step}`;
  }
  return written;
}

export function fail(
  source: DisputeSource,
  code: ToolCode,
  path: readonly (string | number)[],
  what: string,
): never {
  const at = source.positions === undefined ? {} : positionAt(source.positions, path);
  const place: Place = {
    ...(source.file === undefined ? {} : { file: source.file }),
    ...at,
    path: pathText(path),
  };
  const subject = path.length === 0 ? 'the dispute' : `\`${pathText(path)}\``;
  throw new GoodOrderError(code, `${subject} ${what}`, place);
}

function checkReferences(written: Written, source: DisputeSource): void {
  const unique = (part: keyof Written, keys: readonly (string | undefined)[], key: string): void => {
    const twice = keys.findIndex((one, index) => keys.indexOf(one) !== index);
    if (twice >= 0)
      fail(source, 'dispute.malformed', [part, twice, key], `stands there twice: \`${keys[twice]}\``);
  };
  unique(
    'parties',
    written.parties.map(({ id }) => id),
    'id',
  );
  unique(
    'goods',
    written.goods.map(({ unit }) => unit),
    'unit',
  );
  unique(
    'damages',
    written.damages.map(({ id }) => id),
    'id',
  );
  unique(
    'claims',
    written.claims.map(({ id }) => id),
    'id',
  );
  unique(
    'defences',
    (written.defences ?? []).map(({ id }) => id),
    'id',
  );
  unique(
    'carriages',
    (written.carriages ?? []).map(({ id }) => id),
    'id',
  );
  unique(
    'packs',
    written.packs.map(({ id }) => id),
    'id',
  );
  const journeys = (written.carriages ?? []).map(({ journey }) => journey);
  const second = journeys.findIndex((journey, index) => journeys.indexOf(journey) !== index);
  if (second >= 0) {
    fail(
      source,
      'dispute.two-carriages',
      ['carriages', second],
      `is a second carriage of the ${journeys[second]} journey`,
    );
  }
  const units = new Set(written.goods.map(({ unit }) => unit));
  for (const [index, { unit }] of written.damages.entries()) {
    if (!units.has(unit))
      fail(source, 'dispute.malformed', ['damages', index, 'unit'], 'names no unit of the goods');
  }
  const damages = new Set(written.damages.map(({ id }) => id));
  const parties = new Set(written.parties.map(({ id }) => id));
  const party = (id: string | undefined, path: readonly (string | number)[]): void => {
    if (id !== undefined && !parties.has(id))
      fail(source, 'dispute.unknown-party', path, 'is no party of the dispute');
  };
  for (const [index, claim] of written.claims.entries()) {
    if (!damages.has(claim.damage))
      fail(source, 'dispute.malformed', ['claims', index, 'damage'], 'names no damage');
    party(claim.creditor, ['claims', index, 'creditor']);
    party(claim.debtor, ['claims', index, 'debtor']);
  }
  for (const [index, pleading] of (written.pleadings ?? []).entries())
    party(pleading.party, ['pleadings', index, 'party']);
  for (const [index, one] of (written.carriages ?? []).entries())
    party(one.contracting, ['carriages', index, 'contracting']);
}

/** Parties that hold a role, in the signed order. */
export function partiesWith(dispute: Dispute, role: string): readonly DisputeParty[] {
  return dispute.parties.filter(({ roles }) => (roles as readonly string[]).includes(role));
}
