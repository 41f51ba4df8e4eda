import { type Condition, partsOf } from '../rules/condition.js';
import type { Citation, RuleStatus, Said } from '../rules/rule.js';
import type { PartyWord } from '../rules/terms.js';
import { partyOf } from './answer.js';
import type {
  Argument,
  Bound,
  ConditionTrace,
  EdgeDecision,
  IssueDecision,
  RuleReading,
} from './decisions.js';
import { type EdgeCase, proSide } from './edge-case.js';
import type { Assessment } from './finding.js';
import type { Grade } from './grade.js';
import { type SayContext, sayCondition } from './say-condition.js';
import { sayFact, thousandths } from './say-fact.js';
import { STANDARD_WORDS, sayGrade, sayGradeFigure } from './say-grade.js';
import * as words from './words.js';
import { phrase, truthWord, verbatim, word } from './words.js';

/** One step of an explanation: what is said, and what it stands on, down to records. */
export interface ExplainedStep {
  readonly kind: 'rule' | 'condition' | 'exception' | 'issue' | 'presumption' | 'argument' | 'fact' | 'edge';
  readonly says: Said;
  /** Answer of a rule or condition, status of an issue or edge, grade of an argument or fact. */
  readonly result: Said;
  readonly rule: {
    readonly id: string;
    readonly status: RuleStatus;
    readonly cite: readonly Citation[];
  } | null;
  /** The sentence of the pack, where a condition is told. */
  readonly sentence: string | null;
  /** Lines of the evidence pack that gave a grade: line, lift, caps. */
  readonly lines: readonly string[];
  readonly facts: readonly string[];
  readonly records: readonly string[];
  readonly steps: readonly ExplainedStep[];
}

export interface Explanation {
  readonly edge: string;
  readonly says: Said;
  /** In one line: why. */
  readonly reason: Said;
  readonly steps: readonly ExplainedStep[];
}

/** Why one edge of a finding is as it is. Throws RangeError when the finding has no such edge. */
export function explain(assessment: Assessment, edgeId: string): Explanation {
  const { decisions } = assessment;
  const edge = decisions.edges.find(({ id }) => id === edgeId);
  if (edge === undefined) throw new RangeError(`the finding has no edge \`${edgeId}\``);
  return new Explainer(assessment).edge(decisions.edge(edge));
}

/** Tells of the parts of one assessment, each once. */
export class Explainer {
  readonly #assessment: Assessment;
  /** What has been told once is named after that, not told again. */
  readonly #told = new Set<IssueDecision | EdgeDecision>();

  constructor(assessment: Assessment) {
    this.#assessment = assessment;
  }

  edge(decision: EdgeDecision): Explanation {
    return {
      edge: decision.edge.id,
      says: this.#edgeSays(decision),
      reason: this.#reason(decision),
      steps: decision.decisive.map((reading) => this.#rule(reading, decision.edge)),
    };
  }

  /** An issue as decided on its edge, with everything it stands on. */
  decided(decision: IssueDecision): ExplainedStep {
    return this.#issue(decision, 'issue');
  }

  /** An edge and what became of it, without its reasons. */
  headline(decision: EdgeDecision): ExplainedStep {
    const { debtor, creditor, became } = this.#edgeParts(decision);
    return blank('edge', phrase('{0} to {1}', '{0}对{1}', debtor, creditor), became);
  }

  /** A fact as its record states it. */
  stated(id: string): ExplainedStep {
    return this.#fact(id, null);
  }

  /** An argument with the facts it rests on, and what each is worth. */
  argued(argument: Argument): ExplainedStep {
    return this.#argument(argument);
  }

  #name(party: string): Said {
    const { dispute } = this.#assessment.decisions.case;
    return verbatim(dispute.parties.find(({ id }) => id === party)?.name ?? party);
  }

