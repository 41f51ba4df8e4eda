import { objectionsIn } from './enclosing.js';
import type { Fact } from './fact.js';
import { byCodeUnit, inOrder, sortedUnique } from './order.js';
import { byStanding } from './provenance.js';
import type { Judged, Stretch } from './recordings.js';

/** A stretch of time, and the lists of facts each of which shows that nothing happened in it. */
export interface ExcludedPart {
  readonly span: Stretch;
  readonly alternatives: readonly (readonly string[])[];
}

export interface Excluded {
  /** In order of time, without a hole between them. */
  readonly parts: readonly ExcludedPart[];
  /** Facts of others that speak against it, sorted. */
  readonly against: readonly string[];
}

interface Piece extends Stretch {
  readonly fact: Fact;
  readonly way: Judged['way'];
}

/** Something that makes its own signer's word worthless there, and contradicts the others'. */
interface Hole extends Stretch {
  readonly fact: string;
  readonly signer: string;
}

/** Good recordings of one harm under one source of limits, ready to be asked about many spans. */
export interface RecordedTime {
  readonly pieces: readonly Piece[];
  readonly holes: readonly Hole[];
}

export function recordedTimeOf(judged: readonly Judged[]): RecordedTime {
  const pieces: Piece[] = [];
  const holes: Hole[] = [];
  for (const one of judged) {
    if (one.unusable === null) {
      for (const { from, to } of one.pieces) pieces.push({ from, to, fact: one.fact, way: one.way });
    }
    addHoles(holes, one);
  }
  inOrder(
    pieces,
    (a, b) =>
      a.from - b.from ||
      a.to - b.to ||
      byCodeUnit(a.fact.id, b.fact.id) ||
      byCodeUnit(a.way.via.join(), b.way.via.join()),
  );
  inOrder(holes, byTimeThenFact);
  return { pieces, holes };
}

function byTimeThenFact(a: Stretch & { fact: string }, b: Stretch & { fact: string }): number {
  return a.from - b.from || a.to - b.to || byCodeUnit(a.fact, b.fact);
}

/** What stands out in one batch, as stretches that do not touch one another; each goes by its first fact. */
function addHoles(holes: Hole[], { fact, standOuts }: Judged): void {
  if (standOuts.length === 0) return;
  const sorted = inOrder([...standOuts], byTimeThenFact);
  const { signer } = fact.prov;
  const own = holes.length;
  for (const { fact: id, from, to } of sorted) {
    const last = holes.at(-1);
    if (holes.length > own && last !== undefined && from <= last.to) {
      holes[holes.length - 1] = { from: last.from, to: Math.max(last.to, to), fact: last.fact, signer };
    } else holes.push({ from, to, fact: id, signer });
  }
}

// So many recordings of one signer are offered for one stretch; more would only repeat its word.
const BEST_OF_A_SIGNER = 4;

/**
 * Is the whole span covered by recordings in which nothing stands out? What stands out in a signer's recording takes all
 * of that signer's word away there, so that nobody picks the favourable one of two devices.
 */
export function excludedByRecording(span: Stretch, { holes, pieces }: RecordedTime): Excluded | null {
  const near = pieces.filter(({ from, to }) => from <= span.to && to >= span.from);
  if (near.length === 0) return null;
  const broken = holes.filter(({ from, to }) => from <= span.to && to >= span.from);
  const parts: ExcludedPart[] = [];
  const against: string[] = [];
  let active: Piece[] = [];
  let touching: Hole[] = [];
  let nextPiece = 0;
  let nextHole = 0;
  const contested = near.flatMap(({ way }) =>
    objectionsIn(way, span).map(({ from, to }) => ({ from, to: to ?? span.to })),
  );
  for (const stretch of stretchesOf(span, [...near, ...broken, ...contested])) {
    while (nextPiece < near.length && near[nextPiece]!.from <= stretch.from) active.push(near[nextPiece++]!);
    while (nextHole < broken.length && broken[nextHole]!.from <= stretch.to)
      touching.push(broken[nextHole++]!);
    active = active.filter(({ to }) => to >= stretch.from);
    touching = touching.filter(({ to }) => to >= stretch.from);
    const guilty = new Set(touching.map(({ signer }) => signer));
    const good: Piece[] = [];
    for (const piece of active) {
      if (piece.to >= stretch.to && !guilty.has(piece.fact.prov.signer)) good.push(piece);
    }
    if (good.length === 0) return null;
    const { alternatives, objections } = waysToShow(good, stretch);
    for (const { fact } of touching) against.push(fact);
    for (const id of objections) against.push(id);
    addPart(parts, stretch, alternatives);
  }
  return { parts, against: sortedUnique(against) };
}

