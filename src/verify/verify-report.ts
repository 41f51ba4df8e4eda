import type { Axis, Severity } from '../codes.js';
import type { Diagnostic } from '../diagnostic.js';
import { AXES } from './state.js';
import type {
  AnswerWord,
  ElementCounts,
  ProvenInterval,
  RecordState,
  Standing,
  Verdict,
  VerifiedPassport,
  VerifiedRecord,
} from './verified-passport.js';

export const VERIFY_REPORT_VERSION = 1;

/** A finding as data. `lowers`: it counts for the file's answer; positions elsewhere in the report point into the list. */
export interface ReportedFinding {
  readonly code: string;
  readonly axis: Axis;
  readonly severity: Severity;
  readonly lowers: boolean;
  readonly record?: string;
  readonly member?: number;
  readonly index?: number;
  readonly offset?: number;
  readonly path?: string;
  readonly detail?: Readonly<Record<string, string | number | readonly string[]>>;
}

/** What a record says of itself, and apart from it what verification established. */
export interface ReportedRecord {
  readonly number: number;
  readonly id: string;
  readonly offset: number;
  readonly length: number;
  readonly state: RecordState;
  readonly standing: Standing;
  readonly claimed: {
    readonly type: string;
    readonly revision: number;
    readonly iss: string;
    readonly sub: string;
    /** Seconds UTC. */
    readonly iat: number;
    readonly seq: number;
  };
  readonly verified: {
    readonly kid: string;
    readonly statementHash: string;
    /** The claimed iss where it is bound to the key; null where nothing binds it. */
    readonly party: string | null;
    readonly binding: VerifiedRecord['binding'];
    readonly roles: readonly string[];
    readonly rolePermitted: boolean;
    readonly accreditation: VerifiedRecord['accreditation'];
    /** `widthS` in seconds; null without a lower bound. */
    readonly time: ProvenInterval & { readonly widthS: number | null };
    readonly pins: readonly string[];
    readonly pinnedBy: readonly string[];
    readonly answers: Readonly<Record<Axis, AnswerWord>>;
  };
  readonly findings: readonly number[];
}

/** One thing that verification looks at. Not performed always says why. */
export interface ReportedCheck {
  readonly check: CheckName;
  readonly performed: boolean;
  /** Over how many elements; absent where counting says nothing. */
  readonly count?: number;
  readonly reason?: (typeof REASONS)[number];
}

export const REASONS = [
  'no-trust-file',
  'none-present',
  'not-supported',
  'not-given',
  'never',
  'after-trust-file',
  'not-readable',
] as const;

export const CHECK_NAMES = [
  'container',
  'closed-world',
  'signatures',
  'payloads',
  'private-fields',
  'links',
  'chains',
  'manifests',
  'credentials',
  'revocations',
  'receipts',
  'witnessed-notes',
  'time-tokens',
  'attached-files',
  'separate-files',
  'what-pictures-show',
  'later-revocations',
] as const;
export type CheckName = (typeof CHECK_NAMES)[number];

/** Plain data for `verify --format json`: no bytes, no private values, no clock; the same inputs give the same report. */
export interface VerifyReport {
  readonly schemaVersion: typeof VERIFY_REPORT_VERSION;
  readonly verifier: { readonly name: 'goodorder'; readonly version: string };
  readonly verdict: Verdict;
  readonly passport: { readonly sha256: string; readonly bytes: number; readonly item: string };
  /** The instant of verification, seconds UTC: an input. */
  readonly at: number;
  readonly trust: {
    readonly name: string;
    readonly sha256: string;
    readonly sequence: number;
    readonly nextUpdate: number;
  } | null;
  readonly answers: Readonly<
    Record<Axis, { readonly answer: AnswerWord; readonly because: readonly number[] }>
  >;
  readonly elements: ElementCounts;
  readonly records: readonly ReportedRecord[];
  readonly checks: readonly ReportedCheck[];
  readonly findings: readonly ReportedFinding[];
  /** How often each code was found; of a code that is found very often `findings` holds the first ones only. */
  readonly counts: Readonly<Record<string, number>>;
  /** How many elements a merge would leave out. */
  readonly wouldLeaveOut: number;
}

/**
 * The report of a verified passport as plain data for JSON. `version` is the verifier's own: a reader must be able to tell
 * an old verifier's answer from a new one's.
 */