  #edgeSays(decision: EdgeDecision): Said {
    const { debtor, creditor, became } = this.#edgeParts(decision);
    return phrase('{0} to {1}: {2}', '{0}对{1}：{2}', debtor, creditor, became);
  }

  #edgeParts({
    basis,
    edge,
    referBecause,
    status,
  }: EdgeDecision): Readonly<Record<'debtor' | 'creditor' | 'became', Said>> {
    const why =
      status === 'refer' && referBecause !== null
        ? word(words.REFER, referBecause)
        : word(words.BASIS, basis);
    return {
      debtor: this.#name(edge.debtor),
      creditor: this.#name(edge.creditor),
      became: phrase('{0}, {1}', '{0}（{1}）', word(words.EDGE_STATUS, status), why),
    };
  }

  /** The one line a reader sees first. */
  #reason(decision: EdgeDecision): Said {
    const { basis, decisive, location, status } = decision;
    if (status === 'refer') return word(words.REFER, decision.referBecause ?? 'unknown-matters');
    const [first] = decisive;
    if (first === undefined) return phrase('no rule speaks of it', '没有规则涉及');
    if (status !== 'not-liable') {
      const blow = this.#blow(decision);
      if (blow !== null) return blow;
      return location === null ? first.rule.says : word(words.LOCATION, location);
    }
    if (basis === 'exception') {
      const proven = decisive.flatMap(({ proven: all }) => all).find(({ value }) => value === true);
      const issue = proven?.decisions.find((one) => one.status === 'found')?.issue;
      if (issue !== undefined) return phrase('shown: {0}', '已证明：{0}', issue.asks);
    }
    const failed = decisive.flatMap((reading) => reading.if.filter(({ value }) => value === false));
    const issue = failed.flatMap(issuesIn).find((one) => one.status !== 'found');
    if (issue === undefined) return first.rule.says;
    return basis === 'proven'
      ? phrase('disproven: {0}', '已证否：{0}', issue.issue.asks)
      : phrase('not shown: {0}', '未证明：{0}', issue.issue.asks);
  }

  /** The shock that implicates the leg, in figures. */
  #blow({ edge, leg, location }: EdgeDecision): Said | null {
    if (location !== 'implicated' || leg === null) return null;
    const { facts } = this.#assessment;
    const held = edge.damage.legs.get(leg);
    const implied = (edge.damage.states.get(held?.end ?? '')?.derivations ?? []).filter(
      ({ how, impliedIn }) => how === 'implied' && impliedIn === held?.index,
    );
    for (const { over } of implied) {
      for (const id of over.flatMap(({ parts }) =>
        parts.flatMap(({ alternatives }) => alternatives.flat()),
      )) {
        const fact = facts.byId.get(id);
        if (fact?.predicate !== 'excursion' || fact.quantity !== 'acceleration') continue;
        const figures = verbatim(`${thousandths(fact.peak)} g, ${thousandths(fact.durationUs)} ms`);
        return phrase('{0} on {1}', '{1}：{0}', figures, verbatim(leg));
      }
    }
    return null;
  }

  #rule(reading: RuleReading, edge: EdgeCase): ExplainedStep {
    const { cite, id, says, status } = reading.rule;
    const bound: Bound = { edge, leg: edge.damage.legs.get(reading.leg ?? '') ?? null };
    return {
      ...blank('rule', says, truthWord(reading.value)),
      rule: { id, status, cite },
      steps: [
        ...reading.if.map((trace, index) => this.#condition(trace, reading.rule.if[index], bound, false)),
        ...reading.unless.map((trace, index) =>
          this.#condition(trace, reading.rule.unless[index], bound, true),
        ),
        ...reading.proven.flatMap(({ decisions }) =>
          decisions
            .filter(({ status: found }) => found !== 'not-raised')
            .map((one) => this.#issue(one, 'exception')),
        ),
      ],
    };
  }

  #context(bound: Bound): SayContext {
    const { decisions } = this.#assessment;
    const { byTemplate, issues } = decisions.case.rules;
    return {
      party: (name) => {
        const party = partyOf(name as PartyWord, bound, decisions);
        return party === null ? word(words.ROLE, name) : this.#name(party);
      },
      asks: (name) => {
        const issue = issues.get(name);
        if (issue === undefined) return verbatim(name);
        const leg = issue.about.includes('leg') ? (bound.leg?.leg ?? null) : null;
        return leg === null ? issue.asks : phrase('{0} ({1})', '{0}（{1}）', issue.asks, verbatim(leg));
      },
      edge: (name) => {
        const template = byTemplate.get(name)?.template;
        if (template === undefined) return verbatim(name);
        const [creditor, debtor] = [template.creditor, template.debtor].map((role) => word(words.ROLE, role));
        return phrase('the claim of {0} against {1}', '{0}对{1}的请求', creditor!, debtor!);
      },
    };
  }

  /** @param asked what was evaluated: its parts are those of the trace, of `some` and the like one for each leg */
  #condition(
    trace: ConditionTrace,
    asked: Condition | undefined,
    bound: Bound,
    unless: boolean,
  ): ExplainedStep {
    const plain = asked === undefined ? verbatim(trace.text) : sayCondition(asked, this.#context(bound));
    const placed = trace.leg === null ? plain : phrase('{0} ({1})', '{0}（{1}）', plain, verbatim(trace.leg));
    const sentence = unless ? phrase('unless {0}', '除非：{0}', placed) : placed;
    const says =
      trace.collapsedAgainst === null
        ? sentence
        : phrase(
            '{0}; not shown, which counts against {1}',
            '{0}；未证明，不利于{1}',
            sentence,
            this.#name(trace.collapsedAgainst),
          );
    const inner = asked === undefined ? [] : partsOf(asked);
    return {
      ...blank('condition', says, truthWord(trace.value)),
      sentence: trace.text,
      facts: trace.facts,
      records: this.#records(trace.facts),
      steps: [
        ...trace.parts.map((part, index) => {
          const leg = part.leg === null ? bound.leg : (bound.edge.damage.legs.get(part.leg) ?? bound.leg);
          const own = inner.length === trace.parts.length ? inner[index] : inner[0];
          return this.#condition(part, own, { edge: bound.edge, leg }, false);
        }),
        ...trace.issues.map((one) => this.#issue(one, 'issue')),
        ...trace.edges.map((one) => this.#otherEdge(one)),
        ...trace.facts.map((id) => this.#fact(id, null)),
      ],
    };
  }

  #otherEdge(decision: EdgeDecision): ExplainedStep {
    const step = this.headline(decision);
    if (this.#told.has(decision)) return toldAbove(step);
    this.#told.add(decision);
    return { ...step, steps: decision.decisive.map((reading) => this.#rule(reading, decision.edge)) };
  }

  #issue(decision: IssueDecision, kind: 'issue' | 'exception'): ExplainedStep {
    const { by, issue, leg, status } = decision;
    const asks = leg === null ? issue.asks : phrase('{0} ({1})', '{0}（{1}）', issue.asks, verbatim(leg));
    const result = phrase(
      '{0}, {1}: {2}',
      '{0}，{1}：{2}',
      word(words.ISSUE_STATUS, status),
      word(words.DECIDED_BY, by),
      this.#weighed(decision),
    );
    const step = blank(kind, asks, result);
    if (this.#told.has(decision)) return toldAbove(step);
    this.#told.add(decision);
    const ordered = [...decision.arguments]
      .filter(({ grade }) => grade > 0)
      .sort((a, b) => b.grade - a.grade || (a.source < b.source ? -1 : 1));
    return {
      ...step,
      steps: [
        ...decision.rules
          .filter(({ value }) => value === true)
          .map((reading) => this.#presumption(reading, decision.edge)),
        ...ordered.map((argument) => this.#argument(argument)),
      ],
    };
  }

  /** What stood for and against it, who had to show it, and how well. */
  #weighed({ burden, con, edge, issue, pro, standard }: IssueDecision): Said {
    const shower = proSide(edge, issue.pro);
    const other = shower === 'creditor' ? 'debtor' : 'creditor';
    const bears = shower === null ? null : burden === 'pro' ? shower : other;
    const sides = phrase(
      '{0} for it, {1} against it',
      '支持：{0}；反对：{1}',
      gradeOrNothing(pro),
      gradeOrNothing(con),
    );
    if (bears === null) return sides;
    return phrase(
      '{0}; {1} had to show {2} (standard: {3})',
      '{0}；由{1}证明{2}，证明标准：{3}',
      sides,
      this.#name(edge[bears]),
      burden === 'pro' ? phrase('it', '该事项') : phrase('the contrary', '相反事实'),
      STANDARD_WORDS[standard],
    );
  }

  #presumption(reading: RuleReading, edge: EdgeCase): ExplainedStep {
    return { ...this.#rule(reading, edge), kind: 'presumption' };
  }

  #argument(argument: Argument): ExplainedStep {
    const side = word(words.SIDE, argument.side);
    const how = argument.how === null ? null : word(words.HOW, argument.how);
    const source =
      argument.by === 'pleading' ? phrase('a pleading', '当事人陈述') : verbatim(argument.source);
    const says = phrase(
      '{0}: {1}',
      '{0}：{1}',
      side,
      how ?? (argument.by === 'fact' ? phrase('what a record says', '记录所述') : source),
    );
    const facts = argument.rests.map(({ fact }) => fact);
    return {
      ...blank('argument', says, argumentGrade(argument)),
      facts,
      records: this.#records(facts),
      steps: argument.rests.map((grade) => this.#fact(grade.fact, grade)),
    };
  }

  #fact(id: string, grade: Grade | null): ExplainedStep {
    const fact = this.#assessment.facts.byId.get(id);
    const says = fact === undefined ? verbatim(id) : sayFact(fact, (party) => this.#name(party));
    const { evidence } = this.#assessment.decisions.case.rules;
    return {
      ...blank(
        'fact',
        says,
        grade === null ? verbatim('') : sayGrade(grade, evidence, fact?.prov.kind ?? null),
      ),
      lines: grade === null ? [] : [grade.line, ...(grade.lift === null ? [] : [grade.lift]), ...grade.caps],
      facts: [id],
      records: this.#records([id]),
    };
  }

  #records(facts: readonly string[]): readonly string[] {
    const { byId } = this.#assessment.facts;
    return [...new Set(facts.flatMap((id) => byId.get(id)?.prov.records ?? []))].sort();
  }
}

function blank(kind: ExplainedStep['kind'], says: Said, result: Said): ExplainedStep {
  return { kind, says, result, rule: null, sentence: null, lines: [], facts: [], records: [], steps: [] };
}

function toldAbove(step: ExplainedStep): ExplainedStep {
  return { ...step, result: phrase('{0} (told above)', '{0}（见上文）', step.result) };
}

function gradeOrNothing(grade: number): Said {
  return grade === 0 ? phrase('nothing', '无') : sayGradeFigure(grade);
}

/** An argument is worth the least of what it rests on. */
function argumentGrade({ grade, rests }: Argument): Said {
  const figure = sayGradeFigure(grade);
  const differ = rests.some((one) => one.grade !== grade);
  return rests.length > 1 && differ
    ? phrase('{0}, the least of what it rests on', '{0}，取其所依据者之最低', figure)
    : figure;
}

function issuesIn(trace: ConditionTrace): readonly IssueDecision[] {
  return [...trace.issues, ...trace.parts.flatMap(issuesIn)];
}
