import type { Condition } from './condition.js';
import type { EvidencePack } from './evidence-pack.js';
import type { Template } from './issue-template.js';
import type { Binding, Force, Layer, Rule, Said, Standard } from './rule.js';
import type { ProWord, Role } from './terms.js';

/** Who stands on one side of an edge: a role of the dispute, or a place in a journey. */
export type EdgeParty = Role | 'sender' | 'consignee' | 'leg.holder' | 'contracting';

/** A kind of claim: who may have one against whom. */
export interface EdgeTemplate {
  readonly name: string;
  readonly creditor: EdgeParty;
  readonly debtor: EdgeParty;
  readonly perJourney: boolean;
  /** The creditor claims back what it has to pay on another edge. */
  readonly recourse: boolean;
  /** Closed conditions on the parties; where one is false there is no edge. */
  readonly requires: readonly Condition[];
}

/** A question of fact with a burden. */
export interface Issue {
  readonly name: string;
  readonly asks: Said;
  /** Who argues that it is found. */
  readonly pro: ProWord;
  /** Who loses when nobody shows anything. */
  readonly burden: 'pro' | 'con';
  readonly standard: Standard;
  readonly about: readonly Binding[];
  readonly shown: readonly Template[];
  /** Issues this one is decided after. */
  readonly reads: readonly string[];
}

/** How an amount is measured where a rule names it. The steps run in order; each is exact, one rounding at the end. */
export interface Measure {
  readonly name: string;
  readonly says: Said;
  readonly base: 'claim' | 'price' | 'least-of-claim-and-price';
  /** Multiplies the base: numerator and denominator. */
  readonly times: readonly [number, number];
  /** Never less than this many minor units; null = no floor. */
  readonly minimumMinor: number | null;
  /** What the floor is money of; null = no floor. */
  readonly currency: string | null;
}

export const QUANTUM_STEPS = [
  'measure',
  'diminish',
  'salvage',
  'share',
  'cap',
  'deduct',
  'freight',
  'interest',
  'round',
] as const;
export type QuantumStep = (typeof QUANTUM_STEPS)[number];

/** Two steps, in the order the pack has them. */
export type SilentOrder = readonly [QuantumStep, QuantumStep];

/** Law of one layer as data. Lists are sorted by name or id, so that the order of writing changes nothing. */
export interface RulePack {
  readonly kind: 'rules';
  readonly pack: string;
  readonly layer: Layer;
  readonly force: Force;
  readonly needs: readonly string[];
  readonly edges: readonly EdgeTemplate[];
  readonly issues: readonly Issue[];
  readonly measures: readonly Measure[];
  /** The order of the steps of quantum: law, because it changes the answer. */
  readonly steps: readonly QuantumStep[];
  /** Pairs of steps of which this law does not say which goes first: where it matters the amount is contested. */
  readonly silent: readonly SilentOrder[];
  readonly rules: readonly Rule[];
}

/** Law as data: the rules of a jurisdiction, or the rules of evidence that go with them. */
export type Pack = RulePack | EvidencePack;
export type { EvidencePack };
