import type { CaseFacts } from '../facts/case-facts.js';
import { type CustodyInterval, custodyOf } from '../facts/custody.js';
import { deriveFacts } from '../facts/derive-facts.js';
import type { Fact } from '../facts/fact.js';
import type { Pack } from '../rules/pack.js';
import { packDigest } from '../rules/pack-digest.js';
import type { Said } from '../rules/rule.js';
import type { VerifiedPassport } from '../verify/verified-passport.js';
import { digestOfValue } from './canonical-json.js';
import { openCase } from './case.js';
import type { EdgeDecision } from './decisions.js';
import { explain } from './explain.js';
import { type Assessment, assess, scopeOf } from './finding.js';
import { NOTICE } from './finding-form.js';
import { type Hypothesis, hypotheses } from './hypothesis.js';
import { recordsAnything, withFacts } from './hypothetical-facts.js';
import { CaseDecisions } from './issue-graph.js';
import {
  KIND_WORDS,
  PREFLIGHT_KINDS,
  type PreflightCase,
  type PreflightKind,
  preflightCase,
  SIDES,
} from './preflight-case.js';
import { type Assumption, type PreflightParts, type PreflightPlan, planPreflight } from './preflight-plan.js';
import { StepBudget } from './step-budget.js';
import { withSupposed } from './supposed-record.js';

/** Who would be out of pocket in the end, and whether a person would have to say so. */
export interface Bearers {
  readonly parties: readonly string[];
  /** True where somebody's liability on the way there cannot be computed. */
  readonly refer: boolean;
}

/** Something to record now or on the way, and who would then bear the loss. */
export interface Advice {
  readonly adds: readonly Omit<Hypothesis, 'facts'>[];
  readonly would: Bearers;
}

/** One question: who would bear it, of these regions, and what would change that. */
export interface PreflightAnswer {
  readonly regions: readonly string[];
  readonly bearers: Bearers;
  /** Relations on the way to whoever bears it, and the one that failed, with the reason in one line. */
  readonly because: readonly {
    readonly creditor: string;
    readonly debtor: string;
    readonly status: EdgeDecision['status'];
    readonly basis: EdgeDecision['basis'];
    readonly rules: readonly string[];
    readonly reason: Said;
  }[];
  readonly advice: readonly Advice[];
  /** False when not everything was tried. */
  readonly complete: boolean;
}

/** One kind of dispute that may come. */
export interface PreflightDispute {
  readonly kind: PreflightKind;
  readonly loser: string;
  readonly answers: readonly PreflightAnswer[];
}

/** Why a kind is not asked about. */
export type NotAsked = 'no-temperature-limits' | 'already-delivered' | 'already-returned';

/** What to expect before goods are sent. Plain JSON; a computed assessment over cases that have not happened. */
export interface Preflight {
  readonly schemaVersion: 1;
  readonly notice: typeof NOTICE;
  readonly hypothetical: true;
  readonly item: string;
  /** Seconds UTC. */
  readonly at: number;
  readonly passports: readonly { readonly digest: string; readonly verdict: VerifiedPassport['verdict'] }[];
  readonly packDigests: readonly { readonly id: string; readonly digest: string }[];
  readonly parties: readonly {
    readonly id: string;
    readonly name: string;
    readonly roles: readonly string[];
    readonly consumer: boolean;
  }[];
  readonly assumed: readonly Assumption[];
  readonly disputes: readonly PreflightDispute[];
  /** Kinds about which nothing can be asked, and why. */
  readonly leftOut: readonly {
    readonly kind: PreflightKind;
    readonly why: NotAsked;
  }[];
  /** How many cases were computed. */
  readonly computed: number;
  readonly complete: boolean;
  /** SHA-256 of "goodorder/preflight/1", a zero byte and the canonical JSON of all the rest. */
  readonly digest: string;
}

/** Cases computed at most. */
export const MOST_COMPUTED = 1_000;
const MOST_STEPS = 20_000_000;

/** When it is asked, and what a person states of the parties. */
export interface PreflightOptions {
  /** Seconds UTC: now. */
  readonly at: number;
  readonly parts?: PreflightParts;
}

/**
 * Asks, before goods are sent, of each plausible dispute who would bear it on today's evidence, and which records, that
 * can still be made, would change that. Every answer is a finding over the passport with a bare journey and a complaint
 * supposed beside it. Pure. Throws GoodOrderError `preflight.missing` where nobody says who the parties are, and what
 * `find` throws.
 */
