import { isHex } from '../codec/hex.js';
import { readInstant } from '../codec/instant.js';
import { isProfileText } from '../codec/text.js';
import { ASPECTS, DAMAGE_KINDS, REGIONS, ROLES } from '../record/vocabulary.js';
import '../record/zod-setup.js';
import * as z from 'zod/mini';
import { isCivilDate } from '../rules/civil-date.js';
import { CARRIAGE_MODES, HEADS, isName } from '../rules/terms.js';
import { parseParty } from '../subject/party.js';
import { parseSubject } from '../subject/subject.js';
import { readRate } from './currency.js';

/** Kinds of positions a party takes on an issue; `silent` says nothing and proves nothing. */
const POSITIONS = ['assert', 'admit', 'deny', 'silent'] as const;

/** Text as evidence holds it, too: the digest of a dispute is over its CBOR, which takes no control characters. */
function text(maxLength: number) {
  return z.string().check(z.minLength(1), z.maxLength(maxLength), z.refine(isProfileText));
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
  const decimal = z.string().check(z.refine((value) => readRate(value) !== null));
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
        /** False for a thing of the creditor's own that the goods harmed; sold, where left out. */
        sold: z.optional(z.boolean()),
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
        /** Gross mass the damage affects; that of the goods, by `extent`, where left out. */
        massG: z.optional(z.int().check(z.gte(1))),
        /** Packages the damage affects; one where left out. */
        packages: z.optional(z.int().check(z.gte(1))),
        /** What the unit is still worth, and what its remains brought, in the currency of the goods. */
        residualMinor: z.optional(minor),
        salvageMinor: z.optional(minor),
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
    /** What one unit of a currency was worth in another on a day, as decimal text. */
    rates: z.optional(list(z.strictObject({ from: currency, to: currency, date, rate: decimal }))),
    /** Parts of a loss on which the parties settled: of a debtor what it bears, of the creditor what it bears itself. */
    shares: z.optional(
      list(z.strictObject({ damage: id, party, share: z.tuple([minor, z.int().check(z.gte(1))]) })),
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

/** A dispute as it is written. */
export type WrittenDispute = z.infer<ReturnType<typeof buildSchema>>;
