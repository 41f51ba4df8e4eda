import type { Said } from '../rules/rule.js';
import type { VerifiedPassport } from '../verify/verified-passport.js';
import type { EdgeDecision } from './decisions.js';
import type { NOTICE } from './finding-form.js';
import type { Hypothesis } from './hypothesis-form.js';
import type { PreflightKind } from './preflight-case.js';
import type { Assumption } from './preflight-plan.js';

/** Who would be out of pocket in the end, and whether a person would have to say so. */
export interface Bearers {
  readonly parties: readonly string[];
  /** True where somebody's liability on the way there cannot be computed. */
  readonly refer: boolean;
}

/** Something to record now or on the way, and who would then bear the loss. */
export interface Advice {
  readonly adds: readonly Omit<Hypothesis, 'facts'>[];
  readonly would: Bearers;
}

/** One question: who would bear it, of these regions, and what would change that. */
export interface PreflightAnswer {
  readonly regions: readonly string[];
  readonly bearers: Bearers;
  /** Relations on the way to whoever bears it, and the one that failed, with the reason in one line. */
  readonly because: readonly {
    readonly creditor: string;
    readonly debtor: string;
    readonly status: EdgeDecision['status'];
    readonly basis: EdgeDecision['basis'];
    readonly rules: readonly string[];
    readonly reason: Said;
  }[];
  readonly advice: readonly Advice[];
  /** False when not everything was tried. */
  readonly complete: boolean;
}

/** One kind of dispute that may come. */
export interface PreflightDispute {
  readonly kind: PreflightKind;
  readonly loser: string;
  readonly answers: readonly PreflightAnswer[];
}

/** Why a kind is not asked about. */
export type NotAsked =
  | 'no-temperature-limits'
  | 'no-lower-limit'
  | 'no-humidity-limit'
  | 'already-delivered'
  | 'already-returned';

/** What to expect before goods are sent. Plain JSON; a computed assessment over cases that have not happened. */
export interface Preflight {
  readonly schemaVersion: 1;
  readonly notice: typeof NOTICE;
  readonly hypothetical: true;
  readonly item: string;
  /** Seconds UTC. */
  readonly at: number;
  readonly passports: readonly { readonly digest: string; readonly verdict: VerifiedPassport['verdict'] }[];
  readonly packDigests: readonly { readonly id: string; readonly digest: string }[];
  readonly parties: readonly {
    readonly id: string;
    readonly name: string;
    readonly roles: readonly string[];
    readonly consumer: boolean;
  }[];
  readonly assumed: readonly Assumption[];
  readonly disputes: readonly PreflightDispute[];
  /** Kinds about which nothing can be asked, and why. */
  readonly leftOut: readonly {
    readonly kind: PreflightKind;
    readonly why: NotAsked;
  }[];
  /** How many cases were computed. */
  readonly computed: number;
  readonly complete: boolean;
  /** SHA-256 of "goodorder/preflight/1", a zero byte and the canonical JSON of all the rest. */
  readonly digest: string;
}
