import { describe, expect, test } from 'vitest';
import type { CborKey, CborValue } from '../../src/codec/cbor.js';
import { fromHex, toHex } from '../../src/codec/hex.js';
import { sha256, sha256Hex } from '../../src/crypto/hash.js';
import { GoodOrderError } from '../../src/errors.js';
import { buildLog } from '../../src/log/build-log.js';
import { graphOf } from '../../src/passport/assess.js';
import { ELEMENT_MEMBERS, looseElement, PassportElement, placeOf } from '../../src/passport/element.js';
import { EvidenceSet } from '../../src/passport/evidence-set.js';
import { LightRecord, SharedTexts } from '../../src/passport/light-record.js';
import { readEvidence } from '../../src/passport/loose-evidence.js';
import { mergePassports } from '../../src/passport/merge.js';
import { gatherPassport, namedIds, parsePassport, payloadOf } from '../../src/passport/passport.js';
import { assembleRecord } from '../../src/record/sign-record.js';
import { Hand, ITEM, NOON, OTHER_ITEM } from './hand.js';
import { assess, fileOf, fullWorld } from './world.js';

const hand = new Hand('seller');

/** A record as given, right or wrong, really signed. */
function assemble(given: {
  payload?: ReadonlyMap<CborKey, CborValue>;
  sub?: string;
  link?: CborValue;
  header?: ReadonlyMap<CborKey, CborValue>;
}): Promise<Uint8Array> {
  return assembleRecord(hand.signer, {
    contentType: 'application/vnd.goodorder.acknowledgement+cbor',
    iss: hand.iss,
    sub: given.sub ?? ITEM,
    iat: 1_760_000_000,
    link: given.link ?? [1, 0, null, [], null, []],
    payload: given.payload ?? acknowledgement(),
    ...(given.header === undefined ? {} : { header: given.header }),
  });
}

function acknowledgement(
  extra: readonly (readonly [CborKey, CborValue])[] = [],
): ReadonlyMap<CborKey, CborValue> {
  return new Map<CborKey, CborValue>([
    [0, 1],
    ['received', [new Uint8Array(32)]],
    ['at', new Map<CborKey, CborValue>(Object.entries(NOON))],
    ...extra,
  ]);
}

interface Judged {
  readonly reading: string | null;
  readonly codes: readonly string[];
  readonly signature: string | undefined;
  readonly inGraph: boolean;
  readonly kept: boolean;
}

async function judge(record: Uint8Array): Promise<Judged> {
  const file = fileOf({ 1: [record], 2: [hand.key] });
  const assessed = await assess(file);
  const [entry] = assessed.passport.records;
  const id = sha256Hex(record);
  const merged = await mergePassports([file]);
  return {
    reading: entry?.reading ?? null,
    codes: [...(entry?.diagnostics ?? assessed.passport.diagnostics.kept)].map(({ code }) => code),
    signature: assessed.signatures.records.get(id),
    inGraph: graphOf(assessed).positionOf(id) >= 0,
    kept: toHex(merged.bytes) === toHex(file),
  };
}

