import { fromBase64url } from '../codec/base64url.js';
import { toHex, utf8Bytes } from '../codec/hex.js';
import { parseInstant } from '../codec/instant.js';
import { jsonPlace } from '../codec/json-place.js';
import { parseStrictJson } from '../codec/strict-json.js';
import { type CoseKey, isCoseKeyFault, readCoseKey } from '../crypto/cose-key.js';
import { sha256Hex } from '../crypto/hash.js';
import { GoodOrderError } from '../errors.js';
import { type LogPolicy, NO_LOGS, parseLogPolicy } from '../log/log-policy.js';
import { surelyFits } from '../record/fast-check.js';
import { type FieldPath, formatPath } from '../record/field-path.js';
import '../record/zod-setup.js';
import * as z from 'zod/mini';
import type { Grant } from './grant.js';
import { type TrustFileText, trustFileSchema } from './trust-file-schema.js';

/** A key that the verifier believes without anybody else's word. */
export interface Authority extends Grant {
  readonly kid: string;
  readonly key: CoseKey;
}

/** RFC 3161 stamping authorities; this version carries them and checks no token. */
export interface Tsa {
  /** DER. */
  readonly certificates: readonly Uint8Array[];
  /** For tokens that state no accuracy, seconds. */
  readonly accuracyDefaultS: number;
}

/** Whom one verifier believes, and as of when. There is no built-in one. Instants are seconds UTC. */
export interface TrustFile {
  /** SHA-256 of its bytes. */
  readonly digest: string;
  readonly name: string;
  readonly sequence: number;
  readonly issued: number;
  readonly nextUpdate: number;
  readonly authorities: readonly Authority[];
  readonly logs: LogPolicy;
  readonly tsas: readonly Tsa[];
  /** kid → suspectFrom. */
  readonly revoked: ReadonlyMap<string, number>;
}

export const TRUST_FILE_MAX_BYTES = 16 * 1024 * 1024;
const DEFAULT_ACCURACY_S = 60;

/**
 * Reads a trust file: strict JSON, no unknown member, no key twice. Throws GoodOrderError with file, line and column:
 * `json.syntax` and `json.duplicate-key` for the text, `trust.malformed` for what it says.
 */
export function readTrustFile(input: string | Uint8Array, file?: string): TrustFile {
  const bytes = typeof input === 'string' ? utf8Bytes(input) : input.slice();
  if (bytes.length > TRUST_FILE_MAX_BYTES) {
    throw new GoodOrderError('trust.malformed', 'the trust file is larger than 16 MiB', inFile(file));
  }
  const value = parseStrictJson(bytes, file);
  const reader = new Reader(new TextDecoder().decode(bytes), file);
  if (!surelyFits(trustFileSchema(), value)) {
    const result = z.safeParse(trustFileSchema(), value);
    if (!result.success) throw reader.schemaError(result.error.issues[0] as z.core.$ZodIssue);
  }
  return { digest: sha256Hex(bytes), ...reader.build(value as unknown as TrustFileText) };
}

/** Its publisher promised a newer one by now (`trust.stale`): later revocations may be missing. */
export function isStale(trust: TrustFile, at: number): boolean {
  return at > trust.nextUpdate;
}

function inFile(file: string | undefined): { file?: string } {
  return file === undefined ? {} : { file };
}

class Reader {
  /** Raw public keys, wherever they stand, with the place of the first. */
  readonly #keys = new Map<string, string>();

  constructor(
    private readonly text: string,
    private readonly file: string | undefined,
  ) {}

