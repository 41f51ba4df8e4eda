/** Seconds UTC, both ends included; null is unbounded on that side. */
export interface TimeSpan {
  readonly from: number | null;
  readonly to: number | null;
}

/** Aspect and region an inspection or remark covers; region absent = whole. */
export interface Scope {
  readonly aspect: string;
  readonly region?: string;
}

/**
 * What kind of word it is, in the order in which it is decided: a record whose type is not open to its signer, a notice
 * or a statement is `statement`; a sensor-batch is `instrument`; an inspection with a verdict and no checks is `label`.
 */
export type ProvenanceKind =
  | 'statement'
  | 'label'
  | 'own-record'
  | 'instrument'
  | 'accredited-full'
  | 'platform-log';

/** Misconduct never helps its author: an `adverse-only` record counts against its signer and never for it. */
export type FactIntegrity = 'ok' | 'adverse-only';

export interface CounterSignature {
  /** Record id of the countersign. */
  readonly record: string;
  readonly by: string;
  readonly stance: 'agree' | 'reserve' | 'refuse';
  readonly remark: string | null;
  readonly scope: readonly Scope[];
  readonly trusted: boolean;
  readonly integrity: FactIntegrity;
}

/** A record of the same occasion, even if it is silent on the aspect. Neutral or not is per edge. */
export interface Witness {
  readonly record: string;
  readonly type: string;
  readonly by: string;
  readonly trusted: boolean;
  /** It is the passage record itself, or a countersign of it. */
  readonly passage: boolean;
  readonly remark: string | null;
  readonly integrity: FactIntegrity;
}

/** Whose word a fact is, and what stands behind it. Neutrality is per edge and therefore not here. */
export interface Provenance {
  /** Record ids; the first states the fact. */
  readonly records: readonly string[];
  /** Record type of the first. */
  readonly type: string;
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
  readonly integrity: FactIntegrity;
  /** Record id of the passage this record's `occasion.of` names. */
  readonly occasion: string | null;
  /** Records of the same occasion, this one among them, sorted by id; empty when it belongs to none. */
  readonly witnesses: readonly Witness[];
  /** Aspects the accredited test left out. */
  readonly notTested: readonly Scope[];
  /** The mandate under which the record says it was made. Agency itself comes only from an `acts-for` fact. */
  readonly actsFor: { readonly principal: string; readonly legs: 'all' | readonly string[] } | null;
  /** Who asked for the inspection, by its word. */
  readonly requestedBy: string | null;
  readonly partiesPresent: readonly string[];
  readonly completeness: 'complete' | 'sample' | 'unstated';
}

