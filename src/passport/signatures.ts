import type { CheckCode } from '../codes.js';
import { ALG_ED25519, ALG_ESP256, type CoseKey } from '../crypto/cose-key.js';
import { signatureFault, verifyEd25519, verifyEd25519Sync } from '../crypto/ed25519.js';
import { esp256SignatureFault, verifyEsp256 } from '../crypto/esp256.js';
import { diagnostic } from '../diagnostic.js';
import type { Place } from '../errors.js';
import { DiagnosticList } from './diagnostic-list.js';
import { placeOf } from './element.js';
import type { Passport, RecordHead } from './passport.js';

/** `unchecked`: the key is of a type this reader does not know, so nobody here can say. */
export type SignatureState = 'verified' | 'unchecked' | 'failed';

export interface SignatureResults {
  /** By record id. */
  readonly records: ReadonlyMap<string, SignatureState>;
  /** By SHA-256 of the credential. */
  readonly credentials: ReadonlyMap<string, SignatureState>;
  /** Why the others are not verified; one each. */
  readonly diagnostics: DiagnosticList;
  /** Code of the finding, by record id or SHA-256 of the credential. */
  readonly failures: ReadonlyMap<string, CheckCode>;
}

export interface SignatureOptions {
  /** Signatures known to verify; filled with those that do. */
  readonly cache?: SignatureCache;
  /** Verify on this thread alone, for machines and measurements without a thread pool. */
  readonly oneThread?: boolean;
  /** Signatures whose verification began while the file was being read. */
  readonly early?: EarlySignatures;
}

const KEPT_SIGNATURES = 262_144;

/**
 * Remembers signatures that verified. The key is SHA-256 over all bytes, signature included, and it is written on
 * success only: a bad copy of a record can neither poison the entry of the good one nor be taken for it. The bytes
 * hold the kid, and the kid is the key's own hash, so no key has to stand beside it.
 */
export class SignatureCache {
  readonly #hashes = new Set<string>();

  has(hash: string): boolean {
    return this.#hashes.has(hash);
  }

  addVerified(hash: string): void {
    if (this.#hashes.size >= KEPT_SIGNATURES) {
      for (const oldest of this.#hashes) {
        this.#hashes.delete(oldest);
        break;
      }
    }
    this.#hashes.add(hash);
  }

  get size(): number {
    return this.#hashes.size;
  }
}

/** More of them at once would hold memory and hasten nothing. */
const MAX_EARLY = 2_048;

/**
 * Lets the thread pool verify signatures while this thread still reads the file (`ParseOptions.onRecord`). It decides
 * nothing: `checkSignatures` asks for the verdict only where it would have asked for the same equation itself.
 */
export class EarlySignatures {
  readonly #cache: SignatureCache | undefined;
  readonly #verdicts = new Map<string, Promise<boolean>>();

  constructor(cache?: SignatureCache) {
    this.#cache = cache;
  }

