import type { CustodyInterval, Journey } from '../facts/custody.js';
import type { EdgeParty, EdgeTemplate } from '../rules/pack.js';
import type { TemplateRules } from '../rules/rule-set.js';
import { compareText, HEADS, type Head } from '../rules/terms.js';
import type { DamageCase, FindingCase } from './case.js';
import { type Carriage, type Claim, type Dispute, partiesWith } from './dispute.js';
import type { EdgeCase } from './edge-case.js';

/** No honest case has more claims than this between its parties; of one that has, the first are weighed. */
const MOST_EDGES = 512;

type Draft = { -readonly [K in keyof EdgeCase]: EdgeCase[K] };

/**
 * All edges of a case: every template with all parties that may stand on its sides, for each damage and each thing that
 * could be owed, journeys apart. `allows` says whether the template's `requires` hold for an edge.
 */
export function buildEdges(
  theCase: FindingCase,
  allows: (edge: EdgeCase) => boolean,
): { readonly edges: readonly EdgeCase[]; readonly complete: boolean } {
  const drafts = draftEdges(theCase, allows);
  const complete = drafts.length <= MOST_EDGES;
  const kept = complete ? drafts : drafts.slice(0, MOST_EDGES);
  const rank = partyRank(theCase.dispute);
  kept.sort((a, b) => compareEdges(a, b, rank));
  for (const [index, draft] of kept.entries()) draft.index = index;
  for (const draft of kept) draft.parent = parentOf(draft, kept);
  return { edges: kept, complete };
}

/** At most one more than is weighed, in an order that no input's order changes. */
function draftEdges(theCase: FindingCase, allows: (edge: EdgeCase) => boolean): Draft[] {
  const drafts: Draft[] = [];
  for (const damage of theCase.damages) {
    for (const rules of theCase.rules.templates) {
      const sides = sidesOf(theCase.dispute, damage, rules.template);
      if (sides.length === 0) continue;
      const claims = claimsOn(theCase.dispute, rules.template, damage);
      const heads = headsOf(rules, claims, claimedHeads(theCase.dispute, damage));
      for (const between of sides) {
        for (const head of heads) {
          const draft = draftEdge(theCase.dispute, rules, damage, between, head, claims);
          if (allows(draft)) drafts.push(draft);
          if (drafts.length > MOST_EDGES) return drafts;
        }
      }
    }
  }
  return drafts;
}

interface Sides {
  readonly creditor: string;
  readonly debtor: string;
  readonly journey: Journey | null;
  readonly carriage: Carriage | null;
  readonly legs: readonly CustodyInterval[];
}

function sidesOf(dispute: Dispute, damage: DamageCase, template: EdgeTemplate): readonly Sides[] {
  const { custody, legs } = damage;
  if (!template.perJourney) {
    const every = [...legs.values()];
    return pairs(
      partiesWith(dispute, template.creditor).map(({ id }) => ({ party: id, legs: every })),
      partiesWith(dispute, template.debtor).map(({ id }) => ({ party: id, legs: every })),
      null,
      null,
    );
  }
  return custody.journeys.flatMap((journey) => {
    const carriage = dispute.carriages.find((one) => one.journey === journey.direction) ?? null;
    const own = journey.legs.map((id) => legs.get(id)!);
    const side = (word: EdgeParty): readonly Stand[] => standsOf(word, dispute, journey, carriage, own);
    return pairs(side(template.creditor), side(template.debtor), journey, carriage);
  });
}

/** A party on one side, and the legs that put it there. */
interface Stand {
  readonly party: string;
  readonly legs: readonly CustodyInterval[];
}

function pairs(
  creditors: readonly Stand[],
  debtors: readonly Stand[],
  journey: Journey | null,
  carriage: Carriage | null,
): readonly Sides[] {
  const found: Sides[] = [];
  for (const { legs: theirs, party: creditor } of creditors) {
    for (const { legs: own, party: debtor } of debtors) {
      if (debtor === creditor) continue;
      const legs = own.length <= theirs.length ? own : theirs;
      found.push({ creditor, debtor, journey, carriage, legs });
    }
  }
  return found;
}

function standsOf(
  word: EdgeParty,
  dispute: Dispute,
  journey: Journey,
  carriage: Carriage | null,
  legs: readonly CustodyInterval[],
): readonly Stand[] {
  const one = (party: string | null | undefined): readonly Stand[] =>
    party == null ? [] : [{ party, legs }];
  switch (word) {
    case 'sender':
      return one(journey.sender);
    case 'consignee':
      return one(journey.consignee);
    case 'contracting':
      return one(
        carriage?.contracting ?? legs.find(({ capacity }) => capacity === 'contracting-carrier')?.holder,
      );
    case 'leg.holder':
      return legGroups(legs);
    default:
      return partiesWith(dispute, word).map(({ id }) => ({ party: id, legs }));
  }
}

