import { describe, expect, test } from 'vitest';
import { toBase64url } from '../../src/codec/base64url.js';
import { readTrustFile, TRUST_FILE_MAX_BYTES } from '../../src/credential/trust-file.js';
import { GoodOrderError } from '../../src/errors.js';
import { NO_LOGS } from '../../src/log/log-policy.js';
import { MIDDLE, ROOT, trustText } from './actors.js';

type Json = Record<string, unknown>;

/** The trust file of the tests with one change, one line. */
function text(change: (file: Json) => void): string {
  const file: Json = JSON.parse(trustText());
  change(file);
  return JSON.stringify(file);
}

const authority = (changes: Json) => (file: Json) => {
  file.authorities = [{ ...(file.authorities as Json[])[0], ...changes }];
};

function refusal(given: string | Uint8Array, file?: string): unknown {
  try {
    readTrustFile(given, file);
  } catch (error) {
    if (!(error instanceof GoodOrderError)) return error;
    return { code: error.code, message: error.message, place: error.place };
  }
  return 'accepted';
}

/** Refused for this reason at this path, whose column is where the value stands. */
function refused(given: string, message: string, path: string, value: string): void {
  const place = { line: 1, column: given.indexOf(value) + 1, path };
  expect(refusal(given)).toStrictEqual({ code: 'trust.malformed', message, place });
}

describe('size', () => {
  test('16 MiB are read, a byte more is not', () => {
    const most = new Uint8Array(TRUST_FILE_MAX_BYTES).fill(0x20);
    expect(refusal(most)).toMatchObject({ code: 'json.syntax' });
    const more = new Uint8Array(TRUST_FILE_MAX_BYTES + 1).fill(0x20);
    const told = { code: 'trust.malformed', message: 'the trust file is larger than 16 MiB' };
    expect(refusal(more)).toStrictEqual({ ...told, place: {} });
    expect(refusal(more, 'a.json')).toStrictEqual({ ...told, place: { file: 'a.json' } });
  });
});

describe('what is no trust file', () => {
  test.each(['[]', '7', 'null', '"text"'])('%s', (given) => {
    expect(refusal(given)).toStrictEqual({
      code: 'trust.malformed',
      message: 'not a trust file',
      place: { line: 1, column: 1, path: '' },
    });
  });
});

describe('what is refused is told with its place', () => {
  test('a key of a type from the future', () => {
    const key = toBase64url(Uint8Array.of(0xa2, 0x01, 0x18, 0x63, 0x20, 0x01));
    refused(
      text(authority({ key })),
      'a key of a type that this version does not know',
      'authorities[0].key',
      `"${key}"`,
    );
  });

  test('no key at all', () => {
    const key = toBase64url(Uint8Array.of(0xa1, 0x01, 0x01));
    expect(refusal(text(authority({ key })))).toMatchObject({
      message: expect.stringMatching(/^`authorities\[0\]\.key` is no COSE_Key: key\./),
      place: { path: 'authorities[0].key' },
    });
  });

  test.each(['!AAAA', 'AAAA!', 'AA AA'])('text beside base64url: %s', (key) => {
    refused(
      text(authority({ key })),
      '`authorities[0].key` is missing or not what it should be',
      'authorities[0].key',
      `"${key}"`,
    );
  });

  test('base64url of no whole bytes, in a certificate', () => {
    const given = text((file) => {
      file.tsas = [{ certificates: ['AAAA'] }, { certificates: ['AAAA', 'A'] }];
    });
    expect(refusal(given)).toMatchObject({
      code: 'trust.malformed',
      message: expect.stringMatching(/^`tsas\[1\]\.certificates\[1\]` is not base64url: ./),
      place: { path: 'tsas[1].certificates[1]' },
    });
  });

  test.each(['x', '0', ' '])('%j beside a kid', (more) => {
    for (const kid of [`${more}${MIDDLE.kid}`, `${MIDDLE.kid}${more}`]) {
      refused(
        text((file) => {
          file.revoked = [{ kid, suspectFrom: '2026-01-01T00:00:00Z' }];
        }),
        '`revoked[0].kid` is missing or not what it should be',
        'revoked[0].kid',
        `"${kid}"`,
      );
    }
  });

  test('a kid that is revoked twice', () => {
    const given = text((file) => {
      const suspectFrom = '2026-01-01T00:00:00Z';
      file.revoked = [MIDDLE.kid, ROOT.kid, MIDDLE.kid].map((kid) => ({ kid, suspectFrom }));
    });
    expect(refusal(given)).toStrictEqual({
      code: 'trust.malformed',
      message: `key \`${MIDDLE.kid}\` is revoked twice`,
      place: { line: 1, column: given.lastIndexOf(`"${MIDDLE.kid}"`) + 1, path: 'revoked[2].kid' },
    });
  });

  test('an authority that ends before it begins', () => {
    const [from, until] = ['2026-01-01T00:00:01Z', '2026-01-01T00:00:00Z'];
    refused(
      text(authority({ from, until })),
      '`until` lies before `from`',
      'authorities[0].until',
      `"${until}"`,
    );
  });

  test('a party that is the URI of another key', () => {
    const party = `urn:goodorder:key:${MIDDLE.kid}`;
    refused(
      text(authority({ party })),
      'the party is the URI of another key',
      'authorities[0].party',
      `"${party}"`,
    );
  });

  test('a member that nobody knows', () => {
    refused(
      text(authority({ crown: 1 })),
      'unknown member `authorities[0].crown`',
      'authorities[0].crown',
      '"crown"',
    );
  });
});

describe('what is still right', () => {
  const now = '2026-01-01T00:00:00Z';

  test('one instant as a whole validity', () => {
    const file = readTrustFile(text(authority({ from: now, until: now })));
    const seconds = Date.parse(now) / 1_000;
    expect([file.authorities[0]!.from, file.authorities[0]!.until]).toEqual([seconds, seconds]);
    const published = text((one) => {
      one.issued = now;
      one.nextUpdate = now;
    });
    expect(readTrustFile(published)).toMatchObject({ issued: seconds, nextUpdate: seconds });
  });

  test('a person by the URI of its own key', () => {
    const party = `urn:goodorder:key:${ROOT.kid}`;
    expect(readTrustFile(text(authority({ party }))).authorities[0]!.party).toBe(party);
  });

  test('roles in any order, and twice: ascending, once', () => {
    const roles = ['seller', 'carrier', 'seller', 'buyer'];
    expect(readTrustFile(text(authority({ roles }))).authorities[0]!.roles).toEqual([
      'buyer',
      'carrier',
      'seller',
    ]);
  });

  test.each(['', ' \n\t'])('no logs: %j', (logs) => {
    const given = text((file) => {
      file.logs = logs;
    });
    expect(readTrustFile(given).logs).toBe(NO_LOGS);
  });

  test('certificates are bytes, with the accuracy that goes without saying', () => {
    const given = text((file) => {
      file.tsas = [{ certificates: ['AQID'] }, { certificates: ['BA'], accuracyDefaultS: 0 }];
    });
    expect(readTrustFile(given).tsas).toEqual([
      { certificates: [Uint8Array.of(1, 2, 3)], accuracyDefaultS: 60 },
      { certificates: [Uint8Array.of(4)], accuracyDefaultS: 0 },
    ]);
  });
});
