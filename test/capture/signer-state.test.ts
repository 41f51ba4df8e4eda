import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import {
  memorySignerState,
  releasePending,
  type SealedRecord,
  signNext,
} from '../../src/capture/signer-state.js';
import type { ChainPosition } from '../../src/record/sign-record.js';

const KID = 'ab'.repeat(32);
const SUB = 'https://id.gs1.org/01/09506000134352/21/A';

function hex(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function seal(position: ChainPosition): Promise<SealedRecord> {
  const record = Buffer.from(JSON.stringify(position));
  const id = createHash('sha256').update(record).digest('hex');
  return Promise.resolve({ id, statementHash: hex(`statement ${record}`), record, openings: [] });
}

describe('signing in order', () => {
  test('numbers each subject apart and runs one lane through all', async () => {
    const state = memorySignerState(KID);
    const positions: ChainPosition[] = [];
    const hashes: string[] = [];
    for (const sub of [SUB, SUB, `${SUB}2`, SUB]) {
      const sealed = await signNext(
        state,
        sub,
        (position) => {
          positions.push(position);
          return seal(position);
        },
        () => {},
      );
      hashes.push(sealed.statementHash);
    }
    expect(positions).toEqual([
      { seq: 0, prev: null, lane: null },
      { seq: 1, prev: hashes[0], lane: hashes[0] },
      { seq: 0, prev: null, lane: hashes[1] },
      { seq: 2, prev: hashes[1], lane: hashes[2] },
    ]);
    expect(await state.unreleased()).toEqual([]);
  });

  test('signs again at the next position when another signer was faster', async () => {
    const state = memorySignerState(KID);
    const tried: (number | string | null)[][] = [];
    const sealed = await signNext(
      state,
      SUB,
      async (position) => {
        tried.push([position.seq, position.lane]);
        if (tried.length === 1) {
          const other = await state.reserve(SUB);
          await state.persist(other, { ...(await seal(other.position)), statementHash: hex('other') });
        }
        return seal(position);
      },
      () => {},
    );
    expect(tried).toEqual([
      [0, null],
      [1, hex('other')],
    ]);
    expect(sealed).toEqual(await seal({ seq: 1, prev: hex('other'), lane: hex('other') }));
  });

  test('gives up in the end', async () => {
    const state = { ...memorySignerState(KID), persist: async () => false };
    await expect(signNext(state, SUB, seal, () => {})).rejects.toThrow(
      expect.objectContaining({ code: 'signer.state' }),
    );
  });

  test('keeps a record whose release failed, and hands it over later', async () => {
    const state = memorySignerState(KID);
    const failing = signNext(state, SUB, seal, () => {
      throw new Error('disk full');
    });
    await expect(failing).rejects.toThrow('disk full');
    const first = await seal({ seq: 0, prev: null, lane: null });
    expect(await state.unreleased()).toEqual([first]);
    const second = await signNext(state, SUB, seal, () => {});
    expect(second).toEqual(await seal({ seq: 1, prev: first.statementHash, lane: first.statementHash }));
    const released: SealedRecord[] = [];
    expect(await releasePending(state, (sealed) => void released.push(sealed))).toBe(1);
    expect(released).toEqual([first]);
    expect(await releasePending(state, () => {})).toBe(0);
  });

  test('a failed signature takes no position', async () => {
    const state = memorySignerState(KID);
    const failing = signNext(
      state,
      SUB,
      () => Promise.reject(new Error('token removed')),
      () => {},
    );
    await expect(failing).rejects.toThrow('token removed');
    expect((await state.reserve(SUB)).position).toEqual({ seq: 0, prev: null, lane: null });
  });

  test.each(['', 'a b', 'a\nb', 'ä', 'x'.repeat(513)])('refuses the subject %j', async (sub) => {
    await expect(memorySignerState(KID).reserve(sub)).rejects.toThrow(TypeError);
  });
});
