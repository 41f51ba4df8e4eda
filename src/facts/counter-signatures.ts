import type { CaseRecord } from './case-facts.js';
import type { CounterSignature } from './fact.js';
import { recordIdAt, textAt, textsAt, wordAt } from './fields.js';
import { addTo, byCodeUnit, inOrder } from './order.js';
import { scopesAt } from './provenance.js';
import type { SpeakingRecord, SpeakingRecords } from './speaking-records.js';

/** The parties whose answer binds: the field in which a record of the type names the other side. */
function otherSide({ iss, payload, type }: SpeakingRecord): readonly string[] {
  switch (type) {
    case 'handover':
    case 'delivery': {
      const other = textAt(payload, 'to') === iss ? textAt(payload, 'from') : textAt(payload, 'to');
      return other === null ? [] : [other];
    }
    case 'agreement':
      return textsAt(payload, 'parties').filter((party) => party !== iss);
    case 'inspection': {
      const requestedBy = textAt(payload, 'requestedBy');
      return [...(requestedBy === null ? [] : [requestedBy]), ...textsAt(payload, 'partiesPresent')];
    }
    default:
      return [];
  }
}

/** Record id that a countersign answers, twins resolved; null for any other record. */
export function answeredBy(record: SpeakingRecord, speaking: SpeakingRecords): string | null {
  if (record.type !== 'countersign') return null;
  const of = recordIdAt(record.payload, 'of');
  return of === null ? null : speaking.canonical(of);
}

/** Answers of the other side, by the id of the record they answer, each list sorted by id. */
export function counterSignatures(
  speaking: SpeakingRecords,
  cases: ReadonlyMap<string, Pick<CaseRecord, 'answers'>>,
): ReadonlyMap<string, readonly CounterSignature[]> {
  const found = new Map<string, CounterSignature[]>();
  for (const record of speaking.records.values()) {
    const of = cases.get(record.id)?.answers ?? null;
    if (of === null || !record.rolePermitted) continue;
    const answered = speaking.records.get(of);
    const stance = wordAt(record.payload, 'stance', ['agree', 'reserve', 'refuse'] as const);
    if (answered === undefined || stance === null) continue;
    if (record.sub !== answered.sub || record.iss === answered.iss) continue;
    if (!otherSide(answered).includes(record.iss)) continue;
    addTo(found, answered.id, {
      record: record.id,
      by: record.iss,
      stance,
      remark: textAt(record.payload, 'remark'),
      scope: scopesAt(record.payload, 'inspectedScope'),
      trusted: record.trusted,
      integrity: record.integrity,
    });
  }
  for (const list of found.values()) inOrder(list, (a, b) => byCodeUnit(a.record, b.record));
  return found;
}

/** A refusal answers a record without standing behind it. */
export function standsBehind({ stance }: CounterSignature): boolean {
  return stance !== 'refuse';
}

/** Who answers that it refused the goods does not say that it got them, whatever it agrees to. */
export function tookPart(answer: CounterSignature): boolean {
  return standsBehind(answer) && answer.remark !== 'refused';
}
