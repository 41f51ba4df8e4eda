import type { CaseFacts, FactScope } from '../facts/case-facts.js';
import type { Pack } from '../rules/pack.js';
import { compileRules } from '../rules/rule-set.js';
import { compareText } from '../rules/terms.js';
import type { Verdict, VerifiedPassport } from '../verify/verified-passport.js';
import { digestOfText, digestOfValue } from './canonical-json.js';
import { type DamageCase, openCase } from './case.js';
import { checkAgainstAgreements, checkAgainstInputs } from './check-dispute.js';
import { type Dispute, partiesWith } from './dispute.js';
import type { DisputeSource } from './dispute-problem.js';
import { ENGINE, type Finding, type FoundTimeline, NOTICE } from './finding-form.js';
import { foundEdges } from './found-edges.js';
import { derivationNames, foundIssues, foundWhyNot } from './found-issues.js';
import { CaseDecisions } from './issue-graph.js';
import { passportFacts } from './passport-facts.js';
import { StepsExhausted } from './step-budget.js';

/** A finding with what it was computed from, for whoever explains it or asks what would change it. */
export interface Assessment {
  readonly finding: Finding;
  readonly decisions: CaseDecisions;
  readonly facts: CaseFacts;
}

/**
 * Computes the finding of a dispute over verified passports under rule packs. Pure: the same inputs give the same bytes
 * on every machine. Throws GoodOrderError (`dispute.*`, `pack.*`) where dispute, passports and packs do not fit one
 * another; nothing in the evidence makes it throw.
 */
export function find(
  passports: VerifiedPassport | readonly VerifiedPassport[],
  dispute: Dispute,
  packs: readonly Pack[],
  source: DisputeSource = {},
): Finding {
  return assess(passports, dispute, packs, source).finding;
}

/** As `find`, with the decisions behind it. */
export function assess(
  passports: VerifiedPassport | readonly VerifiedPassport[],
  dispute: Dispute,
  packs: readonly Pack[],
  source: DisputeSource = {},
): Assessment {
  const given = distinct('item' in passports ? [passports] : passports);
  const rules = compileRules(packs);
  checkAgainstInputs(dispute, rules, given, source);
  const facts = passportFacts(given, scopeOf(dispute));
  checkAgainstAgreements(dispute, facts, source);
  const decisions = new CaseDecisions(openCase(facts, dispute, rules));
  for (const edge of decisions.edges) decide(decisions, edge);
  return { finding: assemble(given, dispute, decisions), decisions, facts };
}

/** One passport given twice is one passport. */
function distinct(passports: readonly VerifiedPassport[]): readonly VerifiedPassport[] {
  if (passports.length < 2) return passports;
  const seen = new Set<string>();
  return passports.filter(({ at, digest, item, trust, verdict }) => {
    const key = JSON.stringify([digest, item, at, trust?.digest ?? null, verdict]);
    return !seen.has(key) && seen.add(key);
  });
}

function decide(decisions: CaseDecisions, edge: CaseDecisions['edges'][number]): void {
  decisions.edge(edge);
  try {
    decisions.decideNamed(edge);
  } catch (error) {
    // The edges that could still be decided are; the rest say that a person must.
    if (!(error instanceof StepsExhausted)) throw error;
  }
}

/** What the facts need of a dispute. */
export function scopeOf(dispute: Dispute): FactScope {
  return {
    parties: dispute.parties.map(({ id }) => id),
    goods: dispute.goods.map(({ sub, unit }) => ({ unit, sub })),
    sellers: partiesWith(dispute, 'seller').map(({ id }) => id),
  };
}

