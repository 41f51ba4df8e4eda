import type { Finding, FoundEdge } from '../../src/finding/finding-form.js';
import { BUILT_IN_PACKS } from '../../src/rules/packs/index.js';
import { BUYER, CARRIER_A, CONTRACTING, type RecordDraft, SELLER } from '../facts/case-builder.js';
import { load, rule, smallPack } from '../rules/built-packs.js';
import { claim, disputeValue, judge, scenario9 } from './scenario-records.js';

const EVIDENCE = BUILT_IN_PACKS.get('evidence.cn')!;
export type Json = Record<string, unknown>;
export const first = (name: string): Json => (disputeValue()[name] as Json[])[0]!;

export const SOLE = '{ liable: consumer-seller, as: principal, head: loss, mode: sole }';
export const SEVERAL = '{ liable: consumer-seller, as: principal, head: loss, mode: several }';
export const ALWAYS = '[creditor.consumer is yes]';
export const UNKNOWN = '[event.return-received before event.sold]';

/** A claim of a consumer against its seller under a small pack. */
export interface Case {
  readonly rules: readonly string[];
  readonly head?: string;
  readonly claimed?: number;
  readonly goods?: Json;
  readonly damage?: Json;
  readonly more?: Json;
  readonly records?: readonly RecordDraft[];
}

export function found({
  claimed = 1_000,
  damage = {},
  goods = {},
  head = '',
  more = {},
  records,
  rules,
}: Case): Finding {
  const currency = goods['currency'] ?? 'CNY';
  const dispute = {
    claims: [claim('k1', 'consumer-seller', { amountMinor: claimed, currency })],
    carriages: [],
    goods: [{ ...first('goods'), ...goods }],
    damages: [{ ...first('damages'), ...damage }],
    packs: [{ id: 'small' }, { id: 'evidence.cn' }],
    ...more,
  };
  const pack = load(head + smallPack({ rules: rules.join('\n') }));
  return judge(records ?? scenario9(), dispute, [pack, EVIDENCE]).finding;
}

export function edgeOf(given: Case): FoundEdge {
  return found(given).edges.find(({ template }) => template === 'consumer-seller')!;
}

export const byRule = (id: string, effect: string, condition = ALWAYS): string =>
  rule({ id, if: condition, effect });
export const minor = (given: Case): string | undefined => edgeOf(given).amount?.minor;

const PARTIES = [SELLER, CONTRACTING, CARRIER_A].map((id, index) => ({
  id,
  name: `seller ${index + 1}`,
  roles: ['seller'],
  consumer: false,
}));
export const THREE = { parties: [...PARTIES, { id: BUYER, name: 'B', roles: ['buyer'], consumer: true }] };
