import { GoodOrderError } from '../errors.js';
import { type ClimateHarm, strictest } from '../facts/climate.js';
import { climateLimitsOf } from '../facts/limits.js';
import { civilDateOf } from '../rules/civil-date.js';
import type { Pack } from '../rules/pack.js';
import type { VerifiedPassport, VerifiedRecord } from '../verify/verified-passport.js';
import type { Carriage, DisputeParty } from './dispute.js';

/** What a person may state of the parties and the goods; what is left out is read from the passport. */
export interface PreflightParts {
  readonly parties?: readonly DisputeParty[];
  readonly goods?: {
    readonly durable?: boolean;
    readonly category?: string;
    readonly priceMinor?: number;
    readonly currency?: string;
  };
  readonly carriages?: readonly Carriage[];
  /** Civil date. */
  readonly contractDate?: string;
  readonly utcOffsetMin?: number;
  readonly forum?: string;
}

/** What was taken to be so because nothing says it; the report lists it. */
export type Assumption =
  | 'buyer-is-consumer'
  | 'buyer-is-no-consumer'
  | 'seller-chooses-carrier'
  | 'seller-chooses-return-carrier'
  | 'not-durable'
  | 'contract-dated-today'
  | 'price-unknown';

/** Who sells, carries and buys, and what: enough to state disputes that have not arisen. */
export interface PreflightPlan {
  readonly item: string;
  /** Seconds UTC: now. */
  readonly at: number;
  readonly parties: readonly DisputeParty[];
  readonly seller: string;
  readonly buyer: string;
  /** In the order in which they will carry. */
  readonly carriers: readonly string[];
  readonly capacities: ReadonlyMap<string, 'carrier' | 'contracting-carrier'>;
  readonly goods: {
    readonly durable: boolean;
    readonly category: string;
    readonly priceMinor: number;
    readonly currency: string;
  };
  readonly carriages: readonly Carriage[];
  readonly forum: string;
  readonly contractDate: string;
  readonly utcOffsetMin: number;
  /** Its packing was filmed or photographed. */
  readonly packed: boolean;
  /** Against what somebody stated a limit: too warm, too cold, too wet. */
  readonly limited: ReadonlySet<ClimateHarm>;
  readonly assumed: readonly Assumption[];
}

type Fields = Readonly<Record<string, unknown>>;
const SELF = 'urn:goodorder:key:';

/**
 * Reads from agreements, credentials and handovers who the parties are. Throws GoodOrderError `preflight.missing`, which
 * names what nobody states.
 */
export function planPreflight(
  passports: readonly VerifiedPassport[],
  packs: readonly Pack[],
  at: number,
  parts: PreflightParts = {},
): PreflightPlan {
  const item = passports[0]?.item ?? '';
  const records = passports
    .flatMap((passport) => passport.records)
    .filter(({ standing, state }) => standing === 'full' && (state === 'trusted' || state === 'valid'));
  const assumed: Assumption[] = [];
  const sale = agreementOf(records, 'sale');
  const carriage = agreementOf(records, 'carriage');
  const capacities = capacitiesOf(records, carriage);
  const seller = parts.parties === undefined ? sellerOf(records, sale) : withRole(parts.parties, 'seller');
  const buyer =
    parts.parties === undefined ? buyerOf(records, sale, seller) : withRole(parts.parties, 'buyer');
  const carriers =
    parts.parties === undefined
      ? [...capacities].filter(([, capacity]) => capacity === 'carrier').map(([party]) => party)
      : parts.parties.filter(({ roles }) => roles.includes('carrier')).map(({ id }) => id);
  const contracting =
    parts.parties === undefined
      ? ([...capacities].find(([, capacity]) => capacity === 'contracting-carrier')?.[0] ?? null)
      : withRole(parts.parties, 'contracting-carrier');
  // Who contracts to carry and names nobody else carries it.
  const carrying = carriers.length > 0 ? carriers : contracting === null ? [] : [contracting];
  const missing = [
    ...(seller === null ? ['who sells'] : []),
    ...(buyer === null ? ['who buys'] : []),
    ...(carrying.length === 0 ? ['who carries'] : []),
  ];
  if (seller === null || buyer === null || missing.length > 0) {
    throw new GoodOrderError(
      'preflight.missing',
      `the passport does not say ${missing.join(', ')}: no agreement, handover or credential in it does; state the parties`,
    );
  }
  const parties =
    parts.parties ?? partiesOf(seller, buyer, carrying, contracting, isConsumer(buyer, assumed));
  const agreedGoods = mapOf(sale?.payload['goods']);
  return {
    item,
    at,
    parties,
    seller,
    buyer,
    carriers: carrying,
    capacities: new Map(
      carrying.map((party) => [party, party === contracting ? 'contracting-carrier' : 'carrier'] as const),
    ),
    goods: goodsOf(records, agreedGoods, parts, assumed),
    carriages: parts.carriages ?? carriagesOf(sale, carriage, contracting, carrying, assumed),
    forum: parts.forum ?? forumOf(packs),
    contractDate: parts.contractDate ?? contractDateOf(sale, at, assumed),
    utcOffsetMin: parts.utcOffsetMin ?? offsetOf(sale),
    packed: records.some(
      ({ iss, payload, type }) => type === 'media' && iss === seller && payload['purpose'] === 'packing',
    ),
    limited: limitedBy(records),
    assumed: [...new Set(assumed)].sort(),
  };
}

