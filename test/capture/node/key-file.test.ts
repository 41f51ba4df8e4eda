import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { newSeed, readKeyFile, writeKeyFile } from '../../../src/capture/node/key-file.js';

const root = mkdtempSync(join(tmpdir(), 'goodorder-key-'));
afterAll(() => rmSync(root, { recursive: true }));
let count = 0;
let path = '';
beforeEach(() => {
  mkdirSync(join(root, String(count)));
  path = join(root, String(count++), 'key');
});

const seed = Uint8Array.from({ length: 32 }, (_, index) => index);
const PASSPHRASE = 'correct horse';

// The key above, by `openssl pkey`.
const PEM = `-----BEGIN PRIVATE KEY-----
MC4CAQAwBQYDK2VwBCIEIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f
-----END PRIVATE KEY-----
`;
// The same by Debian's age 1.1.1, `age -p -a`, and by `openssl pkcs8 -topk8`, under the passphrase above.
const AGE = `-----BEGIN AGE ENCRYPTED FILE-----
YWdlLWVuY3J5cHRpb24ub3JnL3YxCi0+IHNjcnlwdCBLWGFJbXhTV0IvdEhkamgx
K3lhTFdBIDE4CnhuUklZYTVEdGN4Z3pTdFBOQ0FESzR4ZjgyYVN6YWdxaGZlcEcz
Q3o0MHcKLS0tIHY3aG1UUEFHODY5ekVyTzN0OTlWM2FZdTdDTUNJMy84SC9TYXpw
SzUwY2sK9Q8HsEVzQwx9snU92Vl3q7hGcB1sFtxg4v1pSUSny5vEhjOsUeThh14O
hiPabzJ9WayoyS1TEwRIw8ZIUYuE6D9237VhHGfnhS81nQ7bCTwLaYqK8yrMovgN
eysZrzZ0v9/SyjGxBFChfUDJqBdPj+SVppDPydhcLkUX1C7ORU+Pfu1/FUiM7Uea
do8+4+PAg2QAdeMrOw==
-----END AGE ENCRYPTED FILE-----
`;
const ENCRYPTED_PEM = `-----BEGIN ENCRYPTED PRIVATE KEY-----
MIGbMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAg0M+c8zR97WwICCAAw
DAYIKoZIhvcNAgkFADAdBglghkgBZQMEASoEEF4c+ixMK6vqsc3xmjIH17sEQAIH
gIYYNsr78P4vqBWgRB5JQ/fPsRvMFP4QU7QF0FyXgviYEwCi5jOk9bfaYAbhX9Ms
fMhhBo6jTUcCSX43TqA=
-----END ENCRYPTED PRIVATE KEY-----
`;

function place(text: string | Uint8Array, mode = 0o600): void {
  writeFileSync(path, text);
  chmodSync(path, mode);
}

async function code(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'done',
    (error: { code?: string; message: string }) => `${error.code}: ${error.message.replace(path, '…')}`,
  );
}

