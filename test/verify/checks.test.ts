import { describe, expect, test } from 'vitest';
import { fromHex } from '../../src/codec/hex.js';
import type { Diagnostic } from '../../src/diagnostic.js';
import type { EvaluatedNote } from '../../src/log/note-time.js';
import type { AssessedPassport } from '../../src/passport/assess.js';
import { looseElement, MEMBER } from '../../src/passport/element.js';
import { EvidenceGraph, type GraphRecord } from '../../src/passport/graph.js';
import type { SignedRecord } from '../../src/record/record.js';
import { RECORD_TYPES } from '../../src/record/types/index.js';
import { checkCountersigns } from '../../src/verify/checks/countersigns.js';
import { checkLogProofs } from '../../src/verify/checks/log-proofs.js';
import { checkClaimedTimes, proveTimes } from '../../src/verify/checks/proven-time.js';
import { checkSensorOverlap } from '../../src/verify/checks/sensor-overlap.js';

const hex = (digit: string): string => digit.repeat(64);
const codes = (found: readonly Diagnostic[]): (string | undefined)[][] =>
  found.map(({ code, record }) => [code, record]);

function graphRecord(
  id: string,
  {
    seen = [],
    anchors = [],
    iat = 100,
    statement = id,
  }: { seen?: string[]; anchors?: string[]; iat?: number; statement?: string } = {},
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
    link: { version: 1, seq: 0, prev: null, seen, lane: null, anchors },
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

describe('proveTimes', () => {
  test('takes bounds from trusted notes only, shares them between twins, and reads nothing from a void or timeless note', () => {
    const graph = new EvidenceGraph([
      graphRecord('a'),
      graphRecord('b', { seen: ['a', 'credential'], anchors: ['n-old', 'n-void'] }),
      graphRecord('b2', { seen: ['a', 'credential'], anchors: ['n-old', 'n-void'], statement: 'b' }),
      graphRecord('c', { seen: ['b'] }),
      graphRecord('d'),
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
    const graph = new EvidenceGraph([graphRecord('a', { anchors: ['n1', 'n2', 'n3'] })]);
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
      graphRecord('early', { anchors: ['n'], iat: 10 }),
      graphRecord('late', { iat: 60 }),
      graphRecord('torn', { anchors: ['m'], iat: 60 }),
      graphRecord('fine', { anchors: ['n'], iat: 40 }),
      graphRecord('future', { iat: 101 }),
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

function signed(
  type: string,
  id: string,
  iss: string,
  fields: object,
  sub = 'item',
  kid = `key of ${iss}`,
): SignedRecord {
  const definition = RECORD_TYPES.get(type)!;
  return { id, iss, sub, kid, type, definition, payload: { revision: 1, fields } } as unknown as SignedRecord;
}

describe('checkCountersigns', () => {
  const answer = (id: string, iss: string, of: string, sub?: string, kid?: string): SignedRecord =>
    signed('countersign', id, iss, { of: fromHex(of) }, sub, kid);
  const handover = signed('handover', hex('1'), 'carrier', { from: 'seller', to: 'carrier' });

  test('the other side’s answer is good; every other one is named by what is wrong with it', () => {
    const found = checkCountersigns([
      handover,
      answer('good', 'seller', hex('1')),
      answer('own', 'carrier', hex('1'), 'item', 'another key of the carrier'),
      answer('own-key', 'seller', hex('1'), 'item', 'key of carrier'),
      answer('stranger', 'buyer', hex('1')),
      answer('elsewhere', 'seller', hex('1'), 'other item'),
      answer('dangling', 'seller', hex('9')),
    ]);
    expect(codes(found)).toEqual([
      ['countersign.own', 'own'],
      ['countersign.own', 'own-key'],
      ['countersign.not-party', 'stranger'],
      ['countersign.other-subject', 'elsewhere'],
    ]);
  });

  test('a countersign of a newer revision is not read, and an unknown type names no other side', () => {
    const unread = { ...answer('newer', 'seller', hex('1')), definition: null, payload: { fields: {} } };
    const unknown = { ...handover, id: hex('3'), type: 'premonition', definition: null };
    const found = checkCountersigns([
      handover,
      unread as unknown as SignedRecord,
      unknown,
      answer('c', 'seller', hex('3')),
    ]);
    expect(codes(found)).toEqual([['countersign.not-party', 'c']]);
  });

  test('a type that names no other side cannot be countersigned by a party', () => {
    const statement = signed('statement', hex('2'), 'seller', {});
    expect(codes(checkCountersigns([statement, answer('c', 'buyer', hex('2'))]))).toEqual([
      ['countersign.not-party', 'c'],
    ]);
  });
});

describe('checkLogProofs', () => {
  test('a receipt whose note is not among the evaluated ones proves nothing, and names no origin', () => {
    const element = looseElement(MEMBER.receipts, new Uint8Array());
    const entry = { element, receipt: { id: hex('1'), note: hex('2') } };
    const passport = { receipts: [entry], notes: [], tokens: [] };
    const assessed = { passport, receipts: { proven: new Set([entry]) } } as unknown as AssessedPassport;
    const { notes, inclusions, diagnostics } = checkLogProofs(assessed, null, 0, undefined);
    expect([notes.size, inclusions]).toEqual([0, [{ id: hex('1'), note: hex('2') }]]);
    expect(diagnostics).toEqual([
      {
        code: 'receipt.origin',
        axis: 'completeness',
        severity: 'info',
        member: MEMBER.receipts,
        detail: { id: hex('1'), origin: '' },
      },
    ]);
  });
});

describe('checkSensorOverlap', () => {
  const batch = (
    id: string,
    from: number,
    to: number,
    root: string,
    device = 'L-1',
    quantity = 'temperature',
  ): SignedRecord =>
    signed('sensor-batch', id, 'logger', {
      device: { id: device },
      quantity,
      from: { utcS: from, offsetMin: 0 },
      to: { utcS: to, offsetMin: 0 },
      root: fromHex(hex(root)),
    });

  test('names batches of one device and quantity that share moments with different readings', () => {
    expect(
      checkSensorOverlap([
        batch('a', 0, 100, '1'),
        batch('b', 100, 200, '2'),
        batch('c', 150, 160, '3'),
        batch('d', 150, 300, '4', 'L-2'),
        batch('e', 150, 300, '5', 'L-1', 'humidity'),
      ]).map(({ code, record, detail }) => [code, record, detail]),
    ).toEqual([['sensor.overlap', 'c', { other: 'b', seconds: 10 }]]);
  });

  test('the same readings signed twice are no overlap, but hide none either', () => {
    expect(
      checkSensorOverlap([
        batch('a', 0, 100, '1'),
        batch('a2', 0, 100, '1'),
        batch('b', 50, 60, '2'),
        batch('a3', 55, 200, '1'),
      ]).map(({ record, detail }) => [record, detail]),
    ).toEqual([
      ['b', { other: 'a', seconds: 10 }],
      ['a3', { other: 'b', seconds: 5 }],
    ]);
  });
});
