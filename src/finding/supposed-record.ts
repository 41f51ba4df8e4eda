import { toHex, utf8Bytes } from '../codec/hex.js';
import { sha256 } from '../crypto/hash.js';
import type { VerifiedPassport, VerifiedRecord } from '../verify/verified-passport.js';

/**
 * A record that nobody signed, put beside the evidence to ask what it would change. It exists in memory only: it has no
 * bytes, so nothing can write it into a passport.
 */
export interface SupposedRecord {
  /** What whoever supposes it calls it. */
  readonly name: string;
  /** What other records refer to it by; hex, 32 bytes. */
  readonly id: string;
  readonly type: string;
  readonly by: string;
  readonly sub: string;
  /** Seconds UTC at which it is said to be signed. */
  readonly at: number;
  /** Private values in clear. */
  readonly payload: Readonly<Record<string, unknown>>;
  readonly roles: readonly string[];
  readonly rolePermitted: boolean;
  readonly accreditation: VerifiedRecord['accreditation'];
  /** Seconds UTC; null = nothing proves more than the time of verification. */
  readonly loggedAt: number | null;
  /** Ids of records it would pin. */
  readonly pins: readonly string[];
}

const DOMAIN = utf8Bytes('goodorder/supposed-record/1\u0000');

/** The id of a supposed record: of its name alone, so that others can refer to it before it is said in full. */
export function supposedId(name: string): string {
  return toHex(sha256(DOMAIN, utf8Bytes(name)));
}

/**
 * The passports as they would be with supposed records in the first of them, each counted as what it would be at best:
 * signed by its party, with a trusted path, unless the party is a person who signs under the own key.
 */
export function withSupposed(
  passports: readonly VerifiedPassport[],
  supposed: readonly SupposedRecord[],
): readonly VerifiedPassport[] {
  const [first, ...others] = passports;
  if (first === undefined || supposed.length === 0) return passports;
  const known = passports.flatMap(({ records }) => records);
  const pinsOf = new Map(supposed.map(({ id, pins }) => [id, pins]));
  const records = supposed.map((one, index) => verifiedAs(one, index, known, first.at));
  return [
    {
      ...first,
      records: [...first.records, ...records],
      precedes: (earlier, later) =>
        reaches(pinsOf, earlier, later, (a, b) => passports.some((one) => one.precedes(a, b))),
    },
    ...others,
  ];
}

/** Pins of supposed records lead to other supposed ones and at last to real ones; none of those leads back. */
function reaches(
  pinsOf: ReadonlyMap<string, readonly string[]>,
  earlier: string,
  later: string,
  precedes: (earlier: string, later: string) => boolean,
): boolean {
  const open = [later];
  const seen = new Set<string>();
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const pins = pinsOf.get(at);
    if (pins === undefined) {
      if (at !== later && at === earlier) return true;
      if (precedes(earlier, at)) return true;
      continue;
    }
    for (const pin of pins) {
      if (pin === earlier) return true;
      if (seen.has(pin)) continue;
      seen.add(pin);
      open.push(pin);
    }
  }
  return false;
}

const SELF = 'urn:goodorder:key:';
/** Beyond every number that a key has used: a supposed record forks nobody's chain. */
const FIRST_SEQ = 1_000_000_000;

function verifiedAs(
  one: SupposedRecord,
  index: number,
  known: readonly VerifiedRecord[],
  at: number,
): VerifiedRecord {
  const isSelf = one.by.startsWith(SELF);
  const same = known.find(({ iss, binding }) => iss === one.by && binding !== 'none');
  return {
    id: one.id,
    statementHash: one.id,
    type: one.type,
    kid: isSelf ? one.by.slice(SELF.length) : (same?.kid ?? supposedId(`key of ${one.by}`)),
    iss: one.by,
    sub: one.sub,
    iat: one.at,
    seq: FIRST_SEQ + index,
    offset: 0,
    length: 0,
    number: 0,
    state: isSelf ? 'valid' : 'trusted',
    binding: isSelf ? 'self' : 'path',
    roles: [...one.roles].sort(),
    accreditation: one.accreditation,
    rolePermitted: one.rolePermitted,
    standing: 'full',
    time: {
      lower: null,
      upper: one.loggedAt ?? at,
      lowerFrom: 'none',
      upperFrom: one.loggedAt === null ? 'at' : 'supposed',
    },
    pins: one.pins,
    pinnedBy: one.loggedAt === null ? [] : ['log'],
    payload: one.payload,
    revision: 1,
    answers: {
      integrity: 'passed',
      authenticity: 'passed',
      time: 'passed',
      completeness: 'passed',
      trust: 'passed',
    },
    diagnostics: [],
  };
}
