import type { Axis } from '../codes.js';
import type { Diagnostic } from '../diagnostic.js';

declare const verifiedBrand: unique symbol;

/** TOTAL-PASSED, INDETERMINATE and TOTAL-FAILED of ETSI TS 119 102-1. */
export type Verdict = 'TOTAL-PASSED' | 'INDETERMINATE' | 'TOTAL-FAILED';

/** What stands of one record: `invalid` yields nothing; `trusted` has a path to the verifier's trust file. */
export type RecordState = 'invalid' | 'unchecked' | 'valid' | 'trusted';

/** Seconds UTC; `lower` null is −∞ (nothing proves an earliest time). */
export interface ProvenInterval {
  readonly lower: number | null;
  readonly upper: number;
  /** What gave each bound: `note:<hash>`, `record:<id>`, `at`, or `none`. */
  readonly lowerFrom: string;
  readonly upperFrom: string;
}

/** How a record may be used as evidence. `adverse-only`: against its signer, never for it (misconduct never helps its author). */
export type Standing = 'full' | 'adverse-only' | 'none';

/** passed, limited (something is unknown or missing) or failed. */
export type AnswerWord = 'passed' | 'limited' | 'failed';

/** One record of a verified passport, with everything that verification found out about it alone. Ids and hashes are hex. */
export interface VerifiedRecord {
  readonly id: string;
  readonly statementHash: string;
  readonly type: string;
  readonly kid: string;
  readonly iss: string;
  readonly sub: string;
  /** The signer's claim, seconds UTC. */
  readonly iat: number;
  readonly seq: number;
  /** Byte offset and length in the passport file. */
  readonly offset: number;
  readonly length: number;
  /** Display number, from 1, in the file's display order. */
  readonly number: number;
  readonly state: RecordState;
  /** path: a trusted credential binds iss to kid; self: iss is its own key URI; none: neither. */
  readonly binding: 'path' | 'self' | 'none';
  /** Roles its good trusted paths give it, sorted; empty without one. */
  readonly roles: readonly string[];
  /** From its best trusted path, when it states one. */
  readonly accreditation: {
    readonly body: string;
    readonly number: string;
    readonly scope: string;
    readonly until: number;
  } | null;
  /** False when the type is not open to the signer's roles: it counts as a statement (`role.not-permitted`). */
  readonly rolePermitted: boolean;
  readonly standing: Standing;
  /** It is `adverse-only` for no other reason than a gap before it: another file may hold what this one lacks. */
  readonly gapOnly?: true;
  readonly time: ProvenInterval;
  /** Ids of present records this one pins (prev, lane, seen, acknowledged, listed). */
  readonly pins: readonly string[];
  /** Is it pinned from outside: by a trusted log's receipt, a trusted token, or a record of another party with a trusted path. */
  readonly pinnedBy: readonly ('log' | 'token' | 'record')[];
  /** Payload with opened private values in place; an unopened one is `HIDDEN` (record/private-fields). */
  readonly payload: Readonly<Record<string, unknown>>;
  readonly revision: number;
  /** The five answers from this record's own findings, whoever signed it. */
  readonly answers: Readonly<Record<Axis, AnswerWord>>;
  /** Kept findings about this record. */
  readonly diagnostics: readonly Diagnostic[];
}

/** The answer to one of the five questions, for the whole file. */
export interface AxisAnswer {
  readonly axis: Axis;
  readonly verdict: AnswerWord;
  /** Kept findings of this axis, about anything in the file. */
  readonly diagnostics: readonly Diagnostic[];
  /** Those of them that lower the answer; the others are about records whose signers nobody vouches for, or only warn. */
  readonly lowering: readonly Diagnostic[];
}

/** How many elements the file holds, by member. */
export interface ElementCounts {
  readonly records: number;
  readonly keys: number;
  readonly credentials: number;
  readonly openings: number;
  readonly notes: number;
  readonly tokens: number;
  readonly receipts: number;
  readonly attachments: number;
}

/**
 * A passport that `verifyPassport` has checked against one trust file at one time. It may still be TOTAL-FAILED: what
 * is branded is that the checks ran and that every record carries its standing. Only `verify/` makes one.
 */
export interface VerifiedPassport {
  readonly [verifiedBrand]: true;
  /** The item (member 0), a canonical subject URI. */
  readonly item: string;
  /** SHA-256 of the file's bytes. */
  readonly digest: string;
  readonly byteLength: number;
  /** The instant of verification, seconds UTC, an input. */
  readonly at: number;
  readonly trust: {
    readonly name: string;
    readonly digest: string;
    readonly sequence: number;
    readonly nextUpdate: number;
  } | null;
  readonly verdict: Verdict;
  readonly axes: Readonly<Record<Axis, AxisAnswer>>;
  /** In display order: repeatedly the smallest id whose present pins are all taken. Records that cannot be read are not here. */
  readonly records: readonly VerifiedRecord[];
  /** Of every element, in the order of the checks; of a code that is found very often the first ones only. */
  readonly diagnostics: readonly Diagnostic[];
  /** How often each code was found, uncapped. */
  readonly counts: Readonly<Record<string, number>>;
  readonly elements: ElementCounts;
  /** How many elements a merge would leave out. */
  readonly wouldLeaveOut: number;
  /** Present attachments by SHA-256. */
  readonly attachments: ReadonlyMap<string, Uint8Array>;
  /** Is `earlier` an ancestor of `later` by pins? */
  precedes(earlier: string, later: string): boolean;
}
