import { describe, expect, test } from 'vitest';
import { openCase } from '../../src/finding/case.js';
import type { EdgeCase } from '../../src/finding/edge-case.js';
import { type Hypothesis, hypotheses } from '../../src/finding/hypothesis.js';
import { withFacts } from '../../src/finding/hypothetical-facts.js';
import { CaseDecisions } from '../../src/finding/issue-graph.js';
import { asksDirectly, type IssueGrades, isMoot, templatesRead } from '../../src/finding/moot-pair.js';
import { askedEdges, runWhatIf, whatIfOf } from '../../src/finding/what-if.js';
import { compileRules } from '../../src/rules/rule-set.js';
import { passport, type RecordDraft } from '../facts/case-builder.js';
import { load, rule, smallPack } from '../rules/built-packs.js';
import { assessInput, verifyInput } from './scenario-digests.js';
import { scenarioInputs } from './scenario-inputs.js';
import { judge, PACKS, scenario9, scenario9Packing, scenario11 } from './scenario-records.js';

describe('what a run over all edges costs', () => {
  test('never more than two hundred findings, and mostly all was tried within them', async () => {
    const cut: string[] = [];
    for (const input of await scenarioInputs()) {
      const verified = await verifyInput(input);
      const assessment = assessInput(input, verified);
      const { answers, findings } = runWhatIf(assessment, verified, askedEdges(assessment));
      expect(findings, input.name).toBeLessThanOrEqual(200);
      expect(findings, input.name).toBeGreaterThan(1);
      if (answers.some(({ complete }) => !complete)) cut.push(input.name.slice(0, 3));
      else expect(findings, input.name).toBeLessThan(200);
    }
    // Two or three carriers, each with a side of every boundary: what is left out are pairs, and the answer says so.
    expect(cut).toEqual(['din', '09-', '09b', '11-', '11b', '15-']);
  }, 120_000);

  test('one case is computed once for all edges, and what was all tried is what each would be told alone', () => {
    const records = scenario9().filter(({ name }) => ['packing', 'unboxing'].includes(name) === false);
    const one = judge(records);
    const asked = one.finding.edges.map(({ id }) => id);
    const together = runWhatIf(one, passport(records), asked);
    const apart = asked.map((id) => runWhatIf(one, passport(records), [id]));
    const sum = apart.reduce((all, { findings }) => all + findings, 0);
    expect(together.findings).toBeLessThan(sum);
    for (const [index, answer] of together.answers.entries()) {
      if (answer.complete) expect(answer).toEqual(apart[index]!.answers[0]);
      expect(answer.restsOn).toEqual(apart[index]!.answers[0]!.restsOn);
    }
    expect(runWhatIf(one, passport(records), asked)).toEqual(together);
    expect(whatIfOf(one, passport(records), asked[0]!)).toEqual(apart[0]!.answers[0]);
    expect(runWhatIf(one, passport(records), [])).toEqual({ answers: [], findings: 1 });
  });
});

describe('a pair of which one alone does all', () => {
  test.each<[string, readonly RecordDraft[]]>([
    ['scenario 9', scenario9()],
    ['scenario 9, packing', scenario9Packing()],
    ['scenario 11', scenario11()],
    ['scenario 9 without films', scenario9().filter(({ name }) => !['packing', 'unboxing'].includes(name))],
  ])(
    'comes to no other status: %s',
    (_, records) => {
      const { decisions, facts } = judge(records);
      const { dispute, rules } = decisions.case;
      const at = (edge: EdgeCase, more: readonly Hypothesis[]): { status: string; grades: IssueGrades } => {
        const added = withFacts(
          facts,
          more.flatMap((one) => one.facts),
        );
        const again = new CaseDecisions(openCase(added, dispute, rules));
        const own = again.edges.find(({ id }) => id === edge.id)!;
        const { status } = again.edge(own);
        const reads = templatesRead(rules, edge.template.name);
        const grades = again.edges
          .filter(({ template }) => reads.has(template.name))
          .flatMap((other) =>
            again.issuesOf(other).map((one) => [`${other.id} ${one.issue.name} ${one.leg}`, one] as const),
          );
        return { status, grades: new Map(grades) };
      };
      let moot = 0;
      for (const edge of decisions.edges) {
        const alone = hypotheses(decisions.case, edge).map((one) => ({ one, ...at(edge, [one]) }));
        for (const [index, a] of alone.entries()) {
          for (const b of alone.slice(index + 1)) {
            if (!isMoot(a.one, b.one, a.grades, b.grades)) continue;
            moot += 1;
            if (moot % 7 === 0)
              expect([a.status, b.status], `${a.one.id} + ${b.one.id}`).toContain(
                at(edge, [a.one, b.one]).status,
              );
          }
        }
      }
      expect(moot).toBeGreaterThan(50);
    },
    60_000,
  );

  test('is told only where no rule asks past the issues', () => {
    const asks = (condition: string): boolean =>
      asksDirectly(
        compileRules([
          load(smallPack({ rules: rule({ if: `[${condition}]` }) })),
          PACKS.find(({ kind }) => kind === 'evidence')!,
        ]),
      );
    expect(asksDirectly(compileRules(PACKS))).toBe(false);
    expect(asks('issue broken is found')).toBe(false);
    expect(asks('state bad at delivery')).toBe(true);
    expect(asks('{ not: { any: [state good at delivery] } }')).toBe(true);
    expect(asks('{ shown: state bad at delivery, by: debtor }')).toBe(true);
    expect(asks('{ some: leg, is: leg is implicated }')).toBe(true);
    expect(asks('{ every: leg, is: leg is open }')).toBe(true);
    expect(asks('{ count: leg, at-least: 1, is: leg is open }')).toBe(true);
  });

  test('the edges on which one hangs', () => {
    const rules = compileRules(PACKS);
    expect([...templatesRead(rules, 'seller-buyer')]).toEqual(['seller-buyer']);
    expect([...templatesRead(rules, 'shipper-contracting-carrier')].sort()).toEqual([
      'shipper-carrier',
      'shipper-contracting-carrier',
    ]);
    expect([...templatesRead(rules, 'seller-producer')].sort()).toEqual([
      'seller-producer',
      'victim-producer',
    ]);
  });
});
