import { isHidden } from '../record/private-fields.js';
import type { CaseFacts } from './case-facts.js';
import type { AgreedFact } from './fact.js';
import type { FactWriter } from './fact-writer.js';
import { holdsHidden, mapAt, mapsAt, textAt, textsAt } from './fields.js';
import { byCodeUnit, inOrder, sortedUnique } from './order.js';
import { byStanding } from './provenance.js';

/** Fields of an agreement that say who and when, not what was agreed. */
const NO_TERMS: ReadonlySet<string> = new Set([
  'agreedAt',
  'parties',
  'undertakings',
  'mandate',
  'text',
  'x',
]);

/** Terms, undertakings and a mandate. Each says which parties stand behind it. */
export function addAgreementFacts(writer: FactWriter): void {
  const { context, payload, record, told } = writer;
  const parties = sortedUnique(textsAt(payload, 'parties'));
  const agreeing = context.counterSigned.filter(({ stance }) => stance === 'agree').map(({ by }) => by);
  const assentedBy = sortedUnique([record.iss, ...agreeing]).filter((party) => parties.includes(party));
  const joint = parties.length >= 2 && assentedBy.length === parties.length;
  for (const term of inOrder(Object.keys(payload), byCodeUnit)) {
    if (NO_TERMS.has(term)) continue;
    const value = payload[term];
    writer.add(told, {
      predicate: 'agreed',
      term,
      value: isHidden(value) ? null : value,
      hidden: holdsHidden(value),
      parties,
      assentedBy,
      joint,
    });
  }
  // Nobody undertakes or empowers by another's pen.
  for (const undertaking of mapsAt(payload, 'undertakings')) {
    const by = textAt(undertaking, 'by');
    const what = textAt(undertaking, 'what');
    if (by === null || what === null || !assentedBy.includes(by)) continue;
    writer.add(told, {
      predicate: 'undertaken',
      by,
      what,
      assentedBy,
    });
  }
  const mandate = mapAt(payload, 'mandate');
  const agent = mandate === null ? null : textAt(mandate, 'agent');
  const principal = mandate === null ? null : textAt(mandate, 'principal');
  const signedFor = [record.iss, ...agreeing];
  if (agent !== null && principal !== null && agent !== principal && signedFor.includes(principal)) {
    writer.add(told, {
      predicate: 'acts-for',
      agent,
      principal,
      legs: 'all',
    });
  }
}

export type AgreedTerm =
  | { readonly status: 'none' }
  | { readonly status: 'present'; readonly fact: AgreedFact }
  /** Two jointly signed values and no proof which is the later. */
  | { readonly status: 'unordered'; readonly facts: readonly AgreedFact[] };

const NO_TERM: AgreedTerm = { status: 'none' };

/** The value of a term between two parties: jointly signed, both among its parties, the latest. */
export function agreedTerm(facts: CaseFacts, term: string, a: string, b: string): AgreedTerm {
  const binding: AgreedFact[] = [];
  for (const fact of facts.of('agreed')) {
    if (fact.term !== term || !fact.joint) continue;
    if (fact.parties.includes(a) && fact.parties.includes(b)) binding.push(fact);
  }
  if (binding.length === 0) return NO_TERM;
  const latest = withoutSuperseded(facts, binding);
  const first = latest[0]!;
  const same = latest.every((fact) => !fact.hidden && sameValue(fact.value, first.value));
  return same || latest.length === 1
    ? { status: 'present', fact: bestOf(latest) }
    : { status: 'unordered', facts: latest };
}

/** Of agreements that say the same the one that stands best; by id only where nothing else tells them apart. */
function bestOf(agreed: readonly AgreedFact[]): AgreedFact {
  return agreed.reduce((best, one) => (byStanding(one.prov, best.prov) < 0 ? one : best));
}

// Every pair is compared; who signs more versions of one term than this leaves open which is the last.
const MOST_VERSIONS = 256;

/** Leaves out every agreement that a later one of the list replaces. Sorted by fact id. */
export function withoutSuperseded(facts: CaseFacts, agreed: readonly AgreedFact[]): readonly AgreedFact[] {
  if (agreed.length < 2 || agreed.length > MOST_VERSIONS) return agreed;
  return agreed.filter((one) => !agreed.some((other) => isLater(facts, other, one)));
}

/** Surely later: an ancestor by pins, or a proven interval that begins after the other's end. */
function isLater(facts: CaseFacts, later: AgreedFact, earlier: AgreedFact): boolean {
  const [a, b] = [later.prov.records[0]!, earlier.prov.records[0]!];
  if (a === b) return false;
  if (facts.precedes(b, a)) return true;
  if (facts.precedes(a, b)) return false;
  const { lower } = later.prov.madeAt;
  return lower !== null && lower > earlier.prov.madeAt.upper;
}

export function sameValue(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (a instanceof Uint8Array || b instanceof Uint8Array) {
    if (!(a instanceof Uint8Array && b instanceof Uint8Array) || a.length !== b.length) return false;
    return a.every((byte, index) => byte === b[index]);
  }
  if (Array.isArray(a) || Array.isArray(b)) {
    if (!(Array.isArray(a) && Array.isArray(b)) || a.length !== b.length) return false;
    return a.every((member, index) => sameValue(member, b[index]));
  }
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  const left = Object.entries(a);
  const right = b as Readonly<Record<string, unknown>>;
  return (
    left.length === Object.keys(b).length &&
    left.every(([key, value]) => Object.hasOwn(b, key) && sameValue(value, right[key]))
  );
}
