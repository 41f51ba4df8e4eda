import type { Boundary, CustodyInterval, Journey } from '../facts/custody.js';
import type { EdgeTemplate } from '../rules/pack.js';
import type { TemplateRules } from '../rules/rule-set.js';
import type { Head, ProWord, RuleBoundary } from '../rules/terms.js';
import type { DamageCase } from './case.js';
import type { Carriage, Claim } from './dispute.js';

/** A claim that somebody may have against somebody: one template, two parties, one damage, one journey, one head. */
export interface EdgeCase {
  /** What makes it this edge, as text: template, damage, head, parties by their place in the dispute, journey, capacity. The same in every computation over the same dispute. */
  readonly id: string;
  /** One debt, whoever owes it: creditor, damage and head. */
  readonly debtId: string;
  /** Position among the edges of the case. */
  readonly index: number;
  readonly template: EdgeTemplate;
  readonly rules: TemplateRules;
  readonly creditor: string;
  readonly debtor: string;
  readonly damage: DamageCase;
  readonly journey: Journey | null;
  readonly carriage: Carriage | null;
  /** Legs in question, by position: those of the leg holder, else all of the journey, else all. */
  readonly legs: readonly CustodyInterval[];
  readonly head: Head;
  /** Claims of the dispute that plead it. */
  readonly claims: readonly Claim[];
  /** The edge on which this one's creditor would have to pay what it claims back here. */
  readonly parent: EdgeCase | null;
}

/** Which side of the edge argues that an issue is found; null when its role is on neither. */
export function proSide(edge: EdgeCase, pro: ProWord): 'creditor' | 'debtor' | null {
  if (pro === 'claimant' || pro === 'creditor' || pro === edge.template.creditor) return 'creditor';
  if (pro === 'defendant' || pro === 'debtor' || pro === edge.template.debtor) return 'debtor';
  return null;
}

/**
 * The boundary a rule names. On an edge of one journey `pickup` and `delivery` are its ends, whichever way it goes;
 * elsewhere they are those of the way to the buyer. Null when nobody tells of such a passage.
 */
export function boundaryOf(edge: EdgeCase, leg: CustodyInterval | null, name: RuleBoundary): Boundary | null {
  const { boundaries, custody, delivery } = edge.damage;
  const byId = (id: string | null | undefined): Boundary | null =>
    id == null ? null : (boundaries.get(id) ?? null);
  const { journey } = edge;
  switch (name) {
    case 'leg.start':
      return byId(leg?.start);
    case 'leg.end':
      return byId(leg?.end);
    case 'packing':
      return byId((journey ?? outbound(edge))?.packing);
    case 'pickup':
      return byId((journey ?? outbound(edge))?.start);
    case 'delivery':
    case 'unboxing':
      return journey === null ? delivery : byId(journey.end);
    case 'return-pickup':
    case 'return-receipt': {
      if (journey !== null) {
        if (journey.direction !== 'return') return null;
        return byId(name === 'return-pickup' ? journey.start : journey.end);
      }
      return custody.boundaries.findLast((boundary) => boundary.name === name) ?? null;
    }
  }
}

/** The journey that brought the goods to the buyer. */
function outbound(edge: EdgeCase): Journey | null {
  const { custody, delivery } = edge.damage;
  const journeys = custody.journeys.filter(({ direction }) => direction === 'outbound');
  return journeys.find(({ end }) => end === delivery?.id) ?? journeys[0] ?? null;
}
