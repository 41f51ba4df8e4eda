import type { Pack } from '../rules/pack.js';
import type { Said } from '../rules/rule.js';
import type { VerifiedPassport } from '../verify/verified-passport.js';
import type { Dispute } from './dispute.js';
import { explain } from './explain.js';
import { type Assessment, assess } from './finding.js';
import type { Finding, FoundEdge } from './finding-form.js';
import { type SupposedRecord, withSupposed } from './supposed-record.js';

/** What stands on everything that rests on a supposition. */
export const SUPPOSED_NOTICE = 'a supposition: nobody signed these records, nothing here is evidence';

/** A finding that rests on a supposition: no digest, so that nothing can be settled or cited by it. */
export type SupposedFinding = Omit<Finding, 'digest' | 'inputDigest' | 'notice'> & {
  readonly hypothetical: true;
  readonly notice: typeof SUPPOSED_NOTICE;
};

/** What an edge is, in the words that make two findings of it differ. */
export interface EdgeOutcome {
  readonly status: FoundEdge['status'];
  readonly basis: FoundEdge['basis'];
  readonly location: FoundEdge['location'];
  readonly leg: string | null;
  readonly mode: FoundEdge['mode'];
  readonly amount: { readonly minor: string; readonly currency: string } | null;
  readonly rules: readonly string[];
  /** In one line: why. */
  readonly reason: Said;
}

/** One edge today and then; null where there is none. */
export interface EdgeChange {
  readonly edge: string;
  readonly template: string;
  readonly creditor: string;
  readonly debtor: string;
  readonly damage: string;
  readonly head: string;
  readonly pleaded: boolean;
  readonly changed: boolean;
  readonly today: EdgeOutcome | null;
  readonly would: EdgeOutcome | null;
}

/** A finding beside the one that supposed records would lead to. */
export interface Supposition {
  readonly hypothetical: true;
  readonly notice: typeof SUPPOSED_NOTICE;
  readonly supposed: readonly {
    readonly name: string;
    readonly type: string;
    readonly by: string;
    readonly sub: string;
    readonly at: number;
    readonly loggedAt: number | null;
  }[];
  readonly today: Finding;
  readonly would: SupposedFinding;
  /** Every edge of either, in the order of the later finding, those that fall away at the end. */
  readonly edges: readonly EdgeChange[];
}

/**
 * What would become of a finding if these records were there too. Pure, as `find` is. Throws what `find` throws: an
 * agreement that is only supposed can contradict the dispute as well.
 */
export function suppose(
  passports: readonly VerifiedPassport[],
  dispute: Dispute,
  packs: readonly Pack[],
  supposed: readonly SupposedRecord[],
): Supposition {
  const today = assess(passports, dispute, packs);
  const then = assess(withSupposed(passports, supposed), dispute, packs);
  const { digest: _, inputDigest: _input, ...rest } = then.finding;
  return {
    hypothetical: true,
    notice: SUPPOSED_NOTICE,
    supposed: supposed.map(({ at, by, loggedAt, name, sub, type }) => ({
      name,
      type,
      by,
      sub,
      at,
      loggedAt,
    })),
    today: today.finding,
    would: { ...rest, hypothetical: true, notice: SUPPOSED_NOTICE },
    edges: changes(today, then),
  };
}

function changes(today: Assessment, then: Assessment): readonly EdgeChange[] {
  const before = new Map(today.finding.edges.map((edge) => [edge.id, edge]));
  const after = new Map(then.finding.edges.map((edge) => [edge.id, edge]));
  const all = [...after.values(), ...[...before.values()].filter(({ id }) => !after.has(id))];
  return all.map((edge) => {
    const was = outcome(today, before.get(edge.id));
    const is = outcome(then, after.get(edge.id));
    return {
      edge: edge.id,
      template: edge.template,
      creditor: edge.creditor,
      debtor: edge.debtor,
      damage: edge.damage,
      head: edge.head,
      pleaded: edge.pleaded,
      changed: !sameOutcome(was, is),
      today: was,
      would: is,
    };
  });
}

function outcome(assessment: Assessment, edge: FoundEdge | undefined): EdgeOutcome | null {
  if (edge === undefined) return null;
  const { amount, basis, leg, location, mode, rules, status } = edge;
  return {
    status,
    basis,
    location,
    leg,
    mode,
    amount: amount === null ? null : { minor: amount.minor, currency: amount.currency },
    rules: [...new Set(rules.map(({ rule }) => rule))],
    reason: explain(assessment, edge.id).reason,
  };
}

/** How sure something is, where it happened and by which rule is part of what a reader would call another outcome. */
function sameOutcome(a: EdgeOutcome | null, b: EdgeOutcome | null): boolean {
  const words = (one: EdgeOutcome | null): string =>
    one === null
      ? 'none'
      : JSON.stringify([one.status, one.basis, one.location, one.leg, one.mode, one.amount, one.rules]);
  return words(a) === words(b);
}
