import { describe, expect, test } from 'vitest';
import type { EvaluatedNote } from '../../src/log/note-time.js';
import { EvidenceGraph, type GraphRecord } from '../../src/passport/graph.js';
import { checkClaimedTimes, type ProvenTimes, proveTimes } from '../../src/verify/checks/proven-time.js';

const AT = 1_000;

function record(
  id: string,
  { statement = id, ...link }: { statement?: string; seen?: string[]; anchors?: string[] } = {},
  iat = 100,
): GraphRecord {
  return {
    id,
    statementHash: `${statement}-statement`,
    kid: 'k',
    iss: 'i',
    sub: 's',
    iat,
    type: 'statement',
    verified: true,
    link: { version: 1, seq: 0, prev: null, seen: [], lane: null, anchors: [], ...link },
    references: [],
    named: [],
  };
}

function note(
  hash: string,
  time: { lower: number; upper: number } | null,
  status: EvaluatedNote['status'] = 'ok',
): EvaluatedNote {
  return {
    hash,
    status,
    note: null,
    textHash: null,
    statement: null,
    origin: 'log',
    logKeys: [],
    witnesses: [],
    time,
    diagnostics: [],
  };
}

const notesOf = (...notes: EvaluatedNote[]): Map<string, EvaluatedNote> =>
  new Map(notes.map((one) => [one.hash, one]));

/** Notes by name: [lower, upper] of what they prove. */
function prove(
  records: readonly GraphRecord[],
  notes: Readonly<Record<string, readonly [number, number]>>,
  inclusions: readonly (readonly [string, string])[],
): { graph: EvidenceGraph; times: ProvenTimes } {
  const graph = new EvidenceGraph(records);
  const evaluated = Object.entries(notes).map(([hash, [lower, upper]]) => note(hash, { lower, upper }));
  const times = proveTimes({
    graph,
    at: AT,
    notes: notesOf(...evaluated),
    inclusions: inclusions.map(([id, note]) => ({ id, note })),
  });
  return { graph, times };
}

const both = <T>(list: readonly T[]): (readonly T[])[] => [list, [...list].reverse()];

