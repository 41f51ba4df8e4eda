import { testKeyName } from '../capture/test-key.js';
import { toBase64url } from '../codec/base64url.js';
import { formatInstant } from '../codec/instant.js';
import type { Credential } from '../credential/credential.js';
import { readTrustFile } from '../credential/trust-file.js';
import { isNoteFault, parseNote } from '../log/signed-note.js';
import { assessPassport } from '../passport/assess.js';
import type { Passport, PassportRecord } from '../passport/passport.js';
import { SignatureCache } from '../passport/signatures.js';
import type { Role } from '../record/vocabulary.js';
import { parseParty } from '../subject/party.js';
import { keyUri } from '../subject/subject.js';
import { verifyPassport } from '../verify/verify-passport.js';

/** An authority as a trust file states it. */
export interface SuggestedEntry {
  readonly party: string;
  readonly key: string;
  readonly roles: readonly Role[];
  readonly subjects?: readonly string[];
  readonly mayDelegate: number;
  readonly from: string;
  readonly until: string;
}

/** Whom the key speaks for, if it is believed. */
export interface VouchedParty {
  readonly party: string;
  readonly kid: string;
  readonly roles: readonly Role[];
}

export interface SuggestedAuthority {
  readonly kid: string;
  /** The whole key, and its grant no wider than what it is needed for. */
  readonly entry: SuggestedEntry;
  /** issuer: it signed credentials; signer: it signs records under a party that nobody here vouches for. */
  readonly why: 'issuer' | 'signer';
  /** `record`: the party is what the key says of itself; `none`: it says nothing, and the entry names the key only. */
  readonly partyFrom: 'record' | 'none';
  readonly vouchesFor: readonly VouchedParty[];
  /** How many records would be trusted, if this key alone were believed. */
  readonly wouldTrust: number;
  /** Name of the published test key that it is: anybody can sign with it, and nobody should believe it. */
  readonly testKey: string | null;
}

export interface TrustSuggestion {
  readonly item: string;
  readonly sha256: string;
  readonly records: number;
  /** The one that would trust most first. */
  readonly authorities: readonly SuggestedAuthority[];
  /** Keys that were not looked at, since there were too many. */
  readonly further: number;
  /** Kids of signers under their own key URI: nobody has to vouch for them. */
  readonly selfBound: readonly string[];
  /** Who signed notes, by name and key id. The passport does not hold their keys, so nothing can be drafted. */
  readonly logs: readonly { readonly name: string; readonly keyId: string; readonly notes: number }[];
  /** RFC 3161 tokens carried. */
  readonly tokens: number;
}

/** Keys that are looked at; an opponent can put thousands into a file. */
const MAX_EXAMINED = 32;
const MIN_EXAMINED = 3;
/** Bytes that are verified for it, all keys together. */
const EXAMINED_BYTES = 32 * 1024 * 1024;
const MAX_LOGS = 64;
/** Credentials that are followed upwards, over all signers. */
const MAX_STEPS = 20_000;

/**
 * Which keys a verifier would have to believe for this passport's records to be trusted. Only signatures that verify are
 * looked at; whether the keys belong to whom they say is for the reader to find out.
 */
export async function suggestTrust(
  passport: Passport,
  bytes: Uint8Array,
  at: number,
): Promise<TrustSuggestion> {
  const cache = new SignatureCache();
  const { signatures } = await assessPassport(passport, { cache });
  const records = passport.records.filter(({ head }) => signatures.records.get(head.id) === 'verified');
  const credentials = passport.credentials.flatMap(({ credential }) =>
    signatures.credentials.get(credential.id) === 'verified' ? [credential] : [],
  );
  const candidates = candidatesOf(passport, records, credentials, at);
  const authorities: SuggestedAuthority[] = [];
  // Each is asked of the verifier: of a long file only some are, those first that vouch for most.
  candidates.sort((a, b) => b.vouchesFor.length - a.vouchesFor.length || (a.kid < b.kid ? -1 : 1));
  const examined = Math.max(MIN_EXAMINED, Math.min(MAX_EXAMINED, Math.floor(EXAMINED_BYTES / bytes.length)));
  for (const candidate of candidates.slice(0, examined)) {
    authorities.push({ ...candidate, wouldTrust: await trustedBy(candidate.entry, bytes, at, cache) });
  }
  authorities.sort((a, b) => b.wouldTrust - a.wouldTrust || (a.kid < b.kid ? -1 : 1));
  return {
    item: passport.item,
    sha256: passport.digest ?? '',
    records: passport.records.length,
    authorities,
    further: candidates.length - authorities.length,
    selfBound: [
      ...new Set(records.flatMap(({ head }) => (head.iss === keyUri(head.kid) ? [head.kid] : []))),
    ].sort(),
    logs: logsOf(passport),
    tokens: passport.tokens.length,
  };
}

type Candidate = Omit<SuggestedAuthority, 'wouldTrust'>;