/** What every fact has. */
export interface FactBase {
  /** `<record id>#<n>`, n counting the record's facts. */
  readonly id: string;
  /** The record's subject. */
  readonly sub: string;
  /** Stated time, cut at the proven upper bound of the record. */
  readonly time: TimeSpan;
  /** Local offset beside the stated time, minutes east; civil-day limits count in it. */
  readonly offsetMin: number;
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
/** A verdict without test items: argues nothing of itself. */
export interface LabelledFact extends FactBase {
  readonly predicate: 'labelled';
  readonly verdict: string;
}
export interface HandedOverFact extends FactBase {
  readonly predicate: 'handed-over';
  readonly via: 'handover' | 'delivery' | 'return';
  readonly from: string;
  readonly to: string;
  /** Null where the record does not say: a delivery does not say what its giver was. */
  readonly fromCapacity: string | null;
  readonly toCapacity: string;
  readonly mode: string | null;
  readonly remark: string;
  readonly scope: readonly Scope[];
  /** Of a delivery not put into the recipient's hands: how the goods were left, and whether it had agreed to that. */
  readonly left?: { readonly mode: string; readonly consent: string };
}
export interface HoldsFact extends FactBase {
  readonly predicate: 'holds';
  readonly party: string;
  readonly purpose: 'packing' | 'unboxing' | 'intake';
}
export interface RecordedFact extends FactBase {
  readonly predicate: 'recorded';
  readonly device: string;
  readonly quantity: string;
  readonly attachedTo: string;
  readonly mount: string;
  readonly location: string | null;
  readonly gaps: readonly { readonly from: number; readonly to: number }[];
  /** Distance of the device's clock from true time as stated, milliseconds: a width, not a correction. */
  readonly clockOffsetMs: number;
  readonly endReason: string;
  /** Extreme values the batch states, integer in the quantity's unit (milli-g, milli-°C, permille); null without a sample. */
  readonly max: number | null;
  readonly min: number | null;
  readonly triggeredAboveMilliG: number | null;
  /** Mean kinetic temperature of all of it, milli-°C; absent where it states none. */
  readonly kineticMean?: number;
  /** Readings that stand in the record itself, in order: milliseconds after its beginning, then values. */
  readonly samples?: readonly (readonly number[])[];
}
export interface ExcursionFact extends FactBase {
  readonly predicate: 'excursion';
  /** Fact id of the batch that holds it. */
  readonly batch: string;
  readonly quantity: string;
  /** `x`, `y`, `z`, or `any` where the axis was not resolved. */
  readonly axis: string;
  /** Milli-g of a shock; of a climate excursion its highest value (its lowest where only that is stated). */
  readonly peak: number;
  readonly durationUs: number;
  /** Velocity change, µm/s: as stated, else of a half-sine; null for what is not a shock. */
  readonly deltaVUmPerS: number | null;
  /** Climate excursions: extremes as stated. */
  readonly min: number | null;
  readonly max: number | null;
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
  readonly discoveredAt: number;
  readonly written: boolean;
  readonly namesDamage: boolean;
  /** Record id the notice objects to. */
  readonly against: string;
}
export interface AgreedFact extends FactBase {
  readonly predicate: 'agreed';
  /** Field name of the agreement payload. */
  readonly term: string;
  /** Plain payload value, `HIDDEN` at parts that are not opened; null where all of it is. */
  readonly value: unknown;
  /** The value, or a part of it, is private and not opened: unknown, never false. */
  readonly hidden: boolean;
  readonly parties: readonly string[];
  /** Those of `parties` who signed or counter-signed agree, sorted. */
  readonly assentedBy: readonly string[];
  /** All parties signed or counter-signed agree. */
  readonly joint: boolean;
}
/** Only of an agreement that the undertaking party itself signed or counter-signed agree. */
export interface UndertakenFact extends FactBase {
  readonly predicate: 'undertaken';
  readonly by: string;
  readonly what: string;
  readonly assentedBy: readonly string[];
}
/** Only of a mandate that the principal signed or counter-signed agree. */
export interface ActsForFact extends FactBase {
  readonly predicate: 'acts-for';
  readonly agent: string;
  readonly principal: string;
  readonly legs: 'all' | readonly string[];
}
export interface IncidentFact extends FactBase {
  readonly predicate: 'incident';
  readonly code: string;
  /** Who reported it; of a device that ended early, the holder of the leg in which it did. */
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
  /** `exception` or `refused` when the record or the consignee's answer to it says so, else the consignee's own remark. */
  readonly remark: string;
  /** Record id of the passage. */
  readonly passage: string;
  /** Ids of condition facts `bad` in the passage record or a countersign of it. */
  readonly badSeen: readonly string[];
}
/** What a container took in or let out; only children whose place was opened. */
export interface AggregatedFact extends FactBase {
  readonly predicate: 'aggregated';
  readonly parent: string;
  readonly child: string;
  readonly action: 'pack' | 'unpack';
}
/** Predicates that later packs read; carried now so that nothing a record says is lost. */
export interface PlainFact extends FactBase {
  readonly predicate:
    | 'returned'
    | 'paid'
    | 'used'
    | 'repaired'
    | 'disclosed'
    | 'commissioned'
    | 'stated'
    /** Others of a lot were examined: it shows nothing of this item. */
    | 'sampled';
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
  | AggregatedFact
  | PlainFact;

export type Predicate = Fact['predicate'];

/** Facts of one predicate. */
export type FactOf<P extends Predicate> = P extends PlainFact['predicate']
  ? PlainFact & { readonly predicate: P }
  : Extract<Fact, { readonly predicate: P }>;
