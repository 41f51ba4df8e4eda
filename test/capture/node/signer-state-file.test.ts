import { spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import {
  appendFileSync,
  cpSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import fc from 'fast-check';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { defaultInstallationFolder, openInstallation } from '../../../src/capture/node/installation.js';
import {
  createSignerState,
  openSignerState,
  type PersistStep,
  type SignerStateFileOptions,
} from '../../../src/capture/node/signer-state-file.js';
import {
  releasePending,
  type SealedRecord,
  type SignerState,
  signNext,
} from '../../../src/capture/signer-state.js';
import type { ChainPosition } from '../../../src/record/sign-record.js';

const KID = 'ab'.repeat(32);
const SUB = 'https://id.gs1.org/01/09506000134352/21/A';

const root = mkdtempSync(join(tmpdir(), 'goodorder-state-'));
afterAll(() => rmSync(root, { recursive: true }));

let count = 0;
let home = '';
beforeEach(() => {
  home = join(root, String(count++));
});

async function options(extra: Partial<SignerStateFileOptions> = {}): Promise<SignerStateFileOptions> {
  const installation = await openInstallation(join(home, 'installation'));
  return { folder: join(home, 'key'), kid: KID, installation, ...extra };
}
const create = async () => createSignerState(await options());
const reopen = async (extra: Partial<SignerStateFileOptions> = {}) => openSignerState(await options(extra));

/** A statement that no two calls make the same: reusing a position would show. */
async function seal(position: ChainPosition, sub = SUB): Promise<SealedRecord> {
  const record = Buffer.from(JSON.stringify({ position, sub, nonce: randomBytes(4).toString('hex') }));
  const id = createHash('sha256').update(record).digest('hex');
  return {
    id,
    statementHash: createHash('sha256').update('statement').update(record).digest('hex'),
    record: Uint8Array.from(record),
    openings: [Uint8Array.of(1, 2), Uint8Array.of()],
  };
}

function positionOf(sealed: SealedRecord): ChainPosition {
  return (JSON.parse(Buffer.from(sealed.record).toString()) as { position: ChainPosition }).position;
}

function subjectOf(sealed: SealedRecord): string {
  return (JSON.parse(Buffer.from(sealed.record).toString()) as { sub: string }).sub;
}

/** Statements that left, by the key and the world's eyes: no two of them may stand at one place. */
function expectNoFork(left: readonly SealedRecord[]): void {
  const lanes = left.map((sealed) => positionOf(sealed).lane);
  const places = left.map((sealed) => `${subjectOf(sealed)} ${positionOf(sealed).seq}`);
  const distinct = new Set(left.map(({ id }) => id)).size;
  expect(new Set(lanes).size).toBe(distinct);
  expect(new Set(places).size).toBe(distinct);
}

const journal = (): string => join(home, 'key', 'signer-state');

async function code(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'done',
    (error: { code?: string; message: string }) => `${error.code}: ${error.message}`,
  );
}

describe('state of a key on disk', () => {
  test('goes on where it stopped', async () => {
    const left: SealedRecord[] = [];
    let state = await create();
    for (const sub of [SUB, `${SUB}B`, SUB]) {
      await signNext(
        state,
        sub,
        (position) => seal(position, sub),
        (sealed) => void left.push(sealed),
      );
      state = await reopen();
    }
    expect(left.map(positionOf)).toEqual([
      { seq: 0, prev: null, lane: null },
      { seq: 0, prev: null, lane: left[0]!.statementHash },
      { seq: 1, prev: left[0]!.statementHash, lane: left[1]!.statementHash },
    ]);
    expect(await state.unreleased()).toEqual([]);
    expect(await readdir(join(home, 'key', 'outbox'))).toEqual([]);
    expect((await readdir(join(home, 'key'))).sort()).toEqual(['outbox', 'signer-state']);
  });

  test('holds names, numbers and hashes only, readable by its owner only', async () => {
    await signNext(await create(), SUB, seal, () => {});
    expect(readFileSync(journal(), 'latin1')).toMatch(
      /^goodorder signer state 1 (ab){32} [0-9a-f]{32}\n1 0( [0-9a-f]{64}){3} https:\/\/id.gs1.org\/01\/09506000134352\/21\/A\n$/,
    );
  });

  test('begins once', async () => {
    await create();
    expect(await code(create())).toMatch(/^signer.state: this key has signed here before/);
    // Deleting the folder does not help: the installation remembers.
    rmSync(join(home, 'key'), { recursive: true });
    expect(await code(create())).toMatch(/^signer.state: this key has signed here before/);
    expect(await code(reopen())).toMatch(/^signer.state: the key has no state here/);
  });

  test('serves calls of one process one after the other', async () => {
    const left: SealedRecord[] = [];
    const state = await create();
    await Promise.all(
      Array.from({ length: 20 }, () => signNext(state, SUB, seal, (sealed) => void left.push(sealed))),
    );
    expect(left.map((sealed) => positionOf(sealed).seq).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 20 }, (_, seq) => seq),
    );
    expectNoFork(left);
  });
});

