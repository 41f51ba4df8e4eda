import type { CustodyInterval } from '../facts/custody.js';
import type { FindingCase } from './case.js';
import { decideEdge } from './decide-edge.js';
import { decideIssue } from './decide-issue.js';
import type { Decided, EdgeDecision, EdgeDesk, IssueDecision, RuleReading } from './decisions.js';
import type { EdgeCase } from './edge-case.js';
import { buildEdges } from './edges.js';
import { evaluateCondition } from './evaluate-condition.js';
import { Grader } from './grade.js';
import { bindings, isInForce, readRule } from './rule-reading.js';
import { Stance } from './stance.js';
import { StepsExhausted } from './step-budget.js';

/**
 * Everything decided in a case, each question once and what it reads before it. That this ends is known from the packs:
 * they are refused where issues and edges read one another in a circle.
 */
export class CaseDecisions implements Decided {
  readonly case: FindingCase;
  readonly edges: readonly EdgeCase[];
  /** False when the case has more edges than are weighed. */
  readonly complete: boolean;
  readonly #desks = new Map<EdgeCase, EdgeDesk>();
  readonly #issues = new Map<EdgeCase, Map<string, IssueDecision>>();
  readonly #edges = new Map<EdgeCase, EdgeDecision>();

  constructor(theCase: FindingCase) {
    this.case = theCase;
    this.edges = [];
    // What an edge requires is stated in the dispute and reads nothing that is decided here.
    const built = buildEdges(theCase, (edge) =>
      edge.template.requires.every(
        (condition) => evaluateCondition(condition, { edge, leg: null }, this).value === true,
      ),
    );
    this.edges = built.edges;
    this.complete = built.complete;
  }

  desk(edge: EdgeCase): EdgeDesk {
    let desk = this.#desks.get(edge);
    if (desk === undefined) {
      const stance = new Stance(edge, this.edges, this.case.mandates);
      desk = { edge, stance, grader: new Grader(edge, stance, this.case) };
      this.#desks.set(edge, desk);
    }
    return desk;
  }

  issue(edge: EdgeCase, name: string, leg: CustodyInterval | null): IssueDecision {
    let known = this.#issues.get(edge);
    if (known === undefined) {
      known = new Map();
      this.#issues.set(edge, known);
    }
    const key = leg === null ? name : `${name} ${leg.leg}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    this.case.budget.take();
    const issue = this.case.rules.issues.get(name)!;
    const readings: RuleReading[] = [];
    for (const rule of edge.rules.byIssue.get(name) ?? []) {
      if (!isInForce(this.case, edge, rule)) continue;
      for (const at of bindings(rule, edge)) {
        // A rule about legs acts on an issue of the same leg, and on an issue of none from every leg.
        const acts = at === null || leg === null || at.index === leg.index;
        if (acts) readings.push(readRule(rule, edge, at, this));
      }
    }
    const decision = decideIssue(this, edge, issue, leg, readings);
    known.set(key, decision);
    return decision;
  }

  edge(edge: EdgeCase): EdgeDecision {
    let decision = this.#edges.get(edge);
    if (decision === undefined) {
      decision = this.#within(edge);
      this.#edges.set(edge, decision);
    }
    return decision;
  }

  #within(edge: EdgeCase): EdgeDecision {
    try {
      return decideEdge(this, edge);
    } catch (error) {
      if (!(error instanceof StepsExhausted)) throw error;
      return {
        edge,
        status: 'refer',
        basis: 'burden-default',
        location: null,
        leg: null,
        mode: 'sole',
        with: null,
        decisive: [],
        readings: [],
        forks: [],
        referBecause: 'too-large',
        restsOnEdge: null,
      };
    }
  }

  /** Issues decided on an edge so far, by name and leg. */
  issuesOf(edge: EdgeCase): readonly IssueDecision[] {
    return [...(this.#issues.get(edge)?.values() ?? [])];
  }

  /** Decides what defences and pleadings name even where no rule of the edge asks for it. */
  decideNamed(edge: EdgeCase): void {
    const { dispute } = this.case;
    const named = [
      ...dispute.defences.filter((one) => one.edge === edge.template.name).map(({ issue }) => issue),
      ...dispute.pleadings.map(({ issue }) => issue),
    ];
    for (const issue of edge.rules.issues) {
      if (!named.includes(issue.name)) continue;
      const legs = issue.about.includes('leg') ? edge.legs : [null];
      for (const leg of legs) this.issue(edge, issue.name, leg);
    }
  }
}
