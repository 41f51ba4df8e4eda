/** Seconds UTC; null is unbounded on that side. */
export interface TimeSpan {
  readonly from: number | null;
  readonly to: number | null;
}

/** Aspect and region an inspection or remark covers; region absent = whole. */
export interface Scope {
  readonly aspect: string;
  readonly region?: string;
}

export type ProvenanceKind =
  | 'statement'
  | 'label'
  | 'own-record'
  | 'instrument'
  | 'accredited-full'
  | 'platform-log';

export interface CounterSignature {
  /** Record id of the countersign. */
  readonly record: string;
  readonly by: string;
  readonly stance: 'agree' | 'reserve' | 'refuse';
  readonly remark: string | null;
  readonly scope: readonly Scope[];
  readonly trusted: boolean;
}

/** Whose word a fact is, and what stands behind it. Neutrality is per edge and therefore not here. */
export interface Provenance {
  /** Record ids; the first states the fact. */
  readonly records: readonly string[];
  readonly signer: string;
  /** A trusted path binds the signer. */
  readonly trusted: boolean;
  readonly selfBound: boolean;
  readonly roles: readonly string[];
  readonly counterSigned: readonly CounterSignature[];
  readonly kind: ProvenanceKind;
  readonly madeAt: { readonly lower: number | null; readonly upper: number };
  /** End of what the record tells: occurredAt or `to`, seconds UTC, cut at madeAt.upper. */
  readonly end: number;
  readonly secured: {
    readonly oneShot: boolean;
    readonly itemSeen: boolean;
    readonly parcelSeen: boolean;
    readonly pinnedBy: 'log' | 'token' | 'record' | null;
  };
  /** When the instrument's calibration holds; null when none is stated; absent when it needs none. */
  readonly calibration?: TimeSpan | null;
  /** The observation lies after a cut in the recording. */
  readonly afterCut: boolean;
  readonly integrity: 'ok' | 'adverse-only';
  /** Record id of the passage this record's `occasion.of` names. */
  readonly occasion: string | null;
  /** Aspects the accredited test left out. */
  readonly notTested: readonly string[];
}

interface FactBase {
  /** `<record id>#<n>`, n counting the record's facts. */
  readonly id: string;
  readonly time: TimeSpan;
  readonly prov: Provenance;
}

export interface ConditionFact extends FactBase {
  readonly predicate: 'condition';
  readonly unit: string;
  readonly aspect: string;
  readonly region: string;
  readonly value: 'good' | 'bad';
  readonly damageKind: string | null;
  readonly extent: { readonly count: number; readonly of: number } | null;
}
export interface LabelledFact extends FactBase {
  readonly predicate: 'labelled';
  readonly verdict: string;
}
export interface HandedOverFact extends FactBase {
  readonly predicate: 'handed-over';
  readonly via: 'handover' | 'delivery' | 'return';
  readonly from: string;
  readonly to: string;
  readonly fromCapacity: string;
  readonly toCapacity: string;
  readonly mode: string | null;
  readonly remark: string;
  readonly scope: readonly Scope[];
}
export interface HoldsFact extends FactBase {
  readonly predicate: 'holds';
  readonly party: string;
  readonly purpose: string;
}
export interface RecordedFact extends FactBase {
  readonly predicate: 'recorded';
  readonly device: string;
  readonly quantity: string;
  readonly attachedTo: string;
  readonly mount: string;
  readonly location: string | null;
  readonly gaps: readonly { readonly from: number; readonly to: number }[];
  readonly endReason: string;
  /** Highest value the batch states, integer in the quantity's milli-unit (milli-g, milli-°C, permille). */
  readonly max: number;
  readonly min: number;
  readonly triggeredAboveMilliG: number | null;
}
export interface ExcursionFact extends FactBase {
  readonly predicate: 'excursion';
  readonly quantity: string;
  readonly axis: string;
  /** Milli-g or milli-°C or permille. */
  readonly peak: number;
  readonly durationUs: number;
  /** Velocity change, µm/s; null when not stated and not computable. */
  readonly deltaVUmPerS: number | null;
  readonly mount: string;
}
export interface SealedFact extends FactBase {
  readonly predicate: 'sealed';
  readonly sealId: string;
  readonly action: 'applied' | 'read' | 'broken';
  readonly state: string | null;
}
export interface NotifiedFact extends FactBase {
  readonly predicate: 'notified';
  readonly unit: string;
  readonly aspect: string;
  readonly region: string;
  readonly grounds: string;
  readonly to: string;
  readonly raisedAt: number;
  readonly written: boolean;
  readonly namesDamage: boolean;
}
export interface AgreedFact extends FactBase {
  readonly predicate: 'agreed';
  /** Field name of the agreement payload. */
  readonly term: string;
  readonly value: unknown;
  readonly parties: readonly string[];
  /** All parties signed or counter-signed agree. */
  readonly joint: boolean;
}
export interface UndertakenFact extends FactBase {
  readonly predicate: 'undertaken';
  readonly by: string;
  readonly what: string;
}
export interface ActsForFact extends FactBase {
  readonly predicate: 'acts-for';
  readonly agent: string;
  readonly principal: string;
  readonly legs: 'all' | readonly string[];
}
export interface IncidentFact extends FactBase {
  readonly predicate: 'incident';
  readonly code: string;
  readonly by: string;
}
export interface CauseFact extends FactBase {
  readonly predicate: 'cause';
  readonly cause: string;
  readonly strength: string;
}
export interface SignedOffFact extends FactBase {
  readonly predicate: 'signed-off';
  readonly consignee: string;
  readonly remark: string;
  readonly passage: string;
}
/** Predicates that later packs read; carried now so that nothing a record says is lost. */
export interface PlainFact extends FactBase {
  readonly predicate: 'returned' | 'paid' | 'used' | 'repaired' | 'disclosed' | 'commissioned' | 'stated';
  readonly args: Readonly<Record<string, unknown>>;
}

/** What a record says, with whose word it is; no law, no grade. */
export type Fact =
  | ConditionFact
  | LabelledFact
  | HandedOverFact
  | HoldsFact
  | RecordedFact
  | ExcursionFact
  | SealedFact
  | NotifiedFact
  | AgreedFact
  | UndertakenFact
  | ActsForFact
  | IncidentFact
  | CauseFact
  | SignedOffFact
  | PlainFact;

export type Predicate = Fact['predicate'];
