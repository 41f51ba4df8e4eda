import { readInstant } from '../codec/instant.js';
import type { CaseFacts } from '../facts/case-facts.js';
import { custodyOf } from '../facts/custody.js';
import type { Fact } from '../facts/fact.js';
import { INCIDENT_CODES } from '../record/vocabulary.js';
import '../record/zod-setup.js';
import * as z from 'zod/mini';
import { compareText } from '../rules/terms.js';
import { parseParty } from '../subject/party.js';
import { parseSubject } from '../subject/subject.js';
import { digestOfValue } from './canonical-json.js';
import type { DisputeSource } from './dispute-problem.js';
import { checked, malformed } from './settlement-policy.js';

const QUANTITIES = ['temperature', 'humidity', 'acceleration'] as const;

function buildSchema() {
  const party = z.string().check(z.refine((value) => parseParty(value) !== null));
  const subject = z.string().check(z.refine((value) => parseSubject(value).ok));
  const instant = z.string().check(z.refine((value) => readInstant(value) !== null));
  const name = z.string().check(z.regex(/^[a-z0-9][a-z0-9-]{0,63}$/));
  const quantity = z.enum(QUANTITIES);
  const measure = z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('recorded-max'), quantity }),
    z.strictObject({ kind: z.literal('recorded-min'), quantity }),
    z.strictObject({ kind: z.literal('excursion-peak'), quantity }),
    z.strictObject({ kind: z.literal('excursion-count'), quantity }),
    z.strictObject({ kind: z.literal('incident-count'), code: z.enum(INCIDENT_CODES) }),
    z.strictObject({ kind: z.literal('late-by-seconds'), due: instant }),
    z.strictObject({ kind: z.literal('delivered') }),
  ]);
  const trigger = z.strictObject({
    id: name,
    measure,
    /** Only what these signed counts; everybody with a trusted path where left out. */
    signedBy: z.optional(z.array(party).check(z.minLength(1), z.maxLength(64))),
    /** From the mildest step on: what is paid once the measure has reached it, in all. */
    payout: z
      .array(z.strictObject({ at: z.int(), amountMinor: z.int().check(z.gte(1)) }))
      .check(z.minLength(1), z.maxLength(64)),
  });
  return z.strictObject({
    schemaVersion: z.literal(1),
    id: z.string().check(z.minLength(1), z.maxLength(200)),
    payer: party,
    payee: party,
    currency: z.string().check(z.regex(/^[A-Z]{3}$/)),
    /** One item; any where left out. */
    item: z.optional(subject),
    /** Only what happened then counts. */
    from: z.optional(instant),
    until: z.optional(instant),
    triggers: z.array(trigger).check(z.minLength(1), z.maxLength(64)),
  });
}

let built: ReturnType<typeof buildSchema> | undefined;

/** The schema of a payout table; also the source of the published JSON Schema. */
export function payoutTableSchema(): ReturnType<typeof buildSchema> {
  built ??= buildSchema();
  return built;
}

type Written = z.infer<ReturnType<typeof buildSchema>>;
type Trigger = Written['triggers'][number];

/** Who pays whom how much when something is measured: no fault, no law, whole numbers only. */
export interface PayoutTable extends Omit<Written, 'schemaVersion' | 'from' | 'until' | 'item'> {
  readonly item: string | null;
  /** Seconds UTC. */
  readonly from: number | null;
  readonly until: number | null;
  readonly digest: string;
}

/** One step of a payout table that was reached. Emitted, never carried out. */
export interface TriggerEvent {
  readonly kind: 'parametric-trigger';
  /** Of table, trigger, item and step: whatever other evidence comes, a step is reached once. */
  readonly idempotencyKey: string;
  readonly table: { readonly id: string; readonly digest: string };
  readonly trigger: string;
  readonly item: string;
  readonly step: number;
  readonly reached: { readonly at: number; readonly measured: number };
  readonly payer: string;
  readonly payee: string;
  readonly currency: string;
  /** What this step adds to the one before, minor units: the sum of all events is what the table says. */
  readonly amountMinor: number;
  /** The records that reach it, the one with the smallest id among equals first. */
  readonly records: readonly string[];
}

/** Reads a payout table from a plain value. Throws GoodOrderError `settlement.malformed` with the place. */
export function readPayoutTable(value: unknown, source: DisputeSource = {}): PayoutTable {
  const {
    from,
    item,
    schemaVersion: _,
    until,
    ...rest
  } = checked(value, source, payoutTableSchema(), 'payout table');
  const ids = rest.triggers.map(({ id }) => id);
  const twice = ids.findIndex((id, index) => ids.indexOf(id) !== index);
  if (twice >= 0) throw malformed(source, ['triggers', twice, 'id'], 'stands there twice');
  for (const [index, { measure, payout }] of rest.triggers.entries()) {
    const falls = measure.kind === 'recorded-min';
    for (const [step, entry] of payout.entries()) {
      const before = payout[step - 1];
      if (before === undefined) continue;
      const path = ['triggers', index, 'payout', step];
      if (falls ? entry.at >= before.at : entry.at <= before.at)
        throw malformed(source, [...path, 'at'], 'is not beyond the step before');
      if (entry.amountMinor <= before.amountMinor)
        throw malformed(source, [...path, 'amountMinor'], 'is not more than the step before');
    }
  }
  return {
    ...rest,
    item: item ?? null,
    from: from === undefined ? null : readInstant(from)!.utcS,
    until: until === undefined ? null : readInstant(until)!.utcS,
    digest: digestOfValue('goodorder/payout-table/1', value),
  };
}

