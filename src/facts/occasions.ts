import type { CaseRecord } from './case-facts.js';
import type { Custody } from './custody.js';
import type { Witness } from './fact.js';
import { addTo, byCodeUnit } from './order.js';

/**
 * The records of each occasion: those of a passage, the answers to them, and those whose `occasion.of` names one of
 * them. A list is shared by all its members. Records of no occasion are left out.
 */
export function witnessesOf(
  records: ReadonlyMap<string, CaseRecord>,
  custodies: readonly Custody[],
): ReadonlyMap<string, readonly Witness[]> {
  const passageOf = new Map<string, string>();
  for (const custody of custodies) {
    for (const passage of custody.passages) {
      const key = passage.records.map((id) => passageOf.get(id)).find((known) => known !== undefined);
      for (const id of passage.records) passageOf.set(id, key ?? `${custody.sub} ${passage.index}`);
    }
  }
  const keyOf = (id: string): string => passageOf.get(id) ?? id;
  const named = new Set<string>();
  for (const { occasion } of records.values()) if (occasion !== null) named.add(keyOf(occasion));
  for (const id of passageOf.keys()) named.add(keyOf(id));

  const members = new Map<string, Witness[]>();
  const memberships: (readonly [record: string, key: string])[] = [];
  for (const record of records.values()) {
    const itself = passageOf.has(record.id) || named.has(record.id);
    const target = itself ? record.id : (record.answers ?? record.occasion);
    if (target === null || !named.has(keyOf(target))) continue;
    const passage = itself || record.answers !== null;
    addTo(members, keyOf(target), witness(record, passage));
    memberships.push([record.id, keyOf(target)]);
  }
  for (const list of members.values()) list.sort((a, b) => byCodeUnit(a.record, b.record));
  return new Map(memberships.map(([record, key]) => [record, members.get(key) ?? []]));
}

function witness({ id, integrity, iss, remark, trusted, type }: CaseRecord, passage: boolean): Witness {
  return { record: id, type, by: iss, trusted, passage, remark, integrity };
}
