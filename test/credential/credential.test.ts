import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CborKey, CborValue } from '../../src/codec/cbor.js';
import { fromHex } from '../../src/codec/hex.js';
import {
  assembleCredential,
  type Credential,
  readCredential,
  signCredential,
} from '../../src/credential/credential.js';
import { type CoseKey, encodeEc2Key, isCoseKeyFault, readCoseKey } from '../../src/crypto/cose-key.js';
import { sha256Hex } from '../../src/crypto/hash.js';
import type { Diagnostic } from '../../src/diagnostic.js';
import { GoodOrderError } from '../../src/errors.js';
import { looseElement, MEMBER } from '../../src/passport/element.js';
import { gatherPassport } from '../../src/passport/passport.js';
import { checkSignatures } from '../../src/passport/signatures.js';
import { RECORD_TYP } from '../../src/record/record.js';
import { credential, FROM, MIDDLE, OTHER_PARTY, ROOT, SELLER, SELLER_PARTY, UNTIL } from './actors.js';

const CONTENT = {
  party: SELLER_PARTY,
  key: SELLER.kid,
  roles: ['seller', 'carrier'],
  from: FROM,
  until: UNTIL,
} as const;

function keyOf(bytes: Uint8Array): CoseKey {
  const key = readCoseKey(bytes);
  if (isCoseKeyFault(key)) throw new Error(key.code);
  return key;
}

/** What a passport that holds this credential and these keys says of its signature; null where it verifies. */
async function signatureFault(
  credential: Credential,
  known: ReadonlyMap<string, CoseKey>,
): Promise<Diagnostic | null> {
  const element = looseElement(MEMBER.credentials, credential.bytes);
  const held = [...known].map(([kid, key]) => [kid, { element, key }] as const);
  const passport = {
    ...gatherPassport('urn:uuid:x', []),
    credentials: [{ element, credential }],
    keys: new Map(held),
  };
  return (await checkSignatures(passport)).diagnostics.kept[0] ?? null;
}

function keys(...signers: { coseKey: Uint8Array }[]): Map<string, CoseKey> {
  return new Map(signers.map(({ coseKey }) => keyOf(coseKey)).map((key) => [key.kid, key]));
}

describe('what is signed is read', () => {
  test('the least', async () => {
    const bytes = await signCredential(ROOT, CONTENT);
    const read = readCredential(bytes);
    expect(read.ok).toBe(true);
    if (!read.ok) return;
    const { bytes: kept, toBeSigned, signature, ...rest } = read.credential;
    expect([kept.length, toBeSigned.length > 100, signature.length]).toEqual([bytes.length, true, 64]);
    expect(rest).toEqual({
      id: sha256Hex(bytes),
      alg: -19,
      issuer: ROOT.kid,
      party: SELLER_PARTY,
      key: SELLER.kid,
      roles: ['carrier', 'seller'],
      from: FROM,
      until: UNTIL,
      subjects: null,
      mayDelegate: 0,
      accreditation: null,
    });
  });

  test('the most', async () => {
    const accreditation = { body: 'DAkkS', number: 'D-PL-1', scope: 'drop tests', until: UNTIL };
    const subjects = ['urn:uuid:', 'https://id.gs1.org/01/'];
    const read = await credential(ROOT, SELLER, { ...CONTENT, subjects, mayDelegate: 2, accreditation });
    expect(read).toMatchObject({ subjects: [...subjects].sort(), mayDelegate: 2, accreditation });
  });

  test('it is independent of the bytes it was read from', async () => {
    const bytes = await signCredential(ROOT, CONTENT);
    const read = readCredential(bytes);
    bytes.fill(0);
    expect(read.ok && (await signatureFault(read.credential, keys(ROOT)))).toBeNull();
  });
});

