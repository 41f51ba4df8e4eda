import {
  ASPECTS,
  CAUSES,
  DAMAGE_KINDS,
  INCIDENT_CODES,
  ROLES,
  TRANSPORT_MODES,
  UNDERTAKINGS,
} from '../record/vocabulary.js';

/** The words that sentences of a pack may use. Each list is closed: a word outside it is an error at load. */

export const ISSUE_WORDS = ['found', 'not-found', 'undetermined', 'not-raised'] as const;
export type IssueStatus = (typeof ISSUE_WORDS)[number];

/** `liable` also matches an edge that is liable with its amount unproved. */
export const EDGE_WORDS = ['liable', 'not-liable', 'barred', 'refer'] as const;
export type EdgeWord = (typeof EDGE_WORDS)[number];

export const STATE_WORDS = ['good', 'bad'] as const;
export type StateWord = (typeof STATE_WORDS)[number];

/** Names of boundaries as rules use them: positions in a journey, and the ends of the leg a rule is bound to. */
export const RULE_BOUNDARIES = [
  'packing',
  'pickup',
  'leg.start',
  'leg.end',
  'delivery',
  'unboxing',
  'return-pickup',
  'return-receipt',
] as const;
export type RuleBoundary = (typeof RULE_BOUNDARIES)[number];

/** Whom a sentence speaks of: a role of the dispute, a side of the edge, or the holder of the leg. */
export const PARTY_WORDS = [
  'buyer',
  'seller',
  'claimant',
  'defendant',
  'creditor',
  'debtor',
  'leg.holder',
] as const;
export type PartyWord = (typeof PARTY_WORDS)[number];

/** A party of an issue: whoever argues that it is found. */
export type ProWord = Exclude<PartyWord, 'leg.holder'> | (typeof ROLES)[number];

export const TIME_UNITS = ['h', 'days', 'months', 'years'] as const;
export type TimeUnit = (typeof TIME_UNITS)[number];

export const EVENTS = [
  'event.discovered',
  'event.sold',
  'event.delivered',
  'event.received',
  'event.notified',
  'event.return-asked',
  'event.return-received',
] as const;
export type EventName = (typeof EVENTS)[number];

/** Limits of shock that parties declared, and the field of a jointly signed agreement that holds each. */
export const SHOCK_LIMITS = {
  'agreed.handling-envelope': 'handlingEnvelope',
  'packaging.declared-fragility': 'fragility',
} as const;
export type ShockLimits = keyof typeof SHOCK_LIMITS;

/** Limits of temperature: jointly agreed, or declared by whoever made the goods. */
export const CLIMATE_LIMITS = ['agreed.temperature-limits', 'declared.storage-limits'] as const;
export type ClimateLimits = (typeof CLIMATE_LIMITS)[number];

export const COVERED_QUANTITIES = ['acceleration', 'temperature', 'humidity'] as const;
export type CoveredQuantity = (typeof COVERED_QUANTITIES)[number];

/** Fields of an agreement that a rule may ask for. */
export const AGREED_TERMS = [
  'capacityOf',
  'carrierChosenBy',
  'currency',
  'distanceSale',
  'exclusions',
  'fragility',
  'freightMinor',
  'goods',
  'handlingEnvelope',
  'insuredMinor',
  'liabilityCap',
  'mandate',
  'methodFinality',
  'mode',
  'noticeDays',
  'packaging',
  'riskPoint',
  'temperatureLimits',
  'undertakings',
  'valueDeclaredMinor',
] as const;
export type AgreedTerm = (typeof AGREED_TERMS)[number];

/** What a debt is for. */
export const HEADS = [
  'loss',
  'packaging',
  'refund',
  'repair',
  'replacement',
  'price-reduction',
  'transport',
  'harm',
  'interest',
  'punitive',
] as const;
export type Head = (typeof HEADS)[number];

