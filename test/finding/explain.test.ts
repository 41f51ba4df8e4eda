import { describe, expect, test } from 'vitest';
import * as tables from '../../src/finding/condition-words.js';
import { type ExplainedStep, explain } from '../../src/finding/explain.js';
import { type SayContext, sayCondition } from '../../src/finding/say-condition.js';
import { sayTests } from '../../src/finding/say-grade.js';
import * as words from '../../src/finding/words.js';
import { ASPECTS, REGIONS } from '../../src/record/vocabulary.js';
import { type Condition, walkCondition } from '../../src/rules/condition.js';
import { BUILT_IN_PACKS } from '../../src/rules/packs/index.js';
import type { Said } from '../../src/rules/rule.js';
import {
  AGREED_TERMS,
  CLIMATE_LIMITS,
  CODED_PREDICATES,
  COMPARISONS,
  COVERED_QUANTITIES,
  EVENTS,
  HEADS,
  PARTY_WORDS,
  PATH_VALUES,
  PATHS,
  ROLES,
  RULE_BOUNDARIES,
  SHOCK_LIMITS,
  TIME_UNITS,
  UNDERTAKINGS,
} from '../../src/rules/terms.js';
import { judge, scenario9, scenario9Packing, scenario11 } from './scenario-records.js';

const CJK = /[\u4e00-\u9fff]/;
const CONTEXT: SayContext = {
  party: () => ({ en: 'somebody', zh: '某方' }),
  asks: () => ({ en: 'is it so?', zh: '是否如此？' }),
  edge: () => ({ en: 'the claim', zh: '请求' }),
};

/** Both languages, each in its own script, nothing left to fill in. */
function whole({ en, zh }: Said): void {
  expect(en.trim()).not.toBe('');
  expect(en).not.toMatch(/\{\d\}|undefined/);
  expect(en).not.toMatch(CJK);
  expect(zh).toMatch(CJK);
  expect(zh).not.toMatch(/\{\d\}|undefined/);
}

describe('no word is missing', () => {
  const rules = [...BUILT_IN_PACKS.values()].flatMap((pack) => (pack.kind === 'rules' ? pack.rules : []));
  const conditions = rules.flatMap((rule) =>
    [...rule.if, ...rule.unless].flatMap((one) => {
      const all: Condition[] = [];
      walkCondition(one, (each) => all.push(each));
      return all;
    }),
  );

  test('for what any rule of the built-in packs asks', () => {
    expect(conditions.length).toBeGreaterThan(20);
    for (const condition of conditions) whole(sayCondition(condition, CONTEXT));
  });

  test('for any path and value, event, place, unit and term that a rule may name', () => {
    const lists: readonly (readonly [Readonly<Record<string, Said>>, readonly string[]])[] = [
      [tables.PATH_WORDS, PATHS],
      [tables.VALUE_WORDS, Object.values(PATH_VALUES).flat()],
      [tables.VALUE_WORDS, Object.values(CODED_PREDICATES).flat()],
      [tables.VALUE_WORDS, [...ASPECTS, ...REGIONS, ...UNDERTAKINGS, ...COVERED_QUANTITIES]],
      [tables.CODED_WORDS, Object.keys(CODED_PREDICATES)],
      [tables.EVENT_WORDS, EVENTS],
      [tables.AT_WORDS, RULE_BOUNDARIES],
      [tables.UNIT_WORDS, TIME_UNITS],
      [tables.TERM_WORDS, AGREED_TERMS],
      [tables.HEAD_WORDS, HEADS],
      [tables.LIMIT_WORDS, [...Object.keys(SHOCK_LIMITS), ...CLIMATE_LIMITS]],
      [tables.COMPARE_WORDS, Object.values(COMPARISONS)],
      [words.ROLE, [...PARTY_WORDS, ...ROLES, 'sender', 'consignee', 'contracting']],
    ];
    const missing = lists.flatMap(([table, keys]) => keys.filter((key) => !Object.hasOwn(table, key)));
    expect([...new Set(missing)]).toEqual([]);
  });

  test('for any line, lift or cap by which they weigh evidence', () => {
    for (const pack of BUILT_IN_PACKS.values()) {
      if (pack.kind !== 'evidence') continue;
      for (const { when } of [...pack.grades, ...pack.lifts, ...pack.caps]) whole(sayTests(when));
    }
  });

  test('for any word of records and rules', () => {
    for (const table of Object.values(tables)) {
      for (const said of Object.values(table as Readonly<Record<string, Said>>)) whole(said);
    }
    for (const table of Object.values(words)) {
      if (typeof table === 'function') continue;
      for (const said of Object.values(table)) whole(said);
    }
  });
});

describe('an explanation', () => {
  const flat = (steps: readonly ExplainedStep[]): readonly ExplainedStep[] =>
    steps.flatMap((step) => [step, ...flat(step.steps)]);

  test('leaves no sentence of a pack to a reader, and gives every grade its reason', () => {
    let seen = 0;
    for (const records of [scenario9(), scenario9Packing(), scenario11()]) {
      const assessment = judge(records);
      for (const { id } of assessment.finding.edges) {
        const { reason, says, steps } = explain(assessment, id);
        for (const one of [reason, says]) expect(one.zh).toMatch(/[\u4e00-\u9fff0-9]/);
        for (const step of flat(steps)) {
          expect(step.says.zh, step.kind).toMatch(CJK);
          if (step.kind === 'condition') expect(step.says.en).not.toBe(step.sentence);
          if (step.kind === 'issue' || step.kind === 'exception') whole(step.result);
          if (step.kind === 'fact' && step.result.en !== '') {
            expect(step.result.en).toMatch(/^grade [0-5] of 5; .+\(\S+\)/);
            for (const line of step.lines) expect(step.result.en).toContain(line);
          }
          seen += 1;
        }
      }
    }
    expect(seen).toBeGreaterThan(100);
  });

  test('says for and against with grades, who had to show it and by which standard', () => {
    const assessment = judge(scenario9());
    const edge = assessment.finding.edges.find(
      ({ debtor, status, template }) =>
        template === 'shipper-carrier' && status === 'liable' && debtor !== '',
    )!;
    const issue = flat(explain(assessment, edge.id).steps).find(
      ({ kind, says }) => kind === 'issue' && says.en.startsWith('was it bad when this carrier'),
    )!;
    expect(issue.result).toEqual({
      en: 'found, on the evidence: grade 3 of 5 for it, nothing against it; Seller had to show it (standard: a high probability)',
      zh: '认定，依证据：支持：3级（满5级）；反对：无；由Seller证明该事项，证明标准：高度盖然性',
    });
  });
});
