import { addAgreementFacts } from './agreement-facts.js';
import { addConditions, isLotSample } from './condition-facts.js';
import type { HandedOverFact } from './fact.js';
import type { FactWriter } from './fact-writer.js';
import { flagAt, instantAt, listAt, mapAt, recordIdAt, textAt, wordAt } from './fields.js';
import { conditionKind, isLabel, scopesAt } from './provenance.js';
import { addSensorFacts } from './sensor-facts.js';

/** Everything one record says that needs no other record to be understood. */
export function addFacts(writer: FactWriter): void {
  addConditions(writer);
  const { record } = writer;
  switch (record.type) {
    case 'inspection':
      addInspection(writer);
      return;
    case 'media':
      addMedia(writer);
      return;
    case 'sensor-batch':
      addSensorFacts(writer);
      return;
    case 'seal':
      addSeal(writer);
      return;
    case 'handover':
    case 'delivery':
      addPassage(writer, record.type);
      return;
    case 'return':
      addReturn(writer);
      return;
    case 'notice':
      addNotice(writer);
      return;
    case 'agreement':
      addAgreementFacts(writer);
      return;
    case 'incident':
      addIncident(writer);
      return;
    case 'aggregation':
      addAggregation(writer);
      return;
    default:
      addPlain(writer);
  }
}

const PLAIN = {
  payment: 'paid',
  usage: 'used',
  repair: 'repaired',
  disclosure: 'disclosed',
  commission: 'commissioned',
  statement: 'stated',
} as const;

function addPlain(writer: FactWriter): void {
  const predicate = Object.hasOwn(PLAIN, writer.record.type)
    ? PLAIN[writer.record.type as keyof typeof PLAIN]
    : undefined;
  if (predicate === undefined) return;
  writer.add(writer.told, {
    predicate,
    args: writer.payload,
  });
}

function addInspection(writer: FactWriter): void {
  const { payload, record } = writer;
  const at = writer.told;
  if (isLotSample(record)) {
    writer.add(at, { predicate: 'sampled', args: payload });
    return;
  }
  if (isLabel(record)) {
    writer.add(at, {
      predicate: 'labelled',
      verdict: textAt(payload, 'verdict') ?? 'none',
    });
  }
  addCause(writer);
}

function addCause(writer: FactWriter): void {
  const finding = mapAt(writer.payload, 'cause');
  const cause = finding === null ? null : textAt(finding, 'cause');
  const strength = finding === null ? null : textAt(finding, 'strength');
  if (cause === null || strength === null) return;
  const told = writer.told;
  // An expert's finding of the cause is worth what its tests are; it names no aspect of its own.
  const kind = told === null ? undefined : conditionKind(writer.record, NO_ASPECT, told);
  writer.add(
    told,
    { predicate: 'cause', cause, strength },
    kind === undefined ? {} : { kind, notTested: writer.notTested },
  );
}

const NO_ASPECT = { aspect: '', region: 'whole' };

function addIncident(writer: FactWriter): void {
  const code = textAt(writer.payload, 'code');
  const by = textAt(writer.payload, 'reportedBy') ?? writer.record.iss;
  if (code !== null)
    writer.add(writer.told, {
      predicate: 'incident',
      code,
      by,
    });
  addCause(writer);
}

/** One uncut recording of packing or opening shows that its maker had the goods. */
function addMedia(writer: FactWriter): void {
  const { payload, record } = writer;
  const at = writer.told;
  const purpose = wordAt(payload, 'purpose', ['packing', 'unboxing', 'intake'] as const);
  if (purpose !== null && textAt(payload, 'continuity') === 'one-shot') {
    writer.add(at, {
      predicate: 'holds',
      party: record.iss,
      purpose,
    });
  }
  const sealId = textAt(payload, 'sealId');
  if (sealId !== null) {
    // The picture shows which seal it is. Whether it is intact takes an observation or a seal record.
    const action = purpose === 'packing' ? 'applied' : 'read';
    writer.add(at, {
      predicate: 'sealed',
      sealId,
      action,
      state: null,
    });
  }
}

