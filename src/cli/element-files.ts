import { MEDIA_TYPE_BYTES, mediaTypeOf } from '../capture/media-type.js';
import { sha256Hex } from '../crypto/hash.js';
import { ELEMENT_MEMBERS, type ElementMember, MEMBER } from '../passport/element.js';
import type { PassportFile } from '../passport/file.js';
import { readOpening } from '../record/private-fields.js';
import { readRecord } from '../record/read-record.js';
import { RECORD_TYPES } from '../record/types/index.js';

/** One element of a passport, and the name it gets as a file of its own. */
export interface ElementFile {
  readonly member: ElementMember;
  readonly bytes: Uint8Array;
  readonly sha256: string;
  /** Below the folder, with forward slashes. Nothing in it comes from the passport's texts. */
  readonly name: string;
  /** Of an opening: the record whose private value it opens. */
  readonly of: string | null;
}

const FOLDERS: Readonly<Record<ElementMember, string>> = {
  [MEMBER.records]: 'records',
  [MEMBER.keys]: 'keys',
  [MEMBER.credentials]: 'credentials',
  [MEMBER.openings]: 'openings',
  [MEMBER.notes]: 'notes',
  [MEMBER.tokens]: 'tokens',
  [MEMBER.receipts]: 'receipts',
  [MEMBER.attachments]: 'attachments',
};

const ENDINGS: Readonly<Record<Exclude<ElementMember, 8>, string>> = {
  [MEMBER.records]: 'record',
  [MEMBER.keys]: 'key',
  [MEMBER.credentials]: 'credential',
  [MEMBER.openings]: 'opening',
  [MEMBER.notes]: 'note',
  [MEMBER.tokens]: 'tst',
  [MEMBER.receipts]: 'receipt',
};

/** By what the first bytes show; what they do not show is `bin`. */
const MEDIA_ENDINGS: Readonly<Record<string, string>> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/gif': 'gif',
  'image/webp': 'webp',
  'image/tiff': 'tiff',
  'image/heic': 'heic',
  'image/avif': 'avif',
  'application/pdf': 'pdf',
  'application/zip': 'zip',
  'video/mp4': 'mp4',
  'video/quicktime': 'mov',
  'video/webm': 'webm',
};

/** Digits of a hash in a name. */
const SHOWN = 16;

/** Every element as a file, by member and then as they stand in the passport. No two bear one name. */
export function elementFiles(file: PassportFile): ElementFile[] {
  const taken = new Set<string>();
  return ELEMENT_MEMBERS.flatMap((member) =>
    file.members[member].map(({ bytes }) => {
      const sha256 = sha256Hex(bytes);
      const short = nameOf(member, bytes, sha256.slice(0, SHOWN));
      // Whoever makes two hashes begin alike gets the whole of one.
      const name = taken.has(short) ? nameOf(member, bytes, sha256) : short;
      taken.add(name);
      return { member, bytes, sha256, name, of: member === MEMBER.openings ? openedRecord(bytes) : null };
    }),
  );
}

function nameOf(member: ElementMember, bytes: Uint8Array, hash: string): string {
  const folder = FOLDERS[member];
  if (member === MEMBER.attachments) {
    const ending = MEDIA_ENDINGS[mediaTypeOf(bytes.subarray(0, MEDIA_TYPE_BYTES))] ?? 'bin';
    return `${folder}/${hash}.${ending}`;
  }
  return `${folder}/${member === MEMBER.records ? `${typeOf(bytes)}-` : ''}${hash}.${ENDINGS[member]}`;
}

/** A type that this version knows; a name that a stranger made up does not become a file name. */
function typeOf(bytes: Uint8Array): string {
  const read = readRecord(bytes);
  return read.ok && RECORD_TYPES.has(read.record.type as never) ? read.record.type : 'unknown';
}

function openedRecord(bytes: Uint8Array): string | null {
  const read = readOpening(bytes);
  return read.ok ? read.opening.record : null;
}
