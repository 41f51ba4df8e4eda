import fc from 'fast-check';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { fromBase64, fromBase64url, toBase64url } from '../../src/codec/base64url.js';
import { utf8Bytes } from '../../src/codec/hex.js';
import { parseStrictJson } from '../../src/codec/strict-json.js';
import { readTrustFile } from '../../src/credential/trust-file.js';
import { readPassportFile } from '../../src/passport/file.js';
import { SignatureCache } from '../../src/passport/signatures.js';
import { toPlainValue } from '../../src/rules/positioned-value.js';
import { verifyPassport } from '../../src/verify/verify-passport.js';
import { readYaml } from '../../src/yaml/read-yaml.js';
import { Workplace } from '../cli/workplace.js';
import { makeSample } from '../verify/sample.js';
import { flipped, ITEM, idOf, rawPassport } from '../verify/story.js';
import { sellerStory } from './forge.js';
import { troubles, verdictOn } from './verdict.js';

afterEach(() => {
  vi.restoreAllMocks();
});

describe('files that people write', () => {
  test('json-duplicate-keys-and-numbers: a trust file that JSON.parse would read its own way is refused with line and column', async () => {
    const { story } = await sellerStory();
    const text = story
      .trustText()
      .replace('{"format":1,', '{\n"format":1,\n"sequence":12,')
      .replace('"sequence":12,"issued"', '"issued"');
    expect(readTrustFile(text).sequence).toBe(12);
    const place = await Workplace.make();
    await place.write('set.passport', story.file());
    const edits: [string, string, string, number, number][] = [
      ['"sequence":12,', '"sequence":12,"sequence":99,', 'json.duplicate-key', 3, 15],
      ['"sequence":12,', '"sequence":12,"sequence":99,', 'json.duplicate-key', 3, 15],
      ['"sequence":12,', '"sequence":1e400,', 'json.syntax', 3, 12],
      ['"sequence":12,', '"sequence":9007199254740993,', 'json.syntax', 3, 12],
      ['"sequence":12,', '"sequence":12.00000000000000001,', 'json.syntax', 3, 12],
      ['"sequence":12,', '"sequence":1e-400,', 'json.syntax', 3, 12],
      ['"sequence":12,', '"sequence":12.5,', 'trust.malformed', 3, 12],
      ['"sequence":12,', '"sequence":-1,', 'trust.malformed', 3, 12],
      ['"sequence":12,', '"sequence":012,', 'json.syntax', 3, 13],
      ['"sequence":12,', '"sequence":0x0c,', 'json.syntax', 3, 13],
      ['{\n', '\ufeff{\n', 'json.syntax', 1, 1],
    ];
    for (const [from, to, code, line, column] of edits) {
      await place.write('court.trust.json', text.replace(from, to));
      const ran = await place.run([
        'verify',
        'set.passport',
        '--trust',
        'court.trust.json',
        '--format',
        'json',
      ]);
      expect([to, ran.exit, ran.json()]).toMatchObject([
        to,
        3,
        { error: { code, place: { file: 'court.trust.json', line, column } } },
      ]);
    }
    // −0 is 0 for everybody, and no amount is changed by it.
    expect(Object.is(parseStrictJson('-0'), 0)).toBe(true);
  });

  test('json-duplicate-keys-and-numbers: no amount of a dispute is rounded or read twice', async () => {
    const { story } = await sellerStory();
    const place = await Workplace.make();
    await place.write('set.passport', story.file());
    const dispute = (amount: string): string =>
      `{"schemaVersion":1,"id":"case-1",\n"amountMinor":${amount},\n"asOf":"2026-09-10T00:00:00Z"}`;
    for (const amount of [
      '1.0',
      '100.00000000000000001',
      '9007199254740993',
      '1e400',
      '1e3',
      '-0',
      '.5',
      '"1"x',
    ]) {
      await place.write('case.json', dispute(amount));
      const ran = await place.run(['find', 'set.passport', '--dispute', 'case.json', '--format', 'json']);
      expect([amount, ran.exit, ran.json()]).toMatchObject([
        amount,
        3,
        { error: { code: 'yaml.syntax', place: { file: 'case.json', line: 2 } } },
      ]);
    }
    await place.write('case.json', dispute('1,\n"amountMinor":2'));
    const ran = await place.run(['find', 'set.passport', '--dispute', 'case.json', '--format', 'json']);
    expect([ran.exit, ran.json()]).toMatchObject([
      3,
      { error: { code: 'yaml.duplicate-key', place: { line: 3, column: 1 } } },
    ]);
  });

  test('yaml-pack-alias-bomb: aliases, anchors, merge keys and tags are refused with their line', async () => {
    const place = await Workplace.make();
    const laughs = ['a: &a [x, x, x, x, x, x, x, x, x]'];
    for (const [index, name] of [...'bcdefghij'].entries()) {
      laughs.push(`${name}: &${name} [${Array(9).fill(`*${'abcdefghij'[index]}`).join(', ')}]`);
    }
    const packs: [string, string, string, number][] = [
      ['billion laughs', laughs.join('\n'), 'yaml.alias', 1],
      ['a merge key', 'a: 1\nb:\n  <<: *a\n', 'yaml.alias', 3],
      ['a circle', '&a\nb: *a\n', 'yaml.alias', 2],
      ['a function', 'a: 1\nb: !!js/function "function () {}"\n', 'yaml.syntax', 2],
      ['binary', 'a: !!binary aGk=\n', 'yaml.syntax', 1],
      ['a set', '!!set {a, b}\n', 'yaml.syntax', 1],
      ['CVE-2023-2251', '{ " ": "', 'yaml.syntax', 1],
      ['an odd document', 'x: |2\n', 'pack.malformed', 1],
      [
        '30,000 keys',
        Array.from({ length: 30_000 }, (_, index) => `k${index}: 0`).join('\n'),
        'pack.malformed',
        1,
      ],
      ['one level a character', '['.repeat(20_000), 'yaml.syntax', 1],
      ['two megabytes', `a: ${'x'.repeat(2_000_000)}`, 'yaml.syntax', 1],
      ['nothing', '', 'yaml.syntax', 1],
    ];
    for (const [name, text, code, line] of packs) {
      await place.write('own.yaml', text);
      const ran = await place.run(['pack', 'hash', 'own.yaml', '--format', 'json']);
      expect([name, ran.exit, ran.json()]).toMatchObject([
        name,
        3,
        { error: { code, place: { file: 'own.yaml', line } } },
      ]);
      expect(ran.err).toBe('');
    }
  });

  test('yaml-norway-and-octal: a word is a word and a number a number, also under a directive for 1.1', async () => {
    const text = 'a: no\nb: on\nc: 010\nd: 1_000\ne: 12:30\nf: yes\ng: 0o10\nh: ~\ni: 2026-01-01\nj: 0b11\n';
    const core = {
      a: 'no',
      b: 'on',
      c: 10,
      d: '1_000',
      e: '12:30',
      f: 'yes',
      g: 8,
      h: null,
      i: '2026-01-01',
      j: '0b11',
    };
    expect(toPlainValue(readYaml(text))).toEqual(Object.assign(Object.create(null), core));
    expect(toPlainValue(readYaml(`%YAML 1.1\n---\n${text}`))).toEqual(
      Object.assign(Object.create(null), core),
    );
  });

  test('base64url-noncanonical: one value has one text', async () => {
    const { story } = await sellerStory();
    const key = toBase64url(story.authority.signer.coseKey);
    const text = story.trustText();
    expect(text).toContain(`"${key}"`);
    // 42 bytes end on a whole character; a byte more or less leaves bits over.
    const refused = ['QQ==', 'QR', 'Q', 'QU_', 'QUJ', 'QQ\n', ' QQ', 'Q+', 'Q/', 'QQ=', 'ＱQ', 'QUI\u0000'];
    for (const one of refused) expect(() => fromBase64url(one), one).toThrow(TypeError);
    for (const one of ['QQ', 'QR==', 'Q===', 'QQ=', 'Q-==', '-_==', 'QQ==\n'])
      expect(() => fromBase64(one), one).toThrow(TypeError);
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'AQgwBR_-=+/ '), maxLength: 12 }), (one) => {
        let bytes: Uint8Array;
        try {
          bytes = fromBase64url(one);
        } catch {
          return;
        }
        expect(toBase64url(bytes)).toBe(one);
      }),
    );
    const spellings = [
      `${key}=`,
      `${key} `,
      key.replaceAll(/[-_]/g, '+'),
      `${key}A`,
      `\\n${key}`,
      key.slice(0, -1),
    ];
    for (const spelling of spellings.filter((one) => one !== key)) {
      expect(() => readTrustFile(text.replace(`"${key}"`, `"${spelling}"`)), spelling).toThrow(
        expect.objectContaining({ code: 'trust.malformed' }),
      );
    }
  });
});

