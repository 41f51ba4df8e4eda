import { describe, expect, test } from 'vitest';
import { fromHex } from '../../src/codec/hex.js';
import type { Diagnostic } from '../../src/diagnostic.js';
import type { AssessedPassport } from '../../src/passport/assess.js';
import { looseElement, MEMBER } from '../../src/passport/element.js';
import type { SignedRecord } from '../../src/record/record.js';
import { RECORD_TYPES } from '../../src/record/types/index.js';
import { checkCountersigns } from '../../src/verify/checks/countersigns.js';
import { checkLogProofs } from '../../src/verify/checks/log-proofs.js';

const hex = (digit: string): string => digit.repeat(64);
const codes = (found: readonly Diagnostic[]): (string | undefined)[][] =>
  found.map(({ code, record }) => [code, record]);

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
