import { fromHex } from '../codec/hex.js';
import { formatInstant } from '../codec/instant.js';
import type { Custody } from '../facts/custody.js';
import { ROLES } from '../record/vocabulary.js';
import type { Pack } from '../rules/pack.js';
import { type Dispute, readDispute } from './dispute.js';
import type { PreflightPlan } from './preflight-plan.js';
import { type SupposedRecord, supposedId } from './supposed-record.js';

/** What may be fought about once goods were sent. */
export const PREFLIGHT_KINDS = [
  'damage',
  'defect',
  'mismatch',
  'shortage',
  'return-swap',
  'temperature',
  'cold',
  'humidity',
] as const;
export type PreflightKind = (typeof PREFLIGHT_KINDS)[number];

/** How each kind would be put in a dispute. */
interface KindWords {
  readonly aspect: string;
  readonly damageKind: string;
  /** Of six sides, or of the goods as a whole. */
  readonly bySide: boolean;
  readonly grounds: string;
  /** Days after delivery, or after the return, at which it shows. */
  readonly days: number;
}

export const KIND_WORDS: Readonly<Record<PreflightKind, KindWords>> = {
  damage: { aspect: 'fracture', damageKind: 'shock', bySide: true, grounds: 'damaged', days: 0 },
  defect: { aspect: 'function', damageKind: 'latent', bySide: false, grounds: 'defective', days: 30 },
  mismatch: { aspect: 'identity', damageKind: 'substitution', bySide: false, grounds: 'not-as-described', days: 0 },
  shortage: { aspect: 'quantity', damageKind: 'loss', bySide: false, grounds: 'shortage', days: 0 },
  'return-swap': { aspect: 'identity', damageKind: 'substitution', bySide: false, grounds: 'not-as-described', days: 0 },
  temperature: { aspect: 'temperature', damageKind: 'heat', bySide: false, grounds: 'temperature', days: 0 },
  cold: { aspect: 'temperature', damageKind: 'cold', bySide: false, grounds: 'temperature', days: 0 },
  humidity: { aspect: 'moisture', damageKind: 'wet', bySide: false, grounds: 'damaged', days: 0 },
}; // biome-ignore format: a table

export const SIDES = ['front', 'back', 'left', 'right', 'top', 'bottom'] as const;

const UNIT = 'item';
const HOUR = 3_600;
const DAY = 24 * HOUR;

/** Goods on their way, by the barest records, and a complaint at the end. */
export interface PreflightCase {
  readonly kind: PreflightKind;
  readonly region: string;
  readonly dispute: Dispute;
  readonly supposed: readonly SupposedRecord[];
  /** Who is out of pocket when nobody answers. */
  readonly loser: string;
}

/** The dispute of one kind about one region, and the records of the way that lies ahead. */
export function preflightCase(
  plan: PreflightPlan,
  packs: readonly Pack[],
  custody: Custody,
  kind: PreflightKind,
  region: string,
): PreflightCase {
  const writer = new WayAhead(plan, custody, kind, region);
  const supposed = writer.records();
  const opened = writer.now + 5 * DAY;
  const isReturn = kind === 'return-swap';
  const { aspect, damageKind } = KIND_WORDS[kind];
  const { goods, parties } = plan;
  const text = (utcS: number): string => formatInstant(utcS, plan.utcOffsetMin);
  const held = new Set<string>(parties.flatMap(({ roles }) => roles));
  const isHeld = (side: string): boolean => held.has(side) || !(ROLES as readonly string[]).includes(side);
  const templates = packs
    .flatMap((pack) => (pack.kind === 'rules' ? pack.edges : []))
    .filter(({ creditor, debtor }) => isHeld(creditor) && isHeld(debtor));
  const dispute = readDispute({
    schemaVersion: 1,
    id: `preflight ${kind} ${region}`,
    openedAt: text(opened),
    asOf: text(opened),
    law: { forum: plan.forum, contractDate: plan.contractDate, utcOffsetMin: plan.utcOffsetMin },
    parties,
    carriages: plan.carriages.filter(({ journey }) => isReturn || journey === 'outbound'),
    goods: [
      {
        unit: UNIT,
        sub: plan.item,
        durable: goods.durable,
        category: goods.category,
        aspects: [],
        priceMinor: goods.priceMinor,
        currency: goods.currency,
      },
    ],
    damages: [
      { id: 'd', unit: UNIT, aspect, region, kind: damageKind, discoveredAt: text(writer.discovered) },
    ],
    claims: [...new Set(templates.map(({ name }) => name))].map((edge) => ({
      id: edge,
      edge,
      damage: 'd',
      head: 'loss',
      amountMinor: goods.priceMinor,
      currency: goods.currency,
    })),
    packs: packs.map(({ pack }) => ({ id: pack })),
  });
  return { kind, region, dispute, supposed, loser: isReturn ? plan.seller : plan.buyer };
}

