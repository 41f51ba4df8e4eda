import { toHex } from '../../src/codec/hex.js';
import { sha256 } from '../../src/crypto/hash.js';
import { buildLog } from '../../src/log/build-log.js';
import { type AssessedPassport, assessPassport } from '../../src/passport/assess.js';
import type { ElementMember } from '../../src/passport/element.js';
import { encodePassport } from '../../src/passport/file.js';
import { parsePassport } from '../../src/passport/passport.js';
import { CONTAINER, Hand, ITEM, type Signed } from './hand.js';

export type Members = Partial<Record<ElementMember, readonly Uint8Array[]>>;

/** Records with their openings and the keys of those who signed them. */
export function membersOf(records: readonly Signed[], hands: readonly Hand[]): Members {
  return {
    1: records.map(({ record }) => record),
    2: hands.map(({ key }) => key),
    4: records.flatMap(({ openings }) => openings),
  };
}

export function fileOf(members: Members, item = ITEM): Uint8Array {
  return encodePassport({ item, members });
}

export async function assess(file: Uint8Array): Promise<AssessedPassport> {
  const parsed = parsePassport(file);
  if (!parsed.ok) throw new Error(parsed.fault.code);
  return assessPassport(parsed.passport);
}

/** Codes of everything found about the file and its elements, each as often as found. */
export function codesOf(assessed: AssessedPassport): string[] {
  const own = assessed.passport.records.flatMap(({ diagnostics }) => diagnostics.map(({ code }) => code));
  return [...assessed.diagnostics.kept.map(({ code }) => code), ...own].sort();
}

export interface FullWorld {
  readonly members: Members;
  readonly file: Uint8Array;
}

/** A small passport in which every member is used: photo, container, credential, log receipt, token, attachment. */
export async function fullWorld(): Promise<FullWorld> {
  const authority = new Hand('authority', 'https://id.gs1.org/417/6901234000016');
  const seller = new Hand('seller', 'https://id.gs1.org/417/6901234000023');
  const carrier = new Hand('carrier', 'https://id.gs1.org/417/6901234000030');
  const photo = Uint8Array.from({ length: 40 }, (_, index) => index);
  const token = Uint8Array.of(0x30, 0x03, 0x02, 0x01, 0x05);
  const media = await seller.photograph(ITEM, photo);
  const log = buildLog({ name: 'log.test/one', seed: sha256(Uint8Array.of(1)) }, [media.id]);
  const note = log.checkpoint([{ name: 'witness', seed: sha256(Uint8Array.of(2)), time: 1_760_000_100 }]);
  const receipt = log.receipt(media.id, note, { tokens: [toHex(sha256(token))] });
  const pack = await carrier.pack(CONTAINER, [ITEM], { seen: [media.id] });
  const credential = await authority.credentialFor(seller);
  const members: Members = {
    ...membersOf([media, pack], [seller, carrier, authority]),
    3: [credential],
    5: [note],
    6: [token],
    7: [receipt],
    8: [photo],
  };
  return { members, file: fileOf(members) };
}
