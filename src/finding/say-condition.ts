import type { Condition, Period } from '../rules/condition.js';
import type { Said } from '../rules/rule.js';
import * as table from './condition-words.js';
import { EDGE_STATUS, phrase, verbatim, word } from './words.js';

/** Names that a condition leaves to the case. */
export interface SayContext {
  /** Whom a party word means on this edge and leg, by name. */
  party(word: string): Said;
  /** What an issue asks. */
  asks(issue: string): Said;
  /** An edge template in words. */
  edge(template: string): Said;
}

/** What a condition asks, in plain words; null where there are none for it, and the pack's own sentence must do. */
export function sayCondition(condition: Condition, context: SayContext): Said | null {
  const value = (key: string): Said => word(table.VALUE_WORDS, key);
  switch (condition.op) {
    case 'all':
      return phrase('all of this', '下列各项均成立');
    case 'any':
      return phrase('any of this', '下列任一项成立');
    case 'not':
      return phrase('not so', '下列不成立');
    case 'shown':
      return phrase(
        '{0} must show it; what stays unknown counts as not shown',
        '须由{0}证明；不明者视为未证明',
        context.party(condition.by),
      );
    case 'some':
      return phrase('on at least one leg', '至少在一个区段上');
    case 'every':
      return phrase('on every leg', '在每个区段上');
    case 'count':
      return phrase('on at least {0} legs', '至少在{0}个区段上', verbatim(String(condition.atLeast)));
    case 'issue':
      return issueSaid(condition, context);
    case 'edge':
      return phrase(
        '{0}: {1}',
        '{0}：{1}',
        condition.ofLegHolder
          ? phrase('{0}, by the holder of the leg', '{0}，由区段持有人', context.edge(condition.edge))
          : context.edge(condition.edge),
        word(EDGE_STATUS, condition.is),
      );
    case 'eq':
      return pathSaid(condition.path, [value(condition.value)]);
    case 'in':
      return pathSaid(condition.path, condition.values.map(value));
    case 'eq-path':
      return phrase(
        '{0} is the same as {1}',
        '{0}与{1}相同',
        word(table.PATH_WORDS, condition.path),
        word(table.PATH_WORDS, condition.other),
      );
    case 'within':
      return phrase(
        '{0} within {1} of {2}',
        '{0}在{2}后{1}内',
        event(condition.event),
        period(condition.period),
        event(condition.of),
      );
    case 'elapsed':
      return phrase(
        '{1} passed after {2} without {0}',
        '{2}后{1}内未有：{0}',
        event(condition.event),
        period(condition.period),
        event(condition.after),
      );
    case 'before':
      return phrase('{0} before {1}', '{0}早于{1}', event(condition.event), event(condition.other));
    case 'after':
      return phrase('{0} after {1}', '{0}晚于{1}', event(condition.event), event(condition.other));
    case 'overlaps':
      return phrase('{0} at the time of {1}', '{0}与{1}同时', event(condition.event), event(condition.other));
    case 'during':
      return phrase('{0} during the leg', '{0}发生于该区段期间', event(condition.event));
    case 'state':
      return phrase('{0} {1}', '{1}{0}', state(condition.value), at(condition.boundary));
    case 'asserted':
      return phrase('it was seen {0} after delivery', '送达后所见{0}', state(condition.value));
    case 'covers':
      return phrase(
        'what was inspected {0} covers the damage',
        '{0}的检验范围涵盖该损坏',
        at(condition.boundary),
      );
    case 'covered':
      return phrase(
        'the whole leg is recorded, without an excursion ({0})',
        '全段均有记录且无异常（{0}）',
        value(condition.quantity),
      );
    case 'shock':
      return condition.how === 'within'
        ? phrase('shocks on the leg within {0}', '区段上的冲击未超出{0}', limit(condition.limits))
        : phrase('a shock on the leg beyond {0}', '区段上有冲击超出{0}', limit(condition.limits));
    case 'kinetic-mean':
      return condition.how === 'within'
        ? phrase(
            'the mean kinetic temperature of the leg within {0}',
            '区段平均动力学温度未超出{0}',
            limit(condition.limits),
          )
        : phrase(
            'the mean kinetic temperature of the leg beyond {0}',
            '区段平均动力学温度超出{0}',
            limit(condition.limits),
          );
    case 'excursion-time':
      return phrase(
        'more than {1} hours on the leg beyond {0}',
        '区段上超出{0}的时间合计超过{1}小时',
        limit(condition.limits),
        verbatim(String(condition.hours)),
      );
    case 'drop':
      return phrase(
        'a blow on the leg harder than a drop from {0} mm (rebound {1} ‰)',
        '区段上有冲击强于自{0}毫米高处跌落（回弹{1}‰）',
        verbatim(String(condition.heightMm)),
        verbatim(String(condition.restitutionPermille)),
      );
    case 'rms':
      return phrase(
        'shaken on the leg by more than {0} mg, root mean square',
        '区段振动的均方根超过{0} mg',
        verbatim(String(condition.limitMilliG)),
      );
    case 'leg-ends':
      return phrase('the leg ends {0}', '该区段止于{0}', at(condition.boundary));
    case 'located':
      return LOCATED[condition.how];
    case 'agreed':
      return phrase('both signed {0}', '双方签署了{0}', word(table.TERM_WORDS, condition.term));
    case 'undertaken':
      return phrase('{0} undertook to {1}', '{0}承诺{1}', context.party(condition.by), value(condition.what));
    case 'incident':
      return phrase(
        '{0} shows an incident on the leg: {1}',
        '{0}表明该区段发生事件：{1}',
        context.party(condition.by),
        value(condition.code),
      );
    case 'signed-off':
      return phrase('the consignee signed and raised no objection', '收货人签收且未提出异议');
    case 'notice-late':
      return phrase('no notice within the days that both signed', '未在双方约定的期限内通知');
    case 'left-without-consent':
      return phrase('it was left somewhere without the recipient’s consent', '未经收件人同意而放置');
    case 'has':
      return phrase(
        'shown against {2}: {0}, {1}',
        '已对{2}证明：{0}（{1}）',
        word(table.CODED_WORDS, condition.predicate),
        value(condition.code),
        context.party(condition.against),
      );
    case 'amount':
      return phrase(
        'what is claimed for {0} is {1} {2} (in the smallest unit of money)',
        '就{0}主张的金额{1} {2}（以最小货币单位计）',
        word(table.HEAD_WORDS, condition.head),
        word(table.COMPARE_WORDS, condition.compare),
        verbatim(String(condition.amountMinor)),
      );
    case 'same-party':
      return phrase('{0} and {1} are one', '{0}与{1}为同一人', ...condition.roles.map(value));
    case 'acts-for':
      return phrase(
        '{0} acts for {1}',
        '{0}代理{1}',
        context.party(condition.agent),
        context.party(condition.principal),
      );
    default:
      return null;
  }
}

