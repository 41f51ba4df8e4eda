import { explain } from './explain.js';
import type { Assessment } from './finding.js';
import type { CaseDecisions } from './issue-graph.js';
import type { Bearers, PreflightAnswer } from './preflight-form.js';

/** Who bears the loss is asked, not who owes a penalty, a repair or interest on top of it. */
export function isLoss({ head }: { readonly head: string }): boolean {
  return head === 'loss';
}

/** Follows the loss from whoever has it first to whoever owes it to them, and so on. */
export function bearersOf(decisions: CaseDecisions, loser: string): Bearers {
  const found = new Set<string>();
  const path = new Set<string>();
  const done = new Set<string>();
  let refer = false;
  const follow = (party: string): void => {
    if (path.has(party)) {
      // Each owes it to the other: that is no answer.
      refer = true;
      found.add(party);
      return;
    }
    if (done.has(party)) return;
    path.add(party);
    done.add(party);
    const owed = decisions.edges
      .filter((edge) => edge.creditor === party && isLoss(edge))
      .map((edge) => decisions.edge(edge));
    const debtors = owed.filter(({ status }) => status === 'liable').map(({ edge }) => edge.debtor);
    if (debtors.length === 0) {
      refer ||= owed.some(({ status }) => status === 'refer');
      found.add(party);
    }
    for (const debtor of debtors) follow(debtor);
    path.delete(party);
  };
  follow(loser);
  return { parties: [...found].sort(), refer };
}

export function sameBearers(one: Bearers, other: Bearers): boolean {
  return one.refer === other.refer && one.parties.join(' ') === other.parties.join(' ');
}

/** What is decided short of who bears it, as one text to compare. */
export function innerOf(decisions: CaseDecisions): string {
  return decisions.edges
    .filter(isLoss)
    .flatMap((edge) => [
      `${edge.id} ${decisions.edge(edge).status}`,
      ...decisions
        .issuesOf(edge)
        .map(
          (one) => `${edge.id} ${one.issue.name} ${one.leg} ${one.status} ${one.by} ${one.pro} ${one.con}`,
        ),
    ])
    .sort()
    .join('\n');
}

/** Every relation of those through whose hands the loss goes. */
export function reasons(assessment: Assessment, loser: string): PreflightAnswer['because'] {
  const { decisions } = assessment;
  const told: PreflightAnswer['because'][number][] = [];
  const seen = new Set<string>();
  const follow = (party: string): void => {
    if (seen.has(party)) return;
    seen.add(party);
    for (const edge of decisions.edges.filter((one) => one.creditor === party && isLoss(one))) {
      const { basis, decisive, status } = decisions.edge(edge);
      if (status === 'not-liable' && decisive.length === 0) continue;
      told.push({
        creditor: edge.creditor,
        debtor: edge.debtor,
        status,
        basis,
        rules: [...new Set(decisive.map(({ rule }) => rule.id))],
        reason: explain(assessment, edge.id).reason,
      });
      if (status === 'liable') follow(edge.debtor);
    }
  };
  follow(loser);
  return told;
}
