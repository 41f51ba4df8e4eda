import type { ConditionFact } from './fact.js';
import type { FactWriter } from './fact-writer.js';
import {
  atInstant,
  type Fields,
  instantAt,
  integerAt,
  listAt,
  mapAt,
  mapsAt,
  type StatedSpan,
  spanOf,
  textAt,
  textsAt,
  wordAt,
} from './fields.js';
import { conditionKind, scopesAt } from './provenance.js';
import { returnedIdentity } from './returned-identity.js';
import type { SpeakingRecord } from './speaking-records.js';

const FACES = ['front', 'back', 'left', 'right', 'top', 'bottom'] as const;

/** When what the record tells of happened: each type has its own field for it. */
export function statedTime({ payload, type }: SpeakingRecord): StatedSpan | null {
  switch (type) {
    case 'media':
    case 'sensor-batch':
      return spanOf(payload);
    case 'inspection':
    case 'authentication':
      return atInstant(instantAt(payload, 'checkedAt'));
    case 'notice':
      return atInstant(instantAt(payload, 'raisedAt'));
    case 'agreement':
      return atInstant(instantAt(payload, 'agreedAt'));
    case 'aggregation':
      return atInstant(instantAt(payload, 'at'));
    default:
      return spanOf(payload) ?? atInstant(instantAt(payload, 'occurredAt'));
  }
}

/** A lot-sample says nothing of this item. */
export function isLotSample({ payload, type }: SpeakingRecord): boolean {
  return type === 'inspection' && textAt(payload, 'scope') !== 'this-item';
}

/** All conditions that a record speaks of: observations, checks, clean remarks, identity, authenticity. */
export function addConditions(writer: FactWriter): void {
  const { record, payload, told: at } = writer;
  if (isLotSample(record)) return;
  for (const observation of mapsAt(payload, 'observations')) {
    const value = wordAt(observation, 'condition', ['good', 'bad'] as const);
    const seen = value === null ? null : conditionOf(writer, observation, value);
    if (seen !== null && isInView(record, seen)) add(writer, at, seen);
  }
  switch (record.type) {
    case 'inspection':
      addChecks(writer, at);
      return;
    case 'handover':
    case 'delivery':
    case 'countersign':
      addCleanRemark(writer, at);
      return;
    case 'return':
      addCleanRemark(writer, at);
      addIdentity(writer, at);
      return;
    case 'authentication':
      addAuthenticity(writer, at);
  }
}

type ToldCondition = Pick<ConditionFact, 'unit' | 'aspect' | 'region' | 'value' | 'damageKind' | 'extent'>;

function add(writer: FactWriter, at: StatedSpan | null, told: ToldCondition): void {
  if (at === null) return;
  const { aspect, damageKind, extent, region, unit, value } = told;
  writer.add(
    at,
    {
      predicate: 'condition',
      unit,
      aspect,
      region,
      value,
      damageKind,
      extent,
    },
    { kind: conditionKind(writer.record, told, at), notTested: writer.notTested },
  );
}

function conditionOf(writer: FactWriter, stated: Fields, value: 'good' | 'bad'): ToldCondition | null {
  const aspect = textAt(stated, 'aspect');
  if (aspect === null) return null;
  const extent = mapAt(stated, 'extent');
  const count = extent === null ? null : integerAt(extent, 'count');
  const of = extent === null ? null : integerAt(extent, 'of');
  return {
    unit: writer.unit(textAt(stated, 'unit')),
    aspect,
    region: textAt(stated, 'region') ?? 'whole',
    value,
    damageKind: textAt(stated, 'kind'),
    extent: count === null || of === null ? null : { count, of },
  };
}

/** Does a camera's coverage hold the region? Any other record is believed to have looked where it says. */
function isInView({ payload, type }: SpeakingRecord, { region, value }: ToldCondition): boolean {
  if (type !== 'media') return true;
  const coverage = textsAt(payload, 'coverage');
  const whole = coverage.includes('whole') || FACES.every((face) => coverage.includes(face));
  if (region === 'whole') {
    // One view is enough to see that something is bad; to see that all is good takes all views.
    const some = [...FACES, 'interior', 'close-up'].some((view) => coverage.includes(view));
    return whole || (value === 'bad' && some);
  }
  if (coverage.includes(region)) return true;
  return coverage.includes('whole') && FACES.some((face) => face === region);
}

function addChecks(writer: FactWriter, at: StatedSpan | null): void {
  for (const check of mapsAt(writer.payload, 'checks')) {
    const result = textAt(check, 'result');
    if (result !== 'pass' && result !== 'fail') continue;
    const told = conditionOf(writer, check, result === 'pass' ? 'good' : 'bad');
    if (told !== null) add(writer, at, { ...told, damageKind: null, extent: null });
  }
}

/** Clean speaks for what was inspected, and for nothing else. */
function addCleanRemark(writer: FactWriter, at: StatedSpan | null): void {
  if (textAt(writer.payload, 'remark') !== 'clean') return;
  for (const { aspect, region } of scopesAt(writer.payload, 'inspectedScope')) {
    add(writer, at, {
      unit: writer.unit(null),
      aspect,
      region: region ?? 'whole',
      value: 'good',
      damageKind: null,
      extent: null,
    });
  }
}

function addVerdict(writer: FactWriter, at: StatedSpan | null, aspect: string, good: boolean | null): void {
  if (good === null) return;
  add(writer, at, {
    unit: writer.unit(null),
    aspect,
    region: 'whole',
    value: good ? 'good' : 'bad',
    damageKind: null,
    extent: null,
  });
}

function addIdentity(writer: FactWriter, at: StatedSpan | null): void {
  const identity = returnedIdentity(writer.payload, writer.record.sub);
  if (identity === 'same' || identity === 'other') addVerdict(writer, at, 'identity', identity === 'same');
}

/** A verdict that no feature binds to this item is about some item. */
function addAuthenticity(writer: FactWriter, at: StatedSpan | null): void {
  if (listAt(writer.payload, 'features').length === 0) return;
  const verdict = textAt(writer.payload, 'verdict');
  addVerdict(
    writer,
    at,
    'authenticity',
    verdict === 'genuine' ? true : verdict === 'not-genuine' ? false : null,
  );
}
