import { Authorities, type AuthorityPath } from '../../credential/authority-path.js';
import { type Binding, type BoundRecord, bindRecord } from '../../credential/binding.js';
import {
  findRevocations,
  isCredentialDisputed,
  keyEventOf,
  type Revocations,
  recordDispute,
} from '../../credential/revocation.js';
import type { TrustFile } from '../../credential/trust-file.js';
import { type Diagnostic, diagnostic } from '../../diagnostic.js';
import { placeOf } from '../../passport/element.js';
import type { PassportCredential, PassportRecord } from '../../passport/passport.js';

/**
 * Paths of one key that are weighed for each of its records. An honest key has a few; a trusted issuer that signs
 * thousands for one key must not make every record cost thousands of comparisons.
 */
const MAX_PATHS = 256;

export interface SignerEvidence {
  readonly trust: TrustFile | null;
  /** Records whose signature verified, in the order of the file. */
  readonly records: readonly PassportRecord[];
  /** Credentials whose signature verified. */
  readonly credentials: readonly PassportCredential[];
  /** By when the record was signed, at the latest; seconds UTC. */
  readonly upperOf: (record: string) => number;
  readonly credentialUpper: (hash: string) => number;
  /** Which records are one of these or an ancestor of one? */
  readonly upTo: (ids: readonly string[]) => (record: string) => boolean;
  readonly isPresent: (record: string) => boolean;
}

export interface SignerAnswers {
  /** By record id, for every record whose signature verified. */
  readonly bindings: ReadonlyMap<string, Binding>;
  /** By record id: its key is revoked and nothing proves that the record is older. */
  readonly disputes: ReadonlyMap<string, 'key.disputed' | 'key.self-disputed'>;
  /** Does any path that ends in the trust file lead to this key, whatever it binds it to? */
  readonly hasPath: (kid: string) => boolean;
  /** Made as they are asked for: without a trust file there is one and more for each record. */
  readonly diagnostics: Iterable<Diagnostic>;
}

/** Question: whose word is each record, and does that key still stand? */
export function checkSigners(evidence: SignerEvidence): SignerAnswers {
  const { records, credentials } = evidence;
  const { authorities, revocations } = believe(evidence);
  const pathsOf = remembered((kid) => authorities.pathsOf(kid).slice(0, MAX_PATHS));
  const signedAs = issuersByKey(records);
  const isUpTo = lastGoodOf(revocations, evidence, (kid) => pathsOf(kid).length > 0);
  const bindings = new Map<string, Binding>();
  const bind = sharingUnbound();
  const disputes = new Map<string, 'key.disputed' | 'key.self-disputed'>();
  const disputed = new Map<string, Diagnostic>();
  let untroubled = true;
  for (const { head, record } of records) {
    const { id, kid, iss, sub, iat, type } = head;
    const upper = evidence.upperOf(id);
    const rules = record?.definition ?? null;
    const signers = rules === null || record === null ? null : rules.signers(record.payload.fields);
    const signer = { kid, iss, sub, iat, type, rules, signers, upper, signedAs: signedAs.get(kid)! };
    const binding = bind(signer, pathsOf(kid));
    bindings.set(id, binding);
    if (binding.diagnostics.length > 0) untroubled = false;
    const dispute = recordDispute({ id, kid, upper }, revocations, isUpTo);
    if (dispute === null) continue;
    const { code, revocation } = dispute;
    disputes.set(id, code);
    untroubled = false;
    const { suspectFrom, by, events } = revocation;
    const detail = { key: kid, suspectFrom, by, events: events.slice(0, NAMED_EVENTS), upper };
    disputed.set(id, diagnostic(code, { record: id }, detail));
  }
  const hasPath = (kid: string): boolean => pathsOf(kid).length > 0;
  const first = [...revocations.diagnostics, ...ignoredCredentials(authorities, credentials)];
  function* diagnostics(): Generator<Diagnostic> {
    yield* first;
    if (untroubled) return;
    for (const { head } of records) {
      for (const found of bindings.get(head.id)!.diagnostics) yield { ...found, record: head.id };
      const dispute = disputed.get(head.id);
      if (dispute !== undefined) yield dispute;
    }
  }
  return { bindings, disputes, hasPath, diagnostics: { [Symbol.iterator]: diagnostics } };
}

