import type { Boundary, CustodyInterval } from '../facts/custody.js';
import type { Fact, Predicate } from '../facts/fact.js';
import { PREDICATES, type ShowTemplate } from '../facts/predicates.js';
import { compareText } from '../rules/terms.js';
import type { FindingCase } from './case.js';
import type { EdgeCase } from './edge-case.js';
import { type Hypothesis, hypothesis, mayHoldLog, QUANTITY } from './hypothesis-form.js';
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
} from './hypothetical-facts.js';
import { noticeHypotheses } from './notice-hypotheses.js';
import { packingLogs, seals, undertakings } from './shipping-hypotheses.js';

export type { Hypothesis } from './hypothesis-form.js';

/** At most this many are tried for an edge. */
export const MOST_HYPOTHESES = 64;

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
      // What is worth less than 3 decides no issue of a high standard and is easily had: nobody has to be told. Of a
      // notice the time counts.
      if (way.bestGrade < 3 && name !== 'notified') continue;
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
    case 'notified':
      return noticeHypotheses(theCase, edge, way);
    case 'sealed':
      return way.type === 'seal' ? seals(edge, way) : [];
    default:
      // Terms, passages and payments are what they are: another one would be another case.
      return [];
  }
}

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

function films(edge: EdgeCase, boundary: Boundary, way: ShowTemplate): readonly Hypothesis[] {
  const { by, stillPossible, type } = way;
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
    hypothesis({ way, kind: 'recording', value, by: signer, boundary, stillPossible }, [
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
  way: ShowTemplate,
): readonly Hypothesis[] {
  const { stillPossible, type } = way;
  const time = boundary.time.to ?? boundary.time.from ?? 0;
  const prov =
    kind === 'joint-remark'
      ? { type, signer: from, counterSigned: [agrees(edge, to)], ...provenAt(time) }
      : { type, signer: NEUTRAL, counterSigned: [agrees(edge, from), agrees(edge, to)] };
  return STATES.map((value) =>
    hypothesis({ way, kind, value, by: from, with: to, boundary, stillPossible }, [
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
    hypothesis({ way, kind: 'laboratory', value, by: null, stillPossible: way.stillPossible }, [
      condition(edge, value, now, prov),
    ]),
  );
  const before = edge.damage.custody.boundaries
    .filter(({ name, records }) => name === 'packing' && records.length > 0)
    .map((boundary) => {
      const time = boundary.time.to ?? boundary.time.from ?? 0;
      return hypothesis(
        { way, kind: 'laboratory', value: 'good', by: null, boundary, stillPossible: false },
        [condition(edge, 'good', time, { ...prov, ...provenAt(time), records: [boundary.records[0]!] })],
      );
    });
  return [...today, ...before];
}

function causes(theCase: FindingCase, edge: EdgeCase, way: ShowTemplate): readonly Hypothesis[] {
  const { stillPossible, type } = way;
  const prov = { type, signer: NEUTRAL, kind: 'accredited-full' as const };
  return (['manufacture', 'nature', 'packing'] as const).map((cause) => {
    const told: Fact = {
      ...common(edge, theCase.dispute.asOf.utcS, prov),
      predicate: 'cause',
      cause,
      strength: 'sole',
    };
    return hypothesis({ way, kind: 'cause', value: cause, by: null, stillPossible }, [told]);
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
  const words = { way, by: holder, leg: leg.leg!, stillPossible };
  const span = { from: time.from, to: time.to };
  const batch = recording(edge, { type: way.type, holder, quantity, span, max: peak });
  if (peak === 0) return [hypothesis({ ...words, kind: 'log', value: 'clean' }, [batch])];
  const middle = time.from + Math.floor((time.to - time.from) / 2);
  return [hypothesis({ ...words, kind: 'shock-log', value: 'beyond' }, [batch, blow(batch, middle)])];
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
        { way, kind: 'incident', value: code, by: null, leg: leg.leg!, stillPossible: way.stillPossible },
        [told(code, NEUTRAL, 'own-record')],
      ),
    );
  }
  if (leg.holder === null) return [];
  const stillPossible = way.stillPossible && mayHoldLog(theCase, leg.holder, 'acceleration');
  return [
    hypothesis({ way, kind: 'incident', value: 'battery', by: leg.holder, leg: leg.leg!, stillPossible }, [
      told('battery', leg.holder, 'instrument'),
    ]),
  ];
}
