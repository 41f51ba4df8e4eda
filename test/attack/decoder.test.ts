import { Decoder } from 'cbor-x';
import fc from 'fast-check';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { type CborKey, type CborValue, decodeCbor, encodeCbor } from '../../src/codec/cbor.js';
import { encodeHead } from '../../src/codec/cbor-head.js';
import { concatBytes, fromHex, toHex } from '../../src/codec/hex.js';
import { parseStrictJson } from '../../src/codec/strict-json.js';
import { readTrustFile } from '../../src/credential/trust-file.js';
import { readDispute } from '../../src/finding/dispute.js';
import { readRecord } from '../../src/record/read-record.js';
import { loadPack } from '../../src/rules/load-pack.js';
import { toPlainValue } from '../../src/rules/positioned-value.js';
import { makeVerifyReport } from '../../src/verify/verify-report.js';
import { readYaml } from '../../src/yaml/read-yaml.js';
import { profileValue } from '../codec/profile-values.js';
import { ITEM, instant, T0 } from '../verify/story.js';
import { headerMap, sealed, sellerStory, statementMap } from './forge.js';
import { fileOf, malformed, refusedEverywhere } from './refused-everywhere.js';
import { troubles, verdictOn } from './verdict.js';

afterEach(() => {
  vi.restoreAllMocks();
});

describe('what cbor-x would make of it', () => {
  const KNOWN_TAGS = [0, 1, 2, 3, 4, 5, 18, 27, 28, 29, 30, 35, 37, 64, 105, 258, 259, 55799, 57344, 57345];

  test('cbor-unknown-tags: dates, shared references, sets, record structures: none is read', async () => {
    const values = KNOWN_TAGS.map((tag) => `${toHex(encodeHead(6, tag))}80`);
    await refusedEverywhere(malformed('cbor.tag', 0, ...values));
    // The one tag is 18, and only at the start of a record or credential.
    const { story } = await sellerStory();
    const record = story.records[0]!;
    for (const tag of KNOWN_TAGS.filter((one) => one !== 18)) {
      const tagged = concatBytes(encodeHead(6, tag), record.subarray(1));
      expect(readRecord(tagged).diagnostics).toMatchObject([{ code: 'cose.start', offset: 0 }]);
    }
    expect(readRecord(concatBytes(fromHex('d9d9f7'), record)).diagnostics).toMatchObject([
      { code: 'cose.start', offset: 0 },
    ]);
    expect(readRecord(concatBytes(fromHex('d2'), record)).diagnostics).toMatchObject([
      { code: 'cose.start', offset: 1 },
    ]);
    expect(await fileOf('d9d9f7a0')).toEqual(['passport.map at 8', 'trust.none']);
  });

  test('cbor-x-tag27-object-construction: no tag from 0 to 300 nor from 57344 on reaches the decoder', async () => {
    const decode = vi.spyOn(Decoder.prototype, 'decode');
    const tags = [...Array(301).keys(), ...Array.from({ length: 300 }, (_, index) => 57_344 + index)];
    // ["RegExp", "(a+)+$"], ["constructor", "x"], ["Error", "x"]
    const bodies = ['82665265674578706628612b292b24', '826b636f6e7374727563746f726178', '82654572726f726178'];
    for (const tag of tags) {
      for (const body of bodies) {
        const bytes = concatBytes(encodeHead(6, tag), fromHex(body));
        expect(() => decodeCbor(bytes)).toThrow(
          expect.objectContaining({ code: 'cbor.tag', place: { offset: 0 } }),
        );
        expect(() => decodeCbor(concatBytes(fromHex('a10081'), bytes))).toThrow(
          expect.objectContaining({ code: 'cbor.tag', place: { offset: 3 } }),
        );
      }
    }
    expect(decode).not.toHaveBeenCalled();
    vi.restoreAllMocks();
    await refusedEverywhere(malformed('cbor.tag', 0, ...bodies.map((body) => `d81b${body}`)));
  });

  test('cbor-x-structure-state-leak: what one file defines no other file uses', () => {
    // Record definitions as cbor-x writes them, and uses of them.
    const hostile = [
      'd9dfff8519e000826161616201 02'.replaceAll(' ', ''),
      'd9e0008201 02'.replaceAll(' ', ''),
      'd8698361611a61626364',
      'd81c82d81d00d81d00',
      'e000',
    ].map(fromHex);
    fc.assert(
      fc.property(fc.constantFrom(...hostile), profileValue, (first, value) => {
        const bytes = encodeCbor(value);
        const alone = decodeCbor(bytes);
        expect(() => decodeCbor(first)).toThrow(expect.objectContaining({ name: 'GoodOrderError' }));
        expect(decodeCbor(bytes)).toEqual(alone);
        expect(toHex(encodeCbor(decodeCbor(bytes)))).toBe(toHex(bytes));
      }),
    );
  });
});

