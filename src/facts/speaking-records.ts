import type { RecordState, VerifiedPassport, VerifiedRecord } from '../verify/verified-passport.js';
import type { FactRemark, FactScope } from './case-facts.js';
import type { FactIntegrity } from './fact.js';
import { type Fields, openedByEither } from './fields.js';
import { addTo, byCodeUnit, sortedUnique } from './order.js';

/** A record that speaks in the case: its signature verified and its signer is trusted, or a named party by its own key. */
export interface SpeakingRecord {
  readonly id: string;
  readonly statementHash: string;
  readonly type: string;
  readonly kid: string;
  readonly iss: string;
  readonly sub: string;
  readonly seq: number;
  readonly trusted: boolean;
  readonly selfBound: boolean;
  readonly roles: readonly string[];
  readonly accreditation: VerifiedRecord['accreditation'];
  readonly rolePermitted: boolean;
  readonly integrity: FactIntegrity;
  readonly lower: number | null;
  readonly upper: number;
  readonly pinnedBy: readonly ('log' | 'token' | 'record')[];
  readonly payload: Fields;
}

export interface SpeakingRecords {
  /** By id; of twins only the one with the smallest id. */
  readonly records: ReadonlyMap<string, SpeakingRecord>;
  /** The id under which a record, or a twin of it, stands here; the id itself when it does not speak. */
  canonical(id: string): string;
  readonly remarks: readonly FactRemark[];
  precedes(earlier: string, later: string): boolean;
}

const USABLE: ReadonlySet<RecordState> = new Set(['valid', 'trusted']);

/**
 * Picks and unites the records of all passports. The same record may lie in several: each proves something of it, so
 * the tightest interval and the best path hold, and the worst standing, for misconduct seen in one file is seen.
 */
export function speakingRecords(passports: readonly VerifiedPassport[], scope: FactScope): SpeakingRecords {
  const named = new Set(scope.parties);
  const appearances = new Map<string, VerifiedRecord[]>();
  for (const passport of passports) {
    for (const record of passport.records) addTo(appearances, record.statementHash, record);
  }
  const canonicalOf = new Map<string, string>();
  const united: SpeakingRecord[] = [];
  for (const all of appearances.values()) {
    const usable = all.filter(({ state, standing }) => USABLE.has(state) && standing !== 'none');
    const record = unite(usable, named);
    if (record === null) continue;
    united.push(record);
    for (const { id } of usable) canonicalOf.set(id, record.id);
  }
  united.sort((a, b) => byCodeUnit(a.id, b.id));
  const { forked, remarks } = forksAcross(united);
  const records = new Map<string, SpeakingRecord>();
  for (const record of united) {
    records.set(record.id, forked.has(record.id) ? { ...record, integrity: 'adverse-only' } : record);
  }
  return {
    records,
    canonical: (id) => canonicalOf.get(id) ?? id,
    remarks,
    precedes: (earlier, later) => passports.some((passport) => passport.precedes(earlier, later)),
  };
}

/** One record out of its appearances and twins; null when it does not speak. */
function unite(usable: readonly VerifiedRecord[], named: ReadonlySet<string>): SpeakingRecord | null {
  const [first] = [...usable].sort((a, b) => byCodeUnit(a.id, b.id));
  if (first === undefined) return null;
  const trusted = usable.some(({ state }) => state === 'trusted');
  const selfBound = usable.some(({ binding }) => binding === 'self');
  // A credential that has run out, or may have, still says whose key it is. Under an unbound iss anybody could have
  // signed: such words are nobody's, so they count neither for nor against the party named there.
  const bound = usable.some(({ binding }) => binding !== 'none');
  if (!trusted && !(bound && named.has(first.iss))) return null;
  const lowers = usable.flatMap(({ time }) => (time.lower === null ? [] : [time.lower]));
  return {
    id: first.id,
    statementHash: first.statementHash,
    type: first.type,
    kid: first.kid,
    iss: first.iss,
    sub: first.sub,
    seq: first.seq,
    trusted,
    selfBound,
    roles: sortedUnique(usable.flatMap(({ roles }) => roles)),
    accreditation: bestAccreditation(usable),
    rolePermitted: usable.some(({ rolePermitted }) => rolePermitted),
    integrity: usable.some(({ standing }) => standing === 'adverse-only') ? 'adverse-only' : 'ok',
    lower: lowers.length === 0 ? null : lowers.reduce((a, b) => Math.max(a, b)),
    upper: usable.map(({ time }) => time.upper).reduce((a, b) => Math.min(a, b)),
    pinnedBy: sortedUnique(usable.flatMap(({ pinnedBy }) => pinnedBy)) as SpeakingRecord['pinnedBy'],
    payload: usable.map(({ payload }) => payload as unknown).reduce(openedByEither) as Fields,
  };
}

function bestAccreditation(usable: readonly VerifiedRecord[]): VerifiedRecord['accreditation'] {
  const stated = usable.flatMap(({ accreditation }) => (accreditation === null ? [] : [accreditation]));
  stated.sort((a, b) => b.until - a.until || byCodeUnit(a.number, b.number) || byCodeUnit(a.body, b.body));
  return stated[0] ?? null;
}

/** Verification sees the forks inside one file; two halves in two files meet only here. */
function forksAcross(records: readonly SpeakingRecord[]): {
  forked: ReadonlySet<string>;
  remarks: readonly FactRemark[];
} {
  const bySlot = new Map<string, SpeakingRecord[]>();
  for (const record of records) addTo(bySlot, `${record.kid} ${record.seq} ${record.sub}`, record);
  const forked = new Set<string>();
  const remarks: FactRemark[] = [];
  for (const slot of bySlot.values()) {
    if (slot.length < 2) continue;
    for (const { id } of slot) forked.add(id);
    // A fork that lies in one file is reported there.
    if (slot.every(({ integrity }) => integrity === 'adverse-only')) continue;
    remarks.push({
      code: 'facts.fork-across-files',
      records: slot.map(({ id }) => id),
      signers: sortedUnique(slot.map(({ iss }) => iss)),
    });
  }
  return { forked, remarks };
}
