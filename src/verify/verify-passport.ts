import type { TrustFile } from '../credential/trust-file.js';
import { sha256Hex } from '../crypto/hash.js';
import { type Diagnostic, diagnostic } from '../diagnostic.js';
import { needsMlDsa } from '../log/log-policy.js';
import type { TreeCosignatureVerifier } from '../log/subtree-cosignature.js';
import { type AssessedPassport, assessWith } from '../passport/assess.js';
import { type OnRecord, type Passport, parsePassport } from '../passport/passport.js';
import {
  EarlySignatures,
  type SignatureCache,
  type SignatureResults,
  SignatureWork,
} from '../passport/signatures.js';
import { checkTrustFile } from './checks/trust-file.js';
import { type ExamineOptions, examine } from './examine.js';
import { Findings } from './findings.js';
import { seal } from './sealed.js';
import { AXES, verdictOf } from './state.js';
import type { ElementCounts, VerifiedPassport } from './verified-passport.js';

/** Everything that verification depends on besides the bytes: whom to believe, as of when, and limits. */
export interface VerifyOptions {
  /** Whom the verifier believes; null believes nobody. There is no built-in trust file. */
  readonly trust: TrustFile | null;
  /** The instant of verification, seconds UTC: the core has no clock. */
  readonly at: number;
  /** An older trust file than this is refused (`trust.sequence-too-old`). */
  readonly trustMinSequence?: number;
  /** Longest file accepted, in bytes; default 64 MiB. */
  readonly limit?: number;
  /** The bytes are nobody else's and nobody will change them: they are not copied. */
  readonly owned?: boolean;
  /** Signatures known to verify, shared between calls. */
  readonly cache?: SignatureCache;
  /** Verify signatures on this thread alone. */
  readonly oneThread?: boolean;
}

/**
 * Checks a passport by all five questions and collects everything found. Hostile bytes never make it throw: a file that
 * cannot be read is TOTAL-FAILED with no records, and a bug in here is the finding `internal`, never a pass.
 *
 * @throws TypeError for bytes that are no Uint8Array, RangeError for an `at` that is no whole second from 1970 to 9999
 */
export async function verifyPassport(bytes: Uint8Array, options: VerifyOptions): Promise<VerifiedPassport> {
  if (!(bytes instanceof Uint8Array)) throw new TypeError('a passport file is a Uint8Array');
  const { at, trust } = options;
  if (!Number.isSafeInteger(at) || at < 0 || at > LAST_INSTANT) {
    throw new RangeError(`\`at\` is whole seconds from 0 to ${LAST_INSTANT}, got ${at}`);
  }
  if (trust === undefined) throw new TypeError('a trust file, or null for none');
  // Of the bytes as they are now: whoever holds them may change them while signatures are verified elsewhere.
  let file: FileFacts | null = null;
  let held = bytes;
  const fileNow = (): FileFacts => ({ digest: sha256Hex(held), byteLength: held.length });
  try {
    let known: ExamineOptions = options;
    if (trust !== null && needsMlDsa(trust.logs)) {
      held = bytes.slice();
      known = { ...options, verifyTree: await loadTreeVerifier() };
    }
    const early = new EarlySignatures(options.cache);
    const onRecord: OnRecord = (head, key) => early.begin(head, key);
    const parsed = parsePassport(held, options.oneThread === true ? options : { ...options, onRecord });
    if (!parsed.ok) return unreadable(fileNow(), options, parsed.fault);
    const { digest, byteLength } = parsed.passport;
    file = { digest: digest!, byteLength };
    const work = new SignatureWork(parsed.passport, { ...options, early });
    const examined = await examineBeside(work, (signatures) => {
      const assessed = assessWith(parsed.passport, signatures);
      return { ...elementFacts(assessed), ...examine(assessed, known) };
    });
    return seal({ ...file, ...inputFacts(options), ...examined });
  } catch (error) {
    const message = error instanceof Error ? `${error.name}: ${error.message}` : 'no error object';
    return unreadable(
      file ?? fileNow(),
      options,
      diagnostic('internal', {}, { message: message.slice(0, 200) }),
    );
  }
}

