import { GoodOrderError } from '../errors.js';
import type { ChainPosition } from '../record/sign-record.js';

/** A record that is signed and has not left yet. */
export interface SealedRecord {
  /** SHA-256 of the record's bytes, lowercase hex. */
  readonly id: string;
  /** SHA-256 of what was signed, lowercase hex: the next prev and lane. */
  readonly statementHash: string;
  readonly record: Uint8Array;
  readonly openings: readonly Uint8Array[];
}

/** A position held out to one statement. It is taken by whoever persists a record at it first. */
export interface Reservation {
  readonly sub: string;
  readonly position: ChainPosition;
  /** Number of the statement in the key's lane, from 1; what two signers race for. */
  readonly turn: number;
}

/**
 * What a key has signed so far. Two records of one key at one position are a fork, which accuses the key for ever and
 * which nobody can tell from fraud. So a position is on disk, for good, before a signature for it leaves the signer:
 * `reserve`, sign, `persist`, release, `released`. A crash between persisting and releasing loses nothing, since the
 * signed bytes are kept until `released`.
 *
 * Every method throws GoodOrderError `signer.state` where the state is unreadable, rolled back or another machine's.
 */
export interface SignerState {
  /** Lowercase hex. */
  readonly kid: string;
  reserve(sub: string): Promise<Reservation>;
  /** True once the record is durable at its position; false, and nothing kept, where another signer took it first. */
  persist(reservation: Reservation, sealed: SealedRecord): Promise<boolean>;
  /** Records that were persisted and perhaps never released, oldest first. */
  unreleased(): Promise<readonly SealedRecord[]>;
  /** The caller has the record's bytes safe elsewhere. */
  released(id: string): Promise<void>;
}

// Losing a race again and again means that something else is wrong.
const MAX_ATTEMPTS = 50;

/**
 * Signs one statement about `sub` at the key's next position and hands it to `release` once its position is durable.
 * `sign` is called again with another position when another process was faster; its earlier signature has not left.
 * Where `release` throws, the record stays in `unreleased()`.
 */
export async function signNext<T extends SealedRecord>(
  state: SignerState,
  sub: string,
  sign: (position: ChainPosition) => Promise<T>,
  release: (sealed: T) => void | Promise<void>,
): Promise<T> {
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
    const reservation = await state.reserve(sub);
    const sealed = await sign(reservation.position);
    if (await state.persist(reservation, sealed)) {
      await release(sealed);
      await state.released(sealed.id);
      return sealed;
    }
  }
  throw new GoodOrderError('signer.state', `another process took the key's position ${MAX_ATTEMPTS} times`);
}

/** Hands over every record that a crash kept from leaving; returns how many there were. */
export async function releasePending(
  state: SignerState,
  release: (sealed: SealedRecord) => void | Promise<void>,
): Promise<number> {
  const pending = await state.unreleased();
  for (const sealed of pending) {
    await release(sealed);
    await state.released(sealed.id);
  }
  return pending.length;
}

/** The positions of a key, as a journal of its statements gives them. */
export class SignerPositions {
  readonly #subjects = new Map<string, { readonly seq: number; readonly statementHash: string }>();
  #turn = 0;
  #lane: string | null = null;

  /** Statements so far. */
  get turn(): number {
    return this.#turn;
  }

  next(sub: string): Reservation {
    assertSubject(sub);
    const last = this.#subjects.get(sub);
    return {
      sub,
      position: { seq: (last?.seq ?? -1) + 1, prev: last?.statementHash ?? null, lane: this.#lane },
      turn: this.#turn + 1,
    };
  }

  /** Takes the next position about `sub`. */
  take(sub: string, statementHash: string): void {
    const seq = this.next(sub).position.seq;
    this.#subjects.set(sub, { seq, statementHash });
    this.#lane = statementHash;
    this.#turn += 1;
  }
}

/** State of a key that lives as long as the process: for tests, and for keys made for one session. */
export function memorySignerState(kid: string): SignerState {
  const positions = new SignerPositions();
  const pending = new Map<string, SealedRecord>();
  return {
    kid,
    async reserve(sub) {
      return positions.next(sub);
    },
    async persist({ sub, turn }, sealed) {
      if (turn !== positions.turn + 1) return false;
      positions.take(sub, sealed.statementHash);
      pending.set(sealed.id, sealed);
      return true;
    },
    async unreleased() {
      return [...pending.values()];
    },
    async released(id) {
      pending.delete(id);
    },
  };
}

function assertSubject(sub: string): void {
  if (!/^[\x21-\x7e]{1,512}$/.test(sub)) {
    throw new TypeError('a subject is 1 to 512 characters of printable ASCII without blanks');
  }
}