describe('a record that breaks a rule by itself', () => {
  const faulty = { reading: 'faulty', signature: 'verified', inGraph: true, kept: true };

  test.each<[string, Parameters<typeof assemble>[0], string[]]>([
    ['an unknown field', { payload: acknowledgement([['more', 1]]) }, ['schema.unknown-key']],
    ['a subject that is not canonical', { sub: `${ITEM}?a=b` }, ['subject.not-canonical']],
    ['a link of the wrong shape', { link: [1, 0, null, 'x', null, []] }, ['link.shape']],
    ['seq 3 without prev', { link: [1, 3, null, [], new Uint8Array(32), []] }, ['link.seq-prev']],
  ])('in what it says (%s) is evidence against its signer', async (name, given, codes) => {
    const judged = await judge(await assemble(given));
    // Its subject is not the item: it is foreign as well.
    const foreign = name.startsWith('a subject');
    expect(judged).toEqual({ ...faulty, codes, kept: !foreign });
  });

  test.each<[string, Parameters<typeof assemble>[0], string[]]>([
    ['an unknown header label', { header: new Map<CborKey, CborValue>([[99, 1]]) }, ['record.header-label']],
    ['another typ', { header: new Map<CborKey, CborValue>([[16, 'application/other']]) }, ['record.typ']],
    ['an empty crit', { header: new Map<CborKey, CborValue>([[2, []]]) }, ['record.crit']],
  ])('in its header (%s) is none', async (_, given, codes) => {
    expect(await judge(await assemble(given))).toEqual({
      reading: null,
      codes,
      signature: undefined,
      inGraph: false,
      kept: false,
    });
  });

  test('of a newer kind is kept and links, though nobody here can use it', async () => {
    const unsupported = {
      reading: 'unsupported',
      codes: ['record.unsupported'],
      signature: 'verified',
      inGraph: true,
      kept: true,
    };
    expect(await judge(await assemble({ link: [2, 'anything'] }))).toEqual(unsupported);
    const critical = new Map<CborKey, CborValue>([
      [2, [99]],
      [99, 1],
    ]);
    expect(await judge(await assemble({ header: critical }))).toEqual(unsupported);
  });
});

describe('a record under a key type of the future', () => {
  test('justifies its key and its anchors, and not its claims', async () => {
    const key = Uint8Array.of(0xa2, 0x01, 0x18, 0x63, 0x20, 0x01);
    const token = Uint8Array.of(0x30, 0);
    const record = await hand.copy().say(ITEM, 'later', { anchors: [sha256Hex(token)] });
    const bytes = record.record.slice();
    bytes.set(sha256(key), Buffer.from(bytes).indexOf(Buffer.from(fromHex(hand.kid))));
    const file = fileOf({ 1: [bytes], 2: [key], 6: [token] });
    const assessed = await assess(file);
    expect(assessed.leftOut).toEqual([]);
    expect(assessed.diagnostics.kept.map(({ code }) => code)).toEqual(['record.unsupported']);
    expect(graphOf(assessed).records.map(({ verified }) => verified)).toEqual([false]);
    expect(toHex((await mergePassports([file])).bytes)).toBe(toHex(file));
  });
});

