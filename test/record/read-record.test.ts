import { describe, expect, test } from 'vitest';
import type { CborKey, CborValue } from '../../src/codec/cbor.js';
import { concatBytes, fromHex, toHex } from '../../src/codec/hex.js';
import { toBeSigned } from '../../src/crypto/cose-sign1.js';
import { sha256Hex } from '../../src/crypto/hash.js';
import { readRecord } from '../../src/record/read-record.js';
import { assembleRecord } from '../../src/record/sign-record.js';
import { hash, ITEM, SELLER } from './sample-payloads.js';
import { FIRST_LINK, IAT, type RawRecord, rawRecord, SIGNER } from './test-signing.js';

const FIELDS = { occurredAt: { utcS: IAT, offsetMin: 0 }, about: { item: ITEM }, text: 'it rained' };

function statement(raw: RawRecord = {}): Promise<Uint8Array> {
  return rawRecord({ fields: FIELDS, ...raw });
}

/** What reading says, as [code, path]. */
async function faults(raw: RawRecord): Promise<(readonly [string, string | undefined])[]> {
  const bytes = await statement(raw);
  const read = readRecord(bytes);
  for (const { offset, record } of read.diagnostics) {
    expect(record).toBe(sha256Hex(bytes));
    if (offset !== undefined) expect(offset).toBeLessThan(bytes.length);
  }
  return read.diagnostics.map(({ code, path }) => [code, path] as const);
}

function header(...entries: readonly (readonly [CborKey, CborValue])[]): RawRecord {
  return { header: new Map(entries) };
}

describe('a sound record', () => {
  test('gives all it says, its id and statement hash', async () => {
    const bytes = await statement({ link: [1, 3, hash('a'), [hash('x')], hash('b'), [hash('n')]] });
    const read = readRecord(bytes);
    expect(read.diagnostics).toEqual([]);
    if (!read.ok) throw new Error('not read');
    const { record } = read;
    expect(record.bytes).toEqual(bytes);
    expect(record.id).toBe(sha256Hex(bytes));
    expect(record.statementHash).toBe(sha256Hex(toBeSigned(record.bytes)));
    expect(toHex(toBeSigned(record.bytes).slice(0, 12))).toBe('846a5369676e617475726531');
    expect(record.signature).toEqual(bytes.slice(-64));
    expect([record.alg, record.type, record.kid]).toEqual([-19, 'statement', SIGNER.kid]);
    expect([record.iss, record.sub, record.iat]).toEqual([SELLER, ITEM, IAT]);
    expect(record.link).toEqual({
      version: 1,
      seq: 3,
      prev: toHex(hash('a')),
      seen: [toHex(hash('x'))],
      lane: toHex(hash('b')),
      anchors: [toHex(hash('n'))],
    });
    expect(record.payload.revision).toBe(1);
    expect(record.payload.fields['text']).toBe('it rained');
    expect(Object.getPrototypeOf(record.payload.fields)).toBe(null);
    expect(record.definition?.name).toBe('statement');
    expect(record.newer).toBe(false);
  });

  test('is a copy: changing the given bytes later changes nothing', async () => {
    const bytes = await statement();
    const read = readRecord(bytes);
    bytes.fill(0);
    if (!read.ok) throw new Error('not read');
    expect(sha256Hex(read.record.bytes)).toBe(read.record.id);
    expect(sha256Hex(toBeSigned(read.record.bytes))).toBe(read.record.statementHash);
  });
});

