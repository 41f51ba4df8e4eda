import { describe, expect, test } from 'vitest';
import type { CaseFacts } from '../../src/facts/case-facts.js';
import { deriveFacts } from '../../src/facts/derive-facts.js';
import type { Fact, Predicate } from '../../src/facts/fact.js';
import type { VerifiedRecord } from '../../src/verify/verified-passport.js';
import {
  agreement,
  at,
  BUYER,
  CARRIER_A,
  check,
  delivery,
  handover,
  hour,
  ITEM,
  idBytes,
  idOf,
  inspection,
  LAB,
  media,
  notice,
  observation,
  passport,
  type RecordDraft,
  SCOPE,
  SELLER,
  seal,
  sensor,
} from './case-builder.js';

// A newer revision of a type may leave out, or give another shape to, what this one asks for. Such a record says less:
// what cannot be read is not guessed, and the rest stands.

type Fields = Readonly<Record<string, unknown>>;

function facts(...records: RecordDraft[]): CaseFacts {
  return deriveFacts(passport(records), SCOPE);
}
/** The record with some of its payload replaced; undefined takes a field away. */
function but(draft: RecordDraft, payload: Fields, over: Partial<VerifiedRecord> = {}): RecordDraft {
  const changed = Object.entries({ ...draft.payload, ...payload }).filter(([, value]) => value !== undefined);
  return {
    ...draft,
    payload: Object.fromEntries(changed),
    over: { ...draft.over, ...over },
    malformed: true,
  };
}
function says(fact: Fact): Fields {
  const { id: _id, offsetMin: _offset, prov: _prov, sub: _sub, time: _time, ...rest } = fact;
  return rest as unknown as Fields;
}
const told = (draft: RecordDraft, predicate: Predicate): readonly Fields[] =>
  (facts(draft).of(predicate) as readonly Fact[]).map(says);

const H = { h: 5, by: SELLER };

describe('a notice', () => {
  const given = notice('n', { ...H, by: BUYER, against: 'd' });
  test('that says all it has to', () => {
    expect(told(but(given, { unit: 'lens', region: 'left', grounds: undefined }), 'notified')).toEqual([
      {
        predicate: 'notified',
        unit: 'lens',
        aspect: 'fracture',
        region: 'left',
        grounds: 'defective',
        to: SELLER,
        raisedAt: hour(5),
        discoveredAt: hour(4),
        written: true,
        namesDamage: true,
        against: idOf('d'),
      },
    ]);
  });
  test('that leaves out what can be left out: of the whole, not written, discovered when it was raised', () => {
    const less = but(given, { written: undefined, namesDamage: undefined, discoveredAt: undefined });
    expect(told(less, 'notified')).toEqual([
      {
        predicate: 'notified',
        unit: ITEM,
        aspect: 'fracture',
        region: 'whole',
        grounds: 'damaged',
        to: SELLER,
        raisedAt: hour(5),
        discoveredAt: hour(5),
        written: false,
        namesDamage: false,
        against: idOf('d'),
      },
    ]);
  });
  test('that does not say of what, to whom, when or against what, is none', () => {
    for (const key of ['aspect', 'to', 'raisedAt', 'against']) {
      expect(told(but(given, { [key]: undefined }), 'notified')).toEqual([]);
    }
    expect(told(but(given, { against: idBytes('d').slice(1) }), 'notified')).toEqual([]);
  });
});

