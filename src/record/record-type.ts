import type * as z from 'zod/mini';
import type { CheckCode } from '../codes.js';
import type { Diagnostic } from '../diagnostic.js';
import type { Instant, PrivateDigest } from './field-schemas.js';
import type { Role } from './vocabulary.js';

/** Payload fields of any type, without key 0 (the revision). */
export type Fields = Readonly<Record<string, unknown>>;

/** A place that holds a field digest instead of the value. `path` is a pattern: `a.b[].c`. */
export interface PrivatePlace {
  readonly path: string;
  /** What the clear value must be. */
  readonly clear: () => z.core.$ZodType;
}

/** A reference that must stand in `seen` or be an earlier record of the own chain. */
export interface Reference {
  /** Where in the payload, as in `occasion.of`. */
  readonly path: string;
  readonly id: string;
}

/** What a type's validity rules may look at besides the payload. */
export interface RuleContext {
  readonly sub: string;
  readonly iss: string;
  readonly kid: string;
}

export interface RuleFault {
  readonly code: CheckCode;
  readonly path: string;
  readonly detail?: Diagnostic['detail'];
}

/** When what the record tells of happened, by its signer's word. */
export interface Period {
  readonly from: Instant;
  readonly to: Instant;
}

/**
 * One kind of signed statement. The schema is the source of truth for the fields; the rest is what verification and
 * facts need to know about them without knowing the type.
 */
export interface RecordType<P extends object = Fields> {
  readonly name: string;
  /** Newest revision this reader knows. */
  readonly revision: number;
  /** Payload without key 0. */
  schema(): z.core.$ZodType<P>;
  readonly privatePlaces: readonly PrivatePlace[];
  /** Does it tell of an item's condition or of what happened to it (records.md, "Common to every observing record")? */
  readonly observing: boolean;
  /** Roles that may sign it; any bound party where the list is `any`. */
  readonly roles: readonly Role[] | 'any';
  /** May a natural person sign it under the own key alone? */
  readonly selfBound: boolean;
  /** Parties one of whom must be the signer; null where anybody may sign. */
  signers(payload: P): readonly string[] | null;
  /** Validity rules across fields; called only when the schema holds. */
  faults(payload: P, context: RuleContext): readonly RuleFault[];
  /** format.md: countersign `of`, `occasion.of`, `against`, `authorisation`, `lastSensorRecord`; nothing else. */
  references(payload: P): readonly Reference[];
  /** Parties whose countersign binds, given who signed the record. */
  counterparties(payload: P, iss: string): readonly string[];
  /** SHA-256 (hex) of files that this record names and that may travel as attachments. */
  files(payload: P): readonly string[];
  /** When it happened; null for types that tell of no time. */
  period(payload: P): Period | null;
}

/** Stands at a private place whose opening is not at hand: unknown, never false. */
export interface Hidden {
  readonly hidden: true;
}

/** A payload after openings: clear values where they are known, `Hidden` where they are not. */
export type Opened<P> =
  P extends PrivateDigest<infer T>
    ? unknown extends T
      ? P
      : T | Hidden
    : P extends Uint8Array
      ? P
      : P extends object
        ? { readonly [K in keyof P]: Opened<P[K]> }
        : P;

/** A payload as its author writes it: clear values at private places, or a digest made before. */
export type Draft<P> =
  P extends PrivateDigest<infer T>
    ? unknown extends T
      ? P
      : T | Uint8Array
    : P extends Uint8Array
      ? P
      : P extends object
        ? { readonly [K in keyof P]: Draft<P[K]> }
        : P;
