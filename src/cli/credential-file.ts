import * as z from 'zod/mini';
import { fromBase64url, toBase64url } from '../codec/base64url.js';
import { parseStrictJson } from '../codec/strict-json.js';
import { type Credential, readCredential } from '../credential/credential.js';
import { isCoseKeyFault, readCoseKey } from '../crypto/cose-key.js';
import { GoodOrderError } from '../errors.js';
import '../record/zod-setup.js';

/** A credential as it is handed over: with all that a passport needs beside it. */
export interface CredentialBundle {
  /** The credential, then those of its issuer, up to an authority. COSE_Sign1. */
  readonly credentials: readonly Uint8Array[];
  /** Public keys of the issuers. COSE_Key. */
  readonly keys: readonly Uint8Array[];
}

const bytes = z.string().check(z.regex(/^[A-Za-z0-9_-]+$/), z.maxLength(65_535));
const schema = z.strictObject({
  schemaVersion: z.literal(1),
  credentials: z.array(bytes).check(z.minLength(1), z.maxLength(16)),
  keys: z.array(bytes).check(z.maxLength(16)),
});

export const credentialFileSchema = schema;

export function writeCredentialFile({ credentials, keys }: CredentialBundle): string {
  const value = {
    schemaVersion: 1,
    credentials: credentials.map((one) => toBase64url(one)),
    keys: keys.map((one) => toBase64url(one)),
  };
  return `${JSON.stringify(value, null, 2)}\n`;
}

/**
 * Reads what `credential issue` writes, or a bare credential or key.
 *
 * @throws GoodOrderError `file.unreadable` for anything else, and the first fault of a credential
 */
export function readCredentialFile(given: Uint8Array, file: string): CredentialBundle {
  // A JSON text begins with a brace or blanks, a credential with d2, a key with a map of CBOR.
  const first = given[0] ?? 0;
  if (first === 0x7b || first <= 0x20) return readBundle(given, file);
  if (first === 0xd2) return { credentials: [given], keys: [] };
  if (!isCoseKeyFault(readCoseKey(given))) return { credentials: [], keys: [given] };
  throw new GoodOrderError('file.unreadable', `\`${file}\` holds neither a credential nor a public key`, {
    file,
  });
}

function readBundle(given: Uint8Array, file: string): CredentialBundle {
  const read = z.safeParse(schema, parseStrictJson(given, file));
  const refused = new GoodOrderError(
    'file.unreadable',
    `\`${file}\` is not what \`credential issue\` writes`,
    { file },
  );
  if (!read.success) throw refused;
  try {
    return {
      credentials: read.data.credentials.map((text) => fromBase64url(text)),
      keys: read.data.keys.map((text) => fromBase64url(text)),
    };
  } catch {
    throw refused;
  }
}

/** @throws GoodOrderError with the first fault's code */
export function parseCredential(given: Uint8Array, file: string): Credential {
  const read = readCredential(given);
  if (read.ok) return read.credential;
  const [fault] = read.diagnostics;
  throw new GoodOrderError(fault?.code ?? 'credential.shape', 'this is not a credential that can be read', {
    file,
  });
}

/** Of what is at hand, the credentials for a key and, step by step, for their issuers, with the issuers' keys. */
export function pathOf(kid: string, at: CredentialBundle): CredentialBundle {
  const credentials: Uint8Array[] = [];
  const keys: Uint8Array[] = [];
  const wanted = [kid];
  const done = new Set<string>();
  for (let next = wanted.shift(); next !== undefined; next = wanted.shift()) {
    if (done.has(next)) continue;
    done.add(next);
    for (const key of at.keys) {
      const read = readCoseKey(key);
      if (next !== kid && !isCoseKeyFault(read) && read.kid === next) keys.push(key);
    }
    for (const one of at.credentials) {
      const read = readCredential(one);
      if (!read.ok || read.credential.key !== next) continue;
      credentials.push(one);
      wanted.push(read.credential.issuer);
    }
  }
  return { credentials, keys };
}
