import type { CheckCode } from '../codes.js';
import { ALG_ED25519, ALG_ESP256, type CoseKey } from '../crypto/cose-key.js';
import { toBeSigned } from '../crypto/cose-sign1.js';
import { ed25519Verifier, signatureFault } from '../crypto/ed25519.js';
import { esp256SignatureFault, esp256Verifier } from '../crypto/esp256.js';
import { nativeCrypto } from '../crypto/native.js';
import type { SignatureVerifier } from '../crypto/signature-verifier.js';
import { type Diagnostic, diagnostic } from '../diagnostic.js';
import type { Place } from '../errors.js';
import { DiagnosticList } from './diagnostic-list.js';
import { type PassportElement, placeOf } from './element.js';
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

/** How signatures are verified; no answer depends on it. */
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

  /** Is it known to verify? `hash`: SHA-256 of the record or credential, hex. */
  has(hash: string): boolean {
    return this.#hashes.has(hash);
  }

  /** Remembers one that verified; past 262,144 the oldest is forgotten. */
  addVerified(hash: string): void {
    if (this.#hashes.size >= KEPT_SIGNATURES) {
      for (const oldest of this.#hashes) {
        this.#hashes.delete(oldest);
        break;
      }
    }
    this.#hashes.add(hash);
  }

  /** How many it knows. */
  get size(): number {
    return this.#hashes.size;
  }
}

/** More of them at once would hold memory and hasten nothing. */
const MAX_EARLY = 2_048;

/**
 * Lets the thread pool verify signatures while this thread still reads the file (`ParseOptions.onRecord`). It decides
 * nothing: `SignatureWork` asks for the verdict only where it would have asked for the same equation itself.
 */
export class EarlySignatures {
  readonly #cache: SignatureCache | undefined;
  readonly #verifiers = new Verifiers();
  readonly #slots = new Map<string, number>();
  readonly #holds: boolean[] = [];
  #open = 0;
  #failure: Error | null = null;
  #whenSettled: (() => void) | null = null;

  constructor(cache?: SignatureCache) {
    this.#cache = cache;
  }

