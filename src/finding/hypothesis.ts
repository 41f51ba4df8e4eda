import type { CaseFacts } from '../facts/case-facts.js';
import type { Boundary, CustodyInterval } from '../facts/custody.js';
import type { CounterSignature, Fact, FactOf, Predicate, Provenance, TimeSpan } from '../facts/fact.js';
import { compareText } from '../rules/terms.js';
import type { FindingCase } from './case.js';
import type { EdgeCase } from './edge-case.js';

/** A record that nobody made, or that nobody showed: what it would say, and whether it can still be had. */
export interface Hypothesis {
  /** Stable name, also the order in which hypotheses are tried. */
  readonly id: string;
  readonly kind:
    | 'recording'
    | 'joint-remark'
    | 'joint-survey'
    | 'log'
    | 'shock-log'
    | 'laboratory'
    | 'cause'
    | 'incident';
  /** What it would show. */
  readonly value: string;
  /** Who would sign; null for a neutral third party. */
  readonly by: string | null;
  /** Who would counter-sign; null for nobody. */
  readonly with: string | null;
  /** Boundary id and name, or leg. */
  readonly boundary: string | null;
  readonly boundaryName: string | null;
  /** Order in time of what it shows of the goods' state; null when it shows none. */
  readonly position: number | null;
  readonly leg: string | null;
  /** A laboratory test, a joint survey and a log that somebody holds can still be had; a film of packing cannot. */
  readonly stillPossible: boolean;
  /** What the records would then say in addition. */
  readonly facts: readonly Fact[];
}

/** At most this many are tried for an edge. */
export const MOST_HYPOTHESES = 64;

const QUANTITY: Readonly<Record<string, string>> = {
  shock: 'acceleration',
  heat: 'temperature',
  cold: 'temperature',
  wet: 'humidity',
};

/** Every record that could bear on an edge, sorted; what can still be had comes first. */
export function hypotheses(theCase: FindingCase, edge: EdgeCase): readonly Hypothesis[] {
  const { custody } = edge.damage;
  const found = [
    ...custody.boundaries.flatMap((boundary) => atBoundary(edge, boundary)),
    ...edge.legs.flatMap((leg) => onLeg(theCase, edge, leg)),
    ...anyTime(theCase, edge),
  ];
  return found.sort((a, b) => Number(b.stillPossible) - Number(a.stillPossible) || compareText(a.id, b.id));
}

interface Words {
  readonly kind: Hypothesis['kind'];
  readonly value: string;
  readonly by: string | null;
  readonly with?: string;
  readonly boundary?: Boundary;
  readonly leg?: string;
  readonly stillPossible: boolean;
}

function hypothesis(words: Words, facts: readonly Fact[]): Hypothesis {
  const { boundary, by, kind, leg = null, stillPossible, value } = words;
  const id = [kind, boundary?.id ?? leg ?? '', value, by ?? '', words.with ?? ''].join('/');
  return {
    id,
    kind,
    value,
    by,
    with: words.with ?? null,
    boundary: boundary?.id ?? null,
    boundaryName: boundary?.name ?? null,
    position: kind === 'laboratory' ? Number.MAX_SAFE_INTEGER : (boundary?.position ?? null),
    leg,
    stillPossible,
    facts: facts.map((fact) => ({ ...fact, id: `${fact.prov.records[0]}#if/${id}/${fact.predicate}` })),
  };
}

/** Films and remarks at a change of hands, by whoever was there; and a survey that both sides sign, at any later time. */
function atBoundary(edge: EdgeCase, boundary: Boundary): readonly Hypothesis[] {
  const [record] = boundary.records;
  if (record === undefined) return [];
  const { custody } = edge.damage;
  const passage = boundary.passage === null ? null : custody.passages[boundary.passage]!;
  const before = custody.intervals[boundary.position]!.holder;
  const present = passage === null ? (before === null ? [] : [before]) : [passage.from, passage.to];
  const time = boundary.time.to ?? boundary.time.from ?? 0;
  return (['good', 'bad'] as const).flatMap((value) => {
    const films = present.map((by) =>
      hypothesis({ kind: 'recording', value, by, boundary, stillPossible: false }, [
        condition(edge, value, time, {
          records: [record],
          type: 'media',
          signer: by,
          ...provenAt(time),
          secured: SECURED,
        }),
      ]),
    );
    if (passage === null) return films;
    const { from, to } = passage;
    const agreed = { records: [record], signer: from, counterSigned: [agrees(edge, to)] };
    const remark = condition(edge, value, time, { ...agreed, type: 'handover', ...provenAt(time) });
    const survey = condition(edge, value, time, { ...agreed, type: 'inspection' });
    const both = { value, by: from, with: to, boundary };
    const made = hypothesis({ ...both, kind: 'joint-remark', stillPossible: false }, [remark]);
    // Where the goods are now a survey can still be held; what they were at a transfer nobody can look at any more.
    const last = boundary.position === custody.boundaries.length - 1;
    const asked = last ? [hypothesis({ ...both, kind: 'joint-survey', stillPossible: true }, [survey])] : [];
    return [...films, made, ...asked];
  });
}

