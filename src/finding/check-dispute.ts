import type { ToolCode } from '../codes.js';
import { type GoodOrderError, throwTogether } from '../errors.js';
import type { CaseFacts } from '../facts/case-facts.js';
import type { AgreedFact } from '../facts/fact.js';
import type { RuleSet } from '../rules/rule-set.js';
import { ROLES } from '../rules/terms.js';
import { type Dispute, partiesWith } from './dispute.js';
import { type DisputePath, type DisputeSource, problemOf } from './dispute-problem.js';

/**
 * Refuses a dispute that does not fit packs and passports: every problem of both. Throws GoodOrderError `dispute.*`; its
 * `cause` lists them where there are several.
 */
export function checkAgainstInputs(
  dispute: Dispute,
  rules: RuleSet,
  passports: readonly { readonly digest: string; readonly item: string }[],
  source: DisputeSource = {},
): void {
  const problems: GoodOrderError[] = [];
  const complain = (code: ToolCode, path: DisputePath, what: string): void => {
    problems.push(problemOf(source, code, path, what));
  };
  checkPacks(dispute, rules, complain);
  checkNames(dispute, rules, complain);
  checkPassports(dispute, passports, complain);
  throwTogether(problems);
}

type Complain = (code: ToolCode, path: DisputePath, what: string) => void;

function checkPacks(dispute: Dispute, rules: RuleSet, complain: Complain): void {
  const given = new Map(rules.packs.map(({ digest, id }) => [id, digest]));
  for (const [index, { digest, id }] of dispute.packs.entries()) {
    const found = given.get(id);
    if (found === undefined) {
      complain('dispute.unknown-pack', ['packs', index, 'id'], `names a pack that is not loaded: \`${id}\``);
    } else if (digest !== undefined && digest !== found) {
      complain(
        'dispute.pack-digest',
        ['packs', index, 'digest'],
        `is not the digest of the loaded pack \`${id}\`, ${found}`,
      );
    }
  }
  for (const id of given.keys()) {
    if (dispute.packs.some((pack) => pack.id === id)) continue;
    complain('dispute.unknown-pack', ['packs'], `does not name the loaded pack \`${id}\``);
  }
}

/** Edges, issues and roles must be those of the packs. */
function checkNames(dispute: Dispute, rules: RuleSet, complain: Complain): void {
  for (const [index, claim] of dispute.claims.entries()) {
    const template = rules.byTemplate.get(claim.edge)?.template;
    if (template === undefined) {
      complain('dispute.malformed', ['claims', index, 'edge'], 'names an edge that no pack declares');
      continue;
    }
    checkRole(dispute, template.creditor, claim.creditor, ['claims', index, 'creditor'], complain);
    checkRole(dispute, template.debtor, claim.debtor, ['claims', index, 'debtor'], complain);
  }
  for (const [index, { edge, issue }] of dispute.defences.entries()) {
    const template = rules.byTemplate.get(edge);
    if (template === undefined) {
      complain('dispute.malformed', ['defences', index, 'edge'], 'names an edge that no pack declares');
    } else if (template.issues.every(({ name }) => name !== issue)) {
      complain('dispute.malformed', ['defences', index, 'issue'], `names no issue of \`${edge}\``);
    }
  }
  for (const [index, { issue }] of dispute.pleadings.entries()) {
    if (rules.issues.has(issue)) continue;
    complain('dispute.malformed', ['pleadings', index, 'issue'], 'names an issue that no pack declares');
  }
}

/** A side that is a role must be held by whoever is named for it; a place in a journey is for the records to say. */
function checkRole(
  dispute: Dispute,
  side: string,
  named: string | undefined,
  path: DisputePath,
  complain: Complain,
): void {
  if (!(ROLES as readonly string[]).includes(side)) return;
  const holders: readonly string[] = partiesWith(dispute, side).map(({ id }) => id);
  if (named === undefined) {
    if (holders.length === 0)
      complain('dispute.role', path.slice(0, -1), `needs a party with the role \`${side}\``);
  } else if (!holders.includes(named)) {
    complain('dispute.role', path, `has not the role \`${side}\``);
  }
}

/** Passports the dispute does not name, passports it names that are not given, and passports of other things. */
function checkPassports(
  dispute: Dispute,
  passports: readonly { readonly digest: string; readonly item: string }[],
  complain: Complain,
): void {
  // A file of which nothing could be read names no item; what it is about is not known to be another.
  const subjects: readonly string[] = dispute.goods.map(({ sub }) => sub);
  const items = passports.map(({ item }) => item);
  if (!items.includes('') && !items.some((item) => subjects.includes(item))) {
    const names = items.map((item) => `\`${item}\``).join(', ');
    complain('dispute.wrong-passport', ['goods', 0, 'sub'], `is not what the passport is of: ${names}`);
  }
  if (dispute.passports.length === 0) return;
  for (const { digest } of passports) {
    if (dispute.passports.includes(digest)) continue;
    complain('dispute.wrong-passport', ['passports'], `does not name the passport ${digest}`);
  }
  for (const [index, digest] of dispute.passports.entries()) {
    if (passports.some((one) => one.digest === digest)) continue;
    complain('dispute.wrong-passport', ['passports', index], 'names a passport that was not given');
  }
}

/** A closed field may not say what the parties jointly signed otherwise. */
export function checkAgainstAgreements(dispute: Dispute, facts: CaseFacts, source: DisputeSource = {}): void {
  const sale = saleOf(dispute, facts);
  const problems: GoodOrderError[] = [];
  const complain = (path: DisputePath, fact: AgreedFact): void => {
    const record = fact.prov.records[0]!.slice(0, 16);
    const what = `is not what record ${record} agrees on \`${fact.term}\``;
    problems.push(problemOf(source, 'dispute.contradicts-agreement', path, what));
  };
  for (const [index, carriage] of dispute.carriages.entries()) {
    const chosen = carriage.journey === 'outbound' ? sale.get('carrierChosenBy') : undefined;
    if (chosen !== undefined && chosen.value !== carriage.chosenBy)
      complain(['carriages', index, 'chosenBy'], chosen);
    if (carriage.contracting === undefined || carriage.journey !== 'outbound') continue;
    for (const mode of carriageModes(facts, carriage.contracting, dispute)) {
      if (mode.value !== carriage.contractMode) complain(['carriages', index, 'contractMode'], mode);
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
      complain(['goods', index, 'currency'], sold);
    if (typeof unitPriceMinor === 'number' && unitPriceMinor !== goods.priceMinor)
      complain(['goods', index, 'priceMinor'], sold);
  }
  throwTogether(problems);
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