describe('encoding', () => {
  test.each([
    ['no tag 18', (b: Uint8Array) => b.slice(1), 'cose.start', 0],
    ['a byte too many', (b: Uint8Array) => concatBytes(b, Uint8Array.of(0)), 'cbor.trailing', -1],
    ['a byte too few', (b: Uint8Array) => b.slice(0, -1), 'cbor.truncated', -1],
    ['nothing', () => new Uint8Array(0), 'cose.start', 0],
    ['more than 65,535 bytes', () => new Uint8Array(65_536), 'cbor.too-long', 0],
  ] as const)('%s', async (_, change, code, offset) => {
    const bytes = change(await statement());
    const read = readRecord(bytes);
    expect(read).toMatchObject({ ok: false, unsupported: false, id: sha256Hex(bytes) });
    expect(read.diagnostics).toHaveLength(1);
    expect(read.diagnostics[0]).toMatchObject({
      code,
      severity: 'failure',
      axis: 'integrity',
      record: sha256Hex(bytes),
    });
    if (offset >= 0) expect(read.diagnostics[0]?.offset).toBe(offset);
    expect(read.ok ? null : read.partial).toEqual({ bytes, id: sha256Hex(bytes) });
  });
});

describe('header', () => {
  test.each<[string, RawRecord, readonly (readonly [string, string])[]]>([
    [
      'typ of a credential',
      header([16, 'application/vnd.goodorder.credential+cose']),
      [['record.typ', 'typ']],
    ],
    ['typ in capitals', header([16, 'application/vnd.goodorder.RECORD+cose']), [['record.typ', 'typ']]],
    ['typ as an integer', header([16, 98]), [['record.typ', 'typ']]],
    ['alg as text', header([1, 'none']), [['record.alg', 'alg']]],
    ['content type of a picture', { contentType: 'image/png' }, [['record.content-type', 'content-type']]],
    [
      'content type with capitals',
      { contentType: 'application/vnd.goodorder.Statement+cbor' },
      [['record.content-type', 'content-type']],
    ],
    [
      'content type with a parameter',
      { contentType: 'application/vnd.goodorder.statement+cbor;v=1' },
      [['record.content-type', 'content-type']],
    ],
    ['content type as an integer', { contentType: 60 }, [['record.content-type', 'content-type']]],
    ['kid of 31 bytes', header([4, new Uint8Array(31)]), [['record.kid', 'kid']]],
    ['kid as text', header([4, 'a'.repeat(32)]), [['record.kid', 'kid']]],
    ['iss that is no party', { iss: 'https://example.com/' }, [['record.claims', 'claims.iss']]],
    [
      'iss with a wrong check digit',
      { iss: 'https://id.gs1.org/417/9521234543214' },
      [['record.claims', 'claims.iss']],
    ],
    ['sub of 513 bytes', { sub: 'x'.repeat(513) }, [['record.claims', 'claims.sub']]],
    [
      'sub beyond ASCII',
      { sub: 'https://id.gs1.org/01/09521234543213/21/é' },
      [['record.claims', 'claims.sub']],
    ],
    [
      'sub not canonical',
      { sub: 'https://id.gs1.org/01/9521234543213/21/A1' },
      [['subject.not-canonical', 'claims.sub']],
    ],
    [
      'sub with a wrong check digit',
      { sub: 'https://id.gs1.org/01/09521234543214/21/A1' },
      [['subject.check-digit', 'claims.sub']],
    ],
    [
      'sub with dots',
      { sub: 'https://id.gs1.org/01/09521234543213/21/%2e%2e' },
      [['subject.dot-segment', 'claims.sub']],
    ],
    ['iat before 1970', { iat: -1 }, [['record.claims', 'claims.iat']]],
    ['iat in the year 10000', { iat: 253_402_300_800 }, [['record.claims', 'claims.iat']]],
    ['iat beyond any clock', { iat: 2n ** 63n }, [['record.claims', 'claims.iat']]],
    ['iat as text', { iat: '2026' }, [['record.claims', 'claims.iat']]],
    [
      'a fourth claim',
      header([
        15,
        new Map<CborKey, CborValue>([
          [1, SELLER],
          [2, ITEM],
          [3, 'aud'],
          [6, IAT],
        ]),
      ]),
      [['record.claims', 'claims']],
    ],
    ['claims as a list', header([15, []]), [['record.claims', 'claims']]],
    ['an unknown label', header([5, 'x']), [['record.header-label', 'header[5]']]],
    ['an unknown text label', header(['x', 1]), [['record.header-label', 'header["x"]']]],
    ['crit that is empty', header([2, []]), [['record.crit', 'crit']]],
    ['crit that names a standard label', header([2, [4]]), [['record.crit', 'crit']]],
    ['crit that names the link', header([2, [-70_001]]), [['record.crit', 'crit']]],
    ['crit that names an absent label', header([2, [99]]), [['record.crit', 'crit']]],
    [
      'crit that is no list',
      header([2, 99], [99, 1]),
      [
        ['record.crit', 'crit'],
        ['record.header-label', 'header[99]'],
      ],
    ],
    [
      'crit that is unsorted',
      header([2, [99, 98]], [98, 1], [99, 1]),
      [
        ['record.crit', 'crit'],
        ['record.header-label', 'header[98]'],
        ['record.header-label', 'header[99]'],
      ],
    ],
    [
      'crit that names a label twice',
      header([2, [99, 99]], [99, 1]),
      [
        ['record.crit', 'crit'],
        ['record.header-label', 'header[99]'],
      ],
    ],
    [
      'crit that leaves another unknown label out',
      header([2, [98]], [98, 1], [99, 1]),
      [
        ['record.unsupported', 'header[98]'],
        ['record.header-label', 'header[99]'],
      ],
    ],
  ])('%s', async (_, raw, expected) => {
    expect((await faults(raw)).sort()).toEqual([...expected].sort());
    const read = readRecord(await statement(raw));
    expect(read).toMatchObject({ ok: false, unsupported: false });
  });

  test('an absent member is a fault at the header', async () => {
    const bytes = await assembleWithout(4);
    const read = readRecord(bytes);
    expect(read.diagnostics.map(({ code, path }) => [code, path])).toEqual([['record.kid', 'kid']]);
  });

  test.each([0, 1, 253_402_300_799])('iat %d is in range', async (iat) => {
    expect(readRecord(await statement({ iat })).ok).toBe(true);
  });

  test('everything is collected, not the first fault only', async () => {
    expect(
      await faults({
        iss: 'nobody',
        iat: -5,
        link: [1, 2, null, [], null, []],
        header: new Map<CborKey, CborValue>([[7, 1]]),
        fields: { ...FIELDS, text: 5, extra: 1 },
      }),
    ).toEqual([
      ['record.header-label', 'header[7]'],
      ['record.claims', 'claims.iss'],
      ['record.claims', 'claims.iat'],
      ['link.seq-prev', 'link[2]'],
      ['link.lane-null', 'link[4]'],
      ['schema.value', 'text'],
      ['schema.unknown-key', 'extra'],
    ]);
  });

  test('an algorithm of the future is handed on: the key decides', async () => {
    const read = readRecord(await statement(header([1, -7])));
    expect(read).toMatchObject({ ok: true, record: { alg: -7 } });
  });

  test('offsets point into the record', async () => {
    const bytes = await statement({ iat: -1 });
    const [fault] = readRecord(bytes).diagnostics;
    // -1 is one byte, 0x20, the value of claim 6.
    expect(bytes[fault?.offset ?? 0]).toBe(0x20);
    expect(bytes[(fault?.offset ?? 0) - 1]).toBe(6);
  });
});

