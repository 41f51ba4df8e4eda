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
  /** It is `adverse-only` for nothing but a gap before it. */
  readonly gapOnly: boolean;
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
 * the tightest interval and the best path hold, and the worst standing, for misconduct seen in one file is seen. A gap in
 * one file is none where another holds what it lacks: else anybody could take records out of a copy and hand it in beside.
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
    const usable = all.filter(isUsable);
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

function isUsable({ standing, state }: VerifiedRecord): boolean {
  return USABLE.has(state) && standing !== 'none';
}

/** One record out of its appearances and twins; null when it does not speak. */
function unite(usable: readonly VerifiedRecord[], named: ReadonlySet<string>): SpeakingRecord | null {
  const [first, ...others] = usable;
  if (first === undefined) return null;
  const united = others.reduce((one, other) => bothOf(one, alone(other)), alone(first));
  // A credential that has run out, or may have, still says whose key it is. Under an unbound iss anybody could have
  // signed: such words are nobody's, so they count neither for nor against the party named there.
  const speaks =
    united.trusted || (named.has(united.iss) && usable.some(({ binding }) => binding !== 'none'));
  return speaks ? united : null;
}

function alone(record: VerifiedRecord): SpeakingRecord {
  const { time } = record;
  return {
    id: record.id,
    statementHash: record.statementHash,
    type: record.type,
    kid: record.kid,
    iss: record.iss,
    sub: record.sub,
    seq: record.seq,
    trusted: record.state === 'trusted',
    selfBound: record.binding === 'self',
    roles: record.roles.length < 2 ? record.roles : sortedUnique(record.roles),
    accreditation: record.accreditation,
    rolePermitted: record.rolePermitted,
    integrity: record.standing === 'adverse-only' ? 'adverse-only' : 'ok',
    gapOnly: record.gapOnly === true,
    lower: time.lower,
    upper: time.upper,
    pinnedBy: record.pinnedBy,
    payload: record.payload,
  };
}

/** What two appearances of one statement prove together. */
function bothOf(a: SpeakingRecord, b: SpeakingRecord): SpeakingRecord {
  return {
    ...(byCodeUnit(a.id, b.id) <= 0 ? a : b),
    trusted: a.trusted || b.trusted,
    selfBound: a.selfBound || b.selfBound,
    roles: sortedUnique([...a.roles, ...b.roles]),
    accreditation: betterAccreditation(a.accreditation, b.accreditation),
    rolePermitted: a.rolePermitted || b.rolePermitted,
    ...integrityOfBoth(a, b),
    lower: a.lower === null ? b.lower : b.lower === null ? a.lower : Math.max(a.lower, b.lower),
    upper: Math.min(a.upper, b.upper),
    pinnedBy: sortedUnique([...a.pinnedBy, ...b.pinnedBy]) as SpeakingRecord['pinnedBy'],
    payload: openedByEither(a.payload, b.payload) as Fields,
  };
}

/** Misconduct seen in one is seen; a gap is one only where both have it. */
function integrityOfBoth(
  a: SpeakingRecord,
  b: SpeakingRecord,
): Pick<SpeakingRecord, 'integrity' | 'gapOnly'> {
  const misconduct = [a, b].some(({ gapOnly, integrity }) => integrity === 'adverse-only' && !gapOnly);
  const gap = !misconduct && a.gapOnly && b.gapOnly;
  return { integrity: misconduct || gap ? 'adverse-only' : 'ok', gapOnly: gap };
}

type Accreditation = VerifiedRecord['accreditation'];

/** The longer one; of equals the one whose number, then body, comes first. */
function betterAccreditation(a: Accreditation, b: Accreditation): Accreditation {
  if (a === null || b === null) return a ?? b;
  const order = b.until - a.until || byCodeUnit(a.number, b.number) || byCodeUnit(a.body, b.body);
  return order <= 0 ? a : b;
}

/** Verification sees the forks inside one file; two halves in two files meet only here. */
function forksAcross(records: readonly SpeakingRecord[]): {
  forked: ReadonlySet<string>;
  remarks: readonly FactRemark[];
} {
  const forked = new Set<string>();
  const remarks: FactRemark[] = [];
  for (const slot of sharedSlots(records)) {
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

/** Records of one key about one subject that bear the same number. */
function sharedSlots(records: readonly SpeakingRecord[]): readonly (readonly SpeakingRecord[])[] {
  const byNumber = new Map<string, Map<number, SpeakingRecord[]>>();
  for (const record of records) {
    const ofKey = byNumber.get(record.kid) ?? new Map<number, SpeakingRecord[]>();
    byNumber.set(record.kid, ofKey);
    addTo(ofKey, record.seq, record);
  }
  const shared: SpeakingRecord[][] = [];
  for (const ofKey of byNumber.values()) {
    for (const same of ofKey.values()) {
      if (same.length < 2) continue;
      const bySub = new Map<string, SpeakingRecord[]>();
      for (const record of same) addTo(bySub, record.sub, record);
      for (const slot of bySub.values()) if (slot.length > 1) shared.push(slot);
    }
  }
  return shared;
}
