import type { CaseFacts } from '../facts/case-facts.js';
import type { CounterSignature, Fact, FactOf, Predicate, Provenance, TimeSpan } from '../facts/fact.js';
import { shareJudgedRecordings } from '../facts/judged-recordings.js';
import { compareText } from '../rules/terms.js';
import type { EdgeCase } from './edge-case.js';

/** A trusted signer who is nobody of the case. */
export const NEUTRAL = 'neutral third party';
export const SECURED: Provenance['secured'] = {
  oneShot: true,
  itemSeen: true,
  parcelSeen: true,
  pinnedBy: 'log',
};

export function provenAt(time: number): Pick<Provenance, 'madeAt'> {
  return { madeAt: { lower: null, upper: time } };
}

export function agrees({ damage: { damage } }: EdgeCase, by: string): CounterSignature {
  return {
    record: `if/${by}`,
    by,
    stance: 'agree',
    remark: 'none',
    scope: [{ aspect: damage.aspect, region: damage.region }],
    trusted: true,
    integrity: 'ok',
  };
}

type Common = Pick<Fact, 'id' | 'sub' | 'time' | 'offsetMin' | 'prov'>;

export function common({ damage: { goods } }: EdgeCase, at: number, prov: Partial<Provenance>): Common {
  return {
    id: '',
    sub: goods.sub,
    time: { from: at, to: at },
    offsetMin: 0,
    prov: {
      records: ['if'],
      type: 'inspection',
      signer: NEUTRAL,
      trusted: true,
      selfBound: false,
      roles: [],
      counterSigned: [],
      kind: 'own-record',
      madeAt: { lower: null, upper: at },
      end: at,
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
      ...prov,
    },
  };
}

export function condition(
  edge: EdgeCase,
  value: 'good' | 'bad',
  at: number,
  prov: Partial<Provenance>,
): Fact {
  const { aspect, kind, region, unit } = edge.damage.damage;
  const told = {
    predicate: 'condition' as const,
    unit,
    aspect,
    region,
    value,
    damageKind: kind,
    extent: null,
  };
  return { ...common(edge, at, prov), ...told };
}

/** One word about a seal of which nothing else is told. */
export function sealed(
  edge: EdgeCase,
  action: 'applied' | 'read',
  at: number,
  prov: Partial<Provenance>,
): FactOf<'sealed'> {
  return {
    ...common(edge, at, prov),
    predicate: 'sealed',
    sealId: 'if',
    action,
    state: action === 'read' ? 'intact' : null,
  };
}

// Beyond whatever parties declare.
export const BLOW_MILLI_G = 10_000_000;
const BLOW_UM_PER_S = 1_000_000_000;

/** Warmer than any lower limit that parties declare. */
const WARM_MILLI_C = 1_000_000;

export interface RecordingWords {
  readonly type: string;
  readonly holder: string;
  readonly quantity: string;
  readonly span: { readonly from: number; readonly to: number };
  readonly max: number;
}

/** A whole leg on the unit itself, calibrated and proven at its end. */
export function recording(
  edge: EdgeCase,
  { holder, max, quantity, span, type }: RecordingWords,
): FactOf<'recorded'> {
  const time: TimeSpan = span;
  // What shows that it never got too cold is warm throughout.
  const calm = edge.damage.damage.kind === 'cold' ? WARM_MILLI_C : 0;
  return {
    ...common(edge, span.to, {
      type,
      signer: holder,
      kind: 'instrument',
      calibration: { from: null, to: null },
      ...provenAt(span.to),
    }),
    time,
    predicate: 'recorded',
    device: `if/${holder}`,
    quantity,
    attachedTo: edge.damage.goods.sub,
    mount: 'product',
    location: 'unit',
    gaps: [],
    clockOffsetMs: 0,
    endReason: 'stopped',
    max: Math.max(max, calm),
    min: calm,
    triggeredAboveMilliG: null,
  };
}

export function blow(batch: FactOf<'recorded'>, at: number): FactOf<'excursion'> {
  const { offsetMin, prov, sub } = batch;
  return {
    id: '',
    sub,
    offsetMin,
    prov,
    time: { from: at, to: at },
    predicate: 'excursion',
    // The id the batch gets when the hypothesis is named.
    batch: '',
    quantity: batch.quantity,
    axis: 'any',
    peak: BLOW_MILLI_G,
    durationUs: 10_000,
    deltaVUmPerS: BLOW_UM_PER_S,
    min: null,
    max: null,
    mount: batch.mount,
  };
}

/**
 * The facts of a case with those of hypotheses beside them: conditions, recordings, seals, incidents, causes, notices and
 * terms, which change nobody's custody.
 */
export function withFacts(facts: CaseFacts, added: readonly Fact[]): CaseFacts {
  const named = added.map((fact) =>
    fact.predicate === 'excursion' ? { ...fact, batch: ownBatch(fact, added) } : fact,
  );
  const byId = new Map(facts.byId);
  for (const fact of named) byId.set(fact.id, fact);
  const changed = new Map<Predicate, readonly Fact[]>();
  for (const { predicate } of named) {
    const own = named.filter((fact) => fact.predicate === predicate);
    changed.set(predicate, merged(facts.of(predicate), own));
  }
  const all: CaseFacts = {
    ...facts,
    facts: merged(facts.facts, named),
    byId,
    of: <P extends Predicate>(predicate: P) =>
      (changed.get(predicate) as readonly FactOf<P>[] | undefined) ?? facts.of(predicate),
  };
  if (!recordsAnything(added)) shareJudgedRecordings(facts, all);
  return all;
}

function merged(facts: readonly Fact[], added: readonly Fact[]): readonly Fact[] {
  return [...facts, ...added].sort((a, b) => compareText(a.id, b.id));
}

/** Do the facts tell of a recording? */
export function recordsAnything(facts: readonly Fact[]): boolean {
  return facts.some(({ predicate }) => predicate === 'recorded' || predicate === 'excursion');
}

/** Of two hypotheses together each blow belongs to its own recording. */
function ownBatch(fact: Fact, added: readonly Fact[]): string {
  const stem = fact.id.slice(0, fact.id.lastIndexOf('/'));
  return added.find((other) => other.id === `${stem}/recorded`)?.id ?? '';
}