async function assembleWithout(label: number): Promise<Uint8Array> {
  const { decodeCbor, encodeCbor } = await import('../../src/codec/cbor.js');
  const { splitSign1, isSign1Fault, encodeSign1, sigStructure } = await import(
    '../../src/crypto/cose-sign1.js'
  );
  const parts = splitSign1(await statement());
  if (isSign1Fault(parts)) throw new Error('malformed');
  const members = new Map(decodeCbor(parts.protected) as ReadonlyMap<CborKey, CborValue>);
  members.delete(label);
  const protectedBytes = encodeCbor(members);
  const signature = await SIGNER.sign(sigStructure(protectedBytes, parts.payload));
  return encodeSign1(protectedBytes, parts.payload, signature);
}

describe('what a newer version may bring', () => {
  test('a crit entry nobody here knows is unsupported, and the id still links', async () => {
    const bytes = await statement(header([2, [99]], [99, 'only after inspection']));
    const read = readRecord(bytes);
    expect(read).toMatchObject({ ok: false, unsupported: true, id: sha256Hex(bytes) });
    expect(read.diagnostics.map(({ code, severity, path }) => [code, severity, path])).toEqual([
      ['record.unsupported', 'indeterminate', 'header[99]'],
    ]);
    expect(read.ok ? null : read.partial).toMatchObject({ kid: SIGNER.kid, sub: ITEM, link: { seq: 0 } });
  });

  test('an unknown link version is unsupported; its payload is not judged', async () => {
    const read = readRecord(await statement({ link: [2, 'anything'], fields: { strange: true } }));
    expect(read).toMatchObject({ ok: false, unsupported: true });
    expect(read.diagnostics.map(({ code, path }) => [code, path])).toEqual([
      ['record.unsupported', 'link[0]'],
    ]);
    expect(read.ok ? null : read.partial.link).toBeUndefined();
  });

  test('unsupported and broken is broken', async () => {
    const read = readRecord(await statement({ link: [2], iat: -1 }));
    expect(read).toMatchObject({ ok: false, unsupported: false });
  });

  test('an unknown type is read, without facts', async () => {
    const read = readRecord(await statement({ type: 'moon-landing', fields: { anything: [1] } }));
    expect(read).toMatchObject({ ok: true, record: { type: 'moon-landing', definition: null } });
    expect(read.diagnostics.map(({ code, severity, detail }) => [code, severity, detail])).toEqual([
      ['record.type-unknown', 'indeterminate', { type: 'moon-landing' }],
    ]);
  });

  test('at a newer revision unknown keys are kept, at any depth; known ones still hold', async () => {
    const fields = { ...FIELDS, place: { altitudeM: 4 }, mood: 'calm' };
    const read = readRecord(await statement({ revision: 2, fields }));
    expect(read).toMatchObject({ ok: true, record: { newer: true, payload: { revision: 2 } } });
    expect(read.diagnostics.map(({ code, severity }) => [code, severity])).toEqual([
      ['record.newer-revision', 'info'],
    ]);
    expect(read.ok ? read.record.payload.fields['mood'] : null).toBe('calm');
    expect(await faults({ revision: 2, fields: { ...fields, text: 7 } })).toEqual([
      ['schema.value', 'text'],
      ['record.newer-revision', undefined],
    ]);
  });

  test('at the known revision the same keys are faults', async () => {
    const fields = { ...FIELDS, place: { altitudeM: 4 }, mood: 'calm' };
    expect((await faults({ fields })).sort()).toEqual([
      ['schema.unknown-key', 'mood'],
      ['schema.unknown-key', 'place.altitudeM'],
    ]);
    expect(await faults({ fields: { ...FIELDS, place: {} } })).toEqual([['schema.value', 'place']]);
  });
});

