import { describe, expect, test } from 'vitest';
import { z } from 'zod/mini';
import { toBase64url } from '../../src/codec/base64url.js';
import { jsonPlace } from '../../src/codec/json-place.js';
import { isStale, readTrustFile } from '../../src/credential/trust-file.js';
import { trustFileSchema } from '../../src/credential/trust-file-schema.js';
import { sha256Hex } from '../../src/crypto/hash.js';
import { GoodOrderError, type Place } from '../../src/errors.js';
import { logVerifierKey, witnessVerifierKey } from '../../src/log/build-log.js';
import { actor, MIDDLE, ROOT, ROOT_PARTY, SELLER, trustText } from './actors.js';

const log = { name: 'log.example', seed: new Uint8Array(32).fill(1) };
const witness = { name: 'w.example', seed: new Uint8Array(32).fill(2) };
const POLICY = `log ${logVerifierKey(log)}\nwitness W ${witnessVerifierKey(witness)}\nquorum W\n`;

function refusal(text: string | Uint8Array): { code: string; message: string; place: Place } {
  try {
    readTrustFile(text, 'a.trust.json');
  } catch (error) {
    if (error instanceof GoodOrderError)
      return { code: error.code, message: error.message, place: error.place };
    throw error;
  }
  throw new Error('accepted');
}

describe('a good one', () => {
  const text = trustText({
    authorities: [{}, { signer: SELLER, subjects: ['urn:uuid:'], mayDelegate: 0, from: 5, until: 6 }],
    logs: POLICY,
    revoked: [{ kid: MIDDLE.kid, suspectFrom: 1234 }],
  });

  test('reads', () => {
    const { authorities, logs, ...rest } = readTrustFile(text);
    expect(rest).toEqual({
      digest: sha256Hex(new TextEncoder().encode(text)),
      name: 'tests',
      sequence: 7,
      issued: 1000,
      nextUpdate: 2000,
      tsas: [],
      revoked: new Map([[MIDDLE.kid, 1234]]),
    });
    expect(authorities.map(({ key, ...authority }) => ({ ...authority, kty: key.kty }))).toEqual([
      {
        party: ROOT_PARTY,
        kid: ROOT.kid,
        kty: 'OKP',
        roles: ['carrier', 'inspector', 'producer', 'seller'],
        subjects: null,
        mayDelegate: 3,
        from: 1000,
        until: 2000,
      },
      {
        party: ROOT_PARTY,
        kid: SELLER.kid,
        kty: 'OKP',
        roles: ['carrier', 'inspector', 'producer', 'seller'],
        subjects: ['urn:uuid:'],
        mayDelegate: 0,
        from: 5,
        until: 6,
      },
    ]);
    expect(logs.logs.map(({ name }) => name)).toEqual(['log.example']);
    expect(logs.quorum.kind).toBe('witness');
  });

  test('the digest is over the bytes, so a space makes another file', () => {
    expect(readTrustFile(new TextEncoder().encode(text)).digest).toBe(readTrustFile(text).digest);
    expect(readTrustFile(`${text} `).digest).not.toBe(readTrustFile(text).digest);
  });

  test('stale from the second after nextUpdate', () => {
    const file = readTrustFile(text);
    expect([isStale(file, 1999), isStale(file, 2000), isStale(file, 2001)]).toEqual([false, false, true]);
  });

  test('logs, tsas, revoked, subjects and mayDelegate may be left out', () => {
    const { logs, tsas, revoked, ...value } = JSON.parse(trustText()) as Record<string, unknown>;
    const [{ mayDelegate, ...authority }] = value.authorities as [Record<string, unknown>];
    const least = readTrustFile(JSON.stringify({ ...value, authorities: [authority] }));
    expect([
      least.logs.quorum.kind,
      least.tsas,
      least.revoked.size,
      least.authorities[0]?.mayDelegate,
    ]).toEqual(['none', [], 0, 0]);
    expect([logs, tsas, revoked, mayDelegate]).toEqual(['', [], [], 3]);
  });

  test('stamping authorities are carried, with 60 s where none is stated', () => {
    const value = JSON.parse(text) as Record<string, unknown>;
    const certificates = [toBase64url(Uint8Array.of(0x30, 0x00))];
    const { tsas } = readTrustFile(
      JSON.stringify({ ...value, tsas: [{ certificates }, { certificates, accuracyDefaultS: 1 }] }),
    );
    expect(tsas).toEqual([
      { certificates: [Uint8Array.of(0x30, 0x00)], accuracyDefaultS: 60 },
      { certificates: [Uint8Array.of(0x30, 0x00)], accuracyDefaultS: 1 },
    ]);
  });
});

