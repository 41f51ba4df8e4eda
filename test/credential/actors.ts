import { toBase64url } from '../../src/codec/base64url.js';
import { formatInstant } from '../../src/codec/instant.js';
import {
  type Credential,
  type CredentialToSign,
  readCredential,
  signCredential,
} from '../../src/credential/credential.js';
import { readTrustFile, type TrustFile } from '../../src/credential/trust-file.js';
import { sha256 } from '../../src/crypto/hash.js';
import { ed25519Signer, type Signer } from '../../src/crypto/signer.js';
import type { Role } from '../../src/record/vocabulary.js';

export function actor(name: string): Signer {
  return ed25519Signer(sha256(new TextEncoder().encode(`test/${name}`)));
}

export const ROOT = actor('root');
export const SELLER = actor('seller');
export const MIDDLE = actor('middle');
export const BOTTOM = actor('bottom');

export const ROOT_PARTY = 'https://id.gs1.org/417/4012345000009';
export const SELLER_PARTY = 'https://id.gs1.org/417/4012345000016';
export const OTHER_PARTY = 'https://id.gs1.org/417/4012345000023';

export const FROM = 1_000;
export const UNTIL = 2_000;

export interface AuthorityText {
  signer?: Signer;
  party?: string;
  roles?: readonly Role[];
  subjects?: readonly string[];
  mayDelegate?: number;
  from?: number;
  until?: number;
}

export interface TrustText {
  authorities?: readonly AuthorityText[];
  revoked?: readonly { kid: string; suspectFrom: number }[];
  logs?: string;
}

/** The JSON of a trust file whose one authority is ROOT, may delegate 3, and has every role of the tests. */
export function trustText({ authorities = [{}], revoked = [], logs = '' }: TrustText = {}): string {
  const value = {
    format: 1,
    name: 'tests',
    sequence: 7,
    issued: formatInstant(FROM),
    nextUpdate: formatInstant(UNTIL),
    authorities: authorities.map(
      ({
        signer = ROOT,
        party = ROOT_PARTY,
        roles,
        subjects,
        mayDelegate = 3,
        from = FROM,
        until = UNTIL,
      }) => ({
        party,
        key: toBase64url(signer.coseKey),
        roles: roles ?? ['carrier', 'inspector', 'producer', 'seller'],
        ...(subjects === undefined ? {} : { subjects }),
        mayDelegate,
        from: formatInstant(from),
        until: formatInstant(until),
      }),
    ),
    logs,
    tsas: [],
    revoked: revoked.map(({ kid, suspectFrom }) => ({ kid, suspectFrom: formatInstant(suspectFrom) })),
  };
  return `${JSON.stringify(value, null, 2)}\n`;
}

export function trust(text: TrustText = {}): TrustFile {
  return readTrustFile(trustText(text));
}

/** A credential by `issuer` for `holder`: SELLER_PARTY as seller over the whole time of ROOT, unless said otherwise. */
export async function credential(
  issuer: Signer,
  holder: Signer,
  content: Partial<CredentialToSign> = {},
): Promise<Credential> {
  const bytes = await signCredential(issuer, {
    party: SELLER_PARTY,
    key: holder.kid,
    roles: ['seller'],
    from: FROM,
    until: UNTIL,
    ...content,
  });
  const read = readCredential(bytes);
  if (!read.ok) throw new Error(read.diagnostics.map(({ code }) => code).join());
  return read.credential;
}