function addSeal(writer: FactWriter): void {
  const { payload } = writer;
  const sealId = textAt(payload, 'sealId');
  const action = wordAt(payload, 'action', ['applied', 'read', 'broken'] as const);
  if (sealId === null || action === null) return;
  const state = textAt(payload, 'state');
  writer.add(writer.told, {
    predicate: 'sealed',
    sealId,
    action,
    state,
  });
}

/** How a delivery was left that was not put into the recipient's hands. */
function leftAs(payload: FactWriter['payload'], via: 'handover' | 'delivery'): Pick<HandedOverFact, 'left'> {
  const mode = via === 'delivery' ? textAt(payload, 'mode') : null;
  if (mode === null || mode === 'in-person') return {};
  return { left: { mode, consent: textAt(payload, 'consent') ?? 'not-asked' } };
}

function addPassage(writer: FactWriter, via: 'handover' | 'delivery'): void {
  const { payload } = writer;
  const from = textAt(payload, 'from');
  const to = textAt(payload, 'to');
  const at = writer.told;
  if (from !== null && to !== null) {
    writer.add(at, {
      predicate: 'handed-over',
      via,
      from,
      to,
      fromCapacity: via === 'handover' ? textAt(payload, 'fromCapacity') : null,
      toCapacity: via === 'handover' ? (textAt(payload, 'toCapacity') ?? 'principal') : 'principal',
      mode: via === 'handover' ? textAt(payload, 'mode') : null,
      remark: textAt(payload, 'remark') ?? 'none',
      scope: scopesAt(payload, 'inspectedScope'),
      ...leftAs(payload, via),
    });
  }
  const sealId = textAt(payload, 'sealId');
  const state = textAt(payload, 'sealState');
  if (sealId !== null && state !== null) {
    writer.add(at, {
      predicate: 'sealed',
      sealId,
      action: 'read',
      state,
    });
  }
}

/** Of a return's stages only picked-up and received move the goods. */
function addReturn(writer: FactWriter): void {
  const { payload } = writer;
  const stage = textAt(payload, 'stage');
  const from = textAt(payload, 'from');
  const to = textAt(payload, 'to');
  const at = writer.told;
  if (stage === null) return;
  if (from !== null && to !== null && (stage === 'picked-up' || stage === 'received')) {
    const carrier = textAt(payload, 'capacity') ?? 'carrier';
    writer.add(at, {
      predicate: 'handed-over',
      via: 'return',
      from,
      to,
      fromCapacity: stage === 'picked-up' ? 'principal' : carrier,
      toCapacity: stage === 'picked-up' ? carrier : 'principal',
      mode: textAt(payload, 'mode'),
      remark: textAt(payload, 'remark') ?? 'none',
      scope: scopesAt(payload, 'inspectedScope'),
    });
  }
  writer.add(at, {
    predicate: 'returned',
    args: payload,
  });
}

function addNotice(writer: FactWriter): void {
  const { payload } = writer;
  const aspect = textAt(payload, 'aspect');
  const to = textAt(payload, 'to');
  const raisedAt = instantAt(payload, 'raisedAt');
  const against = recordIdAt(payload, 'against');
  if (aspect === null || to === null || raisedAt === null || against === null) return;
  writer.add(writer.told, {
    predicate: 'notified',
    unit: writer.unit(textAt(payload, 'unit')),
    aspect,
    region: textAt(payload, 'region') ?? 'whole',
    grounds: textAt(payload, 'grounds') ?? 'defective',
    to,
    raisedAt: raisedAt.utcS,
    discoveredAt: instantAt(payload, 'discoveredAt')?.utcS ?? raisedAt.utcS,
    written: flagAt(payload, 'written') ?? false,
    namesDamage: flagAt(payload, 'namesDamage') ?? false,
    against,
  });
}

/** A child whose place is not opened is unknown, never absent. */
function addAggregation(writer: FactWriter): void {
  const { payload, record } = writer;
  const action = wordAt(payload, 'action', ['pack', 'unpack'] as const);
  if (action === null) return;
  for (const child of listAt(payload, 'children')) {
    if (typeof child !== 'string') continue;
    writer.add(writer.told, {
      predicate: 'aggregated',
      parent: record.sub,
      child,
      action,
    });
  }
}
