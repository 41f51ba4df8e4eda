import { ELEMENT_MEMBERS, type ElementMember } from './element.js';
import { EvidenceSet } from './evidence-set.js';
import { encodePassport, readPassportFile } from './file.js';

/**
 * The one file, or (`irregular`) the index of the first file that breaks a rule of the container by itself, so that the
 * union would hide it.
 */
export type UnitedVolumes =
  | { readonly ok: true; readonly bytes: Uint8Array }
  | { readonly ok: false; readonly irregular: number };

/**
 * The union of volumes as one file, however long, to be verified as one. Unlike a merge it leaves nothing out: what
 * fails in a volume fails in the union.
 *
 * @throws GoodOrderError `merge.item` for volumes about two items
 */
export function uniteVolumes(files: readonly Uint8Array[]): UnitedVolumes {
  const limit = files.reduce((sum, { length }) => sum + length, 0);
  const evidence = new EvidenceSet(null, { limit });
  for (const [index, bytes] of files.entries()) {
    const read = readPassportFile(bytes, { limit });
    if (!read.ok || read.file.diagnostics.kept.length > 0) return { ok: false, irregular: index };
    evidence.add(bytes);
  }
  const members: Partial<Record<ElementMember, Uint8Array[]>> = {};
  const { item } = evidence.gather((member, bytes) => {
    const list = members[member];
    if (list === undefined) members[member] = [bytes];
    else list.push(bytes);
    return false;
  });
  for (const member of ELEMENT_MEMBERS) members[member] ??= [];
  return { ok: true, bytes: encodePassport({ item, members }, { limit: 2 * limit }) };
}
