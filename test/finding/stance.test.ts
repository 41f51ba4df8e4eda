import { describe, expect, test } from 'vitest';
import type { DamageCase } from '../../src/finding/case.js';
import type { EdgeCase } from '../../src/finding/edge-case.js';
import { Stance } from '../../src/finding/stance.js';

const DAMAGE = { index: 0 } as DamageCase;
const OTHER_DAMAGE = { index: 1 } as DamageCase;

function edge(
  creditor: string,
  debtor: string,
  parts: { recourse?: boolean; parent?: EdgeCase; damage?: DamageCase } = {},
): EdgeCase {
  const { damage = DAMAGE, parent = null, recourse = false } = parts;
  return { creditor, debtor, damage, parent, template: { recourse } } as unknown as EdgeCase;
}

/** The buyer claims of the shop; the shop in recourse of the network and of two carriers; the network of its carrier. */
const SALE = edge('buyer', 'shop');
const NETWORK = edge('shop', 'network', { recourse: true, parent: SALE });
const ONE = edge('shop', 'carrier 1', { recourse: true, parent: SALE });
const TWO = edge('network', 'carrier 2', { recourse: true, parent: NETWORK });
const PLATFORM = edge('buyer', 'platform');
const ELSEWHERE = edge('stranger', 'shop', { damage: OTHER_DAMAGE });
const EDGES = [SALE, NETWORK, ONE, TWO, PLATFORM, ELSEWHERE];
const MANDATES = new Map([
  ['agent', new Set(['shop'])],
  ['lawyer', new Set(['buyer', 'carrier 2'])],
]);
const on = (one: EdgeCase): Stance => new Stance(one, EDGES, MANDATES);
const PEOPLE = [
  'buyer',
  'shop',
  'network',
  'carrier 1',
  'carrier 2',
  'platform',
  'agent',
  'lawyer',
  'stranger',
];
const alignments = (one: EdgeCase): readonly string[] => {
  const stance = on(one);
  const all = PEOPLE.map((who) => `${who}: ${stance.alignment(who)}`);
  // Asked again, the answer is the same.
  expect(PEOPLE.map((who) => `${who}: ${stance.alignment(who)}`)).toEqual(all);
  return all.filter((line) => !line.endsWith('neither'));
};

describe('who gains when somebody is believed', () => {
  test('on the sale: whom the seller would claim it back from stands with the seller', () => {
    expect(alignments(SALE)).toEqual([
      'buyer: creditor',
      'shop: debtor',
      'network: debtor',
      'carrier 1: debtor',
      'platform: creditor',
      'agent: debtor',
      'lawyer: creditor',
    ]);
  });

  test('on a recourse: whoever claims from the creditor stands with it, as does another whom it could claim from', () => {
    expect(alignments(NETWORK)).toEqual([
      'buyer: creditor',
      'shop: creditor',
      'network: debtor',
      'carrier 1: creditor',
      'carrier 2: debtor',
      'agent: creditor',
    ]);
  });

  test('two claims further on: all above it', () => {
    expect(alignments(TWO)).toEqual([
      'buyer: creditor',
      'shop: creditor',
      'network: creditor',
      'carrier 2: debtor',
      'lawyer: debtor',
    ]);
  });
});

describe('who speaks for whom', () => {
  test('oneself, and whoever gave a mandate, unless the record is made for another', () => {
    const stance = on(SALE);
    const actsFor = (principal: string) => ({ principal }) as never;
    expect(stance.speaksFor('shop', null, 'shop')).toBe(true);
    expect(stance.speaksFor('shop', actsFor('buyer'), 'shop')).toBe(true);
    expect(stance.speaksFor('agent', null, 'shop')).toBe(true);
    expect(stance.speaksFor('agent', actsFor('shop'), 'shop')).toBe(true);
    expect(stance.speaksFor('agent', actsFor('network'), 'shop')).toBe(false);
    expect(stance.speaksFor('agent', null, 'buyer')).toBe(false);
    expect(stance.speaksFor('network', null, 'shop')).toBe(false);
  });

  test('a neutral is no side, has no mandate of one, and is trusted', () => {
    const neutral = (one: EdgeCase): readonly string[] =>
      PEOPLE.filter((who) => on(one).isNeutral(who, true));
    expect(neutral(SALE)).toEqual(['network', 'carrier 1', 'carrier 2', 'platform', 'stranger']);
    expect(neutral(NETWORK)).toEqual(['buyer', 'carrier 1', 'carrier 2', 'platform', 'lawyer', 'stranger']);
    expect(on(SALE).isNeutral('network', false)).toBe(false);
  });

  test('another edge of the same damage makes one stand on two', () => {
    const both = (one: EdgeCase): readonly string[] => PEOPLE.filter((who) => on(one).hasOtherEdge(who));
    expect(both(SALE)).toEqual(['buyer', 'shop', 'network', 'carrier 1', 'carrier 2', 'platform']);
    expect(both(TWO)).toEqual(['buyer', 'shop', 'network', 'carrier 1', 'platform']);
    expect(both(ELSEWHERE)).toEqual([]);
  });
});
