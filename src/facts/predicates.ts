import type { BoundaryName } from './custody.js';
import type { FactBase, FactOf, PlainFact, Predicate } from './fact.js';

/** Whose record can show it, by the part played at the boundary or in the case. */
export type ShownBy =
  | 'giver'
  | 'receiver'
  | 'holder'
  | 'consignee'
  | 'expert'
  | 'party'
  | 'principal'
  | 'producer'
  | 'platform'
  | 'anybody';

/** One way in which a predicate can come to be shown. */
export interface ShowTemplate {
  /** Record type. */
  readonly type: string;
  readonly by: ShownBy;
  /** Who has to counter-sign for the best grade; null for nobody. */
  readonly with: ShownBy | null;
  /** Where it is made; empty where that plays no part. */
  readonly at: readonly (BoundaryName | 'leg')[];
  /** Best grade against somebody who did not sign it (liability.md): 1 … 4. */
  readonly bestGrade: 1 | 2 | 3 | 4;
  /** Can it still be made, or be produced, after the damage is known? */
  readonly stillPossible: boolean;
}

/** Names of what a fact says, beside what every fact has; of a plain fact those of the record's payload. */
type ArgOf<P extends Predicate> = P extends PlainFact['predicate']
  ? string
  : Exclude<keyof FactOf<P>, keyof FactBase | 'predicate'>;

type DeclOf<P extends Predicate> = P extends Predicate
  ? { readonly name: P; readonly args: readonly ArgOf<P>[]; readonly canShow: readonly ShowTemplate[] }
  : never;

export type PredicateDecl = DeclOf<Predicate>;

function way(
  type: string,
  by: ShownBy,
  bestGrade: ShowTemplate['bestGrade'],
  more: Partial<Pick<ShowTemplate, 'with' | 'stillPossible'>> & {
    readonly at?: BoundaryName | 'leg' | typeof CHANGE_OF_HANDS;
  } = {},
): ShowTemplate {
  const { at, stillPossible = false, with: other = null } = more;
  return {
    type,
    by,
    with: other,
    at: at === undefined ? [] : typeof at === 'string' ? [at] : at,
    bestGrade,
    stillPossible,
  };
}

/** Every passage on the way, but the last of a journey. */
const CHANGE_OF_HANDS = ['pickup', 'transfer', 'return-pickup'] as const;

/**
 * What records can say, and how each can come to be shown. A film of packing is a thing of its moment; a laboratory
 * test, a joint survey and a log that somebody holds can still be had.
 */