describe('names that JavaScript gives a meaning', () => {
  const NAMES = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', '__defineGetter__'];
  const untouched = (): string[] => Object.getOwnPropertyNames(Object.prototype).sort();

  test('proto-pollution-key: in records they are keys like any other, and unknown ones', async () => {
    const before = untouched();
    const { story, actor } = await sellerStory();
    const evil = new Map<CborKey, CborValue>([['polluted', true]]);
    for (const name of NAMES) {
      const at = async (more: readonly (readonly [CborKey, CborValue])[]): Promise<unknown> =>
        readRecord(await sealed(actor.signer, headerMap(actor), statementMap(more))).diagnostics.map(
          ({ code, path }) => [code, path],
        );
      const shown = /^[a-z]+$/i.test(name) ? name : `["${name}"]`;
      const dotted = shown === name ? `.${name}` : shown;
      expect(await at([[name, evil]])).toEqual([['schema.unknown-key', shown]]);
      const about = new Map<CborKey, CborValue>([
        ['item', ITEM],
        [name, evil],
      ]);
      expect(await at([['about', about]])).toEqual([['schema.unknown-key', `about${dotted}`]]);
      const when = new Map<CborKey, CborValue>([...Object.entries(instant(T0)), [name, 1]]);
      expect(await at([['occurredAt', when]])).toEqual([['schema.unknown-key', `occurredAt${dotted}`]]);
      // Where a signer may write what it likes it is an own property of an object without a prototype.
      const extended = readRecord(
        await sealed(actor.signer, headerMap(actor), statementMap([['x', new Map([[name, evil]])]])),
      );
      const x = extended.ok ? (extended.record.payload.fields['x'] as Record<string, unknown>) : {};
      expect([Object.getPrototypeOf(x), Object.keys(x)]).toEqual([null, [name]]);
      expect(Object.getOwnPropertyDescriptor(x, name)?.value).toEqual(
        Object.assign(Object.create(null), { polluted: true }),
      );
      // An opening that points there opens nothing.
      story.openings.push(encodeCbor([fromHex(story.ids[0]!), [name], new Uint8Array(16), evil]));
      story.openings.push(encodeCbor([fromHex(story.ids[0]!), ['text', name], new Uint8Array(16), 1]));
    }
    const passport = await verdictOn(story);
    expect([passport.verdict, troubles(passport)]).toEqual(['TOTAL-FAILED', ['field.opening-mismatch']]);
    expect(passport.counts['field.opening-mismatch']).toBe(2 * NAMES.length);
    expect(makeVerifyReport(passport, { version: 'x' }).verdict).toBe('TOTAL-FAILED');
    expect(untouched()).toEqual(before);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  test('proto-pollution-key: in trust files, disputes and packs they are unknown members with a place', async () => {
    const before = untouched();
    const { story } = await sellerStory();
    const text = story.trustText();
    for (const name of NAMES) {
      const evil = text.replace('{"format":1,', `{"format":1,"${name}":{"polluted":true},`);
      expect(() => readTrustFile(evil, 'court.trust.json')).toThrow(
        expect.objectContaining({
          code: 'trust.malformed',
          place: expect.objectContaining({ file: 'court.trust.json', line: 1, column: 13 }),
        }),
      );
      const nested = text.replace('"party":', `"${name}":{"polluted":true},"party":`);
      expect(() => readTrustFile(nested)).toThrow(expect.objectContaining({ code: 'trust.malformed' }));
      for (const written of [
        `${name}:\n  polluted: true\nschemaVersion: 1\n`,
        `{"${name}": {"polluted": true}}`,
      ]) {
        const positions = readYaml(written, 'case.yaml');
        const value = toPlainValue(positions) as Record<string, unknown>;
        expect([Object.getPrototypeOf(value), Object.keys(value)[0]]).toEqual([null, name]);
        expect(() => readDispute(value, { file: 'case.yaml', positions })).toThrow(
          expect.objectContaining({ code: 'dispute.malformed' }),
        );
        expect(() => loadPack(positions, { file: 'own.yaml' })).toThrow(
          expect.objectContaining({ code: 'pack.malformed' }),
        );
      }
      expect(Object.keys(parseStrictJson(`{"${name}":1}`) as object)).toEqual([name]);
    }
    expect(untouched()).toEqual(before);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});