describe('payload', () => {
  test.each<[string, ReadonlyMap<CborKey, CborValue>, readonly (readonly [string, string])[]]>([
    [
      'no revision',
      new Map(),
      [
        ['schema.missing', '0'],
        ['schema.missing', 'occurredAt'],
        ['schema.missing', 'about'],
        ['schema.missing', 'text'],
      ],
    ],
    ['revision 0', new Map([[0, 0]]), [['schema.value', '0']]],
    ['revision as text', new Map([[0, '1']]), [['schema.value', '0']]],
    [
      'an integer key',
      new Map([
        [0, 1],
        [1, 1],
      ]),
      [['schema.unknown-key', '1']],
    ],
    [
      'the text key "0"',
      new Map<CborKey, CborValue>([
        [0, 1],
        ['0', 1],
      ]),
      [['schema.unknown-key', '["0"]']],
    ],
    [
      '__proto__',
      new Map<CborKey, CborValue>([
        [0, 1],
        ['__proto__', new Map([['text', 'x']])],
      ]),
      [['schema.unknown-key', '["__proto__"]']],
    ],
  ])('%s', async (_, payload, expected) => {
    const found = (await faults({ payload })).filter(([, path]) =>
      expected.some(([, wanted]) => wanted === path),
    );
    expect(found).toEqual(expected);
    expect(Object.getOwnPropertyNames(Object.prototype)).not.toContain('text');
  });

  test.each(['constructor', 'toString', 'hasOwnProperty', 'valueOf'])(
    'key `%s` is a key like any other',
    async (key) => {
      expect(await faults({ fields: { ...FIELDS, [key]: 1 } })).toEqual([['schema.unknown-key', key]]);
    },
  );

  test('extensions under x are kept and not judged', async () => {
    const read = readRecord(
      await statement({ fields: { ...FIELDS, x: { 'org.example': { deep: [1, 2n ** 60n] } } } }),
    );
    expect(read.diagnostics).toEqual([]);
    expect(await faults({ fields: { ...FIELDS, x: [1] } })).toEqual([['schema.value', 'x']]);
  });

  test('a payload with thousands of faults yields a bounded list', async () => {
    const fields: Record<string, unknown> = { ...FIELDS };
    for (let i = 0; i < 3000; i += 1) fields[`k${i}`] = 1;
    expect(readRecord(await statement({ fields })).diagnostics).toHaveLength(100);
  });

  test('payload and signature of another kind stay apart from a record', async () => {
    const bytes = await assembleRecord(SIGNER, {
      contentType: 'application/vnd.goodorder.statement+cbor',
      iss: SELLER,
      sub: ITEM,
      iat: IAT,
      link: FIRST_LINK,
      payload: new Map(),
      header: new Map([[16, 'application/vnd.goodorder.credential+cose']]),
    });
    const read = readRecord(bytes);
    expect(read.ok ? null : read.partial.kid).toBeUndefined();
    expect(read.diagnostics.map(({ code }) => code)).toEqual(['record.typ']);
  });
});