describe('parsePassport', () => {
  test('gives places in the file, not in the element', async () => {
    const good = await hand.copy().say(ITEM, 'good');
    const faulty = await assemble({ payload: acknowledgement([['more', 1]]) });
    const broken = Uint8Array.of(0xd2, 0x84, 0x00);
    const file = fileOf({ 1: [good.record, faulty, broken], 2: [hand.key] });
    const parsed = parsePassport(file);
    if (!parsed.ok) throw new Error(parsed.fault.code);
    const { passport } = parsed;
    const start = (bytes: Uint8Array): number => Buffer.from(file).indexOf(Buffer.from(bytes));
    expect(passport.diagnostics.kept).toMatchObject([
      { code: 'cbor.truncated', record: sha256Hex(broken), member: 1, offset: start(broken) + 1 },
    ]);
    const [found] = passport.records.flatMap(({ diagnostics }) => diagnostics);
    expect(found).toMatchObject({
      code: 'schema.unknown-key',
      record: sha256Hex(faulty),
      member: 1,
      path: 'more',
    });
    expect(found!.offset!).toBeGreaterThan(start(faulty));
    expect(found!.offset!).toBeLessThan(start(faulty) + faulty.length);
    const elements = [
      ...passport.records.map(({ element }) => element),
      ...passport.unreadable.map((one) => one.element),
    ];
    for (const element of elements) expect(element.offset).toBe(start(element.bytes));
  });

  test('tells of each record as it is read, with its key where the file holds it', async () => {
    const other = new Hand('other');
    const [keyed, keyless] = [await hand.copy().say(ITEM, 'one'), await other.say(ITEM, 'two')];
    const faulty = await assemble({ payload: acknowledgement([['more', 1]]) });
    const file = fileOf({
      1: [keyed.record, keyless.record, faulty, Uint8Array.of(0xd2)],
      2: [hand.key],
      8: [Uint8Array.of(1)],
    });
    const told: unknown[] = [];
    const parsed = parsePassport(file, { onRecord: ({ id }, key) => told.push([id, key?.kid]) });
    if (!parsed.ok) throw new Error(parsed.fault.code);
    const expected = [
      [keyed.id, hand.kid],
      [keyless.id, undefined],
      [sha256Hex(faulty), hand.kid],
    ];
    expect(told).toEqual(parsed.passport.records.map(({ head }) => expected.find(([id]) => id === head.id)));
    expect(told).toHaveLength(3);
  });

  test('knows how long a file is, and elements of no file', async () => {
    const { members, file } = await fullWorld();
    const parsed = parsePassport(file);
    if (!parsed.ok) throw new Error(parsed.fault.code);
    expect([parsed.passport.byteLength, parsed.passport.digest]).toEqual([file.length, sha256Hex(file)]);
    const given = ELEMENT_MEMBERS.flatMap((member) =>
      (members[member] ?? []).map((bytes) => looseElement(member, bytes)),
    );
    const gathered = gatherPassport(ITEM, given);
    expect([gathered.byteLength, gathered.digest]).toEqual([
      given.reduce((sum, { length }) => sum + length, 0),
      null,
    ]);
  });

  test('loose elements stay their giver’s: what is read does not change with them', async () => {
    const { record } = await hand.copy().say(ITEM, 'mine');
    const given = record.slice();
    const [entry] = gatherPassport(ITEM, [looseElement(1, given)]).records;
    given.fill(0);
    expect([toHex(entry!.head.bytes), toHex(entry!.head.signature)]).toEqual([
      toHex(record),
      toHex(record.subarray(-64)),
    ]);
  });

  test('of many records the texts of hashes are shared, and nothing else is different', async () => {
    const { record } = await hand.copy().say(ITEM, 'mine');
    const filler = Array.from({ length: 16_384 }, (_, index) =>
      Uint8Array.of(0xd2, index >> 16, (index >> 8) & 255, index & 255, ...new Uint8Array(60)),
    );
    const read = (count: number): unknown => {
      const parsed = parsePassport(fileOf({ 1: [record, ...filler.slice(0, count)] }));
      if (!parsed.ok) throw new Error(parsed.fault.code);
      const [entry] = parsed.passport.records;
      const { head } = entry!;
      return [entry!.record instanceof LightRecord, toHex(head.bytes), toHex(head.signature), head.id];
    };
    const same = [toHex(record), toHex(record.subarray(-64)), sha256Hex(record)];
    expect(read(16_383)).toEqual([false, ...same]);
    expect(read(16_384)).toEqual([true, ...same]);
  });

  test('a record without a readable header, and one with a fault of content and one of form, is none', async () => {
    const good = (await hand.copy().say(ITEM, 'good')).record;
    const both = await assemble({
      payload: acknowledgement([['more', 1]]),
      link: [1, 0, null, 'x', null, []],
      header: new Map<CborKey, CborValue>([[4, new Uint8Array(3)]]),
    });
    const { records, unreadable } = gatherPassport(
      ITEM,
      [good, both].map((bytes) => looseElement(1, bytes)),
    );
    expect(records.map(({ head }) => head.id)).toEqual([sha256Hex(good)]);
    expect(unreadable.map(({ element }) => toHex(element.bytes))).toEqual([toHex(both)]);
  });

  test('a fault of form makes a record none, beside faults of content too; what is only unknown does not', async () => {
    const form = await assemble({
      payload: acknowledgement([['more', 1]]),
      header: new Map<CborKey, CborValue>([[16, 'application/other']]),
    });
    const unknown = await assembleRecord(hand.signer, {
      contentType: 'application/vnd.goodorder.premonition+cbor',
      iss: hand.iss,
      sub: ITEM,
      iat: 1_760_000_000,
      link: [1, 0, null, 'x', null, []],
      payload: new Map<CborKey, CborValue>([[0, 1]]),
    });
    const { records, unreadable } = gatherPassport(
      ITEM,
      [form, unknown].map((bytes) => looseElement(1, bytes)),
    );
    expect(
      records.map(({ head, reading, diagnostics }) => [
        head.id,
        reading,
        diagnostics.map(({ code }) => code),
      ]),
    ).toEqual([
      [sha256Hex(unknown), 'faulty', expect.arrayContaining(['record.type-unknown', 'link.shape'])],
    ]);
    expect(unreadable.map(({ code, element }) => [code, toHex(element.bytes)])).toEqual([
      ['record.typ', toHex(form)],
    ]);
  });

  test('ids that a record names are those of an acknowledgement or a manifest', async () => {
    const ids = ['11', '22'].map((pair) => pair.repeat(32));
    const received = await hand.copy().acknowledge(ITEM, ids);
    const said = await hand.copy().say(ITEM, 'nothing named');
    expect([namedIds(received.signed), namedIds(said.signed), namedIds(null)]).toEqual([ids, [], []]);
    // A type that this reader does not know has no payload to read.
    expect(payloadOf({ ...received.signed, definition: null }, 'acknowledgement')).toBeUndefined();
    expect(payloadOf(received.signed, 'manifest')).toBeUndefined();
    expect(payloadOf(received.signed, 'acknowledgement')).toBe(received.signed.payload.fields);
  });

  test('says when the item is no canonical subject, and reads on', () => {
    const parsed = parsePassport(fileOf({ 2: [hand.key] }, 'https://id.gs1.org/01/06901234012340/21/SN0007'));
    if (!parsed.ok) throw new Error(parsed.fault.code);
    expect(parsed.passport.diagnostics.kept).toEqual([
      expect.objectContaining({
        code: 'passport.item',
        member: 0,
        detail: { reason: 'subject.check-digit' },
      }),
    ]);
    expect(parsed.passport.keys.size).toBe(1);
  });

  test('tells malformed keys, openings, notes, receipts and credentials apart', () => {
    const file = fileOf({
      2: [Uint8Array.of(0xa1, 0x01, 0x01)],
      3: [Uint8Array.of(1)],
      4: [Uint8Array.of(0x80)],
      5: [Uint8Array.of(0x41)],
      7: [Uint8Array.of(0x80)],
    });
    const parsed = parsePassport(file);
    if (!parsed.ok) throw new Error(parsed.fault.code);
    expect(parsed.passport.diagnostics.kept.map(({ code, member }) => [code, member])).toEqual([
      ['key.malformed', 2],
      ['cose.start', 3],
      ['field.opening-mismatch', 4],
      ['note.malformed', 5],
      ['receipt.malformed', 7],
    ]);
    expect(parsed.passport.unreadable.map(({ code, element }) => [code, element.member])).toEqual([
      ['key.malformed', 2],
      ['cose.start', 3],
      ['field.opening-mismatch', 4],
      ['note.malformed', 5],
      ['receipt.malformed', 7],
    ]);
  });
});

