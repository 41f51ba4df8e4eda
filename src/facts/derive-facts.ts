import type { VerifiedPassport } from '../verify/verified-passport.js';
import type { CaseFacts, CaseRecord, FactRemark, FactScope } from './case-facts.js';
import { statedTime } from './condition-facts.js';
import { answeredBy, counterSignatures } from './counter-signatures.js';
import { type Custody, custodyOf } from './custody.js';
import { addFacts } from './event-facts.js';
import type { Fact, FactOf, Predicate, TimeSpan } from './fact.js';
import { FactWriter, unitResolver } from './fact-writer.js';
import { textAt } from './fields.js';
import { batteryIncidents, signedOffs } from './later-facts.js';
import { witnessesOf } from './occasions.js';
import { addTo, byCodeUnit, sortedUnique } from './order.js';
import { statedOccasion } from './provenance.js';
import { contradictions, sensorOverlaps } from './remarks.js';
import { type SpeakingRecord, type SpeakingRecords, speakingRecords } from './speaking-records.js';

/**
 * Everything that the verified records say, each fact with whose word it is and what stands behind it: no law, no
 * grade. Pure: the same records and scope give the same value, in whatever order passports and records come.
 */
export function deriveFacts(
  passports: VerifiedPassport | readonly VerifiedPassport[],
  scope: FactScope,
): CaseFacts {
  const given = 'item' in passports ? [passports] : passports;
  const speaking = speakingRecords(given, scope);
  const caseRecords = caseRecordsOf(speaking);
  const answers = counterSignatures(speaking);
  const unitOf = unitResolver(scope.goods);
  const writers = [...speaking.records.values()].map((record): FactWriter => {
    const occasion = caseRecords.get(record.id)?.occasion ?? null;
    const context = { record, counterSigned: answers.get(record.id) ?? [], witnesses: [], occasion };
    const writer = new FactWriter(context, unitOf);
    addFacts(writer);
    return writer;
  });
  const first = caseFactsOf(
    writers.flatMap(({ facts }) => facts),
    caseRecords,
    [],
    scope,
    speaking,
  );
  const subs = scope.goods.length > 0 ? scope.goods.map(({ sub }) => sub) : given.map(({ item }) => item);
  const custodies = sortedUnique(subs).map((sub) => custodyOf(first, sub));
  const later = laterFacts(first, custodies, writers);
  const witnesses = witnessesOf(caseRecords, custodies);
  const facts = [...first.facts, ...later].map((fact) => withWitnesses(fact, witnesses));
  const remarks = [
    ...speaking.remarks,
    ...writers.flatMap((writer) => writer.remarks),
    ...contradictions(facts),
    ...sensorOverlaps(facts),
  ];
  return caseFactsOf(facts, caseRecords, remarks, scope, speaking);
}

/** Facts that take the custody to be understood, numbered on after the record's own. */
function laterFacts(
  facts: CaseFacts,
  custodies: readonly Custody[],
  writers: readonly FactWriter[],
): readonly Fact[] {
  const counts = new Map(writers.map(({ facts: own, record }) => [record.id, own.length]));
  const later: Fact[] = [];
  for (const told of [...signedOffs(facts, custodies), ...batteryIncidents(facts, custodies)]) {
    const record = told.prov.records[0]!;
    const number = counts.get(record) ?? 0;
    counts.set(record, number + 1);
    later.push({ ...told, id: `${record}#${number}` });
  }
  return later;
}

function withWitnesses(fact: Fact, witnesses: ReturnType<typeof witnessesOf>): Fact {
  const own = witnesses.get(fact.prov.records[0]!);
  return own === undefined ? fact : { ...fact, prov: { ...fact.prov, witnesses: own } };
}

function caseRecordsOf(speaking: SpeakingRecords): ReadonlyMap<string, CaseRecord> {
  const found = new Map<string, CaseRecord>();
  for (const record of speaking.records.values()) found.set(record.id, caseRecordOf(record, speaking));
  return found;
}

function caseRecordOf(record: SpeakingRecord, speaking: SpeakingRecords): CaseRecord {
  const { payload, upper } = record;
  const occasion = statedOccasion(record);
  const told = statedTime(record);
  const time: TimeSpan | null =
    told === null || told.from.utcS > upper
      ? null
      : { from: told.from.utcS, to: Math.min(told.to.utcS, upper) };
  return {
    id: record.id,
    type: record.type,
    iss: record.iss,
    sub: record.sub,
    trusted: record.trusted,
    selfBound: record.selfBound,
    roles: record.roles,
    lower: record.lower,
    upper,
    integrity: record.integrity,
    occasion: occasion === null ? null : speaking.canonical(occasion),
    answers: answeredBy(record, speaking),
    remark: textAt(payload, 'remark'),
    purpose: record.type === 'media' ? textAt(payload, 'purpose') : null,
    time,
  };
}

function caseFactsOf(
  facts: readonly Fact[],
  records: ReadonlyMap<string, CaseRecord>,
  remarks: readonly FactRemark[],
  scope: FactScope,
  speaking: SpeakingRecords,
): CaseFacts {
  const sorted = [...facts].sort((a, b) => byCodeUnit(a.id, b.id));
  const byPredicate = new Map<Predicate, Fact[]>();
  for (const fact of sorted) addTo(byPredicate, fact.predicate, fact);
  return {
    facts: sorted,
    byId: new Map(sorted.map((fact) => [fact.id, fact])),
    records,
    remarks: [...remarks].sort(
      (a, b) => byCodeUnit(a.code, b.code) || byCodeUnit(a.records.join(), b.records.join()),
    ),
    scope,
    of: <P extends Predicate>(predicate: P) =>
      (byPredicate.get(predicate) ?? []) as readonly Fact[] as readonly FactOf<P>[],
    precedes: speaking.precedes,
  };
}
