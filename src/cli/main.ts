import { randomBytes } from 'node:crypto';
import { run } from './program.js';

/** The command's entry: everything the world gives, handed to `run`, and its exit code handed back. */
export async function main(argv: readonly string[]): Promise<void> {
  process.on('SIGINT', () => process.exit(130));
  // `goodorder … | head` closes our stdout early: that is the reader's right, not an error.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });
  process.exitCode = await run(argv, {
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    env: process.env,
    cwd: process.cwd(),
    now: () => Math.floor(Date.now() / 1000),
    random: (length) => randomBytes(length),
  });
}
