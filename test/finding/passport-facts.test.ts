import { describe, expect, test } from 'vitest';
import { deriveFacts } from '../../src/facts/derive-facts.js';
import { readDispute } from '../../src/finding/dispute.js';
import { scopeOf } from '../../src/finding/finding.js';
import { passportFacts } from '../../src/finding/passport-facts.js';
import { BUYER, CARRIER_A, delivery, handover, passport, SELLER } from '../facts/case-builder.js';
import { disputeValue } from './scenario-records.js';

const scope = scopeOf(readDispute(disputeValue()));
const parts = {
  first: passport([handover('pickup', { from: SELLER, to: CARRIER_A, h: 1 })]),
  second: passport([delivery('delivery', { from: CARRIER_A, to: BUYER, h: 20 })]),
};

describe('facts of passports, remembered', () => {
  test('are those that deriveFacts gives', () => {
    const { first, second } = parts;
    const { facts, remarks, custodies } = passportFacts([first, second], scope);
    const anew = deriveFacts([first, second], scope);
    expect({ facts, remarks, custodies }).toEqual({
      facts: anew.facts,
      remarks: anew.remarks,
      custodies: anew.custodies,
    });
    expect(facts.length).toBeGreaterThan(0);
  });

  test('are one value for the same passports and an equal scope', () => {
    const { first } = parts;
    const again = { parties: [...scope.parties], goods: [...scope.goods], sellers: [...scope.sellers] };
    expect(passportFacts([first], again)).toBe(passportFacts([first], scope));
  });

  test('are derived anew for other passports, another scope, and fewer of them', () => {
    const { first, second } = parts;
    const both = passportFacts([first, second], scope);
    const alone = passportFacts([first], scope);
    expect(alone.records.size).toBeLessThan(both.records.size);
    const stranger = { ...scope, parties: [], sellers: [] };
    expect(passportFacts([first], stranger).scope).toEqual(stranger);
    expect(passportFacts([first, second], scope).facts).toEqual(both.facts);
    expect(passportFacts([], scope).facts).toEqual([]);
  });

  test('of passports never seen before are remembered too, and not taken for those of as many others', () => {
    const one = (name: string) => passport([handover(name, { from: SELLER, to: CARRIER_A, h: 1 })]);
    const [first, second, third] = [one('a'), one('b'), one('c')];
    const known = passportFacts([first, second], scope);
    expect(passportFacts([first, second], scope)).toBe(known);
    const other = passportFacts([first, third], scope);
    expect(other.facts).toEqual(deriveFacts([first, third], scope).facts);
    expect(other.facts).not.toEqual(known.facts);
  });
});
