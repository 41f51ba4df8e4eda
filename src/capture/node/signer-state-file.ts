import { mkdir, open, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fromBase64url, toBase64url } from '../../codec/base64url.js';
import { sha256Hex } from '../../crypto/hash.js';
import { GoodOrderError } from '../../errors.js';
import type { Reservation, SealedRecord, SignerState } from '../signer-state.js';
import { createDurably, isAbandoned, readIfThere, removeAbandoned, writeDurably } from './durable-file.js';
import { createWitness, type Installation, readWitness, writeWitness } from './installation.js';
import { journalHeader, journalLine, SignerJournal } from './signer-journal.js';

export interface SignerStateFileOptions {
  /** Folder of the key; it may be backed up and never restored. */
  readonly folder: string;
  readonly kid: string;
  readonly installation: Installation;
  /** Called after each step of `persist`; a test that throws here stands for a crash. */
  readonly afterStep?: (step: PersistStep) => void;
}

export type PersistStep = 'kept' | 'appended' | 'witnessed';

/**
 * Begins the state of a new key. Throws `signer.state` where this folder or this installation knows the key already:
 * beginning again would number its statements from 0 a second time.
 */
export async function createSignerState(options: SignerStateFileOptions): Promise<SignerState> {
  const { folder, kid, installation } = options;
  await mkdir(join(folder, OUTBOX), { recursive: true, mode: 0o700 });
  const header = journalHeader(kid, installation.id);
  const fresh =
    (await createWitness(installation, kid, {
      turn: 0,
      check: sha256Hex(new TextEncoder().encode(header)),
    })) && (await createDurably(join(folder, JOURNAL), header));
  if (!fresh) throw stateError(folder, 'this key has signed here before; its state cannot begin again');
  return openSignerState(options);
}

/** Opens the state of a key. Throws `signer.state` where it is absent, damaged, rolled back or another installation's. */
export async function openSignerState(options: SignerStateFileOptions): Promise<SignerState> {
  const state = new SignerStateFile(options);
  await state.refresh();
  const { folder, installation } = options;
  for (const one of [folder, join(folder, OUTBOX), installation.folder]) await removeAbandoned(one);
  return state;
}

const JOURNAL = 'signer-state';
const OUTBOX = 'outbox';

/**
 * The journal is only ever appended to, in whole lines; of two processes that append the same turn, the line that
 * comes first in the file counts, and each finds out by reading back. So there is no lock that a dead process could
 * leave behind. Local file systems only: network file systems do not append atomically.
 */
class SignerStateFile implements SignerState {
  readonly kid: string;
  readonly #options: SignerStateFileOptions;
  readonly #journal: SignerJournal;
  /** One thing at a time within this process; other processes are met in the journal. */
  #queue: Promise<unknown> = Promise.resolve();

  constructor(options: SignerStateFileOptions) {
    this.kid = options.kid;
    this.#options = options;
    this.#journal = new SignerJournal(options.kid, options.installation.id, this.#path(JOURNAL));
  }

  refresh(): Promise<void> {
    return this.#inTurn(() => this.#refresh());
  }

