import type { Boundary } from '../facts/custody.js';
import type { Fact } from '../facts/fact.js';
import type { ShowTemplate } from '../facts/predicates.js';
import type { FindingCase } from './case.js';

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
    | 'undertaking'
    | 'notice';
  /** Type of the record it would be. */
  readonly record: string;
  /** Best grade it can have against somebody who did not sign it: 1 … 4. */
  readonly grade: number;
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

/** What records each kind of harm. */
export const QUANTITY: Readonly<Record<string, string>> = {
  shock: 'acceleration',
  heat: 'temperature',
  cold: 'temperature',
  wet: 'humidity',
};

/** What tells one hypothesis from another. */
export interface HypothesisWords {
  readonly way: Pick<ShowTemplate, 'type' | 'bestGrade'>;
  readonly kind: Hypothesis['kind'];
  readonly value: string;
  readonly by: string | null;
  readonly with?: string;
  readonly boundary?: Boundary;
  readonly leg?: string;
  readonly stillPossible: boolean;
}

/** Names a hypothesis and its facts. */
export function hypothesis(words: HypothesisWords, facts: readonly Fact[]): Hypothesis {
  const { boundary, by, kind, leg = null, stillPossible, value, way } = words;
  const id = [kind, boundary?.id ?? leg ?? '', value, by ?? '', words.with ?? ''].join('/');
  return {
    id,
    kind,
    record: way.type,
    grade: way.bestGrade,
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
export const LAST = Number.MAX_SAFE_INTEGER;
/** Somebody who undertook to log, or who showed a recording of the same quantity, may hold more than was shown. */
export function mayHoldLog({ facts }: FindingCase, holder: string, quantity: string): boolean {
  return (
    facts.of('undertaken').some(({ by, what }) => by === holder && what === 'log') ||
    facts.of('recorded').some((fact) => fact.quantity === quantity && fact.prov.signer === holder)
  );
}
