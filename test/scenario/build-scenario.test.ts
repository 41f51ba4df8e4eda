import { describe, expect, test } from 'vitest';
import { toHex } from '../../src/codec/hex.js';
import { sha256Hex } from '../../src/crypto/hash.js';
import { HIDDEN } from '../../src/record/private-fields.js';
import { build, changed, SMALL, verify } from './small-scenario.js';

function id(bytes: unknown): string {
  return toHex(bytes as Uint8Array);
}

describe('a built scenario', () => {
  test('is the same bytes each time', async () => {
    const [one, two] = [await build(), await build()];
    expect(toHex(one.passport)).toBe(toHex(two.passport));
    expect(toHex(one.trust)).toBe(toHex(two.trust));
    const later = await build(
      changed('2026-08-29T09:00:00+08:00\n    payload', '2026-08-29T09:00:01+08:00\n    payload'),
    );
    expect(toHex(later.passport)).not.toBe(toHex(one.passport));
    expect(toHex(later.trust)).toBe(toHex(one.trust));
  });

  test('passes verification with its own trust file, the manifest at its end', async () => {
    const built = await build();
    const verified = await verify(built);
    expect(verified.verdict).toBe('TOTAL-PASSED');
    expect(verified.records.map(({ type, state }) => `${type} ${state}`).sort()).toEqual([
      'countersign trusted',
      'handover trusted',
      'manifest trusted',
      'statement valid',
    ]);
    expect(verified.elements).toEqual({
      records: 4,
      keys: 4,
      credentials: 2,
      openings: 1,
      notes: 1,
      tokens: 0,
      receipts: 1,
      attachments: 0,
    });
    expect(built.order).toEqual(['pickup', 'agreed', 'word', 'manifest']);
    expect(verified.records.map((record) => record.id).sort()).toEqual(
      [...built.records.values()].map((record) => record.id).sort(),
    );
    expect(verified.wouldLeaveOut).toBe(0);
  });

  test('without an export holds no manifest', async () => {
    const built = await build(changed('export:\n  by: seller\n  at: 2026-09-08T09:00:00+08:00\n', ''));
    expect(built.order).toEqual(['pickup', 'agreed', 'word']);
    const verified = await verify(built);
    expect(verified.verdict).toBe('TOTAL-PASSED');
    expect(verified.counts['manifest.none']).toBe(1);
  });

  test('replaces names by what they stand for', async () => {
    const built = await build();
    const kid = built.parties.get('buyer')?.signer.kid ?? '';
    const pickup = built.records.get('pickup');
    expect(built.parties.get('buyer')?.uri).toBe(`urn:goodorder:key:${kid}`);
    expect({ ...built.dispute }).toEqual({
      id: 'small',
      parties: [Object.assign(Object.create(null), { id: `urn:goodorder:key:${kid}` })],
      key: `hex:${kid}`,
      sub: built.item,
      first: `hex:${pickup?.id}`,
    });
    expect(pickup?.iss).toBe('https://id.gs1.org/417/9521234000037');
    expect(pickup?.payload.fields['from']).toBe('https://id.gs1.org/417/9521234000013');
    expect(pickup?.payload.fields['photos']).toEqual([
      [
        -16,
        expect.toSatisfy((hash) => id(hash) === sha256Hex(new TextEncoder().encode('photo of the parcel'))),
      ],
    ]);
    expect(id(built.records.get('agreed')?.payload.fields['of'])).toBe(pickup?.id);
    expect(built.records.get('word')?.payload.fields['text']).toBe('party:seller told me so');
    expect({ ...built.expect }).toEqual({ verdict: 'TOTAL-PASSED' });
  });

  test('takes a word without a colon as it is, however like a name it begins', async () => {
    const text = changed('text:party:seller told me so', 'records');
    expect((await build(text)).records.get('word')?.payload.fields['text']).toBe('records');
  });

  test('chains the records of a key by lane, and by sequence within a subject', async () => {
    const box = 'https://id.gs1.org/00/952012345678912345';
    const text = changed(
      '\nexport:',
      `
  - id: more
    by: carrier
    type: statement
    at: 2026-08-29T10:00:00+08:00
    payload: { occurredAt: 2026-08-29T10:00:00+08:00, about: { record: record:pickup }, text: more }
  - id: boxed
    by: carrier
    type: statement
    sub: ${box}
    at: 2026-08-29T11:00:00+08:00
    payload: { occurredAt: 2026-08-29T11:00:00+08:00, about: { item: '${box}' }, text: boxed }

export:`,
    );
    const { records } = await build(text);
    const [pickup, more, boxed] = ['pickup', 'more', 'boxed'].map((name) => records.get(name)!);
    expect(pickup?.link).toMatchObject({ seq: 0, prev: null, lane: null });
    expect(more?.link).toMatchObject({ seq: 1, prev: pickup?.statementHash, lane: pickup?.statementHash });
    expect(boxed?.link).toMatchObject({ seq: 0, prev: null, lane: more?.statementHash });
    expect(boxed?.sub).toBe(box);
  });

  test('carries openings of private fields, or none of a record', async () => {
    const waybillOf = async (text: string): Promise<unknown> => {
      const { records } = await verify(await build(text));
      return records.find(({ type }) => type === 'handover')?.payload['waybill'];
    };
    expect(await waybillOf(SMALL)).toBe('SF1020304050607');
    const closed = changed('type: handover', 'type: handover\n    openings: none');
    expect(await waybillOf(closed)).toBe(HIDDEN);
    expect((await verify(await build(closed))).elements.openings).toBe(0);
  });

  test('gives a logged record an upper bound, and what anchors its note a lower one', async () => {
    const built = await build();
    const { records } = await verify(built);
    const timeOf = (name: string) => {
      const { lower, upper } = records.find((one) => one.id === built.records.get(name)?.id)!.time;
      return { lower, upper };
    };
    const logged = Date.parse('2026-08-28T11:05:00+08:00') / 1000;
    expect(timeOf('pickup')).toEqual({ lower: null, upper: logged });
    expect(timeOf('agreed')).toMatchObject({ lower: logged });
    expect(timeOf('word')).toMatchObject({ lower: null });
  });

  test('leaves out a record that is omitted, and the gap is found', async () => {
    const second = `
  - id: second
    by: carrier
    type: statement
    at: 2026-08-29T09:30:00+08:00
    omit: true
    payload: { occurredAt: 2026-08-29T09:30:00+08:00, about: { party: party:seller }, text: left out }
  - id: third
    by: carrier
    type: statement
    at: 2026-08-29T09:40:00+08:00
    payload: { occurredAt: 2026-08-29T09:40:00+08:00, about: { party: party:seller }, text: carried }

export:`;
    const text = changed('\nexport:', second);
    const built = await build(text);
    const verified = await verify(built);
    const standingOf = (name: string) =>
      verified.records.find((one) => one.id === built.records.get(name)?.id)?.standing;
    expect(built.order).toContain('second');
    expect(standingOf('second')).toBeUndefined();
    expect(standingOf('third')).toBe('adverse-only');
    expect(verified.counts['chain.gap']).toBe(1);
    const whole = await verify(await build(changed('    omit: true\n', '', text)));
    expect(whole.counts['chain.gap']).toBeUndefined();
  });

  test('signs two records in one place when asked to fork, and the fork is found', async () => {
    const text = changed(
      '\nexport:',
      `
  - id: other-word
    by: buyer
    type: statement
    at: 2026-08-29T09:10:00+08:00
    forks: word
    payload: { occurredAt: 2026-08-29T09:10:00+08:00, about: { party: party:carrier }, text: something else }

export:`,
    );
    const built = await build(text);
    const [one, two] = ['word', 'other-word'].map((name) => built.records.get(name)!);
    expect(two?.link).toEqual(one?.link);
    const verified = await verify(built);
    expect(verified.counts['chain.fork']).toBe(1);
    const forked = verified.records.filter(({ standing }) => standing === 'adverse-only');
    expect(forked.map((record) => record.id).sort()).toEqual([one?.id, two?.id].sort());
  });

  test('gives credentials only to parties that have a party URI, by the authority named', async () => {
    const text = changed(
      "registry: { party: 'https://id.gs1.org/417/9521234000006', roles: [seller, carrier] }",
      `registry: { party: 'https://id.gs1.org/417/9521234000006', roles: [seller, carrier] }
    chamber: { party: 'https://id.gs1.org/417/9521234000044', roles: [carrier] }`,
    );
    const chosen = changed(
      'roles: [carrier] }\n  buyer',
      'roles: [carrier], issuer: chamber }\n  buyer',
      text,
    );
    const verified = await verify(await build(chosen));
    const carrier = verified.records.find(({ type }) => type === 'handover');
    expect(carrier).toMatchObject({ binding: 'path', roles: ['carrier'], state: 'trusted' });
    const nobody = changed('roles: [carrier] }\n  buyer', 'roles: [carrier], issuer: null }\n  buyer', text);
    const unbound = (await verify(await build(nobody))).records.find(({ type }) => type === 'handover');
    expect(unbound).toMatchObject({ binding: 'none', roles: [], state: 'valid' });
  });
});