function candidatesOf(
  passport: Passport,
  records: readonly PassportRecord[],
  credentials: readonly Credential[],
  at: number,
): Candidate[] {
  const byKey = new Map<string, Credential[]>();
  for (const one of credentials) byKey.set(one.key, [...(byKey.get(one.key) ?? []), one]);
  const steps = { left: MAX_STEPS };
  const used = new Map<string, Set<Credential>>();
  const alone = new Set<string>();
  for (const kid of new Set(records.map(({ head }) => head.kid))) {
    const above = ways(kid, byKey, steps);
    for (const { root, path } of above) {
      const known = used.get(root) ?? new Set();
      for (const credential of path) known.add(credential);
      used.set(root, known);
    }
    const claims = records.some(({ head }) => head.kid === kid && isNamed(head));
    if (above.length === 0 && claims) alone.add(kid);
  }
  const kids = [...new Set([...used.keys(), ...alone])].sort();
  return kids.flatMap((kid): Candidate[] => {
    const key = passport.keys.get(kid)?.key;
    if (key === undefined || key.kty === 'unknown') return [];
    const issued = [...(used.get(kid) ?? [])];
    const named = records.find(({ head }) => head.kid === kid && isNamed(head))?.head.iss;
    const entry: SuggestedEntry = {
      party: named ?? keyUri(kid),
      key: toBase64url(key.bytes),
      roles: [...new Set(issued.flatMap(({ roles }) => roles))].sort(),
      ...subjectsOf(issued),
      mayDelegate: Math.min(
        3,
        issued.reduce((most, one) => Math.max(most, one.mayDelegate + 1), 0),
      ),
      ...validityOf(issued, records, kid, at),
    };
    return [
      {
        kid,
        entry,
        why: issued.length > 0 ? 'issuer' : 'signer',
        partyFrom: named === undefined ? 'none' : 'record',
        vouchesFor: issued.map(({ party, key: of, roles }) => ({ party, kid: of, roles })),
        testKey: testKeyName(kid),
      },
    ];
  });
}

/** Signs under a party that a trust file could name, and not under its own key. */
function isNamed({ kid, iss }: PassportRecord['head']): boolean {
  return iss !== keyUri(kid) && parseParty(iss)?.kind !== 'key' && parseParty(iss) !== null;
}

interface Way {
  readonly root: string;
  readonly path: readonly Credential[];
}

/** Ways from a key up to an issuer that nobody here vouches for; three credentials are the longest there are. */
function ways(
  kid: string,
  byKey: ReadonlyMap<string, readonly Credential[]>,
  steps: { left: number },
): Way[] {
  const found: Way[] = [];
  const climb = (key: string, path: readonly Credential[]): void => {
    steps.left -= 1;
    const above = (byKey.get(key) ?? []).filter((one) => !path.includes(one));
    if (path.length > 0 && (above.length === 0 || path.length === 3)) found.push({ root: key, path });
    if (path.length === 3 || steps.left <= 0) return;
    for (const credential of above) climb(credential.issuer, [...path, credential]);
  };
  climb(kid, []);
  return found;
}

/** A limit only where all that it issued has one. */
function subjectsOf(issued: readonly Credential[]): { readonly subjects?: readonly string[] } {
  if (issued.length === 0 || issued.some(({ subjects }) => subjects === null)) return {};
  return { subjects: [...new Set(issued.flatMap(({ subjects }) => subjects ?? []))].sort() };
}

function validityOf(
  issued: readonly Credential[],
  records: readonly PassportRecord[],
  kid: string,
  at: number,
): { readonly from: string; readonly until: string } {
  const signed = records.filter(({ head }) => head.kid === kid).map(({ head }) => head.iat);
  const from = [...issued.map((one) => one.from), ...signed];
  const until = [...issued.map((one) => one.until), ...signed, at];
  const least = from.reduce((a, b) => Math.min(a, b), at);
  const most = until.reduce((a, b) => Math.max(a, b), least);
  return { from: formatInstant(least), until: formatInstant(most) };
}

/** Asked of the verifier itself, with a trust file of this one entry. */
async function trustedBy(
  entry: SuggestedEntry,
  bytes: Uint8Array,
  at: number,
  cache: SignatureCache,
): Promise<number> {
  const trust = readTrustFile(
    JSON.stringify({
      format: 1,
      name: 'what if',
      sequence: 1,
      issued: formatInstant(at),
      nextUpdate: formatInstant(at),
      authorities: [entry],
    }),
  );
  const { records } = await verifyPassport(bytes, { trust, at, cache });
  return records.filter(({ state }) => state === 'trusted').length;
}

function logsOf(passport: Passport): TrustSuggestion['logs'] {
  const found = new Map<string, { name: string; keyId: string; notes: number }>();
  for (const { element } of passport.notes) {
    const note = parseNote(element.bytes);
    if (isNoteFault(note)) continue;
    for (const { name, keyId } of note.signatures) {
      const known = found.get(`${name} ${keyId}`);
      if (known !== undefined) known.notes += 1;
      else if (found.size < MAX_LOGS) found.set(`${name} ${keyId}`, { name, keyId, notes: 1 });
    }
  }
  return [...found.values()].sort((a, b) => (`${a.name} ${a.keyId}` < `${b.name} ${b.keyId}` ? -1 : 1));
}