const LOCATED: Readonly<Record<'implicated' | 'located' | 'open', Said>> = {
  implicated: phrase('a recorded event on the leg explains the damage', '该区段有能够解释损坏的记录'),
  located: phrase('the damage can only have happened on this leg', '损坏只可能发生于该区段'),
  open: phrase('the damage may have happened on this leg', '损坏可能发生于该区段'),
};

function issueSaid(condition: Extract<Condition, { readonly op: 'issue' }>, context: SayContext): Said {
  const asks = context.asks(condition.issue);
  const where =
    condition.edge === null
      ? asks
      : phrase('{0} (between {1})', '{0}（{1}）', asks, context.edge(condition.edge));
  switch (condition.is) {
    case 'found':
      return phrase('it must be found: {0}', '须认定：{0}', where);
    case 'not-found':
      return phrase('it must not be found: {0}', '须未认定：{0}', where);
    case 'undetermined':
      return phrase('it must stay open: {0}', '须不能确定：{0}', where);
    case 'not-raised':
      return phrase('nobody must have raised: {0}', '须无人提出：{0}', where);
  }
}

function pathSaid(path: string, values: readonly Said[]): Said {
  const said = word(table.PATH_WORDS, path);
  const [only, ...more] = values;
  if (only === undefined) return said;
  // A question that yes or no answers is a sentence already.
  if (more.length === 0 && only === table.VALUE_WORDS['yes']) return said;
  if (more.length === 0 && only === table.VALUE_WORDS['no']) return phrase('not: {0}', '否定：{0}', said);
  const list = { en: values.map(({ en }) => en).join(' or '), zh: values.map(({ zh }) => zh).join('或') };
  return phrase('{0}: {1}', '{0}：{1}', said, list);
}

function event(name: string): Said {
  return word(table.EVENT_WORDS, name);
}

function period({ count, unit }: Period): Said {
  return phrase('{0} {1}', '{0}{1}', verbatim(String(count)), word(table.UNIT_WORDS, unit));
}

function state(value: string): Said {
  return value === 'good' ? phrase('it was good', '完好') : phrase('it was bad', '已损坏');
}

function at(boundary: string): Said {
  return word(table.AT_WORDS, boundary);
}

function limit(name: string): Said {
  return word(table.LIMIT_WORDS, name);
}
