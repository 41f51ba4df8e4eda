import { describe, expect, test } from 'vitest';
import type { CaseFacts, CaseRecord } from '../../src/facts/case-facts.js';
import type { Custody } from '../../src/facts/custody.js';
import type { ConditionFact, CounterSignature, Fact, HandedOverFact } from '../../src/facts/fact.js';
import { batteryIncidents, signedOffs } from '../../src/facts/later-facts.js';
import { ITEM } from './case-builder.js';
import { countFact, provenance, recordedFact } from './fact-builder.js';

type View = Pick<CaseFacts, 'of' | 'records'>;

function view(facts: readonly Fact[], records: readonly Partial<CaseRecord>[] = []): View {
  return {
    of: ((predicate: string) => facts.filter((fact) => fact.predicate === predicate)) as View['of'],
    records: new Map(records.map((record) => [record.id!, record as CaseRecord])),
  };
}

function answer(record: string, over: Partial<CounterSignature> = {}): CounterSignature {
  return {
    record,
    by: 'R',
    stance: 'agree',
    remark: 'none',
    scope: [],
    trusted: true,
    integrity: 'ok',
    ...over,
  };
}
function passage(
  by: string,
  counterSigned: readonly CounterSignature[],
  over: Partial<HandedOverFact> = {},
  name = 'd',
): HandedOverFact {
  return {
    id: `${name}#0`,
    sub: ITEM,
    time: { from: 100, to: 100 },
    offsetMin: 480,
    prov: provenance(name, by, {
      type: 'delivery',
      roles: ['carrier'],
      counterSigned,
      notTested: [{ aspect: 'wear' }],
      partiesPresent: ['R'],
      secured: { oneShot: true, itemSeen: true, parcelSeen: true, pinnedBy: 'log' },
    }),
    predicate: 'handed-over',
    via: 'delivery',
    from: 'C',
    to: 'R',
    fromCapacity: null,
    toCapacity: 'principal',
    mode: null,
    remark: 'none',
    scope: [],
    ...over,
  };
}
const record = (id: string, upper: number, told: number | null = upper): Partial<CaseRecord> => ({
  id,
  upper,
  lower: 90,
  selfBound: true,
  roles: ['buyer'],
  time: told === null ? null : { from: told, to: told },
});
const bad = (name: string, value: ConditionFact['value'] = 'bad'): ConditionFact =>
  countFact(name, null, { value, aspect: 'fracture' });

describe('what the consignee signed off', () => {
  test('in its own record is that record’s word, with its answers beside it', () => {
    const own = passage('R', [answer('c1')], { remark: 'exception' });
    expect(signedOffs(view([own, bad('d'), bad('c1')]), [])).toEqual([
      {
        predicate: 'signed-off',
        sub: ITEM,
        consignee: 'R',
        remark: 'exception',
        passage: 'd',
        badSeen: ['c1#0', 'd#0'],
        id: 'd#0',
        time: { from: 100, to: 100 },
        offsetMin: 480,
        prov: { ...own.prov, records: ['d', 'c1'] },
      },
    ]);
  });
  test('by answering another’s record is its own word, of the answer', () => {
    const given = passage('C', [answer('c1', { trusted: false, integrity: 'adverse-only' })]);
    const facts = [given, bad('d'), bad('c1'), bad('x'), bad('c1', 'good')];
    expect(signedOffs(view(facts, [record('c1', 120, 110)]), [])).toEqual([
      {
        predicate: 'signed-off',
        sub: ITEM,
        consignee: 'R',
        remark: 'none',
        passage: 'd',
        badSeen: ['c1#0', 'd#0'],
        id: 'c1',
        time: { from: 110, to: 110 },
        offsetMin: 480,
        prov: provenance('c1', 'R', {
          records: ['c1', 'd'],
          type: 'countersign',
          trusted: false,
          selfBound: true,
          roles: ['buyer'],
          madeAt: { lower: 90, upper: 120 },
          end: 110,
          integrity: 'adverse-only',
        }),
      },
    ]);
  });
  test('an answer that tells of no time stands at the time of the passage', () => {
    const [found] = signedOffs(view([passage('C', [answer('c1')])], [record('c1', 120, null)]), []);
    expect([found!.time, found!.prov.end]).toEqual([{ from: 100, to: 100 }, 100]);
  });
  test('is nothing where it neither signed nor answered, refused to sign, or somebody else answered', () => {
    const off = (...answers: CounterSignature[]): number =>
      signedOffs(view([passage('C', answers)], [record('c1', 120)]), []).length;
    expect(off()).toBe(0);
    expect(off(answer('c1', { stance: 'refuse' }))).toBe(0);
    expect(off(answer('c1', { by: 'X' }))).toBe(0);
    expect(off(answer('c1', { stance: 'reserve' }))).toBe(1);
  });
});