describe('a passage', () => {
  const passed = (draft: RecordDraft, payload: Fields): readonly Fields[] =>
    told(but(draft, payload), 'handed-over');
  const hand = handover('p', { from: SELLER, to: CARRIER_A, h: 5 });
  const deliver = delivery('d', { from: CARRIER_A, to: BUYER, h: 5 });
  test('a handover that leaves out capacity and remark', () => {
    expect(
      passed(hand, { fromCapacity: undefined, toCapacity: undefined, remark: undefined, mode: 'sea' }),
    ).toEqual([
      {
        predicate: 'handed-over',
        via: 'handover',
        from: SELLER,
        to: CARRIER_A,
        fromCapacity: null,
        toCapacity: 'principal',
        mode: 'sea',
        remark: 'none',
        scope: [],
      },
    ]);
  });
  test('a delivery is to a principal and by no mode, whatever it says; it says how the goods were left', () => {
    const fields = { fromCapacity: 'carrier', toCapacity: 'carrier', mode: 'safe-place' };
    const left = { predicate: 'handed-over', via: 'delivery', from: CARRIER_A, to: BUYER };
    const plain = { fromCapacity: null, toCapacity: 'principal', mode: null, remark: 'none', scope: [] };
    expect(passed(deliver, fields)).toEqual([
      { ...left, ...plain, left: { mode: 'safe-place', consent: 'given' } },
    ]);
    expect(passed(deliver, { mode: 'safe-place', consent: undefined })).toEqual([
      { ...left, ...plain, left: { mode: 'safe-place', consent: 'not-asked' } },
    ]);
    expect(passed(deliver, {})).toEqual([{ ...left, ...plain }]);
    expect(passed(deliver, { mode: undefined })).toEqual([{ ...left, ...plain }]);
  });
  test('a handover is not left anywhere', () => {
    expect(passed(hand, { mode: 'safe-place' })[0]).not.toHaveProperty('left');
  });
  test('without a giver or a receiver it is none', () => {
    for (const key of ['from', 'to']) {
      expect([passed(hand, { [key]: undefined }), passed(deliver, { [key]: 7 })]).toEqual([[], []]);
    }
  });
  test('a seal is read at it where both its number and its state are told', () => {
    const read = (payload: Fields): readonly Fields[] => told(but(hand, payload), 'sealed');
    expect(read({ sealId: 'S1', sealState: 'intact' })).toEqual([
      { predicate: 'sealed', sealId: 'S1', action: 'read', state: 'intact' },
    ]);
    expect(read({ sealState: 'intact' })).toEqual([]);
    expect(read({ sealId: 'S1', sealState: undefined })).toEqual([]);
  });
});

describe('a return', () => {
  const stage = (payload: Fields): RecordDraft => ({
    name: 'r',
    type: 'return',
    by: SELLER,
    payload: { stage: 'picked-up', from: BUYER, to: CARRIER_A, occurredAt: at(5), ...payload },
    malformed: true,
  });
  const moved = (payload: Fields): readonly Fields[] => told(stage(payload), 'handed-over');
  test('that is picked up goes into carriage, and out of it when it is received', () => {
    const scope = [{ aspect: 'fracture' }];
    const base = { predicate: 'handed-over', via: 'return', from: BUYER, to: CARRIER_A };
    expect(moved({ capacity: 'operator', mode: 'rail', remark: 'exception', inspectedScope: scope })).toEqual(
      [
        {
          ...base,
          fromCapacity: 'principal',
          toCapacity: 'operator',
          mode: 'rail',
          remark: 'exception',
          scope,
        },
      ],
    );
    expect(moved({ stage: 'received' })).toEqual([
      { ...base, fromCapacity: 'carrier', toCapacity: 'principal', mode: null, remark: 'none', scope: [] },
    ]);
    expect(moved({})[0]).toMatchObject({ fromCapacity: 'principal', toCapacity: 'carrier' });
  });
  test('of another stage, or from or to nobody, moves nothing but is told of', () => {
    for (const payload of [{ stage: 'requested' }, { from: undefined }, { to: undefined }]) {
      const { payload: said } = stage(payload);
      const fields = Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined));
      expect(facts({ ...stage({}), payload: fields }).facts.map(says)).toEqual([
        { predicate: 'returned', args: fields },
      ]);
    }
  });
  test('without a stage says nothing', () => {
    expect(facts(but(stage({}), { stage: undefined })).facts).toEqual([]);
  });
});

test('a seal record without a number, or without a known action, says nothing', () => {
  const given = seal('s', { ...H, sealId: 'S1', action: 'applied', state: 'intact' });
  expect(told(given, 'sealed')).toHaveLength(1);
  for (const payload of [{ sealId: undefined }, { action: undefined }, { action: 'kissed' }]) {
    expect(told(but(given, payload), 'sealed')).toEqual([]);
  }
  expect(told(but(given, { state: undefined }), 'sealed')).toEqual([
    { predicate: 'sealed', sealId: 'S1', action: 'applied', state: null },
  ]);
});

test('an aggregation without a known action says nothing', () => {
  const given = {
    name: 'a',
    type: 'aggregation',
    by: SELLER,
    payload: { children: [ITEM], at: at(5) },
    malformed: true,
  };
  expect(facts(given).facts).toEqual([]);
  expect(facts(but(given, { action: 'melt' })).facts).toEqual([]);
  expect(facts(but(given, { action: 'pack' })).facts).toHaveLength(1);
});

