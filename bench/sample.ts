import { randomBytes } from 'node:crypto';
import { toBase64url } from '../src/codec/base64url.js';
import { formatInstant } from '../src/codec/instant.js';
import { signCredential } from '../src/credential/credential.js';
import { readTrustFile, type TrustFile } from '../src/credential/trust-file.js';
import { ed25519Signer, type Signer } from '../src/crypto/signer.js';
import { MEMBER } from '../src/passport/element.js';
import { encodePassport } from '../src/passport/file.js';
import type { SignedRecord } from '../src/record/record.js';
import { signRecord } from '../src/record/sign-record.js';

export const ITEM = 'https://id.gs1.org/01/09521234543213/21/BENCH';
const FROM = 1_790_000_000;
const GLNS = ['9521234000013', '9521234000020', '9521234000037', '9521234000044', '9521234000006'];

export interface Sample {
  readonly passport: Uint8Array;
  readonly records: readonly SignedRecord[];
  readonly signers: readonly Signer[];
  readonly trust: TrustFile;
  readonly at: number;
}

/** `count` statements of about 300 bytes of payload about one item, by five signers in turn, each pinning the one before. */
export async function sample(count: number): Promise<Sample> {
  const authority = ed25519Signer(randomBytes(32));
  const signers = GLNS.map(() => ed25519Signer(randomBytes(32)));
  const credentials = await Promise.all(
    signers.map((signer, index) =>
      signCredential(authority, {
        party: `https://id.gs1.org/417/${GLNS[index]}`,
        key: signer.kid,
        roles: ['carrier', 'inspector', 'seller'],
        from: FROM,
        until: FROM + 31_536_000,
      }),
    ),
  );
  const records: SignedRecord[] = [];
  const heads = new Map<string, { seq: number; prev: string }>();
  for (let index = 0; index < count; index += 1) {
    const signer = signers[index % signers.length] as Signer;
    const head = heads.get(signer.kid);
    const before = records.at(-1);
    const made = await signRecord({
      signer,
      iss: `https://id.gs1.org/417/${GLNS[index % GLNS.length]}`,
      sub: ITEM,
      type: 'statement',
      iat: FROM + 60 * index,
      payload: {
        occurredAt: { utcS: FROM + 60 * index, offsetMin: 480 },
        about: { item: ITEM },
        text: `scan ${index}: carton on belt ${index % 40}, all four sides without dents, label readable, tape unbroken; operator note ${randomBytes(16).toString('hex')}`,
      },
      seen: before === undefined || before.kid === signer.kid ? [] : [before.id],
      state: {
        seq: head === undefined ? 0 : head.seq + 1,
        prev: head?.prev ?? null,
        lane: head?.prev ?? null,
      },
      salt: () => randomBytes(16),
    });
    heads.set(signer.kid, { seq: made.signed.link.seq, prev: made.statementHash });
    records.push(made.signed);
  }
  const trust = readTrustFile(
    JSON.stringify({
      format: 1,
      name: 'bench',
      sequence: 1,
      issued: formatInstant(FROM),
      nextUpdate: formatInstant(FROM + 31_536_000),
      authorities: [
        {
          party: 'https://id.gs1.org/417/9521234000051',
          key: toBase64url(authority.coseKey),
          roles: ['carrier', 'inspector', 'seller'],
          mayDelegate: 1,
          from: formatInstant(FROM),
          until: formatInstant(FROM + 31_536_000),
        },
      ],
      logs: '',
      tsas: [],
      revoked: [],
    }),
    'bench.trust.json',
  );
  const passport = encodePassport({
    item: ITEM,
    members: {
      [MEMBER.records]: records.map((record) => record.bytes),
      [MEMBER.keys]: [...signers, authority].map((signer) => signer.coseKey),
      [MEMBER.credentials]: credentials,
    },
  });
  return { passport, records, signers, trust, at: FROM + 15_000_000 };
}
