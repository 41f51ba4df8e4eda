import { resolve } from 'node:path';
import { toNfc } from '../capture/nfc.js';
import { type SealedRecord, signNext } from '../capture/signer-state.js';
import { GoodOrderError } from '../errors.js';
import { MEMBER } from '../passport/element.js';
import type { EvidenceInput } from '../passport/evidence-set.js';
import { type MergeResult, mergePassports } from '../passport/merge.js';
import { parsePassport } from '../passport/passport.js';
import { SignatureCache } from '../passport/signatures.js';
import { readRecord } from '../record/read-record.js';
import { type NewRecord, signRecord } from '../record/sign-record.js';
import type { RecordTypeName } from '../record/types/index.js';
import { whileLocked } from './file-lock.js';
import type { Io } from './io.js';
import { readInput } from './read-input.js';
import type { OpenKey, SigningHome } from './signing-home.js';
import { assertWritable, writeOutput } from './write-output.js';

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

/** Where a signed record goes: into a passport, into a file of its own, or both. */
export interface Destination {
  readonly into?: string;
  readonly output?: string;
  /** Puts it by in the signing folder, before it goes anywhere else. */
  readonly keep?: (made: NewRecord) => Promise<void>;
}

export interface SignedTo {
  readonly made: NewRecord;
  /** Numbers of the key's own records about the subject that the passport lacks: readers see a gap. */
  readonly missing: readonly number[];
  /** Records that were signed before, never left, and went along now. */
  readonly released: number;
  /** Records that were signed before and still wait in the outbox. */
  readonly waiting: number;
}

/**
 * Signs at the key's next position and stores the record. Everything that can be refused is refused before the position
 * is taken; the position is on disk before the signature leaves; and what then cannot be stored stays in the outbox.
 */
export async function signTo(request: SignRequest, to: Destination, io: Io): Promise<SignedTo> {
  const { key, sub } = request;
  if (to.output !== undefined) {
    await assertWritable(to.output, io);
    // Its openings stand beside it, and one of another record there must show now.
    await assertWritable(`${to.output}.1.opening`, io);
  }
  if (to.into !== undefined) await assertWritable(to.into, io, { overwrite: true });
  const cache = new SignatureCache();
  const pending = await key.state.unreleased();
  const along = to.into === undefined ? [] : pending.filter((sealed) => subjectOf(sealed) === sub);
  const addTo = async (before: Uint8Array | null, made: NewRecord): Promise<MergeResult> =>
    mergeInto(before, made, [...(await companions(request, made)), ...along.flatMap(elementsOf)], cache);
  let missing: readonly number[] = [];
  const made = await signNext(
    key.state,
    sub,
    async (position): Promise<NewRecord> => {
      const signed = await signRecord({
        ...request,
        payload: toNfc(request.payload),
        signer: key.signer,
        iss: request.home.issuer(key.kid),
        state: position,
        salt: () => io.random(16),
      });
      // A record that this passport would not hold is not signed at all.
      if (to.into !== undefined) await addTo(await passportIfThere(to.into, io), signed);
      return signed;
    },
    async (signed) => {
      try {
        await to.keep?.(signed);
        if (to.output !== undefined) await writeLoose(to.output, signed, io);
        if (to.into === undefined) return;
        const { into } = to;
        await whileLocked(resolve(io.cwd, into), async () => {
          const merged = await addTo(await passportIfThere(into, io), signed);
          await writeOutput(into, merged.bytes, io, { overwrite: true });
          missing = missingNumbers(merged.bytes, key.kid, sub, signed.signed.link.seq);
        });
      } catch (error) {
        throw keptBack(error);
      }
    },
  );
  for (const { id } of along) await key.state.released(id);
  return { made, missing, released: along.length, waiting: pending.length - along.length };
}

/** The passport as it is now; null where the file is still to be made. */
export async function passportIfThere(name: string, io: Io): Promise<Uint8Array | null> {
  try {
    return (await readInput(name, io)).bytes;
  } catch (error) {
    const missing =
      error instanceof GoodOrderError && (error.cause as { code?: string } | undefined)?.code === 'ENOENT';
    if (missing) return null;
    throw error;
  }
}

/** Writes a record and, beside it, the openings of its private values, which are for fewer eyes. */
export async function writeLoose(name: string, { record, openings }: SealedRecord, io: Io): Promise<void> {
  for (const [index, opening] of openings.entries()) {
    await writeOutput(`${name}.${index + 1}.opening`, opening, io, { mode: 0o600 });
  }
  await writeOutput(name, record, io);
}

export function elementsOf({ record, openings }: SealedRecord): EvidenceInput[] {
  return [record, ...openings.map((bytes) => ({ member: MEMBER.openings, bytes }))];
}

/** What a record that was signed here and not stored yet is about; null for one that cannot be read. */
export function subjectOf({ record }: SealedRecord): string | null {
  const read = readRecord(record);
  return read.ok ? read.record.sub : null;
}

/** What travels with a record: its openings, the keys, credentials and manifests kept in the signing folder. */
async function companions({ home, sub }: SignRequest, made: NewRecord): Promise<EvidenceInput[]> {
  return [...elementsOf(made).slice(1), ...(await home.travelling(sub))];
}

async function mergeInto(
  before: Uint8Array | null,
  made: NewRecord,
  rest: readonly EvidenceInput[],
  cache: SignatureCache,
): Promise<MergeResult> {
  const merged = await mergePassports([...(before === null ? [] : [before]), made.record, ...rest], {
    ...(before === null ? { item: made.signed.sub } : {}),
    cache,
  });
  const lost = merged.leftOut.find(({ sha256 }) => sha256 === made.id);
  if (lost === undefined) return merged;
  throw new GoodOrderError(
    lost.code,
    lost.code === 'passport.foreign-subject'
      ? `the draft is about \`${made.signed.sub}\`, and nothing in the passport of \`${merged.item}\` leads there; nothing was signed`
      : 'the record would not hold in this passport; nothing was signed',
  );
}

function missingNumbers(bytes: Uint8Array, kid: string, sub: string, newest: number): number[] {
  const parsed = parsePassport(bytes);
  if (!parsed.ok) return [];
  const present = new Set(
    parsed.passport.records.flatMap(({ head }) =>
      head.kid === kid && head.sub === sub && head.link !== null ? [head.link.seq] : [],
    ),
  );
  return Array.from({ length: newest }, (_, seq) => seq).filter((seq) => !present.has(seq));
}

/** The position is taken: signing again would only add a second record. */
function keptBack(error: unknown): unknown {
  if (!(error instanceof GoodOrderError)) return error;
  return new GoodOrderError(
    error.code,
    `${error.message}; the record is signed and waits in the key’s outbox: do not sign it again, \`goodorder key release\` writes it out`,
    error.place,
    error,
  );
}
