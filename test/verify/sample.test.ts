import { describe, expect, test } from 'vitest';
import { verifyPassport } from '../../src/verify/verify-passport.js';
import { makeSample } from './sample.js';
import { DAY, T0 } from './story.js';

describe('the sample passport', async () => {
  const { bytes, trust, at, story } = await makeSample();
  const passport = await verifyPassport(bytes, { trust, at });

  test('passes with two remarks', () => {
    expect(passport.verdict).toBe('TOTAL-PASSED');
    expect(passport.counts).toEqual({ 'token.not-checked': 1, 'trust.self-asserted': 1 });
    expect(bytes.length).toBeLessThanOrEqual(16_384);
    expect(passport.elements).toEqual({
      records: 7,
      keys: 6,
      credentials: 4,
      openings: 3,
      notes: 3,
      tokens: 1,
      receipts: 3,
      attachments: 1,
    });
    expect(passport.wouldLeaveOut).toBe(0);
  });

  test('tells of every record who, when and how sure', () => {
    const anchor = T0 - DAY;
    const logged = T0 + DAY + 30;
    const told = passport.records.map(({ type, state, binding, standing, roles, time, pinnedBy }) => [
      [type, state, binding, standing, ...roles].join(' '),
      time.lower,
      time.upper,
      pinnedBy.join(),
    ]);
    expect(told).toEqual([
      ['commission trusted path full producer', anchor, logged, 'log,record'],
      ['media trusted path full seller', anchor, logged, 'log,record'],
      ['aggregation trusted path full seller', anchor, logged, 'log,record'],
      ['handover trusted path full carrier', anchor, logged, 'log,record'],
      ['delivery valid self full', anchor, at, 'record'],
      ['countersign trusted path full seller', anchor, at, ''],
      ['manifest trusted path full seller', anchor, at, ''],
    ]);
    expect(passport.records.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    for (const { id, offset, length } of passport.records) {
      expect(story.ids).toContain(id);
      expect(story.records.map((record) => record.join())).toContain(
        bytes.subarray(offset, offset + length).join(),
      );
    }
  });

  test('is the same in one thread, and with a cache', async () => {
    const plain = ({ precedes: _, ...rest }: typeof passport): unknown => rest;
    expect(plain(await verifyPassport(bytes, { trust, at, oneThread: true }))).toEqual(plain(passport));
  });
});
