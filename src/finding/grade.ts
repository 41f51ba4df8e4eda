import { tookPart } from '../facts/counter-signatures.js';
import type { ConditionFact, CounterSignature, Fact, Provenance, Scope } from '../facts/fact.js';
import type { EvidencePack, GradePredicate, GradeTest } from '../rules/evidence-pack.js';
import type { DamageCase, FindingCase } from './case.js';
import type { EdgeCase } from './edge-case.js';
import type { Stance } from './stance.js';

/** What a fact is worth for one side of one issue on one edge, and which lines of the evidence pack said so. */
export interface Grade {
  readonly fact: string;
  /** 0 … 5. */
  readonly grade: number;
  readonly line: string;
  readonly lift: string | null;
  readonly caps: readonly string[];
}

/** A condition fact speaks for the aspect; of any other fact only its word counts. */
function isCondition(fact: Fact): fact is ConditionFact {
  return fact.predicate === 'condition';
}

/** Facts that argue the same; asked for only where one of them could lift another. */
export type Peers = () => readonly Fact[];
const NO_PEERS: Peers = () => [];

/** Grades facts on one edge. Pure; remembers what it graded. */
export class Grader {
  readonly #edge: EdgeCase;
  readonly #stance: Stance;
  readonly #pack: EvidencePack;
  readonly #case: FindingCase;
  readonly #alone = new Map<string, Map<string, Grade>>();

  constructor(edge: EdgeCase, stance: Stance, theCase: FindingCase) {
    this.#edge = edge;
    this.#stance = stance;
    this.#pack = theCase.rules.evidence;
    this.#case = theCase;
  }

  /** Counts a use of a grade, remembered or not. */
  step(): void {
    this.#case.budget.take();
  }

  /**
   * The grade of a fact where it hurts a party: first the line that fits, then a lift from 2 to 3, then the caps.
   * `peers` are the facts that argue the same on the issue: one of an opposed or neutral side may lift this one.
   */
  grade(fact: Fact, hurt: string, peers: Peers = NO_PEERS): Grade {
    const alone = this.#gradeAlone(fact, hurt);
    if (alone.grade !== 2 || peers === NO_PEERS) return alone;
    const lift = this.#pack.lifts.find(({ when }) =>
      when.some(({ predicate }) => predicate.asks === 'opposed-record'),
    );
    if (lift === undefined || !this.#isGradeTwo(fact, alone) || alone.lift !== null) return alone;
    const opposed = peers().some((peer) => this.#opposes(fact, peer, hurt));
    if (!opposed || !this.#holds(lift.when, fact, hurt, alone.line, true)) return alone;
    return this.#capped(fact, hurt, alone.line, lift.id, 3);
  }

  #gradeAlone(fact: Fact, hurt: string): Grade {
    let known = this.#alone.get(hurt);
    if (known === undefined) {
      known = new Map();
      this.#alone.set(hurt, known);
    }
    const before = known.get(fact.id);
    if (before !== undefined) return before;
    this.#case.budget.take();
    const line = this.#firstThatHolds(this.#pack.grades, fact, hurt, null);
    const lift = line?.grade === 2 ? this.#firstThatHolds(this.#pack.lifts, fact, hurt, line.id) : null;
    const reached = lift === null ? (line?.grade ?? 0) : 3;
    const graded = this.#capped(fact, hurt, line?.id ?? 'none', lift?.id ?? null, reached);
    known.set(fact.id, graded);
    return graded;
  }

  #firstThatHolds<L extends { readonly when: readonly GradeTest[] }>(
    lines: readonly L[],
    fact: Fact,
    hurt: string,
    line: string | null,
  ): L | null {
    for (const one of lines) if (this.#holds(one.when, fact, hurt, line, false)) return one;
    return null;
  }

  #capped(fact: Fact, hurt: string, line: string, lift: string | null, reached: number): Grade {
    const caps: string[] = [];
    let grade = reached;
    for (const { id, to, when } of this.#pack.caps) {
      if (to >= reached || !this.#holds(when, fact, hurt, line, false)) continue;
      caps.push(id);
      grade = Math.min(grade, to);
    }
    return { caps, fact: fact.id, grade, lift, line };
  }

  #isGradeTwo(fact: Fact, graded: Grade): boolean {
    return (
      this.#pack.grades.some(({ id, grade }) => id === graded.line && grade === 2) && graded.fact === fact.id
    );
  }