export function makeVerifyReport(
  passport: VerifiedPassport,
  verifier: { readonly version: string },
): VerifyReport {
  const positions = new Map<Diagnostic, number>();
  for (const [position, finding] of passport.diagnostics.entries()) positions.set(finding, position);
  const positionsOf = (findings: readonly Diagnostic[]): number[] =>
    findings.flatMap((finding) => positions.get(finding) ?? []);
  const lowering = new Set(AXES.flatMap((axis) => passport.axes[axis].lowering));
  const answers = AXES.map((axis): [Axis, VerifyReport['answers'][Axis]] => {
    const { verdict, lowering: because } = passport.axes[axis];
    return [axis, { answer: verdict, because: positionsOf(because) }];
  });
  const { trust } = passport;
  return {
    schemaVersion: VERIFY_REPORT_VERSION,
    verifier: { name: 'goodorder', version: verifier.version },
    verdict: passport.verdict,
    passport: { sha256: passport.digest, bytes: passport.byteLength, item: passport.item },
    at: passport.at,
    trust: trust && {
      name: trust.name,
      sha256: trust.digest,
      sequence: trust.sequence,
      nextUpdate: trust.nextUpdate,
    },
    answers: Object.fromEntries(answers) as VerifyReport['answers'],
    elements: passport.elements,
    records: passport.records.map((record) => reportRecord(record, positionsOf(record.diagnostics))),
    checks: checksOf(passport),
    findings: passport.diagnostics.map((finding) => reportFinding(finding, lowering.has(finding))),
    counts: passport.counts,
    wouldLeaveOut: passport.wouldLeaveOut,
  };
}

function reportRecord(record: VerifiedRecord, findings: readonly number[]): ReportedRecord {
  const { lower, upper, lowerFrom, upperFrom } = record.time;
  return {
    number: record.number,
    id: record.id,
    offset: record.offset,
    length: record.length,
    state: record.state,
    standing: record.standing,
    claimed: {
      type: record.type,
      revision: record.revision,
      iss: record.iss,
      sub: record.sub,
      iat: record.iat,
      seq: record.seq,
    },
    verified: {
      kid: record.kid,
      statementHash: record.statementHash,
      party: record.binding === 'none' ? null : record.iss,
      binding: record.binding,
      roles: record.roles,
      rolePermitted: record.rolePermitted,
      accreditation: record.accreditation,
      time: { lower, upper, lowerFrom, upperFrom, widthS: lower === null ? null : upper - lower },
      pins: record.pins,
      pinnedBy: record.pinnedBy,
      answers: record.answers,
    },
    findings,
  };
}

function reportFinding(finding: Diagnostic, lowers: boolean): ReportedFinding {
  const { code, axis, severity, record, member, index, offset, path, detail } = finding;
  return {
    code,
    axis,
    severity,
    lowers,
    ...(record === undefined ? {} : { record }),
    ...(member === undefined ? {} : { member }),
    ...(index === undefined ? {} : { index }),
    ...(offset === undefined ? {} : { offset }),
    ...(path === undefined ? {} : { path }),
    ...(detail === undefined ? {} : { detail }),
  };
}

function checksOf({ elements, item, trust }: VerifiedPassport): ReportedCheck[] {
  // Nothing of a file that cannot be read has been looked at but its outside.
  if (item === '') {
    return CHECK_NAMES.map(
      (check): ReportedCheck =>
        check === 'container'
          ? { check, performed: true }
          : { check, performed: false, reason: 'not-readable' },
    );
  }
  const withTrust = (check: CheckName, count: number): ReportedCheck =>
    trust === null ? { check, performed: false, reason: 'no-trust-file' } : present(check, count);
  return [
    { check: 'container', performed: true },
    { check: 'closed-world', performed: true },
    { check: 'signatures', performed: true, count: elements.records + elements.credentials },
    { check: 'payloads', performed: true, count: elements.records },
    present('private-fields', elements.openings),
    { check: 'links', performed: true, count: elements.records },
    { check: 'chains', performed: true },
    { check: 'manifests', performed: true },
    withTrust('credentials', elements.credentials),
    withTrust('revocations', elements.records),
    present('receipts', elements.receipts),
    withTrust('witnessed-notes', elements.notes),
    {
      check: 'time-tokens',
      performed: false,
      reason: elements.tokens === 0 ? 'none-present' : 'not-supported',
    },
    present('attached-files', elements.attachments),
    { check: 'separate-files', performed: false, reason: 'not-given' },
    { check: 'what-pictures-show', performed: false, reason: 'never' },
    {
      check: 'later-revocations',
      performed: false,
      reason: trust === null ? 'no-trust-file' : 'after-trust-file',
    },
  ];
}

function present(check: CheckName, count: number): ReportedCheck {
  return count === 0
    ? { check, performed: false, reason: 'none-present' }
    : { check, performed: true, count };
}
