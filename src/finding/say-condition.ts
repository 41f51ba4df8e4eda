import type { Condition, ConditionWith, Period } from '../rules/condition.js';
import type { Said } from '../rules/rule.js';
import * as table from './condition-words.js';
import { CONDITION, EDGE_STATUS, phrase, verbatim, word } from './words.js';

/** Names that a condition leaves to the case. */
export interface SayContext {
  /** Whom a party word means on this edge and leg, by name. */
  party(word: string): Said;
  /** What an issue asks. */
  asks(issue: string): Said;
  /** An edge template in words. */
  edge(template: string): Said;
}

type Operator = Condition['op'];
type Saying<Op extends Operator> = (condition: ConditionWith<Op>, context: SayContext) => Said;

/** What a condition asks, in plain words. */
export function sayCondition(condition: Condition, context: SayContext): Said {
  const say = SAYINGS[condition.op] as (condition: Condition, context: SayContext) => Said;
  return say(condition, context);
}

/** One row a kind of condition; of what holds other conditions, they are told below it. */
const SAYINGS: { readonly [Op in Operator]: Saying<Op> } = {
  all: () => phrase('all of this', '下列各项均成立'),
  any: () => phrase('any of this', '下列任一项成立'),
  not: () => phrase('not so', '下列不成立'),
  shown: ({ by }, { party }) =>
    phrase(
      '{0} must show it; what stays unknown counts as not shown',
      '须由{0}证明；不明者视为未证明',
      party(by),
    ),
  some: () => phrase('on at least one leg', '至少在一个区段上'),
  every: () => phrase('on every leg', '在每个区段上'),
  count: ({ atLeast }) => phrase('on at least {0} legs', '至少在{0}个区段上', figure(atLeast)),
  issue: issueSaid,
  edge: edgeSaid,
  eq: ({ path: name, value: wanted }) => pathSaid(name, [value(wanted)]),
  in: ({ path: name, values }) => pathSaid(name, values.map(value)),
  'eq-path': (asked) => phrase('{0} is the same as {1}', '{0}与{1}相同', path(asked.path), path(asked.other)),
  within: (asked) =>
    phrase(
      '{0} within {1} of {2}',
      '{0}在{2}后{1}内',
      event(asked.event),
      period(asked.period),
      event(asked.of),
    ),
  elapsed: (asked) =>
    phrase(
      '{1} passed after {2} without {0}',
      '{2}后{1}内未有：{0}',
      event(asked.event),
      period(asked.period),
      event(asked.after),
    ),
  before: (asked) => phrase('{0} before {1}', '{0}早于{1}', event(asked.event), event(asked.other)),
  after: (asked) => phrase('{0} after {1}', '{0}晚于{1}', event(asked.event), event(asked.other)),
  overlaps: (asked) =>
    phrase('{0} at the time of {1}', '{0}与{1}同时', event(asked.event), event(asked.other)),
  during: (asked) => phrase('{0} during the leg', '{0}发生于该区段期间', event(asked.event)),
  state: ({ boundary, value: seen }) => phrase('{0} {1}', '{1}{0}', state(seen), at(boundary)),
  asserted: ({ value: seen }) =>
    phrase('it was seen to be {0} after delivery', '送达后所见{0}', word(CONDITION, seen)),
  covers: ({ boundary }) =>
    phrase('what was inspected {0} covers the damage', '{0}的检验范围涵盖该损坏', at(boundary)),
  covered: ({ quantity }) =>
    phrase(
      'the whole leg is recorded, without an excursion ({0})',
      '全段均有记录且无异常（{0}）',
      value(quantity),
    ),
  shock: ({ how, limits }) => phrase(...SHOCK[how], limit(limits)),
  'kinetic-mean': ({ how, limits }) => phrase(...KINETIC_MEAN[how], limit(limits)),
  'excursion-time': ({ hours, limits }) =>
    phrase(
      'more than {1} hours on the leg beyond {0}',
      '区段上超出{0}的时间合计超过{1}小时',
      limit(limits),
      figure(hours),
    ),
  drop: ({ heightMm, restitutionPermille }) =>
    phrase(
      'a blow on the leg harder than a drop from {0} mm (rebound {1} ‰)',
      '区段上有冲击强于自{0}毫米高处跌落（回弹{1}‰）',
      figure(heightMm),
      figure(restitutionPermille),
    ),
  rms: ({ limitMilliG }) =>
    phrase(
      'shaken on the leg by more than {0} mg, root mean square',
      '区段振动的均方根超过{0} mg',
      figure(limitMilliG),
    ),
  'leg-ends': ({ boundary }) =>
    boundary === 'nowhere'
      ? phrase('nobody is shown to have taken the goods over from the leg', '未表明有人自该区段接收货物')
      : phrase('the leg ends {0}', '该区段止于{0}', at(boundary)),
  located: ({ how }) => LOCATED[how],
  agreed: ({ term }) => phrase('both signed {0}', '双方签署了{0}', word(table.TERM_WORDS, term)),
  undertaken: ({ by, what }, { party }) =>
    phrase('{0} undertook to {1}', '{0}承诺{1}', party(by), value(what)),
  incident: ({ by, code }, { party }) =>
    phrase('{0} shows an incident on the leg: {1}', '{0}表明该区段发生事件：{1}', party(by), value(code)),
  'signed-off': () => phrase('the consignee signed and raised no objection', '收货人签收且未提出异议'),
  'notice-late': () => phrase('no notice within the days that both signed', '未在双方约定的期限内通知'),
  'delivery-refused': () => phrase('the recipient refused it at the door', '收件人当场拒收'),
  'left-without-consent': () =>
    phrase('it was left somewhere without the recipient’s consent', '未经收件人同意而放置'),
  has: ({ against, code, predicate }, { party }) =>
    phrase(
      'shown against {2}: {0}, {1}',
      '已对{2}证明：{0}（{1}）',
      word(table.CODED_WORDS, predicate),
      value(code),
      party(against),
    ),
  amount: ({ amountMinor, compare, head }) =>
    phrase(
      'what is claimed for {0} is {1} {2} (in the smallest unit of money)',
      '就{0}主张的金额{1} {2}（以最小货币单位计）',
      word(table.HEAD_WORDS, head),
      word(table.COMPARE_WORDS, compare),
      figure(amountMinor),
    ),
  'same-party': ({ roles }) => phrase('{0} and {1} are one', '{0}与{1}为同一人', ...roles.map(value)),
  'acts-for': ({ agent, principal }, { party }) =>
    phrase('{0} acts for {1}', '{0}代理{1}', party(agent), party(principal)),
};