  begin({ id, alg, signature, toBeSigned }: RecordHead, key: CoseKey | undefined): void {
    if (key === undefined || key.kty === 'unknown' || this.#verdicts.size >= MAX_EARLY) return;
    if (signatureFaultUnder(key, alg, signature) !== null || this.#cache?.has(id) === true) return;
    const verdict = holds(key, signature, toBeSigned);
    // Whoever asks for it gets a failure of the machine; if nobody asks, it is nobody's affair.
    verdict.catch(() => {});
    this.#verdicts.set(id, verdict);
  }

  /** The verdict on the record with that id under its kid's key, if it is on its way. */
  verdictOf(id: string): Promise<boolean> | undefined {
    return this.#verdicts.get(id);
  }
}

/** One signature to verify: of a record under its kid's key, or of a credential under its issuer's. */
interface Claim {
  readonly hash: string;
  readonly kid: string;
  readonly alg: number;
  readonly message: Uint8Array;
  readonly signature: Uint8Array;
  readonly place: Place;
  readonly codes: { readonly absent: CheckCode; readonly invalid: CheckCode };
  /** What every finding about it names. */
  readonly detail: Readonly<Record<string, string>>;
  /** Its `record.unsupported` has been told when it was read. */
  readonly told: boolean;
  readonly isRecord: boolean;
  readonly states: Map<string, SignatureState>;
}

/** A claim whose key is known and whose signature passed the checks that need no arithmetic. */
interface Job {
  readonly claim: Claim;
  readonly key: Extract<CoseKey, { readonly kty: 'OKP' | 'EC2' }>;
}

/**
 * Verifies the signatures of all records and credentials, on the thread pool where there is one. What a signature's
 * own bytes tell (length, S, R) comes before the equation and has its own code.
 */
export async function checkSignatures(
  passport: Passport,
  options: SignatureOptions = {},
): Promise<SignatureResults> {
  const records = new Map<string, SignatureState>();
  const credentials = new Map<string, SignatureState>();
  const diagnostics = new DiagnosticList();
  const failures = new Map<string, CheckCode>();
  const fail = (claim: Claim, code: CheckCode, reason?: CheckCode): void => {
    claim.states.set(claim.hash, 'failed');
    failures.set(claim.hash, code);
    const detail = reason === undefined || reason === code ? claim.detail : { ...claim.detail, reason };
    diagnostics.add(diagnostic(code, claim.place, detail));
  };
  const jobs: Job[] = [];
  for (const claim of claims(passport, records, credentials)) {
    const key = passport.keys.get(claim.kid)?.key;
    if (key === undefined) {
      fail(claim, passport.malformedKeys.has(claim.kid) ? 'key.malformed' : claim.codes.absent);
    } else if (key.kty === 'unknown') {
      claim.states.set(claim.hash, 'unchecked');
      if (!claim.told) diagnostics.add(diagnostic('record.unsupported', claim.place, claim.detail));
    } else {
      const fault = signatureFaultUnder(key, claim.alg, claim.signature);
      if (fault !== null) fail(claim, codeOf(claim, fault), fault);
      else if (options.cache?.has(claim.hash) === true) claim.states.set(claim.hash, 'verified');
      else jobs.push({ claim, key });
    }
  }
  const finish = ({ claim }: Job, verified: boolean): void => {
    if (!verified) fail(claim, claim.codes.invalid);
    else {
      claim.states.set(claim.hash, 'verified');
      options.cache?.addVerified(claim.hash);
    }
  };
  const verdicts = await verifyAll(jobs, options);
  // In the order of the file, whatever the order in which the threads were done.
  for (const [index, job] of jobs.entries()) finish(job, verdicts[index] === 1);
  return { records, credentials, diagnostics, failures };
}

function* claims(
  passport: Passport,
  records: Map<string, SignatureState>,
  credentials: Map<string, SignatureState>,
): Generator<Claim> {
  for (const { element, head, reading } of passport.records) {
    const { id, kid, alg, toBeSigned, signature } = head;
    yield {
      hash: id,
      kid,
      alg,
      message: toBeSigned,
      signature,
      place: { record: id, ...placeOf(element) },
      codes: { absent: 'key.absent', invalid: 'sig.invalid' },
      detail: { key: kid },
      told: reading === 'unsupported',
      isRecord: true,
      states: records,
    };
  }
  for (const { element, credential } of passport.credentials) {
    const { id, issuer, alg, toBeSigned, signature } = credential;
    yield {
      hash: id,
      kid: issuer,
      alg,
      message: toBeSigned,
      signature,
      place: placeOf(element),
      codes: { absent: 'credential.issuer-absent', invalid: 'credential.sig-invalid' },
      detail: { credential: id, issuer },
      told: false,
      isRecord: false,
      states: credentials,
    };
  }
}

/** What is wrong before any arithmetic. A key's type fixes its one algorithm. */
function signatureFaultUnder(key: Job['key'], alg: number, signature: Uint8Array): CheckCode | null {
  if (alg !== (key.kty === 'OKP' ? ALG_ED25519 : ALG_ESP256)) return 'alg.key-mismatch';
  return key.kty === 'OKP' ? signatureFault(signature) : esp256SignatureFault(signature);
}

function holds(key: Job['key'], signature: Uint8Array, message: Uint8Array): Promise<boolean> {
  return key.kty === 'OKP'
    ? verifyEd25519(signature, message, key.x)
    : verifyEsp256(signature, message, key.x, key.y);
}

/** A credential has one code for a signature that cannot be good; a record has one for each reason. */
function codeOf({ codes }: Claim, fault: CheckCode): CheckCode {
  return fault.startsWith('sig.') && codes.invalid === 'credential.sig-invalid' ? codes.invalid : fault;
}

/** So many at once keep every thread of the pool busy; more would only hold memory. */
const IN_FLIGHT = 256;

/** 1 for each job whose equation holds. */
async function verifyAll(jobs: readonly Job[], { oneThread, early }: SignatureOptions): Promise<Uint8Array> {
  const verdicts = new Uint8Array(jobs.length);
  const verify = async (index: number): Promise<void> => {
    const { claim, key } = jobs[index]!;
    const begun = claim.isRecord ? early?.verdictOf(claim.hash) : undefined;
    verdicts[index] = (await (begun ?? holds(key, claim.signature, claim.message))) ? 1 : 0;
  };
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < jobs.length) await verify(next++);
  };
  if (oneThread !== true) {
    await Promise.all(Array.from({ length: Math.min(IN_FLIGHT, jobs.length) }, lane));
    return verdicts;
  }
  for (const [index, { claim, key }] of jobs.entries()) {
    if (key.kty === 'EC2') await verify(index);
    else verdicts[index] = verifyEd25519Sync(claim.signature, claim.message, key.x) ? 1 : 0;
  }
  return verdicts;
}
