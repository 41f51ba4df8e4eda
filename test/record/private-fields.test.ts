import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type CborKey, type CborValue, encodeCbor } from '../../src/codec/cbor.js';
import { concatBytes, fromHex, toHex, utf8Bytes } from '../../src/codec/hex.js';
import { sha256 } from '../../src/crypto/hash.js';
import { formatPath, matchesPattern, placesOf } from '../../src/record/field-path.js';
import {
  applyOpenings,
  encodeOpening,
  fieldDigest,
  HIDDEN,
  isHidden,
  type Opening,
  openingFault,
  readOpening,
} from '../../src/record/private-fields.js';
import { readRecord } from '../../src/record/read-record.js';
import type { SignedRecord } from '../../src/record/record.js';
import type { Fields } from '../../src/record/record-type.js';
import { type NewRecord, signRecord } from '../../src/record/sign-record.js';
import { RECORD_TYPES } from '../../src/record/types/index.js';
import { ITEM, SAMPLES, SELLER } from './sample-payloads.js';
import { countingSalt, IAT, rawRecord, SIGNER } from './test-signing.js';

function delivery(): Promise<NewRecord> {
  return signRecord({
    signer: SIGNER,
    iss: SELLER,
    sub: ITEM,
    type: 'delivery',
    payload: SAMPLES.delivery.full,
    iat: IAT,
    state: { seq: 0, prev: null, lane: null },
    salt: countingSalt('delivery'),
  });
}

function opened(bytes: Uint8Array): Opening {
  const read = readOpening(bytes);
  if (!read.ok) throw new Error(read.code);
  return read.opening;
}

test('at a newer revision the digest alone decides what an opening says', async () => {
  const value = new Map<CborKey, CborValue>([
    ['address', 'x'],
    ['more', 1],
  ]);
  const opening: Opening = { record: '', path: ['place', 'exact'], salt: new Uint8Array(16).fill(3), value };
  const digest = fieldDigest({ kid: SIGNER.kid, sub: ITEM, ...opening });
  const codes = await Promise.all(
    [1, 2].map(async (revision) => {
      const fields = { ...(SAMPLES.delivery.minimal as Fields), place: { exact: digest } };
      const read = readRecord(await rawRecord({ type: 'delivery', fields, revision }));
      if (!read.ok) throw new Error(read.diagnostics[0]?.code);
      return openingFault(read.record, { ...opening, record: read.record.id })?.code ?? null;
    }),
  );
  expect(codes).toEqual(['schema.value', null]);
});

describe('digest', () => {
  test('is SHA-256 over the label, a zero byte and cbor([kid, sub, salt, path, value])', () => {
    const salt = new Uint8Array(16).fill(9);
    const preimage = concatBytes(
      utf8Bytes('goodorder/field/1'),
      Uint8Array.of(0),
      encodeCbor([fromHex(SIGNER.kid), ITEM, salt, ['persons', 0, 'name'], '李雷']),
    );
    const digest = fieldDigest({
      kid: SIGNER.kid,
      sub: ITEM,
      salt,
      path: ['persons', 0, 'name'],
      value: '李雷',
    });
    expect(toHex(digest)).toBe(toHex(sha256(preimage)));
  });

  test('differs in every part', () => {
    const salt = new Uint8Array(16);
    const base = { kid: SIGNER.kid, sub: ITEM, salt, path: ['a', 0], value: 1 as CborValue };
    const digests = [
      base,
      { ...base, kid: '00'.repeat(32) },
      { ...base, sub: `${ITEM}0` },
      { ...base, salt: new Uint8Array(16).fill(1) },
      { ...base, path: ['a', 1] },
      { ...base, path: ['a', '0'] },
      { ...base, value: '1' },
    ].map((field) => toHex(fieldDigest(field)));
    expect(new Set(digests).size).toBe(digests.length);
  });

  test('a salt of another length is refused', () => {
    expect(() =>
      fieldDigest({ kid: SIGNER.kid, sub: ITEM, salt: new Uint8Array(8), path: ['a'], value: 1 }),
    ).toThrow(RangeError);
  });
});

