import type { RecordLink } from '../record/link.js';
import type { Reference } from '../record/record-type.js';

/** How many twins of one statement are listed where a record pins it. */
const LISTED_TWINS = 16;

/** What the graph knows of a record. Its signature verified, or (`verified` false) nobody here can check it; a record whose signature fails is not in the graph. */
export interface GraphRecord {
  readonly id: string;
  /** Null for a record whose link this reader cannot read and whose statement it cannot name. */
  readonly statementHash: string | null;
  readonly kid: string;
  readonly iss: string;
  readonly sub: string;
  readonly iat: number;
  readonly type: string;
  readonly verified: boolean;
  /** Null for an unknown link version or a malformed link: the id still can be linked to. */
  readonly link: RecordLink | null;
  readonly references: readonly Reference[];
  /** Ids that an acknowledgement received or a manifest lists: pinned, like `seen`. */
  readonly named: readonly string[];
}

/**
 * Records as they hang together. Its nodes are *statements*: two records over the same signed bytes (twins) are one
 * node, because a link to either is a link to both. Pins are hash commitments: prev and lane by statement hash, seen
 * and named by id. Since every pin is a hash of what it names, there is no cycle.
 */
export class EvidenceGraph {
  /** Ascending by id; a record's position is also its rank. */
  readonly records: readonly GraphRecord[];
  readonly statementCount: number;
  /** By record position: its statement. */
  readonly statementAt: Int32Array;
  readonly #positions: ReadonlyMap<string, number>;
  readonly #statements: ReadonlyMap<string, number>;
  /** By statement: the first of its records. */
  readonly #leadAt: Int32Array;
  /** Records of the statements that have more than one. */
  readonly #twins: ReadonlyMap<number, readonly number[]>;
  readonly #pins: readonly (readonly number[])[];
  /** By statement that is alone, its one position, made when it is asked for: it is asked for again and again. */
  readonly #alone: (readonly number[] | undefined)[] = [];

  constructor(records: readonly GraphRecord[]) {
    const sorted = [...records].sort((a, b) => (a.id < b.id ? -1 : 1));
    const positions = new Map<string, number>();
    const statements = new Map<string, number>();
    const statementAt = new Int32Array(sorted.length);
    const leadAt = new Int32Array(sorted.length);
    const twins = new Map<number, number[]>();
    let count = 0;
    for (let position = 0; position < sorted.length; position += 1) {
      const record = sorted[position]!;
      positions.set(record.id, position);
      // An id is no statement hash: both are SHA-256, but of different bytes.
      const name = record.statementHash ?? record.id;
      let statement = statements.get(name);
      if (statement === undefined) {
        statement = count++;
        statements.set(name, statement);
        leadAt[statement] = position;
      } else {
        const members = twins.get(statement);
        if (members === undefined) twins.set(statement, [leadAt[statement]!, position]);
        else members.push(position);
      }
      statementAt[position] = statement;
    }
    if (positions.size !== sorted.length) throw new RangeError('a record stands in the graph twice');
    this.records = sorted;
    this.statementCount = count;
    this.statementAt = statementAt;
    this.#positions = positions;
    this.#statements = statements;
    this.#leadAt = leadAt;
    this.#twins = twins;
    this.#pins = this.#readPins();
  }

  /** Position of a present record, or −1. */
  positionOf(id: string): number {
    return this.#positions.get(id) ?? -1;
  }

  recordOf(id: string): GraphRecord | undefined {
    return this.records[this.positionOf(id)];
  }

  /** The statement of a present record id, or −1. */
  statementOfId(id: string): number {
    const position = this.#positions.get(id);
    return position === undefined ? -1 : this.statementAt[position]!;
  }

  /** The present statement of that hash, or −1; no hash is no statement's. */
  statementOfHash(hash: string | null | undefined): number {
    return this.#statements.get(hash ?? '') ?? -1;
  }

