import { describe, expect, test } from 'vitest';
import { type SpeakingRecord, speakingRecords } from '../../src/facts/speaking-records.js';
import type { VerifiedRecord } from '../../src/verify/verified-passport.js';
import { hour, idOf, passport, SCOPE, SELLER, statement, verifiedRecord } from './case-builder.js';

type Over = Partial<VerifiedRecord>;
const STRANGER = 'https://id.gs1.org/417/9506000199999';

function copy(over: Over, by = SELLER): VerifiedRecord {
  return verifiedRecord({ ...statement('one', { by, h: 0 }), over });
}
/** What two files that hold copies of one statement prove together, in either order. */
function together(a: Over, b: Over, by = SELLER): SpeakingRecord | undefined {
  const [there, back] = [
    [a, b],
    [b, a],
  ].map((order) => {
    const { records } = speakingRecords(
      order.map((over) => passport([copy(over, by)])),
      SCOPE,
    );
    return [...records.values()];
  });
  expect(back).toEqual(there);
  expect(there!.length).toBeLessThan(2);
  return there![0];
}
const time = (lower: number | null, upper: number): Over => ({
  time: {
    lower: lower === null ? null : hour(lower),
    upper: hour(upper),
    lowerFrom: 'none',
    upperFrom: 'at',
  },
});

describe('one statement in two files', () => {
  test('is proven in the tightest interval of both', () => {
    const interval = (a: Over, b: Over): unknown => {
      const { lower, upper } = together(a, b)!;
      return [lower, upper];
    };
    expect(interval(time(1, 20), time(3, 30))).toEqual([hour(3), hour(20)]);
    expect(interval(time(null, 20), time(3, 30))).toEqual([hour(3), hour(20)]);
    expect(interval(time(null, 20), time(null, 30))).toEqual([null, hour(20)]);
  });
  test('stands by the best path, the roles of both and whatever pins it', () => {
    expect(
      together(
        {
          state: 'valid',
          binding: 'path',
          roles: ['seller', 'platform'],
          rolePermitted: false,
          pinnedBy: ['record'],
        },
        { state: 'trusted', binding: 'self', roles: ['carrier'], rolePermitted: true, pinnedBy: ['log'] },
      ),
    ).toMatchObject({
      trusted: true,
      selfBound: true,
      roles: ['carrier', 'platform', 'seller'],
      rolePermitted: true,
      pinnedBy: ['log', 'record'],
    });
    expect(together({ rolePermitted: false }, { rolePermitted: false })).toMatchObject({
      selfBound: false,
      rolePermitted: false,
    });
  });
  test('takes the accreditation that lasts longer; of equals that of the first number, then body', () => {
    const accredited = (until: number, number: string, body: string): VerifiedRecord['accreditation'] =>
      ({ until, number, body }) as VerifiedRecord['accreditation'];
    const best = (a: VerifiedRecord['accreditation'], b: VerifiedRecord['accreditation']): unknown =>
      together({ accreditation: a }, { accreditation: b })!.accreditation;
    expect(best(null, null)).toBeNull();
    expect(best(accredited(5, 'n', 'b'), null)).toEqual(accredited(5, 'n', 'b'));
    expect(best(accredited(5, 'n', 'b'), accredited(9, 'z', 'z'))).toEqual(accredited(9, 'z', 'z'));
    expect(best(accredited(5, 'm', 'z'), accredited(5, 'n', 'a'))).toEqual(accredited(5, 'm', 'z'));
    expect(best(accredited(5, 'n', 'b'), accredited(5, 'n', 'a'))).toEqual(accredited(5, 'n', 'a'));
  });
  test('under two ids goes by the smaller', () => {
    expect(together({ id: 'b'.repeat(64) }, { id: 'a'.repeat(64) })!.id).toBe('a'.repeat(64));
  });
  test('speaks for a named party if any copy binds its key, and for nobody if none does', () => {
    const { id, statementHash, type, kid, iss, sub, seq, payload } = copy({});
    const whole = {
      ...{ id, statementHash, type, kid, iss, sub, seq, payload },
      trusted: false,
      selfBound: false,
      roles: ['seller'],
      accreditation: null,
      rolePermitted: true,
      integrity: 'ok',
      gapOnly: false,
      lower: null,
      upper: hour(10_000),
      pinnedBy: [],
    };
    expect(together({ state: 'valid', binding: 'none' }, { state: 'valid', binding: 'path' })).toEqual(whole);
    expect(
      together({ state: 'valid', binding: 'none' }, { state: 'valid', binding: 'none' }),
    ).toBeUndefined();
    expect(
      together({ state: 'valid', binding: 'path' }, { state: 'valid', binding: 'path' }, STRANGER),
    ).toBeUndefined();
    const stranger = copy({}, STRANGER);
    expect(together({ state: 'valid', binding: 'path' }, { state: 'trusted' }, STRANGER)).toEqual({
      ...whole,
      ...{ kid: stranger.kid, iss: STRANGER, trusted: true, roles: ['carrier'] },
    });
  });
  test('that is worthless in one file is taken from the other', () => {
    expect(together({ state: 'invalid' as VerifiedRecord['state'], rolePermitted: false }, {})).toMatchObject(
      {
        rolePermitted: true,
      },
    );
    expect(together({ standing: 'none' }, { standing: 'none' })).toBeUndefined();
  });
});

test('roles that a file lists twice or out of order come once, in order', () => {
  const alone = (...roles: string[]): unknown =>
    [...speakingRecords([passport([copy({ roles })])], SCOPE).records.values()][0]!.roles;
  expect([alone('seller', 'carrier'), alone('b', 'a', 'b'), alone('a'), alone()]).toEqual([
    ['carrier', 'seller'],
    ['a', 'b'],
    ['a'],
    [],
  ]);
});

describe('two statements under one number', () => {
  const half = (name: string, over: Over): VerifiedRecord =>
    verifiedRecord({ ...statement(name, { by: SELLER, h: 0 }), over: { seq: 7, ...over } });
  const read = (a: Over, b: Over): unknown => {
    const { records, remarks } = speakingRecords([passport([half('x', a)]), passport([half('y', b)])], SCOPE);
    return [
      ['x', 'y'].map((name) => records.get(idOf(name))!.integrity),
      remarks.map(({ code, records: ids, signers }) => [code, ids, signers]),
    ];
  };
  const said = [['facts.fork-across-files', [idOf('x'), idOf('y')].sort(), [SELLER]]];
  test('in two files count only against their signer, and are disclosed', () => {
    expect(read({}, {})).toEqual([['adverse-only', 'adverse-only'], said]);
    expect(read({ standing: 'adverse-only' }, {})).toEqual([['adverse-only', 'adverse-only'], said]);
  });
  test('that both files show already are not disclosed again', () => {
    expect(read({ standing: 'adverse-only' }, { standing: 'adverse-only' })).toEqual([
      ['adverse-only', 'adverse-only'],
      [],
    ]);
  });
  test('of other subjects, keys or numbers are no fork', () => {
    for (const other of [{ sub: 'urn:other' }, { kid: 'c'.repeat(64) }, { seq: 8 }]) {
      expect(read({}, other)).toEqual([['ok', 'ok'], []]);
    }
  });
});