describe('signing', () => {
  test('puts digests at private places, gives the openings, and no clear value stays in the bytes', async () => {
    const { record, openings, signed } = await delivery();
    const paths = openings.map((bytes) => formatPath(opened(bytes).path));
    expect(paths).toEqual([
      'place.exact',
      'persons[0].name',
      'persons[0].phone',
      'persons[0].address',
      'oneTimeCode',
      'waybill',
    ]);
    const text = new TextDecoder('latin1').decode(record);
    for (const secret of ['482910', 'SF1234567890', 'gate 3', '138']) expect(text).not.toContain(secret);
    expect(signed.payload.fields['waybill']).toBeInstanceOf(Uint8Array);
    for (const bytes of openings) expect(openingFault(signed, opened(bytes))).toBe(null);
  });

  test('leaves a digest made before as it is', async () => {
    const digest = new Uint8Array(32).fill(5);
    const { openings, signed } = await signRecord({
      signer: SIGNER,
      iss: SELLER,
      sub: ITEM,
      type: 'delivery',
      payload: { ...SAMPLES.delivery.minimal, waybill: digest },
      iat: IAT,
      state: { seq: 0, prev: null, lane: null },
      salt: countingSalt(),
    });
    expect(openings).toEqual([]);
    expect(signed.payload.fields['waybill']).toEqual(digest);
  });

  test('equal values in one record have different digests', async () => {
    const persons = [
      { capacity: 'driver', name: 'Lin Tao' },
      { capacity: 'receiver', name: 'Lin Tao' },
    ];
    const { signed } = await signRecord({
      signer: SIGNER,
      iss: SELLER,
      sub: ITEM,
      type: 'delivery',
      payload: { ...SAMPLES.delivery.minimal, persons },
      iat: IAT,
      state: { seq: 0, prev: null, lane: null },
      salt: countingSalt(),
    });
    const held = signed.payload.fields['persons'] as readonly { readonly name: Uint8Array }[];
    expect(toHex(held[0]!.name)).not.toBe(toHex(held[1]!.name));
  });

  test('the same salt twice is refused', async () => {
    const request = {
      signer: SIGNER,
      iss: SELLER,
      sub: ITEM,
      type: 'delivery' as const,
      payload: SAMPLES.delivery.full,
      iat: IAT,
      state: { seq: 0, prev: null, lane: null },
    };
    await expect(signRecord({ ...request, salt: () => new Uint8Array(16) })).rejects.toThrow(RangeError);
    await expect(signRecord({ ...request, salt: () => new Uint8Array(15) })).rejects.toThrow(RangeError);
  });

  test.each([
    [{ waybill: 7 }, 'waybill'],
    [{ oneTimeCode: { code: '' } }, 'oneTimeCode'],
    [{ oneTimeCode: { code: '1', extra: 1 } }, 'oneTimeCode'],
    [{ place: { exact: { latitudeMicroDeg: 90_000_001 } } }, 'place.exact'],
    [{ persons: [{ capacity: 'driver', name: '' }] }, 'persons[0].name'],
  ])('a clear value of another kind is refused: %o', async (change, path) => {
    const payload = { ...(SAMPLES.delivery.minimal as Fields), ...change };
    await expect(
      signRecord({
        signer: SIGNER,
        iss: SELLER,
        sub: ITEM,
        type: 'delivery',
        payload,
        iat: IAT,
        state: { seq: 0, prev: null, lane: null },
        salt: countingSalt(),
      }),
    ).rejects.toMatchObject({ code: 'signer.refused', place: { path } });
  });
});