describe('proveTimes', () => {
  test('takes bounds from trusted notes only, shares them between twins, and reads nothing from a void or timeless note', () => {
    const graph = new EvidenceGraph([
      record('a'),
      record('b', { seen: ['a', 'credential'], anchors: ['n-old', 'n-void'] }),
      record('b2', { seen: ['a', 'credential'], anchors: ['n-old', 'n-void'], statement: 'b' }),
      record('c', { seen: ['b'] }),
      record('d'),
    ]);
    const notes = notesOf(
      note('n-old', { lower: 40, upper: 45 }),
      note('n-new', { lower: 400, upper: 410 }),
      note('n-late', { lower: 500, upper: 600 }),
      note('n-void', { lower: 90, upper: 91 }, 'void'),
      note('n-plain', null),
    );
    const times = proveTimes({
      graph,
      at: 1_000,
      notes,
      inclusions: [
        { id: 'b2', note: 'n-late' },
        { id: 'b2', note: 'n-new' },
        { id: 'd', note: 'n-plain' },
        { id: 'credential-2', note: 'n-late' },
        { id: 'c', note: 'n-void' },
        { id: 'c', note: 'absent' },
      ],
    });
    const intervals = Object.fromEntries(
      graph.records.map(({ id }) => [id, times.intervalOf(graph.statementOfId(id))]),
    );
    expect(intervals).toEqual({
      a: { lower: null, upper: 410, lowerFrom: 'none', upperFrom: 'record:b' },
      b: { lower: 40, upper: 410, lowerFrom: 'note:n-old', upperFrom: 'note:n-new' },
      b2: { lower: 40, upper: 410, lowerFrom: 'note:n-old', upperFrom: 'note:n-new' },
      c: { lower: 40, upper: 1_000, lowerFrom: 'record:b', upperFrom: 'at' },
      d: { lower: null, upper: 1_000, lowerFrom: 'none', upperFrom: 'at' },
    });
    const isLogged = graph.records.map(({ id }) => [id, times.logged[graph.statementOfId(id)]]);
    expect(isLogged).toEqual([
      ['a', 1],
      ['b', 1],
      ['b2', 1],
      ['c', 0],
      ['d', 1],
    ]);
    expect(times.credentialUpper('credential')).toBe(410);
    expect(times.credentialUpper('credential-2')).toBe(600);
    expect(times.credentialUpper('credential-3')).toBe(1_000);
  });

  test('of several anchors the latest lower bound counts, whichever note closed last', () => {
    const graph = new EvidenceGraph([record('a', { anchors: ['n1', 'n2', 'n3'] })]);
    const notes = notesOf(
      note('n1', { lower: 10, upper: 900 }),
      note('n2', { lower: 30, upper: 31 }),
      note('n3', { lower: 20, upper: 500 }),
    );
    const times = proveTimes({ graph, at: 1_000, notes, inclusions: [] });
    expect(times.intervalOf(0)).toEqual({ lower: 30, upper: 1_000, lowerFrom: 'note:n2', upperFrom: 'at' });
  });

  test('reports claims outside the interval with their distance, and a contradiction with both sources', () => {
    const graph = new EvidenceGraph([
      record('early', { anchors: ['n'] }, 10),
      record('late', {}, 60),
      record('torn', { anchors: ['m'] }, 60),
      record('fine', { anchors: ['n'] }, 40),
      record('future', {}, 101),
    ]);
    const notes = notesOf(note('n', { lower: 40, upper: 50 }), note('m', { lower: 80, upper: 90 }));
    const times = proveTimes({
      graph,
      at: 100,
      notes,
      inclusions: [
        { id: 'late', note: 'n' },
        { id: 'torn', note: 'n' },
      ],
    });
    expect(
      checkClaimedTimes(graph, times).map(({ code, record, detail }) => ({ code, record, detail })),
    ).toEqual([
      {
        code: 'time.iat-before-lower',
        record: 'early',
        detail: { iat: 10, lower: 40, seconds: 30, from: 'note:n' },
      },
      { code: 'time.no-anchor', record: 'future', detail: undefined },
      {
        code: 'time.iat-after-upper',
        record: 'future',
        detail: { iat: 101, upper: 100, seconds: 1, from: 'at' },
      },
      { code: 'time.no-anchor', record: 'late', detail: undefined },
      {
        code: 'time.iat-after-upper',
        record: 'late',
        detail: { iat: 60, upper: 50, seconds: 10, from: 'note:n' },
      },
      {
        code: 'time.contradiction',
        record: 'torn',
        detail: { lower: 80, upper: 50, lowerFrom: 'note:m', upperFrom: 'note:n' },
      },
    ]);
  });
});

describe('of several receipts', () => {
  test.each(
    both([
      ['a', 'n1'],
      ['a', 'n2'],
    ] as const),
  )('the earliest counts, whichever comes first: %j', (...inclusions) => {
    const { times } = prove([record('a')], { n1: [1, 400], n2: [1, 600] }, inclusions);
    expect(times.intervalOf(0)).toEqual({ lower: null, upper: 400, lowerFrom: 'none', upperFrom: 'note:n1' });
  });

  test.each(
    both([
      ['a', 'n1'],
      ['a', 'n2'],
    ] as const),
  )('of equal ones the smallest hash is named: %j', (...inclusions) => {
    const { times } = prove([record('a')], { n1: [1, 400], n2: [1, 400] }, inclusions);
    expect(times.intervalOf(0).upperFrom).toBe('note:n1');
  });

  test.each(['b', 'b2'])('the receipt of one twin, %s, is the other’s too', (logged) => {
    const { graph, times } = prove([record('b'), record('b2', { statement: 'b' })], { n: [1, 400] }, [
      [logged, 'n'],
    ]);
    const told = ['b', 'b2'].map((id) => times.intervalOf(graph.statementOfId(id)).upper);
    expect([told, [...times.logged]]).toEqual([[400, 400], [1]]);
  });
});