  /** Positions of the records over this statement, ascending; more than one are twins. */
  membersOf(statement: number): readonly number[] {
    const known = this.#alone[statement] ?? this.#twins.get(statement);
    if (known !== undefined) return known;
    const alone = [this.#leadAt[statement]!];
    this.#alone[statement] = alone;
    return alone;
  }

  /** The record that stands for a statement: of twins the one with the smallest id. Twins share all that is signed. */
  lead(statement: number): GraphRecord {
    return this.records[this.#leadAt[statement]!]!;
  }

  /** Present statements that this one commits to by hash, ascending. */
  pinsOf(statement: number): readonly number[] {
    return this.#pins[statement]!;
  }

  /**
   * Ids of the present records that this one pins, ascending. Of twins the first few: a hostile key can sign one text
   * a hundred thousand times and pin it as often.
   */
  pinnedIds(id: string): readonly string[] {
    const statement = this.statementOfId(id);
    return statement < 0 ? [] : this.pinnedIdsOf(statement);
  }

  /** The same of a statement. */
  pinnedIdsOf(statement: number): readonly string[] {
    const pins = this.pinsOf(statement);
    // Without twins the order of the statements is that of the ids.
    if (this.#twins.size === 0) return pins.map((pinned) => this.lead(pinned).id);
    const positions: number[] = [];
    for (const pinned of pins) {
      const members = this.membersOf(pinned);
      const listed = Math.min(members.length, LISTED_TWINS);
      for (let index = 0; index < listed; index += 1) positions.push(members[index]!);
    }
    ascending(positions);
    const ids: string[] = [];
    for (const position of positions) ids.push(this.records[position]!.id);
    return ids;
  }

  #readPins(): readonly (readonly number[])[] {
    const pins: (readonly number[])[] = [];
    const found: number[] = [];
    const takenBy = new Int32Array(this.statementCount).fill(-1);
    for (let statement = 0; statement < this.statementCount; statement += 1) {
      found.length = 0;
      const { link, named } = this.lead(statement);
      if (link !== null) {
        addPin(found, this.statementOfHash(link.prev), statement, takenBy);
        if (link.lane !== link.prev) addPin(found, this.statementOfHash(link.lane), statement, takenBy);
        for (const id of link.seen) addPin(found, this.statementOfId(id), statement, takenBy);
      }
      for (const id of named) addPin(found, this.statementOfId(id), statement, takenBy);
      // A copy is as long as it need be; a list that grew has room for sixteen.
      pins.push(found.length === 0 ? NO_PINS : ascending(found).slice());
    }
    return pins;
  }
}

const NO_PINS: readonly number[] = Object.freeze([]);

/** A statement that is present and not taken before by the one that pins. */
function addPin(found: number[], pinned: number, statement: number, takenBy: Int32Array): void {
  if (pinned < 0 || takenBy[pinned] === statement) return;
  takenBy[pinned] = statement;
  found.push(pinned);
}

/** Sorted in place. Most lists have two entries, for which the engine's own sort sets up more than it sorts. */
function ascending(numbers: number[]): number[] {
  if (numbers.length > 8) return numbers.sort((a, b) => a - b);
  for (let end = 1; end < numbers.length; end += 1) {
    const value = numbers[end]!;
    let at = end;
    for (; at > 0 && numbers[at - 1]! > value; at -= 1) numbers[at] = numbers[at - 1]!;
    numbers[at] = value;
  }
  return numbers;
}

/** For each statement the statements that pin it: those from `starts[statement]` up to where the next one's begin. */
export interface Pinners {
  readonly starts: Int32Array;
  readonly statements: Int32Array;
}

/** Who pins whom, read backwards. */
export function pinnersOf(graph: EvidenceGraph): Pinners {
  const count = graph.statementCount;
  const starts = new Int32Array(count + 1);
  for (let statement = 0; statement < count; statement += 1) {
    const pins = graph.pinsOf(statement);
    for (let index = 0; index < pins.length; index += 1) starts[pins[index]! + 1]! += 1;
  }
  for (let statement = 0; statement < count; statement += 1) starts[statement + 1]! += starts[statement]!;
  const next = starts.slice(0, count);
  const values = new Int32Array(starts[count]!);
  for (let statement = 0; statement < count; statement += 1) {
    const pins = graph.pinsOf(statement);
    for (let index = 0; index < pins.length; index += 1) values[next[pins[index]!]!++] = statement;
  }
  return { starts, statements: values };
}