describe('a crash', () => {
  const steps: PersistStep[] = ['kept', 'appended', 'witnessed'];

  test.each(steps)(
    'after the step %s reuses no position and loses no statement that took one',
    async (step) => {
      const left: SealedRecord[] = [];
      const release = (sealed: SealedRecord): void => void left.push(sealed);
      await signNext(await create(), SUB, seal, release);
      const crashing = await reopen({
        afterStep: (done) => {
          if (done === step) throw new Error('crash');
        },
      });
      let lost: SealedRecord | undefined;
      const sign = async (position: ChainPosition): Promise<SealedRecord> => {
        lost = await seal(position);
        return lost;
      };
      await expect(signNext(crashing, SUB, sign, release)).rejects.toThrow('crash');
      expect(left).toHaveLength(1);

      const state = await reopen();
      const next = await signNext(state, SUB, seal, release);
      const pending: SealedRecord[] = [];
      await releasePending(state, (sealed) => void pending.push(sealed));
      // Before the journal the position was not taken, and the record must never leave.
      const taken = step !== 'kept';
      expect(pending).toEqual(taken ? [lost] : []);
      expect(positionOf(next).seq).toBe(taken ? 2 : 1);
      expectNoFork([...left, ...pending]);
    },
  );

  test('before the release keeps the record with its openings', async () => {
    const state = await create();
    const crash = signNext(state, SUB, seal, () => {
      throw new Error('crash');
    });
    await expect(crash).rejects.toThrow('crash');
    const after = await reopen();
    const pending = await after.unreleased();
    expect(pending.map(positionOf)).toEqual([{ seq: 0, prev: null, lane: null }]);
    expect(pending[0]!.openings).toEqual([Uint8Array.of(1, 2), Uint8Array.of()]);
    await after.released(pending[0]!.id);
    expect(await (await reopen()).unreleased()).toEqual([]);
  });

  test('what crashes left half-written goes with the next start a day later', async () => {
    await create();
    const folders = ['key', 'key/outbox', 'installation'].map((name) => join(home, name));
    const before = await Promise.all(folders.map((folder) => readdir(folder)));
    const dayAndMore = new Date(Date.now() - 86_500_000);
    for (const folder of folders) {
      const left = join(folder, `${'c'.repeat(64)}.4194305.0123456789ab.tmp`);
      writeFileSync(left, 'half');
      utimesSync(left, dayAndMore, dayAndMore);
    }
    const young = `${'d'.repeat(64)}.4194305.0123456789ab.tmp`;
    writeFileSync(join(home, 'key', 'outbox', young), 'at work');
    await reopen();
    const after = await Promise.all(folders.map((folder) => readdir(folder)));
    expect(after).toEqual([before[0], [...before[1]!, young], before[2]]);
  });

  test('a record that never took its position is forgotten after a day', async () => {
    await create();
    const crashing = await reopen({
      afterStep: () => {
        throw new Error('crash');
      },
    });
    await expect(signNext(crashing, SUB, seal, () => {})).rejects.toThrow('crash');
    const state = await reopen();
    expect(await state.unreleased()).toEqual([]);
    const [orphan] = await readdir(join(home, 'key', 'outbox'));
    const old = Date.now() / 1000 - 90_000;
    utimesSync(join(home, 'key', 'outbox', orphan!), old, old);
    expect(await state.unreleased()).toEqual([]);
    expect(await readdir(join(home, 'key', 'outbox'))).toEqual([]);
  });

  test('in the middle of a line: the line does not count and the next one does', async () => {
    const left: SealedRecord[] = [];
    const release = (sealed: SealedRecord): void => void left.push(sealed);
    await signNext(await create(), SUB, seal, release);
    const whole = readFileSync(journal(), 'latin1');
    const line = whole.slice(whole.indexOf('\n') + 1, -1);
    for (let length = 1; length <= line.length; length += 41) {
      appendFileSync(journal(), line.replace(/^1 0/, `${left.length + 1} ${left.length}`).slice(0, length));
      await signNext(await reopen(), SUB, seal, release);
    }
    const seqs = left.map((sealed) => positionOf(sealed).seq);
    expect(seqs).toEqual(seqs.map((_, index) => index));
    expect(seqs.length).toBeGreaterThan(5);
    expectNoFork(left);
  });
});