/** Loaded for who needs it: most trust files name no such witness, and it would be a tenth of what a page loads. */
async function loadTreeVerifier(): Promise<TreeCosignatureVerifier> {
  const { treeCosignatureVerifier } = await import('../log/subtree-cosignature.js');
  return treeCosignatureVerifier();
}

/**
 * The rest of the work while the thread pool verifies signatures, on the expectation that all of them hold; done again
 * where one does not. What follows from given verdicts is a pure function of them, so nothing of the first attempt is
 * left, and no verdict is ever given before all are there.
 */
async function examineBeside<T>(
  work: SignatureWork,
  follow: (signatures: SignatureResults) => T,
): Promise<T> {
  const verifying = work.verdicts();
  if (!work.isBeside || work.size > MAX_EXPECTED) return follow(work.results(await verifying));
  // Handled where it is awaited; the attempt in between may itself fail.
  verifying.catch(() => {});
  const expected = follow(work.ifAllHold());
  const verdicts = await verifying;
  if (!verdicts.every((verdict) => verdict === 1)) return follow(work.results(verdicts));
  work.finish(verdicts);
  return expected;
}

/** With more signatures than this, memory is dearer than the time of one thread. */
const MAX_EXPECTED = 16_384;

/** The last second of year 9999, the end of every time this format states. */
const LAST_INSTANT = 253_402_300_799;

type FileFacts = Pick<VerifiedPassport, 'digest' | 'byteLength'>;

function inputFacts({ at, trust }: VerifyOptions): Pick<VerifiedPassport, 'at' | 'trust'> {
  return {
    at,
    trust: trust && {
      name: trust.name,
      digest: trust.digest,
      sequence: trust.sequence,
      nextUpdate: trust.nextUpdate,
    },
  };
}

function elementFacts({
  passport,
  leftOut,
}: AssessedPassport): Pick<VerifiedPassport, 'item' | 'elements' | 'wouldLeaveOut' | 'attachments'> {
  return {
    item: passport.item,
    elements: countElements(passport),
    wouldLeaveOut: leftOut.length,
    attachments: new Map(passport.attachments.map(({ hash, element }) => [hash, element.bytes])),
  };
}

const NO_ELEMENTS: ElementCounts = {
  records: 0,
  keys: 0,
  credentials: 0,
  openings: 0,
  notes: 0,
  tokens: 0,
  receipts: 0,
  attachments: 0,
};
const MEMBER_NAMES = [
  'records',
  'keys',
  'credentials',
  'openings',
  'notes',
  'tokens',
  'receipts',
  'attachments',
] as const;

function countElements(passport: Passport): ElementCounts {
  const counts = {
    records: passport.records.length,
    keys: passport.keys.size,
    credentials: passport.credentials.length,
    openings: passport.openings.length,
    notes: passport.notes.length,
    tokens: passport.tokens.length,
    receipts: passport.receipts.length,
    attachments: passport.attachments.length,
  };
  for (const { element } of passport.unreadable) counts[MEMBER_NAMES[element.member - 1]!] += 1;
  return counts;
}

/** Nothing is known of the file but that one thing is wrong with it. */
function unreadable(file: FileFacts, options: VerifyOptions, fault: Diagnostic): VerifiedPassport {
  const findings = new Findings(() => true);
  findings.add(fault);
  findings.addAll(checkTrustFile(options.trust, options.at, options.trustMinSequence));
  const axes = findings.answers();
  return seal({
    ...file,
    ...inputFacts(options),
    item: '',
    elements: NO_ELEMENTS,
    wouldLeaveOut: 0,
    attachments: new Map(),
    verdict: verdictOf(
      AXES.map((axis) => axes[axis].verdict),
      false,
    ),
    axes,
    records: [],
    diagnostics: findings.all(),
    counts: findings.counts(),
    precedes: () => false,
  });
}
