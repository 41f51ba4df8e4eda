import { randomBytes } from 'node:crypto';
import { GoodOrderError } from '../errors.js';
import { errorText } from './error-text.js';
import { EXIT, type ExitCode, worstExit } from './exit-code.js';
import type { Io } from './io.js';
import { type ReadyCommands, run } from './program.js';

/** The command's entry: everything the world gives, handed to `run`, and its exit code handed back. */
export async function main(argv: readonly string[], ready?: ReadyCommands): Promise<void> {
  let exit: ExitCode = EXIT.passed;
  let lost = false;
  const settle = (): void => {
    process.exitCode = lost ? worstExit([exit, EXIT.input]) : exit;
  };
  process.on('SIGINT', () => process.exit(EXIT.interrupted));
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    // `goodorder … | head` closes our stdout early: that is the reader's right, and the verdict is still the exit code.
    if (error.code === 'EPIPE' || lost) return;
    lost = true;
    const message = `standard output cannot be written (${error.code ?? error.name})`;
    process.stderr.write(errorText(new GoodOrderError('file.unreadable', message, {}, error)));
    settle();
  });
  process.stderr.on('error', ({ code }: NodeJS.ErrnoException) => {
    if (code === 'EPIPE') return;
    lost = true;
    settle();
  });
  const io: Io = {
    // Node opens it when it is first asked for, and most commands never ask.
    get stdin() {
      return process.stdin;
    },
    stdout: process.stdout,
    stderr: process.stderr,
    env: process.env,
    cwd: process.cwd(),
    now: () => Math.floor(Date.now() / 1000),
    random: (length) => randomBytes(length),
  };
  exit = await run(argv, io, ready);
  settle();
}