function mapOf(value: unknown): Fields | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : null;
}

/** By what the maker says of storage, and by what agreements say of temperatures. */
function limitedBy(records: readonly VerifiedRecord[]): ReadonlySet<ClimateHarm> {
  const stated = records.flatMap(({ payload, type }) =>
    type === 'commission'
      ? (climateLimitsOf(payload['storageLimits']) ?? [])
      : type === 'agreement'
        ? (climateLimitsOf(payload['temperatureLimits']) ?? [])
        : [],
  );
  return new Set((['heat', 'cold', 'wet'] as const).filter((harm) => strictest(stated, harm) !== null));
}

/** The latest one of its kind. */
function agreementOf(records: readonly VerifiedRecord[], kind: string): VerifiedRecord | null {
  const found = records.filter(({ payload, type }) => type === 'agreement' && payload['kind'] === kind);
  return found.sort((a, b) => b.iat - a.iat || (a.id < b.id ? -1 : 1))[0] ?? null;
}

function partiesIn(agreement: VerifiedRecord | null): readonly string[] {
  const listed = agreement?.payload['parties'];
  return Array.isArray(listed) ? listed.filter((one): one is string => typeof one === 'string') : [];
}

function withRole(parties: readonly DisputeParty[], role: DisputeParty['roles'][number]): string | null {
  return parties.find(({ roles }) => roles.includes(role))?.id ?? null;
}

/** By role, else who proposed the sale. */
function sellerOf(records: readonly VerifiedRecord[], sale: VerifiedRecord | null): string | null {
  return records.find(({ roles }) => roles.includes('seller'))?.iss ?? sale?.iss ?? null;
}

/** The other party of the sale, else whoever a delivery went to. */
function buyerOf(
  records: readonly VerifiedRecord[],
  sale: VerifiedRecord | null,
  seller: string | null,
): string | null {
  const others = partiesIn(sale).filter((one) => one !== seller);
  if (others.length === 1) return others[0]!;
  const receivers = records.flatMap(({ payload, type }) => (type === 'delivery' ? [payload['to']] : []));
  const found = new Set(receivers.filter((one): one is string => typeof one === 'string' && one !== seller));
  return found.size === 1 ? [...found][0]! : null;
}

/** Carriers as the agreement on the carriage lists them, then those that handovers or credentials show. */
function capacitiesOf(
  records: readonly VerifiedRecord[],
  carriage: VerifiedRecord | null,
): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const agreed = carriage?.payload['capacityOf'];
  for (const entry of Array.isArray(agreed) ? agreed : []) {
    const { capacity, party } = (mapOf(entry) ?? {}) as { capacity?: unknown; party?: unknown };
    if (typeof party === 'string' && typeof capacity === 'string') found.set(party, capacity);
  }
  for (const { iss, payload, roles, type } of records) {
    if (type === 'handover') {
      for (const side of ['from', 'to'] as const) {
        const [party, capacity] = [payload[side], payload[`${side}Capacity`]];
        if (typeof party === 'string' && typeof capacity === 'string' && !found.has(party))
          found.set(party, capacity);
      }
    }
    const role = ['carrier', 'contracting-carrier'].find((one) => roles.includes(one));
    if (role !== undefined && !found.has(iss)) found.set(iss, role);
  }
  return found;
}