describe('an incident', () => {
  const given = (payload: Fields): RecordDraft => ({
    name: 'i',
    type: 'incident',
    by: CARRIER_A,
    payload: { from: at(4), to: at(5), occurredAt: at(5), ...payload },
    malformed: true,
  });
  test('is of who reported it, else of who signed', () => {
    expect(told(given({ code: 'dropped', reportedBy: SELLER }), 'incident')).toEqual([
      { predicate: 'incident', code: 'dropped', by: SELLER },
    ]);
    expect(told(given({ code: 'dropped' }), 'incident')).toEqual([
      { predicate: 'incident', code: 'dropped', by: CARRIER_A },
    ]);
  });
  test('without a code is none; its finding of the cause stands', () => {
    const cause = { cause: 'packing', strength: 'sole' };
    expect(facts(given({ cause })).facts.map(says)).toEqual([{ predicate: 'cause', ...cause }]);
  });
});

describe('a finding of the cause', () => {
  const accredited = {
    roles: ['laboratory'],
    accreditation: { until: hour(9_000), number: 'n', body: 'b' } as VerifiedRecord['accreditation'],
  };
  const given = (payload: Fields): RecordDraft =>
    but(
      inspection('i', {
        by: LAB,
        h: 5,
        payload: { checks: [check('1', 'function', 'pass')], verdict: 'pass' },
      }),
      payload,
      accredited,
    );
  const cause = { cause: 'packing', strength: 'sole' };
  const kinds = (payload: Fields): readonly unknown[] =>
    facts(given(payload))
      .of('cause')
      .map(({ prov }) => [prov.kind, prov.notTested]);
  test('of an accredited laboratory is worth what its tests are, whatever else was not tested', () => {
    expect(kinds({ cause })).toEqual([['accredited-full', []]]);
    expect(kinds({ cause, notTested: [{ aspect: 'wear' }] })).toEqual([
      ['accredited-full', [{ aspect: 'wear' }]],
    ]);
  });
  test('of a sample that is not said to be this item is none of this item', () => {
    expect(kinds({ cause, scope: undefined })).toEqual([]);
  });
  test('without a cause or a strength is none', () => {
    expect([
      kinds({}),
      kinds({ cause: { cause: 'packing' } }),
      kinds({ cause: { strength: 'sole' } }),
    ]).toEqual([[], [], []]);
  });
});

describe('whether a test is a full one of an accredited laboratory', () => {
  const accreditation = { until: hour(9_000), number: 'n', body: 'b' } as VerifiedRecord['accreditation'];
  const kinds = (payload: Fields, over: Partial<VerifiedRecord> = {}): readonly string[] =>
    facts(
      but(
        inspection('i', {
          by: LAB,
          h: 5,
          payload: { checks: [check('1', 'fracture', 'pass', { region: 'left' })], verdict: 'pass' },
        }),
        payload,
        { roles: ['laboratory'], accreditation, ...over },
      ),
    )
      .of('condition')
      .map(({ prov }) => prov.kind);
  test('takes this item, the accreditation and the role', () => {
    expect(kinds({})).toEqual(['accredited-full']);
    expect(kinds({}, { roles: ['inspector'] })).toEqual(['accredited-full']);
    expect(kinds({}, { roles: ['seller'] })).toEqual(['own-record']);
    expect(kinds({}, { accreditation: null })).toEqual(['own-record']);
    expect(kinds({}, { accreditation: { ...accreditation!, until: hour(5) } })).toEqual(['accredited-full']);
    expect(kinds({}, { accreditation: { ...accreditation!, until: hour(5) - 1 } })).toEqual(['own-record']);
    expect(kinds({ scope: undefined })).toEqual([]);
  });
  test('takes that nothing of the aspect and region was left out', () => {
    const left = (...notTested: Fields[]): readonly string[] => kinds({ notTested });
    expect(left({ aspect: 'wear' })).toEqual(['accredited-full']);
    expect(left({ aspect: 'fracture' })).toEqual(['own-record']);
    expect(left({ aspect: 'fracture', region: 'left' })).toEqual(['own-record']);
    expect(left({ aspect: 'fracture', region: 'right' })).toEqual(['accredited-full']);
    expect(left({ aspect: 'fracture', region: 'whole' })).toEqual(['own-record']);
    expect(left({ region: 'left' })).toEqual(['accredited-full']);
  });
  test('an observation of another type of record never is one; an authentication may be', () => {
    const seen = { observations: [observation('identity', 'good')] };
    const film = media('m', { by: LAB, purpose: 'intake', h: 5, payload: seen });
    const over = { roles: ['laboratory'], accreditation };
    expect(
      facts({ ...film, over })
        .of('condition')
        .map(({ prov }) => prov.kind),
    ).toEqual(['own-record']);
  });
});