/** A full recording of a leg, clean or with a blow; an authority's word on what befell it. */
function onLeg(theCase: FindingCase, edge: EdgeCase, leg: CustodyInterval): readonly Hypothesis[] {
  const { holder, time } = leg;
  const quantity = QUANTITY[edge.damage.damage.kind];
  const found: Hypothesis[] = [];
  const at = leg.leg!;
  if (quantity !== undefined && holder !== null && time.from !== null && time.to !== null) {
    const held = mayHoldLog(theCase, holder, quantity);
    const words = { by: holder, leg: at, stillPossible: held };
    const clean = recording(edge, holder, quantity, { from: time.from, to: time.to }, 0);
    found.push(hypothesis({ ...words, kind: 'log', value: 'clean' }, [clean]));
    if (quantity === 'acceleration') {
      const blown = recording(edge, holder, quantity, { from: time.from, to: time.to }, BLOW_MILLI_G);
      const middle = time.from + Math.floor((time.to - time.from) / 2);
      found.push(hypothesis({ ...words, kind: 'shock-log', value: 'beyond' }, [blown, blow(blown, middle)]));
    }
  }
  for (const code of ['force-majeure', 'nature'] as const) {
    const when = time.from ?? time.to ?? 0;
    const told: Fact = {
      ...common(edge, when, { type: 'incident', signer: NEUTRAL }),
      predicate: 'incident',
      code,
      by: NEUTRAL,
    };
    found.push(hypothesis({ kind: 'incident', value: code, by: null, leg: at, stillPossible: true }, [told]));
  }
  return found;
}

/** What a laboratory could find today. */
function anyTime(theCase: FindingCase, edge: EdgeCase): readonly Hypothesis[] {
  const now = theCase.dispute.asOf.utcS;
  const expert = { type: 'inspection', signer: NEUTRAL, kind: 'accredited-full' as const };
  const states = (['good', 'bad'] as const).map((value) =>
    hypothesis({ kind: 'laboratory', value, by: null, stillPossible: true }, [
      condition(edge, value, now, expert),
    ]),
  );
  const causes = (['manufacture', 'nature', 'packing'] as const).map((cause) => {
    const told: Fact = { ...common(edge, now, expert), predicate: 'cause', cause, strength: 'sole' };
    return hypothesis({ kind: 'cause', value: cause, by: null, stillPossible: true }, [told]);
  });
  return [...states, ...causes];
}

/** Somebody who undertook to log, or who showed a recording of the same quantity, may hold more than was shown. */
function mayHoldLog({ facts }: FindingCase, holder: string, quantity: string): boolean {
  return (
    facts.of('undertaken').some(({ by, what }) => by === holder && what === 'log') ||
    facts.of('recorded').some((fact) => fact.quantity === quantity && fact.prov.signer === holder)
  );
}

/** A trusted signer who is nobody of the case. */
const NEUTRAL = 'neutral third party';
const SECURED: Provenance['secured'] = { oneShot: true, itemSeen: true, parcelSeen: true, pinnedBy: 'log' };

function provenAt(time: number): Pick<Provenance, 'madeAt'> {
  return { madeAt: { lower: null, upper: time } };
}

function agrees({ damage: { damage } }: EdgeCase, by: string): CounterSignature {
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

function common({ damage: { goods } }: EdgeCase, at: number, prov: Partial<Provenance>): Common {
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

function condition(edge: EdgeCase, value: 'good' | 'bad', at: number, prov: Partial<Provenance>): Fact {
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

// Beyond whatever parties declare.
const BLOW_MILLI_G = 10_000_000;
const BLOW_UM_PER_S = 1_000_000_000;

function recording(
  edge: EdgeCase,
  holder: string,
  quantity: string,
  { from, to }: { readonly from: number; readonly to: number },
  max: number,
): FactOf<'recorded'> {
  const time: TimeSpan = { from, to };
  return {
    ...common(edge, to, {
      type: 'sensor-batch',
      signer: holder,
      kind: 'instrument',
      calibration: { from: null, to: null },
      ...provenAt(to),
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
    max,
    min: 0,
    triggeredAboveMilliG: null,
  };
}

function blow(batch: FactOf<'recorded'>, at: number): FactOf<'excursion'> {
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

/** The facts of a case with those of hypotheses beside them. */
export function withFacts(facts: CaseFacts, added: readonly Fact[]): CaseFacts {
  const named = added.map((fact) =>
    fact.predicate === 'excursion' ? { ...fact, batch: ownBatch(fact, added) } : fact,
  );
  const all = [...facts.facts, ...named].sort((a, b) => compareText(a.id, b.id));
  const byPredicate = new Map<Predicate, Fact[]>();
  for (const fact of all) {
    const same = byPredicate.get(fact.predicate);
    if (same === undefined) byPredicate.set(fact.predicate, [fact]);
    else same.push(fact);
  }
  return {
    ...facts,
    facts: all,
    byId: new Map(all.map((fact) => [fact.id, fact])),
    of: <P extends Predicate>(predicate: P) =>
      (byPredicate.get(predicate) ?? []) as readonly Fact[] as readonly FactOf<P>[],
  };
}

/** Of two hypotheses together each blow belongs to its own recording. */
function ownBatch(fact: Fact, added: readonly Fact[]): string {
  const stem = fact.id.slice(0, fact.id.lastIndexOf('/'));
  return added.find((other) => other.id === `${stem}/recorded`)?.id ?? '';
}
