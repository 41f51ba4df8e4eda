import type { ProvenInterval } from './verified-passport.js';

/** A trusted time and what gave it, as `note:<sha256>`. Seconds UTC. */
export interface TimeSource {
  readonly time: number;
  readonly from: string;
}

/** One statement in the graph of pins; twins are one node, because a link to either is a link to both. */
export interface TimeNode {
  /** Record id that stands for the node in `record:<id>`; of twins the smallest. */
  readonly id: string;
  /** Nodes that this one pins, by position. A position outside the list is ignored. */
  readonly pins: readonly number[];
  /** Earliest trusted time that proves inclusion of this very statement. */
  readonly upper: TimeSource | null;
  /** Latest trusted time among its own anchors. A time that only covers the statement does not belong here. */
  readonly lower: TimeSource | null;
}

/**
 * The interval in which each statement was signed (format.md, "Time is an interval"). An upper bound spreads to
 * everything that a statement pins, a lower bound to everything that pins it. A time that covers P never raises the
 * lower bound of what pins P: P may have been stamped hours after it was seen.
 */
export function proveIntervals(nodes: readonly TimeNode[], at: number): ProvenInterval[] {
  const order = pinnedFirst(nodes);
  const lowerOf = new Int32Array(nodes.length).fill(-1);
  const upperOf = new Int32Array(nodes.length).fill(-1);
  for (let index = 0; index < nodes.length; index++) {
    const { lower, upper } = nodes[index]!;
    if (lower !== null && lower.time <= at) lowerOf[index] = index;
    if (upper !== null && upper.time <= at) upperOf[index] = index;
  }
  for (const index of order) {
    for (const pinned of nodes[index]!.pins) {
      if (isIn(nodes, pinned) && isBetter(nodes, 'lower', lowerOf[pinned]!, lowerOf[index]!, index)) {
        lowerOf[index] = lowerOf[pinned]!;
      }
    }
  }
  for (let step = order.length - 1; step >= 0; step--) {
    const index = order[step]!;
    for (const pinned of nodes[index]!.pins) {
      if (isIn(nodes, pinned) && isBetter(nodes, 'upper', upperOf[index]!, upperOf[pinned]!, pinned)) {
        upperOf[pinned] = upperOf[index]!;
      }
    }
  }
  return nodes.map((_, index) => interval(nodes, index, lowerOf[index]!, upperOf[index]!, at));
}

/** The interval of what nothing proves. */
export function neverProven(at: number): ProvenInterval {
  return { lower: null, upper: at, lowerFrom: 'none', upperFrom: 'at' };
}

function isIn(nodes: readonly TimeNode[], position: number): boolean {
  return position >= 0 && position < nodes.length;
}

/**
 * Does the bound that node `candidate` holds narrow more than the one of `current`? At a tie the node's own source stays,
 * then the smaller record id wins, so that the answer does not depend on the order of the list.
 */
function isBetter(
  nodes: readonly TimeNode[],
  side: 'lower' | 'upper',
  candidate: number,
  current: number,
  own: number,
): boolean {
  if (candidate < 0 || candidate === current) return false;
  if (current < 0) return true;
  const one = nodes[candidate]!;
  const other = nodes[current]!;
  const difference = one[side]!.time - other[side]!.time;
  if (difference !== 0) return side === 'lower' ? difference > 0 : difference < 0;
  return current !== own && one.id < other.id;
}

function interval(
  nodes: readonly TimeNode[],
  index: number,
  lowerOf: number,
  upperOf: number,
  at: number,
): ProvenInterval {
  const lower = lowerOf < 0 ? null : nodes[lowerOf]!.lower!;
  const upper = upperOf < 0 ? null : nodes[upperOf]!.upper!;
  return {
    lower: lower === null ? null : lower.time,
    upper: upper === null ? at : upper.time,
    lowerFrom: lower === null ? 'none' : lowerOf === index ? lower.from : `record:${nodes[lowerOf]!.id}`,
    upperFrom: upper === null ? 'at' : upperOf === index ? upper.from : `record:${nodes[upperOf]!.id}`,
  };
}

/** Every node after all it pins (Kahn). Pins are hashes, so there is no cycle; were there one, its nodes are left out and keep their own bounds. */
function pinnedFirst(nodes: readonly TimeNode[]): Int32Array {
  const count = nodes.length;
  const open = new Int32Array(count);
  const firstPinner = new Int32Array(count + 1);
  for (let index = 0; index < count; index++) {
    for (const pinned of nodes[index]!.pins) {
      if (!isIn(nodes, pinned)) continue;
      open[index]!++;
      firstPinner[pinned + 1]!++;
    }
  }
  for (let index = 0; index < count; index++) firstPinner[index + 1]! += firstPinner[index]!;
  const pinners = new Int32Array(firstPinner[count]!);
  const next = firstPinner.slice(0, count);
  for (let index = 0; index < count; index++) {
    for (const pinned of nodes[index]!.pins) {
      if (isIn(nodes, pinned)) pinners[next[pinned]!++] = index;
    }
  }
  const order = new Int32Array(count);
  let filled = 0;
  for (let index = 0; index < count; index++) if (open[index] === 0) order[filled++] = index;
  for (let taken = 0; taken < filled; taken++) {
    const pinned = order[taken]!;
    for (let slot = firstPinner[pinned]!; slot < firstPinner[pinned + 1]!; slot++) {
      const pinner = pinners[slot]!;
      if (--open[pinner]! === 0) order[filled++] = pinner;
    }
  }
  return order.subarray(0, filled);
}
