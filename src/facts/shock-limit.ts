/** Shock a thing may take on one axis; beyond it means beyond both figures (ASTM D3332). */
export interface ShockLimit {
  /** `any` = on every axis. */
  readonly axis: 'x' | 'y' | 'z' | 'any';
  readonly maxPeakMilliG: number;
  readonly maxDeltaVUmPerS: number;
}
