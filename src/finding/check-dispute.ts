import type { CaseFacts } from '../facts/case-facts.js';
import type { AgreedFact } from '../facts/fact.js';
import type { RuleSet } from '../rules/rule-set.js';
import { ROLES } from '../rules/terms.js';
import { type Dispute, type DisputeSource, fail, partiesWith } from './dispute.js';

/** Refuses a dispute that names other packs, edges, issues or roles than the packs given. */
export function checkAgainstPacks(dispute: Dispute, rules: RuleSet, source: DisputeSource = {}): void {
  const given = new Map(rules.packs.map(({ digest, id }) => [id, digest]));
  for (const [index, { digest, id }] of dispute.packs.entries()) {
    const found = given.get(id);
    if (found === undefined)
      fail(
        source,
        'dispute.unknown-pack',
        ['packs', index, 'id'],
        `names a pack that is not loaded: \`${id}\``,
      );
    if (digest !== undefined && digest !== found) {
      fail(
        source,
        'dispute.pack-digest',
        ['packs', index, 'digest'],
        `is not the digest of the loaded pack \`${id}\`, ${found}`,
      );
    }
  }
  for (const id of given.keys()) {
    if (dispute.packs.some((pack) => pack.id === id)) continue;
    fail(source, 'dispute.unknown-pack', ['packs'], `does not name the loaded pack \`${id}\``);
  }
  for (const [index, claim] of dispute.claims.entries()) {
    const template = rules.byTemplate.get(claim.edge)?.template;
    if (template === undefined)
      fail(source, 'dispute.malformed', ['claims', index, 'edge'], 'names an edge that no pack declares');
    checkRole(dispute, template.creditor, claim.creditor, ['claims', index, 'creditor'], source);
    checkRole(dispute, template.debtor, claim.debtor, ['claims', index, 'debtor'], source);
  }
  for (const [index, { edge, issue }] of dispute.defences.entries()) {
    const template = rules.byTemplate.get(edge);
    if (template === undefined)
      fail(source, 'dispute.malformed', ['defences', index, 'edge'], 'names an edge that no pack declares');
    if (template.issues.every(({ name }) => name !== issue)) {
      fail(source, 'dispute.malformed', ['defences', index, 'issue'], `names no issue of \`${edge}\``);
    }
  }
  for (const [index, { issue }] of dispute.pleadings.entries()) {
    if (!rules.issues.has(issue))
      fail(
        source,
        'dispute.malformed',
        ['pleadings', index, 'issue'],
        'names an issue that no pack declares',
      );
  }
}

/** A side that is a role must be held by whoever is named for it; a place in a journey is for the records to say. */
function checkRole(
  dispute: Dispute,
  side: string,
  named: string | undefined,
  path: readonly (string | number)[],
  source: DisputeSource,
): void {
  if (!(ROLES as readonly string[]).includes(side)) return;
  const holders: readonly string[] = partiesWith(dispute, side).map(({ id }) => id);
  if (named === undefined) {
    if (holders.length === 0)
      fail(source, 'dispute.role', path.slice(0, -1), `needs a party with the role \`${side}\``);
  } else if (!holders.includes(named)) {
    fail(source, 'dispute.role', path, `has not the role \`${side}\``);
  }
}

/** Refuses passports the dispute does not name, and a dispute that names passports not given. */
export function checkAgainstPassports(
  dispute: Dispute,
  digests: readonly string[],
  source: DisputeSource = {},
): void {
  if (dispute.passports.length === 0) return;
  const stranger = digests.find((digest) => !dispute.passports.includes(digest));
  if (stranger !== undefined)
    fail(source, 'dispute.wrong-passport', ['passports'], `does not name the passport ${stranger}`);
  const missing = dispute.passports.findIndex((digest) => !digests.includes(digest));
  if (missing >= 0)
    fail(source, 'dispute.wrong-passport', ['passports', missing], 'names a passport that was not given');
}

/** A closed field may not say what the parties jointly signed otherwise. */
export function checkAgainstAgreements(dispute: Dispute, facts: CaseFacts, source: DisputeSource = {}): void {
  const sale = saleOf(dispute, facts);
  const refuse = (path: readonly (string | number)[], fact: AgreedFact): never =>
    fail(
      { ...source },
      'dispute.contradicts-agreement',
      path,
      `is not what record ${fact.prov.records[0]!.slice(0, 16)} agrees on \`${fact.term}\``,
    );
  for (const [index, carriage] of dispute.carriages.entries()) {
    const chosen = carriage.journey === 'outbound' ? sale.get('carrierChosenBy') : undefined;
    if (chosen !== undefined && chosen.value !== carriage.chosenBy)
      refuse(['carriages', index, 'chosenBy'], chosen);
    if (carriage.contracting === undefined || carriage.journey !== 'outbound') continue;
    for (const mode of carriageModes(facts, carriage.contracting, dispute)) {
      if (mode.value !== carriage.contractMode) refuse(['carriages', index, 'contractMode'], mode);
    }
  }
  for (const [index, goods] of dispute.goods.entries()) {
    const sold = sale.get('goods');
    const terms = sold?.value as
      | { readonly unitPriceMinor?: unknown; readonly currency?: unknown }
      | undefined;
    if (sold === undefined || dispute.goods.length > 1 || sold.hidden) continue;
    const { currency, unitPriceMinor } = terms ?? {};
    if (typeof currency === 'string' && currency !== goods.currency)
      refuse(['goods', index, 'currency'], sold);
    if (typeof unitPriceMinor === 'number' && unitPriceMinor !== goods.priceMinor)
      refuse(['goods', index, 'priceMinor'], sold);
  }
}

/** Terms of a sale that all its parties signed, by name, when there is exactly one such agreement between seller and buyer. */
function saleOf(dispute: Dispute, facts: CaseFacts): ReadonlyMap<string, AgreedFact> {
  const sellers: readonly string[] = partiesWith(dispute, 'seller').map(({ id }) => id);
  const buyers: readonly string[] = partiesWith(dispute, 'buyer').map(({ id }) => id);
  const joint = facts
    .of('agreed')
    .filter(
      ({ joint: all, parties }) =>
        all &&
        parties.some((party) => sellers.includes(party)) &&
        parties.some((party) => buyers.includes(party)),
    );
  const sales = new Set(
    joint.filter(({ term, value }) => term === 'kind' && value === 'sale').map(({ prov }) => prov.records[0]),
  );
  if (sales.size !== 1) return new Map();
  return new Map(joint.filter(({ prov }) => sales.has(prov.records[0])).map((fact) => [fact.term, fact]));
}

/** The mode of a carriage that the contracting carrier and a seller jointly signed. */
function carriageModes(facts: CaseFacts, contracting: string, dispute: Dispute): readonly AgreedFact[] {
  const sellers: readonly string[] = partiesWith(dispute, 'seller').map(({ id }) => id);
  const modes = facts
    .of('agreed')
    .filter(
      ({ joint, parties, term }) =>
        joint &&
        term === 'mode' &&
        parties.includes(contracting) &&
        parties.some((party) => sellers.includes(party)),
    );
  return modes.length === 1 ? modes : [];
}
