import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { whileLocked } from '../../src/cli/file-lock.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'goodorder-lock-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test('one works at a time, the lock never stands there without a name in it, and nothing is left', async () => {
  const target = join(folder, 'set.passport');
  let inside = 0;
  let most = 0;
  let open = true;
  const seen = new Set<string>();
  const watch = (async (): Promise<void> => {
    while (open) {
      const content = await readFile(`${target}.lock`, 'utf8').catch(() => null);
      if (content !== null) seen.add(content);
      await setTimeout(0);
    }
  })();
  await Promise.all(
    Array.from({ length: 12 }, () =>
      whileLocked(target, async () => {
        inside += 1;
        most = Math.max(most, inside);
        await setTimeout(2);
        inside -= 1;
      }),
    ),
  );
  open = false;
  await watch;
  expect(most).toBe(1);
  expect(seen.size).toBeGreaterThan(1);
  expect([...seen].filter((content) => !/^\d+ [0-9a-f]{16}\n$/.test(content))).toEqual([]);
  expect(await readdir(folder)).toEqual([]);
});

test('the lock of a process that is no more is taken away', async () => {
  const target = join(folder, 'set.passport');
  await writeFile(`${target}.lock`, '4194305 0123456789abcdef\n');
  expect(await whileLocked(target, async () => 'done')).toBe('done');
  expect(await readdir(folder)).toEqual([]);
});

test('what a crash left beside the lock goes a day later, and nothing else does', async () => {
  const target = join(folder, 'set.passport');
  const dayAndMore = new Date(Date.now() - 86_500_000);
  const abandoned = ['set.passport.lock.4194305.0123456789ab.tmp', 'set.passport.77.0123456789ab.tmp'];
  const kept = ['set.passport', 'notes.tmp', 'set.passport.lock.old', 'a.77.0123456789ab.tmp.txt'];
  for (const name of [...abandoned, ...kept]) {
    await writeFile(join(folder, name), '4194305 0123456789abcdef\n');
    await utimes(join(folder, name), dayAndMore, dayAndMore);
  }
  // Younger: its writer may be alive where this process cannot see it.
  const young = 'set.passport.78.0123456789ab.tmp';
  await writeFile(join(folder, young), '');
  expect(await whileLocked(target, async () => 'done')).toBe('done');
  expect((await readdir(folder)).sort()).toEqual([...kept, young].sort());
});