type Template = readonly [en: string, zh: string];

const SHOCK: Readonly<Record<'within' | 'beyond', Template>> = {
  within: ['shocks on the leg within {0}', '区段上的冲击未超出{0}'],
  beyond: ['a shock on the leg beyond {0}', '区段上有冲击超出{0}'],
};

const KINETIC_MEAN: Readonly<Record<'within' | 'beyond', Template>> = {
  within: ['the mean kinetic temperature of the leg within {0}', '区段平均动力学温度未超出{0}'],
  beyond: ['the mean kinetic temperature of the leg beyond {0}', '区段平均动力学温度超出{0}'],
};

const LOCATED: Readonly<Record<'implicated' | 'located' | 'open', Said>> = {
  implicated: phrase('a recorded event on the leg explains the damage', '该区段有能够解释损坏的记录'),
  located: phrase('the damage can only have happened on this leg', '损坏只可能发生于该区段'),
  open: phrase('the damage may have happened on this leg', '损坏可能发生于该区段'),
};

const ISSUE: Readonly<Record<ConditionWith<'issue'>['is'], Template>> = {
  found: ['it must be found: {0}', '须认定：{0}'],
  'not-found': ['it must not be found: {0}', '须未认定：{0}'],
  undetermined: ['it must stay open: {0}', '须不能确定：{0}'],
  'not-raised': ['nobody must have raised: {0}', '须无人提出：{0}'],
};

function issueSaid({ edge, is, issue }: ConditionWith<'issue'>, context: SayContext): Said {
  const asks = context.asks(issue);
  const where = edge === null ? asks : phrase('{0} (in {1})', '{0}（{1}）', asks, context.edge(edge));
  return phrase(...ISSUE[is], where);
}

function edgeSaid({ edge, is, ofLegHolder }: ConditionWith<'edge'>, context: SayContext): Said {
  const asked = context.edge(edge);
  const whose = ofLegHolder ? phrase('{0}, by the holder of the leg', '{0}，由区段持有人', asked) : asked;
  return phrase('{0}: {1}', '{0}：{1}', whose, word(EDGE_STATUS, is));
}

function pathSaid(name: string, values: readonly Said[]): Said {
  const said = path(name);
  const [only, ...more] = values;
  if (only === undefined) return said;
  // A question that yes or no answers is a sentence already.
  if (more.length === 0 && only === table.VALUE_WORDS['yes']) return said;
  if (more.length === 0 && only === table.VALUE_WORDS['no']) return phrase('not: {0}', '否定：{0}', said);
  const list = { en: values.map(({ en }) => en).join(' or '), zh: values.map(({ zh }) => zh).join('或') };
  return phrase('{0}: {1}', '{0}：{1}', said, list);
}

function path(name: string): Said {
  return word(table.PATH_WORDS, name);
}

function value(name: string): Said {
  return word(table.VALUE_WORDS, name);
}

function figure(count: number): Said {
  return verbatim(String(count));
}

function event(name: string): Said {
  return word(table.EVENT_WORDS, name);
}

function period({ count, unit }: Period): Said {
  return phrase('{0} {1}', '{0}{1}', figure(count), word(table.UNIT_WORDS, unit));
}

function state(name: string): Said {
  return name === 'good' ? phrase('it was good', '完好') : phrase('it was bad', '已损坏');
}

function at(boundary: string): Said {
  return word(table.AT_WORDS, boundary);
}

function limit(name: string): Said {
  return word(table.LIMIT_WORDS, name);
}
