import type { ExcludedPart } from '../facts/exclusion.js';
import type { Condition, ConditionWith } from '../rules/condition.js';
import type { PartyWord } from '../rules/terms.js';
import type { Bound, Decided, EdgeDecision, IssueDecision } from './decisions.js';
import { partiesWith } from './dispute.js';
import type { Truth } from './truth.js';

/** What closed predicates need to count as shown. */
export const CLOSED_GRADE = 3;

/** What a sentence comes to, and what it read. */
export interface Answer {
  readonly value: Truth;
  readonly facts?: readonly string[];
  readonly sensor?: readonly ExcludedPart[];
  readonly issues?: readonly IssueDecision[];
  readonly edges?: readonly EdgeDecision[];
  readonly scope?: boolean;
}

/** Conditions that hold no others. */
export type Sentence = Exclude<
  Condition,
  { readonly op: 'all' | 'any' | 'not' | 'shown' | 'some' | 'every' | 'count' }
>;

/** Sentences of one kind. */
export type SentenceWith<Op extends Sentence['op']> = ConditionWith<Op>;

/** Sentences about what the records show of goods, legs and parties. */
export type EvidenceSentence = Exclude<
  Sentence,
  {
    readonly op:
      | 'eq'
      | 'in'
      | 'eq-path'
      | 'within'
      | 'elapsed'
      | 'before'
      | 'after'
      | 'overlaps'
      | 'during'
      | 'issue'
      | 'edge'
      | 'amount'
      | 'same-party';
  }
>;

/** Whom a word of a sentence means on this edge and leg; of several parties with a role the one on the edge, else the first. */
export function partyOf(
  word: PartyWord,
  { edge, leg }: Bound,
  { case: { dispute } }: Decided,
): string | null {
  switch (word) {
    case 'claimant':
    case 'creditor':
      return edge.creditor;
    case 'defendant':
    case 'debtor':
      return edge.debtor;
    case 'leg.holder':
      return leg?.holder ?? null;
    default: {
      const ids: readonly string[] = partiesWith(dispute, word).map(({ id }) => id);
      return ids.find((id) => id === edge.creditor || id === edge.debtor) ?? ids[0] ?? null;
    }
  }
}
