import type { CaseFacts } from './case-facts.js';
import { standsBehind } from './counter-signatures.js';
import type { Custody } from './custody.js';
import { enclosing } from './enclosing.js';
import type { CounterSignature, HandedOverFact, IncidentFact, SignedOffFact } from './fact.js';
import { addTo, byCodeUnit, sortedUnique } from './order.js';

type View = Pick<CaseFacts, 'of' | 'records'>;

/**
 * Deliveries, and handovers that end a last leg, that the consignee signed or counter-signed. The fact is the
 * consignee's own word: that of its answer where somebody else wrote the record.
 */
export function signedOffs(facts: View, custodies: readonly Custody[]): readonly SignedOffFact[] {
  const ending = new Set(custodies.flatMap(endingRecords));
  const told = facts
    .of('handed-over')
    .filter(({ prov, via }) => via === 'delivery' || (via === 'handover' && ending.has(prov.records[0]!)));
  const badSeen = badByRecord(facts);
  const found = told.flatMap((fact) => signedOff(facts, fact, badSeen));
  return found.sort((a, b) => byCodeUnit(a.id, b.id));
}

function endingRecords({ boundaries, journeys, passages }: Custody): readonly string[] {
  const ends = new Set(journeys.map(({ end }) => end));
  return boundaries.flatMap(({ id, passage }) =>
    passage !== null && ends.has(id) ? passages[passage]!.records : [],
  );
}

function badByRecord(facts: View): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const { id, prov, value } of facts.of('condition')) {
    if (value === 'bad') addTo(found, prov.records[0]!, id);
  }
  return found;
}

function signedOff(
  facts: View,
  fact: HandedOverFact,
  badSeen: ReadonlyMap<string, readonly string[]>,
): readonly SignedOffFact[] {
  const { prov, to: consignee } = fact;
  const passage = prov.records[0]!;
  const answers = prov.counterSigned.filter((answer) => answer.by === consignee && standsBehind(answer));
  // The earliest binds: whoever signed off cannot put it off by signing again.
  answers.sort((a, b) => provenBy(facts, a) - provenBy(facts, b) || toldAt(facts, a) - toldAt(facts, b));
  const own = prov.signer === consignee;
  const [answer] = answers;
  if (!own && answer === undefined) return [];
  const remarks = [fact.remark, ...answers.map(remarkOf)];
  const objection = ['refused', 'exception'].find((remark) => remarks.includes(remark));
  const base = {
    predicate: 'signed-off' as const,
    sub: fact.sub,
    consignee,
    remark: objection ?? (own ? fact.remark : remarkOf(answer!)),
    passage,
    badSeen: sortedUnique(
      [passage, ...answers.map(({ record }) => record)].flatMap((id) => badSeen.get(id) ?? []),
    ),
  };
  if (own) {
    const { id, offsetMin, time } = fact;
    return [
      {
        ...base,
        id,
        time,
        offsetMin,
        prov: { ...prov, records: [passage, ...answers.map((a) => a.record)] },
      },
    ];
  }
  return [{ ...base, ...answeredAs(facts, fact, answer!) }];
}

function provenBy({ records }: View, { record }: CounterSignature): number {
  return records.get(record)?.upper ?? Number.POSITIVE_INFINITY;
}

function toldAt({ records }: View, { record }: CounterSignature): number {
  return records.get(record)?.time?.to ?? Number.POSITIVE_INFINITY;
}

/** A reservation without a worded exception is an objection all the same. */
function remarkOf({ remark, stance }: CounterSignature): string {
  if (remark === 'refused' || remark === 'exception') return remark;
  return stance === 'reserve' ? 'exception' : (remark ?? 'none');
}

/** The consignee's answer as the record that speaks. */
function answeredAs(
  facts: View,
  fact: HandedOverFact,
  answer: CounterSignature,
): Pick<SignedOffFact, 'id' | 'time' | 'offsetMin' | 'prov'> {
  const record = facts.records.get(answer.record);
  const { prov } = fact;
  const time = record?.time ?? fact.time;
  return {
    id: answer.record,
    time,
    offsetMin: fact.offsetMin,
    prov: {
      ...prov,
      records: [answer.record, prov.records[0]!],
      type: 'countersign',
      signer: answer.by,
      trusted: answer.trusted,
      selfBound: record?.selfBound ?? false,
      roles: record?.roles ?? [],
      counterSigned: [],
      kind: 'own-record',
      madeAt: record === undefined ? prov.madeAt : { lower: record.lower, upper: record.upper },
      end: time.to ?? prov.end,
      secured: { oneShot: false, itemSeen: false, parcelSeen: false, pinnedBy: null },
      afterCut: false,
      integrity: answer.integrity,
      occasion: null,
      notTested: [],
      actsFor: null,
      requestedBy: null,
      partiesPresent: [],
      completeness: 'unstated',
    },
  };
}

/** A device that ended for want of power or memory in a leg: an incident of that leg's holder, told by the device. */
export function batteryIncidents(facts: View, custodies: readonly Custody[]): readonly IncidentFact[] {
  const ended = facts
    .of('recorded')
    .filter(({ endReason }) => endReason === 'battery' || endReason === 'memory');
  const items = custodies.map((custody) => ({ custody, enclosure: enclosing(facts, custody.sub) }));
  return ended.flatMap((fact) => {
    const ended = { from: fact.time.to, to: fact.time.to };
    const near = items.filter(({ enclosure }) => enclosure.concerns(fact.attachedTo, ended));
    const holders = sortedUnique(near.flatMap(({ custody }) => holdersAt(custody, fact.time.to ?? 0)));
    return holders.map((by): IncidentFact => {
      const { endReason, id, offsetMin, prov, sub, time } = fact;
      const at = { from: time.to, to: time.to };
      return { predicate: 'incident', id, sub, time: at, offsetMin, prov, code: endReason, by };
    });
  });
}

function holdersAt({ intervals }: Custody, instant: number): readonly string[] {
  return intervals.flatMap(({ holder, leg, time }) => {
    const begun = time.from === null || time.from < instant;
    const lasting = time.to === null || instant <= time.to;
    return leg !== null && holder !== null && begun && lasting ? [holder] : [];
  });
}
