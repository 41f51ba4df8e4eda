import { describe, expect, test } from 'vitest';
import { sha256Hex } from '../../src/crypto/hash.js';
import { readPassportFile } from '../../src/passport/file.js';
import { assess, codesOf, fullWorld } from './world.js';

describe('the whole small world', () => {
  test('verifies and belongs, every member used', async () => {
    const { file } = await fullWorld();
    expect(file.length).toBeLessThan(16_384);
    const assessed = await assess(file);
    expect(codesOf(assessed)).toEqual([]);
    expect(assessed.leftOut).toEqual([]);
    const { passport } = assessed;
    expect(assessed.justification.kept.size).toBe(2 + 3 + 1 + 2 + 1 + 1 + 1 + 1);
    expect(passport.digest).toBe(sha256Hex(file));
    expect([...assessed.signatures.records.values(), ...assessed.signatures.credentials.values()]).toEqual([
      'verified',
      'verified',
      'verified',
    ]);
  });

  // A step that shares no factor with 8 meets every bit of a byte; all bits are verification's own test.
  test('fails at every seventh flipped bit', async () => {
    const { file } = await fullWorld();
    const silent: number[] = [];
    for (let bit = 0; bit < file.length * 8; bit += 7) {
      const flipped = file.slice();
      flipped[bit >> 3]! ^= 1 << (bit & 7);
      const read = readPassportFile(flipped);
      if (!read.ok) continue;
      const assessed = await assess(flipped);
      const failures = [
        ...assessed.diagnostics.kept,
        ...assessed.passport.records.flatMap(({ diagnostics }) => diagnostics),
      ].filter(({ severity }) => severity === 'failure');
      if (failures.length === 0) silent.push(bit);
    }
    expect(silent).toEqual([]);
  });
});
