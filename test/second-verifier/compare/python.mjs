/** The Python verifier as one process that reads a job a line and writes a report a line. */
import { spawn, spawnSync } from 'node:child_process';
import { createInterface } from 'node:readline';

/** Why Python cannot be used here; undefined if it can. */
export function pythonMissing(root) {
  const done = spawnSync(
    'python3',
    ['-c', 'import sys; assert sys.version_info >= (3, 9); import goodorder_verify.verify'],
    {
      env: environment(root),
      encoding: 'utf8',
    },
  );
  if (done.error) return `python3 does not start: ${done.error.message}`;
  return done.status === 0
    ? undefined
    : `python3 cannot load the verifier: ${done.stderr.trim().split('\n').at(-1)}`;
}

function environment(root) {
  return { ...process.env, PYTHONPATH: `${root}/test/second-verifier`, PYTHONDONTWRITEBYTECODE: '1' };
}

export function startPython(root) {
  const child = spawn('python3', ['-m', 'goodorder_verify', '--serve'], {
    env: environment(root),
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const waiting = [];
  let ended;
  createInterface({ input: child.stdout }).on('line', (line) => waiting.shift().resolve(JSON.parse(line)));
  child.on('exit', (code) => {
    ended = new Error(`python3 ended with ${code}`);
    for (const { reject } of waiting.splice(0)) reject(ended);
  });
  child.stdin.on('error', () => {});
  return {
    ask(job) {
      if (ended) return Promise.reject(ended);
      const answer = new Promise((resolve, reject) => waiting.push({ resolve, reject }));
      child.stdin.write(
        `${JSON.stringify({
          merge: job.merge?.map((bytes) => Buffer.from(bytes).toString('base64')),
          passport: Buffer.from(job.passport).toString('base64'),
          trust: job.trust === null ? null : Buffer.from(job.trust, 'utf8').toString('base64'),
          at: job.at,
          trustMinSequence: job.trustMinSequence,
          limit: job.limit,
        })}\n`,
      );
      return answer;
    },
    stop() {
      child.stdin.end();
    },
  };
}