function assemble(
  passports: readonly VerifiedPassport[],
  dispute: Dispute,
  decisions: CaseDecisions,
): Finding {
  const { debts, edges } = foundEdges(decisions);
  const matched = new Set(edges.flatMap(({ claims }) => claims));
  const evidence = evidenceOf(passports);
  const { rules } = decisions.case;
  const finding: Omit<Finding, 'digest'> = {
    complete: decisions.complete,
    debts,
    disposition: decisions.complete ? dispositionOf(edges) : 'refer-to-human',
    dispute: {
      asOf: dispute.asOf.utcS,
      digest: dispute.digest,
      forum: dispute.law.forum,
      id: dispute.id,
      openedAt: dispute.openedAt.utcS,
    },
    edges,
    engine: ENGINE,
    evidence,
    inputDigest: digestOfValue('goodorder/finding-input/1', {
      dispute: dispute.digest,
      passports: evidence.passports,
    }),
    issues: foundIssues(decisions),
    notice: NOTICE,
    packDigests: rules.packs,
    remarks: decisions.case.facts.remarks.map(({ bySeconds, code, records, signers }) => ({
      ...(bySeconds === undefined ? {} : { bySeconds }),
      code,
      records,
      signers,
    })),
    schemaVersion: 1,
    timelines: decisions.case.damages.map(foundTimeline),
    unmatchedClaims: dispute.claims.map(({ id }) => id).filter((id) => !matched.has(id)),
    whyNot: foundWhyNot(decisions),
  };
  // Every object of a finding is written with its members in code-unit order, so the host's JSON is the canonical one and
  // costs half as much; a test compares the two.
  return { ...finding, digest: digestOfText('goodorder/finding/1', JSON.stringify(finding)) };
}

const WORST: readonly Verdict[] = ['TOTAL-FAILED', 'INDETERMINATE', 'TOTAL-PASSED'];

function evidenceOf(passports: readonly VerifiedPassport[]): Finding['evidence'] {
  const verdicts = passports.map(({ verdict }) => verdict);
  return {
    passports: passports
      .map(({ at, digest, item, trust, verdict }) => ({
        at,
        digest,
        item,
        trust: trust?.digest ?? null,
        verdict,
      }))
      .sort((a, b) => compareText(a.digest, b.digest)),
    verdict: WORST.find((verdict) => verdicts.includes(verdict)) ?? 'INDETERMINATE',
  };
}

/** Only what is pleaded has to be settled; where nothing is, everything counts. */
function dispositionOf(edges: Finding['edges']): Finding['disposition'] {
  const pleaded = edges.filter((edge) => edge.pleaded);
  const asked = pleaded.length > 0 ? pleaded : edges;
  if (asked.some(({ status }) => status === 'refer' || status === 'liable-amount-unproved'))
    return 'refer-to-human';
  return asked.some(({ mode, status }) => status === 'liable' && mode === 'several')
    ? 'shared'
    : 'determined';
}

/** More ways than this of showing one thing are counted, not told: only a hostile case has them. */
const MOST_SHOWN = 128;

function foundTimeline(given: DamageCase): FoundTimeline {
  const { complainedAt, custody, damage, timeline } = given;
  const names = derivationNames(given);
  return {
    complainedAt,
    complete: custody.complete && timeline.complete,
    damage: damage.id,
    intervals: custody.intervals.map(({ capacity, holder, index, journey, leg, time }) => ({
      capacity,
      from: time.from,
      holder,
      index,
      journey,
      leg,
      to: time.to,
    })),
    states: timeline.states.map(({ boundary, derivations }) => ({
      boundary: boundary.id,
      derivations: derivations.slice(0, MOST_SHOWN).map(({ facts, how, id, over, value }) => ({
        facts: [
          ...new Set([
            ...facts,
            ...over.flatMap(({ parts }) => parts.flatMap((part) => part.alternatives.flat())),
          ]),
        ].sort(),
        how,
        id: names.get(id)!,
        value,
      })),
      from: boundary.time.from,
      journey: boundary.journey,
      name: boundary.name,
      omittedDerivations: Math.max(0, derivations.length - MOST_SHOWN),
      to: boundary.time.to,
    })),
    sub: custody.sub,
  };
}
