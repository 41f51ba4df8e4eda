import { type ExplainedStep, Explainer } from './explain.js';
import type { Assessment } from './finding.js';

/** A part of a finding that somebody asks about. */
export type FindingPart =
  /** Every decision on an issue, on whatever edge and leg. */
  | { readonly kind: 'issue'; readonly issue: string }
  /** What a fact argues and what it is worth there. */
  | { readonly kind: 'fact'; readonly fact: string }
  /** Every fact of a record, and what each argues. */
  | { readonly kind: 'record'; readonly record: string };

/** Issues that the finding decided somewhere, sorted. */
export function decidedIssues({ decisions }: Assessment): readonly string[] {
  const names = decisions.edges.flatMap((edge) => decisions.issuesOf(edge).map(({ issue }) => issue.name));
  return [...new Set(names)].sort();
}

/** What an assessment has to say of one of its parts, from the same run as the finding; nothing where it has no such part. */
export function explainPart(assessment: Assessment, part: FindingPart): readonly ExplainedStep[] {
  switch (part.kind) {
    case 'issue':
      return issueSteps(assessment, part.issue);
    case 'fact':
      return assessment.facts.byId.has(part.fact) ? [factStep(assessment, part.fact)] : [];
    case 'record':
      return assessment.facts.facts
        .filter(({ prov }) => prov.records[0] === part.record)
        .map(({ id }) => factStep(assessment, id));
  }
}

function issueSteps(assessment: Assessment, name: string): readonly ExplainedStep[] {
  const { decisions } = assessment;
  const explainer = new Explainer(assessment);
  return decisions.edges.flatMap((edge) => {
    const own = decisions.issuesOf(edge).filter(({ issue }) => issue.name === name);
    if (own.length === 0) return [];
    const steps = own.map((one) => explainer.decided(one));
    return [{ ...explainer.headline(decisions.edge(edge)), steps }];
  });
}

/** A fact and below it every edge and issue on which something rests on it. */
function factStep(assessment: Assessment, id: string): ExplainedStep {
  const { decisions } = assessment;
  const explainer = new Explainer(assessment);
  const edges = decisions.edges.flatMap((edge) => {
    const steps = decisions.issuesOf(edge).flatMap((one) => {
      const own = one.arguments.filter(({ rests }) => rests.some(({ fact }) => fact === id));
      if (own.length === 0) return [];
      return [
        {
          ...explainer.decided({ ...one, rules: [] }),
          steps: own.map((argument) => explainer.argued(argument)),
        },
      ];
    });
    return steps.length === 0 ? [] : [{ ...explainer.headline(decisions.edge(edge)), steps }];
  });
  return { ...explainer.stated(id), steps: edges };
}
