import { describe, expect, test } from 'vitest';
import { isVerifiedPassport } from '../../src/verify/sealed.js';
import { verifyPassport } from '../../src/verify/verify-passport.js';
import { makeSample } from './sample.js';
import { AT, Story } from './story.js';

describe('isVerifiedPassport', async () => {
  const { bytes, trust, at } = await makeSample();
  const passport = await verifyPassport(bytes, { trust, at });

  test('knows what verification made, and that a file that cannot be read went through it', async () => {
    expect(isVerifiedPassport(passport)).toBe(true);
    expect(isVerifiedPassport(await verifyPassport(new Uint8Array(3), { trust, at }))).toBe(true);
  });

  test('knows nothing else, however much it looks like one', () => {
    expect(isVerifiedPassport({ ...passport })).toBe(false);
    expect(isVerifiedPassport(Object.create(passport))).toBe(false);
    expect(isVerifiedPassport(new Proxy(passport, {}))).toBe(false);
    expect(isVerifiedPassport(JSON.parse(JSON.stringify(passport)))).toBe(false);
    expect([null, undefined, 'passport', 7, {}].map(isVerifiedPassport)).toEqual([
      false,
      false,
      false,
      false,
      false,
    ]);
  });

  test('cannot be edited afterwards', () => {
    const [record] = passport.records;
    const edits = [
      () => Object.assign(passport, { verdict: 'TOTAL-PASSED' }),
      () => (passport.records as unknown[]).pop(),
      () => Object.assign(passport.axes.integrity, { verdict: 'passed' }),
      () => (passport.axes.trust.lowering as unknown[]).push(1),
      () => Object.assign(record!, { standing: 'full' }),
      () => Object.assign(record!.time, { upper: 0 }),
      () => (record!.pins as string[]).push('x'),
      () => Object.assign(record!.payload, { text: 'other' }),
      () => Object.assign(record!.payload.occurredAt as object, { utcS: 0 }),
      () => Object.assign(passport.diagnostics[0]!, { code: 'x' }),
      () => Object.assign(passport.counts, { x: 1 }),
    ];
    for (const edit of edits) expect(edit).toThrow(TypeError);
  });
});

describe('verifyPassport', async () => {
  const { bytes, trust, at } = await makeSample();

  test('answers about the bytes it was given, whatever happens to them while it works', async () => {
    const given = bytes.slice();
    const running = verifyPassport(given, { trust, at });
    given.fill(0);
    const passport = await running;
    expect(passport.verdict).toBe('TOTAL-PASSED');
    const attachment = [...passport.attachments.values()][0]!;
    expect(attachment.some((byte) => byte !== 0)).toBe(true);
  });

  test('reads a view of a larger buffer', async () => {
    const larger = new Uint8Array(bytes.length + 20);
    larger.set(bytes, 7);
    const passport = await verifyPassport(larger.subarray(7, 7 + bytes.length), { trust, at });
    expect(passport.verdict).toBe('TOTAL-PASSED');
  });

  test('refuses misuse at once', async () => {
    const wrong = (value: unknown): Uint8Array => value as Uint8Array;
    await expect(verifyPassport(wrong('text'), { trust, at })).rejects.toThrow(TypeError);
    await expect(verifyPassport(wrong([1, 2]), { trust, at })).rejects.toThrow(TypeError);
    await expect(verifyPassport(bytes, { at } as never)).rejects.toThrow(TypeError);
    for (const bad of [-1, 1.5, Number.NaN, 253_402_300_800, Number.POSITIVE_INFINITY]) {
      await expect(verifyPassport(bytes, { trust, at: bad })).rejects.toThrow(RangeError);
    }
  });

  test('every truncation is a failure', async () => {
    for (let length = 0; length < bytes.length; length += 1) {
      const { verdict, records, diagnostics } = await verifyPassport(bytes.subarray(0, length), {
        trust,
        at,
      });
      const failures = diagnostics.filter(({ severity }) => severity === 'failure');
      expect([length, verdict, records.length, failures.length]).toEqual([length, 'TOTAL-FAILED', 0, 1]);
    }
  });

  test('the same evidence in one or in many steps of time: only `at` and the trust file change the answer', async () => {
    const story = new Story();
    const seller = await story.company('seller', ['seller'], { until: AT - 1 });
    await story.say(seller, 'signed while the credential held');
    story.log([...story.ids], AT - 100);
    const file = story.file();
    const early = await verifyPassport(file, { trust: story.trust(), at: AT - 200 });
    const late = await verifyPassport(file, { trust: story.trust(), at: AT });
    expect(early.counts['time.after-at']).toBe(1);
    expect([early.verdict, late.verdict]).toEqual(['TOTAL-PASSED', 'TOTAL-PASSED']);
    expect(late.records[0]!.time.upper).toBe(AT - 100);
  });
});