describe('damage', () => {
  test('single-bit-flip: no flipped bit leaves a passport trusted, and each is told with a place', async () => {
    // One bit of every 25th byte of a passport that uses all nine members; all bits of it in the slow suite.
    const { bytes, trust, at } = await makeSample();
    const cache = new SignatureCache();
    expect((await verifyPassport(bytes, { trust, at, cache })).verdict).toBe('TOTAL-PASSED');
    for (let byte = 0; byte < bytes.length; byte += 25) {
      const passport = await verifyPassport(flipped(bytes, 8 * byte + (byte % 8)), { trust, at, cache });
      const failures = passport.diagnostics.filter(({ severity }) => severity === 'failure');
      expect([byte, passport.verdict, passport.counts['internal']]).toEqual([
        byte,
        'TOTAL-FAILED',
        undefined,
      ]);
      expect(failures.some(({ offset, member }) => offset !== undefined || member !== undefined)).toBe(true);
    }
  });

  test('single-bit-flip: elements that were swapped or put in twice are told', async () => {
    const { story, actor } = await sellerStory();
    await story.say(actor, 'second');
    const [first, second] = [...story.records].sort((a, b) => (idOf(a) < idOf(b) ? -1 : 1)) as [
      Uint8Array,
      Uint8Array,
    ];
    const keys = [...story.keys].map(({ coseKey }) => coseKey).sort(Buffer.compare);
    const [low, high] = [first, second].sort(Buffer.compare) as [Uint8Array, Uint8Array];
    const file = (records: readonly Uint8Array[]): Uint8Array =>
      rawPassport(
        ITEM,
        new Map([
          [1, records],
          [2, keys],
          [3, story.credentials],
        ]),
      );
    expect(troubles(await verdictOn(story, { bytes: file([low, high]) }))).toEqual([]);
    expect(troubles(await verdictOn(story, { bytes: file([high, low]) }))).toEqual(['passport.set-order']);
    expect(troubles(await verdictOn(story, { bytes: file([low, low, high]) }))).toEqual(['passport.set']);
    expect(readPassportFile(utf8Bytes('PK\u0003\u0004')).ok).toBe(false);
  });
});