describe('an opening', () => {
  test('is read as it was written', async () => {
    const { id, openings } = await delivery();
    const opening = opened(openings[4]!);
    expect(opening.record).toBe(id);
    expect(opening.path).toEqual(['oneTimeCode']);
    expect(opening.value).toEqual(
      new Map<CborKey, CborValue>([
        ['code', '482910'],
        ['sentTo', '+86 138 0000 0000'],
      ]),
    );
    expect(encodeOpening(opening)).toEqual(openings[4]);
  });

  const salt = new Uint8Array(16);
  const id = new Uint8Array(32);
  test.each<[string, CborValue]>([
    ['no list', 1],
    ['three members', [id, ['a'], salt]],
    ['five members', [id, ['a'], salt, 1, 1]],
    ['an id of 31 bytes', [new Uint8Array(31), ['a'], salt, 1]],
    ['no path', [id, [], salt, 1]],
    ['a path as text', [id, 'a', salt, 1]],
    ['a path with null', [id, [null], salt, 1]],
    ['a negative index', [id, ['a', -1], salt, 1]],
    ['a salt of 15 bytes', [id, ['a'], new Uint8Array(15), 1]],
  ])('with %s is malformed', (_, value) => {
    expect(readOpening(encodeCbor(value))).toEqual({ ok: false, code: 'field.opening-mismatch', offset: 0 });
  });

  test('that is no CBOR says where', () => {
    expect(readOpening(fromHex('84ffffffff'))).toEqual({ ok: false, code: 'cbor.indefinite', offset: 1 });
  });

  test('fits no other place, record, value or salt', async () => {
    const { signed, openings } = await delivery();
    const opening = opened(openings[5]!);
    const mismatch = [
      { ...opening, record: '00'.repeat(32) },
      { ...opening, path: ['oneTimeCode'] },
      { ...opening, path: ['remark'] },
      { ...opening, path: ['nowhere'] },
      { ...opening, path: ['waybill', 0] },
      { ...opening, path: ['__proto__'] },
      { ...opening, value: 'SF1234567891' },
      { ...opening, salt: new Uint8Array(16) },
    ].map((wrong) => openingFault(signed, wrong)?.code);
    expect(mismatch).toEqual(mismatch.map(() => 'field.opening-mismatch'));
  });

  test('whose value breaks the kind of the place is a fault, though the digest fits', async () => {
    const saltOf = countingSalt();
    const drawn = saltOf();
    const digest = fieldDigest({ kid: SIGNER.kid, sub: ITEM, salt: drawn, path: ['waybill'], value: 7 });
    const fields = { ...(SAMPLES.delivery.minimal as Fields), waybill: digest };
    const read = readRecord(await rawRecord({ type: 'delivery', fields }));
    if (!read.ok) throw new Error('not read');
    const opening = { record: read.record.id, path: ['waybill'], salt: drawn, value: 7 };
    expect(openingFault(read.record, opening)).toMatchObject({ code: 'schema.value', path: 'waybill' });
  });

  test('opens nothing that the type does not keep private, even with the right digest', async () => {
    const drawn = countingSalt()();
    const digest = fieldDigest({
      kid: SIGNER.kid,
      sub: ITEM,
      salt: drawn,
      path: ['lastSensorRecord'],
      value: 1,
    });
    const fields = { ...(SAMPLES.handover.minimal as Fields), lastSensorRecord: digest };
    const read = readRecord(await rawRecord({ type: 'handover', fields }));
    if (!read.ok) throw new Error('not read');
    const opening = { record: read.record.id, path: ['lastSensorRecord'], salt: drawn, value: 1 };
    expect(openingFault(read.record, opening)).toMatchObject({ code: 'field.opening-mismatch' });
  });

  test('of a type nobody here knows stands by its digest alone', async () => {
    const drawn = countingSalt()();
    const path = ['who', 0];
    const digest = fieldDigest({ kid: SIGNER.kid, sub: ITEM, salt: drawn, path, value: 'x' });
    const read = readRecord(await rawRecord({ type: 'moon-landing', fields: { who: [digest] } }));
    if (!read.ok) throw new Error('not read');
    const opening = { record: read.record.id, path, salt: drawn, value: 'x' };
    expect(openingFault(read.record, opening)).toBe(null);
    expect(applyOpenings(read.record, [opening]).fields['who']).toEqual(['x']);
  });
});