type Fields = Readonly<Record<string, unknown>>;

/** Writes the records of the way ahead, one after the other. */
class WayAhead {
  readonly #plan: PreflightPlan;
  readonly #custody: Custody;
  readonly #kind: PreflightKind;
  readonly #region: string;
  readonly #records: SupposedRecord[] = [];
  now: number;
  discovered = 0;

  constructor(plan: PreflightPlan, custody: Custody, kind: PreflightKind, region: string) {
    this.#plan = plan;
    this.#custody = custody;
    this.#kind = kind;
    this.#region = region;
    const told = custody.boundaries.map(({ time }) => time.to ?? 0);
    this.now = Math.max(plan.at, ...told) + HOUR;
  }

  records(): readonly SupposedRecord[] {
    const { buyer, seller } = this.#plan;
    const delivered = this.#outbound();
    if (this.#kind === 'return-swap') {
      const received = this.#back();
      this.#state(seller, received);
    } else {
      const { days, grounds } = KIND_WORDS[this.#kind];
      this.now += days === 0 ? HOUR : days * DAY;
      this.discovered = this.now;
      this.#film(buyer, delivered, days === 0);
      this.now += HOUR;
      this.#add('notice', buyer, {
        against: fromHex(delivered),
        grounds,
        aspect: KIND_WORDS[this.#kind].aspect,
        region: this.#region,
        raisedAt: this.#instant(),
        to: seller,
        written: true,
        namesDamage: true,
        discoveredAt: this.#instant(this.discovered),
        unit: UNIT,
      });
    }
    return this.#records;
  }

  /** From whoever holds the goods now to the buyer; the id of the delivery. */
  #outbound(): string {
    const { buyer, carriers, seller } = this.#plan;
    const { passages } = this.#custody;
    const holder = passages.at(-1)?.to ?? seller;
    const chain = [seller, ...carriers, buyer];
    const at = Math.max(0, chain.lastIndexOf(holder));
    if (at === 0 && !this.#plan.packed) this.#pack(seller);
    let last = '';
    for (let step = at; step < chain.length - 1; step += 1) {
      this.now += step === 0 ? HOUR : DAY;
      last = this.#pass(chain[step]!, chain[step + 1]!);
    }
    return last;
  }

