import type { CaseFacts } from '../../src/facts/case-facts.js';
import { custodyOf } from '../../src/facts/custody.js';
import { deriveFacts } from '../../src/facts/derive-facts.js';
import {
  type Derivation,
  type StateTimeline,
  stateTimeline,
  type TimelineDamage,
} from '../../src/facts/state-timeline.js';
import {
  BUYER,
  CARRIER_A,
  CARRIER_B,
  CONTRACTING,
  countersign,
  delivery,
  FRAGILITY,
  handover,
  ITEM,
  idBytes,
  idOf,
  jointAgreement,
  media,
  observation,
  passport,
  type RecordDraft,
  SCOPE,
  SELLER,
} from './case-builder.js';

export type Records = readonly (RecordDraft | readonly RecordDraft[])[];

export const CRACK: TimelineDamage = {
  id: 'd1',
  unit: ITEM,
  aspect: 'fracture',
  region: 'left',
  kind: 'shock',
};

export function timelineOf(
  records: Records,
  damage: TimelineDamage = CRACK,
  occasionWithinH = 24,
): StateTimeline {
  const facts: CaseFacts = deriveFacts(passport(records.flat()), SCOPE);
  return stateTimeline(facts, custodyOf(facts, ITEM), damage, { occasionWithinH });
}

export const NAMES = new Map<string, string>();
export function nameOf(fact: string): string {
  const [record = '', number] = fact.split('#');
  return `${NAMES.get(record) ?? record}#${number}`;
}

/** `boundary value how record#fact [over intervals] [by limits] [in the excursion's interval] [against]` */
export function told(records: Records, damage: TimelineDamage = CRACK): string[] {
  for (const { name } of records.flat()) NAMES.set(idOf(name), name);
  return timelineOf(records, damage).states.flatMap(({ boundary, derivations }) =>
    derivations.map((one) => `${boundary.name} ${words(one)}`).sort(),
  );
}

export function words({ against, facts, how, impliedIn, neutralOf, over, terms, value }: Derivation): string {
  const crossed = how === 'implied' ? [] : over.map(({ interval }) => interval);
  return [
    value,
    how,
    ...facts.map(nameOf),
    ...(crossed.length === 0 ? [] : [`over ${crossed.join()}`]),
    ...(how === 'implied' ? [`in ${impliedIn ?? '?'}`] : []),
    ...(terms.length === 0 ? [] : [`by ${terms.map(nameOf).join()}`]),
    ...(against.length === 0 ? [] : [`against ${against.map(nameOf).join()}`]),
    ...(neutralOf.length === 0 ? [] : ['if neutral']),
  ].join(' ');
}

export const joint = (name: string, from: string, to: string, h: number): readonly RecordDraft[] => [
  handover(name, { from, to, h }),
  countersign(`${name} answer`, { by: to, of: name, h }),
];
export const jointDelivery = (name: string, from: string, to: string, h: number): readonly RecordDraft[] => [
  delivery(name, { from, to, h, upper: h + 1 }),
  countersign(`${name} answer`, { by: to, of: name, h }),
];

export const GOOD = { observations: [observation('fracture', 'good')] };
export const BAD = { observations: [observation('fracture', 'bad', 'left')] };
export const of = (name: string, boundary: string): Readonly<Record<string, unknown>> => ({
  occasion: { boundary, of: idBytes(name) },
});

/** S → A (0 h) → B (10 h) → buyer (20 h). */
export const ROUTE = [
  joint('p', SELLER, CARRIER_A, 0),
  joint('t', CARRIER_A, CARRIER_B, 10),
  jointDelivery('d', CARRIER_B, BUYER, 20),
];
export const TERMS = jointAgreement('g', {
  by: SELLER,
  parties: [SELLER, CONTRACTING, CARRIER_A, CARRIER_B],
  h: -20,
  payload: { fragility: FRAGILITY },
});
/** Six faces on camera just before pickup, tied to it; one-shot, parcel in frame. */
export const PACKING = media('pack', {
  by: SELLER,
  purpose: 'packing',
  h: -0.5,
  upper: 1,
  payload: { ...GOOD, ...of('p', 'pickup') },
});
/** One-shot opening tied to the delivery. */
export const OPENING = media('open', {
  by: BUYER,
  purpose: 'unboxing',
  h: 21,
  upper: 22,
  payload: { ...BAD, ...of('d', 'delivery') },
});
