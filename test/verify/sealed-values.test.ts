import { describe, expect, test } from 'vitest';
import { freezeDeep, isVerifiedPassport, seal, sealRecord } from '../../src/verify/sealed.js';
import { verifyPassport } from '../../src/verify/verify-passport.js';
import { makeSample } from './sample.js';

describe('freezeDeep', () => {
  test('reaches every array and object, and gives back the value itself', () => {
    const deep = { list: [{ name: 'a', more: [[1]] }], none: null, text: 'x', number: 7 };
    expect(freezeDeep(deep)).toBe(deep);
    const parts = [deep, deep.list, deep.list[0], deep.list[0]!.more, deep.list[0]!.more[0]];
    expect(parts.map((part) => Object.isFrozen(part))).toEqual([true, true, true, true, true]);
  });

  test('leaves what is no object, what is frozen, and bytes and maps, as they are', () => {
    const bytes = Uint8Array.of(1);
    const map = new Map([[1, { inside: true }]]);
    const inside = { open: true };
    const frozen = Object.freeze({ inside });
    for (const value of ['text', 7, true, null, undefined, bytes, map, frozen])
      expect(freezeDeep(value)).toBe(value);
    expect([map, map.get(1), inside].map((part) => Object.isFrozen(part))).toEqual([false, false, false]);
  });

  test('ends on a value that holds itself', () => {
    const circle: unknown[] = [];
    circle.push(circle);
    expect(Object.isFrozen(freezeDeep(circle))).toBe(true);
  });
});

test('a sealed record is frozen in all its parts but its payload', () => {
  const record = {
    roles: ['seller'],
    accreditation: { body: 'b' },
    time: { upper: 1 },
    pins: ['x'],
    pinnedBy: ['log'],
    answers: { trust: 'passed' },
    diagnostics: [{ code: 'x' }],
    payload: { text: 'x' },
  };
  expect(sealRecord(record as never)).toBe(record);
  const open = Object.entries(record).filter(([, part]) => !Object.isFrozen(part));
  expect([Object.isFrozen(record), open.map(([name]) => name)]).toEqual([true, ['payload']]);
  expect(Object.isFrozen(sealRecord({ ...record, accreditation: null } as never))).toBe(true);
});

test('a verified passport is known by identity alone, and frozen', async () => {
  const { bytes, trust, at } = await makeSample();
  const passport = await verifyPassport(bytes, { trust, at });
  const others = [{ ...passport }, null, undefined, 'passport', 7, Symbol.iterator];
  expect([passport, ...others].map(isVerifiedPassport)).toEqual([
    true,
    false,
    false,
    false,
    false,
    false,
    false,
  ]);
  const { axes, records, diagnostics, counts, elements, trust: told } = passport;
  const { diagnostics: found, lowering } = axes.trust;
  const parts = [passport, axes, axes.trust, found, lowering, records, diagnostics, counts, elements, told];
  expect(parts.map((part) => Object.isFrozen(part))).toEqual(parts.map(() => true));
  expect(diagnostics.every((one) => Object.isFrozen(one))).toBe(true);
});

test('sealing freezes what a finding tells, at any depth', () => {
  const detail = { ids: ['a'] };
  const finding = { code: 'chain.fork', detail };
  const answer = { diagnostics: [finding], lowering: [finding] };
  const passport = { axes: { trust: answer }, records: [], diagnostics: [finding], counts: {}, trust: null };
  const made = seal({ ...passport, elements: {} } as never);
  expect(isVerifiedPassport(made)).toBe(true);
  const parts = [finding, detail, detail.ids, answer, answer.diagnostics, answer.lowering];
  expect(parts.map((part) => Object.isFrozen(part))).toEqual(parts.map(() => true));
});
