import { open } from 'node:fs/promises';
import { sha256Hex } from '../../crypto/hash.js';
import { GoodOrderError } from '../../errors.js';
import { SignerPositions } from '../signer-state.js';
import { isCode } from './durable-file.js';
import type { Witness } from './installation.js';

/** One line: a statement that a key has signed. */
export interface JournalEntry {
  readonly turn: number;
  readonly seq: number;
  readonly statementHash: string;
  readonly id: string;
  readonly sub: string;
}

const LINE = /^(\d{1,15}) (\d{1,15}) ([0-9a-f]{64}) ([0-9a-f]{64}) ([0-9a-f]{64}) ([\x21-\x7e]{1,512})$/;
const READ_BYTES = 1 << 20;
/** A witness is behind by the signers at work when it was written, never by hundreds. */
const KEPT_CHECKS = 1024;

export function journalHeader(kid: string, installationId: string): string {
  return `goodorder signer state 1 ${kid} ${installationId}\n`;
}

/** The line that follows the one whose check is `previous`. */
export function journalLine(previous: string, entry: JournalEntry): string {
  const { turn, seq, statementHash, id, sub } = entry;
  return `${turn} ${seq} ${statementHash} ${id} ${checkOf(previous, entry)} ${sub}\n`;
}

function checkOf(previous: string, { turn, seq, statementHash, id, sub }: JournalEntry): string {
  return sha256Hex(Buffer.from(`${previous} ${turn} ${seq} ${statementHash} ${id} ${sub}`, 'latin1'));
}

/** A key's journal as far as it was read. Each line's check covers all lines before it. */
export class SignerJournal {
  readonly positions = new SignerPositions();
  /** Turns of the records that the reader was asked to look for. */
  readonly found = new Map<string, number>();
  readonly #header: string;
  readonly #path: string;
  readonly #wanted: ReadonlySet<string>;
  readonly #checks = new Map<number, string>();
  readonly #ids = new Map<number, string>();
  #check = '';
  /** Bytes read, and of them the beginning of a line that has no end yet. */
  #offset = 0;
  #rest = '';
  #headerRead = false;
  #inode: number | undefined;

  constructor(kid: string, installationId: string, path: string, wanted: ReadonlySet<string> = new Set()) {
    this.#header = journalHeader(kid, installationId);
    this.#path = path;
    this.#wanted = wanted;
  }

  /** Digest over everything up to the last turn. */
  get check(): string {
    return this.#check;
  }

  /** The file ends within a line. */
  get endsTorn(): boolean {
    return this.#rest !== '';
  }

  /** Id of the record that holds a recent turn. */
  idAt(turn: number): string | undefined {
    return this.#ids.get(turn);
  }

  /** True if the journal holds the turn that was witnessed, with the same history. */
  agreesWith({ turn, check }: Witness): boolean {
    return this.#checks.get(turn) === check;
  }

  /** Reads what was appended since. */
  async readOn(): Promise<void> {
    const file = await this.#open();
    try {
      const { ino, size } = await file.stat();
      this.#inode ??= ino;
      // Nothing but appending ever happens to a journal.
      if (ino !== this.#inode || size < this.#offset) throw this.#error('the state of the key was replaced');
      const buffer = Buffer.alloc(READ_BYTES);
      for (;;) {
        const { bytesRead } = await file.read(buffer, 0, READ_BYTES, this.#offset);
        if (bytesRead === 0) break;
        this.#offset += bytesRead;
        this.#takeLines(this.#rest + buffer.toString('latin1', 0, bytesRead));
      }
    } finally {
      await file.close();
    }
    if (!this.#headerRead) throw this.#error('the state of the key is empty');
  }

  async #open() {
    try {
      return await open(this.#path, 'r');
    } catch (error) {
      if (!isCode(error, 'ENOENT')) throw error;
      throw this.#error('the key has no state here: a key whose state is lost cannot sign, enrol a new key');
    }
  }

  #takeLines(text: string): void {
    let start = 0;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
      const line = text.slice(start, end);
      if (this.#headerRead) this.#takeLine(line);
      else this.#takeHeader(`${line}\n`);
      start = end + 1;
    }
    this.#rest = text.slice(start);
    if (this.#rest.length > 4 * READ_BYTES) throw this.#error('the state of the key is damaged');
  }

  #takeHeader(header: string): void {
    if (header !== this.#header) {
      const known = /^goodorder signer state 1 ([0-9a-f]{64}) ([0-9a-f]{32})\n$/.exec(header);
      if (known === null) throw this.#error('the state of the key is damaged');
      throw this.#error(
        this.#header.includes(known[1]!)
          ? 'the state was made on another machine or installation, as a copy or a restored backup: enrol a new key'
          : 'the state belongs to another key',
      );
    }
    this.#headerRead = true;
    this.#setCheck(0, sha256Hex(Buffer.from(header, 'latin1')));
  }

  #takeLine(line: string): void {
    const match = LINE.exec(line);
    // A line that a crash cut short was never witnessed and its record never left. If instead damage has made a line
    // unreadable, the next line's check or the witness shows it.
    if (match === null) return;
    const turn = Number(match[1]);
    // Whoever wrote this lost the race for the turn.
    if (turn <= this.positions.turn) return;
    const entry = {
      turn,
      seq: Number(match[2]),
      statementHash: match[3]!,
      id: match[4]!,
      sub: match[6]!,
    };
    const check = checkOf(this.#check, entry);
    const seq = this.positions.next(entry.sub).position.seq;
    if (check !== match[5]) {
      // The same two causes as above.
      if (turn === this.positions.turn + 1) return;
      throw this.#error(
        `the state of the key is damaged: statement ${this.positions.turn + 1} cannot be read`,
      );
    }
    if (seq !== entry.seq) throw this.#error('the state of the key is damaged');
    this.positions.take(entry.sub, entry.statementHash);
    this.#setCheck(turn, check);
    this.#ids.set(turn, entry.id);
    this.#ids.delete(turn - KEPT_CHECKS);
    if (this.#wanted.has(entry.id)) this.found.set(entry.id, turn);
  }

  #setCheck(turn: number, check: string): void {
    this.#check = check;
    this.#checks.set(turn, check);
    this.#checks.delete(turn - KEPT_CHECKS);
  }

  #error(message: string): GoodOrderError {
    return new GoodOrderError('signer.state', message, { file: this.#path });
  }
}
