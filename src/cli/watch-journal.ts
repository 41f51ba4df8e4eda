import { type FileHandle, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { flushFolder, isCode } from '../capture/node/durable-file.js';
import { sha256Hex } from '../crypto/hash.js';
import { GoodOrderError } from '../errors.js';

/** An event with its key; what else it holds is the affair of whoever emits it. */
export interface KeyedEvent {
  readonly idempotencyKey: string;
}

const HEADER = 'goodorder watch journal 1\n';

/**
 * Which events were told. Before an event is told it stands here as intended, flushed to the disk; after it was told it
 * stands here as told, flushed as well. Whoever is killed in between finds it intended and tells it again, the same
 * bytes under the same key. Each line carries a check over itself and all lines before it, so that a line cut short by
 * a crash is known from one that was tampered with.
 */
export class WatchJournal<E extends KeyedEvent> {
  readonly #path: string;
  readonly #file: FileHandle;
  readonly #events = new Map<string, E>();
  readonly #told = new Set<string>();
  #check = '';

  private constructor(path: string, file: FileHandle) {
    this.#path = path;
    this.#file = file;
  }

  /** @throws GoodOrderError `file.unreadable` where it cannot be opened, is no journal, or is damaged before its end */
  static async open<E extends KeyedEvent>(path: string): Promise<WatchJournal<E>> {
    const file = await opened(path);
    try {
      const journal = new WatchJournal<E>(path, file);
      await journal.#read();
      return journal;
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  /** All events ever intended, in the order in which they were. */
  get events(): readonly E[] {
    return [...this.#events.values()];
  }

  /** Intended, and not known to have been told. */
  get pending(): readonly E[] {
    return this.events.filter(({ idempotencyKey }) => !this.#told.has(idempotencyKey));
  }

  has(key: string): boolean {
    return this.#events.has(key);
  }

  async intend(events: readonly E[]): Promise<void> {
    const added = events.filter(({ idempotencyKey }) => !this.#events.has(idempotencyKey));
    await this.#append(added.map((event) => JSON.stringify({ intend: event })));
    for (const event of added) this.#events.set(event.idempotencyKey, event);
  }

  async markTold(events: readonly E[]): Promise<void> {
    const keys = events.map(({ idempotencyKey }) => idempotencyKey).filter((key) => !this.#told.has(key));
    await this.#append(keys.map((told) => JSON.stringify({ told })));
    for (const key of keys) this.#told.add(key);
  }

  async close(): Promise<void> {
    await this.#file.close();
  }

  async #append(lines: readonly string[]): Promise<void> {
    if (lines.length === 0) return;
    let check = this.#check;
    let text = '';
    for (const line of lines) {
      check = checkOf(check, line);
      text += `${check} ${line}\n`;
    }
    await this.#file.appendFile(text);
    await this.#file.sync();
    this.#check = check;
  }

  async #read(): Promise<void> {
    const text = await this.#file.readFile('utf8');
    // Of a new file, or of one whose very first line was cut short, nothing was ever told.
    if (HEADER.startsWith(text)) {
      await this.#file.truncate(0);
      await this.#file.appendFile(HEADER);
      await this.#file.sync();
      await flushFolder(dirname(this.#path));
      return;
    }
    if (!text.startsWith(HEADER)) throw this.#damaged(1, 'is no watch journal');
    const lines = text.slice(HEADER.length).split('\n');
    const rest = lines.pop() ?? '';
    for (const [index, line] of lines.entries()) {
      // Several lines go to the disk at once: a crash may leave the last of them in any state.
      if (!this.#take(line)) {
        if (index < lines.length - 1) throw this.#damaged(index + 2, 'is damaged');
        await this.#cut(text, line.length + 1 + rest.length);
        return;
      }
    }
    if (rest !== '') await this.#cut(text, rest.length);
  }

  async #cut(text: string, characters: number): Promise<void> {
    await this.#file.truncate(Buffer.byteLength(text.slice(0, text.length - characters)));
    await this.#file.sync();
  }

  #take(line: string): boolean {
    const [check = '', json = ''] = [line.slice(0, 64), line.slice(65)];
    if (check !== checkOf(this.#check, json)) return false;
    this.#check = check;
    const { intend, told } = JSON.parse(json) as { intend?: E; told?: string };
    if (intend !== undefined) this.#events.set(intend.idempotencyKey, intend);
    if (told !== undefined) this.#told.add(told);
    return true;
  }

  #damaged(line: number, what: string): GoodOrderError {
    const hint = 'keep it aside; a new one tells everything again, under the same keys';
    return new GoodOrderError('file.unreadable', `\`${this.#path}\` ${what}: ${hint}`, {
      file: this.#path,
      line,
    });
  }
}

function checkOf(before: string, json: string): string {
  return sha256Hex(new TextEncoder().encode(`${before} ${json}`));
}

async function opened(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'a+', 0o600);
  } catch (error) {
    const reason = isCode(error, 'ENOENT') ? 'its folder is not there' : 'it cannot be opened';
    throw new GoodOrderError('file.unreadable', `\`${path}\`: ${reason}`, { file: path }, error);
  }
}
