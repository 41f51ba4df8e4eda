import type { Provenance } from '../facts/fact.js';
import type { FindingCase } from './case.js';
import type { EdgeCase } from './edge-case.js';

export type Alignment = 'creditor' | 'debtor' | 'neither';

/** Whose side people are on, on one edge. */
export class Stance {
  readonly #edge: EdgeCase;
  readonly #mandates: FindingCase['mandates'];
  readonly #others: readonly EdgeCase[];
  readonly #alignments = new Map<string, Alignment>();

  /** @param edges all edges of the case */
  constructor(edge: EdgeCase, edges: readonly EdgeCase[], mandates: FindingCase['mandates']) {
    this.#edge = edge;
    this.#mandates = mandates;
    this.#others = edges.filter((other) => other !== edge && other.damage === edge.damage);
  }

  /**
   * Does the signer speak for the party: as itself, or as its agent under a mandate the party signed? A record that says
   * it was made for somebody else was not made for this principal.
   */
  speaksFor(signer: string, actsFor: Provenance['actsFor'], party: string): boolean {
    if (signer === party) return true;
    if (actsFor !== null && actsFor.principal !== party) return false;
    return this.#mandates.get(signer)?.has(party) ?? false;
  }

  /** Neither creditor nor debtor, no mandate from either, bound by a trusted path. */
  isNeutral(signer: string, trusted: boolean): boolean {
    return trusted && !this.isParty(signer);
  }

  /** A side of the edge, or mandated by one. */
  isParty(signer: string): boolean {
    const { creditor, debtor } = this.#edge;
    const principals = this.#mandates.get(signer);
    return (
      signer === creditor ||
      signer === debtor ||
      (principals?.has(creditor) ?? false) ||
      (principals?.has(debtor) ?? false)
    );
  }

  /** Who gains when the signer's words are believed: those who stand behind or in front of the two in the same chain of claims. */
  alignment(signer: string): Alignment {
    const known = this.#alignments.get(signer);
    if (known !== undefined) return known;
    const found = this.#align(signer);
    this.#alignments.set(signer, found);
    return found;
  }

  #align(signer: string): Alignment {
    const { creditor, debtor } = this.#edge;
    const principals = this.#mandates.get(signer);
    if (signer === creditor || principals?.has(creditor)) return 'creditor';
    if (signer === debtor || principals?.has(debtor)) return 'debtor';
    for (let above = this.#edge.parent; above !== null; above = above.parent) {
      if (above.creditor === signer) return 'creditor';
    }
    const recourse = this.#others.some(
      (other) => other.template.recourse && other.creditor === debtor && other.debtor === signer,
    );
    if (recourse) return 'debtor';
    const sibling = this.#others.some((other) => other.creditor === creditor && other.debtor === signer);
    return sibling ? 'creditor' : 'neither';
  }

  /** Has the signer a claim, or answers one, on another edge of the same damage? */
  hasOtherEdge(signer: string): boolean {
    return this.#others.some((other) => other.creditor === signer || other.debtor === signer);
  }
}
