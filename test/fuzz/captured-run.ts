import { Readable, Writable } from 'node:stream';
import { run } from '../../src/cli/program.js';
import { NOW } from './naughty-passports.js';

class Sink extends Writable {
  readonly #parts: Buffer[] = [];

  override _write(part: Buffer, _encoding: string, done: () => void): void {
    this.#parts.push(part);
    done();
  }

  get text(): string {
    return Buffer.concat(this.#parts).toString('utf8');
  }
}

export interface CapturedRun {
  readonly exit: number;
  readonly out: string;
  readonly err: string;
  readonly ms: number;
}

/** One command line in this process, what it prints kept. */
export async function capturedRun(
  argv: readonly string[],
  cwd: string,
  stdin?: Uint8Array,
): Promise<CapturedRun> {
  const out = new Sink();
  const err = new Sink();
  const start = performance.now();
  const exit = await run(argv, {
    stdin: Readable.from(stdin === undefined ? [] : [Buffer.from(stdin)]),
    stdout: out,
    stderr: err,
    env: { GOODORDER_INSTALLATION: `${cwd}/installation` },
    cwd,
    now: () => NOW,
    random: (length) => new Uint8Array(length),
  });
  return { exit, out: out.text, err: err.text, ms: performance.now() - start };
}