/** The good file with one text replaced; the place of the replacement is what the error must name. */
function changed(from: string | RegExp, to: string): string {
  const good = trustText({ logs: POLICY, revoked: [{ kid: MIDDLE.kid, suspectFrom: 1234 }] });
  const text = good.replace(from, to);
  if (text === good) throw new Error('nothing replaced');
  return text;
}

describe('refused with line and column', () => {
  const KEY = toBase64url(ROOT.coseKey);
  test.each<[string, string, string, string, number, number, string]>([
    [
      'unknown member',
      changed('"name"', '"nom": 1, "name"'),
      'trust.malformed',
      'unknown member `nom`',
      3,
      3,
      'nom',
    ],
    [
      'unknown member of an authority',
      changed('"party"', '"colour": 1, "party"'),
      'trust.malformed',
      'unknown member `authorities[0].colour`',
      9,
      7,
      'authorities[0].colour',
    ],
    [
      'repeated member',
      changed('"name"', '"format": 1, "name"'),
      'json.duplicate-key',
      'the key `"format"` stands twice',
      3,
      3,
      '',
    ],
    ['no JSON', changed('"sequence": 7', '"sequence": 07'), 'json.syntax', 'expected `,` or `}`', 4, 16, ''],
    [
      'another format',
      changed('"format": 1', '"format": 2'),
      'trust.malformed',
      '`format` is missing or not what it should be',
      2,
      13,
      'format',
    ],
    [
      'no name',
      changed('"name": "tests",', ''),
      'trust.malformed',
      '`name` is missing or not what it should be',
      1,
      1,
      'name',
    ],
    [
      'sequence as text',
      changed('"sequence": 7', '"sequence": "7"'),
      'trust.malformed',
      '`sequence` is missing or not what it should be',
      4,
      15,
      'sequence',
    ],
    [
      'a fraction',
      changed('"sequence": 7', '"sequence": 7.5'),
      'trust.malformed',
      '`sequence` is missing or not what it should be',
      4,
      15,
      'sequence',
    ],
    [
      'a time without offset',
      changed('1970-01-01T00:16:40Z', '1970-01-01T00:16:40'),
      'trust.malformed',
      '`issued` is missing or not what it should be',
      5,
      13,
      'issued',
    ],
    [
      'nextUpdate before issued',
      changed('1970-01-01T00:33:20Z', '1970-01-01T00:16:39Z'),
      'trust.malformed',
      '`nextUpdate` lies before `issued`',
      6,
      17,
      'nextUpdate',
    ],
    [
      'a role that is none',
      changed('"carrier"', '"king"'),
      'trust.malformed',
      '`authorities[0].roles[0]` is missing or not what it should be',
      12,
      9,
      'authorities[0].roles[0]',
    ],
    [
      'a party that is none',
      changed(ROOT_PARTY, 'https://example.com/'),
      'trust.malformed',
      '`authorities[0].party` is missing or not what it should be',
      9,
      16,
      'authorities[0].party',
    ],
    [
      'the URI of another key',
      changed(ROOT_PARTY, `urn:goodorder:key:${SELLER.kid}`),
      'trust.malformed',
      'the party is the URI of another key',
      9,
      16,
      'authorities[0].party',
    ],
    [
      'delegation of 4',
      changed('"mayDelegate": 3', '"mayDelegate": 4'),
      'trust.malformed',
      '`authorities[0].mayDelegate` is missing or not what it should be',
      17,
      22,
      'authorities[0].mayDelegate',
    ],
    [
      'padding in a key',
      changed(KEY, `${KEY}==`),
      'trust.malformed',
      '`authorities[0].key` is missing or not what it should be',
      10,
      14,
      'authorities[0].key',
    ],
    [
      'leftover bits in a key',
      changed(KEY, 'AB'),
      'trust.malformed',
      '`authorities[0].key` is not base64url: base64url text has leftover bits that are not zero',
      10,
      14,
      'authorities[0].key',
    ],
    [
      'a key that is none',
      changed(KEY, 'AA'),
      'trust.malformed',
      '`authorities[0].key` is no COSE_Key: key.malformed',
      10,
      14,
      'authorities[0].key',
    ],
    [
      'a bad log policy',
      changed('quorum W', 'quorum V'),
      'trust.malformed',
      'log policy: `V` is not defined on a line before, at line 3, column 8 of `logs`',
      22,
      11,
      'logs',
    ],
    [
      'a kid in capitals',
      changed(MIDDLE.kid, MIDDLE.kid.toUpperCase()),
      'trust.malformed',
      '`revoked[0].kid` is missing or not what it should be',
      26,
      14,
      'revoked[0].kid',
    ],
  ])('%s', (_, text, code, message, line, column, path) => {
    expect(refusal(text)).toEqual({
      code,
      message,
      place: { file: 'a.trust.json', line, column, ...(path === '' ? {} : { path }) },
    });
  });

  test('whatever is no object', () => {
    for (const text of ['[]', '1', 'null', '"trust"', '{}']) {
      expect(refusal(text)).toMatchObject({ code: 'trust.malformed', place: { line: 1, column: 1 } });
    }
    expect(refusal('').code).toBe('json.syntax');
    expect(refusal(Uint8Array.of(0x22, 0xff, 0x22)).code).toBe('json.syntax');
    expect(refusal(new TextEncoder().encode(`\ufeff${trustText()}`)).code).toBe('json.syntax');
  });

  test('an authority that ends before it begins', () => {
    expect(refusal(trustText({ authorities: [{ from: 9, until: 8 }] })).message).toBe(
      '`until` lies before `from`',
    );
  });

  test('__proto__ is a member like any other, and unknown', () => {
    expect(refusal(changed('"name"', '"__proto__": {"polluted": 1}, "name"')).message).toBe(
      'unknown member `["__proto__"]`',
    );
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });
});