/** Kinds of goods a rule may name. A dispute may name others; no rule then matches them. */
const CATEGORIES = [
  'apparel',
  'appliance',
  'art',
  'book',
  'cosmetics',
  'electronics',
  'food',
  'footwear',
  'furniture',
  'glassware',
  'jewellery',
  'medicine',
  'tableware',
  'toy',
  'vehicle',
] as const;

/** Law that governs one leg of a carriage; `chapter` is the forum's own chapter on carriage. */
export const LEG_REGIMES = ['chapter', 'maritime', 'cmr', 'cim', 'montreal', 'cmni'] as const;

const LEG_CAPACITIES = ['carrier', 'contracting-carrier', 'operator'] as const;
const YES_NO = ['yes', 'no'] as const;
/** By which modes a carriage can be agreed. */
export const CARRIAGE_MODES = [...TRANSPORT_MODES, 'multimodal'] as const;

/** Paths a rule may read and the values each may have. */
export const PATH_VALUES = {
  'goods.durable': YES_NO,
  'goods.category': CATEGORIES,
  'goods.sold': YES_NO,
  'producer.named': YES_NO,
  'carrier.chosen-by': ROLES,
  'return.chosen-by': ROLES,
  'leg.mode': TRANSPORT_MODES,
  'leg.capacity': LEG_CAPACITIES,
  'leg.regime': LEG_REGIMES,
  'contract.mode': CARRIAGE_MODES,
  'claim.pleaded': YES_NO,
  'creditor.consumer': YES_NO,
  'debtor.role': ROLES,
  'sale.distance': YES_NO,
  'damage.kind': DAMAGE_KINDS,
  'damage.aspect': ASPECTS,
  /** The packaging was harmed, and it is no part of the goods as sold. */
  'damage.packaging-only': YES_NO,
} as const satisfies Readonly<Record<string, readonly string[]>>;
export type PathName = keyof typeof PATH_VALUES;
export const PATHS = Object.keys(PATH_VALUES) as readonly PathName[];

/** Paths that hold exactly one value on one edge and leg, so that two rules asking for different values exclude one another. */
export const SINGLE_VALUED: ReadonlySet<PathName> = new Set(
  PATHS.filter((path) => path !== 'debtor.role' && path !== 'leg.mode'),
);

/** Paths whose value needs a leg. */
export const LEG_PATHS: ReadonlySet<PathName> = new Set<PathName>(['leg.mode', 'leg.capacity', 'leg.regime']);

/** Predicates whose facts carry a code, and the codes. */
export const CODED_PREDICATES = {
  incident: INCIDENT_CODES,
  cause: CAUSES,
  returned: ['requested', 'approved', 'dispatched', 'picked-up', 'received', 'refused'],
  sealed: ['applied', 'read', 'broken'],
  disclosed: ['seller'],
  used: ['wear', 'wash', 'open', 'activate'],
} as const satisfies Readonly<Record<string, readonly string[]>>;
export type CodedPredicate = keyof typeof CODED_PREDICATES;

export const COMPARISONS = { 'at most': 'le', 'at least': 'ge', below: 'lt', above: 'gt' } as const;
export type Comparison = (typeof COMPARISONS)[keyof typeof COMPARISONS];

export type { IncidentCode, Role, Undertaking } from '../record/vocabulary.js';
export { INCIDENT_CODES, ROLES, UNDERTAKINGS };

/** A name as packs and disputes give them: lowercase letters, digits and hyphens, a letter first, at most 64. */
export function isName(text: string): boolean {
  if (text.length === 0 || text.length > 64) return false;
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    const letter = code >= 0x61 && code <= 0x7a;
    const digitOrHyphen = (code >= 0x30 && code <= 0x39) || code === 0x2d;
    if (!letter && (i === 0 || !digitOrHyphen)) return false;
  }
  return true;
}

/** Code-unit order, the only order of texts in the engine: never the host's locale. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