describe('signature', () => {
  test('good, absent, wrong, of another key', async () => {
    const good = await credential(ROOT, SELLER);
    const detail = { credential: good.id, issuer: ROOT.kid };
    expect(await signatureFault(good, keys(ROOT))).toBeNull();
    expect(await signatureFault(good, keys(SELLER))).toEqual({
      code: 'credential.issuer-absent',
      axis: 'integrity',
      severity: 'failure',
      member: MEMBER.credentials,
      detail,
    });
    const forged = {
      ...good,
      signature: good.signature.map((byte, index) => (index === 0 ? byte ^ 1 : byte)),
    };
    expect(await signatureFault(forged, keys(ROOT))).toMatchObject({
      code: 'credential.sig-invalid',
      detail,
    });
    const underOther = new Map([[ROOT.kid, keyOf(MIDDLE.coseKey)]]);
    expect(await signatureFault(good, underOther)).toMatchObject({ code: 'credential.sig-invalid' });
  });

  test('the algorithm is that of the key', async () => {
    const good = await credential(ROOT, SELLER);
    expect(await signatureFault({ ...good, alg: -9 }, keys(ROOT))).toMatchObject({
      code: 'alg.key-mismatch',
      severity: 'failure',
    });
    // A point of P-256 (RFC 6979 A.2.5) under the issuer's name.
    const x = fromHex('60fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6');
    const y = fromHex('7903fe1008b8bc99a41ae9e95628bc64f2f1b20c2d7e9f5177a3c294d4462299');
    const ec2 = new Map([[ROOT.kid, keyOf(encodeEc2Key(x, y))]]);
    expect(await signatureFault(good, ec2)).toMatchObject({ code: 'alg.key-mismatch' });
    expect(await signatureFault({ ...good, alg: -9 }, ec2)).toMatchObject({
      code: 'credential.sig-invalid',
    });
    const unknown: CoseKey = { kty: 'unknown', kid: ROOT.kid, bytes: new Uint8Array() };
    expect(await signatureFault(good, new Map([[ROOT.kid, unknown]]))).toMatchObject({
      code: 'record.unsupported',
      severity: 'indeterminate',
    });
  });

  test('every bit of it is covered', async () => {
    const { bytes } = await credential(ROOT, SELLER, { subjects: ['urn:uuid:'], mayDelegate: 1 });
    const known = keys(ROOT);
    const accepted: number[] = [];
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const flipped = bytes.slice();
      flipped[bit >> 3] = (flipped[bit >> 3] as number) ^ (1 << (bit & 7));
      const read = readCredential(flipped);
      if (read.ok && (await signatureFault(read.credential, known)) === null) accepted.push(bit);
    }
    expect(accepted).toEqual([]);
  });
});

const GOOD = new Map<string, CborValue>([
  ['party', SELLER_PARTY],
  ['key', fromHex(SELLER.kid)],
  ['roles', ['seller']],
  ['from', FROM],
  ['until', UNTIL],
]);

async function codesOf(payload: CborValue, header?: ReadonlyMap<CborKey, CborValue>): Promise<string[]> {
  const read = readCredential(await assembleCredential(ROOT, payload, header));
  return read.ok
    ? []
    : read.diagnostics.map(({ code, path }) =>
        path === undefined || path === '' ? code : `${code} ${path}`,
      );
}

function but(...changes: [string, CborValue | undefined][]): Map<string, CborValue> {
  const payload = new Map(GOOD);
  for (const [key, value] of changes) {
    if (value === undefined) payload.delete(key);
    else payload.set(key, value);
  }
  return payload;
}

describe('header', () => {
  test.each<[string, [CborKey, CborValue][], string]>([
    ['the typ of a record', [[16, RECORD_TYP]], 'credential.header typ'],
    ['typ in capitals', [[16, 'APPLICATION/VND.GOODORDER.CREDENTIAL+COSE']], 'credential.header typ'],
    ['typ as a number', [[16, 16]], 'credential.header typ'],
    ['a further label', [[3, 'application/cbor']], 'credential.header labels'],
    ['crit', [[2, [16]]], 'credential.header labels'],
    ['EdDSA of RFC 8152', [[1, -8]], 'credential.header alg'],
    ['alg none', [[1, 0]], 'credential.header alg'],
    ['a short kid', [[4, new Uint8Array(31)]], 'credential.header kid'],
    ['kid as text', [[4, ROOT.kid]], 'credential.header kid'],
  ])('%s', async (_, members, expected) => {
    expect(await codesOf(GOOD, new Map(members))).toEqual([expected]);
  });

  test('the offset is that of the value', async () => {
    const bytes = await assembleCredential(ROOT, GOOD, new Map([[4, new Uint8Array(31)]]));
    const read = readCredential(bytes);
    const { offset } = (read.ok ? [] : read.diagnostics)[0] as { offset: number };
    expect([bytes[offset], bytes[offset + 1]]).toEqual([0x58, 31]);
  });
});

