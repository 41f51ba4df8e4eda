import { withoutSuperseded } from './agreement-facts.js';
import type { CaseFacts } from './case-facts.js';
import type { AgreedFact } from './fact.js';
import { integerAt, mapOf, mapsAt, wordAt } from './fields.js';
import { addTo } from './order.js';
import { byProvenTime } from './provenance.js';
import type { ShockLimit } from './shock-limit.js';

/** What the goods may be exposed to; one figure is enough. Milli-°C, permille of relative humidity. */
export interface ClimateLimit {
  readonly minMilliC: number | null;
  readonly maxMilliC: number | null;
  readonly maxRhPermille: number | null;
}

/** Limits by which readings are judged, and the facts that state them. */
export interface LimitSource {
  /** Fact ids; empty where no limit is stated and only what a device lists as standing out counts. */
  readonly terms: readonly string[];
  /** Null = not stated here. */
  readonly shock: readonly ShockLimit[] | null;
  readonly climate: readonly ClimateLimit[] | null;
}

const AXES = ['x', 'y', 'z', 'any'] as const;

export const NO_LIMITS: LimitSource = { terms: [], shock: null, climate: null };

/** Shock limits of a payload value (agreement `fragility`, `handlingEnvelope`); null when it holds none. */
export function shockLimitsOf(value: unknown): readonly ShockLimit[] | null {
  const limits: ShockLimit[] = [];
  for (const entry of mapsOf(value)) {
    const axis = wordAt(entry, 'axis', AXES);
    const maxPeakMilliG = integerAt(entry, 'maxPeakMilliG');
    const maxDeltaVUmPerS = integerAt(entry, 'maxDeltaVUmPerS');
    if (axis === null || maxPeakMilliG === null || maxDeltaVUmPerS === null) continue;
    limits.push({ axis, maxPeakMilliG, maxDeltaVUmPerS });
  }
  return limits.length === 0 ? null : limits;
}

/** Climate limits of a payload value (agreement `temperatureLimits`, commission `storageLimits`); null when it holds none. */
export function climateLimitsOf(value: unknown): readonly ClimateLimit[] | null {
  const limits = mapsOf(value).map((entry) => ({
    minMilliC: integerAt(entry, 'minMilliC'),
    maxMilliC: integerAt(entry, 'maxMilliC'),
    maxRhPermille: integerAt(entry, 'maxRhPermille'),
  }));
  return limits.length === 0 ? null : limits;
}

function mapsOf(value: unknown): ReturnType<typeof mapsAt> {
  return Array.isArray(value) ? mapsAt({ list: value }, 'list') : [];
}

const stated = new WeakMap<AgreedFact, LimitSource | null>();

/** The shock limits an agreed term states, one source for one fact; null when it states none that can be read. */
export function shockSourceOf(term: AgreedFact): LimitSource | null {
  let source = stated.get(term);
  if (source === undefined) {
    const shock = term.hidden ? null : shockLimitsOf(term.value);
    source = shock === null ? null : { terms: [term.id], shock, climate: null };
    stated.set(term, source);
  }
  return source;
}

/** Every jointly agreed fragility, of each circle of parties the latest. */
export function shockSources(facts: CaseFacts): readonly LimitSource[] {
  return latestAgreed(facts, 'fragility')
    .map(shockSourceOf)
    .filter((source) => source !== null);
}

/**
 * The fragility that was agreed first, as far as that is proven; of several at one time the strictest. An id plays no
 * part, for whoever signs can grind it. Null where none is agreed.
 */
export function firstShockSource(facts: CaseFacts): LimitSource | null {
  const stating = latestAgreed(facts, 'fragility').filter((fact) => shockSourceOf(fact) !== null);
  const [first] = [...stating].sort(
    (a, b) =>
      byProvenTime(a.prov, b.prov) || byStrictness(shockSourceOf(a)!.shock!, shockSourceOf(b)!.shock!),
  );
  return first === undefined ? null : shockSourceOf(first);
}

/** By the lowest peak, then the least velocity change that goes with it, then all the figures in their order. */
function byStrictness(a: readonly ShockLimit[], b: readonly ShockLimit[]): number {
  const figures = (limits: readonly ShockLimit[]): readonly number[] =>
    limits
      .map(({ axis, maxDeltaVUmPerS, maxPeakMilliG }) => [maxPeakMilliG, maxDeltaVUmPerS, AXES.indexOf(axis)])
      .sort(byFigures)
      .flat();
  return byFigures(figures(a), figures(b));
}

function byFigures(a: readonly number[], b: readonly number[]): number {
  const differing = a.findIndex((figure, index) => figure !== b[index]);
  return differing < 0 || differing >= b.length ? a.length - b.length : a[differing]! - b[differing]!;
}

/** Every jointly agreed temperature limit, of each circle of parties the latest, and every declared storage limit. */
export function climateSources(facts: CaseFacts): readonly LimitSource[] {
  const agreed = latestAgreed(facts, 'temperatureLimits').map(({ id, value }) => ({ id, value }));
  const declared = facts
    .of('commissioned')
    .map(({ args, id }) => ({ id, value: mapOf(args)?.['storageLimits'] }));
  return [...agreed, ...declared].flatMap(({ id, value }) => {
    const climate = climateLimitsOf(value);
    return climate === null ? [] : [{ terms: [id], shock: null, climate }];
  });
}

function latestAgreed(facts: CaseFacts, term: string): readonly AgreedFact[] {
  const circles = new Map<string, AgreedFact[]>();
  for (const fact of facts.of('agreed')) {
    if (fact.term === term && fact.joint && !fact.hidden) addTo(circles, JSON.stringify(fact.parties), fact);
  }
  return [...circles.values()].flatMap((circle) => withoutSuperseded(facts, circle));
}
