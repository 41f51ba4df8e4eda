/** The closed word lists of signed records. A word is never removed or given another meaning; a new one needs a new revision of the type that uses it. */

export const ROLES = [
  'producer',
  'importer',
  'seller',
  'buyer',
  'carrier',
  'contracting-carrier',
  'operator',
  'platform',
  'streamer',
  'warehouse',
  'inspector',
  'laboratory',
  'authority',
  'repairer',
  'recycler',
] as const;
export type Role = (typeof ROLES)[number];

export const ASPECTS = [
  'quantity',
  'surface',
  'form',
  'fracture',
  'function',
  'wear',
  'soiling',
  'moisture',
  'temperature',
  'tag',
  'packaging-outer',
  'packaging-inner',
  'labelling',
  'identity',
  'authenticity',
] as const;
export type Aspect = (typeof ASPECTS)[number];

/** Six faces, the inside, and all of it. */
export const REGIONS = ['front', 'back', 'left', 'right', 'top', 'bottom', 'interior', 'whole'] as const;
export type Region = (typeof REGIONS)[number];

export const CONDITIONS = ['good', 'bad', 'not-observed'] as const;
export type Condition = (typeof CONDITIONS)[number];

export const DAMAGE_KINDS = [
  'shock',
  'heat',
  'cold',
  'wet',
  'use',
  'soiling',
  'substitution',
  'loss',
  'latent',
  'unknown',
] as const;
export type DamageKind = (typeof DAMAGE_KINDS)[number];

export const UNDERTAKINGS = ['log', 'photograph', 'inspect', 'seal', 'insure', 'notify'] as const;
export type Undertaking = (typeof UNDERTAKINGS)[number];

export const INCIDENT_CODES = [
  'force-majeure',
  'nature',
  'packing',
  'theft',
  'accident',
  'battery',
  'memory',
  'other',
] as const;
export type IncidentCode = (typeof INCIDENT_CODES)[number];

export const CAUSES = [
  'shock',
  'heat',
  'cold',
  'wet',
  'use',
  'packing',
  'manufacture',
  'nature',
  'other',
] as const;
export type Cause = (typeof CAUSES)[number];

export const CAUSE_STRENGTHS = ['sole', 'probable', 'possible', 'undetermined'] as const;
export type CauseStrength = (typeof CAUSE_STRENGTHS)[number];

export const BOUNDARIES = [
  'packing',
  'pickup',
  'transfer',
  'delivery',
  'unboxing',
  'return-pickup',
  'return-receipt',
] as const;
export type Boundary = (typeof BOUNDARIES)[number];

export const CAPACITIES = [
  'principal',
  'contracting-carrier',
  'carrier',
  'operator',
  'warehouse',
  'platform',
] as const;
export type Capacity = (typeof CAPACITIES)[number];

/** What a receiver noted on taking over. `clean` speaks for the inspected scope only. */
export const REMARKS = ['clean', 'exception', 'contents-unknown', 'refused', 'none'] as const;
export type Remark = (typeof REMARKS)[number];

export const STANCES = ['agree', 'reserve', 'refuse'] as const;
export type Stance = (typeof STANCES)[number];

export const TRANSPORT_MODES = ['road', 'rail', 'sea', 'air', 'inland-waterway', 'post'] as const;
export type TransportMode = (typeof TRANSPORT_MODES)[number];

export const COMPLETENESS = ['complete', 'sample', 'unstated'] as const;
export type Completeness = (typeof COMPLETENESS)[number];

export const BINDING_STRENGTHS = ['printed', 'rfid-epc', 'rfid-tid', 'crypto-tag', 'photo-feature'] as const;
export type BindingStrength = (typeof BINDING_STRENGTHS)[number];

export const WITHHELD_REASONS = [
  'privacy',
  'secret',
  'other-subject',
  'failed',
  'not-held',
  'volume',
] as const;
export type WithheldReason = (typeof WITHHELD_REASONS)[number];

/** Axes of a shock. In a limit `any` means every axis; in a reading it means the axis was not resolved. */
export const SHOCK_AXES = ['x', 'y', 'z', 'any'] as const;
export type ShockAxis = (typeof SHOCK_AXES)[number];

export const SEAL_STATES = ['intact', 'broken', 'absent', 'not-checked'] as const;
export type SealState = (typeof SEAL_STATES)[number];