export function preflight(
  passports: readonly VerifiedPassport[],
  packs: readonly Pack[],
  { at, parts = {} }: PreflightOptions,
): Preflight {
  const plan = planPreflight(passports, packs, at, parts);
  const run = new PreflightRun(passports, packs, plan);
  const leftOut: { kind: PreflightKind; why: NotAsked }[] = [];
  const disputes: PreflightDispute[] = [];
  for (const kind of PREFLIGHT_KINDS) {
    if (kind === 'temperature' && !plan.hasTemperatureLimits) {
      leftOut.push({ kind, why: 'no-temperature-limits' });
    } else if (kind === 'return-swap' ? run.isReturned : run.isDelivered) {
      leftOut.push({ kind, why: kind === 'return-swap' ? 'already-returned' : 'already-delivered' });
    } else {
      disputes.push(run.ask(kind));
    }
  }
  const report: Omit<Preflight, 'digest'> = {
    schemaVersion: 1,
    notice: NOTICE,
    hypothetical: true,
    item: plan.item,
    at,
    passports: passports.map(({ digest, verdict }) => ({ digest, verdict })),
    packDigests: packs.map((pack) => ({ id: pack.pack, digest: packDigest(pack) })),
    parties: plan.parties.map(({ consumer, id, name, roles }) => ({ id, name, roles, consumer })),
    assumed: plan.assumed,
    disputes,
    leftOut,
    computed: run.computed,
    complete: disputes.every(({ answers }) => answers.every(({ complete }) => complete)),
  };
  return { ...report, digest: digestOfValue('goodorder/preflight/1', report) };
}

class PreflightRun {
  readonly #passports: readonly VerifiedPassport[];
  readonly #packs: readonly Pack[];
  readonly #plan: PreflightPlan;
  readonly #steps = new StepBudget(MOST_STEPS);
  /** Records of today: what was recorded at their boundaries is past. */
  readonly #past: ReadonlySet<string>;
  readonly #custody: ReturnType<typeof custodyOf>;
  computed = 0;

  constructor(passports: readonly VerifiedPassport[], packs: readonly Pack[], plan: PreflightPlan) {
    this.#passports = passports;
    this.#packs = packs;
    this.#plan = plan;
    const facts = deriveFacts(passports, {
      parties: plan.parties.map(({ id }) => id),
      goods: [{ unit: 'item', sub: plan.item }],
      sellers: [plan.seller],
    });
    this.#past = new Set(facts.records.keys());
    this.#custody = facts.custodies.get(plan.item) ?? custodyOf(facts, plan.item);
  }

  get isDelivered(): boolean {
    return this.#custody.passages.some(({ to }) => to === this.#plan.buyer);
  }

  /** The goods are on their way back, or back. */
  get isReturned(): boolean {
    return this.#custody.passages.some(({ from }) => from === this.#plan.buyer);
  }

