import { readdir, readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { type CborKey, type CborValue, encodeCbor } from '../../src/codec/cbor.js';
import { compareBytes, concatBytes, fromHex, toHex, utf8Bytes } from '../../src/codec/hex.js';
import { CWT_CLAIM, HEADER_LABEL } from '../../src/crypto/cose-header.js';
import { encodeSign1, sigStructure } from '../../src/crypto/cose-sign1.js';
import { mergePassports } from '../../src/passport/merge.js';
import { encodeOpening, fieldDigest, isHidden, readOpening } from '../../src/record/private-fields.js';
import { RECORD_TYP } from '../../src/record/record.js';
import { payloadMap, signRecord } from '../../src/record/sign-record.js';
import { Actor, DAY, flipped, hashOf, ITEM, Story, statement, T0, withheld } from '../verify/story.js';
import { oneCompany, twoCompanies } from './companies.js';
import { accusations, details, found, told, troubles, verdictOn } from './verdict.js';

/** A record whose link is bytes of the attacker's choice. */
async function withLink(
  actor: Actor,
  link: CborValue,
  patch: (bytes: Uint8Array) => Uint8Array = (b) => b,
): Promise<Uint8Array> {
  const header = encodeCbor(
    new Map<CborKey, CborValue>([
      [HEADER_LABEL.alg, actor.signer.alg],
      [HEADER_LABEL.contentType, 'application/vnd.goodorder.statement+cbor'],
      [HEADER_LABEL.kid, fromHex(actor.kid)],
      [
        HEADER_LABEL.cwtClaims,
        new Map<CborKey, CborValue>([
          [CWT_CLAIM.iss, actor.iss],
          [CWT_CLAIM.sub, ITEM],
          [CWT_CLAIM.iat, T0],
        ]),
      ],
      [HEADER_LABEL.typ, RECORD_TYP],
      [HEADER_LABEL.link, link],
    ]),
  );
  const payload = encodeCbor(payloadMap(1, statement('odd')));
  const protectedBytes = patch(header);
  return encodeSign1(protectedBytes, payload, await actor.signer.sign(sigStructure(protectedBytes, payload)));
}

describe('links of the attacker’s choice', () => {
  const hash = (text: string): Uint8Array => fromHex(hashOf(text));

  test('dangling-and-self-links: what is absent is told and charged to nobody', async () => {
    const { story, seller } = await oneCompany();
    // seq 3 with a prev, a lane and a seen that exist nowhere.
    await story.say(seller, 'out of nothing', {
      position: { seq: 3, prev: hashOf('no such prev'), lane: hashOf('no such lane') },
      seen: [hashOf('no such record')],
    });
    const passport = await verdictOn(story);
    expect(told(passport)).toEqual([
      'INDETERMINATE',
      'chain.gap',
      'link.absent',
      'manifest.none',
      'time.no-anchor',
    ]);
    expect(details(passport, 'chain.gap')).toEqual([{ key: seller.kid, sub: ITEM, from: 0, to: 2 }]);
    expect(details(passport, 'link.absent')).toEqual([{ ids: [hashOf('no such record')] }]);
    expect(accusations(passport)).toEqual([]);
  });

  test('dangling-and-self-links: too many, unsorted and repeated ids, and ids of the own chain, are failures', async () => {
    const { story, seller, carrier } = await twoCompanies();
    const first = await story.say(seller, 'first');
    const other = await story.say(carrier, 'the carrier’s');
    const prev = fromHex(first.statementHash);
    const many = Array.from({ length: 65 }, (_, index) => hash(`${index}`)).sort(compareBytes);
    const unsorted = [hash('a'), hash('b')].sort(compareBytes).reverse();
    const anchors = Array.from({ length: 17 }, (_, index) => hash(`${index}`)).sort(compareBytes);
    const links: readonly (readonly [string, CborValue[]])[] = [
      ['link.shape', [1, 1, prev, many, prev, []]],
      ['link.shape', [1, 1, prev, unsorted, prev, []]],
      ['link.shape', [1, 1, prev, [hash('a'), hash('a')], prev, []]],
      ['link.shape', [1, 1, prev, [], prev, anchors]],
      ['link.shape', [1, 1, prev, [new Uint8Array(31)], prev, []]],
      ['link.shape', [1, 1, prev, [first.id], prev, []]],
      ['link.seen-own', [1, 1, prev, [fromHex(first.id)], prev, []]],
      ['link.lane-foreign', [1, 1, prev, [], fromHex(other.statementHash), []]],
    ];
    for (const [code, link] of links) {
      const record = await withLink(seller, link);
      const passport = await verdictOn(story, { bytes: story.file({ records: [...story.records, record] }) });
      expect([code, passport.verdict, found(passport, code).length], code).toEqual([code, 'TOTAL-FAILED', 1]);
      expect(accusations(passport)).toEqual([]);
    }
  });

  test('seq-overflow-and-type: no number wraps, and every wrong one is refused where it stands', async () => {
    const { story, seller } = await oneCompany();
    await story.say(seller, 'first');
    const prev = fromHex(seller.lane!);
    const MARK = 0x123456;
    const seq = (...bytes: number[]): ((header: Uint8Array) => Uint8Array) => {
      const mark = Uint8Array.of(0x1a, 0x00, 0x12, 0x34, 0x56);
      return (header) => {
        const at = Buffer.from(header).indexOf(mark);
        return concatBytes(header.subarray(0, at), Uint8Array.from(bytes), header.subarray(at + mark.length));
      };
    };
    const bigger = (...low: number[]): number[] => [0x1b, ...low];
    const wrong: readonly (readonly [string, string[], Uint8Array])[] = [
      [
        '2^53',
        ['link.shape'],
        await withLink(seller, [1, MARK, prev, [], prev, []], seq(...bigger(0, 0x20, 0, 0, 0, 0, 0, 0))),
      ],
      [
        '2^64 - 1',
        ['link.shape'],
        await withLink(
          seller,
          [1, MARK, prev, [], prev, []],
          seq(...bigger(255, 255, 255, 255, 255, 255, 255, 255)),
        ),
      ],
      ['-1', ['link.shape'], await withLink(seller, [1, -1, prev, [], prev, []])],
      ['1.5', ['cbor.simple'], await withLink(seller, [1, MARK, prev, [], prev, []], seq(0xf9, 0x3e, 0x00))],
      [
        '1 in two bytes',
        ['cbor.not-shortest'],
        await withLink(seller, [1, MARK, prev, [], prev, []], seq(0x18, 0x01)),
      ],
      ['text', ['link.shape'], await withLink(seller, [1, '1', prev, [], prev, []])],
      ['null', ['link.shape'], await withLink(seller, [1, null, prev, [], prev, []])],
      ['5 without prev', ['chain.gap', 'link.seq-prev'], await withLink(seller, [1, 5, null, [], prev, []])],
      [
        '0 with prev',
        ['chain.fork', 'link.prev-mismatch', 'link.seq-prev'],
        await withLink(seller, [1, 0, prev, [], prev, []]),
      ],
    ];
    for (const [name, codes, record] of wrong) {
      const passport = await verdictOn(story, { bytes: story.file({ records: [...story.records, record] }) });
      expect([name, passport.verdict, troubles(passport)]).toEqual([name, 'TOTAL-FAILED', codes]);
    }
    // The largest there is: a gap of 2^53 - 2 numbers is located, not walked.
    const last = await withLink(seller, [1, Number.MAX_SAFE_INTEGER, hash('x'), [], prev, []]);
    const passport = await verdictOn(story, { bytes: story.file({ records: [...story.records, last] }) });
    expect(details(passport, 'chain.gap')).toEqual([
      { key: seller.kid, sub: ITEM, from: 1, to: Number.MAX_SAFE_INTEGER - 1 },
    ]);
    expect(passport.verdict).toBe('INDETERMINATE');
  });
});

describe('what is withheld', () => {
  test('ghost-withheld-id: an id that nobody else names is unproven, and it accuses and explains nothing of others', async () => {
    const { story, seller, carrier } = await twoCompanies();
    await story.say(seller, 'packed');
    await story.say(carrier, 'carried');
    const ghost = { id: hashOf('ghost'), kid: carrier.kid, sub: ITEM, seq: 1 };
    const manifest = await story.manifest(seller, { fields: { withheld: [withheld(ghost, 'privacy')] } });
    const passport = await verdictOn(story);
    expect(told(passport)).toEqual(['TOTAL-PASSED', 'manifest.withheld-unproven', 'time.no-anchor']);
    expect(found(passport, 'manifest.withheld-unproven')).toMatchObject([
      { severity: 'info', record: manifest.id, detail: { ids: [ghost.id], records: 1 } },
    ]);
    // Somebody who has seen it is a second voice.
    await story.say(carrier, 'I hold that one', {
      sub: `urn:goodorder:key:${carrier.kid}`,
      seen: [ghost.id],
    });
    expect(Object.keys((await verdictOn(story)).counts)).not.toContain('manifest.withheld-unproven');
  });

  test('ghost-withheld-id: no stranger and no fork explains a gap away, nor does a manifest that names other numbers', async () => {
    const { story, seller, carrier } = await twoCompanies();
    await story.say(seller, 'packed');
    const missing = await story.say(seller, 'cracked', { present: false });
    await story.say(seller, 'handed over');
    await story.say(carrier, 'carried');
    const at = { id: missing.id, kid: seller.kid, sub: ITEM, seq: 1 };
    const stranger = Actor.person('stranger');
    const claims = async (by: Actor, seq: number): Promise<string[]> => {
      const copy = new Story();
      for (const key of ['records', 'ids', 'openings', 'credentials'] as const)
        copy[key].push(...(story[key] as never[]));
      for (const key of story.keys) copy.keys.add(key);
      await copy.manifest(by, {
        fields: { withheld: [withheld({ ...at, seq }, 'secret')] },
        ...(by === seller ? { position: { seq: 0, prev: null, lane: null } } : {}),
        advance: false,
      });
      const passport = await verdictOn(copy);
      return [passport.verdict, ...Object.keys(passport.counts).filter((code) => code.startsWith('chain.'))];
    };
    expect(await claims(carrier, 1)).toEqual(['TOTAL-PASSED', 'chain.withheld']);
    expect(await claims(carrier, 2)).toEqual(['INDETERMINATE', 'chain.gap']);
    expect(await claims(stranger, 1)).toEqual(['INDETERMINATE', 'chain.gap']);
    // The seller's own manifest as a second record number 0: a fork, and no explanation.
    expect(await claims(seller, 1)).toEqual(['TOTAL-FAILED', 'chain.fork', 'chain.gap']);
  });

  /** A delivery with a code, and what an attacker may travel beside it. */
  async function withCode(): Promise<{ story: Story; seller: Actor; record: string; opening: Uint8Array }> {
    const { story, seller } = await oneCompany();
    const persons = [
      { capacity: 'packer', name: 'Li Lei' },
      { capacity: 'driver', name: 'Han Mei' },
    ];
    const { id } = await story.sign(seller, 'statement', { ...statement('seen'), persons });
    return { story, seller, record: id, opening: story.openings[0]! };
  }

  test('orphan-opening: one that no record carries, one at another place and a second one for a place are failures', async () => {
    const { story, record, opening } = await withCode();
    const read = readOpening(opening);
    if (!read.ok) throw new Error('the opening cannot be read');
    const { path, salt, value } = read.opening;
    const attempts: readonly (readonly [string, string[], Uint8Array])[] = [
      [
        'of an absent record',
        ['passport.unreferenced'],
        encodeOpening({ record: hashOf('x'), path, salt, value }),
      ],
      [
        'at another private place',
        ['field.opening-mismatch', 'field.opening-twice'],
        encodeOpening({ record, path: ['persons', 1, 'name'], salt, value }),
      ],
      [
        'at a place that is not private',
        ['field.opening-mismatch'],
        encodeOpening({ record, path: ['text'], salt, value }),
      ],
      [
        'at a place that does not exist',
        ['field.opening-mismatch'],
        encodeOpening({ record, path: ['persons', 7, 'name'], salt, value }),
      ],
      [
        'another value',
        ['field.opening-mismatch', 'field.opening-twice'],
        encodeOpening({ record, path, salt, value: 'Li Mei' }),
      ],
      [
        'another salt',
        ['field.opening-mismatch', 'field.opening-twice'],
        encodeOpening({ record, path, salt: new Uint8Array(16), value }),
      ],
    ];
    for (const [name, codes, extra] of attempts) {
      const bytes = story.file({ openings: [...story.openings, extra] });
      const passport = await verdictOn(story, { bytes });
      expect([name, passport.verdict, troubles(passport)]).toEqual([name, 'TOTAL-FAILED', codes]);
      // A merge drops it and nothing else.
      expect((await mergePassports([bytes])).bytes).toEqual(story.file());
    }
  });

  test('orphan-opening: an opened value must be what its place holds', async () => {
    const { story, seller } = await oneCompany();
    // The signer itself commits to a number where a name belongs; the digest fits, the value does not.
    const salt = new Uint8Array(16).fill(7);
    const path = ['persons', 0, 'name'] as const;
    const digest = fieldDigest({ kid: seller.kid, sub: ITEM, salt, path, value: 7 });
    const id = await story.signRaw(seller, {
      fields: { ...statement('odd'), persons: [{ capacity: 'packer', name: digest }] },
    });
    story.openings.push(encodeOpening({ record: id, path, salt, value: 7 }));
    const passport = await verdictOn(story);
    expect(passport.verdict).toBe('TOTAL-FAILED');
    expect(troubles(passport)).toEqual(['schema.value']);
  });

  test('private-field-dictionary: the same secret twice shares no digest, and guessing it takes the salt', async () => {
    const { story, seller } = await oneCompany();
    const persons = [
      { capacity: 'packer', name: 'Li Lei', phone: '13800000000' },
      { capacity: 'driver', name: 'Li Lei', phone: '13800000000' },
    ];
    const made = [
      await story.sign(seller, 'statement', { ...statement('one'), persons }),
      await story.sign(seller, 'statement', { ...statement('two'), persons }),
    ];
    const hidden = (await verdictOn(story, { bytes: story.file({ openings: [] }) })).records;
    for (const { payload } of hidden) {
      expect((payload.persons as { name: unknown }[]).map(({ name }) => isHidden(name))).toEqual([
        true,
        true,
      ]);
    }
    const digests = made.flatMap(({ signed }) =>
      (signed.payload.fields.persons as { name: Uint8Array; phone: Uint8Array }[]).flatMap(
        ({ name, phone }) => [toHex(name), toHex(phone)],
      ),
    );
    expect(new Set(digests).size).toBe(8);
    // Whoever knows all but the salt tries the name with the salts an attacker would try first.
    const [first] = digests as [string];
    const guess = (salt: Uint8Array): string =>
      toHex(fieldDigest({ kid: seller.kid, sub: ITEM, salt, path: ['persons', 0, 'name'], value: 'Li Lei' }));
    for (const fill of [0, 255]) expect(guess(new Uint8Array(16).fill(fill))).not.toBe(first);
    for (let second = T0 - 60; second <= T0 + 60; second += 1) {
      const salt = new Uint8Array(16);
      new DataView(salt.buffer).setUint32(12, second);
      expect(guess(salt)).not.toBe(first);
    }
    const opening = readOpening(story.openings[0]!);
    if (!opening.ok) throw new Error('the opening cannot be read');
    expect(guess(opening.opening.salt)).toBe(first);
  });

  test('private-field-dictionary: a salt that is short or comes again is refused', async () => {
    const { seller } = await oneCompany();
    const persons = [{ capacity: 'packer', name: 'Li Lei', phone: '13800000000' }];
    const sign = (salt: () => Uint8Array): Promise<unknown> =>
      signRecord({
        signer: seller.signer,
        iss: seller.iss,
        sub: ITEM,
        type: 'statement',
        payload: { ...statement('x'), persons },
        iat: T0,
        state: { seq: 0, prev: null, lane: null },
        salt,
      });
    for (const length of [0, 15, 17]) {
      await expect(sign(() => new Uint8Array(length))).rejects.toThrow(RangeError);
    }
    await expect(sign(() => new Uint8Array(16).fill(1))).rejects.toThrow('the same salt');
  });

  test('private-field-dictionary: no code of the product asks Math.random', async () => {
    const root = new URL('../../src/', import.meta.url);
    const names = (await readdir(root, { recursive: true })).filter((name) => name.endsWith('.ts'));
    expect(names.length).toBeGreaterThan(100);
    const texts = await Promise.all(
      names.map(async (name) => [name, await readFile(new URL(name, root), 'utf8')] as const),
    );
    expect(texts.filter(([, text]) => /Math\s*\.\s*random/.test(text)).map(([name]) => name)).toEqual([]);
  });

  /** A record that is logged under a note of two witnesses. */
  async function logged(): Promise<{ story: Story; note: Uint8Array }> {
    const { story, seller } = await oneCompany();
    const { id } = await story.say(seller, 'packed');
    story.log([id], T0 + DAY);
    return { story, note: story.notes[0]! };
  }

  test('junk-malleates-passport-hash: a note with another line is another note, which nothing names', async () => {
    const { story, note } = await logged();
    const passed = await verdictOn(story);
    expect(told(passed)).toEqual(['TOTAL-PASSED', 'manifest.none', 'time.no-anchor']);
    const junk = concatBytes(note, utf8Bytes('\u2014 stranger.example AAAAAP//////\n'));
    const swapped = await verdictOn(story, { bytes: story.file({ notes: [junk] }) });
    expect([swapped.verdict, ...troubles(swapped)]).toEqual([
      'TOTAL-FAILED',
      'passport.unreferenced',
      'receipt.dangling',
    ]);
    const beside = story.file({ notes: [note, junk] });
    expect(troubles(await verdictOn(story, { bytes: beside }))).toEqual(['passport.unreferenced']);
    expect((await mergePassports([beside, story.file()])).bytes).toEqual(story.file());
  });

  test('junk-malleates-passport-hash: no bit of a note or a receipt can be turned unseen', async () => {
    const { story, note } = await logged();
    const [receipt] = story.receipts as [Uint8Array];
    const unseen: string[] = [];
    for (let at = 0; at < note.length + receipt.length; at += 1) {
      const bit = (at * 5) % 8;
      const changes =
        at < note.length
          ? { notes: [flipped(note, at * 8 + bit)] }
          : { receipts: [flipped(receipt, (at - note.length) * 8 + bit)] };
      const { verdict } = await verdictOn(story, { bytes: story.file(changes) });
      if (verdict !== 'TOTAL-FAILED') unseen.push(`${at}.${bit} ${verdict}`);
    }
    expect(unseen).toEqual([]);
  });
});