export const PREDICATES: readonly PredicateDecl[] = [
  {
    name: 'condition',
    args: ['unit', 'aspect', 'region', 'value', 'damageKind', 'extent'],
    canShow: [
      way('media', 'holder', 3, { at: 'packing' }),
      way('handover', 'giver', 4, { with: 'receiver', at: CHANGE_OF_HANDS }),
      way('media', 'giver', 3, { at: CHANGE_OF_HANDS }),
      way('media', 'receiver', 3, { at: CHANGE_OF_HANDS }),
      way('media', 'giver', 3, { at: 'delivery' }),
      way('media', 'receiver', 3, { at: 'delivery' }),
      way('delivery', 'giver', 4, { with: 'consignee', at: 'delivery' }),
      way('media', 'receiver', 3, { at: 'return-receipt' }),
      way('return', 'receiver', 2, { at: 'return-receipt' }),
      way('inspection', 'expert', 4, { stillPossible: true }),
      way('inspection', 'expert', 4, { with: 'party', at: 'delivery', stillPossible: true }),
      way('authentication', 'expert', 4, { stillPossible: true }),
      way('statement', 'anybody', 1, { stillPossible: true }),
    ],
  },
  { name: 'labelled', args: ['verdict'], canShow: [way('inspection', 'party', 1)] },
  {
    name: 'handed-over',
    args: ['from', 'to', 'fromCapacity', 'toCapacity', 'mode', 'remark', 'scope'],
    canShow: [
      way('handover', 'giver', 4, { with: 'receiver', at: CHANGE_OF_HANDS }),
      way('delivery', 'giver', 4, { with: 'consignee', at: 'delivery' }),
      way('return', 'giver', 3, { at: 'return-pickup' }),
      way('return', 'receiver', 3, { at: 'return-receipt' }),
    ],
  },
  {
    name: 'holds',
    args: ['party', 'purpose'],
    canShow: [
      way('media', 'holder', 3, { at: 'packing' }),
      way('media', 'receiver', 3, { at: 'delivery' }),
      way('media', 'receiver', 3, { at: 'return-receipt' }),
    ],
  },
  {
    name: 'recorded',
    args: ['device', 'quantity', 'attachedTo', 'mount', 'location', 'gaps', 'endReason', 'min', 'max'],
    canShow: [way('sensor-batch', 'holder', 3, { at: 'leg', stillPossible: true })],
  },
  {
    name: 'excursion',
    args: ['quantity', 'axis', 'peak', 'durationUs', 'deltaVUmPerS'],
    canShow: [way('sensor-batch', 'holder', 3, { at: 'leg', stillPossible: true })],
  },
  {
    name: 'sealed',
    args: ['sealId', 'action', 'state'],
    canShow: [
      way('seal', 'holder', 3, { at: 'packing' }),
      way('media', 'holder', 3, { at: 'packing' }),
      way('handover', 'giver', 4, { with: 'receiver', at: CHANGE_OF_HANDS }),
    ],
  },
  {
    name: 'notified',
    args: ['unit', 'aspect', 'region', 'grounds', 'to', 'raisedAt', 'written', 'namesDamage'],
    canShow: [way('notice', 'consignee', 1, { stillPossible: true })],
  },
  {
    name: 'agreed',
    args: ['term', 'value', 'parties', 'joint'],
    canShow: [way('agreement', 'party', 4, { with: 'party' })],
  },
  { name: 'undertaken', args: ['by', 'what'], canShow: [way('agreement', 'party', 4, { with: 'party' })] },
  { name: 'acts-for', args: ['agent', 'principal', 'legs'], canShow: [way('agreement', 'principal', 4)] },
  {
    name: 'incident',
    args: ['code', 'by'],
    canShow: [
      way('incident', 'anybody', 3, { at: 'leg', stillPossible: true }),
      way('sensor-batch', 'holder', 3, { at: 'leg', stillPossible: true }),
    ],
  },
  {
    name: 'cause',
    args: ['cause', 'strength'],
    canShow: [
      way('inspection', 'expert', 4, { stillPossible: true }),
      way('incident', 'anybody', 3, { stillPossible: true }),
    ],
  },
  {
    name: 'signed-off',
    args: ['consignee', 'remark', 'passage', 'badSeen'],
    canShow: [
      way('delivery', 'consignee', 2, { at: 'delivery' }),
      way('countersign', 'consignee', 2, { at: 'delivery' }),
    ],
  },
  {
    name: 'aggregated',
    args: ['parent', 'child', 'action'],
    canShow: [way('aggregation', 'holder', 3)],
  },
  { name: 'returned', args: ['stage', 'from', 'to'], canShow: [way('return', 'party', 3)] },
  {
    name: 'paid',
    args: ['kind', 'amountMinor', 'currency', 'against'],
    canShow: [way('payment', 'party', 3, { stillPossible: true })],
  },
  {
    name: 'used',
    args: ['event', 'counter'],
    canShow: [way('usage', 'anybody', 3, { stillPossible: true })],
  },
  {
    name: 'repaired',
    args: ['fault', 'work'],
    canShow: [way('repair', 'anybody', 3, { stillPossible: true })],
  },
  {
    name: 'disclosed',
    args: ['shownAsSeller', 'where', 'howMarked'],
    canShow: [way('disclosure', 'platform', 3)],
  },
  {
    name: 'commissioned',
    args: ['name', 'durable', 'storageLimits'],
    canShow: [way('commission', 'producer', 3)],
  },
  {
    name: 'sampled',
    args: ['verdict', 'sampling'],
    canShow: [way('inspection', 'expert', 1)],
  },
  {
    name: 'stated',
    args: ['about', 'text'],
    canShow: [way('statement', 'anybody', 1, { stillPossible: true })],
  },
];
