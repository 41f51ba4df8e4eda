import { type CheckCode, CODES, type Severity } from '../codes.js';
import { type Diagnostic, diagnostic } from '../diagnostic.js';
import type { Place } from '../errors.js';
import type { RecordType } from '../record/record-type.js';
import type { Role } from '../record/vocabulary.js';
import { KEY_URI, keyUri } from '../subject/subject.js';
import type { AuthorityPath } from './authority-path.js';
import type { Accreditation } from './credential.js';
import { coversSubject } from './grant.js';

/** What of a record decides who speaks. */
export interface BoundRecord {
  readonly kid: string;
  readonly iss: string;
  readonly sub: string;
  /** The signer's claim, seconds UTC. */
  readonly iat: number;
  readonly type: string;
  /** Who may sign the type; null for a type this reader does not know, which is open to everybody and gives no facts. */
  readonly rules: Pick<RecordType, 'roles' | 'selfBound'> | null;
  /** Parties one of whom must sign, as a handover's two sides; null where anybody may. */
  readonly signers: readonly string[] | null;
  /** Latest instant at which it can have been signed, seconds UTC. */
  readonly upper: number;
  /** Every iss under which this key signed a record that verified. */
  readonly signedAs: ReadonlySet<string>;
}

export interface Binding {
  readonly binding: 'path' | 'self' | 'none';
  /** A good path binds iss to the key now: what the state `trusted` needs. */
  readonly trusted: boolean;
  /** Of all good paths, ascending. */
  readonly roles: readonly Role[];
  readonly accreditation: Accreditation | null;
  /** False: only a statement. */
  readonly rolePermitted: boolean;
  /** The path that decided; null without one for this iss. */
  readonly path: AuthorityPath | null;
  readonly diagnostics: readonly Diagnostic[];
}

/** The types whose subject a credential's prefixes limit. */
const SUBJECT_LIMITED: ReadonlySet<string> = new Set(['commission', 'authentication']);

/** Whose word a record is, by the paths of its key (`Authorities.pathsOf`). */
export function bindRecord(record: BoundRecord, paths: readonly AuthorityPath[], place: Place = {}): Binding {
  const own = record.iss === keyUri(record.kid);
  const matching =
    paths.length === 1 && paths[0]!.party === record.iss
      ? paths
      : paths.filter(({ party }) => party === record.iss);
  if (matching.length > 0) {
    const bound = bindByPath(record, matching, paths, place);
    // A natural person's own key URI needs no credential: one that has run out takes nothing from it.
    if (bound.trusted || !own) return bound;
  }
  const unbound = { trusted: false, roles: [], accreditation: null, path: null } as const;
  if (own) {
    const rolePermitted = (record.rules?.selfBound ?? true) && mayBeSignedBy(record);
    const diagnostics = [diagnostic('trust.self-asserted', place)];
    if (!rolePermitted) diagnostics.push(diagnostic('role.not-permitted', place, { type: record.type }));
    return { binding: 'self', ...unbound, rolePermitted, diagnostics };
  }
  // A disputed path is no trusted credential: it accuses nobody of signing under a false name.
  const others = paths.filter(({ disputed }) => !disputed);
  const foreign = record.iss.startsWith(KEY_URI) || others.length > 0;
  const diagnostics = foreign
    ? [diagnostic('iss.not-bound', place, { iss: record.iss, parties: partiesOf(others) })]
    : [diagnostic('trust.no-path', place, { iss: record.iss })];
  return { binding: 'none', ...unbound, rolePermitted: mayBeSignedBy(record), diagnostics };
}

function bindByPath(
  record: BoundRecord,
  matching: readonly AuthorityPath[],
  paths: readonly AuthorityPath[],
  place: Place,
): Binding {
  // Nearly every record has one path, and it is good: then nothing is weighed.
  if (paths.length === 1 && judge(record, paths[0]!).length === 0) return soundBinding(paths[0]!);
  // One good path suffices, but it must be good in everything: the role of one and the subjects of another make none.
  const judged = matching.map((path) => ({ path, codes: judge(record, path) }));
  if (judged.length > 1) judged.sort(byOutcome);
  const [best] = judged as [(typeof judged)[number]];
  const good = judged.filter(({ codes }) => rankOf(codes) <= RANK.info).map(({ path }) => path);
  const diagnostics = best.codes.map((code) => diagnostic(code, place, detailOf(code, record, best.path)));
  const signedFor =
    paths.length === 1
      ? []
      : partiesOf(paths.filter(({ disputed, party }) => !disputed && record.signedAs.has(party)));
  const twoParties = signedFor.length > 1 && signedFor.includes(record.iss);
  if (twoParties) diagnostics.push(diagnostic('credential.two-parties', place, { parties: signedFor }));
  const trusted = good.length > 0 && !twoParties;
  return {
    binding: 'path',
    trusted,
    roles: trusted ? rolesOf(good) : [],
    accreditation: trusted ? best.path.accreditation : null,
    rolePermitted: !best.codes.includes('role.not-permitted'),
    path: best.path,
    diagnostics,
  };
}