/** Of a key that signs as many, so many are remembered. */
const REMEMBERED = 8;

interface Unbound {
  readonly iss: string;
  readonly rules: BoundRecord['rules'];
  readonly type: string;
  readonly isSigner: boolean;
  readonly binding: Binding;
}

/**
 * Binds records, one object for all that a key signs under a name that no path gives it: what is said of these depends
 * on key, name and type alone.
 */
function sharingUnbound(): (record: BoundRecord, paths: readonly AuthorityPath[]) => Binding {
  const byKey = new Map<string, Unbound[]>();
  return (record, paths) => {
    const { kid, iss, rules, type, signers } = record;
    // A path's word depends on when the record was signed.
    for (const { party } of paths) if (party === iss) return bindRecord(record, paths);
    const isSigner = signers === null || signers.includes(iss);
    const known = byKey
      .get(kid)
      ?.find(
        (one) => one.iss === iss && one.rules === rules && one.type === type && one.isSigner === isSigner,
      );
    if (known !== undefined) return known.binding;
    const binding = bindRecord(record, paths);
    const entry = { iss, rules, type, isSigner, binding };
    const list = byKey.get(kid);
    if (list === undefined) byKey.set(kid, [entry]);
    else if (list.length < REMEMBERED) list.push(entry);
    return binding;
  };
}

/** A key can revoke itself ten thousand times: a finding names the first few. */
const NAMED_EVENTS = 16;

/** Asked once for each list of last good records; of vouched keys first, so that no flood of others uses up the search. */
function lastGoodOf(
  { byKey }: Revocations,
  { upTo }: SignerEvidence,
  hasPath: (kid: string) => boolean,
): (record: string, lastGood: readonly string[]) => boolean {
  const known = new Map<readonly string[], (record: string) => boolean>();
  const isUpTo = (record: string, lastGood: readonly string[]): boolean => {
    if (lastGood.length === 0) return false;
    let test = known.get(lastGood);
    if (test === undefined) {
      test = upTo(lastGood);
      known.set(lastGood, test);
    }
    return test(record);
  };
  for (const { key, lastGood } of byKey.values()) if (hasPath(key)) isUpTo('', lastGood);
  return isUpTo;
}

/**
 * Whose word on keys counts depends on who stands above them, and which credentials count depends on revoked keys. So
 * the paths are walked twice: whoever stands above a key does so even where its credential is in dispute.
 */
function believe(evidence: SignerEvidence): { authorities: Authorities; revocations: Revocations } {
  const { trust, records, credentials, isPresent, credentialUpper } = evidence;
  const held = credentials.map(({ credential }) => credential);
  const standing = new Authorities(trust, held);
  const revocations = findRevocations({
    events: records
      .map(({ record }) => (record === null ? null : keyEventOf(record)))
      .filter((event) => event !== null),
    trust,
    issuersOf: (kid) => standing.issuersOf(kid),
    isPresent,
  });
  if (revocations.byKey.size === 0) return { authorities: standing, revocations };
  const authorities = new Authorities(trust, held, ({ id, issuer }) =>
    isCredentialDisputed(issuer, credentialUpper(id), revocations),
  );
  return { authorities, revocations };
}

function ignoredCredentials(
  { ignored }: Authorities,
  credentials: readonly PassportCredential[],
): Diagnostic[] {
  const places = new Map(credentials.map(({ credential, element }) => [credential.id, placeOf(element)]));
  return ignored.map(({ credential: { id, key, issuer }, code, beyond }) =>
    diagnostic(code, places.get(id) ?? {}, { credential: id, key, issuer, beyond }),
  );
}

function issuersByKey(records: readonly PassportRecord[]): ReadonlyMap<string, ReadonlySet<string>> {
  const signedAs = new Map<string, Set<string>>();
  for (const { head } of records) {
    const names = signedAs.get(head.kid);
    if (names === undefined) signedAs.set(head.kid, new Set([head.iss]));
    else names.add(head.iss);
  }
  return signedAs;
}

function remembered(
  find: (kid: string) => readonly AuthorityPath[],
): (kid: string) => readonly AuthorityPath[] {
  const known = new Map<string, readonly AuthorityPath[]>();
  return (kid) => {
    let found = known.get(kid);
    if (found === undefined) {
      found = find(kid);
      known.set(kid, found);
    }
    return found;
  };
}