  build(data: TrustFileText): Omit<TrustFile, 'digest'> {
    const issued = parseInstant(data.issued).utcS;
    const nextUpdate = parseInstant(data.nextUpdate).utcS;
    if (nextUpdate < issued) throw this.error('`nextUpdate` lies before `issued`', ['nextUpdate']);
    const authorities = data.authorities.map((entry, index) =>
      this.#authority(entry, ['authorities', index]),
    );
    const logs = this.#logs(data.logs);
    return {
      name: data.name,
      sequence: data.sequence,
      issued,
      nextUpdate,
      authorities,
      logs,
      tsas: (data.tsas ?? []).map(({ certificates, accuracyDefaultS }, index) => ({
        certificates: certificates.map((text, at) => this.#bytes(text, ['tsas', index, 'certificates', at])),
        accuracyDefaultS: accuracyDefaultS ?? DEFAULT_ACCURACY_S,
      })),
      revoked: this.#revoked(data.revoked ?? []),
    };
  }

  schemaError(issue: z.core.$ZodIssue): GoodOrderError {
    const path = issue.path as FieldPath;
    if (issue.code === 'unrecognized_keys') {
      const [key] = issue.keys as [string];
      return this.error(`unknown member \`${formatPath([...path, key])}\``, [...path, key], 'key');
    }
    return this.error(
      path.length === 0 ? 'not a trust file' : `\`${formatPath(path)}\` is missing or not what it should be`,
      path,
    );
  }

  error(reason: string, path: FieldPath, what: 'key' | 'value' = 'value'): GoodOrderError {
    const place = { ...inFile(this.file), ...jsonPlace(this.text, path, what), path: formatPath(path) };
    return new GoodOrderError('trust.malformed', reason, place);
  }

  #authority(entry: TrustFileText['authorities'][number], path: FieldPath): Authority {
    const key = readCoseKey(this.#bytes(entry.key, [...path, 'key']));
    if (isCoseKeyFault(key))
      throw this.error(`\`${formatPath([...path, 'key'])}\` is no COSE_Key: ${key.code}`, [...path, 'key']);
    if (key.kty === 'unknown')
      throw this.error('a key of a type that this version does not know', [...path, 'key']);
    this.#once(toHex(key.x), [...path, 'key']);
    const from = parseInstant(entry.from).utcS;
    const until = parseInstant(entry.until).utcS;
    if (from > until) throw this.error('`until` lies before `from`', [...path, 'until']);
    if (entry.party.startsWith('urn:goodorder:key:') && entry.party !== `urn:goodorder:key:${key.kid}`) {
      throw this.error('the party is the URI of another key', [...path, 'party']);
    }
    return {
      party: entry.party,
      kid: key.kid,
      key,
      roles: [...new Set(entry.roles)].sort(),
      subjects: entry.subjects ?? null,
      mayDelegate: entry.mayDelegate ?? 0,
      from,
      until,
    };
  }

  #logs(text: string | undefined): LogPolicy {
    // An empty text is what a file without logs holds; a policy with anything in it has a quorum line.
    if (text === undefined || text.trim() === '') return NO_LOGS;
    let policy: LogPolicy;
    try {
      policy = parseLogPolicy(text);
    } catch (error) {
      if (!(error instanceof GoodOrderError)) throw error;
      const { line, column } = error.place;
      throw this.error(`${error.message}, at line ${line}, column ${column} of \`logs\``, ['logs']);
    }
    for (const { publicKey } of [...policy.logs, ...policy.witnesses.map(({ key }) => key)]) {
      this.#once(toHex(publicKey), ['logs']);
    }
    return policy;
  }

  #revoked(entries: readonly { readonly kid: string; readonly suspectFrom: string }[]): Map<string, number> {
    const revoked = new Map<string, number>();
    for (const [index, { kid, suspectFrom }] of entries.entries()) {
      if (revoked.has(kid)) throw this.error(`key \`${kid}\` is revoked twice`, ['revoked', index, 'kid']);
      revoked.set(kid, parseInstant(suspectFrom).utcS);
    }
    return revoked;
  }

  /** One key has one place: a quorum or a delegation counted twice would be a hole. */
  #once(publicKey: string, path: FieldPath): void {
    const first = this.#keys.get(publicKey);
    if (first !== undefined)
      throw this.error(`the key at \`${formatPath(path)}\` is listed twice, first at \`${first}\``, path);
    this.#keys.set(publicKey, formatPath(path));
  }

  #bytes(text: string, path: FieldPath): Uint8Array {
    try {
      return fromBase64url(text);
    } catch (error) {
      throw this.error(`\`${formatPath(path)}\` is not base64url: ${(error as Error).message}`, path);
    }
  }
}
