import type { CheckCode } from '../codes.js';
import type { Diagnostic } from '../diagnostic.js';

/** How many diagnostics of one code are kept word for word; past it only their number is. */
export const KEPT_PER_CODE = 1_000;

/**
 * Diagnostics about elements that anybody may have put into a file. A 64 MiB file can hold a million faulty ones: past
 * a cap per code only the total goes on, so that a hostile file cannot fill the memory with its own faults.
 */
export class DiagnosticList {
  readonly #kept: Diagnostic[] = [];
  readonly #counts = new Map<CheckCode, number>();

  add(found: Diagnostic): void {
    const count = (this.#counts.get(found.code) ?? 0) + 1;
    this.#counts.set(found.code, count);
    if (count <= KEPT_PER_CODE) this.#kept.push(found);
  }

  addAll(found: Iterable<Diagnostic>): void {
    for (const one of found) this.add(one);
  }

  /** Takes over what another list kept, and its totals. */
  merge(other: DiagnosticList): void {
    for (const [code, count] of other.#counts) this.#counts.set(code, (this.#counts.get(code) ?? 0) + count);
    const room = new Map<CheckCode, number>();
    for (const { code } of this.#kept) room.set(code, (room.get(code) ?? 0) + 1);
    for (const found of other.#kept) {
      const held = room.get(found.code) ?? 0;
      if (held >= KEPT_PER_CODE) continue;
      room.set(found.code, held + 1);
      this.#kept.push(found);
    }
  }

  /** The kept ones, in the order in which they were found. */
  get kept(): readonly Diagnostic[] {
    return this.#kept;
  }

  /** How many were found of each code, kept or not. */
  get counts(): ReadonlyMap<CheckCode, number> {
    return this.#counts;
  }
}
