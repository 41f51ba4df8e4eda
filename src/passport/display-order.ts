import { type EvidenceGraph, pinnersOf } from './graph.js';

/**
 * Positions of all records in display order: repeatedly the smallest id whose present pins are all taken. For people
 * only: ids can be ground, so no rule may read an order out of it that the pins do not prove.
 */
export function displayOrder(graph: EvidenceGraph): Int32Array {
  const known = orders.get(graph);
  if (known !== undefined) return known;
  const order = sortByPins(graph);
  orders.set(graph, order);
  return order;
}

const orders = new WeakMap<EvidenceGraph, Int32Array>();

function sortByPins(graph: EvidenceGraph): Int32Array {
  const count = graph.statementCount;
  const { starts, statements: pinners } = pinnersOf(graph);
  const openPins = new Int32Array(count);
  const openMembers = new Int32Array(count);
  // Positions are ranks by id, so the heap compares small integers, not texts.
  const ready = new MinHeap(graph.records.length);
  const release = (statement: number): void => {
    for (const position of graph.membersOf(statement)) ready.push(position);
  };
  for (let statement = 0; statement < count; statement += 1) {
    openPins[statement] = graph.pinsOf(statement).length;
    openMembers[statement] = graph.membersOf(statement).length;
    if (openPins[statement] === 0) release(statement);
  }
  const order = new Int32Array(graph.records.length);
  let taken = 0;
  for (let position = ready.pop(); position >= 0; position = ready.pop()) {
    order[taken++] = position;
    const statement = graph.statementAt[position]!;
    openMembers[statement]! -= 1;
    if (openMembers[statement] !== 0) continue;
    for (let at = starts[statement]!; at < starts[statement + 1]!; at += 1) {
      const pinner = pinners[at]!;
      openPins[pinner]! -= 1;
      if (openPins[pinner] === 0) release(pinner);
    }
  }
  return order;
}

/** Smallest integer first. */
class MinHeap {
  readonly #items: Int32Array;
  #size = 0;

  constructor(capacity: number) {
    this.#items = new Int32Array(capacity);
  }

  push(value: number): void {
    const items = this.#items;
    let hole = this.#size++;
    while (hole > 0) {
      const parent = (hole - 1) >> 1;
      if (items[parent]! <= value) break;
      items[hole] = items[parent]!;
      hole = parent;
    }
    items[hole] = value;
  }

  /** −1 when empty. */
  pop(): number {
    if (this.#size === 0) return -1;
    const items = this.#items;
    const least = items[0]!;
    const last = items[--this.#size]!;
    let hole = 0;
    for (;;) {
      let child = 2 * hole + 1;
      if (child >= this.#size) break;
      if (child + 1 < this.#size && items[child + 1]! < items[child]!) child += 1;
      if (items[child]! >= last) break;
      items[hole] = items[child]!;
      hole = child;
    }
    items[hole] = last;
    return least;
  }
}