describe('a label', () => {
  const kind = (payload: Fields): readonly unknown[] =>
    facts(but(inspection('i', { by: LAB, h: 5 }), payload)).facts.map(({ predicate, prov }) => [
      predicate,
      prov.kind,
    ]);
  test('is a verdict without checks', () => {
    expect(kind({ verdict: 'pass' })).toEqual([['labelled', 'label']]);
    expect(kind({ verdict: 'none' })).toEqual([]);
    expect(kind({ verdict: undefined })).toEqual([]);
    expect(kind({ verdict: 'pass', checks: [check('1', 'wear', 'pass')] })).toEqual([
      ['condition', 'own-record'],
    ]);
  });
});

describe('what stands behind a record', () => {
  const prov = (draft: RecordDraft): Fact['prov'] => facts(draft).facts[0]!.prov;
  const packed = (payload: Fields): RecordDraft => but(media('m', { ...H, purpose: 'packing' }), payload);
  test('for whom it says it was made', () => {
    const actsFor = (value: unknown): unknown => prov(packed({ actsFor: value })).actsFor;
    expect(actsFor({ principal: BUYER, legs: 'all' })).toEqual({ principal: BUYER, legs: 'all' });
    expect(actsFor({ principal: BUYER, legs: ['leg-1', 7] })).toEqual({ principal: BUYER, legs: ['leg-1'] });
    expect(actsFor({ principal: BUYER })).toEqual({ principal: BUYER, legs: [] });
    expect([actsFor({ legs: 'all' }), actsFor('x'), actsFor(undefined)]).toEqual([null, null, null]);
  });
  test('what a film shows', () => {
    const secured = (what: string): unknown => prov(packed({ identified: [{ what }, 'odd', {}] })).secured;
    const none = { oneShot: true, itemSeen: false, parcelSeen: false, pinnedBy: null };
    expect(secured('serial')).toEqual({ ...none, itemSeen: true });
    expect(secured('parcel')).toEqual({ ...none, parcelSeen: true });
    expect(secured('waybill')).toEqual({ ...none, parcelSeen: true });
    expect(secured('face')).toEqual(none);
  });
  test('continuity is said of films only', () => {
    const given = but(delivery('d', { from: CARRIER_A, to: BUYER, h: 5 }), { continuity: 'one-shot' });
    expect(prov(given).secured.oneShot).toBe(false);
    expect(prov(but(given, { continuity: 'cut' })).afterCut).toBe(false);
  });
  test('who was there, who asked for it, and whether it is complete', () => {
    const draft = but(inspection('i', { by: LAB, h: 5 }), {
      verdict: 'pass',
      partiesPresent: [SELLER, 7, BUYER],
      requestedBy: BUYER,
      completeness: 'sample',
    });
    expect(prov(draft)).toMatchObject({
      partiesPresent: [SELLER, BUYER],
      requestedBy: BUYER,
      completeness: 'sample',
      witnesses: [],
    });
    expect(prov(but(draft, { completeness: 'total' })).completeness).toBe('unstated');
  });
  test('a platform that is nothing else keeps a log; what it authenticates is its own word', () => {
    const authentication: RecordDraft = {
      name: 'x',
      type: 'authentication',
      by: SELLER,
      over: { roles: ['platform'] },
      payload: { checkedAt: at(5), issuedAt: at(5), checks: [check('1', 'identity', 'pass')] },
      malformed: true,
    };
    expect(facts(authentication).facts.map(({ prov: of }) => of.kind)).not.toContain('platform-log');
    const log = (roles: string[]): string => prov({ ...packed({}), over: { roles } }).kind;
    expect([log(['platform']), log(['platform', 'seller']), log(['seller'])]).toEqual([
      'platform-log',
      'own-record',
      'own-record',
    ]);
  });
});