describe('readEvidence', () => {
  test('tells elements by their own form', async () => {
    const { members, file } = await fullWorld();
    for (const member of [1, 2, 3, 4, 5, 7] as const) {
      for (const bytes of members[member] ?? []) {
        expect(readEvidence(bytes)).toEqual({ kind: 'element', member, bytes });
      }
    }
    expect(readEvidence(file)).toMatchObject({ kind: 'passport', file: { item: ITEM } });
    expect(readEvidence({ member: 8, bytes: file })).toMatchObject({ kind: 'element', member: 8 });
    const note = buildLog({ name: 'l', seed: sha256() }, ['00'.repeat(32)]).checkpoint();
    expect(readEvidence(note)).toMatchObject({ member: 5 });
    for (const bytes of [new Uint8Array(), Uint8Array.of(0xd2, 0x84), Uint8Array.of(0x30, 0)]) {
      expect(() => readEvidence(bytes)).toThrow(expect.objectContaining({ code: 'file.unreadable' }));
    }
  });

  test('gathers no more than four times what one file may hold', () => {
    const evidence = new EvidenceSet(ITEM, { limit: 10 });
    evidence.add({ member: 8, bytes: new Uint8Array(40) });
    evidence.add({ member: 8, bytes: new Uint8Array(40) });
    expect(() => evidence.add({ member: 6, bytes: new Uint8Array(1) })).toThrow(
      new GoodOrderError('passport.too-large', 'more than 40 bytes to merge'),
    );
  });

  test('a damaged passport says where, anything else what it is not', async () => {
    const { file } = await fullWorld();
    const fault = (bytes: Uint8Array): unknown => {
      try {
        return readEvidence(bytes);
      } catch (error) {
        const { code, message, place } = error as GoodOrderError;
        return [code, message, place];
      }
    };
    expect(fault(file.subarray(0, 9))).toEqual([
      'cbor.truncated',
      'the structure of the passport file cannot be followed',
      { offset: 8 },
    ]);
    const nothing = ['file.unreadable', 'neither a passport nor one of its elements', expect.anything()];
    expect(fault(Uint8Array.of(7))).toEqual(nothing);
    // A signed message of another kind.
    const { members } = await fullWorld();
    const [credential] = members[3]!;
    const text = new TextEncoder().encode('credential+cose');
    const at = Buffer.from(credential!).indexOf(Buffer.from(text));
    const other = credential!.slice();
    other[at] = 0x78;
    expect([at > 0, fault(other)]).toEqual([true, nothing]);
  });
});

