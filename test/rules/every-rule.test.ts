import { beforeAll, describe, expect, test } from 'vitest';
import type { ConditionTrace, RuleReading } from '../../src/finding/decisions.js';
import type { Assessment } from '../../src/finding/finding.js';
import { actingRules } from '../../src/finding/rule-reading.js';
import type { RulePack } from '../../src/rules/pack.js';
import { BUILT_IN_PACKS } from '../../src/rules/packs/index.js';
import { DEMO, play, readScenarioYaml, scenarioPaths } from '../scenario/scenarios.js';
import { variantFiles } from '../scenario/variants.js';

const PACKS = [...BUILT_IN_PACKS.values()].filter((pack): pack is RulePack => pack.kind === 'rules');

/** What the scenarios show of a rule: that it holds, that it does not, and what it does for want of evidence. */
interface Shown {
  fires: boolean;
  fails: boolean;
  lacks: boolean;
}

const shown = new Map<string, Shown>(
  PACKS.flatMap(({ rules }) => rules.map(({ id }) => [id, { fires: false, fails: false, lacks: false }])),
);

function note({ assessment }: { readonly assessment: Assessment }): void {
  const { decisions } = assessment;
  for (const edge of decisions.edges) {
    const { cap, share, adjust } = edge.rules;
    const readings = [
      ...decisions.edge(edge).readings,
      ...decisions.issuesOf(edge).flatMap(({ rules }) => rules),
      ...actingRules([...cap, ...share, ...adjust], edge, decisions),
    ];
    for (const reading of readings) {
      const entry = shown.get(reading.rule.id);
      if (entry === undefined) continue;
      if (reading.value === true) entry.fires = true;
      else entry.fails = true;
      if (lacksEvidence(reading)) entry.lacks = true;
    }
  }
}

/**
 * Something it asks of the records was shown by neither side. Where it asks that a thing was not shown, it holds for that
 * reason; otherwise it does not hold.
 */
function lacksEvidence({ if: wanted, unless }: RuleReading): boolean {
  const asked = wanted.filter(({ parts, value }) => value !== true || parts.length > 0);
  return asked.some(isEmpty) || unless.some(({ value }) => value === null);
}

function isEmpty(trace: ConditionTrace): boolean {
  if (trace.parts.length > 0) return trace.parts.some((part) => !part.scope && isEmpty(part));
  if (trace.scope) return false;
  if (trace.issues.length > 0) return trace.issues.some(({ con, pro }) => pro < 3 && con < 3);
  if (trace.edges.length > 0)
    return trace.edges.some(({ basis, status }) => status !== 'liable' && basis === 'burden-default');
  return trace.value === null || trace.facts.length === 0;
}

beforeAll(async () => {
  for (const path of [DEMO, ...scenarioPaths()]) note(await play(readScenarioYaml(path), path));
  for (const { scenario, variants } of variantFiles()) {
    for (const { root } of variants) note(await play(root, scenario));
  }
}, 120_000);

describe.each(PACKS.map((pack) => [pack.pack, pack] as const))(
  'every rule of the pack %s',
  (_, { rules }) => {
    const without = (what: keyof Shown): readonly string[] =>
      rules.map(({ id }) => id).filter((id) => !shown.get(id)![what]);

    test('holds in some scenario', () => {
      expect(without('fires')).toEqual([]);
    });

    test('does not hold in another', () => {
      expect(without('fails')).toEqual([]);
    });

    test('is asked where the evidence is missing', () => {
      expect(without('lacks')).toEqual([]);
    });
  },
);