  /** By the carrier that brought it to the buyer, or whoever carried last. */
  #back(): string {
    const { buyer, carriers, seller } = this.#plan;
    const carrier = carriers.at(-1)!;
    this.now += DAY;
    const pickup = { from: buyer, to: carrier, leg: 'return' };
    this.#joint('return', carrier, buyer, {
      ...this.#passed(pickup),
      stage: 'picked-up',
      capacity: 'carrier',
    });
    this.now += DAY;
    const receipt = { from: carrier, to: seller };
    return this.#joint('return', seller, carrier, {
      ...this.#passed(receipt),
      stage: 'received',
      capacity: 'principal',
    });
  }

  #passed({ from, to, leg }: { readonly from: string; readonly to: string; readonly leg?: string }): Fields {
    return {
      ...this.#span('occurredAt'),
      from,
      to,
      ...(leg === undefined ? {} : { leg, mode: 'road' }),
    };
  }

  #pass(from: string, to: string): string {
    const { buyer, capacities } = this.#plan;
    const common = { ...this.#span('occurredAt'), from, to, remark: 'none', inspectedScope: [] };
    const id =
      to === buyer
        ? this.#joint('delivery', from, to, {
            ...common,
            receiverRole: 'consignee',
            mode: 'in-person',
            consent: 'given',
            method: 'signature',
            objectionDeadline: null,
          })
        : this.#joint('handover', from, to, {
            ...common,
            fromCapacity: capacities.get(from) ?? 'principal',
            toCapacity: capacities.get(to)!,
            parcels: 1,
            sealState: 'not-checked',
            leg: to,
            mode: 'road',
          });
    return id;
  }

  /** A picture of a closed box that shows nothing: it only says when it was packed. */
  #pack(seller: string): void {
    this.#add('media', seller, {
      ...this.#filmed('packing'),
      continuity: 'still',
      coverage: [],
      identified: [],
    });
  }

  /** The buyer's film, in one take, of what is wrong. */
  #film(buyer: string, delivery: string, unboxing: boolean): void {
    this.#add(
      'media',
      buyer,
      {
        ...this.#filmed(unboxing ? 'unboxing' : 'inspection'),
        continuity: 'one-shot',
        coverage: [this.#region, 'serial'],
        identified: [{ what: 'serial' }, { what: 'parcel' }],
        ...(unboxing ? { occasion: { boundary: 'delivery', of: fromHex(delivery) } } : {}),
        observations: [this.#bad()],
      },
      unboxing ? [delivery] : [],
    );
  }

  /** The seller's bare word about what came back. */
  #state(seller: string, received: string): void {
    this.now += HOUR;
    this.discovered = this.now;
    this.#add(
      'statement',
      seller,
      {
        ...this.#span('occurredAt'),
        about: { item: this.#plan.item },
        text: 'another item came back',
        occasion: { boundary: 'return-receipt', of: fromHex(received) },
        observations: [this.#bad()],
      },
      [received],
    );
  }

  #bad(): Fields {
    const { aspect, damageKind } = KIND_WORDS[this.#kind];
    return { unit: UNIT, aspect, region: this.#region, condition: 'bad', kind: damageKind };
  }

  #filmed(purpose: string): Fields {
    const bytes = new Uint8Array(32);
    return {
      from: this.#instant(),
      to: this.#instant(this.now + 300),
      purpose,
      files: [
        { sha256: [-16, bytes], bytes: 1, mediaType: 'video/mp4', chunkBytes: 1_048_576, chunkRoot: bytes },
      ],
      device: { model: 'any' },
    };
  }

  #span(name: string): Fields {
    return { [name]: this.#instant() };
  }

  #instant(utcS = this.now): { readonly utcS: number; readonly offsetMin: number } {
    return { utcS, offsetMin: this.#plan.utcOffsetMin };
  }

  /** A record that the other side agreed to, to nothing but that it happened. */
  #joint(type: string, by: string, other: string, payload: Fields): string {
    const id = this.#add(type, by, payload);
    const answer = {
      of: fromHex(id),
      stance: 'agree',
      remark: 'none',
      inspectedScope: [],
      occurredAt: this.#instant(),
    };
    this.#add('countersign', other, answer, [id]);
    return id;
  }

  #add(type: string, by: string, payload: Fields, pins: readonly string[] = []): string {
    const name = `${this.#records.length + 1} ${type}`;
    const id = supposedId(name);
    const self = by.startsWith('urn:goodorder:key:');
    this.#records.push({
      name,
      id,
      type,
      by,
      sub: this.#plan.item,
      at: this.now,
      payload,
      roles: self ? [] : this.#plan.parties.find((party) => party.id === by)!.roles,
      rolePermitted: true,
      accreditation: null,
      loggedAt: this.now + 600,
      pins,
    });
    return id;
  }
}