describe('a state that is not the living one is refused', () => {
  async function signed(times: number): Promise<SignerState> {
    const state = await create();
    for (let n = 0; n < times; n += 1) await signNext(state, SUB, seal, () => {});
    return state;
  }

  test('copied to another installation', async () => {
    await signed(2);
    rmSync(join(home, 'installation'), { recursive: true });
    expect(await code(reopen())).toMatch(/^signer.state: the state was made on another machine/);
  });

  test('restored from a backup on the same machine', async () => {
    const running = await signed(2);
    cpSync(join(home, 'key'), join(home, 'backup'), { recursive: true });
    await signNext(running, SUB, seal, () => {});
    rmSync(join(home, 'key'), { recursive: true });
    cpSync(join(home, 'backup'), join(home, 'key'), { recursive: true });
    expect(await code(reopen())).toMatch(/^signer.state: the state is older than what the key has signed/);
    // Also under the feet of a signer that is at work.
    expect(await code(running.reserve(SUB))).toMatch(/^signer.state/);
  });

  test('another history of the same length', async () => {
    await signed(2);
    cpSync(home, `${home}-twin`, { recursive: true });
    await signNext(await reopen(), SUB, seal, () => {});
    const other = join(`${home}-twin`, 'key');
    const twin = await openSignerState({
      ...(await options()),
      folder: other,
      installation: await openInstallation(join(`${home}-twin`, 'installation')),
    });
    await signNext(twin, SUB, seal, () => {});
    cpSync(join(other, 'signer-state'), journal());
    expect(await code(reopen())).toMatch(/^signer.state: the state is older than what/);
  });

  test('of another key', async () => {
    await signed(1);
    expect(await code(reopen({ kid: 'cd'.repeat(32) }))).toBe(
      'signer.state: the state belongs to another key',
    );
  });

  test('without its witness', async () => {
    await signed(1);
    rmSync(join(home, 'installation', `${KID}.witness`));
    expect(await code(reopen())).toMatch(/^signer.state: this installation has never signed with the key/);
  });

  test.each([
    ['empty', () => writeFileSync(journal(), '')],
    ['not a state', () => writeFileSync(journal(), 'hello\n')],
    ['binary', () => writeFileSync(journal(), randomBytes(4096))],
    [
      'without its last line',
      () => writeFileSync(journal(), readFileSync(journal(), 'latin1').replace(/[^\n]*\n$/, '')),
    ],
    [
      'without a middle line',
      () => writeFileSync(journal(), readFileSync(journal(), 'latin1').replace(/\n2 [^\n]*/, '')),
    ],
    ['with a damaged witness', () => writeFileSync(join(home, 'installation', `${KID}.witness`), 'x')],
    [
      'with a damaged installation id',
      () => writeFileSync(join(home, 'installation', 'installation-id'), '\n'),
    ],
  ])('%s', async (_, damage) => {
    await signed(3);
    damage();
    expect(await code(reopen())).toMatch(/^signer.state: /);
  });

  test('property: one changed byte is refused, or changes nothing', async () => {
    await signed(3);
    const intact = readFileSync(journal());
    const before = await (await reopen()).reserve(SUB);
    await fc.assert(
      fc.asyncProperty(fc.nat(intact.length - 1), fc.integer({ min: 1, max: 255 }), async (at, flip) => {
        const bytes = Buffer.from(intact);
        bytes[at]! ^= flip;
        writeFileSync(journal(), bytes);
        const state = await reopen().catch((error: { code: string }) => error.code);
        if (typeof state === 'string') expect(state).toBe('signer.state');
        else expect(await state.reserve(SUB)).toEqual(before);
      }),
      { numRuns: 150 },
    );
  });

  test('a kept record that was damaged', async () => {
    const state = await create();
    await expect(
      signNext(state, SUB, seal, () => {
        throw new Error('crash');
      }),
    ).rejects.toThrow('crash');
    const [id] = await readdir(join(home, 'key', 'outbox'));
    const path = join(home, 'key', 'outbox', id!);
    writeFileSync(path, readFileSync(path, 'latin1').replace(/\n./, '\nA'));
    expect(await code((await reopen()).unreleased())).toMatch(/^signer.state: the record .* is damaged/);
  });
});