  /** Is the peer a grade-2 record of its own, from somebody who does not gain where this one's signer gains? */
  #opposes(fact: Fact, peer: Fact, hurt: string): boolean {
    if (peer.prov.signer === fact.prov.signer || peer.prov.records[0] === fact.prov.records[0]) return false;
    const graded = this.#gradeAlone(peer, hurt);
    const ownGradeTwo = graded.grade >= 2 && this.#isGradeTwo(peer, graded);
    const mine = this.#stance.alignment(fact.prov.signer);
    const theirs = this.#stance.alignment(peer.prov.signer);
    return ownGradeTwo && (mine !== theirs || mine === 'neither');
  }

  #holds(
    tests: readonly GradeTest[],
    fact: Fact,
    hurt: string,
    line: string | null,
    opposed: boolean,
  ): boolean {
    for (const { not, predicate } of tests) {
      if (this.#asks(predicate, fact, hurt, line, opposed) === not) return false;
    }
    return true;
  }

  #asks(predicate: GradePredicate, fact: Fact, hurt: string, line: string | null, opposed: boolean): boolean {
    const { prov } = fact;
    switch (predicate.asks) {
      case 'integrity':
        // What is broken yields no facts at all; only the other word can be met here.
        return prov.integrity === predicate.is;
      case 'issued-by-hurt':
        return this.#stance.speaksFor(prov.signer, prov.actsFor, hurt);
      case 'counter-signed-by-hurt':
        return this.#isCounterSigned(fact, hurt);
      case 'kind':
        return predicate.of.includes(prov.kind);
      case 'scope-covers':
        return !touches(prov.notTested, fact, this.#edge.damage);
      case 'neutral':
        return this.#stance.isNeutral(prov.signer, prov.trusted);
      case 'helping-itself':
        return this.#helpsItself(fact);
      case 'secured':
        return this.#isSecured(prov);
      case 'timely':
        return this.#isTimely(prov);
      case 'neutral-of-occasion':
        return this.#hasNeutralWitness(prov);
      case 'opposed-record':
        return opposed;
      case 'after-cut':
        return prov.afterCut;
      case 'calibration-lapsed':
        return calibrationLapsed(fact);
      case 'trusted-path':
        return prov.trusted;
      case 'counter-signed-by-trusted':
        return prov.counterSigned.some(isTrustedAgreement);
      case 'line':
        return line !== null && predicate.of.includes(line);
    }
  }

  #isCounterSigned(fact: Fact, hurt: string): boolean {
    return fact.prov.counterSigned.some(
      (answer) =>
        answer.stance === 'agree' &&
        (fact.predicate !== 'handed-over' || tookPart(answer)) &&
        this.#stance.speaksFor(answer.by, null, hurt) &&
        this.#coversAspect(answer.scope, fact),
    );
  }

  /** What is no condition has no aspect that a scope would have to cover. */
  #coversAspect(scope: readonly Scope[], fact: Fact): boolean {
    if (!isCondition(fact)) return true;
    return scope.some(
      ({ aspect, region }) =>
        aspect === fact.aspect && (region === undefined || region === 'whole' || region === fact.region),
    );
  }

  #isTimely({ end, madeAt }: Provenance): boolean {
    return (
      madeAt.upper < this.#edge.damage.complainedAt || madeAt.upper - end <= this.#pack.anchorWithinH * 3600
    );
  }

  #isSecured(prov: Provenance): boolean {
    const { itemSeen, oneShot, parcelSeen, pinnedBy } = prov.secured;
    return oneShot && itemSeen && parcelSeen && pinnedBy !== null && this.#isTimely(prov);
  }

  /**
   * A record of a party is lifted by a neutral record of the same occasion, even if that one is silent on the aspect: not
   * by the passage record itself, unless it bears an exception or a refusal.
   */
  #hasNeutralWitness(prov: Provenance): boolean {
    if (!this.#stance.isParty(prov.signer)) return false;
    return prov.witnesses.some(
      ({ by, integrity, passage, record, remark, trusted }) =>
        !prov.records.includes(record) &&
        integrity === 'ok' &&
        (!passage || remark === 'exception' || remark === 'refused') &&
        this.#stance.isNeutral(by, trusted),
    );
  }

  /** Good at or after the end of the signer's own custody, bad at or before its start, and an edge on which that pays. */
  #helpsItself(fact: Fact): boolean {
    if (!isCondition(fact) || !this.#stance.hasOtherEdge(fact.prov.signer)) return false;
    const { custody, timeline } = this.#edge.damage;
    const own = custody.intervals.filter(({ holder }) => holder === fact.prov.signer);
    const places = timeline.placements.filter((placement) => placement.fact === fact.id);
    return places.some(({ boundary, first, last }) =>
      own.some(({ index }) => {
        // Interval n ends with boundary n; at a boundary p, first is p.
        if (fact.value === 'good') return boundary === null ? first > index : first >= index;
        return boundary === null ? last < index : first <= index - 1;
      }),
    );
  }
}

function touches(left: readonly Scope[], fact: Fact, { damage }: DamageCase): boolean {
  const about = isCondition(fact) ? fact : damage;
  return left.some(({ aspect, region }) => {
    if (aspect !== about.aspect) return false;
    return region === undefined || region === 'whole' || about.region === 'whole' || region === about.region;
  });
}

function isTrustedAgreement({ stance, trusted }: CounterSignature): boolean {
  return stance === 'agree' && trusted;
}

/** Calibration must hold over all that the instrument tells of. Facts of no instrument need none. */
function calibrationLapsed({ prov, time }: Fact): boolean {
  const { calibration } = prov;
  if (calibration === undefined) return false;
  if (calibration === null) return true;
  const begins = calibration.from === null || (time.from !== null && time.from >= calibration.from);
  const ends = calibration.to === null || (time.to !== null && time.to <= calibration.to);
  return !(begins && ends);
}