describe('opened payload', () => {
  test('has clear values where an opening fits and HIDDEN elsewhere', async () => {
    const { signed, openings } = await delivery();
    const { fields, faults } = applyOpenings(signed, [opened(openings[1]!), opened(openings[4]!)]);
    expect(faults).toEqual([null, null]);
    expect(fields['oneTimeCode']).toEqual({ code: '482910', sentTo: '+86 138 0000 0000' });
    expect(fields['waybill']).toBe(HIDDEN);
    expect((fields['place'] as Fields)['exact']).toBe(HIDDEN);
    const [person] = fields['persons'] as readonly Fields[];
    expect(person).toEqual({ capacity: 'driver', name: '李雷', phone: HIDDEN, address: HIDDEN });
    expect(isHidden(person?.['phone'])).toBe(true);
    expect(isHidden({ hidden: true })).toBe(false);
    // The signed payload itself is untouched.
    expect(signed.payload.fields['waybill']).toBeInstanceOf(Uint8Array);
  });

  test('a second opening for one place is a fault of its own', async () => {
    const { signed, openings } = await delivery();
    const good = opened(openings[5]!);
    const twice = applyOpenings(signed, [good, { ...good, value: 'other' }]);
    expect(twice.faults.map((fault) => fault?.code)).toEqual([undefined, 'field.opening-twice']);
    expect(twice.fields['waybill']).toBe('SF1234567890');
    const junkFirst = applyOpenings(signed, [{ ...good, value: 'other' }, good]);
    expect(junkFirst.faults.map((fault) => fault?.code)).toEqual([
      'field.opening-mismatch',
      'field.opening-twice',
    ]);
  });

  test('without openings a record of no private place is given as it is', async () => {
    const bytes = await rawRecord({ type: 'countersign', fields: SAMPLES.countersign.minimal as Fields });
    const { record } = readRecord(bytes) as { record: SignedRecord };
    expect(applyOpenings(record, [])).toEqual({ fields: record.payload.fields, faults: [] });
  });
});

describe('private places of the types', () => {
  const all = [...RECORD_TYPES.values()].map(({ name, privatePlaces }) => [name, privatePlaces] as const);

  test.each(all)('%s: no private place lies inside another', (_, places) => {
    for (const { path: outer } of places) {
      for (const { path: inner } of places) {
        if (outer !== inner)
          expect(inner.startsWith(`${outer}.`) || inner.startsWith(`${outer}[`)).toBe(false);
      }
    }
  });

  test.each(all)('%s: a full sample fills every private place', (name, places) => {
    const sample = SAMPLES[name as keyof typeof SAMPLES].full;
    for (const { path } of places) expect(placesOf(sample, path), path).not.toEqual([]);
  });
});

test('patterns match the places they name and no others', () => {
  expect(matchesPattern('a.b[].c', ['a', 'b', 3, 'c'])).toBe(true);
  expect(matchesPattern('a.b[].c', ['a', 'b', '3', 'c'])).toBe(false);
  expect(matchesPattern('a.b[].c', ['a', 'b', 3])).toBe(false);
  expect(matchesPattern('children[]', ['children', 0])).toBe(true);
  fc.assert(
    fc.property(fc.array(fc.constantFrom<string | number>('a', 'b', 0, 1), { maxLength: 4 }), (path) => {
      const value = { a: { b: [{ a: 1 }, 2] }, b: [1] };
      for (const pattern of ['a.b[]', 'a.b[].a', 'b[]', 'a']) {
        const found = placesOf(value, pattern).some(
          (place) => JSON.stringify(place) === JSON.stringify(path),
        );
        if (found) expect(matchesPattern(pattern, path)).toBe(true);
      }
    }),
  );
});