const soundBindings = new WeakMap<AuthorityPath, Binding>();

/** What the only path of a key gives where it leaves nothing wanting, as nearly every path does: one for all its records. */
function soundBinding(path: AuthorityPath): Binding {
  let binding = soundBindings.get(path);
  if (binding === undefined) {
    binding = Object.freeze(bindingOf(path));
    soundBindings.set(path, binding);
  }
  return binding;
}

function bindingOf(path: AuthorityPath): Binding {
  return {
    binding: 'path',
    trusted: true,
    roles: path.roles,
    accreditation: path.accreditation,
    rolePermitted: true,
    path,
    diagnostics: Object.freeze([]),
  };
}

function rolesOf(paths: readonly AuthorityPath[]): readonly Role[] {
  // A grant's own roles are ascending.
  if (paths.length === 1) return paths[0]!.roles;
  return [...new Set(paths.flatMap(({ roles }) => roles))].sort();
}

/** Everything that this one path leaves wanting. */
function judge(record: BoundRecord, path: AuthorityPath): CheckCode[] {
  const codes: CheckCode[] = [];
  if (path.disputed) codes.push('credential.disputed');
  if (record.iat > path.until) codes.push('credential.expired');
  else if (record.upper > path.until) codes.push('credential.unproven-before-expiry');
  if (record.iat < path.from) codes.push('credential.not-yet');
  if (SUBJECT_LIMITED.has(record.type) && !coversSubject(path, record.sub))
    codes.push('credential.subject-outside');
  const roles = record.rules?.roles ?? 'any';
  const inRole = roles === 'any' || path.roles.some((role) => roles.includes(role));
  if (!inRole || !mayBeSignedBy(record)) codes.push('role.not-permitted');
  return codes;
}

function mayBeSignedBy({ signers, iss }: BoundRecord): boolean {
  return signers === null || signers.includes(iss);
}

const RANK: Readonly<Record<Severity | 'none', number>> = {
  none: 0,
  info: 1,
  warning: 2,
  indeterminate: 3,
  failure: 4,
};

function rankOf(codes: readonly CheckCode[]): number {
  return Math.max(RANK.none, ...codes.map((code) => RANK[CODES[code].severity]));
}

interface Judged {
  readonly path: AuthorityPath;
  readonly codes: readonly CheckCode[];
}

/**
 * The least bad path first; of equals one that no thief can have made, then the one with the fewest faults, then the one
 * that runs longest, then the smallest by its credentials' ids.
 */
function byOutcome(a: Judged, b: Judged): number {
  const difference =
    rankOf(a.codes) - rankOf(b.codes) ||
    Number(a.path.disputed) - Number(b.path.disputed) ||
    a.codes.length - b.codes.length ||
    b.path.until - a.path.until;
  return difference !== 0 ? difference : nameOf(a.path) < nameOf(b.path) ? -1 : 1;
}

function nameOf({ credentials }: AuthorityPath): string {
  return credentials.map(({ id }) => id).join();
}

function detailOf(
  code: CheckCode,
  { iss, iat, upper, type, sub }: BoundRecord,
  path: AuthorityPath,
): Diagnostic['detail'] {
  switch (code) {
    case 'credential.expired':
      return { iss, iat, until: path.until };
    case 'credential.unproven-before-expiry':
      return { iss, upper, until: path.until };
    case 'credential.not-yet':
      return { iss, iat, from: path.from };
    case 'credential.subject-outside':
      return { iss, sub, subjects: path.subjects ?? [] };
    case 'role.not-permitted':
      return { iss, type, roles: path.roles };
    default:
      return { iss };
  }
}

function partiesOf(paths: readonly AuthorityPath[]): string[] {
  return [...new Set(paths.map(({ party }) => party))].sort();
}
