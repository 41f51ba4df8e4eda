import { signNext } from '../capture/signer-state.js';
import { GoodOrderError } from '../errors.js';
import { MEMBER } from '../passport/element.js';
import type { EvidenceInput } from '../passport/evidence-set.js';
import { type MergeResult, mergePassports } from '../passport/merge.js';
import { type NewRecord, signRecord } from '../record/sign-record.js';
import type { RecordTypeName } from '../record/types/index.js';
import type { Io } from './io.js';
import type { OpenKey, SigningHome } from './signing-home.js';

export interface SignRequest {
  readonly home: SigningHome;
  readonly key: OpenKey;
  readonly type: RecordTypeName;
  readonly sub: string;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly seen: readonly string[];
  readonly anchors?: readonly string[];
  readonly iat: number;
}

/**
 * Signs at the key's next position; the position is on disk before `release` is called with the signature, and what
 * `release` could not store stays in the key's outbox.
 */
export async function signWithKey(
  request: SignRequest,
  io: Io,
  release: (made: NewRecord) => Promise<void>,
): Promise<NewRecord> {
  const { home, key, type, sub, payload, seen, anchors = [], iat } = request;
  return signNext(
    key.state,
    sub,
    (position) =>
      signRecord({
        signer: key.signer,
        iss: home.issuer(key.kid),
        sub,
        type,
        payload,
        iat,
        seen,
        anchors,
        state: position,
        salt: () => io.random(16),
      }),
    async (made) => release(made as NewRecord),
  ) as Promise<NewRecord>;
}

/** What travels with a record: its openings, the key, and the credentials kept in the signing folder. */
export async function companions(
  home: SigningHome,
  key: OpenKey,
  made: NewRecord | null,
): Promise<EvidenceInput[]> {
  const openings = (made?.openings ?? []).map((bytes) => ({ member: MEMBER.openings, bytes }));
  return [{ member: MEMBER.keys, bytes: key.coseKey }, ...openings, ...(await home.credentials())];
}

/** Merges a new record into a passport (or begins one). */
export async function mergeInto(
  before: Uint8Array | null,
  made: NewRecord,
  rest: readonly EvidenceInput[],
): Promise<MergeResult> {
  const merged = await mergePassports(
    [...(before === null ? [] : [before]), made.record, ...rest],
    before === null ? { item: made.signed.sub } : {},
  );
  const lost = merged.leftOut.find(({ sha256 }) => sha256 === made.id);
  if (lost !== undefined) {
    throw new GoodOrderError(
      lost.code,
      'the new record would not hold in this passport; it was kept in the key’s outbox',
      { record: made.id },
    );
  }
  return merged;
}
