import { formatInstant } from '../codec/instant.js';
import type { Fact } from '../facts/fact.js';
import type { Citation, RuleStatus, Said } from '../rules/rule.js';
import type { Argument, ConditionTrace, EdgeDecision, IssueDecision, RuleReading } from './decisions.js';
import type { Assessment } from './finding.js';
import type { Grade } from './grade.js';
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

class Explainer {
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
      steps: decision.decisive.map((reading) => this.#rule(reading)),
    };
  }

  #name(party: string): Said {
    const { dispute } = this.#assessment.decisions.case;
    return verbatim(dispute.parties.find(({ id }) => id === party)?.name ?? party);
  }

  #edgeSays({ basis, edge, referBecause, status }: EdgeDecision): Said {
    const debtor = this.#name(edge.debtor);
    const creditor = this.#name(edge.creditor);
    const why =
      status === 'refer' && referBecause !== null
        ? word(words.REFER, referBecause)
        : word(words.BASIS, basis);
    return phrase(
      '{0} to {1}: {2}, {3}',
      '{0}对{1}：{2}（{3}）',
      debtor,
      creditor,
      word(words.EDGE_STATUS, status),
      why,
    );
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

  #rule(reading: RuleReading): ExplainedStep {
    const { cite, id, says, status } = reading.rule;
    return {
      ...blank('rule', says, truthWord(reading.value)),
      rule: { id, status, cite },
      steps: [
        ...reading.if.map((trace) => this.#condition(trace, false)),
        ...reading.unless.map((trace) => this.#condition(trace, true)),
        ...reading.proven.flatMap(({ decisions }) =>
          decisions
            .filter(({ status: found }) => found !== 'not-raised')
            .map((one) => this.#issue(one, 'exception')),
        ),
      ],
    };
  }

  #condition(trace: ConditionTrace, unless: boolean): ExplainedStep {
    const sentence = unless ? `unless ${trace.text}` : trace.text;
    const says =
      trace.collapsedAgainst === null
        ? verbatim(sentence)
        : phrase(
            '{0}; not shown, which counts against {1}',
            '{0}；未证明，不利于{1}',
            verbatim(sentence),
            this.#name(trace.collapsedAgainst),
          );
    return {
      ...blank('condition', says, truthWord(trace.value)),
      sentence: trace.text,
      facts: trace.facts,
      records: this.#records(trace.facts),
      steps: [
        ...trace.parts.map((part) => this.#condition(part, false)),
        ...trace.issues.map((one) => this.#issue(one, 'issue')),
        ...trace.edges.map((one) => this.#otherEdge(one)),
        ...trace.facts.map((id) => this.#fact(id, null)),
      ],
    };
  }

  #otherEdge(decision: EdgeDecision): ExplainedStep {
    const step = blank('edge', this.#edgeSays(decision), word(words.EDGE_STATUS, decision.status));
    if (this.#told.has(decision)) return step;
    this.#told.add(decision);
    return { ...step, steps: decision.decisive.map((reading) => this.#rule(reading)) };
  }

  #issue(decision: IssueDecision, kind: 'issue' | 'exception'): ExplainedStep {
    const { by, con, issue, leg, pro, status } = decision;
    const figures = verbatim(`${pro} : ${con}`);
    const asks = leg === null ? issue.asks : phrase('{0} ({1})', '{0}（{1}）', issue.asks, verbatim(leg));
    const result = phrase(
      '{0} {1}, {2}',
      '{0}，{1}，{2}',
      word(words.ISSUE_STATUS, status),
      word(words.DECIDED_BY, by),
      figures,
    );
    const step = blank(kind, asks, result);
    if (this.#told.has(decision)) return step;
    this.#told.add(decision);
    const ordered = [...decision.arguments]
      .filter(({ grade }) => grade > 0)
      .sort((a, b) => b.grade - a.grade || (a.source < b.source ? -1 : 1));
    return {
      ...step,
      steps: [
        ...decision.rules.filter(({ value }) => value === true).map((reading) => this.#presumption(reading)),
        ...ordered.map((argument) => this.#argument(argument)),
      ],
    };
  }

  #presumption(reading: RuleReading): ExplainedStep {
    return { ...this.#rule(reading), kind: 'presumption' };
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
      how ?? (argument.by === 'fact' ? phrase('a record', '记录') : source),
    );
    const facts = argument.rests.map(({ fact }) => fact);
    return {
      ...blank('argument', says, verbatim(String(argument.grade))),
      facts,
      records: this.#records(facts),
      steps: argument.rests.map((grade) => this.#fact(grade.fact, grade)),
    };
  }

  #fact(id: string, grade: Grade | null): ExplainedStep {
    const fact = this.#assessment.facts.byId.get(id);
    const says = fact === undefined ? verbatim(id) : this.#factSays(fact);
    return {
      ...blank('fact', says, verbatim(grade === null ? '' : String(grade.grade))),
      lines: grade === null ? [] : [grade.line, ...(grade.lift === null ? [] : [grade.lift]), ...grade.caps],
      facts: [id],
      records: this.#records([id]),
    };
  }

  #factSays(fact: Fact): Said {
    const signer = this.#name(fact.prov.signer);
    const when =
      fact.time.from === null ? verbatim('?') : verbatim(formatInstant(fact.time.from, fact.offsetMin));
    const about = (en: string, zh: string, ...parts: readonly Said[]): Said =>
      phrase(`{0}, {1}: ${en}`, `{0}，{1}：${zh}`, signer, when, ...parts);
    switch (fact.predicate) {
      case 'condition':
        return about(
          '{2} ({3}) {4}',
          '{2}（{3}）{4}',
          verbatim(fact.aspect),
          verbatim(fact.region),
          word(words.CONDITION, fact.value),
        );
      case 'recorded':
        return about('{2} recorded by {3}', '{3} 记录 {2}', verbatim(fact.quantity), verbatim(fact.device));
      case 'excursion':
        return about('{2} up to {3}', '{2} 最高 {3}', verbatim(fact.quantity), verbatim(String(fact.peak)));
      case 'handed-over':
        return about('{2} handed it to {3}', '{2} 交给 {3}', this.#name(fact.from), this.#name(fact.to));
      case 'agreed':
        return about('agreed {2}', '约定 {2}', verbatim(fact.term));
      case 'undertaken':
        return about('{2} undertook to {3}', '{2} 承诺 {3}', this.#name(fact.by), verbatim(fact.what));
      case 'incident':
        return about('incident {2}', '事件 {2}', verbatim(fact.code));
      case 'cause':
        return about('cause {2}, {3}', '原因 {2}，{3}', verbatim(fact.cause), verbatim(fact.strength));
      case 'notified':
        return about('notice of {2} to {3}', '就 {2} 通知 {3}', verbatim(fact.aspect), this.#name(fact.to));
      default:
        return about('{2}', '{2}', verbatim(fact.predicate));
    }
  }

  #records(facts: readonly string[]): readonly string[] {
    const { byId } = this.#assessment.facts;
    return [...new Set(facts.flatMap((id) => byId.get(id)?.prov.records ?? []))].sort();
  }
}

function blank(kind: ExplainedStep['kind'], says: Said, result: Said): ExplainedStep {
  return { kind, says, result, rule: null, sentence: null, lines: [], facts: [], records: [], steps: [] };
}

function issuesIn(trace: ConditionTrace): readonly IssueDecision[] {
  return [...trace.issues, ...trace.parts.flatMap(issuesIn)];
}

/** 85000 → 85, 22400 → 22.4, exactly. */
function thousandths(value: number): string {
  const size = Math.abs(value);
  const rest = String(size % 1000)
    .padStart(3, '0')
    .replace(/0+$/, '');
  const whole = String(Math.floor(size / 1000));
  return `${value < 0 ? '-' : ''}${whole}${rest === '' ? '' : `.${rest}`}`;
}
