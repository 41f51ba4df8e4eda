import { describe, expect, test } from 'vitest';
import type { CborKey, CborValue } from '../../src/codec/cbor.js';
import { fromHex } from '../../src/codec/hex.js';
import {
  assembleCredential,
  CREDENTIAL_TYP,
  type CredentialToSign,
  readCredential,
  signCredential,
} from '../../src/credential/credential.js';
import { ALG_ESP256 } from '../../src/crypto/cose-key.js';
import { GoodOrderError } from '../../src/errors.js';
import { FROM, ROOT, SELLER, SELLER_PARTY, UNTIL } from './actors.js';

const payload = (changes: Readonly<Record<string, CborValue>> = {}): Map<CborKey, CborValue> =>
  new Map<CborKey, CborValue>(
    Object.entries({
      party: SELLER_PARTY,
      key: fromHex(SELLER.kid),
      roles: ['seller'],
      from: FROM,
      until: UNTIL,
      ...changes,
    }),
  );

async function faults(
  changes: Readonly<Record<string, CborValue>>,
  header: readonly (readonly [CborKey, CborValue])[] = [],
): Promise<unknown[]> {
  const read = readCredential(await assembleCredential(ROOT, payload(changes), new Map(header)));
  return read.ok ? [] : read.diagnostics.map(({ code, path }) => [code, path]);
}

async function refusal(changes: Partial<CredentialToSign>): Promise<unknown> {
  const content = {
    party: SELLER_PARTY,
    key: SELLER.kid,
    roles: ['seller'] as const,
    from: FROM,
    until: UNTIL,
    ...changes,
  };
  const error: unknown = await signCredential(ROOT, content).then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof GoodOrderError)) return error;
  return { code: error.code, message: error.message, place: error.place, cause: error.cause?.constructor };
}

describe('what is wrong with a payload', () => {
  test.each<[string, Record<string, CborValue>, unknown[]]>([
    ['nothing', {}, []],
    ['subjects out of order', { subjects: ['urn:b:', 'urn:a:'] }, [['credential.shape', 'subjects']]],
    ['a subject twice', { subjects: ['urn:a:', 'urn:a:'] }, [['credential.shape', 'subjects']]],
    ['subjects in order', { subjects: ['urn:a:', 'urn:b:'] }, []],
    [
      'a subject that is no prefix, and no word on its order',
      { subjects: ['urn:b', 'urn:a:'] },
      [['credential.shape', 'subjects[0]']],
    ],
    ['the same, last', { subjects: ['urn:b:', 'urn:a'] }, [['credential.shape', 'subjects[1]']]],
    ['no subject', { subjects: [] }, [['credential.shape', 'subjects']]],
    ['an end before the beginning', { from: 9, until: 8 }, [['credential.shape', 'until']]],
    ['one second', { from: 9, until: 9 }, []],
    ['the URI of another key', { party: `urn:goodorder:key:${ROOT.kid}` }, [['credential.shape', 'party']]],
    ['the URI of its own key', { party: `urn:goodorder:key:${SELLER.kid}` }, []],
  ])('%s', async (_, changes, expected) => {
    expect(await faults(changes)).toEqual(expected);
  });

  test('of very many faults the first hundred are told', async () => {
    const crowns = Object.fromEntries(Array.from({ length: 150 }, (_, index) => [`crown ${index}`, 1]));
    const found = await faults({ ...crowns, from: -1 });
    expect(found).toHaveLength(100);
    expect(found).toContainEqual(['credential.shape', 'from']);
  });
});

describe('what is wrong with a header', () => {
  test('is told with its place', async () => {
    const bytes = await assembleCredential(ROOT, payload(), new Map([[1, -7]]));
    const read = readCredential(bytes);
    // The value of alg: the array's head, the byte string's, the map's, the key 1.
    const offset = Buffer.from(bytes).indexOf(Buffer.from([0x01, 0x26])) + 1;
    expect(read).toEqual({
      ok: false,
      id: read.ok ? '' : read.id,
      diagnostics: [
        {
          code: 'credential.header',
          axis: 'integrity',
          severity: 'failure',
          path: 'alg',
          offset,
          detail: { credential: read.ok ? '' : read.id },
        },
      ],
    });
  });

  test.each<[string, readonly (readonly [CborKey, CborValue])[], string[]]>([
    ['both algorithms are read', [[1, ALG_ESP256]], []],
    ['another typ', [[16, `${CREDENTIAL_TYP}x`]], ['typ']],
    ['one more label', [[99, 1]], ['labels']],
    ['a kid that is too short', [[4, new Uint8Array(31)]], ['kid']],
    ['a kid that is no bytes', [[4, 'kid']], ['kid']],
  ])('%s', async (_, header, paths) => {
    expect(await faults({}, header)).toEqual(paths.map((path) => ['credential.header', path]));
  });
});

test('the signature is a copy: whoever changes the bytes does not change it', async () => {
  const read = readCredential(await assembleCredential(ROOT, payload()));
  if (!read.ok) throw new Error('not read');
  const { bytes, signature } = read.credential;
  const before = signature.slice();
  bytes.fill(0);
  expect(signature).toEqual(before);
});

describe('signCredential', () => {
  test('refuses what a reader would refuse, and says where', async () => {
    expect(await refusal({ from: UNTIL + 1 })).toEqual({
      code: 'signer.refused',
      message: 'this credential would be faulty: credential.shape at `until`',
      place: { path: 'until' },
      cause: undefined,
    });
    expect(await refusal({ key: 'not hex' })).toMatchObject({ place: { path: 'key' } });
  });

  test('refuses what cannot be encoded, and keeps the reason', async () => {
    const accreditation = { body: '\ud800', number: '1', scope: 'x', until: UNTIL };
    expect(await refusal({ accreditation })).toMatchObject({
      code: 'signer.refused',
      message: expect.stringMatching(/^the credential cannot be encoded: ./),
      place: {},
    });
  });

  test('passes on what is no matter of encoding', async () => {
    const bug = new Error('a bug elsewhere');
    const broken = new Map<CborKey, CborValue>();
    Object.defineProperty(broken, 'size', {
      get: () => {
        throw bug;
      },
    });
    broken[Symbol.iterator] = broken.entries = () => {
      throw bug;
    };
    await expect(assembleCredential(ROOT, broken)).rejects.toBe(bug);
  });
});