describe('several signers', () => {
  test('in one process with a state each never take one position twice', async () => {
    await create();
    const left: SealedRecord[] = [];
    const signers = await Promise.all([reopen(), reopen(), reopen(), reopen()]);
    await Promise.all(
      signers.map(async (state, index) => {
        for (let n = 0; n < 8; n += 1) {
          const sub = n % 2 === 0 ? SUB : `${SUB}${index}`;
          await signNext(
            state,
            sub,
            (position) => seal(position, sub),
            (sealed) => void left.push(sealed),
          );
        }
      }),
    );
    expect(left).toHaveLength(32);
    expectNoFork(left);
    expect(await (await reopen()).unreleased()).toEqual([]);
  });

  test('that begin at once: one of them begins', async () => {
    const results = await Promise.all([1, 2, 3].map(() => code(create())));
    expect(results.filter((result) => result === 'done')).toHaveLength(1);
  });

  // Real processes, killed at any moment: what they printed had left.
  test('in processes that are killed again and again never take one position twice', async () => {
    await create();
    const script = join(home, 'signer.mjs');
    await build({
      stdin: { contents: SIGNER, resolveDir: process.cwd(), loader: 'ts' },
      bundle: true,
      platform: 'node',
      format: 'esm',
      outfile: script,
      logLevel: 'silent',
    });
    const printed: string[] = [];
    const run = async (killAfterMs: number): Promise<void> => {
      const child = spawn(process.execPath, [script, home, KID, SUB]);
      let out = '';
      child.stdout.on('data', (data) => {
        out += String(data);
        if (killAfterMs === 0 && out.split('\n').length > 20) child.kill('SIGKILL');
      });
      if (killAfterMs > 0) setTimeout(() => child.kill('SIGKILL'), killAfterMs);
      await new Promise((resolve) => child.on('close', resolve));
      // The last line may be cut; it was released all the same, and is found again below.
      printed.push(...out.split('\n').slice(0, -1));
    };
    for (let round = 0; round < 4; round += 1) {
      await Promise.all([run(90 + 17 * round), run(120 + 13 * round), run(0)]);
    }
    const left = printed.map((line) => {
      const record = Uint8Array.from(Buffer.from(line, 'base64'));
      return {
        id: createHash('sha256').update(record).digest('hex'),
        record,
        statementHash: '',
        openings: [],
      };
    });
    const state = await reopen();
    const pending = await state.unreleased();
    expect(left.length).toBeGreaterThan(60);
    expectNoFork([...left, ...pending]);
    // Nothing that left is missing from the journal: the next position follows all of them.
    const last = await state.reserve(SUB);
    expect(Math.max(...left.map((sealed) => positionOf(sealed).seq))).toBeLessThan(last.position.seq);
  });
});

const SIGNER = `
import { createHash, randomBytes } from 'node:crypto';
import { writeSync } from 'node:fs';
import { openInstallation } from './src/capture/node/installation.ts';
import { openSignerState } from './src/capture/node/signer-state-file.ts';
import { signNext } from './src/capture/signer-state.ts';
const [home, kid, sub] = process.argv.slice(2);
const installation = await openInstallation(home + '/installation');
const state = await openSignerState({ folder: home + '/key', kid, installation });
for (;;) {
  await signNext(state, sub, async (position) => {
    const record = Buffer.from(JSON.stringify({ position, sub, nonce: randomBytes(4).toString('hex') }));
    return {
      id: createHash('sha256').update(record).digest('hex'),
      statementHash: createHash('sha256').update('statement').update(record).digest('hex'),
      record, openings: [],
    };
  }, ({ record }) => void writeSync(1, Buffer.from(record).toString('base64') + '\\n'));
}
`;

test('the installation folder is where backups do not go', () => {
  expect(defaultInstallationFolder({ XDG_STATE_HOME: '/s' }, 'linux')).toBe('/s/goodorder/installation');
  expect(defaultInstallationFolder({}, 'linux')).toMatch(/\.local\/state\/goodorder\/installation$/);
  expect(defaultInstallationFolder({}, 'darwin')).toMatch(/Library\/Caches\/goodorder-installation$/);
  expect(defaultInstallationFolder({ LOCALAPPDATA: 'L' }, 'win32')).toBe(
    join('L', 'goodorder', 'installation'),
  );
});
