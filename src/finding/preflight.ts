import type { CaseFacts } from '../facts/case-facts.js';
import type { ClimateHarm } from '../facts/climate.js';
import type { Custody } from '../facts/custody.js';
import { deriveFacts } from '../facts/derive-facts.js';
import type { Pack } from '../rules/pack.js';
import { packDigest } from '../rules/pack-digest.js';
import type { VerifiedPassport } from '../verify/verified-passport.js';
import { digestOfValue } from './canonical-json.js';
import { assess, scopeOf } from './finding.js';
import { NOTICE } from './finding-form.js';
import { adviceOn, PreflightBudget } from './preflight-advice.js';
import { bearersOf, reasons } from './preflight-bearers.js';
import {
  KIND_WORDS,
  PREFLIGHT_KINDS,
  type PreflightCase,
  type PreflightKind,
  preflightCase,
  SIDES,
} from './preflight-case.js';
import type { NotAsked, Preflight, PreflightAnswer, PreflightDispute } from './preflight-form.js';
import { type PreflightParts, type PreflightPlan, planPreflight } from './preflight-plan.js';
import { withSupposed } from './supposed-record.js';

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
    const limit = LIMIT_OF[kind];
    if (limit !== undefined && !plan.limited.has(limit.harm)) {
      leftOut.push({ kind, why: limit.missing });
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
    computed: run.budget.computed,
    complete: disputes.every(({ answers }) => answers.every(({ complete }) => complete)),
  };
  return { ...report, digest: digestOfValue('goodorder/preflight/1', report) };
}

/** What must be limited for a kind to be asked about: nothing is too warm of which nobody says how warm it may be. */
const LIMIT_OF: Partial<Record<PreflightKind, { readonly harm: ClimateHarm; readonly missing: NotAsked }>> = {
  temperature: { harm: 'heat', missing: 'no-temperature-limits' },
  cold: { harm: 'cold', missing: 'no-lower-limit' },
  humidity: { harm: 'wet', missing: 'no-humidity-limit' },
};

class PreflightRun {
  readonly #passports: readonly VerifiedPassport[];
  readonly #packs: readonly Pack[];
  readonly #plan: PreflightPlan;
  readonly budget = new PreflightBudget();
  /** Records of today: what was recorded at their boundaries is past. */
  readonly #past: ReadonlySet<string>;
  readonly #custody: Custody;

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
    this.#custody = facts.custodies.get(plan.item)!;
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
    this.budget.count();
    const bearers = bearersOf(assessment.decisions, given.loser);
    const question = { given, assessment, bearers, past: this.#past };
    const { advice, complete } = adviceOn(question, this.budget);
    return { regions, bearers, because: reasons(assessment, given.loser), advice, complete };
  }
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

/** What the records say of a region and not of the whole, the region itself left out: it could tell two regions apart. */
function signature(facts: CaseFacts, { region, dispute }: PreflightCase): string {
  const [damage] = dispute.damages;
  return facts
    .of('condition')
    .filter((fact) => fact.aspect === damage!.aspect && fact.region === region)
    .map((fact) => `${fact.prov.records[0]} ${fact.value}`)
    .join(' ');
}