describe('link', () => {
  const [low, high] = [fromHex('00'.repeat(32)), fromHex('ff'.repeat(32))];
  const many = (count: number): Uint8Array[] =>
    Array.from({ length: count }, (_, i) => fromHex(i.toString(16).padStart(64, '0')));
  test.each<[string, CborValue, readonly string[]]>([
    ['no list', 'x', ['link.shape link']],
    ['empty', [], ['link.shape link[0]']],
    ['version as text', ['1', 0, null, [], null, []], ['link.shape link[0]']],
    ['negative version', [-1, 0, null, [], null, []], ['link.shape link[0]']],
    ['five elements', [1, 0, null, [], null], ['link.shape link', 'link.shape link[5]']],
    ['seven elements', [1, 0, null, [], null, [], 0], ['link.shape link']],
    ['negative seq', [1, -1, null, [], null, []], ['link.shape link[1]']],
    ['seq of 2^53', [1, 2n ** 53n, low, [], low, []], ['link.shape link[1]']],
    ['prev of 31 bytes', [1, 1, new Uint8Array(31), [], low, []], ['link.shape link[2]']],
    ['seen unsorted', [1, 1, low, [high, low], low, []], ['link.shape link[3]']],
    ['seen twice the same', [1, 1, low, [low, low], low, []], ['link.shape link[3]']],
    ['65 seen', [1, 1, low, many(65), low, []], ['link.shape link[3]']],
    ['lane as text', [1, 1, low, [], 'x', []], ['link.shape link[4]']],
    ['17 anchors', [1, 1, low, [], low, many(17)], ['link.shape link[5]']],
    ['seq 0 with prev', [1, 0, low, [], low, []], ['link.seq-prev link[2]']],
    ['seq 1 without prev', [1, 1, null, [], low, []], ['link.seq-prev link[2]']],
    ['null lane with seq 1', [1, 1, low, [], null, []], ['link.lane-null link[4]']],
    ['the largest that fit', [1, Number.MAX_SAFE_INTEGER, low, many(64), low, many(16)], []],
    ['seq 0 about a second subject', [1, 0, null, [], low, []], []],
  ])('%s', async (_, link, expected) => {
    expect((await faults({ link })).map(([code, path]) => `${code} ${path}`)).toEqual(expected);
  });
});