describe('a sensor batch', () => {
  const given = sensor('s', { by: CARRIER_A, h: 0, to: 10 });
  const recorded = (payload: Fields, over: Partial<RecordDraft> = {}): readonly Fields[] =>
    told({ ...but(given, payload), ...over }, 'recorded');
  test('without a device or a quantity says nothing', () => {
    expect([
      recorded({ device: undefined }),
      recorded({ quantity: undefined }),
      recorded({ device: 'x' }),
    ]).toEqual([[], [], []]);
  });
  test('that leaves out the rest: a nameless device at the subject, nobody knows how mounted or ended', () => {
    const less = Object.fromEntries(
      ['mount', 'location', 'attachedTo', 'clockOffsetMs', 'endReason', 'gaps', 'min', 'max'].map((key) => [
        key,
        undefined,
      ]),
    );
    expect(recorded({ ...less, device: {}, recording: undefined })).toEqual([
      {
        predicate: 'recorded',
        device: '',
        quantity: 'acceleration',
        attachedTo: ITEM,
        mount: 'unknown',
        location: null,
        gaps: [],
        clockOffsetMs: 0,
        endReason: 'unknown',
        max: null,
        min: null,
        triggeredAboveMilliG: null,
      },
    ]);
  });
  test('says why it ended only if it ended before it was proven', () => {
    expect(recorded({}, { upper: 10 })[0]!['endReason']).toBe('stopped');
    expect(recorded({}, { upper: 9 })[0]!['endReason']).toBe('unknown');
  });
  test('triggers above what it states; a trigger that states nothing could be any', () => {
    const trigger = (recording: unknown): unknown => recorded({ recording })[0]!['triggeredAboveMilliG'];
    expect(trigger({ mode: 'triggered', thresholdMilliG: 9 })).toBe(9);
    expect(trigger({ mode: 'triggered' })).toBe(Number.MAX_SAFE_INTEGER);
    expect(trigger({ mode: 'continuous', thresholdMilliG: 9 })).toBeNull();
  });
  test('gives its gaps in order, without those that are none', () => {
    const gap = (from: number, to: number): Fields => ({ from: at(from), to: at(to) });
    expect(
      recorded({ gaps: [gap(5, 6), gap(1, 3), gap(4, 3), { from: at(1) }, gap(1, 2)] })[0]!['gaps'],
    ).toEqual([
      { from: hour(1), to: hour(2) },
      { from: hour(1), to: hour(3) },
      { from: hour(5), to: hour(6) },
    ]);
  });
  test('gives its readings if all of them can be read, in order', () => {
    const samples = (list: unknown): unknown => recorded({ samples: list })[0]!['samples'];
    expect(
      samples([
        [0, 1],
        [0, 2],
        [5, 1, 2],
      ]),
    ).toEqual([
      [0, 1],
      [0, 2],
      [5, 1, 2],
    ]);
    for (const odd of [
      [],
      [[0, 1], 'x'],
      [[0]],
      [
        [5, 1],
        [4, 1],
      ],
      [[0, 0.5]],
      [[-1, 1]],
      [[0, 1], []],
    ]) {
      expect(samples(odd)).toBeUndefined();
    }
    expect(recorded({ kineticMean: 5 })[0]!['kineticMean']).toBe(5);
  });
  test('tells of blows that have a peak and a duration', () => {
    const pulses = (list: readonly Fields[]): readonly Fields[] =>
      told(but(given, { pulses: list }), 'excursion');
    const pulse = { at: at(5), axis: 'z', peakMilliG: 90, durationUs: 10, deltaVUmPerS: 7 };
    const fact = {
      predicate: 'excursion',
      batch: `${idOf('s')}#0`,
      quantity: 'acceleration',
      axis: 'z',
      peak: 90,
      durationUs: 10,
      deltaVUmPerS: 7,
      min: null,
      max: null,
      mount: 'package',
    };
    expect(pulses([pulse])).toEqual([fact]);
    const { axis: _axis, ...unresolved } = pulse;
    expect(pulses([unresolved])).toEqual([{ ...fact, axis: 'any' }]);
    for (const key of ['peakMilliG', 'durationUs', 'at']) {
      expect(pulses([Object.fromEntries(Object.entries(pulse).filter(([name]) => name !== key))])).toEqual(
        [],
      );
    }
  });
  test('tells of stretches that have both ends and a figure', () => {
    const warm = but(given, { quantity: 'temperature', unit: 'milliC' });
    const told1 = (stretch: Fields): readonly Fields[] =>
      told(but(warm, { excursions: [stretch] }), 'excursion');
    const fact = {
      predicate: 'excursion',
      batch: `${idOf('s')}#0`,
      quantity: 'temperature',
      axis: 'any',
      durationUs: 3_600_000_000,
      deltaVUmPerS: null,
      mount: 'package',
    };
    expect(told1({ from: at(1), to: at(2), min: 3, max: 9 })).toEqual([{ ...fact, peak: 9, min: 3, max: 9 }]);
    expect(told1({ from: at(1), to: at(2), min: 3 })).toEqual([{ ...fact, peak: 3, min: 3, max: null }]);
    expect([
      told1({ from: at(1), to: at(2) }),
      told1({ from: at(1), max: 9 }),
      told1({ from: at(2), to: at(1), max: 9 }),
    ]).toEqual([[], [], []]);
  });
  test('and what stands out in it has its calibration', () => {
    const calibration = { from: hour(-1000), to: hour(7000) };
    const shocked = but(given, { pulses: [{ at: at(5), axis: 'z', peakMilliG: 90, durationUs: 10 }] });
    const warm = but(given, {
      quantity: 'temperature',
      excursions: [{ from: at(1), to: at(2), max: 9 }],
    });
    for (const draft of [shocked, warm]) {
      expect(facts(draft).facts.map(({ prov }) => prov.calibration)).toEqual([calibration, calibration]);
    }
    const half = (payload: Fields): unknown => facts(but(given, payload)).facts[0]!.prov.calibration;
    expect(half({ calibratedAt: undefined })).toEqual({ from: null, to: hour(7000) });
    expect(half({ calibrationDueAt: undefined })).toEqual({ from: hour(-1000), to: null });
    expect(half({ calibratedAt: undefined, calibrationDueAt: undefined })).toBeNull();
  });
});