test('of anchors with equal times the smallest hash is named', () => {
  const { times } = prove([record('a', { anchors: ['n1', 'n2'] })], { n1: [30, 40], n2: [30, 35] }, []);
  expect(times.intervalOf(0)).toEqual({ lower: 30, upper: AT, lowerFrom: 'note:n1', upperFrom: 'at' });
});

describe('by when a credential existed', () => {
  test.each(both(['early', 'late']))('is what its earliest witness proves: %s, %s', (first, second) => {
    const { times } = prove(
      [record('1', { seen: ['credential'] }), record('2', { seen: ['credential'] })],
      { early: [1, 300], late: [1, 500] },
      [
        ['1', first!],
        ['2', second!],
      ],
    );
    expect([times.credentialUpper('credential'), times.credentialUpper('another')]).toEqual([300, AT]);
  });

  test('is nothing that a record with an unknown link could tell', () => {
    const unknown = { ...record('u'), link: null };
    const { times } = prove([unknown, record('v', { seen: ['credential'] })], {}, []);
    expect(times.credentialUpper('credential')).toBe(AT);
  });
});

test('marks as logged what a logged statement pins, at any distance, in one visit each', () => {
  // Two records a level, each pinning both below: four billion ways from top to bottom.
  const levels = Array.from({ length: 32 }, (_, level) => String(level).padStart(2, '0'));
  const records = levels.flatMap((level, index) => {
    const seen = index === 0 ? [] : ['x', 'y'].map((side) => `${side}${levels[index - 1]}`);
    return [record(`x${level}`, { seen }), record(`y${level}`, { seen })];
  });
  const { graph, times } = prove(records, { n: [1, 400] }, [['x31', 'n']]);
  const left = graph.records.filter(({ id }) => times.logged[graph.statementOfId(id)] !== 1);
  expect(left.map(({ id }) => id)).toEqual(['y31']);
});

describe('a claim beside its interval', () => {
  const said = (
    iat: number,
    lower: number | null,
    upper: number,
  ): readonly (readonly [string, unknown])[] => {
    const { graph, times } = prove(
      [record('a', lower === null ? {} : { anchors: ['anchor'] }, iat)],
      { anchor: [lower ?? 0, 9_999], receipt: [0, upper] },
      [['a', 'receipt']],
    );
    return checkClaimedTimes(graph, times).map(({ code, record: id, detail }) => {
      expect(id).toBe('a');
      return [code, detail];
    });
  };
  const tooLate = (iat: number, upper: number): unknown => [
    'time.iat-after-upper',
    { iat, upper, seconds: iat - upper, from: 'note:receipt' },
  ];

  test('at both ends of a point in time', () => {
    expect(said(50, 50, 50)).toEqual([]);
    expect(said(51, 50, 50)).toEqual([tooLate(51, 50)]);
    expect(said(49, 50, 50)).toEqual([
      ['time.iat-before-lower', { iat: 49, lower: 50, seconds: 1, from: 'note:anchor' }],
    ]);
  });

  test('after a wide one, and where the interval contradicts itself', () => {
    expect(said(60, 40, 50)).toEqual([tooLate(60, 50)]);
    expect(said(60, null, 50)).toEqual([['time.no-anchor', undefined], tooLate(60, 50)]);
    expect(said(60, 51, 50)).toEqual([
      ['time.contradiction', { lower: 51, upper: 50, lowerFrom: 'note:anchor', upperFrom: 'note:receipt' }],
    ]);
    expect(said(45, 40, 50)).toEqual([]);
  });
});