/** Who signs with a key and no name of a business is taken for a person who buys for its own use. */
function isConsumer(buyer: string, assumed: Assumption[]): boolean {
  const person = buyer.startsWith(SELF);
  assumed.push(person ? 'buyer-is-consumer' : 'buyer-is-no-consumer');
  return person;
}

function partiesOf(
  seller: string,
  buyer: string,
  carriers: readonly string[],
  contracting: string | null,
  consumer: boolean,
): readonly DisputeParty[] {
  const party = (id: string, role: DisputeParty['roles'][number], isBuyer = false): DisputeParty => ({
    id,
    name: id,
    roles: [role],
    consumer: isBuyer && consumer,
  });
  return [
    party(seller, 'seller'),
    ...(contracting === null ? [] : [party(contracting, 'contracting-carrier')]),
    ...carriers.filter((one) => one !== contracting).map((one) => party(one, 'carrier')),
    party(buyer, 'buyer', true),
  ];
}

function goodsOf(
  records: readonly VerifiedRecord[],
  agreed: Fields | null,
  { goods = {} }: PreflightParts,
  assumed: Assumption[],
): PreflightPlan['goods'] {
  const commission = records.find(({ type }) => type === 'commission')?.payload ?? {};
  const durable =
    goods.durable ?? (typeof commission['durable'] === 'boolean' ? commission['durable'] : null);
  if (durable === null) assumed.push('not-durable');
  const agreedPrice = agreed?.['unitPriceMinor'];
  const price = goods.priceMinor ?? (Number.isSafeInteger(agreedPrice) ? (agreedPrice as number) : null);
  if (price === null) assumed.push('price-unknown');
  const category = goods.category ?? commission['category'];
  const currency = goods.currency ?? agreed?.['currency'];
  return {
    durable: durable ?? false,
    category: typeof category === 'string' && /^[a-z][a-z0-9-]*$/.test(category) ? category : 'other',
    // Who bears a loss does not hang on how large it is; amounts are not told.
    priceMinor: price ?? 10_000,
    currency: typeof currency === 'string' ? currency : 'XXX',
  };
}

function carriagesOf(
  sale: VerifiedRecord | null,
  carriage: VerifiedRecord | null,
  contracting: string | null,
  carriers: readonly string[],
  assumed: Assumption[],
): readonly Carriage[] {
  const chosen = sale?.payload['carrierChosenBy'] ?? carriage?.payload['carrierChosenBy'];
  const mode = carriage?.payload['mode'];
  if (chosen !== 'seller' && chosen !== 'buyer') assumed.push('seller-chooses-carrier');
  assumed.push('seller-chooses-return-carrier');
  const contractMode = (typeof mode === 'string' ? mode : 'road') as Carriage['contractMode'];
  const chosenBy = chosen === 'buyer' ? 'buyer' : 'seller';
  return [
    {
      id: 'out',
      journey: 'outbound',
      chosenBy,
      contractMode,
      ...(contracting === null || carriers.includes(contracting) ? {} : { contracting }),
    },
    { id: 'back', journey: 'return', chosenBy: 'seller', contractMode },
  ];
}

/** `cn` of the pack `cn`: the first that is law. */
function forumOf(packs: readonly Pack[]): string {
  return packs.find(({ kind }) => kind === 'rules')?.pack.split('.')[0] ?? 'cn';
}

function instantOf(value: unknown): { readonly utcS: number; readonly offsetMin: number } | null {
  const { offsetMin, utcS } = (mapOf(value) ?? {}) as { offsetMin?: unknown; utcS?: unknown };
  return typeof utcS === 'number' && typeof offsetMin === 'number' ? { utcS, offsetMin } : null;
}

function contractDateOf(sale: VerifiedRecord | null, at: number, assumed: Assumption[]): string {
  const agreed = instantOf(sale?.payload['agreedAt']);
  if (agreed === null) assumed.push('contract-dated-today');
  return civilDateOf(agreed?.utcS ?? at, agreed?.offsetMin ?? 0);
}

function offsetOf(sale: VerifiedRecord | null): number {
  return instantOf(sale?.payload['agreedAt'])?.offsetMin ?? 0;
}