/** Something that a fact shows of the item by the way in which the item was where it speaks of. */
export interface Shown {
  readonly fact: Fact;
  readonly way: Judged['way'];
}

/**
 * The best facts of each signer, each with the packings by which it concerns the item. Where somebody puts the item
 * elsewhere, ways that nobody disputes are taken alone if there are any.
 */
export function waysToShow(
  shown: readonly Shown[],
  time: Stretch,
): { readonly alternatives: readonly (readonly string[])[]; readonly objections: readonly string[] } {
  const direct = shown.filter(({ way }) => objectionsIn(way, time).length === 0);
  const taken = direct.length > 0 ? direct : shown;
  const best = bestOfEach(taken.map(({ fact }) => fact));
  const alternatives = new Map<string, readonly string[]>();
  const objections: string[] = [];
  for (const fact of best) {
    for (const { way } of taken.filter((one) => one.fact === fact).slice(0, BEST_OF_A_SIGNER)) {
      const ids = way.via.length === 0 ? [fact.id] : sortedUnique([fact.id, ...way.via]);
      alternatives.set(ids.join(), ids);
      for (const one of objectionsIn(way, time)) objections.push(one.fact.id);
    }
  }
  const sorted = inOrder([...alternatives], ([a], [b]) => byCodeUnit(a, b));
  return { alternatives: sorted.map(([, ids]) => ids), objections };
}

/** Cuts the span at every edge inside it. */
function stretchesOf(span: Stretch, edges: readonly Stretch[]): readonly Stretch[] {
  if (span.from === span.to) return [span];
  const cuts = new Set([span.from, span.to]);
  for (const { from, to } of edges) {
    if (from > span.from && from < span.to) cuts.add(from);
    if (to > span.from && to < span.to) cuts.add(to);
  }
  if (cuts.size === 2) return [span];
  const sorted = [...cuts].sort((a, b) => a - b);
  return sorted.slice(1).map((to, index) => ({ from: sorted[index]!, to }));
}

function addPart(parts: ExcludedPart[], span: Stretch, alternatives: readonly (readonly string[])[]): void {
  const last = parts.at(-1);
  if (last !== undefined && last.alternatives.join() === alternatives.join()) {
    parts[parts.length - 1] = { span: { from: last.span.from, to: span.to }, alternatives };
  } else parts.push({ span, alternatives });
}

/** The best facts of each signer: of full standing before adverse-only, trusted first, earliest proven first. Sorted by id. */
export function bestOfEach<F extends Fact>(facts: readonly F[]): readonly F[] {
  if (facts.length < 2) return facts;
  const ranked = [...facts].sort((a, b) => byStanding(a.prov, b.prov) || byCodeUnit(a.id, b.id));
  const counts = new Map<string, number>();
  const seen = new Set<string>();
  const best = ranked.filter(({ id, prov }) => {
    const count = counts.get(prov.signer) ?? 0;
    if (count >= BEST_OF_A_SIGNER || seen.has(id)) return false;
    seen.add(id);
    counts.set(prov.signer, count + 1);
    return true;
  });
  return best.sort((a, b) => byCodeUnit(a.id, b.id));
}
