import type { Boundary, CustodyInterval } from '../facts/custody.js';
import type { Fact, Predicate } from '../facts/fact.js';
import { PREDICATES, type ShowTemplate } from '../facts/predicates.js';
import { compareText } from '../rules/terms.js';
import type { FindingCase } from './case.js';
import type { EdgeCase } from './edge-case.js';
import {
  agrees,
  BLOW_MILLI_G,
  blow,
  common,
  condition,
  NEUTRAL,
  provenAt,
  recording,
  SECURED,
  sealed,
} from './hypothetical-facts.js';

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
    | 'incident'
    | 'seal'
    | 'packing-log'
    | 'undertaking';
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

export interface HypothesisOptions {
  /** Terms are not agreed yet: who will carry the goods can still undertake something. */
  readonly beforeTerms?: boolean;
}

/**
 * Every record that could bear on an edge: the ways in which facts declare that they can be shown, for all its parties,
 * boundaries and legs. Sorted; what can still be had comes first.
 */
export function hypotheses(
  theCase: FindingCase,
  edge: EdgeCase,
  { beforeTerms = false }: HypothesisOptions = {},
): readonly Hypothesis[] {
  const found = new Map<string, Hypothesis>();
  for (const { canShow, name } of PREDICATES) {
    for (const way of canShow) {
      // What is worth less than 3 decides no issue of a high standard and is easily had: nobody has to be told.
      if (way.bestGrade < 3) continue;
      for (const one of instances(theCase, edge, name, way)) found.set(one.id, one);
    }
  }
  if (beforeTerms) for (const one of undertakings(edge)) found.set(one.id, one);
  return [...found.values()].sort(
    (a, b) => Number(b.stillPossible) - Number(a.stillPossible) || compareText(a.id, b.id),
  );
}

function instances(
  theCase: FindingCase,
  edge: EdgeCase,
  name: Predicate,
  way: ShowTemplate,
): readonly Hypothesis[] {
  switch (name) {
    case 'condition':
      return way.at.length === 0 ? expertStates(theCase, edge, way) : statesAt(edge, way);
    case 'recorded':
      return [
        ...edge.legs.flatMap((leg) => log(theCase, edge, leg, way, 0)),
        ...packingLogs(theCase, edge, way),
      ];
    case 'excursion':
      return edge.legs.flatMap((leg) => log(theCase, edge, leg, way, BLOW_MILLI_G));
    case 'incident':
      return edge.legs.flatMap((leg) => incidents(theCase, edge, leg, way));
    case 'cause':
      return way.by === 'expert' ? causes(theCase, edge, way) : [];
    case 'sealed':
      return way.type === 'seal' ? seals(edge, way) : [];
    default:
      // Terms, passages and payments are what they are: another one would be another case.
      return [];
  }
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
    position:
      kind === 'seal' || kind === 'packing-log'
        ? null
        : (boundary?.position ?? (kind === 'laboratory' ? LAST : null)),
    leg,
    stillPossible,
    facts: facts.map((fact) => ({ ...fact, id: `${fact.prov.records[0]}#if/${id}/${fact.predicate}` })),
  };
}

/** What is found today is found after everything else. */
const LAST = Number.MAX_SAFE_INTEGER;
const STATES = ['good', 'bad'] as const;

/** Films and remarks at a change of hands, by whoever was there; and a survey both sides sign, at any later time. */
function statesAt(edge: EdgeCase, way: ShowTemplate): readonly Hypothesis[] {
  const { custody } = edge.damage;
  return custody.boundaries
    .filter(({ name, records }) => way.at.includes(name) && records.length > 0)
    .flatMap((boundary) => {
      const passage = boundary.passage === null ? null : custody.passages[boundary.passage]!;
      if (way.with === null) return films(edge, boundary, way);
      if (passage === null) return [];
      const { from, to } = passage;
      if (way.by !== 'expert') return joint('joint-remark', edge, boundary, from, to, way);
      // Where the goods are now a survey can still be held; what they were at a transfer nobody can look at any more.
      const isLast = boundary.position === custody.boundaries.length - 1;
      return isLast ? joint('joint-survey', edge, boundary, from, to, way) : [];
    });
}

function films(
  edge: EdgeCase,
  boundary: Boundary,
  { by, stillPossible, type }: ShowTemplate,
): readonly Hypothesis[] {
  const { custody } = edge.damage;
  const passage = boundary.passage === null ? null : custody.passages[boundary.passage]!;
  const signer =
    by === 'receiver' || by === 'consignee'
      ? passage?.to
      : by === 'giver'
        ? passage?.from
        : custody.intervals[boundary.position]!.holder;
  if (signer == null) return [];
  const time = boundary.time.to ?? boundary.time.from ?? 0;
  const [record] = boundary.records;
  return STATES.map((value) =>
    hypothesis({ kind: 'recording', value, by: signer, boundary, stillPossible }, [
      condition(edge, value, time, {
        records: [record!],
        type,
        signer,
        ...provenAt(time),
        secured: SECURED,
      }),
    ]),
  );
}