  /** Of each side of the goods by itself, where that makes a difference; sides of which the same is told are one. */
  ask(kind: PreflightKind): PreflightDispute {
    const regions = KIND_WORDS[kind].bySide ? SIDES : (['whole'] as const);
    const groups = new Map<string, { readonly regions: string[]; readonly given: PreflightCase }>();
    for (const region of regions) {
      const given = preflightCase(this.#plan, this.#packs, this.#custody, kind, region);
      const key = signature(this.#factsOf(given), given);
      const group = groups.get(key);
      if (group === undefined) groups.set(key, { regions: [region], given });
      else group.regions.push(region);
    }
    const answers = [...groups.values()].map(({ given, regions: alike }) => this.#answer(given, alike));
    return { kind, loser: this.#loserOf(kind), answers: united(answers) };
  }

  #loserOf(kind: PreflightKind): string {
    return kind === 'return-swap' ? this.#plan.seller : this.#plan.buyer;
  }

  #factsOf({ dispute, supposed }: PreflightCase): CaseFacts {
    return deriveFacts(withSupposed(this.#passports, supposed), scopeOf(dispute));
  }

  #answer(given: PreflightCase, regions: readonly string[]): PreflightAnswer {
    const passports = withSupposed(this.#passports, given.supposed);
    const assessment = assess(passports, given.dispute, this.#packs);
    this.computed += 1;
    const { decisions, facts } = assessment;
    const bearers = bearersOf(decisions, given.loser);
    const { advice, complete } = this.#advice(given, facts, assessment, bearers);
    return { regions, bearers, because: reasons(assessment, given.loser), advice, complete };
  }

  /** Single records first, then pairs of those that change something short of the outcome. */
  #advice(
    given: PreflightCase,
    facts: CaseFacts,
    { decisions }: Assessment,
    now: Bearers,
  ): { readonly advice: readonly Advice[]; readonly complete: boolean } {
    const all = new Map<string, Hypothesis>();
    for (const edge of decisions.edges.filter(isLoss)) {
      for (const one of hypotheses(decisions.case, edge, { beforeTerms: true })) {
        if (this.#liesAhead(one, decisions) && fitsWhatHappened(one, given, decisions)) all.set(one.id, one);
      }
    }
    const before = { bearers: wordsOf(now), inner: innerOf(decisions) };
    const rules = decisions.case.rules;
    const added = (more: readonly Fact[]): { would: Bearers; inner: string } | null => {
      if (this.computed >= MOST_COMPUTED || this.#steps.left <= 0) return null;
      this.computed += 1;
      const recordings = recordsAnything(more) ? undefined : decisions.case.recordings;
      const again = openCase(withFacts(facts, more), given.dispute, rules, this.#steps.left, recordings);
      const then = new CaseDecisions(again);
      const found = { would: bearersOf(then, given.loser), inner: innerOf(then) };
      this.#steps.spend(again.budget.used);
      return this.#steps.left < 0 ? null : found;
    };
    const advice: Advice[] = [];
    const partial: Hypothesis[] = [];
    for (const one of all.values()) {
      const found = added(one.facts);
      if (found === null) return { advice, complete: false };
      if (wordsOf(found.would) !== before.bearers) {
        if (!gives([one], found.would)) advice.push(advise([one], found.would));
      } else if (found.inner !== before.inner || isHalf(one)) partial.push(one);
    }
    for (const [index, one] of partial.entries()) {
      for (const other of partial.slice(index + 1)) {
        const found = added([...one.facts, ...other.facts]);
        if (found === null) return { advice, complete: false };
        if (wordsOf(found.would) !== before.bearers && !gives([one, other], found.would))
          advice.push(advise([one, other], found.would));
      }
    }
    return { advice, complete: true };
  }

  /** Can it still be recorded? What is made at a change of hands, before it; a recording of a leg, before it begins. */
  #liesAhead({ boundary, kind, leg }: Hypothesis, decisions: CaseDecisions): boolean {
    const [damage] = decisions.case.damages;
    if (damage === undefined) return false;
    const { boundaries, intervals } = damage.custody;
    if (leg !== null) {
      const interval = intervals.find((one: CustodyInterval) => one.leg === leg);
      return interval?.start != null && this.#isAhead(boundaries.find(({ id }) => id === interval.start));
    }
    if (boundary === null) return false;
    const at = boundaries.find(({ id }) => id === boundary);
    // Goods that were packed and not fetched can be filmed, sealed and tested once more.
    if (at?.name === 'packing') return this.#isAhead(boundaries[at.position + 1]);
    return kind !== 'joint-survey' && this.#isAhead(at);
  }

  #isAhead(boundary: { readonly records: readonly string[] } | undefined): boolean {
    return boundary !== undefined && !boundary.records.some((id) => this.#past.has(id));
  }
}

/** Before it shows that something is wrong only what is right can be recorded, from then on only what is wrong. */
function fitsWhatHappened(
  { boundary, kind, value }: Hypothesis,
  { kind: dispute }: PreflightCase,
  decisions: CaseDecisions,
): boolean {
  if (kind === 'shock-log' || kind === 'incident' || kind === 'cause') return false;
  if (value !== 'good' && value !== 'bad') return true;
  const boundaries = decisions.case.damages[0]?.custody.boundaries ?? [];
  const shows = dispute === 'return-swap' ? 'return-receipt' : 'delivery';
  const at = boundaries.find(({ id }) => id === boundary)?.position ?? 0;
  const from = boundaries.find(({ name }) => name === shows)?.position ?? 0;
  if (dispute === 'defect') return value === 'good';
  return value === (at < from ? 'good' : 'bad');
}

/** Worth nothing alone: a film of what was packed, and what says that nothing happened to it after. */
function isHalf({ boundaryName, kind }: Hypothesis): boolean {
  return kind === 'packing-log' || kind === 'seal' || (kind === 'recording' && boundaryName === 'packing');
}

/** Nobody goes and gets a word against itself. */
function gives(adds: readonly Hypothesis[], would: Bearers): boolean {
  return adds.some(
    (one) =>
      one.kind !== 'undertaking' && one.with === null && one.by !== null && would.parties.includes(one.by),
  );
}

/** Regions of which the same is to be said are told once, in the order of the sides. */
function united(answers: readonly PreflightAnswer[]): readonly PreflightAnswer[] {
  const groups = new Map<string, PreflightAnswer>();
  for (const answer of answers) {
    const { regions, ...rest } = answer;
    const key = JSON.stringify(rest);
    const same = groups.get(key)?.regions ?? [];
    const all: readonly string[] = [...same, ...regions];
    groups.set(key, { ...rest, regions: all.length < 2 ? all : SIDES.filter((side) => all.includes(side)) });
  }
  return [...groups.values()];
}

function advise(adds: readonly Hypothesis[], then: Bearers): Advice {
  return { adds: adds.map(({ facts: _, ...words }) => words), would: then };
}

/** What the records say that could tell two regions apart, the region itself left out. */
function signature(facts: CaseFacts, { region, dispute }: PreflightCase): string {
  const [damage] = dispute.damages;
  return facts
    .of('condition')
    .filter((fact) => fact.aspect === damage!.aspect && [region, 'whole'].includes(fact.region))
    .map((fact) => `${fact.prov.records[0]} ${fact.region === 'whole' ? 'whole' : 'one'} ${fact.value}`)
    .join('\n');
}

/** Who bears the loss is asked, not who owes a penalty, a repair or interest on top of it. */
function isLoss({ head }: { readonly head: string }): boolean {
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

function wordsOf({ parties, refer }: Bearers): string {
  return `${parties.join(' ')} ${refer}`;
}

function innerOf(decisions: CaseDecisions): string {
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
function reasons(assessment: Assessment, loser: string): PreflightAnswer['because'] {
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