describe('an agreement', () => {
  const given = agreement('g', { by: SELLER, parties: [SELLER, BUYER], h: 0 });
  const said = (payload: Fields, by = SELLER): readonly Fields[] =>
    facts({ ...but(given, payload), by }).facts.map(says);
  const base = { parties: [BUYER, SELLER].sort(), assentedBy: [SELLER], joint: false, hidden: false };
  test('who, when and its wording are no terms', () => {
    const no = { undertakings: [], mandate: {}, text: 'words', x: { a: 1 } };
    expect(said({ ...no, kind: undefined })).toEqual([]);
    expect(said({ ...no, kind: 'sale' })).toEqual([
      { predicate: 'agreed', term: 'kind', value: 'sale', ...base },
    ]);
  });
  test('who is no party to it assents to nothing', () => {
    expect(said({ kind: 'sale' }, CARRIER_A)).toEqual([
      { predicate: 'agreed', term: 'kind', value: 'sale', ...base, assentedBy: [] },
    ]);
  });
  test('an undertaking is of who signed, and says what', () => {
    const undertaken = (one: Fields): readonly Fields[] => said({ kind: undefined, undertakings: [one] });
    expect(undertaken({ by: SELLER, what: 'insure' })).toEqual([
      { predicate: 'undertaken', by: SELLER, what: 'insure', assentedBy: [SELLER] },
    ]);
    expect([
      undertaken({ what: 'insure' }),
      undertaken({ by: SELLER }),
      undertaken({ by: BUYER, what: 'insure' }),
    ]).toEqual([[], [], []]);
  });
  test('a mandate takes the principal’s pen, and another’s hand', () => {
    const mandate = (value: unknown): readonly Fields[] => said({ kind: undefined, mandate: value });
    expect(mandate({ agent: BUYER, principal: SELLER })).toEqual([
      { predicate: 'acts-for', agent: BUYER, principal: SELLER, legs: 'all' },
    ]);
    expect([
      mandate({ principal: SELLER }),
      mandate({ agent: BUYER }),
      mandate({ agent: SELLER, principal: SELLER }),
      mandate({ agent: SELLER, principal: BUYER }),
      mandate('x'),
    ]).toEqual([[], [], [], [], []]);
  });
});
