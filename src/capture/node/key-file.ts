import { createPrivateKey, randomBytes } from 'node:crypto';
import { open } from 'node:fs/promises';
import { armor, Decrypter, Encrypter } from 'age-encryption';
import { fromBase64url } from '../../codec/base64url.js';
import { GoodOrderError } from '../../errors.js';
import { createDurably } from './durable-file.js';

/**
 * How a key lies on disk: `plain` PKCS#8 (RFC 8410) that OpenSSL reads, the same within an `age` file under a
 * passphrase that `age -d` opens, or PKCS#8 encrypted by somebody else's tool, which is read only.
 */
export type KeyProtection = 'plain' | 'age' | 'pkcs8';

export interface KeyFile {
  /** 32 bytes. Wipe it (`fill(0)`) when the signer is made. */
  readonly seed: Uint8Array;
  readonly protection: KeyProtection;
}

export interface KeyFileOptions {
  readonly passphrase?: string;
  /** Base-2 logarithm of scrypt's work, 18 by default: about a second. Lower it in tests only. */
  readonly workFactor?: number;
}

// RFC 8410 §7: version 0, id-Ed25519, an octet string within an octet string.
const PKCS8_START = Buffer.from('302e020100300506032b657004220420', 'hex');
const MAX_BYTES = 65_536;

export function newSeed(): Uint8Array {
  return new Uint8Array(randomBytes(32));
}

/**
 * Writes a new key file, mode 0600, and reads it again before it resolves. With a passphrase the file is an `age` file.
 * Throws `file.exists` rather than lose another key.
 */
export async function writeKeyFile(
  path: string,
  seed: Uint8Array,
  options: KeyFileOptions = {},
): Promise<void> {
  const bytes = await keyFileBytes(seed, options);
  if (!(await createDurably(path, bytes))) throw keyError('file.exists', path, 'is there already');
  await assertReadsBack(path, seed, options);
}

/**
 * Reads a key file of any protection. Throws `file.unreadable`; `key.passphrase` where one is needed or wrong; and
 * `key.file` for what is no Ed25519 key, or a plain key that others of the machine can read.
 */
export async function readKeyFile(path: string, options: KeyFileOptions = {}): Promise<KeyFile> {
  const { bytes, mode } = await readSmall(path);
  const text = bytes.toString('latin1');
  if (text.includes('-----BEGIN AGE ENCRYPTED FILE-----') || text.startsWith('age-encryption.org/v1\n')) {
    return { seed: readPem(path, await decrypt(path, bytes, options.passphrase)), protection: 'age' };
  }
  if (text.includes('-----BEGIN ENCRYPTED PRIVATE KEY-----')) {
    if (options.passphrase === undefined) throw needsPassphrase(path);
    return { seed: readPem(path, text, options.passphrase), protection: 'pkcs8' };
  }
  if (process.platform !== 'win32' && (mode & 0o077) !== 0) {
    throw keyError('key.file', path, 'can be read by others on this machine; run `chmod 600` on it');
  }
  return { seed: readPem(path, text), protection: 'plain' };
}

async function keyFileBytes(seed: Uint8Array, options: KeyFileOptions): Promise<string> {
  if (seed.length !== 32) throw new RangeError(`a seed has 32 bytes, got ${seed.length}`);
  const body = Buffer.concat([PKCS8_START, seed]).toString('base64');
  const pem = `-----BEGIN PRIVATE KEY-----\n${body}\n-----END PRIVATE KEY-----\n`;
  if (options.passphrase === undefined) return pem;
  if (options.passphrase === '') throw new RangeError('an empty passphrase protects nothing');
  const encrypter = new Encrypter();
  encrypter.setPassphrase(options.passphrase);
  if (options.workFactor !== undefined) encrypter.setScryptWorkFactor(options.workFactor);
  return armor.encode(await encrypter.encrypt(pem));
}

async function decrypt(path: string, bytes: Buffer, passphrase: string | undefined): Promise<string> {
  let binary: Uint8Array;
  try {
    binary = bytes.toString('latin1').startsWith('age-')
      ? new Uint8Array(bytes)
      : armor.decode(bytes.toString('latin1'));
  } catch (cause) {
    throw keyError('key.file', path, 'is a damaged age file', cause);
  }
  if (!/^age-encryption\.org\/v1\n-> scrypt /.test(Buffer.from(binary.subarray(0, 64)).toString('latin1'))) {
    throw keyError('key.file', path, 'is an age file that no passphrase opens');
  }
  if (passphrase === undefined) throw needsPassphrase(path);
  const decrypter = new Decrypter();
  decrypter.addPassphrase(passphrase);
  try {
    return await decrypter.decrypt(binary, 'text');
  } catch (cause) {
    const wrong = cause instanceof Error && cause.message.startsWith('no identity matched');
    throw wrong
      ? keyError('key.passphrase', path, 'does not open with this passphrase')
      : keyError('key.file', path, 'is a damaged age file', cause);
  }
}

function readPem(path: string, pem: string, passphrase?: string): Uint8Array {
  let jwk: { readonly crv?: string | undefined; readonly d?: string | undefined };
  try {
    const key = createPrivateKey(passphrase === undefined ? pem : { key: pem, passphrase });
    jwk = key.asymmetricKeyType === 'ed25519' ? key.export({ format: 'jwk' }) : {};
  } catch (cause) {
    // OpenSSL tells a wrong passphrase only by nonsense after decryption.
    throw passphrase === undefined
      ? keyError('key.file', path, 'is no private key in PEM')
      : keyError('key.passphrase', path, 'does not open with this passphrase', cause);
  }
  if (jwk.crv !== 'Ed25519' || jwk.d === undefined) throw keyError('key.file', path, 'is no Ed25519 key');
  return fromBase64url(jwk.d);
}

/** What was written is what will be needed; a full disk or a faulty card must show now, not when the key is used. */
async function assertReadsBack(path: string, seed: Uint8Array, options: KeyFileOptions): Promise<void> {
  const { seed: read } = await readKeyFile(path, options);
  if (!Buffer.from(read).equals(seed))
    throw keyError('key.file', path, 'does not hold what was written to it');
  read.fill(0);
}

async function readSmall(path: string): Promise<{ bytes: Buffer; mode: number }> {
  try {
    const file = await open(path, 'r');
    try {
      const status = await file.stat();
      if (!status.isFile() || status.size > MAX_BYTES) throw keyError('key.file', path, 'is no key file');
      return { bytes: await file.readFile(), mode: status.mode };
    } finally {
      await file.close();
    }
  } catch (cause) {
    if (cause instanceof GoodOrderError) throw cause;
    const { code } = cause as { readonly code?: string };
    throw keyError('file.unreadable', path, `cannot be read (${code ?? 'unknown cause'})`, cause);
  }
}

function needsPassphrase(path: string): GoodOrderError {
  return keyError('key.passphrase', path, 'needs its passphrase');
}

function keyError(
  code: 'key.file' | 'key.passphrase' | 'file.exists' | 'file.unreadable',
  path: string,
  problem: string,
  cause?: unknown,
): GoodOrderError {
  return new GoodOrderError(code, `\`${path}\` ${problem}`, { file: path }, cause);
}