function joint(
  kind: 'joint-remark' | 'joint-survey',
  edge: EdgeCase,
  boundary: Boundary,
  from: string,
  to: string,
  { stillPossible, type }: ShowTemplate,
): readonly Hypothesis[] {
  const time = boundary.time.to ?? boundary.time.from ?? 0;
  const prov =
    kind === 'joint-remark'
      ? { type, signer: from, counterSigned: [agrees(edge, to)], ...provenAt(time) }
      : { type, signer: NEUTRAL, counterSigned: [agrees(edge, from), agrees(edge, to)] };
  return STATES.map((value) =>
    hypothesis({ kind, value, by: from, with: to, boundary, stillPossible }, [
      condition(edge, value, time, { ...prov, records: [boundary.records[0]!] }),
    ]),
  );
}

/** What a laboratory would find today, or had found before the goods left. */
function expertStates(theCase: FindingCase, edge: EdgeCase, way: ShowTemplate): readonly Hypothesis[] {
  const { aspect } = edge.damage.damage;
  const authenticates = aspect === 'identity' || aspect === 'authenticity';
  if (way.by !== 'expert' || (way.type === 'authentication' && !authenticates)) return [];
  const now = theCase.dispute.asOf.utcS;
  const prov = { type: way.type, signer: NEUTRAL, kind: 'accredited-full' as const };
  const today = STATES.map((value) =>
    hypothesis({ kind: 'laboratory', value, by: null, stillPossible: way.stillPossible }, [
      condition(edge, value, now, prov),
    ]),
  );
  const before = edge.damage.custody.boundaries
    .filter(({ name, records }) => name === 'packing' && records.length > 0)
    .map((boundary) => {
      const time = boundary.time.to ?? boundary.time.from ?? 0;
      return hypothesis({ kind: 'laboratory', value: 'good', by: null, boundary, stillPossible: false }, [
        condition(edge, 'good', time, { ...prov, ...provenAt(time), records: [boundary.records[0]!] }),
      ]);
    });
  return [...today, ...before];
}

/** A seal speaks of these kinds of harm and of no other. */
const SEALED: readonly string[] = ['use', 'substitution', 'soiling', 'loss'];

/** A seal put on when the goods were packed, whose number the carrier signed for, read intact where they were delivered. */
function seals(edge: EdgeCase, way: ShowTemplate): readonly Hypothesis[] {
  const { custody, damage } = edge.damage;
  const packing = custody.boundaries.find(({ name, records }) => name === 'packing' && records.length > 0);
  const after = custody.boundaries.filter(({ position }) => position > (packing?.position ?? LAST));
  const pickup = after.find(({ name }) => name === 'pickup');
  const delivery = after.find(({ name, records }) => name === 'delivery' && records.length > 0);
  if (packing === undefined || pickup?.passage == null || delivery?.passage == null) return [];
  if (!SEALED.includes(damage.kind)) return [];
  const packer = custody.intervals[packing.position]!.holder;
  const first = custody.passages[pickup.passage]!;
  const last = custody.passages[delivery.passage]!;
  if (packer === null) return [];
  const on = (boundary: Boundary, by: string, other: string, action: 'applied' | 'read'): Fact => {
    const time = boundary.time.to ?? boundary.time.from ?? 0;
    return sealed(edge, action, time, {
      type: way.type,
      signer: by,
      records: [boundary.records[0]!],
      counterSigned: [agrees(edge, other)],
      ...provenAt(time),
    });
  };
  const words = { by: packer, with: last.to, boundary: packing, stillPossible: way.stillPossible };
  return [
    hypothesis({ kind: 'seal', value: 'intact', ...words }, [
      on(packing, packer, first.to, 'applied'),
      on(delivery, last.to, last.from, 'read'),
    ]),
  ];
}

/** That the holder of a leg will record it: a term which both sign before it begins. */
function undertakings(edge: EdgeCase): readonly Hypothesis[] {
  if (QUANTITY[edge.damage.damage.kind] === undefined) return [];
  return edge.legs.flatMap((leg) => {
    const { holder, time } = leg;
    // Only who would answer by it gives such a word.
    if (holder === null || holder !== edge.debtor) return [];
    const at = time.from ?? 0;
    const prov = { type: 'agreement', signer: holder, counterSigned: [agrees(edge, edge.creditor)] };
    const told: Fact = {
      ...common(edge, at, { ...prov, ...provenAt(at) }),
      predicate: 'undertaken',
      by: holder,
      what: 'log',
      assentedBy: [holder, edge.creditor].sort(),
    };
    return [
      hypothesis(
        {
          kind: 'undertaking',
          value: 'log',
          by: holder,
          with: edge.creditor,
          leg: leg.leg!,
          stillPossible: true,
        },
        [told],
      ),
    ];
  });
}