describe('a key file', () => {
  test('in plain is what OpenSSL writes and reads, for its owner only', async () => {
    await writeKeyFile(path, seed);
    expect(readFileSync(path, 'utf8')).toBe(PEM);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(await readKeyFile(path)).toEqual({ seed, protection: 'plain' });
    expect(execFileSync('openssl', ['pkey', '-in', path, '-noout', '-text'], { encoding: 'utf8' })).toMatch(
      /^ED25519 Private-Key/,
    );
    expect(readdirSync(join(path, '..'))).toEqual(['key']);
  });

  test('under a passphrase is an age file', async () => {
    await writeKeyFile(path, seed, { passphrase: PASSPHRASE, workFactor: 10 });
    expect(readFileSync(path, 'utf8')).toMatch(/^-----BEGIN AGE ENCRYPTED FILE-----\n/);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(await readKeyFile(path, { passphrase: PASSPHRASE })).toEqual({ seed, protection: 'age' });
    expect(await code(readKeyFile(path))).toBe('key.passphrase: `…` needs its passphrase');
    expect(await code(readKeyFile(path, { passphrase: 'wrong' }))).toBe(
      'key.passphrase: `…` does not open with this passphrase',
    );
  });

  test('made by age itself opens, in text and in binary', async () => {
    place(AGE);
    expect(await readKeyFile(path, { passphrase: PASSPHRASE })).toEqual({ seed, protection: 'age' });
    place(Buffer.from(AGE.split('\n').slice(1, -2).join(''), 'base64'));
    expect(await readKeyFile(path, { passphrase: PASSPHRASE })).toEqual({ seed, protection: 'age' });
  });

  test('encrypted by OpenSSL opens', async () => {
    place(ENCRYPTED_PEM);
    expect(await readKeyFile(path, { passphrase: PASSPHRASE })).toEqual({ seed, protection: 'pkcs8' });
    expect(await code(readKeyFile(path))).toBe('key.passphrase: `…` needs its passphrase');
    expect(await code(readKeyFile(path, { passphrase: 'wrong' }))).toBe(
      'key.passphrase: `…` does not open with this passphrase',
    );
  });

  test('is never written over by a new one', async () => {
    await writeKeyFile(path, seed);
    expect(await code(writeKeyFile(path, newSeed()))).toBe('file.exists: `…` is there already');
    expect(readFileSync(path, 'utf8')).toBe(PEM);
  });
});

describe('a key file is refused', () => {
  test('that others on the machine can read', async () => {
    place(PEM, 0o640);
    expect(await code(readKeyFile(path))).toBe(
      'key.file: `…` can be read by others on this machine; run `chmod 600` on it',
    );
    // An encrypted one may lie anywhere.
    place(AGE, 0o644);
    expect((await readKeyFile(path, { passphrase: PASSPHRASE })).protection).toBe('age');
  });

  test.each([
    ['empty', '', 'is no private key in PEM'],
    ['no PEM', 'hello', 'is no private key in PEM'],
    ['cut', PEM.slice(0, 90), 'is no private key in PEM'],
    ['another kind of key', 'P256', 'is no Ed25519 key'],
    ['too large', 'x'.repeat(65_537), 'is no key file'],
    ['a damaged age file', AGE.replace('X', '!'), 'is a damaged age file'],
    [
      'an age file for a recipient',
      Buffer.from('age-encryption.org/v1\n-> X25519 TEiF0ypqr+bpvcqXNyCVJpL7OuwPdVwPL7KQEbFDOCc\n'),
      'is an age file that no passphrase opens',
    ],
  ])('%s', async (_, content, problem) => {
    place(
      content === 'P256'
        ? execFileSync('openssl', ['genpkey', '-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256'])
        : content,
    );
    expect(await code(readKeyFile(path, { passphrase: PASSPHRASE }))).toBe(`key.file: \`…\` ${problem}`);
  });

  test('that is not there, or a folder', async () => {
    expect(await code(readKeyFile(path))).toBe('file.unreadable: `…` cannot be read (ENOENT)');
    mkdirSync(path);
    expect(await code(readKeyFile(path))).toBe('key.file: `…` is no key file');
  });

  test('a damaged body under the right passphrase', async () => {
    const lines = AGE.split('\n');
    const binary = Buffer.from(lines.slice(1, -2).join(''), 'base64');
    binary[binary.length - 1]! ^= 1;
    place(binary);
    expect(await code(readKeyFile(path, { passphrase: PASSPHRASE }))).toBe(
      'key.file: `…` is a damaged age file',
    );
  });

  test('wrong arguments throw', async () => {
    await expect(writeKeyFile(path, new Uint8Array(31))).rejects.toThrow(RangeError);
    await expect(writeKeyFile(path, seed, { passphrase: '' })).rejects.toThrow(RangeError);
  });
});

test('new seeds differ', () => {
  expect(newSeed()).toHaveLength(32);
  expect(newSeed()).not.toEqual(newSeed());
});