/** Legs of one holder in one capacity are one edge, however the holder cuts its way into legs. */
function legGroups(legs: readonly CustodyInterval[]): readonly Stand[] {
  const groups = new Map<string, CustodyInterval[]>();
  for (const leg of legs) {
    if (leg.holder === null) continue;
    const key = `${leg.holder} ${leg.capacity}`;
    const group = groups.get(key) ?? [];
    group.push(leg);
    groups.set(key, group);
  }
  return [...groups.values()].map((group) => ({ party: group[0]!.holder!, legs: group }));
}

/**
 * What is claimed on the edge, and of what rules can make it owe the loss itself and whatever is claimed of anybody for
 * this damage: a box, a treble price or another harm that nobody speaks of makes no edge.
 */
function headsOf(
  rules: TemplateRules,
  claims: readonly Claim[],
  claimed: ReadonlySet<Head>,
): readonly Head[] {
  const heads = HEADS.filter(
    (head) =>
      claims.some((one) => one.head === head) ||
      (rules.heads.includes(head) && (head === 'loss' || claimed.has(head))),
  );
  return heads.length === 0 ? ['loss'] : heads;
}

function claimedHeads(dispute: Dispute, damage: DamageCase): ReadonlySet<Head> {
  return new Set(dispute.claims.filter((claim) => claim.damage === damage.damage.id).map(({ head }) => head));
}

function claimsOn(dispute: Dispute, template: EdgeTemplate, damage: DamageCase): readonly Claim[] {
  return dispute.claims.filter((claim) => claim.edge === template.name && claim.damage === damage.damage.id);
}

function draftEdge(
  dispute: Dispute,
  rules: TemplateRules,
  damage: DamageCase,
  sides: Sides,
  head: Head,
  claimed: readonly Claim[],
): Draft {
  const { template } = rules;
  const { carriage, creditor, debtor, journey, legs } = sides;
  const claims = claimed.filter(
    (claim) =>
      claim.head === head &&
      (claim.creditor === undefined || claim.creditor === creditor) &&
      (claim.debtor === undefined || claim.debtor === debtor),
  );
  const [from, to] = [shortParty(dispute, creditor), shortParty(dispute, debtor)];
  const capacity = template.debtor === 'leg.holder' ? legs[0]!.capacity : null;
  const among = journey === null ? `${from} ${to}` : `${from} ${to} ${journey.id}`;
  const whole = `${template.name} ${damage.damage.id} ${head} ${among}`;
  return {
    id: capacity === null ? whole : `${whole} ${capacity}`,
    debtId: `${from} ${damage.damage.id} ${head}`,
    index: 0,
    template,
    rules,
    creditor,
    debtor,
    damage,
    journey,
    carriage,
    legs,
    head,
    claims,
    parent: null,
  };
}

/** `p1`, `p2` … in the signed order of the parties; whom the dispute does not name, by the own id. */
function shortParty(dispute: Dispute, party: string): string {
  const index = dispute.parties.findIndex(({ id }) => id === party);
  return index < 0 ? party : `p${index + 1}`;
}

/** The signed order of the parties; those the dispute does not name come after, by their ids. */
function partyRank(dispute: Dispute): (a: string, b: string) => number {
  const rank = new Map<string, number>(dispute.parties.map(({ id }, index) => [id, index]));
  const last = dispute.parties.length;
  return (a, b) => (rank.get(a) ?? last) - (rank.get(b) ?? last) || compareText(a, b);
}

function compareEdges(a: EdgeCase, b: EdgeCase, rank: (a: string, b: string) => number): number {
  return (
    a.damage.index - b.damage.index ||
    Number(a.template.recourse) - Number(b.template.recourse) ||
    compareText(a.template.name, b.template.name) ||
    journeyNumber(a) - journeyNumber(b) ||
    (a.legs[0]?.index ?? 0) - (b.legs[0]?.index ?? 0) ||
    rank(a.creditor, b.creditor) ||
    rank(a.debtor, b.debtor) ||
    compareText(a.head, b.head)
  );
}

function journeyNumber(edge: EdgeCase): number {
  return edge.journey === null ? -1 : edge.damage.custody.journeys.indexOf(edge.journey);
}

/** A claim that is no recourse goes before one that is; a circle of recourses has no parent at the place it closes. */
function parentOf(edge: EdgeCase, edges: readonly EdgeCase[]): EdgeCase | null {
  if (!edge.template.recourse) return null;
  const candidates = edges.filter(
    (other) => other.damage === edge.damage && other.debtor === edge.creditor && other.head === edge.head,
  );
  const direct = candidates.find(({ template }) => !template.recourse);
  return direct ?? candidates.find((other) => !leadsTo(other, edge)) ?? null;
}

function leadsTo(from: EdgeCase, target: EdgeCase): boolean {
  for (let at: EdgeCase | null = from; at !== null; at = at.parent) if (at === target) return true;
  return false;
}
