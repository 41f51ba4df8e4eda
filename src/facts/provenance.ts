import type { CounterSignature, Provenance, ProvenanceKind, Scope, TimeSpan } from './fact.js';
import {
  instantAt,
  listAt,
  mapAt,
  mapsAt,
  recordIdAt,
  type StatedSpan,
  textAt,
  textsAt,
  wordAt,
} from './fields.js';
import type { SpeakingRecord } from './speaking-records.js';

/** What a record's facts have in common. */
export interface RecordContext {
  readonly record: SpeakingRecord;
  /** When what it tells of happened. */
  readonly told: StatedSpan | null;
  readonly counterSigned: readonly CounterSignature[];
  /** Record id its `occasion.of` names, twins resolved. */
  readonly occasion: string | null;
}

/** What one fact adds to it. */
export interface FactCircumstances {
  readonly kind: ProvenanceKind;
  /** End of what is told, seconds UTC, already cut. */
  readonly end: number;
  /** Undefined where it plays no part. */
  readonly calibration: TimeSpan | null | undefined;
  readonly notTested: readonly Scope[];
}

/** Earliest proven first. A stated time can be anything, and an id can be ground. */
export function byProvenTime({ madeAt: a }: Provenance, { madeAt: b }: Provenance): number {
  if (a.upper !== b.upper) return a.upper - b.upper;
  if (a.lower === b.lower) return 0;
  return a.lower === null ? -1 : b.lower === null ? 1 : a.lower - b.lower;
}

/** Whose word is taken where several say the same: of full standing before adverse-only, trusted, earliest proven. */
export function byStanding(a: Provenance, b: Provenance): number {
  return (
    Number(a.integrity !== 'ok') - Number(b.integrity !== 'ok') ||
    Number(b.trusted) - Number(a.trusted) ||
    byProvenTime(a, b)
  );
}

const COMPLETENESS = ['complete', 'sample', 'unstated'] as const;
/** The best first. */
const PINS = ['log', 'token', 'record'] as const;

export function provenanceOf(context: RecordContext, circumstances: FactCircumstances): Provenance {
  const { record } = context;
  const { payload } = record;
  const identified = mapsAt(payload, 'identified').map((shown) => textAt(shown, 'what'));
  const continuity = record.type === 'media' ? textAt(payload, 'continuity') : null;
  const told: Provenance = {
    records: [record.id],
    type: record.type,
    signer: record.iss,
    trusted: record.trusted,
    selfBound: record.selfBound,
    roles: record.roles,
    counterSigned: context.counterSigned,
    kind: circumstances.kind,
    madeAt: { lower: record.lower, upper: record.upper },
    end: circumstances.end,
    secured: {
      oneShot: continuity === 'one-shot',
      itemSeen: identified.includes('serial'),
      parcelSeen: identified.includes('parcel') || identified.includes('waybill'),
      pinnedBy: PINS.find((by) => record.pinnedBy.includes(by)) ?? null,
    },
    // The record does not say where the cut lies, so everything may follow it.
    afterCut: continuity === 'cut',
    integrity: record.integrity,
    occasion: context.occasion,
    // Known once the passages are.
    witnesses: [],
    notTested: circumstances.notTested,
    actsFor: actsForOf(record),
    requestedBy: textAt(payload, 'requestedBy'),
    partiesPresent: textsAt(payload, 'partiesPresent'),
    completeness: wordAt(payload, 'completeness', COMPLETENESS) ?? 'unstated',
  };
  const { calibration } = circumstances;
  return calibration === undefined ? told : { ...told, calibration };
}

function actsForOf({ payload }: SpeakingRecord): Provenance['actsFor'] {
  const actsFor = mapAt(payload, 'actsFor');
  const principal = actsFor === null ? null : textAt(actsFor, 'principal');
  if (actsFor === null || principal === null) return null;
  return { principal, legs: textAt(actsFor, 'legs') === 'all' ? 'all' : textsAt(actsFor, 'legs') };
}

/** One list for all that is empty, so that it can be recognized. */
export const NO_SCOPES: readonly Scope[] = [];

export function scopesAt(payload: SpeakingRecord['payload'], key: string): readonly Scope[] {
  const stated = mapsAt(payload, key);
  if (stated.length === 0) return NO_SCOPES;
  return stated.flatMap((entry) => {
    const aspect = textAt(entry, 'aspect');
    const region = textAt(entry, 'region');
    if (aspect === null) return [];
    return [region === null ? { aspect } : { aspect, region }];
  });
}

/** Record id of `occasion.of`, as stated. */
export function statedOccasion({ payload }: SpeakingRecord): string | null {
  const occasion = mapAt(payload, 'occasion');
  return occasion === null ? null : recordIdAt(occasion, 'of');
}

/** The kind of a record's word where the aspect plays no part. */
export function recordKind(record: SpeakingRecord): ProvenanceKind {
  if (!record.rolePermitted || record.type === 'statement' || record.type === 'notice') return 'statement';
  if (record.type === 'sensor-batch') return 'instrument';
  if (isLabel(record)) return 'label';
  // Signed in role platform: somebody who is also the seller or the carrier does not sign as the platform.
  const onlyPlatform = record.roles.length === 1 && record.roles[0] === 'platform';
  if (onlyPlatform && record.type !== 'authentication') return 'platform-log';
  return 'own-record';
}

/** An inspection with a verdict and no checks. */
export function isLabel({ type, payload }: SpeakingRecord): boolean {
  if (type !== 'inspection') return false;
  const verdict = textAt(payload, 'verdict');
  return verdict !== null && verdict !== 'none' && listAt(payload, 'checks').length === 0;
}

/** The kind of a record's word about one aspect and region of this very item at one time. */
export function conditionKind(
  record: SpeakingRecord,
  about: { readonly aspect: string; readonly region: string },
  at: StatedSpan,
): ProvenanceKind {
  const kind = recordKind(record);
  return kind === 'own-record' && isAccreditedFull(record, about, at) ? 'accredited-full' : kind;
}

function isAccreditedFull(
  record: SpeakingRecord,
  about: { readonly aspect: string; readonly region: string },
  at: StatedSpan,
): boolean {
  const { accreditation, payload, roles, trusted, type } = record;
  if (!trusted || accreditation === null || accreditation.until < at.to.utcS) return false;
  if (!roles.includes('laboratory') && !roles.includes('inspector')) return false;
  if (type !== 'inspection' && type !== 'authentication') return false;
  return !scopesAt(payload, 'notTested').some((left) => touches(left, about));
}

/** Does what was left out take anything from the aspect and region? */
function touches(left: Scope, about: { readonly aspect: string; readonly region: string }): boolean {
  if (left.aspect !== about.aspect) return false;
  const region = left.region ?? 'whole';
  return region === 'whole' || about.region === 'whole' || region === about.region;
}

/** When a sensor's calibration holds; null when nothing is stated. */
export function calibrationOf({ payload }: SpeakingRecord): TimeSpan | null {
  const from = instantAt(payload, 'calibratedAt');
  const to = instantAt(payload, 'calibrationDueAt');
  return from === null && to === null ? null : { from: from?.utcS ?? null, to: to?.utcS ?? null };
}