describe('payload', () => {
  test.each<[string, Map<CborKey, CborValue>, string[]]>([
    ['no party', but(['party', undefined]), ['credential.shape party']],
    ['a party that is none', but(['party', 'https://example.com/']), ['credential.shape party']],
    [
      'a GLN with a wrong check digit',
      but(['party', 'https://id.gs1.org/417/4012345000010']),
      ['credential.shape party'],
    ],
    [
      'the key URI of another key',
      but(['party', `urn:goodorder:key:${MIDDLE.kid}`]),
      ['credential.shape party'],
    ],
    ['key as text', but(['key', SELLER.kid]), ['credential.shape key']],
    ['an unknown role', but(['roles', ['king']]), ['credential.shape roles[0]']],
    ['roles not ascending', but(['roles', ['seller', 'carrier']]), ['credential.shape roles']],
    ['a role twice', but(['roles', ['seller', 'seller']]), ['credential.shape roles']],
    ['until before from', but(['until', FROM - 1]), ['credential.shape until']],
    ['from before 1970', but(['from', -1]), ['credential.shape from']],
    ['until beyond 9999', but(['until', 253_402_300_800]), ['credential.shape until']],
    [
      'a prefix inside a name',
      but(['subjects', ['https://id.gs1.org/01/095']]),
      ['credential.shape subjects[0]'],
    ],
    ['an empty list of prefixes', but(['subjects', []]), ['credential.shape subjects']],
    ['a prefix with a space', but(['subjects', ['urn: :']]), ['credential.shape subjects[0]']],
    ['delegation of 4', but(['mayDelegate', 4]), ['credential.shape mayDelegate']],
    ['delegation of −1', but(['mayDelegate', -1]), ['credential.shape mayDelegate']],
    [
      'half an accreditation',
      but(['accreditation', new Map([['body', 'x']])]),
      [
        'credential.shape accreditation.number',
        'credential.shape accreditation.scope',
        'credential.shape accreditation.until',
      ],
    ],
    ['an unknown key', but(['colour', 'red']), ['credential.unknown-key colour']],
    ['__proto__', but(['__proto__', new Map([['x', 1]])]), ['credential.unknown-key ["__proto__"]']],
    ['an integer key', new Map<CborKey, CborValue>([...GOOD, [0, 1]]), ['credential.unknown-key']],
    [
      'nothing',
      new Map(),
      ['party', 'key', 'roles', 'from', 'until'].map((key) => `credential.shape ${key}`),
    ],
  ])('%s', async (_, payload, expected) => {
    expect(await codesOf(payload)).toEqual(expected);
  });

  test.each<[string, Map<string, CborValue>]>([
    ['its own key as party', but(['party', `urn:goodorder:key:${SELLER.kid}`])],
    ['no role', but(['roles', []])],
    ['a moment', but(['from', UNTIL])],
    ['all time', but(['from', 0], ['until', 253_402_300_799])],
  ])('%s is fine', async (_, payload) => {
    expect(await codesOf(payload)).toEqual([]);
  });

  test('what would be refused is not signed', async () => {
    const refused = signCredential(ROOT, { ...CONTENT, until: 0 });
    await expect(refused).rejects.toMatchObject({
      name: 'GoodOrderError',
      code: 'signer.refused',
      message: 'this credential would be faulty: credential.shape at `until`',
    });
    await expect(signCredential(ROOT, { ...CONTENT, from: 0.5 })).rejects.toBeInstanceOf(GoodOrderError);
    await expect(signCredential(ROOT, { ...CONTENT, key: 'AB' })).rejects.toBeInstanceOf(GoodOrderError);
    await expect(signCredential(ROOT, { ...CONTENT, party: `${OTHER_PARTY} ` })).rejects.toBeInstanceOf(
      GoodOrderError,
    );
  });
});

test('any bytes give a credential or diagnostics, never an exception', async () => {
  const { bytes } = await credential(ROOT, SELLER);
  fc.assert(
    fc.property(
      fc.nat({ max: bytes.length - 1 }),
      fc.uint8Array({ maxLength: 4 }),
      fc.nat({ max: 4 }),
      (at, insert, drop) => {
        const mutant = Uint8Array.from([...bytes.slice(0, at), ...insert, ...bytes.slice(at + drop)]);
        const read = readCredential(mutant);
        if (!read.ok) {
          expect(read.id).toBe(sha256Hex(mutant));
          expect(read.diagnostics.length).toBeGreaterThan(0);
          for (const { offset, severity } of read.diagnostics) {
            expect(offset).toBeLessThanOrEqual(mutant.length);
            expect(severity).toBe('failure');
          }
        }
      },
    ),
    { numRuns: 2000 },
  );
});
