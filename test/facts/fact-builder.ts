import type { Enclosed } from '../../src/facts/enclosing.js';
import type {
  AggregatedFact,
  ConditionFact,
  ExcursionFact,
  Provenance,
  RecordedFact,
  SealedFact,
} from '../../src/facts/fact.js';
import { ITEM } from './case-builder.js';

// Facts made directly, for what is worked out of facts alone. A fact goes by the name of its record: `name#0`.

export interface Who {
  readonly by?: string;
  readonly prov?: Partial<Provenance>;
}

export function provenance(record: string, by: string, over: Partial<Provenance> = {}): Provenance {
  return {
    records: [record],
    type: 'statement',
    signer: by,
    trusted: true,
    selfBound: false,
    roles: [],
    counterSigned: [],
    kind: 'own-record',
    madeAt: { lower: null, upper: 1_000 },
    end: 0,
    secured: { oneShot: false, itemSeen: false, parcelSeen: false, pinnedBy: null },
    afterCut: false,
    integrity: 'ok',
    occasion: null,
    witnesses: [],
    notTested: [],
    actsFor: null,
    requestedBy: null,
    partiesPresent: [],
    completeness: 'unstated',
    ...over,
  };
}

function base(
  name: string,
  time: readonly [number, number],
  { by = name, prov }: Who,
): { id: string; sub: string; time: { from: number; to: number }; offsetMin: number; prov: Provenance } {
  return {
    id: `${name}#0`,
    sub: ITEM,
    time: { from: time[0], to: time[1] },
    offsetMin: 0,
    prov: provenance(name, by, prov),
  };
}

export function recordedFact(
  name: string,
  time: readonly [number, number],
  over: Partial<RecordedFact> = {},
  who: Who = {},
): RecordedFact {
  return {
    ...base(name, time, { ...who, prov: { calibration: { from: null, to: null }, ...who.prov } }),
    predicate: 'recorded',
    device: name,
    quantity: 'acceleration',
    attachedTo: ITEM,
    mount: 'package',
    location: 'package',
    gaps: [],
    clockOffsetMs: 0,
    endReason: 'stopped',
    max: 0,
    min: 0,
    triggeredAboveMilliG: null,
    ...over,
  };
}

export function excursionFact(
  name: string,
  time: readonly [number, number],
  over: Partial<ExcursionFact> = {},
  who: Who = {},
): ExcursionFact {
  return {
    ...base(name, time, who),
    predicate: 'excursion',
    batch: 'batch#0',
    quantity: 'acceleration',
    axis: 'z',
    peak: 0,
    durationUs: 1_000,
    deltaVUmPerS: 0,
    min: null,
    max: null,
    mount: 'package',
    ...over,
  };
}

export function sealedFact(
  name: string,
  time: readonly [number, number],
  action: SealedFact['action'],
  state: string | null = action === 'read' ? 'intact' : null,
  who: Who = {},
): SealedFact {
  return { ...base(name, time, who), predicate: 'sealed', sealId: 'S1', action, state };
}

export function aggregatedFact(
  name: string,
  instant: number,
  over: Partial<Pick<AggregatedFact, 'action' | 'child' | 'parent'>> = {},
  who: Who = {},
): AggregatedFact {
  return {
    ...base(name, [instant, instant], who),
    predicate: 'aggregated',
    parent: 'box',
    child: ITEM,
    action: 'pack',
    ...over,
  };
}

export function countFact(
  name: string,
  extent: ConditionFact['extent'],
  over: Partial<ConditionFact> = {},
  who: Who = {},
): ConditionFact {
  return {
    ...base(name, [0, 0], who),
    predicate: 'condition',
    unit: ITEM,
    aspect: 'quantity',
    region: 'whole',
    value: 'bad',
    damageKind: null,
    extent,
    ...over,
  };
}

export const DIRECT: Enclosed = { from: null, to: null, via: [], packings: [], objections: [] };

/** In a container from one time to another, by the packings named; each objection is `[who, from, to]`. */
export function inside(
  from: number | null,
  to: number | null,
  via: readonly string[],
  objections: readonly (readonly [string, number, number | null])[] = [],
): Enclosed {
  const packings = via.map((name) => aggregatedFact(name, from ?? 0));
  return {
    from,
    to,
    via: packings.map(({ id }) => id),
    packings,
    objections: objections.map(([name, begin, end]) => ({
      from: begin,
      to: end,
      fact: aggregatedFact(name, begin, { parent: 'elsewhere' }),
      against: packings[0] ?? aggregatedFact('pack', 0),
    })),
  };
}