interface Measured {
  readonly value: number;
  readonly record: string;
}

/** Every step that the facts of an item reach, in the order of the table. Pure: more evidence only adds events. */
export function triggerEvents(facts: CaseFacts, item: string, table: PayoutTable): readonly TriggerEvent[] {
  if (table.item !== null && table.item !== item) return [];
  return table.triggers.flatMap((trigger) => {
    const measured = measure(facts, item, trigger, table);
    const sign = trigger.measure.kind === 'recorded-min' ? -1 : 1;
    return trigger.payout.flatMap(({ amountMinor, at }, step): TriggerEvent[] => {
      const reaching = measured.filter(({ value }) => sign * value >= sign * at);
      const [furthest] = [...reaching].sort(
        (a, b) => sign * (b.value - a.value) || compareText(a.record, b.record),
      );
      if (furthest === undefined) return [];
      const key = { item, step, table: table.digest, trigger: trigger.id };
      return [
        {
          kind: 'parametric-trigger',
          idempotencyKey: digestOfValue('goodorder/parametric-trigger/1', key),
          table: { id: table.id, digest: table.digest },
          trigger: trigger.id,
          item,
          step: step + 1,
          reached: { at, measured: furthest.value },
          payer: table.payer,
          payee: table.payee,
          currency: table.currency,
          amountMinor: amountMinor - (trigger.payout[step - 1]?.amountMinor ?? 0),
          records: [...new Set([furthest.record, ...reaching.map(({ record }) => record).sort(compareText)])],
        },
      ];
    });
  });
}

/** What records of trusted signers say; misconduct pays nobody. A count is reached by the record that makes it. */
function measure(facts: CaseFacts, item: string, trigger: Trigger, table: PayoutTable): readonly Measured[] {
  const { measure: asked, signedBy } = trigger;
  const counts = (fact: Fact): boolean =>
    fact.prov.trusted &&
    fact.prov.integrity === 'ok' &&
    (fact.sub === item || asked.kind === 'late-by-seconds' || asked.kind === 'delivered') &&
    (signedBy === undefined || signedBy.includes(fact.prov.signer)) &&
    (table.from === null || (fact.time.to ?? table.from) >= table.from) &&
    (table.until === null || (fact.time.from ?? table.until) <= table.until);
  const told = (value: number | null, { prov }: Fact): Measured[] =>
    value === null ? [] : [{ value, record: prov.records[0]! }];
  const counted = (found: readonly Fact[]): readonly Measured[] =>
    [...found]
      .sort((a, b) => (a.time.from ?? 0) - (b.time.from ?? 0) || compareText(a.id, b.id))
      .map((fact, index) => ({ value: index + 1, record: fact.prov.records[0]! }));
  switch (asked.kind) {
    case 'recorded-max':
    case 'recorded-min':
      return facts
        .of('recorded')
        .filter((fact) => counts(fact) && fact.quantity === asked.quantity)
        .flatMap((fact) => told(asked.kind === 'recorded-max' ? fact.max : fact.min, fact));
    case 'excursion-peak':
      return facts
        .of('excursion')
        .filter((fact) => counts(fact) && fact.quantity === asked.quantity)
        .flatMap((fact) => told(fact.peak, fact));
    case 'excursion-count':
      return counted(
        facts.of('excursion').filter((fact) => counts(fact) && fact.quantity === asked.quantity),
      );
    case 'incident-count':
      return counted(facts.of('incident').filter((fact) => counts(fact) && fact.code === asked.code));
    case 'late-by-seconds':
    case 'delivered':
      return arrivals(facts, item, counts, asked.kind === 'delivered' ? null : readInstant(asked.due)!.utcS);
  }
}

/** Arrivals told by a record that counts, at the earliest stated time: nobody is paid for a lateness that is doubtful. */
function arrivals(
  facts: CaseFacts,
  item: string,
  counts: (fact: Fact) => boolean,
  due: number | null,
): readonly Measured[] {
  const { boundaries, passages } = facts.custodies.get(item) ?? custodyOf(facts, item);
  const delivery = boundaries.find(({ name, passage }) => name === 'delivery' && passage !== null);
  if (delivery?.passage == null) return [];
  const passage = passages[delivery.passage]!;
  const telling = passage.facts
    .map((id) => facts.byId.get(id))
    .filter((fact) => fact !== undefined && counts(fact));
  const at = passage.time.from;
  const [first] = telling.map((fact) => fact!.prov.records[0]!).sort(compareText);
  if (first === undefined || at === null) return [];
  return [{ value: due === null ? 1 : at - due, record: first }];
}