describe('one key twice', () => {
  test('as two authorities', () => {
    expect(refusal(trustText({ authorities: [{}, { roles: ['seller'] }] }))).toMatchObject({
      code: 'trust.malformed',
      message: 'the key at `authorities[1].key` is listed twice, first at `authorities[0].key`',
    });
  });

  test('as authority and as log or witness', () => {
    for (const key of [log, witness]) {
      const text = trustText({
        authorities: [{ signer: { ...actor('x'), ...signerOf(key.seed) } }],
        logs: POLICY,
      });
      expect(refusal(text).message).toBe('the key at `logs` is listed twice, first at `authorities[0].key`');
    }
  });

  test('as two witnesses, under two names', () => {
    const twice = `${POLICY}witness V ${witnessVerifierKey({ ...witness, name: 'v.example' })}\n`;
    expect(refusal(trustText({ logs: twice })).message).toContain('is listed twice');
  });

  test('among the revoked', () => {
    const entry = { kid: SELLER.kid, suspectFrom: 5 };
    expect(refusal(trustText({ revoked: [entry, { ...entry, suspectFrom: 6 }] })).message).toBe(
      `key \`${SELLER.kid}\` is revoked twice`,
    );
  });
});

function signerOf(seed: Uint8Array): ReturnType<typeof actor> {
  const signer = actor('unused');
  const name = seed[0] === 1 ? log : witness;
  const [, , ...rest] = (name === log ? logVerifierKey(log) : witnessVerifierKey(witness)).split('+');
  const x = Uint8Array.from(Buffer.from(rest.join('+'), 'base64')).slice(1);
  return { ...signer, coseKey: Uint8Array.of(0xa3, 1, 1, 0x20, 6, 0x21, 0x58, 32, ...x) };
}

test('the schema can be published', () => {
  const schema = z.toJSONSchema(trustFileSchema(), { io: 'input' }) as {
    properties: Record<string, unknown>;
    additionalProperties: boolean;
    required: string[];
  };
  expect(Object.keys(schema.properties)).toEqual([
    'format',
    'name',
    'sequence',
    'issued',
    'nextUpdate',
    'authorities',
    'logs',
    'tsas',
    'revoked',
  ]);
  expect(schema.required).toEqual(['format', 'name', 'sequence', 'issued', 'nextUpdate', 'authorities']);
  expect(schema.additionalProperties).toBe(false);
});

describe('places in JSON', () => {
  const text = '{\n  "a": [1, {"b\\u0063": "x]}\\"{", "": null}],\n\t"é𝄞": {"d": [[], {}, true]}\n}';

  test.each<[(string | number)[], 'key' | 'value', number, number]>([
    [[], 'value', 1, 1],
    [['a'], 'value', 2, 8],
    [['a'], 'key', 2, 3],
    [['a', 0], 'value', 2, 9],
    [['a', 1, 'bc'], 'value', 2, 24],
    [['a', 1, 'bc'], 'key', 2, 13],
    [['a', 1, ''], 'value', 2, 38],
    [['é𝄞'], 'value', 3, 8],
    [['é𝄞', 'd', 2], 'value', 3, 23],
    [['absent'], 'value', 1, 1],
    [['a', 7], 'value', 2, 8],
    [['a', 'x'], 'value', 2, 8],
    [['é𝄞', 'd', 0, 0], 'value', 3, 15],
  ])('%j (%s)', (path, what, line, column) => {
    expect(jsonPlace(text, path, what)).toEqual({ line, column });
    expect(JSON.parse(text)).toBeDefined();
  });
});
