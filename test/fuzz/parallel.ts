import { type ChildProcess, fork } from 'node:child_process';
import { availableParallelism } from 'node:os';

/** Does one job in a process of its own, which lives for many jobs. */
export type Worker = (job: unknown) => Promise<unknown>;

/** For the process started for it: takes jobs until the channel closes. */
export function serve(work: Worker): void {
  process.on('message', (job) => {
    work(job).then(
      (result) => process.send?.({ result }),
      (error: unknown) =>
        process.send?.({ failure: error instanceof Error ? String(error.stack) : String(error) }),
    );
  });
}

/**
 * Runs the jobs in as many processes as there are cores, `program` being the file that serves them. A process that ends
 * of itself (out of memory, say) fails the run by naming its job.
 */
export async function inParallel<Job, Result>(
  program: readonly [string, ...string[]],
  jobs: Iterable<Job>,
  took: (job: Job, result: Result) => void,
  processes = availableParallelism(),
): Promise<void> {
  const rest = jobs[Symbol.iterator]();
  await Promise.all(Array.from({ length: processes }, () => runOne(program, rest, took)));
}

function runOne<Job, Result>(
  [file, ...words]: readonly [string, ...string[]],
  rest: Iterator<Job>,
  took: (job: Job, result: Result) => void,
): Promise<void> {
  return new Promise((done, fail) => {
    let child: ChildProcess | undefined;
    let job: Job;
    const next = (): void => {
      const { done: over, value } = rest.next();
      if (over === true) {
        child?.removeAllListeners('exit');
        child?.disconnect();
        done();
        return;
      }
      job = value;
      child ??= start();
      child.send(job as object);
    };
    const start = (): ChildProcess => {
      const started = fork(file, words, { serialization: 'advanced' });
      started.on('message', (message: { result: Result } | { failure: string }) => {
        if ('failure' in message) {
          started.removeAllListeners('exit');
          started.kill();
          fail(new Error(`${JSON.stringify(job).slice(0, 200)}: ${message.failure}`));
          return;
        }
        took(job, message.result);
        next();
      });
      started.on('exit', (code, signal) =>
        fail(new Error(`a process ended (${signal ?? code}) at ${JSON.stringify(job).slice(0, 200)}`)),
      );
      return started;
    };
    next();
  });
}
