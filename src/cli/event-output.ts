import { open } from 'node:fs/promises';
import { resolve } from 'node:path';
import { GoodOrderError } from '../errors.js';
import type { Io } from './io.js';
import { jsonText } from './json-text.js';
import type { KeyedEvent } from './watch-journal.js';

/** Where events go. What it returns from has left this process, or lies on the disk. */
export interface EventOutput<E> {
  /** @param repeated those that may have been told before a crash */
  tell(events: readonly E[], repeated: readonly E[]): Promise<void>;
}

/** Written to stdout in one piece; whoever reads them drops a key that it has seen. */
export function streamOutput<E>(io: Io, write: (events: readonly E[]) => string): EventOutput<E> {
  return {
    tell: async (events, repeated) => {
      const text = write([...repeated, ...events]);
      if (text === '') return;
      await new Promise<void>((done, fail) => {
        io.stdout.write(text, (error) => {
          if (error == null) done();
          else
            fail(new GoodOrderError('file.unreadable', 'nobody reads standard output any more', {}, error));
        });
      });
    },
  };
}

/**
 * Appended to a file of ndjson that only this command writes. A line stands in it whole and once: one that a crash cut
 * short is taken away, and one that stands there already is not written again.
 */
export function fileOutput<E extends KeyedEvent>(name: string, io: Io): EventOutput<E> {
  const path = resolve(io.cwd, name);
  return {
    tell: async (events, repeated) => {
      if (events.length + repeated.length === 0) return;
      const file = await open(path, 'a+', 0o644).catch((error: unknown) => {
        throw new GoodOrderError('file.unreadable', `\`${name}\` cannot be written`, { file: name }, error);
      });
      try {
        const text = await file.readFile('utf8');
        const whole = text.slice(0, text.lastIndexOf('\n') + 1);
        if (whole.length < text.length) await file.truncate(Buffer.byteLength(whole));
        const written = repeated.length === 0 ? new Set<string>() : keysIn(whole);
        const lines = [
          ...repeated.filter(({ idempotencyKey }) => !written.has(idempotencyKey)),
          ...events,
        ].map((event) => jsonText(event, 'ndjson'));
        await file.appendFile(lines.join(''));
        await file.sync();
      } finally {
        await file.close();
      }
    },
  };
}

function keysIn(text: string): ReadonlySet<string> {
  const keys = new Set<string>();
  for (const line of text.split('\n')) {
    const [, key] = /"idempotencyKey":"([0-9a-f]{64})"/.exec(line) ?? [];
    if (key !== undefined) keys.add(key);
  }
  return keys;
}