function causes(
  theCase: FindingCase,
  edge: EdgeCase,
  { stillPossible, type }: ShowTemplate,
): readonly Hypothesis[] {
  const prov = { type, signer: NEUTRAL, kind: 'accredited-full' as const };
  return (['manufacture', 'nature', 'packing'] as const).map((cause) => {
    const told: Fact = {
      ...common(edge, theCase.dispute.asOf.utcS, prov),
      predicate: 'cause',
      cause,
      strength: 'sole',
    };
    return hypothesis({ kind: 'cause', value: cause, by: null, stillPossible }, [told]);
  });
}

/** A full recording of a leg by its holder: clean, or with a blow. */
function log(
  theCase: FindingCase,
  edge: EdgeCase,
  leg: CustodyInterval,
  way: ShowTemplate,
  peak: number,
): readonly Hypothesis[] {
  const { holder, time } = leg;
  const quantity = QUANTITY[edge.damage.damage.kind];
  if (quantity === undefined || holder === null || time.from === null || time.to === null) return [];
  if (peak > 0 && quantity !== 'acceleration') return [];
  const stillPossible = way.stillPossible && mayHoldLog(theCase, holder, quantity);
  const words = { by: holder, leg: leg.leg!, stillPossible };
  const span = { from: time.from, to: time.to };
  const batch = recording(edge, { type: way.type, holder, quantity, span, max: peak });
  if (peak === 0) return [hypothesis({ ...words, kind: 'log', value: 'clean' }, [batch])];
  const middle = time.from + Math.floor((time.to - time.from) / 2);
  return [hypothesis({ ...words, kind: 'shock-log', value: 'beyond' }, [batch, blow(batch, middle)])];
}

/** A clean recording from when the goods were packed until the carrier has them: what was filmed then still holds. */
function packingLogs(theCase: FindingCase, edge: EdgeCase, way: ShowTemplate): readonly Hypothesis[] {
  const { custody, damage } = edge.damage;
  const quantity = QUANTITY[damage.kind];
  const packing = custody.boundaries.find(({ name, records }) => name === 'packing' && records.length > 0);
  const pickup = custody.boundaries.find(({ position }) => position === (packing?.position ?? LAST) + 1);
  const from = packing?.time.from ?? null;
  const to = pickup?.time.to ?? null;
  const holder = packing === undefined ? null : custody.intervals[packing.position]!.holder;
  if (quantity === undefined || packing === undefined || from === null || to === null || holder === null)
    return [];
  const stillPossible = way.stillPossible && mayHoldLog(theCase, holder, quantity);
  const batch = recording(edge, { type: way.type, holder, quantity, span: { from, to }, max: 0 });
  const words = { kind: 'packing-log', value: 'clean', by: holder, boundary: packing } as const;
  return [hypothesis({ ...words, stillPossible }, [batch])];
}

/** Somebody who undertook to log, or who showed a recording of the same quantity, may hold more than was shown. */
function mayHoldLog({ facts }: FindingCase, holder: string, quantity: string): boolean {
  return (
    facts.of('undertaken').some(({ by, what }) => by === holder && what === 'log') ||
    facts.of('recorded').some((fact) => fact.quantity === quantity && fact.prov.signer === holder)
  );
}

/** An authority's word on what befell the leg; a device of its holder that ended early. */
function incidents(
  theCase: FindingCase,
  edge: EdgeCase,
  leg: CustodyInterval,
  way: ShowTemplate,
): readonly Hypothesis[] {
  const when = leg.time.from ?? leg.time.to ?? 0;
  const told = (code: string, by: string, kind: 'own-record' | 'instrument'): Fact => ({
    ...common(edge, when, { type: way.type, signer: by, kind, ...provenAt(when) }),
    predicate: 'incident',
    code,
    by,
  });
  if (way.by !== 'holder') {
    return (['force-majeure', 'nature'] as const).map((code) =>
      hypothesis(
        { kind: 'incident', value: code, by: null, leg: leg.leg!, stillPossible: way.stillPossible },
        [told(code, NEUTRAL, 'own-record')],
      ),
    );
  }
  if (leg.holder === null) return [];
  const stillPossible = way.stillPossible && mayHoldLog(theCase, leg.holder, 'acceleration');
  return [
    hypothesis({ kind: 'incident', value: 'battery', by: leg.holder, leg: leg.leg!, stillPossible }, [
      told('battery', leg.holder, 'instrument'),
    ]),
  ];
}
