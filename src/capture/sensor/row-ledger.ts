import type { Contradiction, EventRow, ImportReport, RefusalReason } from './recording.js';

/** Event rows beyond these are counted only. */
const MAX_EVENT_ROWS = 1000;

/** Counts what becomes of rows; neighbouring refusals for one reason become one entry, so a bad file stays small. */
export class RowLedger {
  #rows = 0;
  #blankLines = 0;
  #events = 0;
  #refused = 0;
  readonly #eventRows: EventRow[] = [];
  readonly #refusedLines: { from: number; to: number; reason: RefusalReason }[] = [];

  row(): void {
    this.#rows += 1;
  }

  blank(): void {
    this.#blankLines += 1;
  }

  event(line: number, text: string): void {
    this.#events += 1;
    if (this.#eventRows.length < MAX_EVENT_ROWS) this.#eventRows.push({ line, text });
  }

  refuse(line: number, reason: RefusalReason): void {
    this.#refused += 1;
    const last = this.#refusedLines.at(-1);
    if (last !== undefined && last.reason === reason && last.to === line - 1) last.to = line;
    else this.#refusedLines.push({ from: line, to: line, reason });
  }

  report(
    samples: number,
    contradictions: readonly Contradiction[],
    zone: ImportReport['zone'] = 'not-needed',
  ): ImportReport {
    return {
      rows: this.#rows,
      samples,
      blankLines: this.#blankLines,
      events: this.#events,
      eventRows: this.#eventRows,
      refused: this.#refused,
      refusedLines: this.#refusedLines,
      contradictions,
      zone,
    };
  }
}