  begin({ id, alg, signature, bytes }: RecordHead, key: CoseKey | undefined): void {
    if (key === undefined || key.kty === 'unknown' || this.#holds.length >= MAX_EARLY) return;
    if (signatureFaultUnder(key, alg, signature) !== null || this.#cache?.has(id) === true) return;
    const slot = this.#holds.push(false) - 1;
    this.#slots.set(id, slot);
    this.#open += 1;
    this.#verifiers.of(key).begin(signature, toBeSigned(bytes), (error, holds) => {
      this.#holds[slot] = holds;
      this.#failure ??= error;
      this.#open -= 1;
      if (this.#open === 0) this.#whenSettled?.();
    });
  }

  /** Is the record with that id, under its kid's key, among those that were begun? */
  hasBegun(id: string): boolean {
    return this.#slots.has(id);
  }

  /** Its verdict, once all are settled. */
  holds(id: string): boolean {
    return this.#holds[this.#slots.get(id) ?? -1] === true;
  }

  /** Settled when all that were begun are; rejects where the machine failed. */
  settled(): Promise<void> {
    return new Promise((resolve, reject) => {
      const settle = (): void => (this.#failure === null ? resolve() : reject(this.#failure));
      if (this.#open === 0) settle();
      else this.#whenSettled = settle;
    });
  }
}

/** The keys of one passport, each opened once. */
class Verifiers {
  readonly #byKid = new Map<string, SignatureVerifier>();

  of(key: KnownKey): SignatureVerifier {
    let verifier = this.#byKid.get(key.kid);
    if (verifier === undefined) {
      verifier = key.kty === 'OKP' ? ed25519Verifier(key.x) : esp256Verifier(key.x, key.y);
      this.#byKid.set(key.kid, verifier);
    }
    return verifier;
  }
}

type KnownKey = Extract<CoseKey, { readonly kty: 'OKP' | 'EC2' }>;

/** One signature to verify: of a record under its kid's key, or of a credential under its issuer's. */
interface Claim {
  readonly kind: 'record' | 'credential';
  readonly element: PassportElement;
  readonly hash: string;
  readonly kid: string;
  /** Undefined where the passport does not hold it. */
  readonly key: CoseKey | undefined;
  readonly alg: number;
  readonly signed: Uint8Array;
  readonly signature: Uint8Array;
}

/** A claim whose key is known and whose signature passed the checks that need no arithmetic. */
type Job = Claim & { readonly key: KnownKey };

interface Fault {
  readonly claim: Claim;
  readonly code: CheckCode;
  readonly detail: Diagnostic['detail'];
}

/** How each kind of claim says that its key is not here, and that its equation does not hold. */
const CODES_OF = {
  record: { absent: 'key.absent', invalid: 'sig.invalid' },
  credential: { absent: 'credential.issuer-absent', invalid: 'credential.sig-invalid' },
} as const satisfies Record<Claim['kind'], { readonly absent: CheckCode; readonly invalid: CheckCode }>;

/**
 * The signatures of all records and credentials of a passport. What a signature's own bytes tell (length, S, R) comes
 * before the equation and has its own code; the equations are worked out on the thread pool where there is one.
 */
export class SignatureWork {
  readonly #options: SignatureOptions;
  readonly #jobs: Job[] = [];
  /** Known to hold without an equation, or not to be judged here. */
  readonly #settled: { readonly claim: Claim; readonly state: SignatureState }[] = [];
  readonly #faults: Fault[] = [];
  readonly #untold: Diagnostic[] = [];

  constructor(passport: Passport, options: SignatureOptions = {}) {
    this.#options = options;
    for (const { element, head, reading } of passport.records) {
      const { id, kid, alg, bytes, signature } = head;
      const key = passport.keys.get(kid)?.key;
      const claim: Claim = { kind: 'record', element, hash: id, kid, key, alg, signed: bytes, signature };
      // Its `record.unsupported` has been told when it was read.
      this.#take(claim, passport, reading === 'unsupported');
    }
    for (const { element, credential } of passport.credentials) {
      const { id, issuer, alg, bytes, signature } = credential;
      const key = passport.keys.get(issuer)?.key;
      const claimed = { hash: id, kid: issuer, key, alg, signed: bytes, signature };
      this.#take({ kind: 'credential', element, ...claimed }, passport, false);
    }
  }

  #take(claim: Claim, passport: Passport, told: boolean): void {
    const { key } = claim;
    if (key === undefined) {
      const code = passport.malformedKeys.has(claim.kid) ? 'key.malformed' : CODES_OF[claim.kind].absent;
      this.#faults.push({ claim, code, detail: detailOf(claim) });
    } else if (key.kty === 'unknown') {
      this.#settled.push({ claim, state: 'unchecked' });
      if (!told) this.#untold.push(diagnostic('record.unsupported', placeOfClaim(claim), detailOf(claim)));
    } else {
      const reason = signatureFaultUnder(key, claim.alg, claim.signature);
      if (reason !== null) {
        const code = codeOf(claim, reason);
        const detail = reason === code ? detailOf(claim) : { ...detailOf(claim), reason };
        this.#faults.push({ claim, code, detail });
      } else if (this.#options.cache?.has(claim.hash) === true) {
        this.#settled.push({ claim, state: 'verified' });
      } else this.#jobs.push(claim as Job);
    }
  }

  /** How many equations there are to work out. */
  get size(): number {
    return this.#jobs.length;
  }

  /** Other threads work out the equations, while this one may do something else. */
  get isBeside(): boolean {
    return this.#options.oneThread !== true && nativeCrypto() !== null;
  }

  /** Works out the equations: 1 for each that holds. */
  verdicts(): Promise<Uint8Array> {
    return verifyAll(this.#jobs, this.#options);
  }

  /** What follows if every equation holds. */
  ifAllHold(): SignatureResults {
    return this.#results(null);
  }

  /** What follows from these verdicts; signatures that verified are remembered. Asked once: the work is done then. */
  results(verdicts: Uint8Array): SignatureResults {
    const results = this.#results(verdicts);
    this.finish(verdicts);
    return results;
  }

  /** Remembers the signatures that verified, and ends the work. */
  finish(verdicts: Uint8Array): void {
    const { cache } = this.#options;
    if (cache !== undefined) {
      for (let index = 0; index < this.#jobs.length; index += 1) {
        if (verdicts[index] === 1) cache.addVerified(this.#jobs[index]!.hash);
      }
    }
    // Whoever still holds the work need not hold a hundred thousand claims with it.
    for (const list of [this.#jobs, this.#settled, this.#faults, this.#untold]) list.length = 0;
  }

  #results(verdicts: Uint8Array | null): SignatureResults {
    const states = {
      record: new Map<string, SignatureState>(),
      credential: new Map<string, SignatureState>(),
    };
    const diagnostics = new DiagnosticList();
    const failures = new Map<string, CheckCode>();
    const fail = ({ claim, code, detail }: Fault): void => {
      states[claim.kind].set(claim.hash, 'failed');
      failures.set(claim.hash, code);
      diagnostics.add(diagnostic(code, placeOfClaim(claim), detail));
    };
    diagnostics.addAll(this.#untold);
    for (const { claim, state } of this.#settled) states[claim.kind].set(claim.hash, state);
    for (const fault of this.#faults) fail(fault);
    // In the order of the file, whatever the order in which the threads were done.
    for (let index = 0; index < this.#jobs.length; index += 1) {
      const claim = this.#jobs[index]!;
      if (verdicts === null || verdicts[index] === 1) states[claim.kind].set(claim.hash, 'verified');
      else fail({ claim, code: CODES_OF[claim.kind].invalid, detail: detailOf(claim) });
    }
    return { records: states.record, credentials: states.credential, diagnostics, failures };
  }
}

/** Verifies the signatures of all records and credentials. */
export async function checkSignatures(
  passport: Passport,
  options: SignatureOptions = {},
): Promise<SignatureResults> {
  const work = new SignatureWork(passport, options);
  return work.results(await work.verdicts());
}

function placeOfClaim({ kind, hash, element }: Claim): Place {
  return kind === 'record' ? { record: hash, ...placeOf(element) } : placeOf(element);
}

/** What every finding about the claim names. */
function detailOf({ kind, hash, kid }: Claim): Readonly<Record<string, string>> {
  return kind === 'record' ? { key: kid } : { credential: hash, issuer: kid };
}

/** What is wrong before any arithmetic. A key's type fixes its one algorithm. */
function signatureFaultUnder(key: KnownKey, alg: number, signature: Uint8Array): CheckCode | null {
  if (alg !== (key.kty === 'OKP' ? ALG_ED25519 : ALG_ESP256)) return 'alg.key-mismatch';
  return key.kty === 'OKP' ? signatureFault(signature) : esp256SignatureFault(signature);
}

/** A credential has one code for a signature that cannot be good; a record has one for each reason. */
function codeOf({ kind }: Claim, fault: CheckCode): CheckCode {
  return fault.startsWith('sig.') && kind === 'credential' ? CODES_OF.credential.invalid : fault;
}

/** So many at once keep every thread of the pool busy; more would only hold memory. */
const IN_FLIGHT = 256;

/** 1 for each job whose equation holds. */
async function verifyAll(jobs: readonly Job[], { oneThread, early }: SignatureOptions): Promise<Uint8Array> {
  return oneThread === true ? verifyHere(jobs) : verifyBeside(jobs, early);
}

async function verifyHere(jobs: readonly Job[]): Promise<Uint8Array> {
  const verdicts = new Uint8Array(jobs.length);
  const verifiers = new Verifiers();
  for (let index = 0; index < jobs.length; index += 1) {
    const { key, signature, signed } = jobs[index]!;
    const holds = verifiers.of(key).holds(signature, toBeSigned(signed));
    // Nobody waits for what is there: a thousand waits take as long as three signatures.
    verdicts[index] = (typeof holds === 'boolean' ? holds : await holds) ? 1 : 0;
  }
  return verdicts;
}

async function verifyBeside(jobs: readonly Job[], early: EarlySignatures | undefined): Promise<Uint8Array> {
  const verdicts = new Uint8Array(jobs.length);
  const hasBegun = ({ kind, hash }: Claim): boolean => kind === 'record' && early?.hasBegun(hash) === true;
  const late: number[] = [];
  for (let index = 0; index < jobs.length; index += 1) if (!hasBegun(jobs[index]!)) late.push(index);
  await Promise.all([early?.settled(), verifyLate(jobs, late, verdicts)]);
  for (let index = 0; index < jobs.length; index += 1) {
    const claim = jobs[index]!;
    if (hasBegun(claim) && early!.holds(claim.hash)) verdicts[index] = 1;
  }
  return verdicts;
}

/** The jobs at these indexes, so many at a time. */
function verifyLate(jobs: readonly Job[], late: readonly number[], verdicts: Uint8Array): Promise<void> {
  const verifiers = new Verifiers();
  return new Promise((resolve, reject) => {
    let open = late.length;
    if (open === 0) resolve();
    let next = 0;
    const beginNext = (): void => {
      const index = late[next++];
      if (index === undefined) return;
      const { key, signature, signed } = jobs[index]!;
      verifiers.of(key).begin(signature, toBeSigned(signed), (error, holds) => {
        if (error !== null) return reject(error);
        verdicts[index] = holds ? 1 : 0;
        open -= 1;
        if (open === 0) resolve();
        else beginNext();
      });
    };
    for (let lane = Math.min(IN_FLIGHT, late.length); lane > 0; lane -= 1) beginNext();
  });
}
