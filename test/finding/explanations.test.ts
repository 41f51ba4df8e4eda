import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type ExplainedStep, type Explanation, explain } from '../../src/finding/explain.js';
import { decidedIssues, explainPart } from '../../src/finding/explain-part.js';
import type { Assessment } from '../../src/finding/finding.js';
import { idOf, type RecordDraft } from '../facts/case-builder.js';
import { judge, scenario9, scenario9Packing, scenario11 } from './scenario-records.js';

// Whole explanations, written down in both languages: `UPDATE_FIXTURES=1` writes them anew, and a person reads the difference.

const FOLDER = new URL('../../fixtures/explanations/', import.meta.url);

/** Ids of records and facts by the names that the tests give them. */
class Page {
  readonly #names: ReadonlyMap<string, string>;
  readonly #lines: string[] = [];

  constructor(records: readonly RecordDraft[]) {
    this.#names = new Map(records.map(({ name }) => [idOf(name), name]));
  }

  explanation({ edge, reason, says, steps }: Explanation): void {
    this.#lines.push('', `## ${says.en} | ${says.zh}`, `${reason.en} | ${reason.zh}`);
    expect(edge).not.toBe('');
    for (const step of steps) this.step(step);
  }

  step({ facts, kind, lines, records, result, rule, says, sentence, steps }: ExplainedStep, depth = 0): void {
    const indent = '  '.repeat(depth);
    const cited =
      rule === null
        ? ''
        : ` [${rule.id}, ${rule.status}: ${rule.cite.map(({ source }) => source).join('; ')}]`;
    this.#lines.push(`${indent}- ${kind}${cited}: ${says.en} | ${says.zh}`);
    if (result.en !== '') this.#lines.push(`${indent}  = ${result.en} | ${result.zh}`);
    if (sentence !== null) this.#lines.push(`${indent}  sentence ${sentence}`);
    if (lines.length > 0) this.#lines.push(`${indent}  lines ${lines.join(' ')}`);
    if (facts.length > 0) this.#lines.push(`${indent}  facts ${this.#named(facts)}`);
    if (records.length > 0) this.#lines.push(`${indent}  records ${this.#named(records)}`);
    for (const inner of steps) this.step(inner, depth + 1);
  }

  heading(text: string): void {
    this.#lines.push('', `## ${text}`);
  }

  #named(ids: readonly string[]): string {
    return ids
      .map((id) => `${this.#names.get(id.slice(0, 64)) ?? id.slice(0, 64)}${id.slice(64)}`)
      .join(', ');
  }

  get text(): string {
    return `${this.#lines.join('\n').trim()}\n`;
  }
}

function sameAsWritten(name: string, text: string): void {
  const file = new URL(`${name}.txt`, FOLDER);
  if (process.env['UPDATE_FIXTURES'] === '1') {
    mkdirSync(FOLDER, { recursive: true });
    writeFileSync(file, text);
  }
  expect(text).toBe(readFileSync(file, 'utf8'));
}

const CASES = {
  'carrier-dropped-it': scenario9,
  'packing-at-fault': scenario9Packing,
  'no-other-leg-left': scenario11,
};

describe('every edge is explained as it is written down', () => {
  test.each(Object.entries(CASES))('%s', (name, records) => {
    const drafts = records();
    const assessment = judge(drafts);
    const page = new Page(drafts);
    for (const { id } of assessment.finding.edges) page.explanation(explain(assessment, id));
    sameAsWritten(name, page.text);
  });

  test('an edge that the finding does not have is refused', () => {
    expect(() => explain(judge(scenario9()), 'no-such-edge')).toThrow(
      new RangeError('the finding has no edge `no-such-edge`'),
    );
  });
});

describe('a part of a finding', () => {
  const drafts = scenario9();
  const judged = (): Assessment => judge(drafts);

  test('is explained as it is written down: an issue on every edge, a fact, a record with all its facts', () => {
    const assessment = judged();
    const page = new Page(drafts);
    for (const issue of ['good-at-start', 'not-the-original']) {
      page.heading(`issue ${issue}`);
      for (const step of explainPart(assessment, { kind: 'issue', issue })) page.step(step);
    }
    page.heading('fact unboxing#0');
    for (const step of explainPart(assessment, { kind: 'fact', fact: `${idOf('unboxing')}#0` }))
      page.step(step);
    page.heading('record log A');
    for (const step of explainPart(assessment, { kind: 'record', record: idOf('log A') })) page.step(step);
    sameAsWritten('parts', page.text);
  });

  test('that the finding does not have is nothing', () => {
    const assessment = judged();
    expect([
      explainPart(assessment, { kind: 'issue', issue: 'no-such-issue' }),
      explainPart(assessment, { kind: 'fact', fact: 'no-such-fact' }),
      explainPart(assessment, { kind: 'record', record: 'no-such-record' }),
    ]).toEqual([[], [], []]);
  });

  test('can be any issue that was decided somewhere, each named once, in order', () => {
    expect(decidedIssues(judged())).toEqual([
      'bad-at-delivery',
      'bad-at-end',
      'bad-at-last-end',
      'bad-at-pickup',
      'bad-at-return-receipt',
      'caused-by-use',
      'defect-at-delivery',
      'defective',
      'fault-tested',
      'force-majeure',
      'good-at-first-start',
      'good-at-start',
      'got-it',
      'handed-over',
      'nature-of-goods',
      'not-the-original',
      'packing-caused',
      'said-delivered',
      'same-thing-tested',
    ]);
  });
});