describe('an evidence set', () => {
  test('is of one item, which the first passport tells or the caller does', () => {
    const set = new EvidenceSet(null);
    expect(() => set.gather()).toThrow(
      new GoodOrderError('passport.item', 'loose evidence needs to be told its item'),
    );
    set.add(fileOf({}));
    let caught: unknown;
    try {
      set.add(fileOf({}, OTHER_ITEM));
    } catch (error) {
      caught = error;
    }
    expect(caught).toMatchObject({
      code: 'merge.item',
      message: `two items: \`${ITEM}\` and \`${OTHER_ITEM}\``,
      place: { member: 0 },
    });
  });

  test('knows whose input an element was first, and of no other', () => {
    const set = new EvidenceSet(ITEM);
    const bytes = [1, 2].map((byte) => Uint8Array.of(byte));
    for (const one of [bytes[0]!, bytes[1]!, bytes[0]!]) set.add({ member: 8, bytes: one });
    expect(bytes.map((one) => set.inputOf(8, sha256Hex(one)))).toEqual([0, 1]);
    expect([
      set.inputOf(6, sha256Hex(bytes[0]!)),
      set.inputOf(8, 'none'),
      set.inputOf(9 as never, ''),
    ]).toEqual([-1, -1, -1]);
  });

  test('gives its elements by hash, whatever the order of the inputs', () => {
    const bytes = Array.from({ length: 9 }, (_, index) => Uint8Array.of(index));
    const order = (given: readonly Uint8Array[]): string[] => {
      const set = new EvidenceSet(ITEM);
      for (const one of given) set.add({ member: 8, bytes: one });
      return set.gather().attachments.map(({ hash }) => hash);
    };
    const hashes = bytes.map((one) => sha256Hex(one)).sort();
    expect(order(bytes)).toEqual(hashes);
    expect(order(bytes.toReversed())).toEqual(hashes);
  });
});

describe('an element', () => {
  test('stands where it was read, and at the very beginning of its source too', () => {
    const source = Uint8Array.of(1, 2, 3, 4);
    const first = new PassportElement(source, 8, 0, 0, 2);
    expect([toHex(first.bytes), placeOf(first, 1)]).toEqual(['0102', { member: 8, index: 0, offset: 1 }]);
    const loose = looseElement(8, source);
    expect([loose.index, loose.offset, toHex(loose.bytes)]).toEqual([-1, -1, '01020304']);
    expect(placeOf(loose, 3)).toEqual({ member: 8 });
  });

  test('texts that are equal are one text', () => {
    const texts = new SharedTexts();
    const [one, other] = [['a', 'b'].join(''), ['a', 'b'].join('')];
    expect([texts.shared(one), texts.shared(other), texts.shared('c')]).toEqual(['ab', 'ab', 'c']);
  });
});
