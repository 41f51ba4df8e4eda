import { plural } from '../name-text.js';
import type { Language } from './code-label.js';

/** What `what-if` says around the sentences of a finding. */
export interface WhatIfWords {
  readonly title: string;
  readonly notice: string;
  readonly supposed: string;
  recordBy(type: string, by: string, time: string): string;
  loggedAt(time: string): string;
  readonly today: string;
  readonly would: string;
  readonly none: string;
  readonly unchanged: string;
  readonly nothingChanges: string;
  moreEdges(count: number): string;
  changed(count: number): string;
  readonly to: (debtor: string, creditor: string, head: string) => string;
  readonly questions: string;
  readonly restsOn: string;
  readonly restsOnNone: string;
  readonly couldStill: string;
  readonly wouldHave: string;
  readonly noFlip: string;
  readonly incomplete: string;
  becomes(status: string, basis: string): string;
  readonly asSaved: string;
  otherThanSaved(edge: string, expected: string, found: string): string;
}

export const WHAT_IF_WORDS: Readonly<Record<Language, WhatIfWords>> = {
  en: {
    title: 'What if',
    notice: 'a supposition: nobody signed these records, nothing here is evidence',
    supposed: 'Supposed records',
    recordBy: (type, by, time) => `${type} by ${by}, ${time}`,
    loggedAt: (time) => `logged ${time}`,
    today: 'today',
    would: 'then',
    none: 'no such relation',
    unchanged: 'unchanged',
    nothingChanges: 'Nothing would change.',
    moreEdges: (count) =>
      `${plural(count, 'further relation')} nobody claims under ${count === 1 ? 'stays' : 'stay'} as ${count === 1 ? 'it is' : 'they are'}; --verbose shows all`,
    changed: (count) => `${plural(count, 'relation')} would change`,
    to: (debtor, creditor, head) => `${debtor} to ${creditor}${head === 'loss' ? '' : `, ${head}`}`,
    questions: 'What each relation rests on, and what would change it',
    restsOn: 'Rests on; without any one of these it would be otherwise',
    restsOnNone: 'Rests on no single record: none of them, struck out, changes it',
    couldStill: 'Would change it, and can still be obtained',
    wouldHave: 'Would have changed it, had it been recorded then',
    noFlip: 'No record that was tried would change it.',
    incomplete: 'not everything that might change it was tried',
    becomes: (status, basis) => `${status}, ${basis}`,
    asSaved: 'comes out as it was saved',
    otherThanSaved: (edge, expected, found) => `${edge}: saved as ${expected}, now ${found}`,
  },
  zh: {
    title: '假设',
    notice: '仅为假设：无人签署这些记录，此处内容均非证据',
    supposed: '假设的记录',
    recordBy: (type, by, time) => `${by}的 ${type}，${time}`,
    loggedAt: (time) => `入日志 ${time}`,
    today: '现在',
    would: '届时',
    none: '无此关系',
    unchanged: '不变',
    nothingChanges: '结果不变。',
    moreEdges: (count) => `另有 ${count} 个无人主张的关系不变；--verbose 显示全部`,
    changed: (count) => `${count} 个关系将会改变`,
    to: (debtor, creditor, head) => `${debtor}对${creditor}${head === 'loss' ? '' : `（${head}）`}`,
    questions: '各关系以何为据，何者会使其改变',
    restsOn: '以下列记录为据；缺其一则结果不同',
    restsOnNone: '不系于任何单一记录：去掉其中任何一份，结果均不变',
    couldStill: '仍可取得、并会改变结果者',
    wouldHave: '当时若有记录、便会改变结果者',
    noFlip: '所试的记录均不会改变结果。',
    incomplete: '并未试尽所有可能改变结果者',
    becomes: (status, basis) => `${status}（${basis}）`,
    asSaved: '结果与保存时一致',
    otherThanSaved: (edge, expected, found) => `${edge}：保存时为${expected}，现为${found}`,
  },
};
