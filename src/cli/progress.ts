import type { GlobalOptions, Session } from './command.js';

export interface ProgressBar {
  update(progress: { readonly bytesDone: number; readonly bytesTotal: number }): void;
  end(): void;
}

const WIDTH = 24;
const REDRAW_MS = 100;
const LINE_MS = 30_000;
/** Files below are done before anybody could read a bar. */
const SMALL = 16 * 1024 * 1024;

/** A bar with rate and time left on stderr; where that is no terminal, one line every 30 seconds. */
export function progressBar(session: Session, name: string, options: GlobalOptions): ProgressBar {
  const { stderr } = session.io;
  const silent = !options.progress || options.quiet === true;
  const tty = stderr.isTTY === true;
  const start = performance.now();
  let last = tty ? -REDRAW_MS : 0;
  let drawn = false;
  return {
    update({ bytesDone, bytesTotal }) {
      const elapsed = performance.now() - start;
      if (silent || bytesTotal < SMALL || elapsed - last < (tty ? REDRAW_MS : LINE_MS)) return;
      last = elapsed;
      drawn = true;
      const share = bytesTotal === 0 ? 1 : bytesDone / bytesTotal;
      const rate = elapsed === 0 ? 0 : bytesDone / elapsed / 1000;
      const left = share === 0 ? '' : `, ${Math.ceil((elapsed / share - elapsed) / 1000)} s left`;
      const text = `${String(Math.floor(share * 100)).padStart(3)} %  ${rate.toFixed(0)} MB/s${left}`;
      const filled = Math.round(share * WIDTH);
      const bar = `${'#'.repeat(filled)}${'.'.repeat(WIDTH - filled)}`;
      stderr.write(tty ? `\r\u001b[K${shorten(name)}  ${bar}  ${text}` : `${shorten(name)}: ${text}\n`);
    },
    end() {
      if (drawn && tty) stderr.write('\r\u001b[K');
    },
  };
}

function shorten(name: string): string {
  const plain = name.replace(/[^\x20-\x7e]/g, '?');
  return plain.length > 24 ? `…${plain.slice(-23)}` : plain;
}
