import type { VerifiedPassport } from '../verify/verified-passport.js';
import type { CaseFacts, CaseRecord, FactScope } from './case-facts.js';
import { statedTime } from './condition-facts.js';
import { answeredBy, counterSignatures } from './counter-signatures.js';
import { type Custody, custodyOf } from './custody.js';
import { addFacts } from './event-facts.js';
import type { Fact, FactOf, Predicate, TimeSpan, Witness } from './fact.js';
import { FactWriter, unitResolver } from './fact-writer.js';
import { type StatedSpan, textAt } from './fields.js';
import { batteryIncidents, signedOffs } from './later-facts.js';
import { witnessesOf } from './occasions.js';
import { opposedWords } from './opposed-words.js';
import { addTo, byCodeUnit, inOrder, sortedUnique } from './order.js';
import { statedOccasion } from './provenance.js';
import { contradictions, lotSamples, sensorOverlaps } from './remarks.js';
import { type SpeakingRecord, type SpeakingRecords, speakingRecords } from './speaking-records.js';
import { staysOf } from './stays.js';

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
  const records = new Map<string, CaseRecord>();
  const tolds: (StatedSpan | null)[] = [];
  for (const record of speaking.records.values()) {
    const told = statedTime(record);
    tolds.push(told);
    records.set(record.id, caseRecordOf(record, told, speaking));
  }
  const answers = counterSignatures(speaking, records);
  const unitOf = unitResolver(scope.goods);
  const writers: FactWriter[] = [];
  const stated: Fact[] = [];
  const remarks = [...speaking.remarks];
  for (const record of speaking.records.values()) {
    const told = tolds[writers.length]!;
    const { occasion } = records.get(record.id)!;
    const context = { record, told, counterSigned: answers.get(record.id) ?? [], occasion };
    const writer = new FactWriter(context, unitOf);
    addFacts(writer);
    writers.push(writer);
    for (const fact of writer.facts) stated.push(fact);
    for (const remark of writer.remarks) remarks.push(remark);
  }
  const own = inOrder(stated, byId);
  const first = { of: byPredicate(own), records, scope };
  const subs = scope.goods.length > 0 ? scope.goods.map(({ sub }) => sub) : given.map(({ item }) => item);
  const custodies = new Map(sortedUnique(subs).map((sub) => [sub, custodyOf(first, sub)] as const));
  const later = laterFacts(first, [...custodies.values()], writers);
  const facts = later.length === 0 ? own : inOrder([...own, ...later], byId);
  addWitnesses(facts, witnessesOf(records, [...custodies.values()]));
  for (const remark of contradictions(facts)) remarks.push(remark);
  for (const remark of sensorOverlaps(facts)) remarks.push(remark);
  for (const remark of opposedWords(facts)) remarks.push(remark);
  for (const remark of lotSamples(first, sortedUnique(subs))) remarks.push(remark);
  for (const remark of staysOf(first).remarks) remarks.push(remark);
  const factsById = new Map<string, Fact>();
  for (const fact of facts) factsById.set(fact.id, fact);
  return {
    facts,
    byId: factsById,
    records,
    remarks: remarks.sort(
      (a, b) => byCodeUnit(a.code, b.code) || byCodeUnit(a.records.join(), b.records.join()),
    ),
    scope,
    custodies,
    of: later.length === 0 ? first.of : byPredicate(facts),
    precedes: speaking.precedes,
  };
}

function byId(a: Fact, b: Fact): number {
  return byCodeUnit(a.id, b.id);
}

function byPredicate(facts: readonly Fact[]): CaseFacts['of'] {
  const found = new Map<Predicate, Fact[]>();
  for (const fact of facts) addTo(found, fact.predicate, fact);
  return <P extends Predicate>(predicate: P) =>
    (found.get(predicate) ?? NONE) as readonly Fact[] as readonly FactOf<P>[];
}

const NONE: readonly never[] = [];

/** Facts that take the custody to be understood, numbered on after the record's own. */
function laterFacts(
  facts: Pick<CaseFacts, 'of' | 'records'>,
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

/** The one thing of a fact that takes the custody to be understood; nobody has seen the facts yet. */
function addWitnesses(facts: readonly Fact[], witnesses: ReadonlyMap<string, readonly Witness[]>): void {
  for (const { prov } of facts) {
    const own = witnesses.get(prov.records[0]!);
    const open: { witnesses: readonly Witness[] } = prov;
    if (own !== undefined) open.witnesses = own;
  }
}

function caseRecordOf(
  record: SpeakingRecord,
  told: StatedSpan | null,
  speaking: SpeakingRecords,
): CaseRecord {
  const { payload, upper } = record;
  const occasion = statedOccasion(record);
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