describe('the remark', () => {
  const remark = (by: string, own: string, ...answers: CounterSignature[]): string =>
    signedOffs(
      view(
        [passage(by, answers, { remark: own })],
        answers.map(({ record: id }) => record(id, 120)),
      ),
      [],
    )[0]!.remark;
  test('is an objection wherever one stands, and a refusal before an exception', () => {
    expect(remark('C', 'exception', answer('c1'))).toBe('exception');
    expect(remark('C', 'none', answer('c1', { remark: 'exception' }))).toBe('exception');
    expect(remark('R', 'none', answer('c1', { remark: 'refused' }))).toBe('refused');
    expect(remark('C', 'exception', answer('c1', { remark: 'refused' }))).toBe('refused');
    expect(remark('C', 'refused', answer('c1', { remark: 'exception' }))).toBe('refused');
    expect(remark('C', 'none', answer('c1'), answer('c2', { remark: 'refused' }))).toBe('refused');
  });
  test('of a reservation is an exception, whatever else it says', () => {
    expect(remark('C', 'none', answer('c1', { stance: 'reserve' }))).toBe('exception');
    expect(remark('C', 'none', answer('c1', { stance: 'reserve', remark: 'said-to-contain' }))).toBe(
      'exception',
    );
    expect(remark('C', 'none', answer('c1', { stance: 'reserve', remark: 'refused' }))).toBe('refused');
  });
  test('else is the consignee’s own: of its record, or of its answer', () => {
    expect(remark('R', 'said-to-contain', answer('c1', { remark: 'unchecked' }))).toBe('said-to-contain');
    expect(remark('C', 'said-to-contain', answer('c1', { remark: 'unchecked' }))).toBe('unchecked');
    expect(remark('C', 'said-to-contain', answer('c1', { remark: null }))).toBe('none');
  });
});

describe('of several answers the earliest binds', () => {
  const first = (...records: Partial<CaseRecord>[]): string => {
    const answers = ['c1', 'c2', 'c3'].map((name) => answer(name));
    return signedOffs(view([passage('C', answers)], records), [])[0]!.id;
  };
  test('by proof', () => {
    expect(first(record('c1', 130), record('c2', 120), record('c3', 140))).toBe('c2');
  });
  test('of one proven time by what they tell', () => {
    expect(first(record('c1', 130, 9), record('c2', 130, 8), record('c3', 130, 7))).toBe('c3');
    expect(first(record('c1', 130, null), record('c2', 130, 8), record('c3', 130, 9))).toBe('c2');
  });
});

test('a handover is signed off where it ends a last leg; a return never is; and all come by id', () => {
  const answers = [answer('c')];
  const facts = [
    passage('R', answers, { via: 'handover' }, 'z'),
    passage('R', answers, { via: 'handover' }, 'mid'),
    passage('R', answers, { via: 'return' }, 'back'),
    passage('R', answers, {}, 'a'),
  ];
  const custody = {
    boundaries: [
      { id: 'b0', passage: null },
      { id: 'b1', passage: 0 },
      { id: 'b2', passage: 1 },
    ],
    journeys: [{ end: 'b2' }, { end: null }],
    passages: [{ records: ['mid'] }, { records: ['z', 'back'] }],
  } as unknown as Custody;
  expect(signedOffs(view(facts), [custody]).map(({ id }) => id)).toEqual(['a#0', 'z#0']);
  expect(signedOffs(view(facts), []).map(({ id }) => id)).toEqual(['a#0']);
});

describe('a device that ended for want of power or memory', () => {
  const custody = {
    sub: ITEM,
    intervals: [
      { holder: 'S', leg: null, time: { from: null, to: 10 } },
      { holder: 'A', leg: 'leg-1', time: { from: 10, to: 20 } },
      { holder: 'B', leg: 'leg-2', time: { from: 20, to: null } },
    ],
  } as unknown as Custody;
  const told = (endReason: string, to: number, attachedTo = ITEM): unknown =>
    batteryIncidents(view([recordedFact('log', [0, to], { endReason, attachedTo }, { by: 'Z' })]), [
      custody,
    ]).map(({ by, code, id, prov, time }) => [by, code, id, prov.signer, time]);
  test('in a leg is an incident of its holder, told by the device', () => {
    expect(told('battery', 15)).toEqual([['A', 'battery', 'log#0', 'Z', { from: 15, to: 15 }]]);
    expect(told('memory', 25)).toEqual([['B', 'memory', 'log#0', 'Z', { from: 25, to: 25 }]]);
  });
  test('in the very second of a passage it was before it', () => {
    expect(told('battery', 20)).toEqual([['A', 'battery', 'log#0', 'Z', { from: 20, to: 20 }]]);
  });
  test('outside every leg, for another reason, or somewhere else, it is none', () => {
    expect([
      told('battery', 5),
      told('battery', 10),
      told('stopped', 15),
      told('battery', 15, 'truck'),
    ]).toEqual([[], [], [], []]);
  });
  test('in a leg that has no beginning, and of nobody', () => {
    const first = {
      sub: ITEM,
      intervals: [
        { holder: 'A', leg: 'leg-1', time: { from: null, to: 20 } },
        { holder: null, leg: 'leg-1', time: { from: null, to: 20 } },
      ],
    } as unknown as Custody;
    const fact = recordedFact('log', [0, 15], { endReason: 'battery' });
    expect(batteryIncidents(view([fact]), [first]).map(({ by }) => by)).toEqual(['A']);
  });
});
