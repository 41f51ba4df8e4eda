import { MAX_SEEN } from '../record/link.js';
import { assessPassport, graphOf } from './assess.js';
import { type EvidenceInput, EvidenceSet } from './evidence-set.js';
import type { SignatureOptions } from './signatures.js';

/** What the signer of a next record should say it has seen. Ids are 64 hex digits. */
export interface Tips {
  /** Ids, ascending, at most 64: what a new record's `seen` should hold. */
  readonly seen: readonly string[];
  /** Tips that did not fit: an acknowledgement has to name them first. */
  readonly beyond: readonly string[];
}

/**
 * The newest verified records that no other present record pins, without those of the signer's own chain about `sub`
 * (`link.seen-own`): naming them pins everything before them too. `required` ids come first.
 */
export async function tipsFor(
  from: Iterable<EvidenceInput>,
  signer: { readonly kid: string; readonly sub: string },
  required: readonly string[] = [],
  options: SignatureOptions = {},
): Promise<Tips> {
  const evidence = new EvidenceSet(null, {});
  for (const input of from) evidence.add(input);
  const graph = graphOf(await assessPassport(evidence.gather(), options));
  const pinned = new Set<number>();
  for (let statement = 0; statement < graph.statementCount; statement += 1) {
    for (const target of graph.pinsOf(statement)) pinned.add(target);
  }
  const tips: { readonly id: string; readonly iat: number }[] = [];
  for (let statement = 0; statement < graph.statementCount; statement += 1) {
    const { id, kid, sub, iat, verified } = graph.lead(statement);
    const own = kid === signer.kid && sub === signer.sub;
    if (verified && !own && !pinned.has(statement) && !required.includes(id)) tips.push({ id, iat });
  }
  // The newest by their own claim, of equal age by id as they stand in the graph: which of too many are left for an
  // acknowledgement decides nothing else.
  tips.sort((a, b) => b.iat - a.iat);
  const room = Math.max(0, MAX_SEEN - required.length);
  const seen = [...new Set([...required, ...tips.slice(0, room).map(({ id }) => id)])].sort();
  return {
    seen,
    beyond: tips
      .slice(room)
      .map(({ id }) => id)
      .sort(),
  };
}