  reserve(sub: string): Promise<Reservation> {
    return this.#inTurn(async () => {
      await this.#refresh();
      return this.#journal.positions.next(sub);
    });
  }

  persist({ sub, position, turn }: Reservation, sealed: SealedRecord): Promise<boolean> {
    return this.#inTurn(async () => {
      await this.#refresh();
      if (turn !== this.#journal.positions.turn + 1) return false;
      await writeDurably(this.#outboxPath(sealed.id), outboxText(sealed));
      this.#options.afterStep?.('kept');
      const line = journalLine(this.#journal.check, {
        turn,
        seq: position.seq,
        statementHash: sealed.statementHash,
        id: sealed.id,
        sub,
      });
      await this.#append(line);
      this.#options.afterStep?.('appended');
      await this.#refresh();
      if (this.#journal.idAt(turn) !== sealed.id) {
        await rm(this.#outboxPath(sealed.id), { force: true });
        return false;
      }
      await this.#witness();
      this.#options.afterStep?.('witnessed');
      return true;
    });
  }

  unreleased(): Promise<readonly SealedRecord[]> {
    return this.#inTurn(async () => {
      await this.#refresh();
      const kept = (await readdir(this.#path(OUTBOX))).filter((name) => /^[0-9a-f]{64}$/.test(name));
      if (kept.length === 0) return [];
      // A crash may have come between the journal and the witness; what leaves must be witnessed.
      await this.#witness();
      const turns = await this.#turnsOf(new Set(kept));
      const pending: { turn: number; sealed: SealedRecord }[] = [];
      for (const id of kept) {
        const turn = turns.get(id);
        if (turn === undefined) {
          // Its turn was never taken: a crash before the journal. It must never leave.
          const path = this.#outboxPath(id);
          if (await isAbandoned(path)) await rm(path, { force: true });
          continue;
        }
        const sealed = await this.#readOutbox(id);
        if (sealed !== null) pending.push({ turn, sealed });
      }
      return pending.sort((a, b) => a.turn - b.turn).map(({ sealed }) => sealed);
    });
  }

  released(id: string): Promise<void> {
    // Not flushed: after a loss of power the record is offered once more, which does no harm.
    return this.#inTurn(() => rm(this.#outboxPath(id), { force: true }));
  }

  async #refresh(): Promise<void> {
    // Read before the journal, which only grows: a turn witnessed now must be in the journal read after.
    const witness = await readWitness(this.#options.installation, this.kid);
    await this.#journal.readOn();
    if (witness === null) {
      throw this.#error('this installation has never signed with the key: enrol a new key on this machine');
    }
    if (!this.#journal.agreesWith(witness)) {
      throw this.#error(
        'the state is older than what the key has signed, as after restoring a backup: enrol a new key',
      );
    }
  }

  async #witness(): Promise<void> {
    const { installation } = this.#options;
    const now = { turn: this.#journal.positions.turn, check: this.#journal.check };
    const before = await readWitness(installation, this.kid);
    if (before === null || before.turn < now.turn) await writeWitness(installation, this.kid, now);
  }

  async #append(line: string): Promise<void> {
    const file = await open(this.#path(JOURNAL), 'a');
    try {
      // A line that a crash cut short must not swallow this one.
      const text = this.#journal.endsTorn ? `\n${line}` : line;
      const { bytesWritten } = await file.write(Buffer.from(text, 'latin1'));
      await file.datasync();
      if (bytesWritten !== text.length) throw this.#error('the journal could not be written (disk full?)');
    } finally {
      await file.close();
    }
  }

  /** Turns that the wanted records hold; records that lost the race for theirs hold none. */
  async #turnsOf(wanted: ReadonlySet<string>): Promise<Map<string, number>> {
    const whole = new SignerJournal(this.kid, this.#options.installation.id, this.#path(JOURNAL), wanted);
    await whole.readOn();
    return whole.found;
  }

  /** Null where another process, whose record it is, has released it meanwhile. */
  async #readOutbox(id: string): Promise<SealedRecord | null> {
    const text = await readIfThere(this.#outboxPath(id));
    if (text === null) return null;
    const sealed = readOutboxText(id, text);
    if (sealed === null) throw this.#error(`the record \`${id}\` kept for release is damaged`);
    return sealed;
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#queue.then(work);
    this.#queue = result.catch(() => {});
    return result;
  }

  #path(name: string): string {
    return join(this.#options.folder, name);
  }

  #outboxPath(id: string): string {
    if (!/^[0-9a-f]{64}$/.test(id)) throw new TypeError('a record id has 64 lowercase hex digits');
    return join(this.#options.folder, OUTBOX, id);
  }

  #error(message: string): GoodOrderError {
    return stateError(this.#options.folder, message);
  }
}

function outboxText({ statementHash, record, openings }: SealedRecord): string {
  return `${[statementHash, toBase64url(record), ...openings.map(toBase64url)].join('\n')}\n`;
}

function readOutboxText(id: string, text: string): SealedRecord | null {
  const [statementHash = '', record = '', ...rest] = text.split('\n');
  try {
    const sealed = {
      id,
      statementHash,
      record: fromBase64url(record),
      openings: rest.slice(0, -1).map(fromBase64url),
    };
    return rest.at(-1) === '' && sha256Hex(sealed.record) === id ? sealed : null;
  } catch {
    return null;
  }
}

function stateError(folder: string, message: string): GoodOrderError {
  return new GoodOrderError('signer.state', message, { file: join(folder, JOURNAL) });
}
